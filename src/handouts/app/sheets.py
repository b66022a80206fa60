"""Plan -> files: a sheet a plan, and its record beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path

from handouts.app.batch import make_documents
from handouts.app.layers import Layers
from handouts.files.writing import write_file
from handouts.model import Plan
from handouts.patients.reader import RECORD_ENDING
from handouts.patients.record import plan_record
from handouts.pdf.access import OWNER_ONLY, Access
from handouts.pdf.finishing import impose
from handouts.pdf.screen import write_screen
from handouts.pdf.writer import write_pdf
from handouts.pictures.drawings import illustrate
from handouts.pictures.logo import read_logo
from handouts.render.sheet import compose, compose_screen


def build_handouts(
    plans: Sequence[Plan],
    layers: Layers,
    out: Path,
    access: Access = OWNER_ONLY,
    executor: Executor | None = None,
    progress: Callable[[], None] = lambda: None,
    form: str = "pdf",
) -> tuple[Path, ...]:
    """One file a plan in `out`, named by sheet id, with its record beside it; all are made before the first is written.

    `form` is pdf or html. `progress` is called once a sheet. Raises HandoutsError and then has written nothing.
    """
    templates = {language: layers.environment(language) for language in {plan.patient.language for plan in plans}}
    logos = [read_logo(plan.clinic, _clinic_folders(plan, layers)) for plan in plans]
    composed, write = (compose_screen, write_screen) if form == "html" else (compose, write_pdf)
    sheets = [
        composed(plan, templates[plan.patient.language], illustrate(plan), logo)
        for plan, logo in zip(plans, logos, strict=True)
    ]
    documents: list[bytes] = []
    for plan, document in zip(plans, make_documents(sheets, executor, write), strict=True):
        documents.append(document if form == "html" else _finish(plan, document, access))
        progress()
    targets = tuple(out / f"{plan.sheet_id}.{form}" for plan in plans)
    for plan, target, document in zip(plans, targets, documents, strict=True):
        write_file(target, document, access.mode)
        write_file(out / f"{plan.sheet_id}{RECORD_ENDING}", plan_record(plan).encode(), access.mode)
    return targets


def _finish(plan: Plan, pdf: bytes, access: Access) -> bytes:
    """A PDF as it lies on the disk."""
    return access.lock(impose(pdf) if plan.layout == "booklet" else pdf)


def _clinic_folders(plan: Plan, layers: Layers) -> tuple[Path, ...]:
    """Where the clinic.yaml of a plan may lie, that which counts first."""
    return (Path(plan.patient.document.path).parent, *layers.content_folders)
