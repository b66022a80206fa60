"""The words of a limit in one plain form: small letters, numbers as digits, dates as one token, cut into clauses."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_SIGNS = {
    "’": "'", "‘": "'", "′": "'", "´": "'",
    "–": "-", "—": "-", "−": "-", "‑": "-", "×": "x", "≤": "<", "≥": ">", "&": " and ",
    "½": " 1/2", "¼": " 1/4", "¾": " 3/4", "\u00a0": " ",
}  # fmt: skip
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fortyfive": 45, "sixty": 60, "ninety": 90,
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_HOUR = r"(?:h|hrs?|hours?)"

# What clinicians write short -> how the grammar spells it. The order counts.
_SPELT_OUT = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\b24 ?/ ?7\b|\b24 ?h(?:ours?|rs?)?(?: a day)?\b", "at all times"),
        (r"\bb ?/ ?l ?/ ?t\b", "blt"),
        (r"\bc/i\b|\bcontra-indicated\b", "contraindicated"),
        (r"\bforty[- ]five\b", "fortyfive"),
        (r"(\d+) ?/ ?52\b", r"\1 weeks"),
        (r"(?<![\d/])([1-9]|1[0-2]) ?/ ?12\b(?!/)", r"\1 months"),
        (r"(?<![\d/])(\d+) ?/ ?7\b(?!/)", r"\1 days"),
        (r"\b(?:a fortnight|fortnight)\b", "2 weeks"),
        (r"\ba week\b(?=$| post| after)", "1 week"),
        (r"\b(?:a )?3 quarters of an hour\b|(?<![\d.,] )\b3/4 (?:of an )?" + _HOUR + r"\b", "45 min"),
        (r"\b(?:a )?quarter (?:of an )?hour\b|(?<![\d.,] )\b1/4 (?:of an )?" + _HOUR + r"\b", "15 min"),
        (r"\b(?:an|1) hour and a half\b", "90 min"),
        (r"\b(?:a )?half[- ](?:an? )?hour\b", "30 min"),
        (r"\ban hour\b(?! (?:after|before))", "1 hour"),
        (r"\bhalf a (?:kilo|kg|kilogram)\b", "0.5 kg"),
        (r"(?<=\d)\s*-\s*(?=\d)", "-"),
        (r"(?<=\d)( ?(?:kgs?|kilos?|lbs?|pounds?|mins?|minutes?|h|hrs?|hours?))\s*-\s*(?=\d)", r"\1 to "),
        (r"\s*/\s*(?:day|d)\b", " a day"),
        (r"\s*/\s*(session|hand|week)\b", r" a \1"),
        (r"(?<=[a-z])(?<!\bc)(?<!\bl)\s*/\s*(?=[a-z0-9])", " or "),
    )
)
_CLAUSES = re.compile(
    r"[;:!()\[\]]+|(?=\?)|(?<!\d)(?<!max)(?<!approx)[.,]|(?<=\d)[.,](?!\d)|\s-+\s|\s-+$"
    r"|\b(?:but|however)\b|\s(?=(?:and )?then\b)(?<!until )(?<!till )"
)
_FILLER = re.compile(
    r"\b(?:please|strictly|absolutely|definitely|currently|yet|for now|now|at all(?! times)|at present|for the moment"
    r"|at the moment|for the time being|your|the|their|his|her|any|all(?! times))\b"
)


class Clause(NamedTuple):
    """One part of a limit's words; `later` where it comes after a "then"."""

    text: str
    later: bool


def clauses(text: str) -> tuple[tuple[Clause, ...], tuple[date | None, ...]]:
    """Return the clauses of a text, and the dates that stand in them as `@0`, `@1` ...; None for a date of no calendar."""
    plain = text.lower()
    for sign, written in _SIGNS.items():
        plain = plain.replace(sign, written)
    plain, dates = _with_dates_named(plain)
    plain = re.sub(r"\b(?:fortyfive|" + "|".join(_NUMBERS) + r")\b", lambda word: str(_NUMBERS[word[0]]), plain)
    for pattern, written in _SPELT_OUT:
        plain = pattern.sub(written, plain)
    plain = _hours_with_minutes(plain)
    parts = (part for part in _CLAUSES.split(plain) if part is not None)
    return tuple(clause for part in parts if (clause := _clause(part)).text or clause.later), dates


def _clause(part: str) -> Clause:
    text = " ".join(_FILLER.sub(" ", part).split()).strip("-., ")
    rest = re.sub(r"^(?:and )?then\b", "", text)
    return Clause(rest.strip(), rest != text)


def _hours_with_minutes(text: str) -> str:
    """Return a text with "1 h 30 min" and "1h30" as minutes."""
    pattern = rf"\b(\d+) ?{_HOUR} ?(?:and )?(\d+)(?: ?(?:min|mins|minutes))?\b(?! ?(?:to|-|x)\b)"
    return re.sub(pattern, lambda found: f"{int(found[1]) * 60 + int(found[2])} min", text)


# The groups are in the order that the function of the same line takes.
_DATES = (
    (re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b"), lambda year, month, day: _day(year, month, day)),
    (re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4}|\d\d)\b"), lambda day, month, year: _day(year, month, day)),
    (re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d\d)\b"), lambda one, two, year: _later_day(year, one, two)),
    (
        re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH},? (\d{{4}})\b"),
        lambda day, name, year: _day(year, name, day),
    ),
    (re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b"), lambda name, day, year: _day(year, name, day)),
)


def _with_dates_named(text: str) -> tuple[str, tuple[date | None, ...]]:
    found: list[date | None] = []
    for pattern, read in _DATES:
        while match := pattern.search(text):
            text = f"{text[: match.start()]}@{len(found)}{text[match.end() :]}"
            found.append(read(*match.groups()))
    return text, tuple(found)


def _day(year: str, month: str, day: str) -> date | None:
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
    try:
        return date(2000 + int(year) % 100, number, int(day))
    except ValueError:
        return None


def _later_day(year: str, one: str, two: str) -> date | None:
    """Return a date in which British and American habits differ; where both are possible, the later day."""
    return max((day for day in (_day(year, one, two), _day(year, two, one)) if day), default=None)
