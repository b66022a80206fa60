"""How much: a range starts low, a therapist's own numbers win, and a session is counted in minutes."""

from __future__ import annotations

from collections.abc import Iterable

from handouts.fields import Range
from handouts.model import Dose, DoseRange, Exercise, Item, Prescription, Step
from handouts.planning.case import Case
from handouts.planning.groups import job_of
from handouts.planning.limits import within_limits
from handouts.planning.rules import start_low

# Own estimates, for the line "about N minutes" only; no source, and nothing else depends on them.
SECONDS_TO_MOVE = 4  # into the end position and back, once
SECONDS_BETWEEN_SETS = 30
SECONDS_TO_SET_UP = 40  # from one exercise to the next, reading included

# How much is added from one week to the next: own numbers, small on purpose; the order (repeats, then hold, then sets) and
# the range are the content's.
REPS_A_WEEK = 2
HOLD_A_WEEK = 1
LONG_HOLD = 10  # seconds: from here on a hold grows by LONG_HOLD_A_WEEK, since one second more is not felt
LONG_HOLD_A_WEEK = 5
MINUTES_A_WEEK = 5  # for a walk; a rest of a few minutes grows by one

# Once strength is only kept up, trunk moves are done "2-3 days a week": the notes, sections 3.1 (lum-keep) and 3.3 (dis-4).
KEEP_UP = ("lumbar/keep", "post-op/discectomy/return")
KEEP_UP_DAYS = 3
TRUNK = ("back", "belly", "trunk-side")


def phase_span(exercise: Exercise, case: Case) -> DoseRange:
    """The dose range of an exercise in this phase and within this patient's limits."""
    span = within_limits(exercise, case)
    if case.phase.slug not in KEEP_UP or job_of(exercise) not in TRUNK:
        return span
    few = min(span.days_per_week.low, KEEP_UP_DAYS)
    return span.model_copy(update={"per_day": Range(1, 1), "days_per_week": Range(few, few)})


def starting_dose(span: DoseRange, chosen: Prescription | None = None) -> Dose:
    """The low end of every range, or the therapist's own number where there is one."""

    def start(low: Range | None, own: int | None) -> int | None:
        return own or (start_low(low) if low else None)

    return Dose(
        sets=start(span.sets, chosen.sets if chosen else None),
        reps=start(span.reps, chosen.reps if chosen else None),
        hold=start(span.hold, chosen.hold if chosen else None),
        minutes=start(span.minutes, chosen.minutes if chosen else None),
        per_day=(chosen.per_day if chosen else None) or span.per_day.low,
        days_per_week=(chosen.days_per_week if chosen else None) or span.days_per_week.low,
    )


def weekly_ladder(span: DoseRange, start: Dose, weeks: int, most_sets: int) -> tuple[Step, ...]:
    """The dose of each week, repeats first, then hold, then sets, up to the week that reaches the top.

    Empty where there is nowhere to climb. `most_sets` is the phase's bound (rule R14). A therapist's own number above the
    range stays as it is.
    """
    steps = [Step(1, start)]
    for week in range(2, weeks + 1):
        harder = _harder(span, steps[-1].dose, most_sets)
        if harder == steps[-1].dose:
            break
        steps.append(Step(week, harder))
    return tuple(steps) if len(steps) > 1 else ()


def _harder(span: DoseRange, dose: Dose, most_sets: int) -> Dose:
    """The next step up of one dose: one thing at a time."""

    def room(value: int | None, bound: Range | None) -> bool:
        return bool(value and bound and value < bound.high)

    if room(dose.minutes, span.minutes):
        more = MINUTES_A_WEEK if dose.minutes >= MINUTES_A_WEEK else 1
        return dose._replace(minutes=min(dose.minutes + more, span.minutes.high))
    if room(dose.reps, span.reps):
        return dose._replace(reps=min(dose.reps + REPS_A_WEEK, span.reps.high))
    if room(dose.hold, span.hold):
        more = LONG_HOLD_A_WEEK if dose.hold >= LONG_HOLD else HOLD_A_WEEK
        return dose._replace(hold=min(dose.hold + more, span.hold.high))
    if room(dose.sets, span.sets) and dose.sets < most_sets:
        return dose._replace(sets=dose.sets + 1)
    return dose


def session_seconds(items: Iterable[Item]) -> int:
    """About how long all items take when each is done once, in seconds."""
    return sum(_seconds(item) for item in items)


def _seconds(item: Item) -> int:
    dose = item.dose
    if dose.minutes:
        return dose.minutes * 60
    both_sides = (item.exercise.side == "each" and item.side in (None, "both")) or item.side == "both"
    sets, reps = dose.sets or 1, dose.reps or 1
    work = sets * reps * ((dose.hold or 0) + SECONDS_TO_MOVE) * (2 if both_sides else 1)
    return work + (sets - 1) * (item.rest or SECONDS_BETWEEN_SETS) + SECONDS_TO_SET_UP
