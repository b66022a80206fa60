"""What the rules offer in each phase under each posture and direction, as one table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

from handouts.frontmatter import Document, Place
from handouts.model import Findings, Library, Patient, Phase
from handouts.planning.resolve import resolve

POSTURES = ("flat", "large-curve", "neutral")
DIRECTIONS = ("extension", "flexion", "side", "none", "unknown")
_DAY = date(2026, 1, 1)  # any day: the choice does not depend on it


def overview(library: Library) -> str:
    """Markdown: a table a phase, a row for each posture and direction that lead to the same choice."""
    parts = [
        "# What the rules choose",
        "",
        "Made from the code by `handouts list --plans`; a test keeps it true. Level low, no precaution, side left, nothing",
        "cleared by a surgeon. Exercises stand in the order of the sheet.",
    ]
    for phase in library.phases.values():
        parts += ["", f"## {phase.slug}: {phase.name}", "", "| posture | direction | exercises |", "|---|---|---|"]
        parts += [f"| {posture} | {direction} | {chosen} |" for posture, direction, chosen in _rows(phase, library)]
    return "\n".join(parts) + "\n"


def _rows(phase: Phase, library: Library) -> Iterator[tuple[str, str, str]]:
    """The rows of one phase; findings that change nothing are joined."""
    chosen: dict[str, list[tuple[str, str]]] = {}
    for posture, direction in product(POSTURES, DIRECTIONS):
        plan = resolve(_patient(phase, posture, direction), library, _DAY)
        names = ", ".join(item.exercise.slug for item in plan.items)
        chosen.setdefault(names, []).append((posture, direction))
    for names, pairs in chosen.items():
        whole = len(pairs) == len({posture for posture, _ in pairs}) * len({direction for _, direction in pairs})
        groups = [POSTURES] if whole else [(posture,) for posture in POSTURES]
        for group in groups:
            postures = _words([posture for posture, _ in pairs if posture in group], POSTURES)
            directions = _words([direction for posture, direction in pairs if posture in group], DIRECTIONS)
            if postures:
                yield postures, directions, names


def _words(found: list[str], known: tuple[str, ...]) -> str:
    kept = [word for word in known if word in found]
    return "any" if len(kept) == len(known) else ", ".join(kept)


def _patient(phase: Phase, posture: str, direction: str) -> Patient:
    condition, *between, stem = phase.slug.split("/")
    return Patient.model_construct(
        id="T",
        condition=condition,
        procedure=between[0] if between else None,
        phase=stem,
        surgery_date=_DAY if between else None,
        side="left",
        findings=Findings.model_validate({"posture": posture, "direction": direction}),
        document=Document("overview", {}, {(): Place(1, 1)}, {}),
    )
