"""What a precaution says of an exercise: that it is barred, what to change in it, or nothing.

The exercise's own word outranks what is said of its kinds of movement: first what bars it by name, then what the precaution
says to change in it by name, then the kinds that are barred, then the kinds in which something changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from handouts.model import Exercise, Library, Precaution


class Verdict(NamedTuple):
    """Whether an exercise is barred, and what the card says to change in it, also where a therapist allows it."""

    barred: bool
    changes: tuple[str, ...] = ()


class Held(NamedTuple):
    """A precaution as it holds for one patient: in a week of pregnancy (0 without), and with what is cleared."""

    precaution: Precaution
    week: int
    eased: bool
    bars: frozenset[str]
    words: Mapping[str, str]

    def verdict(self, exercise: Exercise) -> Verdict:
        """Return what it says of an exercise."""
        by_name = self.words.get(exercise.slug)
        if self._bars_by_name(exercise) or (not by_name and self._bars_a_kind(exercise)):
            eased = self.precaution.eased
            return Verdict(not self.eased, (eased,) if eased else self._changes(exercise))
        return Verdict(False, (by_name,) if by_name else self._changes(exercise))

    def _bars_by_name(self, exercise: Exercise) -> bool:
        return any(word == self.precaution.slug and self.week >= start for word, start in exercise.contraindications)

    def _bars_a_kind(self, exercise: Exercise) -> bool:
        return exercise.position in self.bars or not self.bars.isdisjoint(exercise.kinds)

    def _changes(self, exercise: Exercise) -> tuple[str, ...]:
        kinds = (exercise.position, *exercise.kinds)
        return tuple(dict.fromkeys(self.words[kind] for kind in kinds if kind in self.words))


def held(precaution: Precaution, week: int, cleared: Collection[str]) -> Held:
    """Return a precaution as it holds in a week of pregnancy, after what is cleared.

    Of several changes for one word the one of the latest week holds.
    """
    words: dict[str, tuple[int, str]] = {}
    for change in precaution.changes:
        for word, start in change.for_:
            if week >= start >= words.get(word, (0, ""))[0]:
                words[word] = (start, change.words)
    bars = frozenset(word for word, start in precaution.bars if week >= start)
    return Held(precaution, week, precaution.eased_by in cleared, bars, {word: text for word, (_, text) in words.items()})


def all_held(names: Collection[str], library: Library, week: int, cleared: Collection[str]) -> tuple[Held, ...]:
    """Return the named precautions as they hold; a name that the library lacks is a fault of the patient's file."""
    known = (library.precautions[name] for name in names if name in library.precautions)
    return tuple(held(precaution, week, cleared) for precaution in known)


def barring(exercise: Exercise, precautions: Collection[Held]) -> tuple[Precaution, ...]:
    """Return the precautions that bar an exercise."""
    return tuple(one.precaution for one in precautions if one.verdict(exercise).barred)


def changes(exercise: Exercise, precautions: Collection[Held]) -> tuple[tuple[Precaution, str], ...]:
    """Return what to change in an exercise, with the precaution that asks for it."""
    return tuple((one.precaution, words) for one in precautions for words in one.verdict(exercise).changes)


def most_hold(exercise: Exercise, precautions: Collection[Held]) -> int | None:
    """Return the longest hold in seconds that precautions leave to hard holds; None where none says."""
    if not exercise.does("holds-hard"):
        return None
    return min((one.precaution.most_hold for one in precautions if one.precaution.most_hold), default=None)
