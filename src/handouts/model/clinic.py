"""What a clinic's own file holds: who hands a sheet out, and whom to call."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Annotated

from handouts.fields import Address, Colour, one_of, words
from handouts.locales import SOURCE_LANGUAGE
from handouts.model.noun import Noun
from handouts.model.vocabulary import BODIES, Body


class ClinicWords(Noun):
    """What a clinic says in one other language."""

    hours: Annotated[str, words(80)]


class Clinic(Noun):
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

    @property
    def version(self) -> str:
        """Eight digits that change with any of its words."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:8]

    def speaks(self, language: str) -> bool:
        """Is all that it says in this language?"""
        return language == SOURCE_LANGUAGE or not self.hours or language in self.translations
