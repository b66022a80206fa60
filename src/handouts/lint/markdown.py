"""Rules on Markdown that is printed differently than its author expects. They hold for every part of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.errors import Problem
from handouts.files.markdown import Section
from handouts.lint.text import Reading, sections
from handouts.model import Page

_ITEM = re.compile(r"(?:[-*+]|\d+[.)]) ")
_INDENTED = re.compile(r" {1,3}(?=(?:[-*+]|\d+[.)]) )")


def _sections(reading: Reading) -> Iterator[tuple[Page, Section]]:
    """Yield each part of each page's body."""
    return ((text.page, section) for text in reading.texts for _, section in sections(text.page))


def _lines(section: Section) -> Iterator[tuple[int, str]]:
    return enumerate(section.markdown.split("\n"), section.line)


def _problem(page: Page, line: int, column: int, message: str, rule: str) -> Problem:
    return Problem(page.document.path, line, column, message, rule, warning=True)


def list_without_blank_line(reading: Reading) -> Iterator[Problem]:
    """Without an empty line before it a list runs on in the paragraph above; without one after it, the next paragraph
    becomes part of the last item.
    """
    for page, section in _sections(reading):
        before = ""
        for number, line in _lines(section):
            list_starts = _ITEM.match(line) and before and not _ITEM.match(before) and not before.startswith((" ", "#"))
            list_ends = line and not _ITEM.match(line) and not line.startswith(" ") and _ITEM.match(before)
            if list_starts or list_ends:
                message = f"an empty line is missing {'before' if list_starts else 'after'} the list"
                yield _problem(page, number, 1, message, "list-without-blank-line")
            before = line


def shallow_nesting(reading: Reading) -> Iterator[Problem]:
    """A list within a list needs four spaces: with fewer its items move up into the outer list. Better is no such list."""
    for page, section in _sections(reading):
        for number, line in _lines(section):
            if match := _INDENTED.match(line):
                message = "an item with fewer than four spaces before it joins the outer list: use one list"
                yield _problem(page, number, match.end() + 1, message, "shallow-nesting")


def loose_list(reading: Reading) -> Iterator[Problem]:
    """An empty line between two items makes every item a paragraph, and the list twice as long on paper."""
    for page, section in _sections(reading):
        lines = list(_lines(section))
        for (_, first), (number, middle), (_, last) in zip(lines, lines[1:], lines[2:], strict=False):
            if _ITEM.match(first) and not middle.strip() and _ITEM.match(last):
                yield _problem(page, number, 1, "an empty line inside a list: delete it", "loose-list")


_LINK = re.compile(r"!?\[[^\]]*\]\([^)]*\)")
_HTML = re.compile(r"</?(?!https?:|mailto:)[A-Za-z][^<>]*>|<!--|&(?:[A-Za-z]+|#\d+);")


def raw_html(reading: Reading) -> Iterator[Problem]:
    """HTML, pictures and links are not printed, and a sheet is no place for comments: the build refuses them."""
    for page, section in _sections(reading):
        for number, line in _lines(section):
            for match in _HTML.finditer(line):
                message = f"'{match[0]}' is HTML: write plain Markdown"
                yield Problem(page.document.path, number, match.start() + 1, message, "raw-html")
            for match in _LINK.finditer(line):
                kind = "a picture" if match[0].startswith("!") else "a link"
                message = f"{kind} is not printed: say it in words"
                yield Problem(page.document.path, number, match.start() + 1, message, "raw-html")


def inch_mark(reading: Reading) -> Iterator[Problem]:
    """A straight quote after a digit, meant as inches, feet or seconds, is printed as a closing quotation mark."""
    for page, section in _sections(reading):
        for number, line in _lines(section):
            for match in re.finditer(r"(?<=\d)([\"'])(?!\w)", line):
                opened = len(re.findall(rf"(?<!\w){match[1]}(?=\w)", line[: match.start()]))
                closed = len(re.findall(rf"(?<=\w){match[1]}(?!\w)", line[: match.start()]))
                if opened <= closed:
                    message = f"{match[1]} after a number is printed as a quotation mark: write the unit as a word"
                    yield _problem(page, number, match.start() + 1, message, "inch-mark")
