"""What a precaution says of an exercise: that it is barred, what to change in it, or nothing.

The exercise's own word outranks what is said of its kinds of movement: first what bars it by name, then what the precaution
says to change in it by name, then the kinds that are barred, then the kinds in which something changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from handouts.fields import FromWeek
from handouts.model import Exercise, Precaution
from handouts.planning.case import Case


class Verdict(NamedTuple):
    """Whether an exercise is barred, and what the card says to change in it, also where a therapist allows it."""

    barred: bool
    changes: tuple[str, ...] = ()


def verdict(exercise: Exercise, precaution: Precaution, week: int, cleared: Collection[str]) -> Verdict:
    """Return what a precaution says of an exercise in a week of pregnancy, after what is cleared."""
    kinds = {exercise.position, *exercise.kinds}
    by_name = _changes(precaution, {exercise.slug}, week)
    barred_by_name = _holds(exercise.contraindications, {precaution.slug}, week)
    if barred_by_name or (not by_name and _holds(precaution.bars, kinds, week)):
        eased = (precaution.eased,) if precaution.eased else _changes(precaution, kinds, week)
        return Verdict(precaution.eased_by not in cleared, eased)
    return Verdict(False, by_name or _changes(precaution, kinds, week))


def _holds(named: Iterable[FromWeek], words: Collection[str], week: int) -> bool:
    return any(word in words and week >= start for word, start in named)


def _changes(precaution: Precaution, words: Collection[str], week: int) -> tuple[str, ...]:
    """Return the change of each of these words, each text once; of several for one word that of the latest week."""
    found: dict[str, tuple[int, str]] = {}
    for change in precaution.changes:
        for word, start in change.for_:
            if word in words and week >= start and start >= found.get(word, (0, ""))[0]:
                found[word] = (start, change.words)
    return tuple(dict.fromkeys(text for _, text in found.values()))


def _of_case(case: Case, names: Iterable[str]) -> Iterator[Precaution]:
    return (case.library.precautions[name] for name in names if name in case.library.precautions)


def barring(exercise: Exercise, case: Case) -> tuple[Precaution, ...]:
    """Return the precautions of this patient that bar an exercise."""
    return tuple(one for one in _of_case(case, case.precautions) if _verdict(exercise, one, case).barred)


def changes(exercise: Exercise, case: Case) -> tuple[tuple[Precaution, str], ...]:
    """Return what to change in an exercise, with the precaution that asks for it."""
    held = _of_case(case, case.precautions)
    return tuple((one, words) for one in held for words in _verdict(exercise, one, case).changes)


def most_hold(exercise: Exercise, case: Case) -> int | None:
    """Return the longest hold in seconds that this patient's precautions leave to hard holds; None where none says."""
    if not exercise.does("holds-hard"):
        return None
    return min((one.most_hold for one in _of_case(case, case.precautions) if one.most_hold), default=None)


def _verdict(exercise: Exercise, precaution: Precaution, case: Case) -> Verdict:
    return verdict(exercise, precaution, case.pregnancy_week, case.patient.cleared)
