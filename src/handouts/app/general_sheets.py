"""General sheets: a PDF for every phase on every paper, of nobody, made once and cached by content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import suppress

from handouts.app.batch import make_documents
from handouts.errors import ProblemsError
from handouts.files.cache import content_key, user_cache
from handouts.files.provenance import library_versions, source_digest
from handouts.model import Library, Plan, SheetFile
from handouts.pdf.finishing import page_count
from handouts.pictures.drawings import illustrate
from handouts.pictures.sheet import PictureFile
from handouts.planning.general import general_plan
from handouts.render.sheet import Sheet, compose
from handouts.render.templates import Templates

PAPERS = {"a4": "A4", "letter": "US Letter"}
WRITER = "handouts.pdf.writer"  # the module that makes a PDF of a sheet


def general_sheets(
    library: Library,
    templates: Templates,
    executor: Executor | None = None,
    progress: Callable[[], None] = lambda: None,
    logo: PictureFile | None = None,
) -> dict[str, tuple[SheetFile, ...]]:
    """Return the general sheets of each phase, by its slug; a phase in which the rules leave no exercise has none.

    `progress` is called once a sheet, made or cached; `logo` is the clinic's.
    """
    plans = list(_plans(library))
    sheets = {plan.sheet_id + plan.patient.print.paper: compose(plan, templates, illustrate(plan), logo) for plan in plans}
    pdfs = _cached_pdfs(sheets, executor, progress)
    files: dict[str, tuple[SheetFile, ...]] = {}
    for plan in plans:
        paper = plan.patient.print.paper
        pdf = pdfs[plan.sheet_id + paper]
        file = SheetFile(f"sheet-{paper}.pdf", PAPERS[paper], pdf, page_count(pdf))
        files[plan.phase.slug] = (*files.get(plan.phase.slug, ()), file)
    return files


def _plans(library: Library) -> Iterator[Plan]:
    for phase in library.phases.values():
        with suppress(ProblemsError):
            yield from [general_plan(phase, library, paper) for paper in PAPERS]


def _cached_pdfs(sheets: Mapping[str, Sheet], executor: Executor | None, progress: Callable[[], None]) -> dict[str, bytes]:
    """Return the PDF of every sheet, by its key; those made before come from the cache."""
    cache, names = user_cache("ready"), {key: _name(sheet) for key, sheet in sheets.items()}
    pdfs = {}
    for key, name in names.items():
        if pdf := cache.get(name):
            pdfs[key] = pdf
            progress()
    missing = [key for key in sheets if key not in pdfs]
    for key, pdf in zip(missing, make_documents([sheets[key] for key in missing], executor), strict=True):
        pdfs[key] = pdf
        cache.put(names[key], pdf)  # at once, so that the work of an interrupted run is not lost
        progress()
    return pdfs


def _name(sheet: Sheet) -> str:
    """Return the file name of a sheet's PDF in the cache; its pictures' names are made from their bytes."""
    made_by = (source_digest(WRITER), library_versions(WRITER))
    return content_key(*made_by, sheet.html, sheet.style, *sheet.demanded, *sorted(sheet.files)) + ".pdf"
