"""Everything that is wrong with content and patient files, without writing anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from handouts.app.layers import Layers
from handouts.app.plans import NO_OVERRIDES, missing_phrases, read_all, resolve_all, with_supported_language
from handouts.errors import Problem, unknown
from handouts.lint.rules import lint
from handouts.model import Library, Plan


def check_all(paths: Iterable[Path], layers: Layers, today: date) -> tuple[Problem, ...]:
    """Everything wrong with the content and with these patients, in the order of their files; nothing is written."""
    patients, library, problems = read_all(paths, layers)
    plans = resolve_all(
        with_supported_language(patients, layers.languages(), problems), library, problems, today, NO_OVERRIDES
    )
    problems.extend(_plan_warnings(plans))
    problems.extend(missing_phrases(layers.languages(), layers))
    if library:
        problems.extend(lint(library, today))
        problems.extend(_unsupported_translations(library, layers.languages()))
    return tuple(sorted(set(problems)))


def _plan_warnings(plans: Iterable[Plan]) -> Iterator[Problem]:
    """What a therapist should know before handing these sheets out, at the start of each patient's file or row."""
    for plan in plans:
        for warning in plan.warnings:
            yield plan.patient.document.problem(warning, "plan", warning=True)


def _unsupported_translations(library: Library, languages: Sequence[str]) -> Iterator[Problem]:
    """Translations into a language that no sheet can be in: perhaps its code is mistyped."""
    for address, translation in library.translations.items():
        if address.language not in languages:
            message = f"{unknown('language', address.language, languages)} See docs/translating.md"
            yield translation.document.problem(message, "translation", warning=True)
