"""A Python mapping, as JSON, YAML or a program gives it, as the document that a file with the same content would give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from handouts.errors import Problem, ProblemsError, quoted
from handouts.fields import BareNumber
from handouts.files.document import Document, Loc

MAX_DEPTH = 12  # as in YAML files; a list that holds itself would never end
MAX_NUMBER = 10**15  # no field takes so much; Python refuses to write out numbers of some thousand digits


@dataclass(frozen=True)
class DataDocument(Document):
    """Data that comes from no file: a fault names its path inside the data, such as `exercises[0].reps`."""

    @classmethod
    def from_dict(cls, data: object) -> DataDocument:
        """Return a mapping as a document whose scalars are text, as in a file; raises ProblemsError with every fault."""
        if not isinstance(data, Mapping):
            raise ProblemsError([_problem((), "must be a mapping of keys to values")])
        problems: list[Problem] = []
        plain = _plain(data, (), problems)
        if problems:
            raise ProblemsError(problems)
        return cls("", plain, {(): (0, 0)}, {})

    def problem(self, message: str, rule: str, loc: Loc = (), *, key: bool = False, warning: bool = False) -> Problem:
        """Return a fault at the value that `loc` names; the path takes the place of the key before the message."""
        for step in loc:
            message = message.removeprefix(f"{step}: ")
        return Problem(data_path(loc), 0, 0, message, rule, warning)


def data_path(loc: Loc) -> str:
    """Return the way to a value as `exercises[0].reps`; a key that may be a patient's own words is written as `?`."""
    path = ""
    for step in loc:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            path += ("." if path else "") + (step if quoted(step) != "this" else "?")
    return path or "the data"


def _problem(loc: Loc, message: str) -> Problem:
    return Problem(data_path(loc), 0, 0, message, "value")


def _plain(value: Any, loc: Loc, problems: list[Problem]) -> Any:
    """Return a value as dict, list, text or None, a copy of what was given; its faults join `problems`."""
    if len(loc) > MAX_DEPTH:
        problems.append(_problem(loc, "lists or mappings are nested too deep"))
        return None
    match value:
        case None:
            return None
        case Mapping():
            return _plain_mapping(value, loc, problems)
        case list() | tuple():
            return [_plain(inner, (*loc, number), problems) for number, inner in enumerate(value)]
    try:
        return _text(value)
    except ValueError as error:
        problems.append(_problem(loc, str(error)))
        return None


def _plain_mapping(value: Mapping[Any, Any], loc: Loc, problems: list[Problem]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, inner in value.items():
        if not isinstance(key, str):
            problems.append(_problem(loc, f"a key must be text, not {_kind(key)}"))
        else:
            plain[str.__str__(key)] = _plain(inner, (*loc, str.__str__(key)), problems)
    return plain


def _text(value: Any) -> str:
    """Return a scalar as the text that a file would hold; raises ValueError with what is wrong with it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            text = str.__str__(value)  # the plain text also of an enumeration's member
            if any("\ud800" <= character <= "\udfff" for character in text):
                raise ValueError("holds half a character (a lone surrogate): retype it as plain text")
            return text
        case int() | float() if not abs(value) <= MAX_NUMBER:  # true of NaN too
            raise ValueError("must be a finite number of a usual size")
        case int():
            return BareNumber(int(value))
        case float():
            return BareNumber(int(value) if value.is_integer() else float(value))
        case datetime():
            raise ValueError("must be a date without a time of day, such as datetime.date(2026, 11, 20) or '2026-11-20'")
        case date():
            return value.isoformat()
    raise ValueError(f"must be text, a number, yes or no, a date, a list or a mapping, not {_kind(value)}")


def _kind(value: object) -> str:
    return f"a value of the type '{type(value).__name__[:40]}'" if value is not None else "None"
