"""The files of which a library has one at most: clinic, glossary, pain rule, sources, and the seeds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from handouts.errors import Problem, ProblemsError
from handouts.files.yaml_reader import parse_yaml
from handouts.model import Clinic, ClinicFrontMatter, PainRule, PainRuleFrontMatter, SourceFrontMatter
from handouts.model.reviews import reviewed
from handouts.model.validation import validate

_TERM = re.compile(r"[^\W\d_A-Z]+(?:[ -][^\W\d_A-Z]+)*")  # words in small letters


def read_clinic(text: str, path: str) -> Clinic:
    """Return the clinic of `clinic.yaml`; raises ProblemsError."""
    document = parse_yaml(text, path)
    return Clinic.model_construct(**dict(validate(ClinicFrontMatter, document)), document=document)


def _read_sources(text: str, path: str) -> Mapping[str, SourceFrontMatter]:
    document = parse_yaml(text, path)
    problems: list[Problem] = []
    sources: dict[str, SourceFrontMatter] = {}
    for tag in document.data:
        try:
            sources[tag] = validate(SourceFrontMatter, document, (tag,))
        except ProblemsError as error:
            problems.extend(error.problems)
    if problems:
        raise ProblemsError(problems)
    return MappingProxyType(sources)


def _read_glossary(text: str, path: str) -> Mapping[str, str]:
    document = parse_yaml(text, path)
    problems: list[Problem] = []
    for term, plain in document.data.items():
        if not _TERM.fullmatch(term):
            message = f"'{term}' must be a word or words in small letters, as it stands in a text"
            problems.append(document.problem(message, "key", (term,), key=True))
        if not isinstance(plain, str) or not plain.strip():
            problems.append(document.problem(f"{term}: must be the plain words for it", "value", (term,)))
    if problems:
        raise ProblemsError(problems)
    return MappingProxyType({term: plain.strip() for term, plain in document.data.items()})


def _read_pain_rule(text: str, path: str) -> PainRule:
    document = parse_yaml(text, path)
    values = reviewed(dict(validate(PainRuleFrontMatter, document)), text)
    return PainRule.model_construct(**values, slug="pain-rule", document=document)


def _read_seeds(text: str, path: str) -> None:
    """Check that the map from the founding documents to the content is YAML; only the tests use it."""
    parse_yaml(text, path)


SINGLE_READERS: Mapping[str, Callable[[str, str], Any]] = {
    "clinic.yaml": read_clinic,
    "glossary.yaml": _read_glossary,
    "pain-rule.yaml": _read_pain_rule,
    "sources.yaml": _read_sources,
    "seeds.yaml": _read_seeds,
}
OPTIONAL = frozenset({"clinic.yaml", "seeds.yaml"})
