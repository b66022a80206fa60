"""Ready sheets: a general PDF for every phase on every paper, made once and kept by what is in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
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
_SOURCES = (
    "pdf/writer.py",
    "pdf/tags.py",
    "pdf/fields.py",
    "fonts.py",
)  # with these libraries, all that makes a PDF of a sheet
_LIBRARIES = ("weasyprint", "pydyf", "fonttools", "fontpkg-atkinson-hyperlegible")


def general_sheets(
    library: Library,
    templates: Templates,
    executor: Executor | None = None,
    progress: Callable[[], None] = lambda: None,
    logo: Picture | None = None,
) -> dict[str, tuple[SheetFile, ...]]:
    """The general sheets of each phase, by its slug; a phase in which the rules leave no exercise has none.

    `progress` is called once a sheet, made or recalled; `logo` is the clinic's.
    """
    plans = list(_plans(library))
    sheets = {plan.sheet_id + plan.patient.print.paper: compose(plan, templates, illustrate(plan), logo) for plan in plans}
    pdfs = _make_once(sheets, executor, progress)
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


def _make_once(sheets: Mapping[str, Sheet], executor: Executor | None, progress: Callable[[], None]) -> dict[str, bytes]:
    """The PDF of every sheet, by its key: what was made before is recalled."""
    names = {key: _name(sheet) for key, sheet in sheets.items()}
    pdfs = {}
    for key, name in names.items():
        if pdf := recall("ready", name):
            pdfs[key] = pdf
            progress()
    missing = [key for key in sheets if key not in pdfs]
    for key, pdf in zip(missing, make_documents([sheets[key] for key in missing], executor), strict=True):
        pdfs[key] = pdf
        keep("ready", names[key], pdf)  # at once: a run that is broken off has not worked for nothing
        progress()
    return pdfs


def _name(sheet: Sheet) -> str:
    """The content hash of a sheet and of all that makes a PDF of it; a picture's name is made from its bytes."""
    digest = hashlib.sha256(_maker())
    for part in (sheet.html, sheet.style, *sheet.demanded, *sorted(sheet.files)):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:32] + ".pdf"


@cache
def _maker() -> bytes:
    own = b"".join((Path(__file__).parents[1] / name).read_bytes() for name in _SOURCES)
    return own + " ".join(f"{name} {version(name)}" for name in _LIBRARIES).encode()
