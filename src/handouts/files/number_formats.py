"""What a spreadsheet shows of a number, a date or a text, by the format of its cell.

The codes are those of ECMA-376 part 1, 18.8.31. Only plain ones are followed: where a reader cannot be sure of what is
shown, the answer is None, and the cell is refused.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal

_WIDEST = 11  # letters of a number in a cell without a format; from here on Excel writes 1.23457E+11
_EXACT = 15  # digits that Excel keeps of a number
_WORDS = r'(?:"[^"]*"|\\.|_.|[ $+:()-])*'  # what is shown as it stands; `_x` is a space as wide as the letter x
_PLAIN = re.compile(rf"(?P<before>{_WORDS})(?P<whole>[#0,]*[#0])(?:\.(?P<least>0+)(?P<most>#*))?(?P<after>{_WORDS})")
_PIECE = re.compile(r'"([^"]*)"|\\(.)|(_).|(.)')
_NO_PART_OF_A_DAY = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]|AM/PM|A/P', re.IGNORECASE)


def shown_number(value: float, code: str) -> str | None:
    """Return the text that a cell of this format shows for a number; None where it may not be all of the number."""
    if not abs(value) < 10**_EXACT:
        return None  # its last digits may be lost, and an infinite one has none
    number = Context(prec=_EXACT).create_decimal(repr(value))
    if code in ("General", "@"):
        text = f"{number.normalize():f}"
        return text if len(text.lstrip("-")) <= _WIDEST else None
    section, several, _ = code.partition(";")
    found = _PLAIN.fullmatch(section)
    if not found or number < 0 or (several and not number):
        return None
    digits = _digits(number, found["whole"], found["least"] or "", found["most"] or "")
    return digits and f"{_words(found['before'])}{digits}{_words(found['after'])}".strip()


def _digits(number: Decimal, whole: str, least: str, most: str) -> str | None:
    places = len(least + most)
    rounded = f"{number:.{places}f}"
    if Decimal(rounded) != number or ("," in whole and number >= 1000) or (number < 1 and "0" not in whole):
        return None
    before, dot, after = rounded.partition(".")
    kept = after.rstrip("0").ljust(len(least), "0")
    return f"{before.zfill(whole.count('0'))}{dot}{kept}"


def _words(code: str) -> str:
    """Return what the literal part of a format shows."""
    return "".join(quoted or escaped or (" " if space else plain) for quoted, escaped, space, plain in _PIECE.findall(code))


def shows_all_of_a_day(code: str) -> bool:
    """Return True if a date in this format shows its day, its month and its year (`e` in East Asia)."""
    letters = set(_NO_PART_OF_A_DAY.sub("", code.partition(";")[0]).lower())
    return {"d", "m"} <= letters and bool(letters & {"y", "e"})


def shows_text(code: str) -> bool:
    """Return True if a cell of this format shows a text as it stands."""
    sections = code.split(";")
    last = re.sub("_.", "", sections[3] if len(sections) > 3 else sections[-1])
    return last.strip() == "@" or (len(sections) < 4 and "@" not in last)
