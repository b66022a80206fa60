"""The dose of each exercise: it starts at the low end of its range, unless the therapist sets it; and how long all take."""

from __future__ import annotations

from collections.abc import Iterable

from handouts.fields import Range
from handouts.model import Dose, DoseRange, Exercise, Item, Prescription, Step
from handouts.planning.case import Case
from handouts.planning.limits import within_limits
from handouts.planning.precautions import most_hold
from handouts.planning.rules import start_low

# Our own estimates, without a source, used only for the line "about N minutes".
SECONDS_TO_MOVE = 4  # into the end position and back, once
SECONDS_BETWEEN_SETS = 30
SECONDS_TO_SET_UP = 40  # from one exercise to the next, reading included

# How much is added from one week to the next: our own numbers, small on purpose. The ranges come from the content, and so
# does the order: repeats, then hold, then sets.
REPS_A_WEEK = 2
HOLD_A_WEEK = 1
LONG_HOLD = 10  # seconds: from here on a hold grows by LONG_HOLD_A_WEEK, since nobody feels one second more
LONG_HOLD_A_WEEK = 5
MINUTES_A_WEEK = 5  # for a walk; a rest of a few minutes grows by one

# Once strength is only kept up, trunk moves are done "2-3 days a week": the notes, sections 3.1 (lum-keep) and 3.3 (dis-4).
KEEP_UP_DAYS = 3
TRUNK = ("back", "belly", "trunk-side")


def phase_span(exercise: Exercise, case: Case) -> DoseRange:
    """Return the dose range of an exercise in this phase, within this patient's limits."""
    span = _short_holds(within_limits(exercise, case), most_hold(exercise, case.held))
    if not case.phase.keep_up or exercise.job not in TRUNK:
        return span
    days = min(span.days_per_week.low, KEEP_UP_DAYS)
    return span.model_copy(update={"per_day": Range(1, 1), "days_per_week": Range(days, days)})


def _short_holds(span: DoseRange, most: int | None) -> DoseRange:
    """Return a dose range with holds of at most that many seconds; unchanged where nothing limits them."""
    if most is None or span.hold is None:
        return span
    return span.model_copy(update={"hold": Range(min(span.hold.low, most), min(span.hold.high, most))})


def starting_dose(span: DoseRange, chosen: Prescription | None = None) -> Dose:
    """Return the low end of every range, or the therapist's own number where there is one."""
    low = Dose(
        sets=_start(span.sets),
        reps=_start(span.reps),
        hold=_start(span.hold),
        minutes=_start(span.minutes),
        per_day=span.per_day.low,
        days_per_week=span.days_per_week.low,
    )
    if chosen is None:
        return low
    return Dose(
        sets=chosen.sets or low.sets,
        reps=chosen.reps or low.reps,
        hold=chosen.hold or low.hold,
        minutes=chosen.minutes or low.minutes,
        per_day=chosen.per_day or low.per_day,
        days_per_week=chosen.days_per_week or low.days_per_week,
    )


def _start(span: Range | None) -> int | None:
    return start_low(span) if span else None


def weekly_ladder(span: DoseRange, start: Dose, weeks: int, most_sets: int) -> tuple[Step, ...]:
    """Return the dose of each week up to the week that reaches the top: repeats go up first, then hold, then sets.

    Empty where the dose cannot go up. `most_sets` is the phase's bound (rule R14). A therapist's own number above the
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
    """Return the dose of the next week, in which one number goes up; the same dose where none can."""
    if dose.minutes and (minutes := _raised(dose.minutes, span.minutes, _minutes_step(dose.minutes))):
        return dose._replace(minutes=minutes)
    if dose.reps and (reps := _raised(dose.reps, span.reps, REPS_A_WEEK)):
        return dose._replace(reps=reps)
    if dose.hold and (hold := _raised(dose.hold, span.hold, _hold_step(dose.hold))):
        return dose._replace(hold=hold)
    if dose.sets and dose.sets < most_sets and (sets := _raised(dose.sets, span.sets, 1)):
        return dose._replace(sets=sets)
    return dose


def _raised(value: int, span: Range | None, step: int) -> int | None:
    """Return a value one step up, at most the end of its range; None where it cannot go up."""
    return min(value + step, span.high) if span and value < span.high else None


def _minutes_step(minutes: int) -> int:
    return MINUTES_A_WEEK if minutes >= MINUTES_A_WEEK else 1


def _hold_step(seconds: int) -> int:
    return LONG_HOLD_A_WEEK if seconds >= LONG_HOLD else HOLD_A_WEEK


def session_seconds(items: Iterable[Item]) -> int:
    """Return about how many seconds it takes to do each item once."""
    return sum(_seconds(item) for item in items)


def _seconds(item: Item) -> int:
    dose = item.dose
    if dose.minutes:
        return dose.minutes * 60
    both_sides = (item.exercise.side == "each" and item.side in (None, "both")) or item.side == "both"
    sets, reps = dose.sets or 1, dose.reps or 1
    work = sets * reps * ((dose.hold or 0) + SECONDS_TO_MOVE) * (2 if both_sides else 1)
    return work + (sets - 1) * (item.rest or SECONDS_BETWEEN_SETS) + SECONDS_TO_SET_UP
