"""The week after surgery, held against the weeks in which people are in a phase.

Weeks never open a phase by themselves: what the phase asks for and the surgeon's yes do. They only catch a phase or a date
that cannot be right.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handouts.errors import Problem
from handouts.model import Library, Patient, Phase


def with_phase(patient: Patient, library: Library, issued: date) -> Patient:
    """Return the patient in the phase that is usual in this week after surgery, where the file names none.

    The patient is unchanged where the file names one, where there is no date to go by, and where no phase has begun.
    """
    week = patient.weeks_after_surgery(issued)
    usual = _usual_phase(patient, library, week) if week is not None and not patient.phase else None
    return patient.model_copy(update={"phase": usual.stem}) if usual else patient


def _usual_phase(patient: Patient, library: Library, week: int) -> Phase | None:
    """Return the last phase of the procedure whose usual start is not after this week."""
    begun = [phase for phase in library.phases_of(patient.condition_id) if phase.weeks and phase.weeks.usual <= week]
    return begun[-1] if begun else None


def week_faults(patient: Patient, library: Library, issued: date) -> Iterator[Problem]:
    """Yield a fault where the phase comes too early after surgery, and the file does not say why it is right.

    A red flag outranks it: a sheet that only says where to get help is never refused for its phase.
    """
    phase, week = library.phases.get(patient.phase_id), patient.weeks_after_surgery(issued)
    if not phase or not phase.weeks or week is None or patient.red_flags or patient.allow_phase:
        return
    if phase.is_too_early(week):
        usual = _usual_phase(patient, library, week)
        instead = f" Write 'phase: {usual.stem}', which is usual in week {week}." if usual else ""
        message = (
            f"phase: '{phase.stem}' is too early in week {week} after surgery: it starts in week {phase.weeks.earliest} at"
            f" the earliest.{instead} To print it all the same, add 'allow-phase: <your reason>'."
        )
        yield patient.document.problem(message, "phase-weeks", ("phase",))


def proposal(phase: Phase, week: int | None) -> str:
    """Return the warning that the file names no phase, and which one the sheet is for."""
    return (
        f"phase: not given: week {week} after surgery is usually '{phase.stem}', and the sheet is for that."
        " Weeks alone open no phase: check its 'Is this you?' and what the surgeon allows."
    )


def week_warnings(patient: Patient, phase: Phase, issued: date) -> Iterator[str]:
    """Yield what is unusual about the phase in this week after surgery, and an `allow-phase` that allows nothing."""
    weeks, week = phase.weeks, patient.weeks_after_surgery(issued)
    if patient.allow_phase and not phase.is_too_early(week):
        yield f"allow-phase: is not needed, as '{phase.stem}' is not too early: leave it out."
    if weeks is None or week is None or phase.is_too_early(week):
        return
    if week < weeks.usual:
        early = f"phase: week {week} after surgery is early for '{phase.stem}'"
        yield f"{early}, which usually starts in week {weeks.usual}: does the surgeon agree?"
    elif weeks.agreed and week < weeks.agreed:
        yield (
            f"phase: week {week} after surgery: some sources start '{phase.stem}' in week {weeks.earliest},"
            f" others in week {weeks.agreed}. Go by what the surgeon says."
        )
    elif weeks.late is not None and week > weeks.late:
        yield f"phase: week {week} after surgery is late for '{phase.stem}': check the phase and the surgery date."
