"""What the list of exercises can be narrowed by: for whom, in which position, with what, on the floor or not, how long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from handouts.model import Exercise

LOW = ("face-down", "face-up", "side-lying", "hands-and-knees", "kneeling")
# A word of an equipment line -> what a reader ticks. The first word that fits decides.
KINDS = {
    "pool": "pool",
    "bike": "machine", "band": "machine", "machines": "machine", "anchor": "machine",
    "wall": "wall", "doorway": "wall", "counter": "wall", "table": "wall", "rail": "wall",
    "chair": "chair", "bed": "bed", "mat": "bed",
    "pillow": "small", "pillows": "small", "towel": "small", "strap": "small", "stick": "small", "sock": "small",
    "lotion": "small", "helper": "small", "timer": "small", "plan": "small", "float": "small", "shoes": "small",
    "aid": "small",
}  # fmt: skip
SECONDS_TO_MOVE = 4  # into the end position and back, once: our own estimate, as for the sheet's "about N minutes"


class Facets(NamedTuple):
    """One exercise's answers, each as the words its filter offers; `minutes` is about how long one go takes."""

    conditions: tuple[str, ...]
    equipment: tuple[str, ...]
    floor: str
    minutes: str


def facets(exercise: Exercise) -> Facets:
    """What the filters know of an exercise beside its own front matter."""
    conditions = tuple(dict.fromkeys(phase.partition("/")[0] for phase in exercise.phases))
    equipment = tuple(dict.fromkeys(_kinds(exercise))) or ("none",)
    return Facets(conditions, equipment, "yes" if on_floor(exercise) else "no", _length(exercise))


def on_floor(exercise: Exercise) -> bool:
    """Must the reader get down to the floor? What can be done on a bed needs no floor."""
    return exercise.position in LOW and not any("bed" in thing for thing in exercise.equipment)


def _kinds(exercise: Exercise) -> Iterator[str]:
    for thing in exercise.equipment:
        yield next((KINDS[word] for word in thing.replace(",", " ").split() if word in KINDS), "small")


def _length(exercise: Exercise) -> str:
    """About how long one go takes at the start of the dose: `short` (two minutes at most), `middle` (five) or `long`."""
    dose = exercise.dose
    if dose.minutes:
        seconds = dose.minutes.low * 60
    else:
        once = (dose.hold.low if dose.hold else 0) + SECONDS_TO_MOVE
        repeats = (dose.sets.low if dose.sets else 1) * (dose.reps.low if dose.reps else 1)
        seconds = repeats * once * (2 if exercise.side == "each" else 1)
    return "short" if seconds <= 120 else "middle" if seconds <= 300 else "long"
