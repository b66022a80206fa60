"""Files a user wrote, as bytes and as text; whatever keeps them from being that is reported as a problem."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from handouts.errors import Problem, ProblemsError

MAX_BYTES = 1_000_000  # a content or patient file is a few kilobytes; more is a mistake, not content
_HIDDEN = {
    "\t": "a tab: use spaces",
    "\u00a0": "a non-breaking space: retype it as a plain space",
    "\u2007": "a figure space: retype it as a plain space",
    "\u202f": "a narrow non-breaking space: retype it as a plain space",
    "\u200b": "a zero-width space: delete it",
    "\x85": "a line separator: start a new line instead",
    "\u2028": "a line separator: start a new line instead",
    "\u2029": "a line separator: start a new line instead",
    "\ufeff": "a byte order mark in mid-file: delete it",
    "\u2060": "an invisible mark that forbids a new line: delete it",
    **dict.fromkeys(
        "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        "an invisible mark of writing direction: delete it",
    ),
}
_NO_PLAIN_TEXT = {  # how a file starts -> what it is
    codecs.BOM_UTF16_LE: "is UTF-16 text: save it as UTF-8 in your editor",
    codecs.BOM_UTF16_BE: "is UTF-16 text: save it as UTF-8 in your editor",
    b"{\\rtf": "is rich text (RTF): save it as plain text",
    b"PK\x03\x04": "is a document of an office program, or a ZIP file: save it as plain text",
}
_CONTROL = "a control character: retype it as plain text"
_HIDDEN_OR_CONTROL = re.compile(rf"[{''.join(_HIDDEN)}\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]")  # all but the line feed


def read_text(path: Path, shown_path: str) -> str:
    """Return the text of a file that a user wrote, with plain line ends; raises ProblemsError where it is not text.

    `shown_path` is the path as problems show it.
    """
    data = read_bytes(path, shown_path, MAX_BYTES)
    kinds = [kind for start, kind in _NO_PLAIN_TEXT.items() if data.startswith(start)]
    if kinds or b"\0" in data:
        raise _file_fault(shown_path, kinds[0] if kinds else "is a binary file, not a text file")
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"is not UTF-8 text (byte 0x{error.object[error.start]:02x}): save it as UTF-8 in your editor"
        raise ProblemsError([Problem(shown_path, line, column, message, "file")]) from None
    if not text.strip():
        raise _file_fault(shown_path, "is empty")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def hidden_characters(text: str, path: str, first_line: int) -> list[Problem]:
    """Return a fault for each character that an author cannot see; `first_line` is the line on which `text` starts."""
    if not _HIDDEN_OR_CONTROL.search(text):
        return []
    return [
        Problem(path, number, match.start() + 1, f"there is {_HIDDEN.get(match[0], _CONTROL)}", "yaml")
        for number, line in enumerate(text.split("\n"), first_line)
        for match in _HIDDEN_OR_CONTROL.finditer(line)
    ]


def is_folder(path: Path) -> bool:
    """Return True if path is a readable directory; `Path.is_dir` raises where the folder above is closed to us."""
    try:
        return path.is_dir()
    except OSError:
        return False


def no_folder(path: Path, what: str) -> str | None:
    """Return why a path that must be a folder of `what` is none; None where it is one."""
    try:
        path.stat()
    except FileNotFoundError:
        pass
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return None if is_folder(path) else f"is not a folder of {what}"


def is_file(path: Path) -> bool:
    """Return True if path is a file in a folder that we may read."""
    try:
        return path.is_file()
    except OSError:
        return False


def read_bytes(path: Path, shown_path: str, limit: int) -> bytes:
    """Return the bytes of a file; raises ProblemsError where it is empty, larger than `limit` bytes, or cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
            size = len(data) if len(data) <= limit else max(len(data), path.stat().st_size)
    except OSError as error:
        raise _file_fault(shown_path, f"cannot be read: {error.strerror or error}") from None
    if size > limit:
        raise _file_fault(shown_path, f"is too large ({size:,} bytes; at most {limit:,} are read)")
    if not data:
        raise _file_fault(shown_path, "is empty")
    return data


def _file_fault(shown_path: str, message: str) -> ProblemsError:
    return ProblemsError([Problem(shown_path, 1, 1, message, "file")])
