"""Our own exercises -> the drawings that are shipped in the package; `make wheel` runs this before it builds."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from handouts.app.layers import Layers
from handouts.files.cache import Cache
from handouts.files.folders import shipped_drawings
from handouts.pictures.drawings import draw_ahead, shipped_tasks


def ship_drawings(executor: Executor) -> Path:
    """Make all shipped drawings anew, in the package's own folder for them, and return that folder."""
    folder = shipped_drawings()
    shutil.rmtree(folder, ignore_errors=True)
    draw_ahead(shipped_tasks(Layers().library()), executor, Cache(folder))
    return folder


if __name__ == "__main__":  # each spawned process imports this module again, and must not start processes of its own
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        print(f"{ship_drawings(pool)} holds the drawings")
