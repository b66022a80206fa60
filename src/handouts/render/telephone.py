"""A telephone number as a clinic writes it -> the address that a phone calls."""

from __future__ import annotations

import re

MOST_DIGITS = 15  # of any telephone number (ITU-T E.164, 6)
MOST_AT_HOME = 12  # of one dialled within its country, as "555-0100 555-0101" is two
_TRUNK = re.compile(r"^(\+[0-9\s.-]+)\(0\)")  # "+44 (0)20": the 0 is not dialled from abroad
_WRITTEN = re.compile(r"(\+?)([0-9\s().‐‑–-]*[0-9])(?:[\s,;]*(?:ext(?:ension|ensión)?\.?|x)\s*([0-9]+))?", re.IGNORECASE)


def tel(number: str) -> str:
    """Return `tel:+442079460000;ext=4` for "+44 (0)20 7946 0000, ext. 4"; "" where it is not clearly one number.

    Two numbers, letters or words give none: better no link than one that calls somebody else. RFC 3966 demands the country
    of a number without "+" (`phone-context`), but phones dial such a number as it is, and some would dial the parameter
    too: it is left out.
    """
    match = _WRITTEN.fullmatch(_TRUNK.sub(r"\1", number.strip()))
    if not match:
        return ""
    plus, digits, extension = match[1], re.sub(r"\D", "", match[2]), match[3]
    if not 2 <= len(digits.removeprefix("00")) <= (MOST_DIGITS if plus or digits.startswith("00") else MOST_AT_HOME):
        return ""
    return f"tel:{plus}{digits}" + (f";ext={extension}" if extension else "")
