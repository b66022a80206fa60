"""The record of a sheet -> the patient whose sheet it makes again, and what the next sheet must know of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handouts.errors import ProblemsError, display_path
from handouts.files.document import Document
from handouts.files.text import read_text
from handouts.files.yaml_reader import parse_yaml
from handouts.model import Patient, Record
from handouts.patients.record import RECORD_ENDING


def recorded(document: Document) -> Patient:
    """Return the patient of a record, with the versions of content and clinic that it names; raises ProblemsError."""
    data = document.data
    doses = _mapping(data.get("own-doses")).items() if "own-doses" in data else None
    own = None if doses is None else {slug: tuple(keys) for slug, keys in doses if isinstance(keys, list)}
    made = {"made_with": data.get("content-version"), "made_for": data.get("clinic-version"), "own_doses": own}
    return Patient.from_document(document.part("patient")).model_copy(update=made)


def read_record(path: Path) -> Record:
    """Return the record of one sheet; raises ProblemsError, also where the file is none."""
    document = parse_yaml(read_text(path, display_path(path)), display_path(path))
    if "record" not in document.data:
        message = f"is not the record of a sheet: a record lies beside its PDF, and its name ends in {RECORD_ENDING}"
        raise ProblemsError([document.problem(message, "record")])
    patient = recorded(document)
    if patient.issued is None:
        raise ProblemsError([document.problem("patient: the key 'issued' is missing", "record", ("patient",))])
    weeks = {slug: line for slug, line in _mapping(document.data.get("weeks")).items() if isinstance(line, str)}
    return Record(patient, patient.issued, weeks, document)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
