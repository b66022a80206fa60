"""What can be wrong in a user's files or data, and the messages that say so."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One fault that a user can mend; its text is one line, in the form that editors turn into a link.

    `path` is the file as the user named it; `line` and `column` count from 1 (in a table: row and column). Of data that
    comes from no file, `path` leads to the value (`exercises[0].reps`), and `line` and `column` are 0.
    `message` never holds a patient's own words.
    """

    path: str
    line: int
    column: int
    message: str
    rule: str
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.message} [{self.rule}]"


class HandoutsError(Exception):
    """Something that the user can mend; `cli` prints it without a traceback and exits with 1."""


class LooksError(HandoutsError):
    """A template or style by which a sheet does not look as it must."""


class HiddenTextError(LooksError):
    """A template or style that loses or hides what every sheet must show."""


class ProblemsError(HandoutsError):
    """Every fault found in one run, in the order of their files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def display_path(path: Path) -> str:
    """Return a path as a user reads it: relative to where the command runs, if it is below."""
    if path.is_absolute():
        with suppress(ValueError):
            path = path.relative_to(Path.cwd())
    return str(path).encode("utf-8", "backslashreplace").decode()  # a file name may hold bytes that no terminal can print


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that a mistyped word most likely means; None where no name is similar."""
    lowered = {name.lower(): name for name in known}
    matches = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=0.6)
    return lowered[matches[0]] if matches else None


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """Return the message for a word that is not in a closed list, with the nearest right one and all that are allowed."""
    names = sorted(known)
    near = nearest(word, names)
    hint = f" Did you mean '{near}'?" if near else ""
    subject = f"'{word}'" if near and word.isprintable() else quoted(word)  # a line break would tear the message apart
    return f"{subject} is not a known {what}.{hint} Allowed: {', '.join(names) or 'none'}."


def quoted(word: str) -> str:
    """Return a user's word in quotes; "this" where it does not look like a key or a slug and may be a patient's own."""
    return f"'{word}'" if _HARMLESS.fullmatch(word) else "this"


_HARMLESS = re.compile(r"[A-Za-z]|[a-z0-9]+(?:[./_-][a-z0-9]+)*")
