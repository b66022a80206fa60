"""What a language is called, and how it writes dates, lists and quotation marks: the home of Babel's CLDR data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from handouts.errors import HandoutsError, quoted

SOURCE_LANGUAGE = "en"  # of the content and of the words in the templates
QUOTES = {"en": "“”", "es": "«»"}  # Babel does not carry CLDR's


def language_name(language: str) -> str:
    """Its name in English: `Spanish`; raises HandoutsError where nobody knows it."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-").get_display_name(SOURCE_LANGUAGE) or language
    except (UnknownLocaleError, ValueError):
        raise HandoutsError(f"{quoted(language)} is not the short code of a language, such as es for Spanish") from None


def long_day(day: date, language: str) -> str:
    """`21 November 2026`, `21 de noviembre de 2026`: the month as a word, so that no reader takes it for the day."""
    from babel.dates import format_date

    # American English puts the month first; everywhere else English is read as the British write it.
    return format_date(day, "long", "en_GB" if language == SOURCE_LANGUAGE else language.replace("-", "_"))


def list_of_things(things: Sequence[str], language: str) -> str:
    """What somebody needs, in one line, without a choice of which one thing is needed anyway: `mat, pillow`.

    Semicolons keep any other choice together: `bed or mat; pillow`. Every language in Latin letters lists so.
    """
    from babel.lists import format_list

    either = format_list(("", ""), "or", language.replace("-", "_"))
    chosen: dict[frozenset[str], str] = {}
    for thing in things:
        chosen.setdefault(frozenset(re.split(f"{either}|, *", thing)), thing)  # "bed or mat", "mat or bed": the first
    kept = {kinds: thing for kinds, thing in chosen.items() if not any(other < kinds for other in chosen)}
    return ("; " if any(len(kinds) > 1 for kinds in kept) else ", ").join(kept.values())


def quotes(language: str) -> str:
    """The opening and the closing quotation mark."""
    return QUOTES.get(language, QUOTES[SOURCE_LANGUAGE])
