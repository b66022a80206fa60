"""What the words of a limit mean to the rules: a no, an amount, a yes, or nothing that they understand.

In doubt the meaning is `UNCLEAR`, or closes more than was said; never less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from handouts.errors import nearest
from handouts.planning.limit_words.amounts import UNITS
from handouts.planning.limit_words.grammar import piece_of
from handouts.planning.limit_words.pieces import Closing, End, Piece, Weeks
from handouts.planning.limit_words.text import clauses

ACTED_ON = ("lift", "sit", "bend", "neck-movement", "front-lying", "walk", "twist")  # other limits are words only
_MOVES = frozenset({"flexion", "extension", "side-bend", "rotation", "twist"})
_FAMILY = {"bend": _MOVES | {"bend"}, "twist": _MOVES, "neck-movement": _MOVES | {"neck-movement"}}


@dataclass(frozen=True)
class No:
    """Not allowed: the limits of these keys, or moves of the spine; for ever, or until its end."""

    closes: frozenset[Closing]
    end: End = None


@dataclass(frozen=True)
class Amount:
    """At most so many kilograms (`lift`) or minutes (`sit`, `walk`), at a time or in a whole day; and what else is closed."""

    most: float
    a_day: bool = False
    closes: frozenset[Closing] = frozenset()


@dataclass(frozen=True)
class Words:
    """Words that close nothing: a yes, words that no rule understands, that can mean two things, a number without a unit."""

    kind: Literal["free", "unclear", "ambiguous", "unitless"]


Reading = No | Amount | Words
FREE, UNCLEAR, AMBIGUOUS, UNITLESS = Words("free"), Words("unclear"), Words("ambiguous"), Words("unitless")

_AMBIGUOUS = frozenset({"none", "nil", "n", "y", "n/a", "na", "-", "x", "?"})
_ONLY_NUMBER = re.compile(r"\d+(?:[.,:]\d+)?(?:\s*(?:to|-|–)\s*\d+(?:[.,]\d+)?)?\s*([a-z]*)\.?", re.IGNORECASE)
_UNIT_NAMES = {"lift": ("kg", "lb", "pound", "kilo"), "sit": ("min", "minutes", "hour"), "walk": ("min", "minutes", "hour")}


@lru_cache(maxsize=1024)
def read(key: str, text: str) -> Reading:
    """Return what the words of a limit mean; `key` is one of ACTED_ON."""
    if text.lower().strip(" .!") in _AMBIGUOUS or text in _AMBIGUOUS:
        return AMBIGUOUS
    parts, dates = clauses(text)
    reading = _joined(key, [piece_of(part, key, dates) for part in parts])
    return UNITLESS if reading is UNCLEAR and _lacks_unit(key, text) else reading


def _lacks_unit(key: str, text: str) -> bool:
    """Return True for a text that is a number and perhaps a mistyped unit: it was meant as an amount."""
    match = _ONLY_NUMBER.fullmatch(text.strip())
    if not match or key not in UNITS:
        return False
    unit = match[1].lower()
    return not unit or (unit not in _UNIT_NAMES[key] and nearest(unit, _UNIT_NAMES[key]) is not None)


def _joined(key: str, pieces: Sequence[Piece]) -> Reading:
    """Return what the clauses say together; the strictest of them wins."""
    if any(piece.kind == "no" for piece in pieces):
        return _closed(key, pieces)
    if any(piece.kind == "time" and piece.when == "from" for piece in pieces):
        return _closed(key, [Piece("no", frozenset({key})), *pieces])  # "from week 6: 5 kg" is nothing before week 6
    unsure = any(piece.kind == "unknown" and not piece.later for piece in pieces)
    elsewhere = any(piece.kind == "named" and piece.closes != {key} for piece in pieces)
    if amounts := _of(pieces, "amount"):
        return UNCLEAR if unsure or elsewhere else _least(amounts)
    if _of(pieces, "time"):
        before = any(piece.kind in ("free", "soft", "unknown") and not piece.later for piece in pieces)
        return UNCLEAR if before else _closed(key, [Piece("no"), *pieces])
    only_yes = _of(pieces, "free") and all(piece.kind in ("free", "named") for piece in pieces)
    return FREE if only_yes and not elsewhere else UNCLEAR


def _of(pieces: Iterable[Piece], kind: str) -> list[Piece]:
    return [piece for piece in pieces if piece.kind == kind]


def _least(amounts: Sequence[Piece], closes: frozenset[Closing] = frozenset()) -> Amount:
    return Amount(min(piece.number for piece in amounts), any(piece.a_day for piece in amounts), closes)


def _closed(key: str, pieces: Sequence[Piece]) -> Reading:
    """Return the no of a text that holds one; words beside it that are not understood close the whole limit."""
    refusals, named, amounts = _of(pieces, "no"), _of(pieces, "named"), _of(pieces, "amount")
    closes: frozenset[Closing] = frozenset().union(*(piece.closes for piece in (*refusals, *named, *_of(pieces, "unknown"))))
    all_of_it = any(not piece.closes for piece in refusals) and not named
    understood = not any(piece.kind == "unknown" or (piece.kind == "soft" and piece.later) for piece in pieces)
    if amounts and understood and closes and not all_of_it and key not in closes:
        return _least(amounts, closes)
    if all_of_it or amounts or not understood or not closes & _FAMILY.get(key, {key}):
        closes |= {key}
    return No(closes, _end(refusals, _of(pieces, "time")) if understood and not amounts else None)


def _end(refusals: Sequence[Piece], times: Sequence[Piece]) -> End:
    """Return the one end that a no and the times beside it have; None where there is none, or more than one."""
    ends = {piece.end for piece in (*refusals, *times) if piece.end or piece.kind == "time"}
    return ends.pop() if len(ends) == 1 else None


def is_over(reading: Reading, week: int | None, day: date | None) -> bool:
    """Return True for a no whose end has passed, in this week after surgery or on this day.

    One that only says how long ("for 6 weeks") is never over: it may be counted from the day on which it was said.
    """
    match reading:
        case No(end=Weeks() as end):
            return not end.lasting and week is not None and week >= end.number
        case No(end=date() as end):
            return day is not None and day > end
    return False


_NAMES = {
    "bend": "bending", "twist": "twisting", "lift": "lifting", "neck-movement": "neck movement", "front-lying": "front lying",
    "sit": "sitting", "walk": "walking", "side-bend": "side bending",
}  # fmt: skip
_AS_READ = {
    "free": "no limit", "unclear": "words that no rule understands", "ambiguous": "words that can mean two things",
    "unitless": "a number without a unit",
}  # fmt: skip


def shown(key: str, reading: Reading) -> str:
    """Return a reading as a therapist would write it, such as "no until week 6" or "at most 5 kg"."""
    match reading:
        case No(closes, end):
            return _no_to(closes - {key}, key in closes) + _until(end)
        case Amount(most, a_day, closes):
            unit = "kg" if key == "lift" else "min"
            beside = f", {_no_to(closes, False)}" if closes else ""
            return f"at most {round(most, 1):g} {unit}{' a day' if a_day else ''}{beside}"
        case Words(kind):
            return _AS_READ[kind]


def _no_to(moves: frozenset[Closing], whole: bool) -> str:
    names = sorted(_NAMES.get(move, move) for move in moves)
    return ", nor ".join(["no", *names]) if whole else "no " + " or ".join(names)


def _until(end: End) -> str:
    match end:
        case Weeks(number, lasting):
            return f" for {number} weeks" if lasting else f" until week {number}"
        case date():
            return f" until {end.isoformat()}"
    return ""
