"""Content -> the folder of the public site."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from handouts.app.clinics import NAME, nearest_clinic
from handouts.app.layers import Layers
from handouts.errors import HandoutsError
from handouts.files.writing import write_tree
from handouts.model import Library
from handouts.pictures.drawings import draw_ahead, site_tasks
from handouts.pictures.logo import read_logo
from handouts.pictures.picture_files import PictureFile
from handouts.pictures.site import site_pictures
from handouts.planning.resolve import NEW_CLINIC
from handouts.render.templates import Templates
from handouts.site.render import NO_SHEETS, GeneralSheets, render_site


def build_site(
    layers: Layers,
    out: Path,
    base_url: str | None = None,
    executor: Executor | None = None,
    make_sheets: Callable[[Library, Templates, PictureFile | None], GeneralSheets] = lambda *_: NO_SHEETS,
) -> int:
    """Write the site into `out`, in place of an old one, and return how many pages it has.

    Drawings that were never made are made first, in the processes of `executor` where there is one. `make_sheets` makes the
    general sheets of the phases, with the clinic's logo. Raises HandoutsError and then has written nothing.
    """
    library, templates = _library(layers), layers.environment()
    logo = read_logo(library.clinic) if library.clinic else None
    if executor:
        draw_ahead(site_tasks(library), executor)
    files = _render(library, templates, base_url, make_sheets(library, templates, logo))
    write_tree(out, files)
    return sum(name.endswith(".html") for name in files)


def site_files(layers: Layers) -> dict[str, bytes]:
    """Return every file of the site by its path, without the general sheets; raises HandoutsError."""
    return _render(_library(layers), layers.environment())


def _library(layers: Layers) -> Library:
    """Return all content with the clinic whose site it is; raises HandoutsError."""
    library = layers.library()
    clinic = library.clinic or nearest_clinic(Path())
    if clinic is None:
        raise HandoutsError(f"there is no {NAME} in the current folder or above it: {NEW_CLINIC}")
    return replace(library, clinic=clinic)


def _render(
    library: Library, templates: Templates, base_url: str | None = None, sheets: GeneralSheets = NO_SHEETS
) -> dict[str, bytes]:
    """Return every file of the site; `base_url` is where it will stand, else the clinic's `site-url` if it has one."""
    address = base_url or (library.clinic and library.clinic.site_url) or ""
    return render_site(library, templates, site_pictures(library, bool(address)), address, sheets)
