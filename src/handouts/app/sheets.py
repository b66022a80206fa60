"""Plans -> files: a sheet for each plan, and its record beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from handouts.app.batch import make_documents
from handouts.app.layers import Layers
from handouts.errors import LooksError, ProblemsError, display_path
from handouts.files.writing import write_file
from handouts.model import Plan
from handouts.patients.record import RECORD_ENDING, plan_record
from handouts.pdf.access import OWNER_ONLY, Access
from handouts.pdf.finishing import impose
from handouts.pdf.screen import write_screen
from handouts.pdf.writer import write_pdf
from handouts.pictures.drawings import illustrate
from handouts.pictures.logo import read_logo
from handouts.render.layouts import layout_for
from handouts.render.sheet import Sheet, compose, compose_screen


class Made(NamedTuple):
    """A sheet that was written: its file, how many pages it has (a file for a screen has none), and if they are folded."""

    path: Path
    pages: int
    folded: bool


def build_handouts(
    plans: Sequence[Plan],
    layers: Layers,
    out: Path,
    access: Access = OWNER_ONLY,
    executor: Executor | None = None,
    progress: Callable[[], None] = lambda: None,
    output_format: str = "pdf",
) -> tuple[Made, ...]:
    """Write a file for each plan into `out`, named by sheet id, with its record beside it; return what was made.

    `output_format` is pdf or html. `progress` is called once for each sheet. Nothing is written before all sheets are made:
    where one cannot be made, HandoutsError is raised and no file is written. A disk that fails later leaves whole files only.
    """
    from handouts.pdf.ink import page_count  # loads PDFium

    sheets = _compose_all(plans, layers, output_format)
    write = write_screen if output_format == "html" else write_pdf
    layouts = layers.layouts()
    documents: list[bytes] = []
    made: list[Made] = []
    with _naming_own_looks(layers):
        for plan, document in zip(plans, make_documents(sheets, executor, write), strict=True):
            pages = 0 if output_format == "html" else page_count(document)
            folded = pages > 0 and layout_for(plan.patient.print, layouts).folded
            made.append(Made(out / f"{plan.sheet_id}.{output_format}", pages, folded))
            documents.append(_finish(document, folded, access) if pages else document)
            progress()
    for plan, sheet, document in zip(plans, made, documents, strict=True):
        write_file(sheet.path, document, access.mode)
        write_file(out / f"{plan.sheet_id}{RECORD_ENDING}", plan_record(plan).encode(), access.mode)
    return tuple(made)


def refuse_to_replace(plans: Iterable[Plan], out: Path, output_format: str) -> None:
    """Raise ProblemsError where a sheet made again from its record would write over the first, which has the name."""
    again = (plan for plan in plans if plan.patient.made_with and (out / f"{plan.sheet_id}.{output_format}").exists())
    message = f"the first sheet, in {display_path(out)}, has the name, and this record has none: '--out again' keeps both"
    problems = [plan.patient.document.problem(f"{message}, '--replace' writes over it", "replace") for plan in again]
    if problems:
        raise ProblemsError(problems)


def make_document(plan: Plan, layers: Layers, output_format: str, password: str | None = None) -> bytes:
    """Return the bytes of one plan's sheet, pdf or html, without writing anything."""
    (sheet,) = _compose_all([plan], layers, output_format)
    with _naming_own_looks(layers):
        if output_format == "html":
            return write_screen(*sheet)
        layout = layout_for(plan.patient.print, layers.layouts())
        return _finish(write_pdf(*sheet), layout.folded, Access(password=password))


@contextmanager
def _naming_own_looks(layers: Layers) -> Iterator[None]:
    """Add to a refusal of how a sheet looks in which files of the clinic's own the cause must be: ours look as they must."""
    try:
        yield
    except LooksError as error:
        files = ", ".join(map(display_path, layers.own_looks))
        raise type(error)(f"{error}. Look in {files}" if files else str(error)) from None


def _compose_all(plans: Sequence[Plan], layers: Layers, output_format: str) -> list[Sheet]:
    """Return the sheet of each plan, with the pictures of its exercises and the clinic's logo."""
    templates = {language: layers.environment(language) for language in {plan.patient.language for plan in plans}}
    logos = [read_logo(plan.clinic) for plan in plans]
    compose_one = compose_screen if output_format == "html" else compose
    return [
        compose_one(plan, templates[plan.patient.language], illustrate(plan), logo)
        for plan, logo in zip(plans, logos, strict=True)
    ]


def _finish(pdf: bytes, folded: bool, access: Access) -> bytes:
    """Return the PDF as it is written: its pages placed as those of a booklet, and locked if there is a password."""
    return access.lock(impose(pdf) if folded else pdf)
