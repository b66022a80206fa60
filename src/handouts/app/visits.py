"""What a sheet tells of the one before it, whose record the patient file names in `since`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from handouts.errors import ProblemsError
from handouts.files.text import is_file
from handouts.model import Library, Patient, Plan, Record
from handouts.patients.record import RECORD_ENDING
from handouts.patients.record_reader import read_record
from handouts.planning.visits import news_since

SHEETS = ("", "sheets", "build/handouts")  # where sheets and their records are written


def with_news(plan: Plan, library: Library) -> Plan:
    """Return a plan that tells what is new since the sheet before, where its patient file names one; raises ProblemsError."""
    if not plan.patient.since:
        return plan
    return replace(plan, news=news_since(plan, _record_before(plan.patient, plan.patient.since), library))


def _record_before(patient: Patient, since: str) -> Record:
    path = Path(patient.document.path).parent
    if found := find_record(path, since):
        return read_record(found)
    message = (
        "since: there is no such record beside this file, nor in sheets or build/handouts here or in a folder above it:"
        f" write the file name of the record (it ends in {RECORD_ENDING}), or leave 'since' out"
    )
    raise ProblemsError([patient.document.problem(message, "since", ("since",))])


def find_record(folder: Path, since: str) -> Path | None:
    """Return the record that a `since` names: a path from the folder, or the id of a sheet, which is looked for."""
    if since.endswith(RECORD_ENDING):
        return folder / since if is_file(folder / since) else None
    here = folder.absolute()
    places = (place / sheets for place in (here, *here.parents, Path.cwd()) for sheets in SHEETS)
    return next((path for place in places if is_file(path := place / f"{since}{RECORD_ENDING}")), None)
