"""Library -> the files of the public site. It is never given a patient, so it cannot publish one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from handouts.fonts import WEB_FONTS, web_font
from handouts.model import Library, SheetFile
from handouts.pictures.site import ExercisePictures
from handouts.pictures.thumbnails import ICON_SIZES, icon_png
from handouts.render.templates import Templates, render
from handouts.site.filters import facets
from handouts.site.metadata import clean_url, hash_of, linked_data, manifest, site_path, sitemap
from handouts.site.pages import SitePage, all_pages
from handouts.site.search import search_script

__all__ = ["NO_SHEETS", "GeneralSheets", "render_site"]

GeneralSheets = Mapping[str, tuple[SheetFile, ...]]  # by the slug of the phase
NO_SHEETS: GeneralSheets = {}

# A browser caches these, the style and the fonts at the first visit; any other page once it has been read.
OFFLINE = (
    "index.html", "offline/index.html", "red-flags/index.html", "search/index.html", "search.js", "find.js", "site.js",
)  # fmt: skip


def render_site(
    library: Library,
    templates: Templates,
    pictures: Mapping[str, ExercisePictures],
    base_url: str = "",
    sheets: GeneralSheets = NO_SHEETS,
) -> dict[str, bytes]:
    """Return every file of the site by its path, with `/` between folders; `pictures` are those of the exercises, by slug.

    `sheets` are the general sheets of the phases, by slug: a phase without one offers none.

    Links are relative and end in `index.html`, so that the folder works from a disk as from any server. `base_url` is
    where it will stand, with a `/` at its end: only what must be absolute needs it (canonical addresses, sitemap).
    """
    pages = all_pages(library)
    shared = {"library": library, "pictures": pictures, "general_sheets": sheets, "base_url": base_url}
    files = {page.path: _page(page, templates, shared).encode() for page in pages}
    files |= {f"{slug}/{sheet.name}": sheet.pdf for slug, offered in sheets.items() for sheet in offered}
    files |= _pictures_of_exercises(pictures, bool(base_url))
    files |= _fonts(files)
    files |= _shared(library, templates)
    if base_url:
        files["sitemap.xml"] = sitemap([page for page in pages if page.listed], base_url).encode()
    return files | {"service-worker.js": _service_worker(templates, files).encode()}


def _page(page: SitePage, templates: Templates, shared: Mapping[str, Any]) -> str:
    """Render one page. The page for a missing address is shown at any depth, so its links start at the top of the site."""
    base_url = shared["base_url"]
    root = site_path(base_url) if page.anywhere else "../" * page.path.count("/")
    url = clean_url(page.path, base_url) if base_url and page.listed else ""
    data = linked_data(page, shared["library"], url, shared["pictures"])
    context = {"root": root, "path": page.path, "url": url, "linked_data": data, "facets": facets, **page.context}
    return render(templates, page.template, **shared, **context)


def _pictures_of_exercises(pictures: Mapping[str, ExercisePictures], previews: bool) -> dict[str, bytes]:
    """Return the drawings of the exercises, and with `previews` the pictures that services show beside a link to the site."""
    files: dict[str, bytes] = {}
    for slug, exercise in pictures.items():
        folder = f"exercises/{slug}"
        files |= {f"{folder}/{number}.svg": panel.encode() for number, panel in enumerate(exercise.drawing.panels, 1)}
        files[f"{folder}/small.webp"] = exercise.small
        if exercise.moving:
            files[f"{folder}/moving.svg"] = exercise.moving.encode()
        if previews:
            files[f"{folder}/preview.png"] = exercise.preview
    return files


def _fonts(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the web fonts with the letters that the pages use; a letter typed into the search may need another."""
    pages = (data.decode() for name, data in files.items() if name.endswith(".html"))
    letters = frozenset(range(0x20, 0x7F)).union(*(map(ord, page) for page in pages))
    return {f"style/{name}": web_font(name, letters) for name in WEB_FONTS}


def _shared(library: Library, templates: Templates) -> dict[str, bytes]:
    """Return what all pages share: style, scripts, icons and manifest."""
    icon = render(templates, "site/icon.svg")
    files = {f"icon-{size}.png": icon_png(icon, size) for size in ICON_SIZES}
    return files | {
        "style/site.css": _minified_style(render(templates, "style/site.css")).encode(),
        "site.js": _minified_script(render(templates, "site/site.js")).encode(),
        "find.js": _minified_script(render(templates, "site/find.js")).encode(),
        "search.js": search_script(library).encode(),
        "icon.svg": icon.encode(),
        "site.webmanifest": manifest(library.known_clinic().name).encode(),
    }


def _minified_style(text: str) -> str:
    """Return a style sheet without comments and needless space."""
    return re.sub(r"\s*([{};])\s*", r"\1", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))


def _minified_script(text: str) -> str:
    """Return a script without comments and indents."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def _service_worker(templates: Templates, files: Mapping[str, bytes]) -> str:
    """Return the service worker; the site's hash is its version, so that a browser fetches a changed site anew."""
    precached = sorted([*OFFLINE, *(name for name in files if name.startswith("style/"))])
    return render(templates, "site/service-worker.js", version=hash_of(files), precached=precached)
