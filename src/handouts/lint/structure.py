"""Rules on the library as a whole: pages that nobody can reach, that lack a part, or whose review is out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.errors import Problem
from handouts.lint.text import Reading, sections
from handouts.model import REVIEW_YEARS, Library

FEWEST_EXERCISES = 2


def overdue_review(reading: Reading) -> Iterator[Problem]:
    """Advice grows old: each page is checked again at least every three years (PIF TICK)."""
    today = reading.today
    for page in reading.library.pages():
        if (page.reviewed.year + REVIEW_YEARS, page.reviewed.month, page.reviewed.day) < (today.year, today.month, today.day):
            message = f"was last checked on {page.reviewed}: check it and put the new date"
            yield page.problem(message, "overdue-review", ("reviewed",), warning=True)


def missing_figure(reading: Reading) -> Iterator[Problem]:
    """Half of what a patient needs to know is in the picture: an exercise without one is done wrong at home."""
    for exercise in reading.library.exercises.values():
        if exercise.figure is None:
            message = "this exercise has no picture: describe it under 'figure:'"
            yield exercise.problem(message, "missing-figure", ("name",), warning=True)


def stale_review(reading: Reading) -> Iterator[Problem]:
    """A reviewer answers for the words they saw, and for no others: until `of` says that these are the ones, the page is
    printed as awaiting review.
    """
    for page in reading.library.pages():
        front_matter = page.document.data
        edition = front_matter.get("of")
        if front_matter.get("reviewer") and edition != page.edition:
            fault = "has changed since its review" if edition else "does not say which words were reviewed"
            message = f"this page {fault}: once these have been reviewed, write 'of: {page.edition}'"
            yield page.problem(message, "stale-review", ("reviewer",), warning=True)


def missing_caption(reading: Reading) -> Iterator[Problem]:
    """Who cannot see a picture hears its caption, and who can sees from it what to do: every picture has one."""
    for exercise in reading.library.exercises.values():
        for number, panel in enumerate(exercise.figure.panels if exercise.figure else ()):
            if not panel.caption.strip():
                message = f"picture {number + 1} has no caption: say in one short sentence what it shows"
                yield exercise.problem(message, "missing-caption", ("figure", "panels", number), warning=True)


_CITED = re.compile(r"\[([a-z][a-z0-9/-]*(?:, *[a-z][a-z0-9/-]*)*)\](?!\()")


def missing_source(reading: Reading) -> Iterator[Problem]:
    """A reviewer who follows a [tag] must find the source behind it: each one cited stands under `sources`."""
    for page in reading.library.pages():
        listed = {source.partition("/")[0] for source in page.sources}
        for _, section in sections(page):
            for number, line in enumerate(section.markdown.split("\n"), section.line):
                for match in _CITED.finditer(line):
                    missing = [tag for tag in re.split(", *", match[1]) if tag.partition("/")[0] not in listed]
                    if missing:
                        message = f"'{missing[0]}' is cited here, but does not stand under 'sources'"
                        yield Problem(page.document.path, number, match.start() + 1, message, "missing-source", warning=True)


def one_way_link(reading: Reading) -> Iterator[Problem]:
    """Whoever steps up must find the way back down: an easier exercise names this one as harder, and the other way round."""
    exercises = reading.library.exercises
    for exercise in exercises.values():
        for key, back in (("easier", "harder"), ("harder", "easier")):
            for number, slug in enumerate(getattr(exercise, key)):
                if exercise.slug not in getattr(exercises[slug], back):
                    message = f"{key}: '{slug}' does not name '{exercise.slug}' under '{back}': links go both ways"
                    yield exercise.problem(message, "one-way-link", (key, number), warning=True)


def unreachable_exercise(reading: Reading) -> Iterator[Problem]:
    """An exercise that no phase offers and none may ask for is work that no patient will ever see."""
    for exercise in reading.library.exercises.values():
        if not exercise.phases and not exercise.ask_first:
            message = "no phase offers this exercise: name one under 'phases' or 'ask-first'"
            yield exercise.problem(message, "unreachable-exercise", ("phases",), warning=True)


def thin_phase(reading: Reading) -> Iterator[Problem]:
    """A phase with fewer than two exercises leaves a therapist with nothing to choose from."""
    for phase in reading.library.phases.values():
        if (count := len(reading.library.exercises_of(phase.slug))) < FEWEST_EXERCISES:
            message = f"{count or 'no'} exercise names this phase: a plan needs at least {FEWEST_EXERCISES}"
            yield phase.problem(message, "thin-phase", warning=True)


def unreachable_red_flag(reading: Reading) -> Iterator[Problem]:
    """A warning sign that stands on no sheet warns nobody: it must be for a condition or procedure that has phases."""
    library = reading.library
    precautions = tuple(library.precautions)
    printed = {flag.slug for one in _with_sheets(library) for flag in library.red_flags_for(one, precautions)}
    for flag in library.red_flags.values():
        if flag.slug not in printed:
            yield flag.problem("for: no sheet prints this red flag", "unreachable-red-flag", ("for",), warning=False)


def unreachable_topic(reading: Reading) -> Iterator[Problem]:
    """A topic that no therapist can put on a sheet is read by nobody: it must be for a condition that has phases."""
    library = reading.library
    offered = {topic.slug for condition in _with_sheets(library) for topic in library.topics_for(condition)}
    for topic in library.topics.values():
        if topic.slug not in offered:
            yield topic.problem("for: no sheet can carry this topic", "unreachable-topic", ("for",), warning=True)


def unreachable_question(reading: Reading) -> Iterator[Problem]:
    """A question that no sheet can answer is asked in vain: it must be for a condition or procedure that has phases."""
    library = reading.library
    asked = {question.slug for phase in library.phases.values() for question in library.questions_in(phase)}
    offered = {question.slug for condition in _with_sheets(library) for question in library.questions_for(condition)}
    for question in library.questions.values():
        if question.slug not in (asked if question.limit else offered):
            message = "for: no sheet can answer this question"
            yield question.problem(message, "unreachable-question", ("for",), warning=True)


def _with_sheets(library: Library) -> set[str]:
    """Return the conditions and procedures that have phases: only those can have a sheet."""
    return {phase.condition for phase in library.phases.values()}
