"""Content -> the general sheets: a PDF for every phase on every paper, made once and then read from the cache."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from handouts.app.batch import make_documents
from handouts.errors import ProblemsError
from handouts.files.cache import keep, recall
from handouts.model import Library, Plan, SheetFile
from handouts.pdf.finishing import page_count
from handouts.pictures.drawings import illustrate
from handouts.pictures.sheet import Picture
from handouts.planning.general import general_plan
from handouts.render.sheet import Sheet, compose
from handouts.render.templates import Templates

PAPERS = {"a4": "A4", "letter": "US Letter"}
CACHE_KIND = "general-sheets"
# Part of the cache key: our modules and the libraries that decide the bytes of a PDF.
_PDF_MODULES = ("pdf/writer.py", "pdf/tags.py", "pdf/fields.py", "fonts.py")
_PDF_LIBRARIES = ("weasyprint", "pydyf", "fonttools", "fontpkg-atkinson-hyperlegible")


def general_sheets(
    library: Library,
    templates: Templates,
    executor: Executor | None = None,
    progress: Callable[[], None] = lambda: None,
    logo: Picture | None = None,
) -> dict[str, tuple[SheetFile, ...]]:
    """Return the general sheets of each phase by its slug; a phase in which the rules leave no exercise has none.

    `progress` is called once for each sheet, made or read from the cache; `logo` is the clinic's.
    """
    plans = list(_plans(library))
    pdfs = _pdfs([compose(plan, templates, illustrate(plan), logo) for plan in plans], executor, progress)
    files: dict[str, tuple[SheetFile, ...]] = {}
    for plan, pdf in zip(plans, pdfs, strict=True):
        paper = plan.patient.print.paper
        file = SheetFile(f"sheet-{paper}.pdf", PAPERS[paper], pdf, page_count(pdf))
        files[plan.phase.slug] = (*files.get(plan.phase.slug, ()), file)
    return files


def _plans(library: Library) -> Iterator[Plan]:
    """Yield the general plan of each phase, once for each paper."""
    for phase in library.phases.values():
        with suppress(ProblemsError):
            yield from [general_plan(phase, library, paper) for paper in PAPERS]


def _pdfs(sheets: Sequence[Sheet], executor: Executor | None, progress: Callable[[], None]) -> list[bytes]:
    """Return the PDF of each sheet, from the cache where it was made before."""
    names = [_cache_name(sheet) for sheet in sheets]
    pdfs: dict[str, bytes] = {}
    for name in names:
        if pdf := recall(CACHE_KIND, name):
            pdfs[name] = pdf
            progress()
    missing = {name: sheet for name, sheet in zip(names, sheets, strict=True) if name not in pdfs}
    for name, pdf in zip(missing, make_documents([*missing.values()], executor), strict=True):
        pdfs[name] = pdf
        keep(CACHE_KIND, name, pdf)  # after each sheet: an interrupted run keeps what it has made
        progress()
    return [pdfs[name] for name in names]


def _cache_name(sheet: Sheet) -> str:
    """Return the content hash of a sheet and of the code that makes a PDF of it; a picture's name is made from its bytes."""
    digest = hashlib.sha256(_pdf_code())
    for part in (sheet.html, sheet.style, *sheet.demanded, *sorted(sheet.files)):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:32] + ".pdf"


@cache
def _pdf_code() -> bytes:
    """Return the source of our modules that make a PDF, and the versions of the libraries that do."""
    sources = b"".join((Path(__file__).parents[1] / name).read_bytes() for name in _PDF_MODULES)
    return sources + " ".join(f"{name} {version(name)}" for name in _PDF_LIBRARIES).encode()
