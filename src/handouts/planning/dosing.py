"""How much: a range starts low, a therapist's own numbers win, and a session is counted in minutes."""

from __future__ import annotations

from collections.abc import Iterable

from handouts.model import Dose, DoseRange, Item, Prescription
from handouts.values import Range

# Own estimates, for the line "about N minutes" only; no source, and nothing else depends on them.
SECONDS_TO_MOVE = 4  # into the end position and back, once
SECONDS_BETWEEN_SETS = 30
SECONDS_TO_SET_UP = 40  # from one exercise to the next, reading included


def starting_dose(span: DoseRange, chosen: Prescription | None = None) -> Dose:
    """The low end of every range, or the therapist's own number where there is one."""

    def start(low: Range | None, own: int | None) -> int | None:
        return own or (low.low if low else None)

    return Dose(
        sets=start(span.sets, chosen.sets if chosen else None),
        reps=start(span.reps, chosen.reps if chosen else None),
        hold=start(span.hold, chosen.hold if chosen else None),
        minutes=start(span.minutes, chosen.minutes if chosen else None),
        per_day=(chosen.per_day if chosen else None) or span.per_day.low,
        days_per_week=(chosen.days_per_week if chosen else None) or span.days_per_week.low,
    )


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
