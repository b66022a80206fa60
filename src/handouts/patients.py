"""Patient files -> Patient: YAML (one a file), CSV and XLSX (a row a patient), with the same keys and the same errors.

A row becomes the same document as a YAML file; its places are row and column in place of line and column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from handouts.errors import Problem, ProblemsError, unknown
from handouts.frontmatter import Document, Loc, Place, parse_yaml
from handouts.library import shown
from handouts.model import Findings, Limits, Noun, Patient, PatientMatter, Print
from handouts.tables import Row, read_table
from handouts.textfile import read_text
from handouts.validation import validate

YAML_ENDINGS = (".yaml", ".yml")
TABLE_ENDINGS = (".csv", ".tsv", ".xlsx")
RECORD_ENDING = ".plan.yaml"
_NOT_PATIENTS = ("clinic.yaml", RECORD_ENDING)  # endings of what may lie beside the patients of a clinic
_LIST_KEYS = ("red-flags", "precautions", "cleared", "exercises", "topics")
_NESTED: dict[str, type[Noun]] = {"findings": Findings, "limits": Limits, "print": Print}


def read_patients(paths: Iterable[Path]) -> tuple[Patient, ...]:
    """Every patient in the files and folders given, in their order; raises ProblemsError with the faults of all."""
    patients: list[Patient] = []
    problems: list[Problem] = []
    for path in paths:
        for file in _files(path, problems):
            try:
                patients.extend(read_patient_file(file))
            except ProblemsError as error:
                problems.extend(error.problems)
    problems.extend(_twins(patients))
    if problems:
        raise ProblemsError(problems)
    return tuple(patients)


def _files(path: Path, problems: list[Problem]) -> list[Path]:
    if not path.is_dir():
        return [path]
    try:
        names = sorted(path.iterdir())
    except OSError as error:
        problems.append(Problem(shown(path), 1, 1, f"cannot be read: {error.strerror}", "file"))
        return []
    wanted = (*YAML_ENDINGS, *TABLE_ENDINGS)
    files = [file for file in names if file.suffix.lower() in wanted and not file.name.startswith((".", "~"))]
    files = [file for file in files if not file.name.endswith(_NOT_PATIENTS)]
    if not files:
        message = f"holds no patient file (their names end in {', '.join(wanted)})"
        problems.append(Problem(shown(path), 1, 1, message, "file"))
    return files


def read_patient_file(path: Path) -> tuple[Patient, ...]:
    """The patients of one file, or the one of a plan's record; raises ProblemsError."""
    ending = path.suffix.lower()
    if ending in YAML_ENDINGS:
        document = parse_yaml(read_text(path, shown(path)), shown(path))
        return (_recorded(document) if "record" in document.data else patient_of(document),)
    if ending in TABLE_ENDINGS:
        return _from_table(path)
    message = f"is not a patient file: its name must end in {', '.join((*YAML_ENDINGS, *TABLE_ENDINGS))}"
    raise ProblemsError([Problem(shown(path), 1, 1, message, "file")])


def _recorded(document: Document) -> Patient:
    """The patient of a plan's record, who remembers which content it was made with."""
    made_with = document.data.get("content-version")
    return patient_of(document.part("patient")).model_copy(update={"made_with": made_with})


def patient_of(document: Document) -> Patient:
    """The patient that one document describes; raises ProblemsError."""
    return Patient.model_construct(**dict(validate(PatientMatter, document)), document=document)


def _twins(patients: Sequence[Patient]) -> Iterable[Problem]:
    """Two patients of one id would be written to one file."""
    first: dict[str, Patient] = {}
    for patient in patients:
        twin = first.setdefault(patient.id.lower(), patient)
        if twin is not patient:
            place = twin.document.place(("id",))
            message = f"this id is also used in {twin.document.path}:{place.line}: every patient has an own id"
            yield patient.document.problem(message, "id", ("id",))


# Tables ----------------------------------------------------------------------------------------------------------------


def columns() -> list[str]:
    """The names a table's columns may have: the keys of a patient file, nested ones with a dot."""
    top = [field.alias or name for name, field in PatientMatter.model_fields.items()]
    nested = [f"{key}.{field.alias or name}" for key, kind in _NESTED.items() for name, field in kind.model_fields.items()]
    return [key for key in top if key not in _NESTED] + nested


def _from_table(path: Path) -> tuple[Patient, ...]:
    header, rows = read_table(path, shown(path))
    problems = list(_header_faults(header, shown(path)))
    patients: list[Patient] = []
    for row in rows:
        try:
            patients.append(patient_of(_row_document(header, row, shown(path))))
        except ProblemsError as error:
            problems.extend(error.problems)
    if not rows and not problems:
        problems.append(Problem(shown(path), 1, 1, "holds no patient: the first row names the columns", "table"))
    if problems:
        raise ProblemsError(problems)
    return tuple(patients)


def _header_faults(header: Row, path: str) -> Iterable[Problem]:
    known = columns()
    names = [cell.text for cell in header.cells]
    for cell in header.cells:
        if cell.text not in known:
            yield Problem(path, header.number, cell.column, unknown("column", cell.text, known), "column")
        elif cell.text in names[: cell.column - 1]:
            yield Problem(path, header.number, cell.column, f"the column '{cell.text}' stands here again", "column")


def _row_document(header: Row, row: Row, path: str) -> Document:
    """A row as the document that a YAML file with the same content would give."""
    names = {cell.column: cell.text for cell in header.cells}
    data: dict[str, Any] = {}
    values: dict[Loc, Place] = {(): Place(row.number, 1)}
    problems = []
    for cell in row.cells:
        name = names.get(cell.column, "")
        place = Place(row.number, cell.column)
        if not name:
            problems.append(Problem(path, *place, "there is no column name above this cell", "column"))
            continue
        loc: Loc = tuple(name.split("."))
        values[loc[:1]] = values[loc] = place
        try:
            value = _cell_value(name, cell.text, path, place)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        if len(loc) == 2 and loc[0] in _NESTED:
            data.setdefault(loc[0], {})[loc[1]] = value
        elif name in columns():  # an unknown one is a fault of the header, said once
            data[name] = value
    if problems:
        raise ProblemsError(problems)
    return Document(path, data, values, {})


def _cell_value(name: str, text: str, path: str, place: Place) -> Any:
    if text == "~":
        return None
    if name not in _LIST_KEYS:
        return text
    entries = [entry.strip() for entry in _split_outside_braces(text) if entry.strip()]
    return [_prescription(entry, path, place) for entry in entries] if name == "exercises" else entries


def _split_outside_braces(text: str) -> list[str]:
    parts, depth = [""], 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == ";" and depth <= 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _prescription(entry: str, path: str, place: Place) -> Any:
    """`half-bridge {reps: 8, hold: 6 s}` as the mapping that a YAML list would hold."""
    slug, brace, settings = entry.partition("{")
    if not brace:
        return entry
    try:
        found = parse_yaml("{" + settings, path).data
    except ProblemsError as error:
        raise ProblemsError(Problem(path, *place, fault.message, fault.rule) for fault in error.problems) from None
    return {"exercise": slug.strip(), **found}
