"""The public door: what `import handouts` offers to a program that makes sheets of its own. See docs/library.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from handouts import model
from handouts.app.checking import check_all
from handouts.app.layers import Layers
from handouts.app.plans import plan_patient
from handouts.app.sheets import make_document
from handouts.errors import Problem
from handouts.model import Patient

Paths = Iterable[str | Path]


@dataclass(frozen=True)
class Library(model.Library):
    """All content, read and checked, and the folders it came from."""

    layers: Layers = field(default_factory=Layers)


@dataclass(frozen=True)
class Plan(model.Plan):
    """Everything that one patient's sheet prints, decided, and the ways to print it."""

    layers: Layers = field(default_factory=Layers)

    def to_html(self) -> str:
        """Return the sheet for a screen: one HTML file that holds its letters and drawings and asks for nothing else.

        Raises HandoutsError where a template or a picture has a fault.
        """
        return make_document(self, self.layers, "html").decode()

    def to_pdf(self, password: str | None = None) -> bytes:
        """Return the sheet as a PDF, in the layout and on the paper that the patient's `print` says.

        With a password it is locked (AES-256). Raises HandoutsError where a template or a picture has a fault.
        """
        return make_document(self, self.layers, "pdf", password)


def load_library(content: Paths = (), templates: Paths = (), clinic: Path | str | None = None) -> Library:
    """Return all content: ours, with a clinic's own folders of content and templates laid over it, file by file.

    `clinic` is the clinic.yaml of who hands the sheets out; without it, it is looked for beside a patient's file, in the
    folders above it and in the current folder.
    Raises ProblemsError with every problem of every content file; templates are read when a sheet is made.
    """
    layers = Layers(tuple(map(Path, content)), tuple(map(Path, templates)), Path(clinic) if clinic else None)
    return Library(**_fields_of(layers.library()), layers=layers)


def plan(patient: Patient, library: Library, issued: date, *, allow_fallback: bool = False) -> Plan:
    """Return the plan of one patient's sheet, handed out on the day `issued`.

    Without `allow_fallback`, content that is not translated into the patient's language is a problem.
    Raises ProblemsError with every reason why there must be no such sheet.
    """
    decided = plan_patient(patient, library, library.layers, issued, allow_fallback)
    return Plan(**_fields_of(decided), layers=library.layers)


def check(patients: Paths = (), *, today: date, content: Paths = (), templates: Paths = ()) -> tuple[Problem, ...]:
    """Return everything that is wrong with the content and with these patient files, in the order of the files.

    `today` is the day of issue of a file that names none, and the day on which reviews are judged overdue.
    """
    layers = Layers(tuple(map(Path, content)), tuple(map(Path, templates)))
    return check_all(map(Path, patients), layers, today).problems


def _fields_of(value: model.Library | model.Plan) -> dict[str, Any]:
    return {one.name: getattr(value, one.name) for one in fields(value)}
