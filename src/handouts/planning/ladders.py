"""The exercises of each job from easy to hard, as the content says, and how far up a level goes."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.model import Exercise, Library
from handouts.model.vocabulary import Job, Level

# Level -> its place on the ladder of a job, from 0 (easiest) to 1, at first and from the late phase on (rule R16; own).
EFFORT: Mapping[Level, tuple[float, float]] = {"low": (0.0, 0.4), "mid": (0.2, 0.6), "high": (0.4, 0.9)}


def difficulty(exercise: Exercise) -> tuple[int, str]:
    """Return the sort key that puts the exercises of a job in order, easy first, or the most usual first."""
    return (exercise.rung, exercise.slug)


def top_rung(job: Job, library: Library) -> int:
    """Return the highest rung of a job in a library; 0 where no exercise has that job."""
    return max((exercise.rung for exercise in library.exercises.values() if exercise.job == job), default=0)


def extension_step(exercise: Exercise) -> int:
    """Return the step of an exercise on the extension ladder (rule R5), lowest first; all others come after."""
    return exercise.extension_step if exercise.extension_step is not None else 99


def are_twins(one: Exercise, other: Exercise) -> bool:
    """Return True if two exercises are so alike that one is enough (rule R24); either file may say so."""
    return other.slug in one.twins or one.slug in other.twins
