"""Exercise -> the values by which the list of exercises is filtered: condition, equipment, floor, time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from handouts.model import Exercise

LYING_OR_KNEELING = ("face-down", "face-up", "side-lying", "hands-and-knees", "kneeling")
# A word of an equipment line -> the value of the filter. The first word of the line that is listed here decides.
EQUIPMENT = {
    "pool": "pool",
    "bike": "machine", "band": "machine", "machines": "machine", "anchor": "machine",
    "wall": "wall", "doorway": "wall", "counter": "wall", "table": "wall", "rail": "wall",
    "chair": "chair", "bed": "bed", "mat": "bed",
    "pillow": "small", "pillows": "small", "towel": "small", "strap": "small", "stick": "small", "sock": "small",
    "lotion": "small", "helper": "small", "timer": "small", "plan": "small", "float": "small", "shoes": "small",
    "aid": "small",
}  # fmt: skip
SECONDS_TO_MOVE = 4  # into the end position and back, once: our own estimate, the same as in planning/duration.py


class Facets(NamedTuple):
    """The filter values of one exercise; `minutes` is about how long it takes once: short, middle or long."""

    conditions: tuple[str, ...]
    equipment: tuple[str, ...]
    floor: str
    minutes: str


def facets(exercise: Exercise) -> Facets:
    """Return the filter values of an exercise that do not stand in its front matter."""
    conditions = tuple(dict.fromkeys(phase.partition("/")[0] for phase in exercise.phases))
    equipment = tuple(dict.fromkeys(_equipment(exercise))) or ("none",)
    return Facets(conditions, equipment, "yes" if on_floor(exercise) else "no", _length(exercise))


def on_floor(exercise: Exercise) -> bool:
    """Return True if the reader must get down to the floor: what can be done on a bed needs no floor."""
    return exercise.position in LYING_OR_KNEELING and not any("bed" in thing for thing in exercise.equipment)


def _equipment(exercise: Exercise) -> Iterator[str]:
    for line in exercise.equipment:
        yield next((EQUIPMENT[word] for word in line.replace(",", " ").split() if word in EQUIPMENT), "small")


def _length(exercise: Exercise) -> str:
    """Return how long the lowest dose takes: `short` (two minutes at most), `middle` (five at most) or `long`."""
    dose = exercise.dose
    if dose.minutes:
        seconds = dose.minutes.low * 60
    else:
        seconds_a_repeat = (dose.hold.low if dose.hold else 0) + SECONDS_TO_MOVE
        repeats = (dose.sets.low if dose.sets else 1) * (dose.reps.low if dose.reps else 1)
        seconds = repeats * seconds_a_repeat * dose.ways * (2 if exercise.side == "each" else 1)
    return "short" if seconds <= 120 else "middle" if seconds <= 300 else "long"
