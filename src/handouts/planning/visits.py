"""The sheet before this one: where its doses stood on the day of the next visit, and what is new since."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from handouts.errors import ProblemsError
from handouts.model import NUMBERS, Change, Dose, Item, Library, News, Plan, Prescription, Record
from handouts.planning.case import Case
from handouts.planning.dosing import dose_and_ladder
from handouts.planning.resolve import weeks_between


class Stood(NamedTuple):
    """The dose that a patient had reached, and in which week of the sheet.

    `sure` is False where the content has changed since: then it is the dose of the first week, which is the lowest.
    """

    dose: Dose
    week: int
    sure: bool = True


def where_it_stood(chosen: Prescription, record: Record, library: Library, day: date) -> Stood:
    """Return the dose that an exercise of an earlier sheet had reached by a day: that of the last week that had begun before.

    It is never more than the sheet itself says, also where the visit comes late.
    """
    exercise, phase = library.exercises.get(chosen.exercise), library.phases.get(record.patient.phase_id)
    if not exercise or not phase:
        return Stood(_first(chosen), 1, sure=False)
    case = Case(record.patient, phase, library, weeks_between(record.issued, record.patient.review))
    dose, ladder = dose_and_ladder(chosen, exercise, case)
    if Item(exercise, dose, None, ladder=ladder).weeks_in_short != record.weeks.get(chosen.exercise):
        return Stood(_first(chosen), 1, sure=False)
    week = max((day - record.issued).days - 1, 0) // 7 + 1
    reached = [step for step in ladder if step.week <= week]
    return Stood(reached[-1].dose, reached[-1].week) if reached else Stood(dose, 1)


def _first(chosen: Prescription) -> Dose:
    """Return the dose of the first week as a record writes it out, without the content."""
    numbers = {name: own.low if (own := getattr(chosen, name)) else None for name in NUMBERS}
    return Dose(**numbers, per_day=chosen.per_day or 1, days_per_week=chosen.days_per_week or 7)


def news_since(plan: Plan, record: Record, library: Library) -> News | None:
    """Return what a sheet changes for someone who has the one before; None where it holds no exercises.

    A dose counts as changed where it is not the one that the old sheet had reached. Raises ProblemsError where the record
    is not one of an earlier sheet of the same patient.
    """
    if fault := _not_before(plan, record):
        raise ProblemsError([plan.patient.document.problem(f"since: {fault}", "since", ("since",))])
    if not plan.items:
        return None
    old = {chosen.exercise: chosen for chosen in record.patient.exercises}
    kept = {item.exercise.slug: item for item in plan.items if item.exercise.slug in old}
    changes = (_change(item, old[slug], record, library, plan.issued) for slug, item in kept.items())
    return News(
        since=record.issued,
        new=tuple(item.exercise for item in plan.items if item.exercise.slug not in old),
        changed=tuple(change for change in changes if change),
        gone=tuple(library.exercises[slug] for slug in old if slug not in kept and slug in library.exercises),
    )


def _not_before(plan: Plan, record: Record) -> str | None:
    if record.patient.id.lower() != plan.patient.id.lower():
        return "is the record of another patient: name that of this one, or leave it out"
    if record.issued >= plan.issued:
        return f"is the record of {record.issued}, which is not before the day of issue, {plan.issued}"
    return None


def _change(item: Item, chosen: Prescription, record: Record, library: Library, day: date) -> Change | None:
    """Return what changes for an exercise that both sheets have; None where all of it stays."""
    before, now = where_it_stood(chosen, record, library, day).dose, item.dose
    timed = not item.exercise.dose.when
    change = Change(
        item,
        amount=timed and _amount(before) != _amount(now),
        often=timed and before.per_day != now.per_day,
        week=timed and before.days_per_week != now.days_per_week,
        side=item.exercise.side != "none" and (chosen.side, chosen.toward) != (item.side, item.toward),
        load=chosen.load != item.load,
    )
    return change if any(change[1:]) else None


def _amount(dose: Dose) -> tuple[int | None, ...]:
    return tuple(getattr(dose, name) for name in NUMBERS)
