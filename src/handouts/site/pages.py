"""Library -> the pages of the site, each with its template and what fills it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from handouts import model
from handouts.model import Exercise, Library, Phase
from handouts.site.search import anchor, question_places


@dataclass(frozen=True)
class SitePage:
    """One page: its path, its template, what fills it, and the content file that it shows, if any.

    `listed` pages are offered to search engines. A page for `anywhere` is shown in place of any missing address.
    """

    path: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    content: model.Page | None = None
    listed: bool = True
    anywhere: bool = False


def all_pages(library: Library) -> list[SitePage]:
    """Return every page of the site, each once."""
    return [*_fixed(library), *_conditions(library), *_phases(library), *_exercises(library), *_short_texts(library)]


def _fixed(library: Library) -> Iterator[SitePage]:
    """Yield the pages that every site has, whatever its content."""
    yield SitePage("index.html", "site/home.html")
    for name in ("exercises", "topics", "red-flags", "for-therapists"):
        yield SitePage(f"{name}/index.html", f"site/{name}.html")
    yield SitePage("search/index.html", "site/search.html", {"entries": a_to_z(library)})
    yield SitePage("glossary/index.html", "site/glossary.html", {"anchor": anchor})
    yield SitePage("about/index.html", "site/about.html", {"used": library.used_sources(), "states": review_states(library)})
    yield SitePage("offline/index.html", "site/offline.html", listed=False)
    yield SitePage("404.html", "site/missing.html", listed=False, anywhere=True)


def _conditions(library: Library) -> Iterator[SitePage]:
    for condition in library.conditions.values():
        yield SitePage(f"{condition.slug}/index.html", "site/condition.html", {"condition": condition}, condition)


def _phases(library: Library) -> Iterator[SitePage]:
    for phase in library.phases.values():
        context = {"phase": phase, "condition": library.conditions[phase.condition]}
        yield SitePage(f"{phase.slug}/index.html", "site/phase.html", context, phase)


def _exercises(library: Library) -> Iterator[SitePage]:
    for exercise in library.exercises.values():
        context = {"exercise": exercise, "phases": _phases_of(exercise, library)}
        yield SitePage(f"exercises/{exercise.slug}/index.html", "site/exercise.html", context, exercise)


def _short_texts(library: Library) -> Iterator[SitePage]:
    for topic in library.topics.values():
        yield SitePage(f"topics/{topic.slug}/index.html", "site/topic.html", {"topic": topic}, topic)
    for flag in library.red_flags.values():
        yield SitePage(f"red-flags/{flag.slug}/index.html", "site/red-flag.html", {"flag": flag}, flag)


def _phases_of(exercise: Exercise, library: Library) -> tuple[Phase, ...]:
    return tuple(phase for phase in library.phases.values() if phase.slug in exercise.phases)


def a_to_z(library: Library) -> list[tuple[str, str]]:
    """Return the name and the folder of each entry of the list from A to Z, which the search page shows without a script.

    A question is at an anchor of its page: `folder#anchor`.
    """
    entries = [(condition.name, condition.slug) for condition in library.conditions.values()]
    for phase in library.phases.values():
        entries.append((f"{phase.name} ({library.conditions[phase.condition].short})", phase.slug))
    entries += [(exercise.name, f"exercises/{exercise.slug}") for exercise in library.exercises.values()]
    entries += [(topic.name, f"topics/{topic.slug}") for topic in library.topics.values()]
    entries += [(flag.name, f"red-flags/{flag.slug}") for flag in library.red_flags.values()]
    entries += [(question.name, place) for question, place in question_places(library)]
    return sorted(entries, key=lambda entry: (entry[0].casefold(), entry[1]))


@dataclass(frozen=True)
class ReviewState:
    """How many pages of one kind there are, and how many of them name a reviewer."""

    kind: str
    pages: int
    reviewed: int


def review_states(library: Library) -> tuple[ReviewState, ...]:
    """Return the state of review of each kind of page, for the page about the site."""
    kinds = {
        "Conditions": library.conditions,
        "Steps": library.phases,
        "Exercises": library.exercises,
        "Warning signs": library.red_flags,
        "Good to know": library.topics,
        "Everyday questions": library.questions,
    }
    return tuple(ReviewState(kind, len(group), _count_reviewed(group.values())) for kind, group in kinds.items())


def _count_reviewed(pages: Iterable[model.Page]) -> int:
    return sum(page.reviewer is not None for page in pages)
