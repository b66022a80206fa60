"""Content -> the general sheets: a PDF for every phase on every paper, made once and then read from the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress

from handouts.app.batch import make_documents
from handouts.errors import ProblemsError
from handouts.files.cache import content_key, user_cache
from handouts.files.provenance import library_versions, source_digest
from handouts.model import Library, Plan, SheetFile
from handouts.model.vocabulary import Paper
from handouts.pictures.drawings import illustrate
from handouts.pictures.picture_files import PictureFile
from handouts.planning.general import general_plan
from handouts.render.sheet import Sheet, compose
from handouts.render.templates import Templates

PAPERS: Mapping[Paper, str] = {"a4": "A4", "letter": "US Letter"}
CACHE_KIND = "general-sheets"
WRITER = "handouts.pdf.writer"  # the module that makes a PDF of a sheet


def general_sheets(
    library: Library,
    templates: Templates,
    executor: Executor | None = None,
    progress: Callable[[], None] = lambda: None,
    logo: PictureFile | None = None,
) -> dict[str, tuple[SheetFile, ...]]:
    """Return the general sheets of each phase by its slug; a phase in which the rules leave no exercise has none.

    `progress` is called once for each sheet, made or read from the cache; `logo` is the clinic's.
    """
    from handouts.pdf.ink import page_count  # loads PDFium

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
    cache, names = user_cache(CACHE_KIND), [_cache_name(sheet) for sheet in sheets]
    pdfs: dict[str, bytes] = {}
    for name in names:
        if pdf := cache.get(name):
            pdfs[name] = pdf
            progress()
    missing = {name: sheet for name, sheet in zip(names, sheets, strict=True) if name not in pdfs}
    for name, pdf in zip(missing, make_documents([*missing.values()], executor), strict=True):
        pdfs[name] = pdf
        cache.put(name, pdf)  # after each sheet: an interrupted run keeps what it has made
        progress()
    return [pdfs[name] for name in names]


def _cache_name(sheet: Sheet) -> str:
    """Return the file name of a sheet's PDF in the cache; its pictures' names are made from their bytes."""
    made_by = (source_digest(WRITER), library_versions(WRITER))
    return content_key(*made_by, sheet.html, sheet.style, repr(sheet.rules), *sheet.demanded, *sorted(sheet.files)) + ".pdf"
