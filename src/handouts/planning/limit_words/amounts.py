"""The amounts of a limit: a weight for lifting, a time for sitting and walking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from handouts.planning.limit_words.pieces import Dates, Piece
from handouts.planning.limit_words.times import time_alone

_KILOGRAMS = {
    r"kgs?|kilo'?s?|kilogramm?s?": 1.0, r"lbs?|pounds?|#": 0.45359237, r"g|grams?": 0.001, r"stones?": 6.35029318,
}  # fmt: skip
_MINUTES = {r"mins?\b\.?|minutes?|'": 1.0, r"h|hrs?|hours?": 60.0, r"s|secs?|seconds?": 1 / 60}
UNITS: Mapping[str, Mapping[str, float]] = {"lift": _KILOGRAMS, "sit": _MINUTES, "walk": _MINUTES}

_NUMBER = r"(?:\d+ \d/\d|\d/\d|\d+(?:[.,]\d{1,2})?)"
_RANGE = rf"{_NUMBER}(?:(?:-| to | or | and ){_NUMBER})?"
_LESS = (
    r"(?:(?:up to|max(?:imum)?\.?(?: of)?|at most|(?:weight |lifting )?limit(?:ed)?(?: to| of)?"
    r"|under|below|(?:less|lighter|shorter) than|<=?"
    r"|within|about|approx(?:imately)?\.?|around|roughly|~|ca\.?|only|for|between|start(?:ing)?(?: with| at)?"
    r"|keep (?:to|under|below)|(?:get up|stand up|stand|move|walk|change position|change|breaks?|rest) every"
    r"|lift|lifting|carry|sit|sitting|walk|walking) ?)*"
)
_NO_MORE = (
    r"(?:(?:lift |lifting |sit |sitting |walk |walking )?(?:no|not|nothing|nil|never|do not|don't|avoid)(?: to)?"
    r"(?: (?:lift|lifting|carry|carrying|sit|sitting|walk|walking)| anything)*(?: for)? ?"
    r"(?:more than|over|above|(?:heavier|longer|greater|bigger) than|exceeding|exceed|in excess of|>=?) ?)"
)
_COUNT = r"(?P<bouts>\d+(?:-\d+)? ?(?:x|times) ?)?"
BOUTS = (
    r"x ?\d+(?:-\d+)?(?! ?(?:days?|weeks?|wks?|months?))(?: ?(?:a day|daily|per day))?"
    r"|(?:\d+(?:-\d+)? ?(?:x|times)|once|twice|several times)"
    r" ?(?:(?:a |per |each )?day|daily)?|(?:bd|bid|tds|tid|qds|qid)|every (?:\d+ )?hours?|hourly"
)
_A_DAY = r"(?:a|per|each|every) day|daily|in total|total|in all|altogether"
_HOW = (
    r"max(?:imum)?|only|at most|(?:lifting |weight )?(?:limit|restriction)|as (?:tolerated|able|comfortable)"
    r"|at a time|each time|at once|a session|per session|in 1 go"
    r"|(?:in |per )?(?:each|both) hands?|per hand|a hand|with both hands"
    r"|(?:on )?flat(?: only)?|on level(?: ground)?|indoors|outdoors|slowly"
    r"|with (?:a )?(?:stick|sticks|frame|crutches|walker|rollator|poles|support|lumbar roll|someone)"
    r"|(?:and )?(?:build|building|increase|increasing|progress|progressing)\b.*"
)


def amount(text: str, key: str, dates: Dates) -> Piece | None:
    """Return the lowest number of a text that is an amount and nothing else; a no where it holds only from a later time."""
    if key not in UNITS:
        return None
    unit = "(?:" + "|".join(UNITS[key]) + ")"
    quantity = rf"{_RANGE}[ -]?{unit}(?![a-z])"
    pattern = rf"(?:{_NO_MORE}|{_LESS}){_COUNT}(?P<all>{quantity}(?: (?:to|or|and) {quantity})*)"
    if not (match := re.match(pattern, text)):
        return None
    least = min(_quantities(match["all"], key))
    return _with_manner(Piece("amount", number=least), text[match.end() :].strip(), bool(match["bouts"]), key, dates)


def _with_manner(amount: Piece, tail: str, bouts: bool, key: str, dates: Dates) -> Piece | None:
    """Return the amount, if the words after it say how often, how or how long it holds."""
    while tail:
        if match := re.match(rf"(?:{BOUTS})(?= |$)", tail):
            bouts = True
        elif match := re.match(rf"(?:{_A_DAY})(?= |$)", tail):
            amount = replace(amount, a_day=not bouts and key != "lift")
        elif not (match := re.match(rf"(?:{_HOW})(?= |$)", tail)):
            time = time_alone(tail, key, dates)
            return time and (amount if time.when == "until" else Piece("no", frozenset({key})))
        tail = tail[match.end() :].strip()
    return amount


def _quantities(text: str, key: str) -> Iterator[float]:
    """Yield the numbers of a text, each in kilograms or minutes: a number of a range has the unit of the range."""
    for match in re.finditer(rf"({_RANGE})[ -]?([a-z#'][a-z.]*)", text):
        scale = next(scale for unit, scale in UNITS[key].items() if re.fullmatch(unit, match[2]))
        yield from (_value(number) * scale for number in re.findall(_NUMBER, match[1]))


def _value(number: str) -> float:
    whole, _, part = number.rpartition(" ")
    if "/" in part:
        return float(whole or 0) + float(Fraction(part) if not part.endswith("/0") else 0)
    return float(number.replace(",", "."))


def heaviest(text: str) -> float | None:
    """Return the largest weight that a text names, in kilograms; None without one. Colours of bands have no weight."""
    pattern = rf"{_RANGE} ?(?:{'|'.join(_KILOGRAMS)})(?![a-z])"
    found = (match[0] for match in re.finditer(pattern, text.lower().replace("\u2013", "-").replace(" - ", "-")))
    return max((number for words in found for number in _quantities(words, "lift")), default=None)
