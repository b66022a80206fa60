"""Content -> the folder of the site, and the drawings that travel with the program."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

from handouts.app.layers import Layers
from handouts.files.cache import Cache
from handouts.files.folders import shipped_drawings
from handouts.files.writing import write_tree
from handouts.model import Library
from handouts.pictures.drawings import draw_ahead, shipped_tasks, site_tasks
from handouts.pictures.logo import read_logo
from handouts.pictures.sheet import PictureFile
from handouts.pictures.site import site_pictures
from handouts.render.templates import Templates
from handouts.site.render import NO_SHEETS, GeneralSheets, render_site


def build_site(
    layers: Layers,
    out: Path,
    base_url: str | None = None,
    executor: Executor | None = None,
    make_ready: Callable[[Library, Templates, PictureFile | None], GeneralSheets] = lambda *_: NO_SHEETS,
) -> int:
    """The whole site in `out`, in place of the old one; returns how many pages it has.

    Drawings that were never made are made first, in the processes of `executor` where there is one. `make_ready` makes the
    sheets that the phases offer, with the clinic's logo. Raises HandoutsError and then has written nothing.
    """
    library, templates = layers.library(), layers.environment()
    logo = read_logo(library.clinic, layers.content_folders)
    if executor:
        draw_ahead(site_tasks(library), executor)
    files = _render(library, templates, base_url, make_ready(library, templates, logo))
    write_tree(out, files)
    return sum(name.endswith(".html") for name in files)


def site_files(layers: Layers) -> dict[str, bytes]:
    """Every file of the site by its path, without the ready sheets; raises HandoutsError."""
    return _render(layers.library(), layers.environment())


def _render(
    library: Library, templates: Templates, base_url: str | None = None, ready: GeneralSheets = NO_SHEETS
) -> dict[str, bytes]:
    """`base_url` is where it will stand; without it the clinic's own `site-url` counts, if there is one."""
    address = base_url or library.clinic.site_url or ""
    return render_site(library, templates, site_pictures(library, bool(address)), address, ready)


def ship_drawings(executor: Executor) -> Path:
    """Draw what travels in the wheel anew, into the package; returns the folder."""
    folder = shipped_drawings()
    shutil.rmtree(folder, ignore_errors=True)
    draw_ahead(shipped_tasks(Layers().library()), executor, Cache(folder))
    return folder
