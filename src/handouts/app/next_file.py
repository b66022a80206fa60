"""The record of a sheet -> the patient file of the next one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from handouts.app.layers import Layers
from handouts.app.plans import plan_patient
from handouts.app.visits import find_record
from handouts.content.translations import in_language
from handouts.errors import HandoutsError, Problem, ProblemsError, display_path, unknown
from handouts.files.text import is_folder
from handouts.files.writing import PRIVATE, write_file
from handouts.model import Library, Record
from handouts.patients.next_file import patient_file_text
from handouts.patients.reader import read_patient_file
from handouts.patients.record_reader import read_record
from handouts.planning.case import Case
from handouts.planning.next_sheet import next_patient, next_sheet
from handouts.planning.resolve import weeks_between


def start_next_file(
    path: Path, layers: Layers, issued: date, phase: str | None, review: date | None, target: Path | None
) -> tuple[Path, tuple[Problem, ...]]:
    """Write the patient file that comes after a record; return its path, and what it still lacks before it prints.

    `target` is the file to write, or a folder for it. Raises ProblemsError with everything that is wrong with the record and
    with what is asked for, and HandoutsError where the file is there already; then nothing is written.
    """
    record, everything = _read(path, layers)
    patient = record.patient
    library = in_language(everything, patient.language)
    stem = phase or patient.phase or ""
    if problems := list(_faults(record, library, issued, stem, review)):
        raise ProblemsError(problems)
    new = next_patient(record, library, issued, review, stem)
    case = Case(new, library.phases[new.phase_id], library, weeks_between(issued, review))
    sheet = next_sheet(record, new, case, issued)
    place = _place(target, f"{patient.id}-{issued.isoformat()}.yaml")
    named = new.model_copy(update={"since": _since(path, place, record)})
    text = patient_file_text(named, patient.therapist, sheet.carried, sheet.left, sheet.added)
    write_file(place, text.encode(), PRIVATE)
    return place, _lacks(place, everything, layers, issued)


def _read(path: Path, layers: Layers) -> tuple[Record, Library]:
    """Return the record and the content; raises ProblemsError with the faults of both."""
    problems: list[Problem] = []
    record = library = None
    try:
        record = read_record(path)
    except ProblemsError as error:
        problems.extend(error.problems)
    try:
        library = layers.library()
    except ProblemsError as error:
        problems.extend(error.problems)
    if record is None or library is None:
        raise ProblemsError(problems)
    return record, library


def _lacks(place: Path, library: Library, layers: Layers, issued: date) -> tuple[Problem, ...]:
    try:
        for patient in read_patient_file(place):
            plan_patient(patient, library, layers, issued)
    except ProblemsError as error:
        return error.problems
    return ()


def _place(target: Path | None, name: str) -> Path:
    place = target / name if target and is_folder(target) else target or Path(name)
    if os.path.lexists(place):
        raise HandoutsError(f"{display_path(place)} is there already: choose another name with '--out'")
    return place


def _since(path: Path, place: Path, record: Record) -> str:
    """Return how the file at `place` names the record: by the sheet's id where that finds it, else by its path."""
    found = find_record(place.parent, record.sheet_id)
    if found and found.samefile(path):
        return record.sheet_id
    return Path(os.path.relpath(path.absolute(), place.parent.absolute())).as_posix()


def _faults(record: Record, library: Library, issued: date, phase: str, review: date | None) -> Iterator[Problem]:
    """Yield all reasons why there can be no next file, at their places in the record."""
    patient, document = record.patient, record.document
    if patient.red_flags:
        message = "the record is of an emergency sheet: see the patient, and start a new file"
        yield document.problem(message, "red-flag", ("patient", "red-flags"))
    if issued <= record.issued:
        message = f"--date: {issued} is not after the day of the old sheet, {record.issued}"
        yield document.problem(message, "date", ("patient", "issued"))
    if review and review <= issued:
        yield document.problem(f"--review: {review} is not after the day of issue, {issued}", "date", ("patient", "issued"))
    stems = [one.stem for one in library.phases_of(patient.condition_id)]
    if not stems:
        message = f"condition: the content has no phases of '{patient.condition_id}'"
        yield document.problem(message, "condition", ("patient", "condition"))
    elif phase not in stems:
        message = f"--phase: {unknown(f'phase of {patient.condition_id}', phase, stems)}"
        yield document.problem(message, "phase", ("patient", "phase"))
