"""What a clinic's file holds: who hands a sheet out, and whom to call."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Annotated

from handouts.fields import Address, Colour, one_of, words
from handouts.files.document import Document
from handouts.locales import SOURCE_LANGUAGE
from handouts.model.noun import Noun
from handouts.model.vocabulary import BODIES, Body


class ClinicWords(Noun):
    """A clinic's words in one other language."""

    hours: Annotated[str, words(80)]


class ClinicFrontMatter(Noun):
    """The keys of `clinic.yaml`: who hands the sheet out, and whom to call."""

    name: Annotated[str, words(80)]
    address: Annotated[str, words(160)] | None = None
    phone: Annotated[str, words(40)]
    hours: Annotated[str, words(80)] | None = None
    email: Annotated[str, words(80)] | None = None
    emergency: Annotated[str, words(40)]
    site_url: Address | None = None
    logo: Annotated[str, words(80)] | None = None  # a file beside clinic.yaml
    colour: Colour | None = None  # of headings and lines, where a patient's file says `ink: colour`
    figure: Annotated[Body, one_of("figure", BODIES)] | None = None  # who is drawn
    translations: Mapping[str, ClinicWords] = {}  # by language: es


class Clinic(ClinicFrontMatter):
    """Who hands a sheet out, from one `clinic.yaml`."""

    document: Document

    @property
    def version(self) -> str:
        """Return eight hex digits that change with any of its values."""
        return hashlib.sha256(self.model_dump_json(exclude={"document"}).encode()).hexdigest()[:8]

    def speaks(self, language: str) -> bool:
        """Return True if all words that it prints are there in this language."""
        return language == SOURCE_LANGUAGE or not self.hours or language in self.translations
