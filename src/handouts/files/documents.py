"""YAML and front matter read with positions: every value knows its line and column.

All scalars stay text (YAML's failsafe schema): `no`, `1:30` and `010` arrive as written, and the model says what they
must look like. `~` and an empty value are None. Everything in YAML that silently changes a value is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from handouts.errors import Problem, ProblemsError, quoted

Loc = tuple[str | int, ...]
MAX_BRACKETS = 5_000  # ten times what our longest file has
MAX_DEPTH = 12  # no field is nested deeper than a figure's joints; more would only exhaust the stack

_INVISIBLE = {
    "\t": "a tab: use spaces",
    "\u00a0": "a non-breaking space: retype it as a plain space",
    "\u2007": "a figure space: retype it as a plain space",
    "\u202f": "a narrow non-breaking space: retype it as a plain space",
    "\u200b": "a zero-width space: delete it",
    "\x85": "a line separator: start a new line instead",
    "\u2028": "a line separator: start a new line instead",
    "\u2029": "a line separator: start a new line instead",
    "\ufeff": "a byte order mark in mid-file: delete it",
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
_PLAIN_WORDS = (  # PyYAML's jargon -> what the author has to do
    (
        "mapping values are not allowed",
        "': ' inside a text that is not in quotes, or wrong indentation: put the text in quotes",
    ),
    (
        "could not find expected ':'",
        "a key without ': ' after it (or a text over two lines that is not in quotes)",
    ),
    (
        "while scanning a quoted scalar",
        "a quote that is opened here and never closed",
    ),
    (
        "cannot start any token",
        "a text that starts with a special character: put it in quotes",
    ),
    (
        "did not find expected key",
        "wrong indentation, or a text after a closing quote",
    ),
    (
        "did not find expected '-' indicator",
        "wrong indentation in a list",
    ),
    (
        "did not find expected ',' or ']'",
        "a list in [ ] that is not closed, or that lacks a comma",
    ),
    (
        "did not find expected ',' or '}'",
        "a mapping in { } that is not closed, or that lacks a comma",
    ),
    (
        "block sequence entries are not allowed",
        "'- ' where no list can start: start it on its own line",
    ),
    ("expected alphabetic or numeric character", "a text that starts with * or &: put it in quotes"),
)


class Place(NamedTuple):
    """Where something stands in a file; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """One YAML text as plain data (dict, list, str, None), with the place of every value and every key."""

    path: str
    data: dict[str, Any]
    values: Mapping[Loc, Place]
    keys: Mapping[Loc, Place]

    def place(self, loc: Loc, *, key: bool = False) -> Place:
        """The place of a value (or of its key); of its nearest holder where it is not in the file itself."""
        if key and loc in self.keys:
            return self.keys[loc]
        while loc not in self.values:
            loc = loc[:-1]
        return self.values[loc]

    def part(self, key: str) -> Document:
        """The mapping at a key as a document of its own; empty where there is none."""
        data = self.data.get(key)
        below = {loc[1:]: place for loc, place in self.values.items() if loc[:1] == (key,)}
        keys = {loc[1:]: place for loc, place in self.keys.items() if loc[:1] == (key,) and len(loc) > 1}
        return Document(self.path, data if isinstance(data, dict) else {}, below or {(): Place(1, 1)}, keys)

    def problem(self, message: str, rule: str, loc: Loc = (), *, key: bool = False, warning: bool = False) -> Problem:
        """A fault at the value (or the key) that `loc` names."""
        return Problem(self.path, *self.place(loc, key=key), message, rule, warning)


@dataclass(frozen=True)
class Section:
    """One `## heading` of a Markdown body and the text below it, with the lines on which both start."""

    heading: str
    line: int
    markdown: str
    heading_line: int

    @property
    def items(self) -> tuple[str, ...]:
        """The entries of the section's list, without their markers."""
        return tuple(text for _, text in self.numbered_items)

    @property
    def numbered_items(self) -> tuple[tuple[int, str], ...]:
        """The entries of the section's list, each with its line in the file."""
        items: list[tuple[int, str]] = []
        for number, line in enumerate(self.markdown.splitlines(), self.line):
            if match := _ITEM.match(line):
                items.append((number, line[match.end() :].strip()))
            elif items and line.strip():
                items[-1] = (items[-1][0], f"{items[-1][1]} {line.strip()}")
        return tuple(items)


_ITEM = re.compile(r"(?:[-*]|\d+\.) +")
_HEADING = re.compile(r"## +(.+?) *$")


def parse_yaml(text: str, path: str, first_line: int = 1) -> Document:
    """One YAML mapping with positions; all its faults at once, in plain words.

    `first_line` is the line of the file on which `text` starts. Raises ProblemsError.
    """
    reader = _Reader(text, path, first_line)
    problems = list(_invisible(text, path, first_line))
    if problems:
        raise ProblemsError(problems)
    data = reader.read()
    if not isinstance(data, dict) and not reader.problems:
        reader.fault(Place(first_line, 1), "must be a list of 'key: value' lines", "yaml")
    if reader.problems:
        raise ProblemsError(reader.problems)
    return Document(path, data, reader.values, reader.keys)


def _invisible(text: str, path: str, first_line: int) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), first_line):
        for column, character in enumerate(line, 1):
            what = _INVISIBLE.get(character) or (_CONTROL.match(character) and "a control character: retype it as plain text")
            if what:
                yield Problem(path, number, column, f"there is {what}", "yaml")


@dataclass
class _Reader:
    """Builds plain data from PyYAML's events, noting places and refusing what would change a value unseen."""

    text: str
    path: str
    first_line: int
    values: dict[Loc, Place] = field(default_factory=dict)
    keys: dict[Loc, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> Any:
        self.lines = self.text.split("\n")
        if self.text.count("[") + self.text.count("{") > MAX_BRACKETS:  # PyYAML takes their square in time
            self.fault(Place(self.first_line, 1), "lists or mappings are nested too deep", "yaml")
            return {}
        try:
            self.events = [
                event
                for event in yaml.parse(self.text, Loader=yaml.CSafeLoader)
                if not isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent))
            ]
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
            return {}
        except yaml.YAMLError as error:  # a control character: PyYAML gives it no line
            self.fault(Place(self.first_line, 1), f"is not YAML: {error}".split("\n")[0], "yaml")
            return {}
        starts = [event for event in self.events if isinstance(event, yaml.DocumentStartEvent)]
        if len(starts) > 1:
            self.fault(self._place(starts[1].start_mark), "there is a second '---': one file holds one mapping", "yaml")
            return {}
        if not starts:
            self.fault(Place(self.first_line, 1), "holds comments only", "file")
            return {}
        self.events = iter(self.events[1:])
        return self._node(next(self.events), ())

    def fault(self, place: Place, message: str, rule: str) -> None:
        self.problems.append(Problem(self.path, *place, message, rule))

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        said = f"{error.context or ''} {error.problem or ''}"
        # A quote that is never closed is found at the end of the file: point to where it was opened.
        opened = any(
            what in said for what in ("while scanning a quoted", "while scanning an alias", "while scanning an anchor")
        )
        mark = (error.context_mark if opened else error.problem_mark) or error.context_mark
        message = next((plain for jargon, plain in _PLAIN_WORDS if jargon in said), f"is not YAML: {error.problem}")
        self.fault(self._place(mark) if mark else Place(self.first_line, 1), message, "yaml")

    def _place(self, mark: yaml.Mark) -> Place:
        return Place(mark.line + self.first_line, mark.column + 1)

    def _node(self, event: yaml.Event, loc: Loc) -> Any:
        place = self.values[loc] = self._place(event.start_mark)
        if len(loc) > MAX_DEPTH:
            raise ProblemsError([Problem(self.path, *place, "lists or mappings are nested too deep", "yaml")])
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.fault(place, "a text that starts with & or *: put it in quotes (aliases are not used here)", "yaml")
        if getattr(event, "tag", None):
            self.fault(place, "a text that starts with !: put it in quotes (tags are not used here)", "yaml")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(loc)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(loc)
        return self._scalar(event, place) if isinstance(event, yaml.ScalarEvent) else None

    def _mapping(self, loc: Loc) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            place = self._place(event.start_mark)
            key = self._key(event, place)
            if key in data:
                first = self.keys[(*loc, key)].line
                said = f"the key '{key}'" if quoted(key) != "this" else "this key"
                self.fault(place, f"{said} stands here again (first in line {first}): keep one", "yaml")
            self.keys.setdefault((*loc, key), place)
            value = next(self.events)
            if value.start_mark.index == event.end_mark.index:  # `{note: Hold on, then rest}`: no colon, no value
                self.fault(place, "a text with a comma inside { }: put it in quotes", "yaml")
                continue
            data[key] = self._node(value, (*loc, key))
        return data

    def _key(self, event: yaml.Event, place: Place) -> str:
        if isinstance(event, yaml.ScalarEvent) and not event.anchor and not event.tag:
            return event.value
        self.fault(place, "a key must be a plain word", "yaml")
        self._node(event, ("?", place.line, place.column))
        return f"?{place.line}:{place.column}"

    def _sequence(self, loc: Loc) -> list[Any]:
        data: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            data.append(self._node(event, (*loc, len(data))))
        return data

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> str | None:
        if event.style in ("'", '"'):
            return event.value
        if event.style in ("|", ">"):
            return event.value.strip()
        self._refuse_swallowed_text(event, place)
        return None if event.value in ("", "~") else event.value

    def _refuse_swallowed_text(self, event: yaml.ScalarEvent, place: Place) -> None:
        """`note: use #3 band` would silently become 'use': a comment needs two spaces before # and one after."""
        end = event.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        swallowed = re.match(r"(\s*)#(.?)", rest)
        if not swallowed:
            return
        before = re.search(r" *$", self.lines[end.line][: end.column])
        spaces = len(swallowed[1]) + (len(before[0]) if before else 0)
        if spaces < 2 or swallowed[2] not in ("", " "):
            message = "the text ends at ' #': put it in quotes; for a comment, two spaces before # and one after"
            self.fault(Place(end.line + self.first_line, end.column + len(swallowed[1]) + 1), message, "yaml")


def split_front_matter(text: str, path: str) -> tuple[str, tuple[Section, ...]]:
    """A Markdown file as the text of its front matter, which starts in line 2, and its `##` sections.

    Raises ProblemsError.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise ProblemsError([Problem(path, 1, 1, "must start with a line '---' and its front matter", "front-matter")])
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        message = "the front matter is never closed: end it with a line '---'"
        raise ProblemsError([Problem(path, 1, 1, message, "front-matter")])
    if problems := list(_invisible("\n".join(lines[end + 1 :]), path, end + 2)):
        raise ProblemsError(problems)
    return "\n".join(lines[1:end]), _sections(lines[end + 1 :], path, end + 2)


def _sections(lines: list[str], path: str, first_line: int) -> tuple[Section, ...]:
    found: list[tuple[str, int, list[str]]] = []
    for number, line in enumerate(lines, first_line):
        if match := _HEADING.match(line):
            found.append((match[1], number + 1, []))
        elif found:
            found[-1][2].append(line)
        elif line.strip():
            raise ProblemsError([Problem(path, number, 1, "there is text before the first '## ' heading", "heading")])
    return tuple(_section(heading, line, text) for heading, line, text in found)


def _section(heading: str, line: int, lines: list[str]) -> Section:
    blank = next((count for count, text in enumerate(lines) if text.strip()), len(lines))
    return Section(heading, line + blank, "\n".join(lines[blank:]).rstrip(), line - 1)
