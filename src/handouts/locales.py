"""Names of languages, and how each writes dates, lists and quotation marks; only this module reads Babel's CLDR data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from handouts.errors import HandoutsError, quoted

SOURCE_LANGUAGE = "en"  # of the content and of the words in the templates
QUOTES = {"en": "“”", "es": "«»"}  # as in CLDR, whose quotation marks Babel leaves out


def language_name(language: str) -> str:
    """Return the name of a language in English, such as `Spanish`; raises HandoutsError where Babel does not know it."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-").get_display_name(SOURCE_LANGUAGE) or language
    except (UnknownLocaleError, ValueError):
        raise HandoutsError(f"{quoted(language)} is not the short code of a language, such as es for Spanish") from None


def long_day(day: date, language: str) -> str:
    """Return a date with its month as a word, so that no reader takes it for the day: `21 November 2026`."""
    from babel.dates import format_date

    return format_date(day, "long", _locale(language))


def short_day(day: date, language: str) -> str:
    """Return the day of the week and of the month for the head of a narrow column: `Sa 21`."""
    from babel.dates import format_date

    return format_date(day, "EEEEEE d", _locale(language))


def days_from_to(first: date, last: date, language: str) -> str:
    """Return the first and the last of some days in short: `28 Nov – 4 Dec`."""
    from babel.dates import format_interval

    return format_interval(first, last, "MMMd", locale=_locale(language))


def _locale(language: str) -> str:
    """Return the name by which Babel knows a language; everywhere but in America English has the day before the month."""
    return "en_GB" if language == SOURCE_LANGUAGE else language.replace("-", "_")


def list_of_things(things: Sequence[str], language: str) -> str:
    """Return the things that somebody needs in one line: `mat, pillow`.

    A choice of things, such as `bed or mat`, is left out where one of them is needed anyway; where a choice remains,
    semicolons part the things: `bed or mat; pillow`. Every language in Latin letters writes lists like this.
    """
    from babel.lists import format_list

    either = format_list(("", ""), "or", language.replace("-", "_"))
    chosen: dict[frozenset[str], str] = {}
    for thing in things:
        chosen.setdefault(frozenset(re.split(f"{either}|, *", thing)), thing)  # "bed or mat", "mat or bed": the first
    needed = {kinds: thing for kinds, thing in chosen.items() if not any(other < kinds for other in chosen)}
    return ("; " if any(len(kinds) > 1 for kinds in needed) else ", ").join(needed.values())


def quotes(language: str) -> str:
    """Return the opening and the closing quotation mark of a language."""
    return QUOTES.get(language, QUOTES[SOURCE_LANGUAGE])
