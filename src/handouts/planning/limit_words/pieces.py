"""What one clause of a limit can say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Closing = str  # what a no closes: all that the limit of this key is about, or one move of the spine
Dates = tuple[date | None, ...]


class Weeks(NamedTuple):
    """An end in whole weeks after surgery; `lasting` where the words only say how long ("for 6 weeks")."""

    number: int
    lasting: bool = False


End = date | Weeks | None  # None: no end that can be told


@dataclass(frozen=True)
class Piece:
    """What one clause says; `number` in kilograms or minutes, `when` tells "until week 6" from "from week 6"."""

    kind: Literal["no", "amount", "time", "free", "named", "soft", "unknown"]
    closes: frozenset[Closing] = frozenset()
    number: float = 0
    a_day: bool = False
    end: End = None
    when: Literal["until", "from"] = "until"
    later: bool = False


def splits(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text cut in two at each space, the longest first part first."""
    words = text.split()
    yield from ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(len(words), -1, -1))
