"""How long the exercises of a sheet take: estimates for a patient who plans the day."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.model import Dose, Item

# Our own estimates, without a source, used only for the line "about N minutes".
SECONDS_TO_MOVE = 4  # into the end position and back, once
SECONDS_BETWEEN_SETS = 30
SECONDS_TO_SET_UP = 40  # from one exercise to the next, reading included


def day_seconds(items: Sequence[Item], weeks: int) -> int:
    """Return about how many seconds the exercises of a full day take, on average over the weeks of the sheet.

    Walks are apart, unless there is nothing else; what is tied to an event of the day, such as getting out of bed, takes no
    time of its own.
    """
    timed = [item for item in items if not item.exercise.dose.when]
    counted = [item for item in timed if item.exercise.job != "walk"] or timed
    days = [_seconds(item, dose) * dose.per_day for item in counted for dose in _week_by_week(item, weeks)]
    return round(sum(days) / weeks)


def _week_by_week(item: Item, weeks: int) -> list[Dose]:
    doses = [step.dose for step in item.ladder] or [item.dose]
    return [doses[min(week, len(doses) - 1)] for week in range(weeks)]


def _seconds(item: Item, dose: Dose) -> int:
    """Return about how many seconds a dose takes once; each way of a repeat, and each side, takes its own time."""
    if dose.minutes:
        return dose.minutes * 60
    both_sides = (item.exercise.side == "each" and item.side in (None, "both")) or item.side == "both"
    sets, reps = dose.sets or 1, dose.reps or 1
    move = (dose.hold or 0) + SECONDS_TO_MOVE
    work = sets * reps * move * item.exercise.dose.ways * (2 if both_sides else 1)
    return work + (sets - 1) * (item.rest or SECONDS_BETWEEN_SETS) + SECONDS_TO_SET_UP
