"""A review is of one edition of a page: when the page changes, it no longer counts."""

from __future__ import annotations

import hashlib
import re
from typing import Any

# Left out of an edition: the keys of the review, and the pictures, which change for other reasons and are checked by eye.
_NOT_REVIEWED = re.compile(r"^(?:reviewed|reviewer|of):.*\n|^figure:.*\n(?:[ \t].*\n|\n(?=[ \t]))*", re.MULTILINE)


def edition(text: str) -> str:
    """Return eight hex digits made from the text of a content file without its review and its pictures."""
    front, mark, body = text.partition("\n---\n")
    return hashlib.sha256((_NOT_REVIEWED.sub("", front + "\n") + mark + body).encode()).hexdigest()[:8]


def reviewed(values: dict[str, Any], text: str) -> dict[str, Any]:
    """Return the values of a content file with its edition; the reviewer is None where they saw another edition."""
    current = edition(text)
    return {**values, "edition": current, "reviewer": values["reviewer"] if values["of"] == current else None}
