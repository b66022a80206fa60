"""The times of a limit: until when, or from when on."""

from __future__ import annotations

import re
from datetime import date
from math import ceil

from handouts.planning.limit_words.pieces import Dates, End, Piece, Weeks

_SURGERY = r"(?: ?(?:post|after|following|from|since)[- ]?(?:op(?:eration|eratively)?|surgery|surgically)?)"
_UNITS_OF_TIME = {"d": 1 / 7, "w": 1, "m": 52 / 12}  # in weeks
_LENGTH = re.compile(
    rf"(?P<more>another |further |next |at least |a minimum of |min(?:imum)? )?"
    rf"(?P<number>\d{{1,3}}) ?(?P<unit>days?|d|weeks?|wks?|w|months?|mths?)"
    rf"(?P<surgery>{_SURGERY})?(?P<now> from (?:today|tomorrow)| more| min(?:imum)?)?"
)
_WEEK = re.compile(
    r"(?:post-?op )?(?:week|wk|w) ?(\d{1,3})(?: post-?op(?:eratively)?| after (?:surgery|operation))?(?: onwards?|\+)?"
)
_EVENT = re.compile(
    r"(?:next |first |follow[- ]?up |physio |surgical |medical |post-?op )*"
    r"(?:review|reviewed|seen|clear(?:ed|ance)|clinic|follow[- ]?up|appointment|x-?ray|scan|mri|ct|surgeon|consultant|told"
    r"|advised|healed|wound|stitches|sutures|staples|further notice|discharge|discharged|visit|physio|reassess(?:ed|ment)"
    r"|assess(?:ed|ment)|fused|christmas|easter|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?|next (?:week|month|year)|(?:\d{1,2}(?:st|nd|rd|th)? )?(?:jan|feb|mar|apr|may|june?|july?|aug"
    r"|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|tember|ember|ober)?|\d{1,2}[./]\d{1,2}|then|me)\b.*"
)
_TIME = re.compile(
    r"(?P<from>from|after|as of|starting|starting from|starts|in(?! first)) |(?P<first>(?:in|for|during|over)? ?first )"
    r"|(?P<until>until|till|til|up to|to|through|for|during|over) |(?P<times>x ?)(?=\d)|"
)


def time_alone(text: str, key: str, dates: Dates) -> Piece | None:
    """Return "until week 6", "from week 6", "6 weeks" or "until review"; None for other words."""
    match = _TIME.match(text)
    assert match  # it also matches nothing
    rest, starts = text[match.end() :], bool(match["from"])
    if not isinstance(end := end_of(rest, dates), NoTime):
        bare = not match[0] and (isinstance(end, date) or (isinstance(end, Weeks) and not end.lasting))
        return None if bare else _time(_a_week_on(end) if match["from"] == "after" else end, starts)
    by_event = match["until"] in ("until", "till", "til") or starts
    return _time(None, starts) if by_event and _EVENT.fullmatch(rest) else None


def _time(end: End, starts: bool) -> Piece:
    return Piece("time", end=end, when="from" if starts else "until")


def _a_week_on(end: End) -> End:
    """Return an end for "after week 6": when that week is over."""
    return Weeks(end.number + 1) if isinstance(end, Weeks) and not end.lasting else end


class NoTime:
    """Says that words are no time at all; None says that they are one without an end that can be told."""


_NO_TIME = NoTime()


def end_of(text: str, dates: Dates) -> End | NoTime:
    if match := re.fullmatch(r"@(\d+)", text):
        return dates[int(match[1])]
    if match := _WEEK.fullmatch(text):
        return Weeks(int(match[1]))
    if match := _LENGTH.fullmatch(text):
        weeks = ceil(int(match["number"]) * _UNITS_OF_TIME[match["unit"][0]])
        return None if match["more"] or match["now"] else Weeks(weeks, lasting=not match["surgery"])
    span = re.fullmatch(r"(?:week|wk)s? \d+(?:-| to )\d+|\d+(?:-| to )\d+ ?(?:days|weeks|wks|months)(?: .*)?", text)
    return None if span else _NO_TIME
