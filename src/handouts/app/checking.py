"""Content and patient files -> every problem and warning, without writing anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from handouts.app.layers import Layers
from handouts.app.plans import missing_phrases, plan_all
from handouts.errors import Problem, unknown
from handouts.lint.rules import lint
from handouts.model import Library, Plan


def check_all(paths: Iterable[Path], layers: Layers, today: date) -> tuple[Problem, ...]:
    """Return everything that is wrong with the content and with these patients, in the order of their files."""
    outcome = plan_all(paths, layers, today)
    languages = layers.languages()
    problems = [*outcome.problems, *_plan_warnings(outcome.plans), *missing_phrases(languages, layers)]
    if outcome.library:
        problems += [*lint(outcome.library, today), *_unsupported_translations(outcome.library, languages)]
    return tuple(sorted(set(problems)))


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
