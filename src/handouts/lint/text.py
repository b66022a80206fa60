"""Library -> the texts that patients read, as passages with their places: what all rules are given.

"For the therapist" is never among them, since no patient reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple

from handouts.errors import Problem
from handouts.files.document import Loc, Place
from handouts.files.markdown import Section
from handouts.locales import SOURCE_LANGUAGE
from handouts.model import Library, Page

# A label is no sentence, such as a name or a piece of equipment. Steps and other prose are scored separately.
Kind = Literal["label", "prose", "step"]

_THERAPIST = "therapist"
_FRONT_MATTER: dict[Loc, Kind] = {
    ("name",): "label",
    ("short",): "label",
    ("also",): "label",
    ("equipment",): "label",
    ("dose", "when"): "label",
    ("when",): "label",
    ("captions",): "label",
    ("schemes",): "label",
    ("aim",): "prose",
    ("summary",): "prose",
    ("time-hint",): "prose",
    ("advice",): "prose",
    ("nerve-rule",): "prose",
    ("good-sign",): "prose",
    ("next-day",): "prose",
    ("words",): "prose",
}
MARKER = re.compile(r" *(?:[-*+]|\d+[.)]|#+) +")


class Line(NamedTuple):
    """A line of a passage and where it starts in its file."""

    text: str
    place: Place


@dataclass(frozen=True)
class Passage:
    """A paragraph, a list item, a heading or a value of the front matter: its end is the end of a sentence."""

    page: Page
    kind: Kind
    key: str  # the attribute or the key it stands under: `steps`, `aim`
    lines: tuple[Line, ...]

    @cached_property
    def text(self) -> str:
        """The passage on one line."""
        return " ".join(line.text for line in self.lines)

    def problem(self, message: str, rule: str, at: int = 0, *, warning: bool = True) -> Problem:
        """Return a problem at a character of `text`."""
        return Problem(self.page.document.path, *self._place(at), message, rule, warning)

    def _place(self, at: int) -> Place:
        for line in self.lines[:-1]:
            if at <= len(line.text):
                return Place(line.place.line, line.place.column + at)
            at -= len(line.text) + 1
        last = self.lines[-1].place
        return Place(last.line, last.column + at)


@dataclass(frozen=True)
class PageText:
    """A page and everything on it that a patient reads."""

    page: Page
    passages: tuple[Passage, ...]

    def of(self, *kinds: Kind) -> tuple[Passage, ...]:
        """Return the passages of these kinds."""
        return tuple(passage for passage in self.passages if passage.kind in kinds)


@dataclass(frozen=True)
class Reading:
    """What a rule is given: the library, its texts for patients in one language, and today's date."""

    library: Library
    today: date
    texts: tuple[PageText, ...]
    language: str = SOURCE_LANGUAGE

    def passages(self, *kinds: Kind) -> Iterator[Passage]:
        """Yield the passages of these kinds, of all pages."""
        return (passage for text in self.texts for passage in text.of(*kinds))


def read(library: Library, today: date, language: str = SOURCE_LANGUAGE) -> Reading:
    """Split the pages that are in a language into passages, once for all rules."""
    pages = (page for page in library.pages() if page.language == language)
    texts = (PageText(page, (*_front_matter(page), *_body(page))) for page in pages)
    return Reading(library, today, tuple(texts), language)


def sections(page: Page) -> Iterator[tuple[str, Section]]:
    """Yield the parts of a page's body as its file has them, the therapist's too, each with its attribute."""
    keys = (key for key in page.headings.values() if key != _THERAPIST or page.language == SOURCE_LANGUAGE)
    return ((key, getattr(page, key)) for key in keys)


def _front_matter(page: Page) -> Iterator[Passage]:
    """Yield the texts of a page's front matter."""
    for loc in page.document.values:
        kind = _FRONT_MATTER.get(loc[:1]) or _FRONT_MATTER.get(loc[:2])
        value = _value_at(page.document.data, loc)
        if kind and isinstance(value, str):
            yield Passage(page, kind, str(loc[0]), (Line(" ".join(value.split()), page.document.place(loc)),))


def _value_at(data: Any, loc: Loc) -> Any:
    for step in loc:
        data = data[step]
    return data


def _body(page: Page) -> Iterator[Passage]:
    for key, section in sections(page):
        if key != _THERAPIST:
            for lines in _blocks(section):
                yield Passage(page, "step" if key == "steps" else "prose", key, tuple(lines))


def _blocks(section: Section) -> Iterator[list[Line]]:
    """Yield the paragraphs and list items of a section, without their markers."""
    block: list[Line] = []
    for number, raw in enumerate(section.markdown.split("\n"), section.line):
        marker = MARKER.match(raw)
        if block and (marker or not raw.strip()):
            yield block
            block = []
        start = marker.end() if marker else len(raw) - len(raw.lstrip())
        if raw[start:]:
            block.append(Line(raw[start:].rstrip(), Place(number, start + 1)))
    if block:
        yield block


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first; without words it matches nothing."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
