"""The fixed words of a sheet in the patient's language, from its catalogues.

A language is a folder of a templates folder: `locale/<language>/LC_MESSAGES/handouts.po`. The templates are in English.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from gettext import c2py
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from handouts.errors import HandoutsError, Problem, ProblemsError, display_path
from handouts.files.text import is_file, is_folder, read_text
from handouts.locales import SOURCE_LANGUAGE, language_name

if TYPE_CHECKING:
    from babel.messages import Catalog

Plural = Callable[[int], int]

CATALOGUE = Path("LC_MESSAGES", "handouts.po")
_TAG = re.compile(r"</?[a-z]+>")
_REVIEWED = re.compile(r"^# State: reviewed by \S", re.MULTILINE)
_PLACE = re.compile(r"%\((\w+)\)")


def languages_of(layers: Sequence[Path]) -> tuple[str, ...]:
    """Return the languages for which these templates folders have a catalogue, after English."""
    folders = [layer / "locale" for layer in layers if is_folder(layer / "locale")]
    languages = {path.name for folder in folders for path in folder.iterdir() if is_file(path / CATALOGUE)}
    return (SOURCE_LANGUAGE, *sorted(languages - {SOURCE_LANGUAGE}))


@dataclass(frozen=True)
class Phrases:
    """The fixed words in one language, as Jinja's i18n extension asks for them.

    `translations` has the forms of each phrase, one for each kind of number, and the function that chooses among them.
    `draft` is True while no line at the top of a catalogue says `# State: reviewed by ...` (a human translator).
    """

    language: str
    translations: Mapping[str, tuple[tuple[str, ...], Plural]]
    draft: bool

    def knows(self, phrase: str) -> bool:
        """Return True if a phrase is translated into this language."""
        return self.language == SOURCE_LANGUAGE or phrase in self.translations

    def gettext(self, phrase: str) -> str:
        """Return one phrase; raises HandoutsError where no catalogue has it, since languages are never mixed."""
        return self.ngettext(phrase, phrase, 1)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the form that belongs to a number; raises HandoutsError where no catalogue has it."""
        if self.language == SOURCE_LANGUAGE:
            return singular if number == 1 else plural
        if singular not in self.translations:
            raise HandoutsError(f"{untranslated(singular, self.language)} [translation]")
        forms, form_of = self.translations[singular]
        return forms[form_of(number)] if len(forms) > 1 else forms[0]


def untranslated(phrase: str, language: str) -> str:
    """Return the message about a phrase that no catalogue has."""
    where = (Path("locale", language) / CATALOGUE).as_posix()
    return f"'{phrase}' has no {language_name(language)} text in {where}: 'make messages' adds it, then write it there"


def load_phrases(layers: Sequence[Path], language: str) -> Phrases:
    """Return the fixed words that these templates folders have in one language; a later folder's replace an earlier's.

    Raises ProblemsError with every entry that cannot be printed, at its line.
    """
    translations: dict[str, tuple[tuple[str, ...], Plural]] = {}
    problems: list[Problem] = []
    draft = False
    for path in (layer / "locale" / language / CATALOGUE for layer in layers if language != SOURCE_LANGUAGE):
        if is_file(path):
            catalogue = _read(path)
            draft = draft or not _REVIEWED.search(catalogue.header_comment)
            form_of = c2py(catalogue.plural_expr)
            for message in (message for message in catalogue if message.id and not message.fuzzy):
                ids, forms = _texts(message.id), _texts(message.string or "")
                if all(forms):
                    faults = (fault for form in forms if (fault := _fault(ids, form)))
                    problems.extend(
                        Problem(display_path(path), message.lineno or 1, 1, fault, "translation") for fault in faults
                    )
                    translations[ids[0]] = forms, form_of
    if problems:
        raise ProblemsError(problems)
    return Phrases(language, MappingProxyType(translations), draft)


def _read(path: Path) -> Catalog:
    from babel.messages.pofile import PoFileError, read_po

    text = read_text(path, display_path(path))
    try:
        return read_po(io.StringIO(text), abort_invalid=True)
    except PoFileError as error:
        message = f"is no line of a catalogue: {str(error).partition(' on ')[0].lower()}"
        raise ProblemsError([Problem(display_path(path), error.lineno + 1, 1, message, "translation")]) from None


def _texts(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _fault(ids: Sequence[str], form: str) -> str | None:
    """Return why a translation cannot replace its phrase; None where it can.

    The places that are filled in, and the marks such as `<strong>`, must be the same as in the phrase.
    """
    places, expected = set(_PLACE.findall(form)), set(_PLACE.findall(ids[-1]))
    may_miss = set() if len(ids) == 1 else {"n"}  # "a minute" has its number as a word
    if unknown := sorted(places - expected):
        return f"'%({unknown[0]})s' is not in the English phrase: use {_listed(expected)}"
    if missing := sorted(expected - places - may_miss):
        return f"'%({missing[0]})s' is missing: it stands for what is filled in"
    try:
        form % dict.fromkeys(expected, "")
    except (ValueError, TypeError, KeyError):
        return "there is a '%' that is no place to fill in: write '%%'"
    if sorted(_TAG.findall(form)) != sorted(_TAG.findall(ids[-1])) or "<" in _TAG.sub("", form):
        return f"must have the same marks as the English phrase: {' '.join(_TAG.findall(ids[-1])) or 'none'}"
    return None


def _listed(places: Collection[str]) -> str:
    return ", ".join(f"'%({place})s'" for place in sorted(places)) or "none"
