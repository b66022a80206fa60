"""What `make wheel` runs before it builds: the drawings of our own exercises are put into the package."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from handouts.app.site import ship_drawings

if __name__ == "__main__":  # fresh processes import this file again
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as executor:
        print(f"{ship_drawings(executor)} holds the drawings")
