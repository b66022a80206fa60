"""A commented start for a new exercise file."""

from __future__ import annotations

from datetime import date
from string import Template

# `name` is filled from the slug; every other value is an example the author replaces.
_EXERCISE = Template("""\
---
name: $name
aim: Say in one sentence what it does for the patient.
position: face-up  # $positions
equipment: [mat]  # [] for none
muscles: [gluteus maximus]  # for the therapist
side: none  # none; each (both sides in turn); marked (the therapist sets the side)
spine: [neutral]  # $spine_moves
phases: [lumbar/subacute]  # in which it may be chosen: see 'handouts list'
ask-first: []  # in which a therapist must allow it by name
contraindications: []  # $precautions
dose: {sets: 1, reps: 6-10, hold: 5 s, per-day: 1, days-per-week: 7}  # a range starts low and climbs
easier: []
harder: []
sources: [own]  # tags of sources.yaml
reviewed: $today
---
## Steps
1. Lie on your back with both knees bent.
2. Say one movement in each step, and at most seven steps.

## You should feel
- What the right muscle feels like.

## Watch out
- The most common mistake.

## Stop if
- Pain, tingling or numbness moves further down your leg.

## For the therapist
How far it progresses, precautions, sources. This part is never printed for patients.
""")


def exercise_skeleton(slug: str, today: date, positions: str, spine_moves: str, precautions: str) -> str:
    """The text of a new exercise file: it loads as it is, and every line says what belongs there."""
    name = slug.replace("-", " ").capitalize()
    return _EXERCISE.substitute(
        name=name, today=today.isoformat(), positions=positions, spine_moves=spine_moves, precautions=precautions
    )
