"""Content and patient files -> every problem and warning, without writing anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handouts.app.layers import Layers
from handouts.app.plans import missing_phrases, plan_all
from handouts.errors import Problem, unknown
from handouts.lint.rules import lint
from handouts.model import Library, Plan
from handouts.planning.case import Case
from handouts.planning.limits import limit_notes


@dataclass(frozen=True, order=True)
class Note:
    """What is as it should be and good to know, at its place in a patient's file. It holds no patient's own words."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


@dataclass(frozen=True)
class Report:
    """Everything that is wrong, and what each limit of each patient closes; both in the order of the files."""

    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]


def check_all(paths: Iterable[Path], layers: Layers, today: date) -> Report:
    """Return what is wrong with the content and with these patients, and what the limits of the patients close."""
    outcome = plan_all(paths, layers, today)
    languages = layers.languages()
    problems = [*outcome.problems, *_plan_warnings(outcome.plans), *missing_phrases(languages, layers)]
    if outcome.library:
        problems += [*lint(outcome.library, today), *_unsupported_translations(outcome.library, languages)]
    notes = _limit_notes(outcome.plans, outcome.library) if outcome.library else ()
    return Report(tuple(sorted(set(problems))), tuple(sorted(set(notes))))


def _limit_notes(plans: Iterable[Plan], library: Library) -> Iterator[Note]:
    """Yield for each limit of each plan how it is read and what it closes."""
    for plan in plans:
        document = plan.patient.document
        for key, message in limit_notes(Case(plan.patient, plan.phase, library, plan.weeks, plan.issued)):
            yield Note(document.path, *document.place(("limits", key)), f"limits: {key}: {message}")
        ranges = plan.condition.ranges
        for key in (key for key, value in plan.limits if value is None and key in ranges):
            message = f"limits: {key}: a blank line on the sheet, for the surgeon to fill in. What sources say: {ranges[key]}"
            yield Note(document.path, *document.place(("limits", key)), message)


def _plan_warnings(plans: Iterable[Plan]) -> Iterator[Problem]:
    """Yield what a therapist should know before handing these sheets out, at the start of each patient's file or row."""
    for plan in plans:
        for warning in plan.warnings:
            yield plan.patient.document.problem(warning, "plan", warning=True)


def _unsupported_translations(library: Library, languages: Sequence[str]) -> Iterator[Problem]:
    """Yield a warning for each translation into a language that no sheet can be in: its code may be mistyped."""
    for address, translation in library.translations.items():
        if address.language not in languages:
            message = f"{unknown('language', address.language, languages)} See docs/translating.md"
            yield translation.document.problem(message, "translation", warning=True)
