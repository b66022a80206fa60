"""Patient files -> Patient: YAML (one a file), CSV and XLSX (a row a patient), with the same keys and the same errors.

A row becomes the same document as a YAML file; its places are row and column in place of line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from handouts.errors import Problem, ProblemsError, display_path, quoted, unknown
from handouts.files.cells import Row, turned_into_a_date
from handouts.files.document import Document, Loc, Place
from handouts.files.tables import read_table
from handouts.files.text import read_text
from handouts.files.yaml_reader import parse_yaml
from handouts.model import Findings, Limits, Noun, Patient, PatientFrontMatter, Print
from handouts.patients.folders import ENDINGS, TABLE_ENDINGS, YAML_ENDINGS, patient_files
from handouts.patients.record_reader import recorded

_LIST_KEYS = ("red-flags", "precautions", "cleared", "exercises", "topics", "questions")
_CURLY_QUOTES = re.compile("[“”„‟‘’‚«»]")
_CURLY = 'a text in curly quotes inside { }: put it in straight ones (")'
_DAYS = ("surgery-date", "issued", "review", "screened")
_NESTED: dict[str, type[Noun]] = {"findings": Findings, "limits": Limits, "print": Print}


def read_patients(paths: Iterable[Path]) -> tuple[tuple[Patient, ...], tuple[Problem, ...]]:
    """Return every patient that can be read from the files and folders, in their order, and the faults of all the rest.

    Warnings among them name what is left out.
    """
    problems: list[Problem] = []
    files = dict.fromkeys(file for path in paths for file in patient_files(path, problems))  # a file named twice is read once
    patients = [patient for file in files for patient in _read_file(file, problems)]
    problems.extend(_duplicate_ids(patients))
    return tuple(patients), tuple(problems)


def read_patient_file(path: Path) -> tuple[Patient, ...]:
    """Return the patients of one file; raises ProblemsError with the faults of all of them."""
    problems: list[Problem] = []
    patients = _read_file(path, problems)
    if any(not problem.warning for problem in problems):
        raise ProblemsError(problems)
    return tuple(patients)


def _read_file(path: Path, problems: list[Problem]) -> list[Patient]:
    ending = path.suffix.lower()
    try:
        if ending in YAML_ENDINGS:
            document = parse_yaml(read_text(path, display_path(path)), display_path(path))
            return [recorded(document) if "record" in document.data else patient_of(document)]
        if ending in TABLE_ENDINGS:
            return _from_table(path, problems)
        message = f"is not a patient file: its name must end in {', '.join(ENDINGS)}"
        problems.append(Problem(display_path(path), 1, 1, message, "file"))
    except ProblemsError as error:
        problems.extend(error.problems)
    return []


def patient_of(document: Document) -> Patient:
    """Return the patient that one document describes; raises ProblemsError."""
    return Patient.from_document(document)


def _duplicate_ids(patients: Sequence[Patient]) -> Iterable[Problem]:
    """Yield a fault for each id used before: two patients of one id would be written to one file.

    A later sheet of the same patient names the one before it in `since`, and both name their day.
    """
    first: dict[str, Patient] = {}
    for patient in patients:
        namesake = first.setdefault(patient.id.lower(), patient)
        if namesake is not patient and not _one_after_the_other(namesake, patient):
            place = namesake.document.place(("id",))
            message = f"this id is also used in {namesake.document.path}:{place.line}: every patient has an own id"
            yield patient.document.problem(message, "id", ("id",))


def _one_after_the_other(one: Patient, other: Patient) -> bool:
    days = {one.issued, other.issued}
    return bool(one.since or other.since) and len(days) > 1 and None not in days


# Tables ----------------------------------------------------------------------------------------------------------------


def columns() -> list[str]:
    """Return the names that a table's columns may have: the keys of a patient file, nested ones with a dot."""
    top = [field.alias or name for name, field in PatientFrontMatter.model_fields.items()]
    nested = [f"{key}.{field.alias or name}" for key, kind in _NESTED.items() for name, field in kind.model_fields.items()]
    return [key for key in top if key not in _NESTED] + nested


def _from_table(path: Path, problems: list[Problem]) -> list[Patient]:
    """Return the patients of the rows without fault; raises ProblemsError where the header has faults."""
    table = read_table(path, display_path(path))
    problems.extend(table.notes)
    if faults := list(_header_faults(table.header, display_path(path))):
        raise ProblemsError(faults)
    patients: list[Patient] = []
    for row in table.rows:
        try:
            patients.append(patient_of(_row_document(table.header, row, display_path(path))))
        except ProblemsError as error:
            problems.extend(error.problems)
    if not table.rows:
        problems.append(Problem(display_path(path), 1, 1, "holds no patient: the first row names the columns", "table"))
    return patients


def _header_faults(header: Row, path: str) -> Iterable[Problem]:
    known = columns()
    if "id" not in (cell.text for cell in header.cells):
        message = f"the first row must name the columns, and one of them must be id. Allowed: {', '.join(sorted(known))}."
        yield Problem(path, header.number, 1, message, "column")
        return
    earlier: set[str] = set()
    for cell in header.cells:
        if cell.fault:
            yield Problem(path, header.number, cell.column, cell.fault, "table")
        elif cell.text not in known:
            yield Problem(path, header.number, cell.column, unknown("column", cell.text, known), "column")
        elif cell.text in earlier:
            yield Problem(path, header.number, cell.column, f"the column '{cell.text}' stands here again", "column")
        earlier.add(cell.text)


def _row_document(header: Row, row: Row, path: str) -> Document:
    """Return a row as the document that a YAML file with the same content would give; raises ProblemsError."""
    names = {cell.column: cell.text for cell in header.cells}
    if problems := list(_row_faults(header, row, path)):
        raise ProblemsError(problems)
    data: dict[str, Any] = {}
    values: dict[Loc, tuple[int, int]] = {(): Place(row.number, 1)}
    for cell in row.cells:
        name = names[cell.column]
        key, _, inner = name.partition(".")
        values[(key,)] = place = Place(row.number, cell.column)
        try:
            value = _cell_value(name, cell.text, path, place)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        if inner:
            values[(key, inner)] = place
            data.setdefault(key, {})[inner] = value
        else:
            data[key] = value
    if problems:
        raise ProblemsError(problems)
    return Document(path, data, values, {})


def _row_faults(header: Row, row: Row, path: str) -> Iterable[Problem]:
    """Yield faults of cells that stand under no name, and of cells that a spreadsheet has changed."""
    names = {cell.column: cell.text for cell in header.cells}
    nameless = [cell.column for cell in row.cells if cell.column not in names]
    if row.width > header.width:
        nameless.append(header.width + 1)
    if nameless:
        yield Problem(path, row.number, min(nameless), "there is no column name above this cell", "column")
        return  # the row may be shifted, so its other faults mean nothing
    for cell in row.cells:
        fault = cell.fault or (None if names[cell.column] in _DAYS else turned_into_a_date(cell))
        if fault:
            yield Problem(path, row.number, cell.column, fault, "table")


def _cell_value(name: str, text: str, path: str, place: Place) -> Any:
    if text == "~":
        return None
    if name.startswith("limits."):
        return _with_settings(text, "says", name, path, place)
    if name not in _LIST_KEYS:
        return text
    entries = [entry.strip() for entry in _split_outside_braces(text) if entry.strip()]
    if name != "exercises":
        return entries
    return [_with_settings(entry, "exercise", name, path, place) for entry in entries]


def _split_outside_braces(text: str) -> list[str]:
    parts, depth = [""], 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == ";" and depth <= 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _with_settings(entry: str, key: str, name: str, path: str, place: Place) -> Any:
    """Return `half-bridge {reps: 8, hold: 6 s}` as the mapping of a YAML file; `key` is that of the first words."""
    first, brace, settings = entry.partition("{")
    if not brace:
        return entry
    first = first.strip()
    try:
        values = parse_yaml("{" + settings, path).data
    except ProblemsError as error:
        faults = [(_CURLY, "yaml")] if _CURLY_QUOTES.search(settings) else [(p.message, p.rule) for p in error.problems]
        raise ProblemsError(Problem(path, *place, message, rule) for message, rule in faults) from None
    if key in values:
        message = f"{name}: {quoted(first)} stands before {{ }}: leave out '{key}:'"
        raise ProblemsError([Problem(path, *place, message, "value")])
    return {key: first, **values}
