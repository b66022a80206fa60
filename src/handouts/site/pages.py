"""Which pages the site has, and what each is filled with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from handouts import model
from handouts.model import Exercise, Library, Phase
from handouts.site.search import anchor, answered


@dataclass(frozen=True)
class Page:
    """One page: where it stands, its template, what fills it, and the content file it shows (None: it shows none).

    `listed` pages are offered to search engines; a page for `anywhere` is shown in place of an address that is missing.
    """

    path: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    content: model.Page | None = None
    listed: bool = True
    anywhere: bool = False


def all_pages(library: Library) -> list[Page]:
    """Every page of the site, each once."""
    return [*_fixed(library), *_conditions(library), *_phases(library), *_exercises(library), *_short_texts(library)]


def _fixed(library: Library) -> Iterator[Page]:
    """Pages that every site has, whatever its content."""
    yield Page("index.html", "site/home.html")
    for name in ("exercises", "topics", "red-flags", "for-therapists"):
        yield Page(f"{name}/index.html", f"site/{name}.html")
    yield Page("search/index.html", "site/search.html", {"entries": a_to_z(library)})
    yield Page("glossary/index.html", "site/glossary.html", {"anchor": anchor})
    yield Page("about/index.html", "site/about.html", {"used": library.used_sources(), "states": review_states(library)})
    yield Page("offline/index.html", "site/offline.html", listed=False)
    yield Page("404.html", "site/missing.html", listed=False, anywhere=True)


def _conditions(library: Library) -> Iterator[Page]:
    for condition in library.conditions.values():
        yield Page(f"{condition.slug}/index.html", "site/condition.html", {"condition": condition}, condition)


def _phases(library: Library) -> Iterator[Page]:
    for phase in library.phases.values():
        context = {"phase": phase, "condition": library.conditions[phase.condition]}
        yield Page(f"{phase.slug}/index.html", "site/phase.html", context, phase)


def _exercises(library: Library) -> Iterator[Page]:
    for exercise in library.exercises.values():
        context = {"exercise": exercise, "phases": _phases_of(exercise, library)}
        yield Page(f"exercises/{exercise.slug}/index.html", "site/exercise.html", context, exercise)


def _short_texts(library: Library) -> Iterator[Page]:
    for topic in library.topics.values():
        yield Page(f"topics/{topic.slug}/index.html", "site/topic.html", {"topic": topic}, topic)
    for flag in library.red_flags.values():
        yield Page(f"red-flags/{flag.slug}/index.html", "site/red-flag.html", {"flag": flag}, flag)


def _phases_of(exercise: Exercise, library: Library) -> tuple[Phase, ...]:
    return tuple(phase for phase in library.phases.values() if phase.slug in exercise.phases)


def a_to_z(library: Library) -> list[tuple[str, str]]:
    """Name and folder of everything a reader may look for, by name: what the search page lists without a script.

    A question stands at a place of its page: `folder#place`.
    """
    entries = [(condition.name, condition.slug) for condition in library.conditions.values()]
    for phase in library.phases.values():
        entries.append((f"{phase.name} ({library.conditions[phase.condition].short})", phase.slug))
    entries += [(exercise.name, f"exercises/{exercise.slug}") for exercise in library.exercises.values()]
    entries += [(topic.name, f"topics/{topic.slug}") for topic in library.topics.values()]
    entries += [(flag.name, f"red-flags/{flag.slug}") for flag in library.red_flags.values()]
    entries += [(question.name, place) for question, place in answered(library)]
    return sorted(entries, key=lambda entry: (entry[0].casefold(), entry[1]))


@dataclass(frozen=True)
class ReviewState:
    """How far the review of one kind of page has come; `reviewed` counts those that name a reviewer."""

    kind: str
    pages: int
    reviewed: int


def review_states(library: Library) -> tuple[ReviewState, ...]:
    """The state of review of each kind of page, for the page about the site."""
    kinds = {
        "Conditions": library.conditions,
        "Steps": library.phases,
        "Exercises": library.exercises,
        "Warning signs": library.red_flags,
        "Good to know": library.topics,
        "Everyday questions": library.questions,
    }
    return tuple(ReviewState(kind, len(group), _reviewed(group.values())) for kind, group in kinds.items())


def _reviewed(pages: Iterable[model.Page]) -> int:
    return sum(page.reviewer is not None for page in pages)
