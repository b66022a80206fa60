"""What a surgeon or therapist limits, clears or asks care for, as far as the rules can act on it.

`limit_words` reads the words of a limit; here stands which exercises a reading closes, and what a therapist is told of it.
Words that no rule understands are printed as they stand and open no exercise.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handouts.errors import unknown
from handouts.fields import Range
from handouts.files.document import Loc
from handouts.model import DoseRange, Exercise, Library, Patient, Prescription
from handouts.planning.case import Case
from handouts.planning.limit_words.amounts import UNITS, heaviest
from handouts.planning.limit_words.pieces import Closing, Weeks
from handouts.planning.limit_words.reading import (
    ACTED_ON,
    AMBIGUOUS,
    FREE,
    UNCLEAR,
    UNITLESS,
    Amount,
    No,
    Reading,
    is_over,
    read,
    shown,
)

_FORMS = {"lift": "a weight such as '5 kg' or '10 lb'", "sit": "a time such as '20 min'", "walk": "a time such as '20 min'"}
_CLEAR_AFTER_SURGERY = frozenset({"bend", "neck-movement", "front-lying", "twist", "lift", "sit"})
# A limit that a plain no closes -> the clearance that says the opposite.
_CLEARANCE_OF = {"bend": "trunk-range", "neck-movement": "neck-range", "front-lying": "front-lying"}
_YES = ("yes", "allowed", "cleared", "ok")

# What a limit closes -----------------------------------------------------------------------------------------------------


def limited(exercise: Exercise, case: Case) -> str | None:
    """The surgeon or therapist has limited this: see 'limits' in the patient's file."""
    closed_by = [key for key in (*case.limits, *case.judged) if _closes(key, exercise, case)]
    return f"limits, {', '.join(dict.fromkeys(closed_by))}" if closed_by else None


def _closes(key: str, exercise: Exercise, case: Case) -> bool:
    """Return True if this limit of the patient closes an exercise, by its words or by the therapist's `closes`."""
    if exercise.slug in case.judged.get(key, ()):
        return True
    match case.limits.get(key):
        case No(closes) | Amount(closes=closes) if any(_is_a(closing, exercise, key) for closing in closes):
            return True
        case Amount() if key == "lift":
            return case.after_surgery and exercise.does("carries-load")
        case Amount() if key == "sit" and exercise.position == "sitting":
            return _too_long(exercise.dose, most_minutes(exercise, case))
        case Amount() if key == "walk" and exercise.position == "walking":
            return most_minutes(exercise, case) == 0  # a walk may be as short as one likes
    return False


def _is_a(closing: Closing, exercise: Exercise, key: str) -> bool:
    """Return True if an exercise is what a no closes; under `neck-movement` the moves are those of the neck."""
    moves_neck = exercise.does("moves-neck")
    match closing:
        case "front-lying":
            return exercise.position == "face-down"
        case "neck-movement":
            return exercise.does("moves-neck", "loads-head")
        case "bend":
            bends = exercise.does("bends-loaded") or not {"flexion", "rotation", "side-bend"}.isdisjoint(exercise.spine)
            return bends and not exercise.does("moves-neck", "hardly-moves")
        case "twist":
            return "rotation" in exercise.spine or exercise.does("turns")
        case "lift":
            return exercise.does("carries-load")
        case "sit":
            return exercise.position == "sitting" and exercise.dose.minutes is not None
        case "walk":
            return exercise.position == "walking"
    if key == "neck-movement":
        return exercise.does("resists-neck") or (closing in exercise.spine and exercise.does("moves-neck", "loads-head"))
    return closing in exercise.spine and not moves_neck


def _too_long(dose: DoseRange, most: int | None) -> bool:
    return bool(dose.minutes and most is not None and dose.minutes.low > most)


def _position_of(key: str) -> str | None:
    return {"sit": "sitting", "walk": "walking"}.get(key)


def most_minutes(exercise: Exercise, case: Case, per_day: int | None = None) -> int | None:
    """Return the longest bout that the limits on sitting and walking leave, in whole minutes; None without such a limit.

    A limit for the whole day is shared out over the times a day: those of the exercise in this phase, or `per_day`.
    """
    key = {"sitting": "sit", "walking": "walk"}.get(exercise.position)
    match case.limits.get(key) if key else None:
        case Amount(most, a_day):
            return int(most / (per_day or _times_a_day(exercise, case))) if a_day else int(most)
        case No(closes) if key in closes:
            return 0
    return None


def _times_a_day(exercise: Exercise, case: Case) -> int:
    differs = case.phase.doses.get(exercise.slug)
    return (differs.of(exercise.dose) if differs else exercise.dose).per_day.low


def within_limits(dose: DoseRange, exercise: Exercise, case: Case) -> DoseRange:
    """Return a dose range of an exercise, cut to the longest bout that the limits leave."""
    most = most_minutes(exercise, case)
    if not dose.minutes or not most:
        return dose
    return dose.model_copy(update={"minutes": Range(min(dose.minutes.low, most), min(dose.minutes.high, most))})


def prescription_over(chosen: Prescription, exercise: Exercise, case: Case) -> Iterator[str]:
    """Yield what the therapist prescribes for an exercise beyond this patient's limits."""
    most = most_minutes(exercise, case, chosen.per_day)
    if chosen.minutes and most is not None and chosen.minutes.high > most:
        yield f"'{exercise.slug}' is set to {chosen.minutes} min, more than the limit of {most} min."
    if chosen.per_day and not chosen.minutes and most_minutes(exercise, case) != most:
        yield f"'{exercise.slug}' is set to {chosen.per_day} times a day, with a limit for the whole day: set its minutes."
    lift, load = _most_weight(case.limits.get("lift")), heaviest(chosen.load or "")
    if lift is not None and load is not None and load > lift:
        yield f"the load of '{exercise.slug}' is more than the limit on lifting."


def _most_weight(reading: Reading | None) -> float | None:
    match reading:
        case Amount(most):
            return most
        case No(closes) if "lift" in closes:
            return 0.0
    return None


# What a therapist is told ------------------------------------------------------------------------------------------------


def limit_faults(patient: Patient, library: Library, issued: date) -> Iterator[tuple[Loc, str]]:
    """Yield the place below `limits` and the fault of each limit that must not be printed as it stands."""
    must_be_clear = _CLEAR_AFTER_SURGERY if library.is_after_surgery(patient.condition_id) else frozenset()
    week = patient.weeks_after_surgery(issued)
    for key, limit in patient.limits.entries().items():
        if limit and limit.closes is not None:
            for number, slug in enumerate(limit.closes):
                if slug not in library.exercises:
                    yield (key, "closes", number), f"{key}: {unknown('exercise', slug, library.exercises)}"
        if not limit or key not in ACTED_ON:
            continue
        reading = read(key, limit.says)
        if limit.closes is None and (fault := _fault_of_words(key, reading, key in must_be_clear and not patient.red_flags)):
            yield (key,), f"{key}: {fault}"
        if _is_plain_no(key, reading) and not is_over(reading, week, issued) and _CLEARANCE_OF.get(key) in patient.cleared:
            yield (key,), f"{key}: says no, but 'cleared' holds '{_CLEARANCE_OF[key]}': keep one of them"


def _fault_of_words(key: str, reading: Reading, must_be_clear: bool) -> str | None:
    if reading is UNITLESS:
        return f"this number has no unit we know: write {_FORMS[key]}, or say it in words"
    if reading is AMBIGUOUS:
        return "can mean two things: write 'no', or 'no limit'"
    return _closes_nothing(key) if reading is UNCLEAR and must_be_clear else None


def _closes_nothing(key: str) -> str:
    number = f"a number ({_FORMS[key].partition(' such as ')[2]})" if key in UNITS else "'no until week 6'"
    return (
        f"is printed, but closes no exercise: write 'no', {number}, or '{key}: {{says: your words, closes: [...]}}'"
        " with the exercises that it forbids, [] for none"
    )


def _is_plain_no(key: str, reading: Reading) -> bool:
    return isinstance(reading, No) and key in reading.closes


def limit_warnings(case: Case) -> Iterator[str]:
    """Yield what to know of the limits: words that close nothing, a yes that opens nothing, an end that has passed."""
    for key, limit in case.patient.limits.entries().items():
        if not limit or key not in ACTED_ON:
            continue
        reading, clearance = read(key, limit.says), _CLEARANCE_OF.get(key)
        said_yes = reading is FREE and (case.after_surgery or limit.says.lower().startswith(_YES))
        if clearance and said_yes and clearance not in case.patient.cleared:
            yield f"limits, {key}: is printed, but opens no exercise. For that write 'cleared: [{clearance}]'."
        if reading is UNCLEAR and limit.closes is None:
            yield f"limits, {key}: {_closes_nothing(key)}."
        if is_over(reading, case.week, case.issued):
            yield f"limits, {key}: its end has passed, so it closes nothing any more: leave it out, or write it anew."
        elif case.week and isinstance(reading, No) and isinstance(reading.end, Weeks) and case.week >= reading.end.number:
            yield (
                f"limits, {key}: {reading.end.number} weeks after surgery have passed, and it still closes: leave it out,"
                " or write 'no until' and a date."
            )


def limit_notes(case: Case) -> Iterator[tuple[str, str]]:
    """Yield for each limit of the file its key, and what it means to the rules and closes in this phase."""
    for key, words in case.patient.limits.named().items():
        yield key, f"{_meaning(key, words, case)}{_effect(key, case)}" if words else "a blank line"


def _meaning(key: str, words: str, case: Case) -> str:
    reading = read(key, words) if key in ACTED_ON else None
    if reading in (None, UNCLEAR, AMBIGUOUS, UNITLESS):
        return "judged by you: " if key in case.judged else "printed, " if reading is None else "not understood, printed, "
    over = ", which has passed" if is_over(reading, case.week, case.issued) else ""
    return f"read as '{shown(key, reading)}'{over}: "


def _effect(key: str, case: Case) -> str:
    offered = case.library.exercises_of(case.phase.slug)
    closed = [exercise.slug for exercise in offered if _closes(key, exercise, case)]
    shorter = [
        exercise.slug
        for exercise in offered
        if exercise.position == _position_of(key) and exercise.slug not in closed and _is_cut(exercise, case)
    ]
    many = "1 exercise" if len(closed) == 1 else f"{len(closed)} exercises"
    said = f"closes {many} of this phase ({', '.join(closed)})" if closed else "closes no exercise"
    return f"{said}, shortens {', '.join(shorter)}" if shorter else said


def _is_cut(exercise: Exercise, case: Case) -> bool:
    return within_limits(exercise.dose, exercise, case) != exercise.dose


# What a clearance opens --------------------------------------------------------------------------------------------------


def surgeons_yes(exercise: Exercise, case: Case) -> bool:
    """Return True if a surgeon's clearance allows an exercise that is on an "ask" list; what is off by default stays off."""
    needs_yes = case.after_surgery and case.phase.slug in exercise.ask_first and not exercise.off_by_default
    opened = any(name in case.patient.cleared for name in exercise.opened_by)
    moves = {*exercise.spine} - {"neutral"}
    trunk = case.cleared("trunk-range") or moves <= {*case.patient.cleared}
    return needs_yes and (opened or (case.lumbar_spine and bool(moves) and trunk))
