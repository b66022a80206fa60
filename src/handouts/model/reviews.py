"""A review stands for the words that were reviewed: it ends when the page changes."""

from __future__ import annotations

import hashlib
import re
from typing import Any

# The review itself, and the pictures, which are drawn again for many reasons and are looked at on their own.
_ASIDE = re.compile(r"^(?:reviewed|reviewer|of):.*\n|^figure:.*\n(?:[ \t].*\n|\n(?=[ \t]))*", re.MULTILINE)


def edition(text: str) -> str:
    """Eight hex digits that stand for all that a content file says, without its review and its pictures."""
    front, mark, body = text.partition("\n---\n")
    return hashlib.sha256((_ASIDE.sub("", front + "\n") + mark + body).encode()).hexdigest()[:8]


def reviewed(values: dict[str, Any], text: str) -> dict[str, Any]:
    """The values of a content file with its edition; a reviewer of other words than these is no reviewer of it."""
    now = edition(text)
    return {**values, "edition": now, "reviewer": values["reviewer"] if values["of"] == now else None}
