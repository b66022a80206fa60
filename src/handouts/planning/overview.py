"""Library -> what the rules choose in each phase for each posture and direction, as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from handouts.files.document import Document, Place
from handouts.model import Findings, Library, Patient, Phase
from handouts.planning.case import Case
from handouts.planning.dosing import (
    HOLD_A_WEEK,
    KEEP_UP_DAYS,
    LONG_HOLD,
    LONG_HOLD_A_WEEK,
    MINUTES_A_WEEK,
    MOST_SETS,
    REPS_A_WEEK,
    TEN,
    TRAINING_DAYS,
)
from handouts.planning.ladders import EFFORT
from handouts.planning.resolve import MAX_MINUTES, MOST_WEEKS, prescribe

POSTURES = ("flat", "large-curve", "neutral")
DIRECTIONS = ("extension", "flexion", "side", "none", "unknown")
_EFFORT = ", ".join(f"{level} {early:.0%}, later {late:.0%}" for level, (early, late) in EFFORT.items())
_SETS = ", ".join(f"{level} up to {most}" for level, most in MOST_SETS.items())
OUR_NUMBERS = (
    "the number of exercises after surgery, and everywhere the order in which jobs are filled;",
    "with a flat back or a large curve, a share of 2 to 1 between back and belly exercises;",
    f"how far up the ladder of a job a level goes: {_EFFORT};",
    f"the weekly steps: {REPS_A_WEEK} repeats, {HOLD_A_WEEK} seconds of hold ({LONG_HOLD_A_WEEK} from {LONG_HOLD} on), "
    f"{MINUTES_A_WEEK} minutes;",
    f"strength moves on {TRAINING_DAYS} days a week from the late phase on, and sets that rise from {TEN} repeats on: level",
    f"{_SETS};",
    f"a warning from {MAX_MINUTES} minutes a day on, walks apart, and {MOST_WEEKS} weeks as the most that one sheet covers;",
    f"{KEEP_UP_DAYS} days a week for trunk exercises that are only kept up (the notes say 2 to 3).",
)
_DAY = date(2026, 1, 1)  # any day: the choice does not depend on it


def overview(library: Library) -> str:
    """Return Markdown: a table for each phase, a row for all postures and directions that lead to the same choice."""
    parts = [
        "# What the rules choose",
        "",
        "Made from the code by `handouts list --plans`; a test keeps it true. Level low, no precaution, side left, nothing",
        "cleared by a surgeon. Exercises stand in the order of the sheet.",
        "",
        "Ours, without a source, for a physiotherapist to judge:",
        "",
        *(f"- {number}" for number in OUR_NUMBERS),
    ]
    for phase in library.phases.values():
        parts += ["", f"## {phase.slug}: {phase.name}", "", "| posture | direction | exercises |", "|---|---|---|"]
        parts += [f"| {posture} | {direction} | {chosen} |" for posture, direction, chosen in _rows(phase, library)]
    return "\n".join(parts) + "\n"


def _rows(phase: Phase, library: Library) -> Iterator[tuple[str, str, str]]:
    """Yield the rows of one phase; findings that lead to the same choice share a row where they can."""
    findings_of: dict[str, list[tuple[str, str]]] = {}
    for posture, direction in product(POSTURES, DIRECTIONS):
        chosen, _ = prescribe(Case(_patient(phase, posture, direction), phase, library))
        names = ", ".join(one.exercise for one in chosen)
        findings_of.setdefault(names, []).append((posture, direction))
    for names, pairs in findings_of.items():
        is_product = len(pairs) == len({posture for posture, _ in pairs}) * len({direction for _, direction in pairs})
        groups = [POSTURES] if is_product else [(posture,) for posture in POSTURES]
        for group in groups:
            postures = _joined([posture for posture, _ in pairs if posture in group], POSTURES)
            directions = _joined([direction for posture, direction in pairs if posture in group], DIRECTIONS)
            if postures:
                yield postures, directions, names


def _joined(words: list[str], vocabulary: tuple[str, ...]) -> str:
    ordered = [word for word in vocabulary if word in words]
    return "any" if len(ordered) == len(vocabulary) else ", ".join(ordered)


def _patient(phase: Phase, posture: str, direction: str) -> Patient:
    condition, *between, stem = phase.slug.split("/")
    return Patient.model_construct(
        id="T",
        condition=condition,
        procedure=between[0] if between else None,
        phase=stem,
        surgery_date=_DAY - timedelta(weeks=phase.weeks.usual) if phase.weeks else None,
        side="left",
        findings=Findings.model_validate({"posture": posture, "direction": direction}),
        document=Document("overview", {}, {(): Place(1, 1)}, {}),
    )
