"""What every content page shares.

A class whose name ends in `FrontMatter` is the set of keys that one kind of front matter may have; the noun of the same name
adds where it lives and what its body says.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from handouts.errors import Problem
from handouts.fields import NOT_EMPTY, Day, Slug, entries, words
from handouts.files.document import Document, Loc
from handouts.locales import SOURCE_LANGUAGE
from handouts.model.noun import WithSections

REVIEW_YEARS = 3  # content is reviewed again at least this often (PIF TICK, criterion on review)

Sources = Annotated[tuple[Slug, ...], BeforeValidator(entries), NOT_EMPTY]


class FrontMatter(WithSections):
    """The front matter that every content file shares."""

    name: Annotated[str, words(80)]
    sources: Sources
    reviewed: Day
    reviewer: Annotated[str, words(120)] | None = None
    of: Annotated[str, words(8)] | None = None  # the edition that the reviewer saw; `handouts check` prints it


class Page(FrontMatter):
    """A content file: its front matter, its slug, and the document that has the place of every value.

    `document` is the translation's where the words are in another `language`; `unreviewed` then says that no human
    translator has checked them against the English text as it is now.
    """

    slug: str
    document: Document
    edition: str = ""  # eight hex digits; `reviewer` is None unless they saw this one
    language: str = SOURCE_LANGUAGE
    unreviewed: bool = False

    def problem(self, message: str, rule: str, loc: Loc = (), *, warning: bool = False) -> Problem:
        """Return a fault at one of this file's values."""
        return self.document.problem(message, rule, loc, warning=warning)
