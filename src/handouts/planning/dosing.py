"""The dose of each exercise and how it climbs: from the low end of its range, unless the therapist sets it."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.fields import Range
from handouts.model import NUMBERS, Dose, DoseRange, Exercise, Prescription, Step
from handouts.model.vocabulary import Level
from handouts.planning.case import Case
from handouts.planning.limits import within_limits
from handouts.planning.precautions import most_hold
from handouts.planning.rules import late_intensive, start_low

# How much is added from one week to the next: our own numbers, small on purpose (notes 2, section 10). The ranges come from
# the content, and so does the order: repeats, then hold, then sets.
REPS_A_WEEK = 2
HOLD_A_WEEK = 2  # seconds
LONG_HOLD = 10  # seconds: from here on a hold grows by LONG_HOLD_A_WEEK, since nobody feels two seconds more
LONG_HOLD_A_WEEK = 5
MINUTES_A_WEEK = 5  # for a walk; a rest of a few minutes grows by one

TRUNK = ("back", "belly", "trunk-side")
STRENGTH_JOBS = (*TRUNK, "legs", "blades")
# The phases' own gates ask for ten repeats of what goes on (notes, sections 3.1 and 3.3), and AAOS gives ten of nearly all
# moves: with ten an exercise that a patient knows starts where muscles are trained, and from ten on sets rise (rule R14).
TEN = 10
# Where muscles are trained, strength moves share one rhythm, as few people keep to several: that of bird dog and planks.
TRAINING_DAYS = 5
# Once strength is only kept up, trunk moves are done "2-3 days a week": the notes, sections 3.1 (lum-keep) and 3.3 (dis-4).
KEEP_UP_DAYS = 3

# How many sets the amount rises to where muscles are trained (rules R14 and R16; which level has which: ours).
MOST_SETS: Mapping[Level, int] = {"low": 2, "mid": 3, "high": 3}

Tops = Mapping[str, int]  # number of a dose -> how far it may climb


def phase_span(exercise: Exercise, case: Case) -> DoseRange:
    """Return the dose range of an exercise in this phase, within this patient's limits and precautions.

    It starts no lower than what the phases before it asked for.
    """
    span = _how_often(exercise, case)
    if differs := case.phase.doses.get(exercise.slug):
        span = differs.of(span)
    span = _carried_on(span, exercise, case)
    return _short_holds(within_limits(span, exercise, case), most_hold(exercise, case.held))


def _how_often(exercise: Exercise, case: Case) -> DoseRange:
    """Return an exercise's dose; where strength is trained, sets take the place of a second time a day."""
    span = exercise.dose
    more_sets = exercise.job in STRENGTH_JOBS and span.sets and span.sets.high > 1
    if not case.intensive or not (exercise.job in TRUNK or more_sets):
        return span
    days = min(span.days_per_week.low, KEEP_UP_DAYS if case.phase.keep_up else TRAINING_DAYS)
    return span.model_copy(update={"per_day": Range(1, 1), "days_per_week": Range(days, days)})


def _carried_on(span: DoseRange, exercise: Exercise, case: Case) -> DoseRange:
    """Return a dose range that starts no lower than what an earlier phase asked for, where its top allows."""
    earlier = case.library.phases_before(case.phase)
    starts = {name: max((getattr(phase.goal(exercise), name) or 0 for phase in earlier), default=0) for name in NUMBERS}
    known = any(phase.slug in exercise.phases for phase in earlier)
    if known and case.intensive and exercise.job in STRENGTH_JOBS and span.reps and span.reps.high >= TEN:
        starts["reps"] = max(starts["reps"], TEN)
    raised = {
        name: Range(min(max(own.low, starts[name]), own.high), own.high) for name in NUMBERS if (own := _of(span, name))
    }
    return span.model_copy(update=raised)


def _short_holds(span: DoseRange, most: int | None) -> DoseRange:
    """Return a dose range with holds of at most that many seconds; unchanged where nothing limits them."""
    if most is None or span.hold is None:
        return span
    return span.model_copy(update={"hold": Range(min(span.hold.low, most), min(span.hold.high, most))})


def _of(span: DoseRange | Prescription, name: str) -> Range | None:
    own: Range | None = getattr(span, name)
    return own


def starting_dose(span: DoseRange) -> Dose:
    """Return the low end of every range."""
    numbers = {name: start_low(own) if (own := _of(span, name)) else None for name in NUMBERS}
    return Dose(**numbers, per_day=span.per_day.low, days_per_week=span.days_per_week.low)


def dose_and_ladder(chosen: Prescription, exercise: Exercise, case: Case) -> tuple[Dose, tuple[Step, ...]]:
    """Return the dose of the first week, and that of each week up to the one that reaches the top; none where none climbs.

    Without a word of the therapist's a dose climbs in the phases that say so; a walk climbs in all of them, as the sources
    let it grow from the day of the operation on (notes 2, section 10).
    """
    climbs = (case.phase.climbs or exercise.job == "walk") and not exercise.dose.when
    span = _for_patient(phase_span(exercise, case), chosen, climbs)
    often = (chosen.per_day or span.per_day.low, chosen.days_per_week or span.days_per_week.low)
    dose = starting_dose(span)._replace(per_day=often[0], days_per_week=often[1])
    return dose, _ladder(dose, _stages(span, chosen, exercise, case), case.weeks)


def _for_patient(span: DoseRange, chosen: Prescription, climbs: bool) -> DoseRange:
    """Return the range in which each number climbs for this patient.

    What the therapist wrote stays: a number as it is, a range as a range. Where any number is written, those of the content
    stay at their low end too, unless `build-up: yes` lets them all climb.
    """
    wrote = any(_of(chosen, name) for name in NUMBERS)
    climbs = climbs and not wrote if chosen.build_up is None else chosen.build_up
    return span.model_copy(update={name: _range(_of(chosen, name), _of(span, name), climbs) for name in NUMBERS})


def _range(own: Range | None, of_content: Range | None, climbs: bool) -> Range | None:
    start = own or of_content
    if start is None or (own and own.low < own.high):
        return start
    return Range(start.low, max(start.low, of_content.high) if of_content and climbs else start.low)


def _stages(span: DoseRange, chosen: Prescription, exercise: Exercise, case: Case) -> tuple[Tops, Tops]:
    """Return how far each number climbs: first up to what "Move on when" asks for, then up to the top of this phase.

    Where sets may rise (rule R14) repeats stop at ten and the hold stays, so that an exercise grows by one number only; in
    the phases before that sets stay. A range of the therapist's own is climbed to its end.
    """
    tops = {name: own.high for name in NUMBERS if (own := _of(span, name))}
    own_range = {name for name in NUMBERS if (own := _of(chosen, name)) and own.low < own.high}
    asked = case.phase.goal(exercise)
    goal = {name: min(top, getattr(asked, name) or 0) for name, top in tops.items() if name not in own_range}
    caps: dict[str, int] = {}
    if span.sets and span.reps and "sets" not in own_range:
        caps["sets"] = max(span.sets.low, min(span.sets.high, late_intensive(case), MOST_SETS[case.level]))
        usual = phase_span(exercise, case).sets or span.sets
        if caps["sets"] > usual.low:  # also where they have risen: the dose of the next sheet climbs on as one ladder
            caps["reps"] = max(span.reps.low, TEN)
            caps["hold"] = span.hold.low if span.hold else 0
    capped = {name: min(top, caps.get(name, top)) for name, top in tops.items() if name not in own_range}
    return goal, tops | capped


def _ladder(start: Dose, stages: tuple[Tops, ...], weeks: int) -> tuple[Step, ...]:
    steps = [Step(1, start)]
    for week in range(2, weeks + 1):
        harder = next(filter(None, (_harder(steps[-1].dose, tops) for tops in stages)), None)
        if not harder:
            break
        steps.append(Step(week, harder))
    return tuple(steps) if len(steps) > 1 else ()


def _harder(dose: Dose, tops: Tops) -> Dose | None:
    """Return the dose of the next week, in which one number goes up; None where all are at their top."""
    for name in NUMBERS:
        value: int | None = getattr(dose, name)
        if value and value < tops.get(name, 0):
            return dose._replace(**{name: min(value + _step(name, value), tops[name])})
    return None


def _step(name: str, value: int) -> int:
    """Return how much is added to a number of a dose in one week."""
    match name:
        case "minutes":
            return MINUTES_A_WEEK if value >= MINUTES_A_WEEK else 1
        case "hold":
            return LONG_HOLD_A_WEEK if value >= LONG_HOLD else HOLD_A_WEEK
        case "reps":
            return REPS_A_WEEK
        case _:
            return 1
