"""Plans -> files: a sheet for each plan, and its record beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

from handouts.app.batch import make_documents
from handouts.app.layers import Layers
from handouts.errors import HiddenTextError, ProblemsError, display_path
from handouts.files.writing import write_file
from handouts.model import Plan
from handouts.patients.record import RECORD_ENDING, plan_record
from handouts.pdf.access import OWNER_ONLY, Access
from handouts.pdf.finishing import impose
from handouts.pdf.screen import write_screen
from handouts.pdf.writer import write_pdf
from handouts.pictures.drawings import illustrate
from handouts.pictures.logo import read_logo
from handouts.render.sheet import Sheet, compose, compose_screen


def build_handouts(
    plans: Sequence[Plan],
    layers: Layers,
    out: Path,
    access: Access = OWNER_ONLY,
    executor: Executor | None = None,
    progress: Callable[[], None] = lambda: None,
    output_format: str = "pdf",
) -> tuple[Path, ...]:
    """Write a file for each plan into `out`, named by sheet id, with its record beside it; return the files' paths.

    `output_format` is pdf or html. `progress` is called once for each sheet. Nothing is written before all sheets are made:
    where one cannot be made, HandoutsError is raised and no file is written. A disk that fails later leaves whole files only.
    """
    sheets = _compose_all(plans, layers, output_format)
    write = write_screen if output_format == "html" else write_pdf
    documents: list[bytes] = []
    with _naming_own_looks(layers):
        for plan, document in zip(plans, make_documents(sheets, executor, write), strict=True):
            documents.append(document if output_format == "html" else _finish(plan, document, access))
            progress()
    paths = tuple(out / f"{plan.sheet_id}.{output_format}" for plan in plans)
    for plan, path, document in zip(plans, paths, documents, strict=True):
        write_file(path, document, access.mode)
        write_file(out / f"{plan.sheet_id}{RECORD_ENDING}", plan_record(plan).encode(), access.mode)
    return paths


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
        return _finish(plan, write_pdf(*sheet), Access(password=password))


@contextmanager
def _naming_own_looks(layers: Layers) -> Iterator[None]:
    """Add to a refusal of hidden text in which files of the clinic's own the cause must be: ours hide nothing."""
    try:
        yield
    except HiddenTextError as error:
        files = ", ".join(map(display_path, layers.own_looks))
        raise HiddenTextError(f"{error}. Look in {files}" if files else str(error)) from None


def _compose_all(plans: Sequence[Plan], layers: Layers, output_format: str) -> list[Sheet]:
    """Return the sheet of each plan, with the pictures of its exercises and the clinic's logo."""
    templates = {language: layers.environment(language) for language in {plan.patient.language for plan in plans}}
    logos = [read_logo(plan.clinic) for plan in plans]
    compose_one = compose_screen if output_format == "html" else compose
    return [
        compose_one(plan, templates[plan.patient.language], illustrate(plan), logo)
        for plan, logo in zip(plans, logos, strict=True)
    ]


def _finish(plan: Plan, pdf: bytes, access: Access) -> bytes:
    """Return the PDF as it is written: folded into a booklet if the plan says so, and locked if there is a password."""
    return access.lock(impose(pdf) if plan.layout == "booklet" else pdf)
