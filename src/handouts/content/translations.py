"""The content in another language: translations are read, compared with the English files, and put in their place.

A translation stands beside its source: `bridge.es.md` beside `bridge.md`, `pain-rule.es.yaml` beside `pain-rule.yaml`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

from handouts.content.pages import read_parts
from handouts.errors import Problem
from handouts.files.document import Loc
from handouts.files.markdown import Section
from handouts.files.yaml_reader import parse_yaml
from handouts.locales import SOURCE_LANGUAGE
from handouts.model import Address, Clinic, Exercise, Library, Page, PainRule, Precaution, Translation, words_kind
from handouts.model.validation import validate

Kind = TypeVar("Kind", bound=Page)
_NAME = re.compile(r"([^.]+)\.([A-Za-z-]+)\.(md|yaml)")


def source_of(name: str) -> tuple[str, str] | None:
    """Return the source file that a file translates, and the language; None where its name is not that of a translation."""
    match = _NAME.fullmatch(name)
    return (f"{match[1]}.{match[3]}", match[2]) if match else None


def read_translation(kind: type[Page], text: str, path: str) -> Translation:
    """Return the translation of one file; raises ProblemsError with every fault of its keys and of its headings."""
    if kind is PainRule:
        document = parse_yaml(text, path)
        return Translation(validate(words_kind(kind), document), {}, document)
    document, words, sections = read_parts(words_kind(kind), text, path)
    return Translation(words, sections, document)


def words_of(page: Page) -> dict[str, Any]:
    """Return the words of a page by the keys that a translation has for them; an absent one is None or empty."""
    names = [name for name in words_kind(type(page)).model_fields if name != "translation"]
    return {name: _word(page, name) for name in names}


def _word(page: Page, name: str) -> Any:
    if isinstance(page, Exercise) and name == "when":
        return page.dose.when
    if isinstance(page, Precaution) and name == "changes":
        return tuple(change.words for change in page.changes)
    if isinstance(page, Exercise) and name == "captions":
        return tuple(panel.caption for panel in page.figure.panels) if page.figure else ()
    return getattr(page, name)


def sections_of(page: Page) -> dict[str, Section]:
    """Return the sections of a page that a patient reads, by their attribute."""
    return {key: getattr(page, key) for key in words_kind(type(page)).headings.values()}


def fingerprint(page: Page) -> str:
    """Return eight hex digits that change with any word of a page, and not with a dose or a drawing."""
    words = {key: value.model_dump() if isinstance(value, BaseModel) else value for key, value in words_of(page).items()}
    text = json.dumps([words, {key: section.markdown for key, section in sections_of(page).items()}], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def is_stale(translation: Translation, page: Page) -> bool:
    """Return True if the source has changed since the translation was made."""
    return translation.words.translation.of != fingerprint(page)


def is_finished(translation: Translation) -> bool:
    """Return True if its translator calls it complete."""
    return translation.words.translation.state != "unfinished"


def mismatches(translation: Translation, page: Page) -> Iterator[Problem]:
    """Yield faults where a translation has more or less than its source (a key, a caption, a step), or is still English."""
    document = translation.document
    yield from _left_in_english(translation, page)
    for name, english in words_of(page).items():
        key, translated = name.replace("_", "-"), getattr(translation.words, name)
        if english and not translated:
            yield document.problem(f"the key '{key}' is missing: the English file has it", "translation")
        elif translated and not english:
            yield document.problem(f"{key}: the English file has none: leave it out", "translation", (key,), key=True)
        elif isinstance(english, tuple) and name != "also" and len(english) != len(translated):
            message = f"{key}: {len(translated)} entries stand here, and {len(english)} in the English file"
            yield document.problem(message, "translation", (key, min(len(english), len(translated) - 1)))
    for key in words_kind(type(page)).lists:
        section = translation.sections[key]
        count, english_count = len(section.items), len(getattr(page, key).items)
        if count != english_count:
            message = f"'## {section.heading}' has {count} entries, and {english_count} in the English file"
            yield Problem(document.path, section.heading_line, 1, message, "translation")


_FEWEST_WORDS = 4  # a name or a thing may be called the same in two languages; a sentence is not


def _left_in_english(translation: Translation, page: Page) -> Iterator[Problem]:
    document = translation.document
    message = "is still the English text: translate it"
    english = {text for value in words_of(page).values() for text in _texts(value)}
    for loc, value in ((loc, _at(document.data, loc)) for loc in document.values):
        if isinstance(value, str) and len(value.split()) >= _FEWEST_WORDS and value in english:
            yield document.problem(message, "translation", loc)
    for key, section in translation.sections.items():
        english_lines = getattr(page, key).markdown.split("\n")
        for number, line in enumerate(section.markdown.split("\n"), section.line):
            if len(line.split()) >= _FEWEST_WORDS and line in english_lines:
                yield Problem(document.path, number, 1, message, "translation")


def _texts(value: Any) -> Iterator[str]:
    """Yield all texts in a value, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from _texts(tuple(value.model_dump().values()))
    elif isinstance(value, (tuple, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _at(data: Any, loc: Loc) -> Any:
    for step in loc:
        data = data[step]
    return data


def in_language(library: Library, language: str) -> Library:
    """Return the library with its words in a language. A page without a translation that fits keeps its English words.

    The caller must not print such a page unmarked: `Page.language` tells.
    """
    if language == SOURCE_LANGUAGE:
        return library
    return replace(
        library,
        exercises=_all_in(library.exercises, library, language),
        conditions=_all_in(library.conditions, library, language),
        phases=_all_in(library.phases, library, language),
        red_flags=_all_in(library.red_flags, library, language),
        topics=_all_in(library.topics, library, language),
        questions=_all_in(library.questions, library, language),
        precautions=_all_in(library.precautions, library, language),
        pain_rule=_in(library.pain_rule, library, language),
        clinic=clinic_in(library.clinic, language) if library.clinic else None,
    )


def clinic_in(clinic: Clinic, language: str) -> Clinic:
    """Return a clinic with its words in a language."""
    words = clinic.translations.get(language)
    return clinic.model_copy(update={"hours": words.hours}) if words else clinic


def _all_in(pages: Mapping[str, Kind], library: Library, language: str) -> Mapping[str, Kind]:
    return MappingProxyType({slug: _in(page, library, language) for slug, page in pages.items()})


def _in(page: Kind, library: Library, language: str) -> Kind:
    translation = library.translations.get(Address(type(page), page.slug, language))
    if not translation or not is_finished(translation) or any(mismatches(translation, page)):  # a stale one may not fit
        return page
    values = {name: getattr(translation.words, name) for name, english in words_of(page).items() if english}
    if isinstance(page, Exercise):
        values |= _inner_words(page, values.pop("when", None), values.pop("captions", ()))
    if isinstance(page, Precaution):
        pairs = zip(page.changes, values.pop("changes", ()), strict=True)
        values["changes"] = tuple(change.model_copy(update={"words": text}) for change, text in pairs)
    unreviewed = translation.words.translation.state != "reviewed" or is_stale(translation, page)
    values |= {"document": translation.document, "language": language, "unreviewed": unreviewed}
    sections = {key: section.read_by(getattr(page, key)) for key, section in translation.sections.items()}
    return page.model_copy(update={**values, **sections})


def _inner_words(exercise: Exercise, when: str | None, captions: tuple[str, ...]) -> dict[str, Any]:
    """Return the values of an exercise that hold words further in: the time in its dose, and the captions of its figure."""
    inner: dict[str, Any] = {}
    if when:
        inner["dose"] = exercise.dose.model_copy(update={"when": when})
    if captions:
        pairs = zip(exercise.figure.panels, captions, strict=True)
        inner["figure"] = replace(exercise.figure, panels=tuple(replace(panel, caption=caption) for panel, caption in pairs))
    return inner
