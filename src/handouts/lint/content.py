"""Rules over a whole library. Each yields problems; all of them are warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from handouts.errors import Problem
from handouts.model import REVIEW_YEARS, Library

Rule = Callable[[Library, date], Iterator[Problem]]


def lint(library: Library, today: date) -> list[Problem]:
    """What every rule has to say about a library."""
    return [problem for rule in RULES for problem in rule(library, today)]


def overdue_review(library: Library, today: date) -> Iterator[Problem]:
    """Advice grows old: each page is checked again at least every three years (PIF TICK)."""
    for page in library.pages():
        if page.reviewed.year + REVIEW_YEARS < today.year or (
            page.reviewed.year + REVIEW_YEARS == today.year
            and (page.reviewed.month, page.reviewed.day) < (today.month, today.day)
        ):
            message = f"was last checked on {page.reviewed}: check it and put the new date"
            yield page.problem(message, "overdue-review", ("reviewed",), warning=True)


def empty_phase(library: Library, today: date) -> Iterator[Problem]:
    """A phase that no exercise names leaves the therapist with nothing to choose from."""
    for phase in library.phases.values():
        if not library.exercises_of(phase.slug):
            yield phase.problem("no exercise names this phase", "empty-phase", warning=True)


RULES: tuple[Rule, ...] = (overdue_review, empty_phase)
