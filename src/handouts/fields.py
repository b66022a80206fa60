"""How a text in a user's file becomes a value: closed words, numbers with units, dates, yes or no.

Messages are ours, not pydantic's. They never quote a text that may be a patient's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from handouts.errors import unknown


class Range(NamedTuple):
    """A whole number that starts at `low` and may rise to `high`."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"


class FromWeek(NamedTuple):
    """A word, and the week from which it holds: "face-down from week 16"; without a week it always holds (week 0)."""

    word: str
    week: int


class BareNumber(str):
    """The text of a number that came as a number, from JSON or a program: it can have no unit."""

    __slots__ = ()


def fault(message: str) -> PydanticCustomError:
    """Return the error that pydantic reports with this message, which is passed as a value: pydantic would format braces."""
    return PydanticCustomError("handouts", "{message}", {"message": message})


def missing() -> PydanticCustomError:
    """Return the error that pydantic reports of a key that must be there and is not."""
    return PydanticCustomError("missing", "is missing")


def faults(found: Iterable[tuple[tuple[str | int, ...], str]]) -> ValidationError:
    """Return several faults of one value as one error, each with its path below that value; a validator may raise it."""
    details: list[InitErrorDetails] = [{"type": fault(message), "loc": path, "input": None} for path, message in found]
    return ValidationError.from_exception_data("handouts", details)


def filled(value: Any) -> str:
    """Return a text without the space around it; raises the fault of an empty value, and of a list or mapping."""
    if value is None:
        raise fault("is empty: write a value or leave the key out")
    if not isinstance(value, str):
        raise fault("must be one text, not a list or a mapping")
    return value.strip()


def one_of(what: str, names: tuple[str, ...]) -> BeforeValidator:
    """Accept a word of a closed list, in `Annotated[str, one_of(...)]`; the fault names the nearest right one."""

    def read(value: Any) -> str:
        if (word := filled(value)) not in names:
            raise fault(unknown(what, word, names))
        return word

    return BeforeValidator(read)


def _numbers(value: Any, unit: str, low: int, high: int, *, single: bool) -> Range:
    text = filled(value)
    if unit and isinstance(value, BareNumber):
        raise fault(f"is a number without a unit: write it as a text with its unit, '{text} {unit}'")
    suffix = rf" *{unit}" if unit else ""
    match = re.fullmatch(rf"(0|[1-9]\d*)(?: *[-\u2013] *(0|[1-9]\d*))?{suffix}", text)
    example = f"{low + 1} {unit}".strip()
    if not match or (single and match[2]):
        form = f"a whole number{f' of {unit}' if unit else ''}"
        many = "" if single else " or a range"
        # A text without a digit may be a patient's own: it is not quoted.
        subject = f"'{text}' " if any(character.isdigit() for character in text) else ""
        raise fault(f"{subject}must be {form}{many}, such as {example}")
    first = int(match[1][:6])
    last = int((match[2] or match[1])[:6])
    if first > last:
        raise fault(f"'{text}' runs backwards: write {last}-{first}")
    if first < low or last > high:
        raise fault(f"'{text}' is out of bounds: {low} to {high}{f' {unit}' if unit else ''} are allowed")
    return Range(first, last)


def span(low: int, high: int, unit: str = "") -> BeforeValidator:
    """Accept a number or a range `low-high` with its unit, within bounds, and give a Range."""
    return BeforeValidator(lambda value: _numbers(value, unit, low, high, single=False))


def amount(low: int, high: int, unit: str = "") -> BeforeValidator:
    """Accept one number with its unit, within bounds."""
    return BeforeValidator(lambda value: _numbers(value, unit, low, high, single=True).low)


def decimal(low: float, high: float) -> BeforeValidator:
    """Accept one number within bounds, with a decimal point where it needs one: "12.5"."""

    def read(value: Any) -> float:
        text = filled(value)
        if not re.fullmatch(r"\d+(\.\d+)?", text):
            raise fault(f"'{text}' must be a number, such as {low + 0.5:g}")
        if not low <= float(text) <= high:
            raise fault(f"'{text}' is out of bounds: {low:g} to {high:g} are allowed")
        return float(text)

    return BeforeValidator(read)


def _day(value: Any) -> date:
    text = filled(value)
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text)
    except ValueError:
        raise fault(f"'{text}' is no date of the calendar") from None
    raise fault("must be a date written as year-month-day, such as 2026-11-20")


def _yes(value: Any) -> bool:
    word = filled(value).lower()
    if word not in ("yes", "no"):
        raise fault("must be yes or no")
    return word == "yes"


def _switch(value: Any) -> bool:
    words = {"yes": True, "true": True, "no": False, "false": False}
    word = str(value).lower()
    if word not in words:
        raise fault("must be yes or no")
    return words[word]


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def words(most: int) -> BeforeValidator:
    """Accept a line of plain text of at most `most` characters; no message quotes it, since it may be a patient's own."""

    def read(value: Any) -> str:
        text = " ".join(filled(value).split())
        if _CONTROL.search(text):
            raise fault("holds a control character: retype it as plain text")
        if not text:
            raise fault("is empty: write a value or leave the key out")
        if len(text) > most:
            raise fault(f"is {len(text)} characters long: at most {most} fit on the sheet")
        return text

    return BeforeValidator(read)


_FROM_WEEK = re.compile(r"([a-z0-9-]+)(?: from week (\d{1,2}))?")


def from_week(value: Any) -> FromWeek:
    """Return a word of a content file and the week from which it holds."""
    text = filled(value)
    if not (match := _FROM_WEEK.fullmatch(text)):
        raise fault(f"'{text}' must be a word, or a word 'from week' and a number, such as 'face-down from week 16'")
    return FromWeek(match[1], int(match[2] or 0))


def _identity(value: Any) -> str:
    text = filled(value)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", text):
        # Not quoted: somebody may have typed a name here, and no name may reach a log.
        raise fault("must be 1 to 40 letters (a-z), digits, - or _, and start with a letter or digit")
    return text


_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")


def _language(value: Any) -> str:
    text = filled(value)
    if not _LANGUAGE.fullmatch(text):
        raise fault("must be the short code of a language, such as en or es")  # not quoted: it may be a name
    return text


def entries(value: Any) -> list[Any]:
    """Return a list; an empty value is an empty list."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise fault("must be a list: write [one, two], or [] for none")
    return value


def site_address(text: str) -> str:
    """Return the address of a site with a `/` at its end, ready to make links from; raises ValueError where it is none."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(text)
    if len(text) > 200 or not text.isprintable() or re.search(r"[\s\"'<>\\]", text):
        raise ValueError(text)
    return text.rstrip("/") + "/"


def _address(value: Any) -> str:
    text = filled(value)
    try:
        return site_address(text)
    except ValueError:
        raise fault(f"'{text[:80]}' must be the address of a site, such as https://www.example.org/back/") from None


def _colour(value: Any) -> str:
    """Return a colour such as `#0b3d5c`: dark enough for people with low vision on white paper (WCAG 2.2, 1.4.6)."""
    text = filled(value).lower()
    if not re.fullmatch(r"#[0-9a-f]{6}", text):
        raise fault(f"'{text[:40]}' must be # and six hex digits in quotation marks, such as \"#0b3d5c\"")
    if (ratio := _contrast_on_white(text)) < LEAST_CONTRAST:
        contrast = f"contrast {ratio:.1f}, {LEAST_CONTRAST} is needed"
        raise fault(f"'{text}' is too pale on white paper ({contrast}): choose a darker one")
    return text


def _contrast_on_white(colour: str) -> float:
    """Return the contrast ratio as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


LEAST_CONTRAST = 7
Item = TypeVar("Item")
NOT_EMPTY = Field(min_length=1)  # in Annotated[tuple[...], NOT_EMPTY]
Many = Annotated[tuple[Item, ...], BeforeValidator(entries)]  # a list as a tuple; an empty value is an empty list
Colour = Annotated[str, BeforeValidator(_colour)]
Address = Annotated[str, BeforeValidator(_address)]
Day = Annotated[date, BeforeValidator(_day)]
YesNo = Annotated[bool, BeforeValidator(_yes)]
Switch = Annotated[bool, BeforeValidator(_switch)]  # a setting of a picture: yes, no, true or false
Line = Annotated[str, words(300)]
Slug = Annotated[str, BeforeValidator(filled)]  # that it exists is checked later, against the library
Identity = Annotated[str, BeforeValidator(_identity)]
Language = Annotated[str, BeforeValidator(_language)]  # that we have it is checked later, against the catalogues
