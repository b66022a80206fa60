"""What a surgeon or therapist limits, clears or asks care for, as far as the rules can act on it.

The rules understand a weight, a time and a plain no. Any other text is printed as it stands and opens no exercise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.errors import nearest
from handouts.fields import Range
from handouts.model import DoseRange, Exercise, Patient, Prescription
from handouts.planning.case import Case

_KILOGRAMS = {
    "kg": 1.0, "kgs": 1.0, "kilo": 1.0, "kilos": 1.0, "kilogram": 1.0, "kilograms": 1.0,
    "lb": 0.4536, "lbs": 0.4536, "pound": 0.4536, "pounds": 0.4536,
}  # fmt: skip
_MINUTES = {
    "min": 1.0, "mins": 1.0, "minute": 1.0, "minutes": 1.0, "h": 60.0, "hr": 60.0, "hrs": 60.0, "hour": 60.0, "hours": 60.0,
}  # fmt: skip
_UNITS = {"lift": _KILOGRAMS, "sit": _MINUTES, "walk": _MINUTES}
_FORMS = {"lift": "a weight such as '5 kg' or '10 lb'", "sit": "a time such as '20 min'", "walk": "a time such as '20 min'"}

# The number that counts and its unit; of a range such as "5 to 10 kg" it is the lower end.
_AMOUNT = re.compile(r"(\d+(?:[.,]\d+)?)(?:\s*(?:to|-|–)\s*\d+(?:[.,]\d+)?)?\s*([a-z]+)\b", re.IGNORECASE)
# A text that is nothing but a number and perhaps a word: it was meant as an amount.
_ONLY_AMOUNT = re.compile(r"\d+(?:[.,]\d+)?(?:\s*(?:to|-|–)\s*\d+(?:[.,]\d+)?)?\s*([a-z]*)\.?", re.IGNORECASE)
# A plain no may name what the limit is about ("no bending until June"); "no hills" and "not far" say something else.
_ABOUT = r"(?:bend|twist|turn|lift|sit|sitt|walk|mov|ly|lie|move|movement|neck movement|front[- ]ly)(?:ing|s)?"
_NO = re.compile(
    r"(?:no|not(?= (?:yet|allowed|now|at all|until|before))|never|forbidden|avoid|don['’]t|do not)"
    rf"(?: {_ABOUT}(?: (?:and|or) {_ABOUT})*)?"
    r"(?:$|[.,;:!]| (?:yet|allowed|now|at all|until|before|for)\b)",
    re.IGNORECASE,
)
_NOT_PLAIN = re.compile(r"\b(?:limits?|limited|restrict\w*|problems?|more|longer|further|over|above|beyond)\b", re.IGNORECASE)

# A limit that a plain no closes -> the clearance that says the opposite.
_CLEARANCE_OF = {"bend": "trunk-range", "neck-movement": "neck-range", "front-lying": "front-lying"}


def amount(key: str, text: str | None) -> float | None:
    """Return a limit in kilograms (`lift`) or minutes (`sit`, `walk`); 0 for a plain no, None where it cannot be read."""
    for match in _AMOUNT.finditer(text or ""):
        if scale := _UNITS[key].get(match[2].lower()):
            return float(match[1].replace(",", ".")) * scale
    return 0.0 if forbidden(text) else None


def forbidden(text: str | None) -> bool:
    """Return True for a plain no, such as "no", "not yet", "no bending"; "no limit" and "no more than ..." are none."""
    return bool(text and _NO.match(text) and not _NOT_PLAIN.search(text))


def limit_faults(patient: Patient) -> Iterator[tuple[str, str]]:
    """Yield the key and the fault of each limit that was clearly meant for the rules, and that they cannot read."""
    for key, text in patient.limits.named().items():
        if not text:
            continue
        if key in _UNITS and amount(key, text) is None and _meant_as_amount(key, text):
            yield key, f"{key}: this number has no unit we know: write {_FORMS[key]}, or say it in words"
        if (key in _UNITS or key in _CLEARANCE_OF) and text.lower().rstrip(".") in ("none", "nil", "n", "y"):
            yield key, f"{key}: can mean two things: write 'no', or 'no limit'"
        if key in _CLEARANCE_OF and forbidden(text) and _CLEARANCE_OF[key] in patient.cleared:
            yield key, f"{key}: says no, but 'cleared' holds '{_CLEARANCE_OF[key]}': keep one of them"


def _meant_as_amount(key: str, text: str) -> bool:
    match = _ONLY_AMOUNT.fullmatch(text)
    return bool(match and (not match[1] or nearest(match[1], _UNITS[key])))


def unopened(patient: Patient) -> Iterator[str]:
    """Yield a warning for each limit that says yes: it is printed, but only `cleared` opens an exercise."""
    for key, clearance in _CLEARANCE_OF.items():
        text = patient.limits.named().get(key) or ""
        if text.lower().startswith(("yes", "allowed", "cleared", "ok")) and clearance not in patient.cleared:
            yield f"limits, {key}: is printed, but opens no exercise. For that write 'cleared: [{clearance}]'."


def limited(exercise: Exercise, case: Case) -> str | None:
    """The surgeon or therapist has limited this: see 'limits' in the patient's file."""
    limits = case.limits
    bends = bool({"flexion", "rotation", "side-bend"} & {*exercise.spine}) and not exercise.does("moves-neck", "hardly-moves")
    most = most_minutes(exercise, case)
    closing = (
        ("front-lying", exercise.position == "face-down" and forbidden(limits.get("front-lying"))),
        ("neck-movement", exercise.does("moves-neck", "loads-head") and forbidden(limits.get("neck-movement"))),
        ("bend", bends and forbidden(limits.get("bend"))),
        ("sit", exercise.position == "sitting" and _too_long(exercise.dose, most)),
        ("walk", exercise.position == "walking" and most == 0),
        ("lift", case.after_surgery and exercise.does("carries-load") and amount("lift", limits.get("lift")) is not None),
    )
    closed_by = [key for key, closes in closing if closes]
    return f"limits, {', '.join(closed_by)}" if closed_by else None


def _too_long(dose: DoseRange, most: int | None) -> bool:
    return bool(dose.minutes and most is not None and dose.minutes.low > most)


def most_minutes(exercise: Exercise, case: Case) -> int | None:
    """Return the longest bout that the limits on sitting and walking leave, in whole minutes; None without such a limit."""
    key = {"sitting": "sit", "walking": "walk"}.get(exercise.position)
    most = amount(key, case.limits.get(key)) if key else None
    return None if most is None else int(most)


def within_limits(dose: DoseRange, exercise: Exercise, case: Case) -> DoseRange:
    """Return a dose range of an exercise, cut to the longest bout that the limits leave."""
    most = most_minutes(exercise, case)
    if not dose.minutes or not most:
        return dose
    return dose.model_copy(update={"minutes": Range(min(dose.minutes.low, most), min(dose.minutes.high, most))})


def prescription_over(chosen: Prescription, exercise: Exercise, case: Case) -> Iterator[str]:
    """Yield what the therapist prescribes for an exercise beyond this patient's limits."""
    most = most_minutes(exercise, case)
    if chosen.minutes and most is not None and chosen.minutes.high > most:
        yield f"'{exercise.slug}' is set to {chosen.minutes} min, more than the limit of {most} min."
    lift, load = amount("lift", case.patient.limits.lift), amount("lift", chosen.load)
    if lift is not None and load is not None and load > lift:
        yield f"the load of '{exercise.slug}' is more than the limit on lifting."


def surgeons_yes(exercise: Exercise, case: Case) -> bool:
    """Return True if a surgeon's clearance allows an exercise that is on an "ask" list; what is off by default stays off."""
    needs_yes = case.after_surgery and case.phase.slug in exercise.ask_first and not exercise.off_by_default
    opened = any(name in case.patient.cleared for name in exercise.opened_by)
    moves = {*exercise.spine} - {"neutral"}
    trunk = case.cleared("trunk-range") or moves <= {*case.patient.cleared}
    return needs_yes and (opened or (case.lumbar_spine and bool(moves) and trunk))
