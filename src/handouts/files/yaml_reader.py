"""YAML read with positions: every value knows its line and column.

All scalars stay text (YAML's failsafe schema): `no`, `1:30` and `010` arrive as written, and the model says what they
must look like. `~` and an empty value are None. Everything in YAML that silently changes a value is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from handouts.errors import Problem, ProblemsError, quoted
from handouts.files.document import Document, Loc, Place
from handouts.files.text import hidden_characters

MAX_BRACKETS = 5_000  # ten times what our longest file has
MAX_DEPTH = 12  # no field is nested deeper than a figure's joints; more would only exhaust the stack

_PLAIN_WORDS = (  # the jargon of libyaml and of PyYAML without it -> what the author has to do
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
        "expected <block end>",
        "wrong indentation, or a text after a closing quote",
    ),
    (
        "did not find expected '-' indicator",
        "wrong indentation in a list",
    ),
    (
        "expected ',' or ']'",
        "a list in [ ] that is not closed, or that lacks a comma",
    ),
    (
        "expected ',' or '}'",
        "a mapping in { } that is not closed, or that lacks a comma",
    ),
    (
        "block sequence entries are not allowed",
        "'- ' where no list can start: start it on its own line",
    ),
    ("expected alphabetic or numeric character", "a text that starts with * or &: put it in quotes"),
)
_OPENED = ("while scanning a quoted", "while scanning an alias", "while scanning an anchor")
_COMMENT = re.compile(r"\s*(?P<mark>#)(?P<next>.?)")
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


def parse_yaml(text: str, path: str, first_line: int = 1) -> Document:
    """Return one YAML mapping with positions.

    `first_line` is the line of the file on which `text` starts. Raises ProblemsError with all faults, in plain words.
    """
    if problems := hidden_characters(text, path, first_line):
        raise ProblemsError(problems)
    reader = _Reader(text, path, first_line)
    data = reader.read()
    if not isinstance(data, dict) and not reader.problems:
        reader.fault(Place(first_line, 1), "must be a list of 'key: value' lines", "yaml")
    if reader.problems:
        raise ProblemsError(reader.problems)
    return Document(path, data, reader.values, reader.keys)


@dataclass
class _Reader:
    """Builds plain data from PyYAML's events, notes every place, and refuses what would silently change a value."""

    text: str
    path: str
    first_line: int
    values: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _events: Iterator[yaml.Event] = field(default_factory=lambda: iter(()))

    def read(self) -> Any:
        """Return the data of the whole text; `problems` then holds its faults, or only that of its syntax."""
        self._lines = self.text.split("\n")
        if self.text.count("[") + self.text.count("{") > MAX_BRACKETS:  # PyYAML takes their square in time
            self.fault(self._start, "lists or mappings are nested too deep", "yaml")
            return {}
        try:
            self._events = iter(_LOADER(self.text).get_event, None)
            return self._document()
        except yaml.MarkedYAMLError as error:
            self.problems = [self._syntax_fault(error)]
        except yaml.YAMLError as error:  # a control character: PyYAML gives it no line
            self.problems = [self._fault(self._start, f"is not YAML: {error}".split("\n")[0], "yaml")]
        return {}

    def _document(self) -> Any:
        next(self._events)  # the start of the stream
        if not isinstance(next(self._events), yaml.DocumentStartEvent):
            self.fault(self._start, "holds comments only", "file")
            return {}
        data = self._node(next(self._events), ())
        self._read_to_end()
        return data

    def _read_to_end(self) -> None:
        """Let PyYAML find the faults of syntax in the rest of the text; raise ProblemsError for a second document."""
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                message = "there is a second '---': one file holds one mapping"
                raise ProblemsError([self._fault(self._place(event), message, "yaml")])

    def fault(self, place: tuple[int, int], message: str, rule: str) -> None:
        """Note a fault at a place."""
        self.problems.append(self._fault(place, message, rule))

    def _fault(self, place: tuple[int, int], message: str, rule: str) -> Problem:
        return Problem(self.path, *place, message, rule)

    @property
    def _start(self) -> Place:
        return Place(self.first_line, 1)

    def _place(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        assert mark is not None  # a parser marks all its events
        return mark.line + self.first_line, mark.column + 1

    def _syntax_fault(self, error: yaml.MarkedYAMLError) -> Problem:
        jargon = f"{error.context or ''} {error.problem or ''}"
        # A quote that is never closed is noticed at the end of the file: point to where it was opened.
        opened = any(start in jargon for start in _OPENED)
        mark = (error.context_mark if opened else error.problem_mark) or error.context_mark
        place = Place(mark.line + self.first_line, mark.column + 1) if mark else self._start
        message = next((plain for words, plain in _PLAIN_WORDS if words in jargon), f"is not YAML: {error.problem}")
        return self._fault(place, message, "yaml")

    def _node(self, event: yaml.Event, loc: Loc) -> Any:
        place = self.values[loc] = self._place(event)
        if len(loc) > MAX_DEPTH:
            self._read_to_end()  # a fault of syntax may be why it is so deep
            raise ProblemsError([self._fault(place, "lists or mappings are nested too deep", "yaml")])
        if isinstance(event, yaml.ScalarEvent):
            if event.anchor or event.tag:
                self._refuse_properties(event, event.tag, place)
            return self._scalar(event)
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if event.anchor or event.tag:
                self._refuse_properties(event, event.tag, place)
            return self._mapping(loc) if isinstance(event, yaml.MappingStartEvent) else self._sequence(loc)
        assert isinstance(event, yaml.AliasEvent)
        self._refuse_properties(event, None, place)
        return None

    def _refuse_properties(self, event: yaml.NodeEvent, tag: str | None, place: tuple[int, int]) -> None:
        """Note a fault for an anchor, an alias or a tag."""
        if event.anchor:
            self.fault(place, "a text that starts with & or *: put it in quotes (aliases are not used here)", "yaml")
        if tag:
            self.fault(place, "a text that starts with !: put it in quotes (tags are not used here)", "yaml")

    def _mapping(self, loc: Loc) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            place = self._place(event)
            key = self._key(event, place)
            inner = (*loc, key)
            if key in data:
                first, _ = self.keys[inner]
                name = f"the key '{key}'" if quoted(key) != "this" else "this key"
                self.fault(place, f"{name} stands here again (first in line {first}): keep one", "yaml")
            self.keys.setdefault(inner, place)
            value = next(self._events)
            if _lacks_colon(event, value):
                self.fault(place, "a text with a comma inside { }: put it in quotes", "yaml")
                continue
            data[key] = self._node(value, inner)
        return data

    def _key(self, event: yaml.Event, place: tuple[int, int]) -> str:
        if isinstance(event, yaml.ScalarEvent) and not event.anchor and not event.tag:
            return event.value
        self.fault(place, "a key must be a plain word", "yaml")
        line, column = place
        self._node(event, ("?", line, column))
        return f"?{line}:{column}"

    def _sequence(self, loc: Loc) -> list[Any]:
        data: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            data.append(self._node(event, (*loc, len(data))))
        return data

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        if event.style in ("'", '"'):
            return event.value
        if event.style in ("|", ">"):
            return event.value.strip()
        self._refuse_swallowed_text(event)
        return None if event.value in ("", "~") else event.value

    def _refuse_swallowed_text(self, event: yaml.ScalarEvent) -> None:
        """Note a fault where YAML takes the rest of a text for a comment: `note: use #3 band` would become 'use'.

        A comment needs two spaces before # and one after.
        """
        end = event.end_mark
        assert end is not None
        line = self._lines[end.line] if end.line < len(self._lines) else ""
        if "#" not in line or not (match := _COMMENT.match(line, end.column)):
            return
        text_end = len(line[: end.column].rstrip(" "))
        spaces = match.start("mark") - text_end
        if spaces < 2 or match["next"] not in ("", " "):
            message = "the text ends at ' #': put it in quotes; for a comment, two spaces before # and one after"
            self.fault(Place(end.line + self.first_line, match.start("mark") + 1), message, "yaml")


def _lacks_colon(key: yaml.Event, value: yaml.Event) -> bool:
    """Return True where an empty value starts right at the end of its key, as in `{note: Hold on, then rest}`."""
    if not isinstance(value, yaml.ScalarEvent) or value.value:
        return False
    assert value.start_mark is not None
    assert key.end_mark is not None
    return value.start_mark.index == key.end_mark.index
