"""Rules on translations: each must agree with its English file as it is now, and have the same numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.content.translations import in_language, is_finished, is_stale
from handouts.errors import Problem
from handouts.lint.text import PageText, Passage, Reading, read
from handouts.model import Page, Translation


def _pairs(reading: Reading) -> Iterator[tuple[Page, str, Translation]]:
    """Yield each finished translation with its English page and its language."""
    pages = {(type(page), page.slug): page for page in reading.library.pages()}
    for (kind, slug, language), translation in reading.library.translations.items():
        if is_finished(translation):
            yield pages[kind, slug], language, translation


def stale_translation(reading: Reading) -> Iterator[Problem]:
    """A translation of yesterday's words may tell a patient what is no longer true: it changes with its English file."""
    for page, language, translation in _pairs(reading):
        if is_stale(translation, page):
            message = (
                "the English file has changed since: bring this one into line with it, then type "
                f"'handouts translate {page.document.path} --language {language}'"
            )
            place = translation.document.place(("translation",), key=True)
            yield Problem(translation.document.path, *place, message, "stale-translation", warning=True)


_NUMBER = re.compile(r"\d+")


def changed_number(reading: Reading) -> Iterator[Problem]:
    """A number that differs between two languages sends one of the two patients wrong: write the English file's numbers."""
    fresh = [(page, language) for page, language, translation in _pairs(reading) if not is_stale(translation, page)]
    english = {(type(text.page), text.page.slug): text for text in reading.texts}
    for language in sorted({language for _, language in fresh}):
        texts = read(in_language(reading.library, language), reading.today, language).texts
        translated = {(type(text.page), text.page.slug): text for text in texts}
        for page in (page for page, spoken in fresh if spoken == language):
            yield from _changed_numbers(english[type(page), page.slug], translated[type(page), page.slug])


def _changed_numbers(english: PageText, translated: PageText) -> Iterator[Problem]:
    """Compare the numbers of two texts: passage by passage where a part has as many in both, else part by part."""
    for key in dict.fromkeys(passage.key for passage in translated.passages):
        sources, translations = _under(key, english), _under(key, translated)
        if len(sources) == len(translations):
            pairs = [([source], [translation]) for source, translation in zip(sources, translations, strict=True)]
        else:
            pairs = [(sources, translations)]
        for source_part, translated_part in pairs:
            expected, actual = _numbers(source_part), _numbers(translated_part)
            if expected != actual:
                message = f"the numbers here are {_listed(actual)}, and in the English file {_listed(expected)}"
                yield translated_part[0].problem(message, "changed-number", warning=False)


def _under(key: str, text: PageText) -> list[Passage]:
    return [passage for passage in text.passages if passage.key == key]


def _numbers(passages: list[Passage]) -> list[int]:
    return sorted(int(number) for passage in passages for number in _NUMBER.findall(passage.text))


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers)) or "none"
