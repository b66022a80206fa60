"""Content tree -> Library: every file read, checked and cross-checked, with all faults of the whole tree in one run."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from handouts.content.crosscheck import cross_check
from handouts.content.pages import read_page
from handouts.content.places import PLACES, PagePlace, name_fault, page_place
from handouts.content.single_files import OPTIONAL, SINGLE_READERS, read_clinic
from handouts.content.translations import is_finished, is_stale, mismatches, read_translation, source_of
from handouts.errors import Problem, ProblemsError, display_path
from handouts.files.text import no_folder, read_text
from handouts.model import (
    POSITIONS,
    URGENCIES,
    Address,
    Clinic,
    Condition,
    Exercise,
    Library,
    Page,
    Phase,
    Precaution,
    Question,
    RedFlag,
    Topic,
    Translation,
)

Value = TypeVar("Value")
LOGO_ENDINGS = (".svg", ".png")


def load_library(layers: Sequence[Path]) -> Library:
    """Read the content of all layers, a later layer's file in place of an earlier one's of the same name.

    Raises ProblemsError with every fault of every file.
    """
    return _Loader().load(layers)


def load_clinic(path: Path) -> Clinic:
    """Read one `clinic.yaml`; raises ProblemsError."""
    return read_clinic(read_text(path, display_path(path)), display_path(path))


class _File(NamedTuple):
    """One content file: `name` is its path below its layer; `text` is None where it cannot be read."""

    name: str
    path: str
    text: str | None


_Pages = dict[type[Page], dict[str, Any]]  # for each kind of page: slug -> page


class _Loader:
    """Collects the faults of one run, so that whoever reads the messages can mend them all at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def load(self, layers: Sequence[Path]) -> Library:
        """Return the library of the layers; raises ProblemsError."""
        files = {name: self._read(name, path) for name, path in self._paths(layers).items()}
        translations = {name: source for name in files if (source := source_of(name))}
        pages = self._pages(files[name] for name in files if name not in SINGLE_READERS and name not in translations)
        library = self._library(pages, files)
        self._single("seeds.yaml", files)  # only its faults matter: nothing but the tests uses what it holds
        self.problems.extend(cross_check(library, _unread(files.keys() - translations.keys(), pages)))
        library = replace(library, translations=self._translations(translations, files, library))
        if self.problems:
            raise ProblemsError(self.problems)
        return library

    def _library(self, pages: _Pages, files: Mapping[str, _File]) -> Library:
        _offer(pages[Phase].values(), pages[Exercise])
        return Library(
            exercises=_ordered(pages[Exercise], lambda e: (POSITIONS.index(e.position), e.slug)),
            conditions=_ordered(pages[Condition], lambda c: (c.order, c.slug)),
            phases=_ordered(pages[Phase], lambda p: (p.condition, p.order, p.slug)),
            red_flags=_ordered(pages[RedFlag], lambda f: (URGENCIES.index(f.urgency), f.order, f.slug)),
            topics=_ordered(pages[Topic], lambda t: (t.order, t.slug)),
            questions=_ordered(pages[Question], lambda q: (q.order, q.slug)),
            precautions=_ordered(pages[Precaution], lambda p: p.slug),
            pain_rule=self._single("pain-rule.yaml", files),
            sources=self._single("sources.yaml", files),
            glossary=self._single("glossary.yaml", files),
            clinic=self._single("clinic.yaml", files),
            version=_version(files.values()),
        )

    def _translations(
        self, sources: Mapping[str, tuple[str, str]], files: Mapping[str, _File], library: Library
    ) -> Mapping[Address, Translation]:
        """Return the translations of all languages; `sources` has the source and the language of each file.

        One that no longer fits its source is a fault only while it claims to be fresh.
        """
        translations: dict[Address, Translation] = {}
        for name, (source, language) in sources.items():
            file, page = files[name], _page_at(source, library)
            if source not in files or _has_no_words(source):
                self._fault(file.path, f"translates '{source}', which is no page of the content", "place")
            elif page and (translation := self._translation(file, page)):
                translations[Address(type(page), page.slug, language)] = translation
                if is_finished(translation) and not is_stale(translation, page):
                    self.problems.extend(mismatches(translation, page))
        return MappingProxyType(translations)

    def _translation(self, file: _File, page: Page) -> Translation | None:
        return self._try(read_translation, type(page), file.text, file.path) if file.text is not None else None

    def _fault(self, path: str, message: str, rule: str) -> None:
        """Note a fault of a whole file or folder."""
        self.problems.append(Problem(path, 1, 1, message, rule))

    def _try(self, read: Callable[..., Value], *arguments: Any) -> Value | None:
        """Return what a reader returns; None where it finds faults, which join those of the run."""
        try:
            return read(*arguments)
        except ProblemsError as error:
            self.problems.extend(error.problems)
            return None

    def _read(self, name: str, path: Path) -> _File:
        shown_path = display_path(path)
        return _File(name, shown_path, self._try(read_text, path, shown_path))

    def _paths(self, layers: Sequence[Path]) -> dict[str, Path]:
        """Return every content file by its name below its layer, in the order of the names.

        Where a layer has its own file of a page, the translations that earlier layers have of that page are left out.
        """
        paths: dict[str, Path] = {}
        for layer in layers:
            if message := no_folder(layer, "content"):
                self._fault(display_path(layer), message, "file")
                continue
            layer_paths = self._paths_in(layer)
            paths = {name: path for name, path in paths.items() if (source_of(name) or (None,))[0] not in layer_paths}
            paths |= layer_paths
        return dict(sorted(paths.items()))

    def _paths_in(self, layer: Path) -> dict[str, Path]:
        paths: dict[str, Path] = {}
        for folder, subfolders, names in os.walk(layer, onerror=self._unreadable):
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            logos = LOGO_ENDINGS if "clinic.yaml" in names else ()  # pictures are not text: `pictures.logo` reads them
            below = Path(folder).relative_to(layer)
            for name in names:
                if not name.startswith(".") and not name.endswith(("~", *logos)):
                    paths[(below / name).as_posix()] = Path(folder, name)
        return paths

    def _unreadable(self, error: OSError) -> None:
        self._fault(display_path(Path(error.filename)), f"cannot be read: {error.strerror}", "file")

    def _pages(self, files: Iterable[_File]) -> _Pages:
        pages: _Pages = {Exercise: {}, Condition: {}, Phase: {}, RedFlag: {}, Topic: {}, Question: {}, Precaution: {}}
        for file in files:
            if file.text is None:
                continue
            if not (place := page_place(file.name)):
                self._fault(file.path, f"is not where content lives. Places: {PLACES}", "place")
            elif message := name_fault(file.name, place.page):
                self._fault(file.path, message, "place")
            elif values := self._try(read_page, place.front_matter, file.text, file.path):
                self._add(pages[place.page], place, file, values)
        return pages

    def _add(self, pages: dict[str, Any], place: PagePlace, file: _File, values: dict[str, Any]) -> None:
        if twin := pages.get(place.slug):
            self._fault(file.path, f"the slug '{place.slug}' is taken by {twin.document.path}: slugs are unique", "place")
        if place.page is Exercise:
            values["category"] = file.name.split("/")[1]
        pages[place.slug] = place.page.model_construct(**values, slug=place.slug)

    def _single(self, name: str, files: Mapping[str, _File]) -> Any:
        """Return what the one file of this name holds; None where it is missing or has faults."""
        file = files.get(name)
        if file is None:
            if name not in OPTIONAL:
                self._fault(name, "is missing from the content", "file")
            return None
        return self._try(SINGLE_READERS[name], file.text, file.path) if file.text is not None else None


def _offer(phases: Iterable[Phase], exercises: dict[str, Any]) -> None:
    """Put a phase among those of the exercises that it names itself; a name that leads nowhere is left to the cross-check."""
    for phase in phases:
        for key, names in (("phases", phase.exercises), ("ask_first", phase.ask_first)):
            for name in filter(exercises.__contains__, names):
                homes = dict.fromkeys((*getattr(exercises[name], key), phase.slug))
                exercises[name] = exercises[name].model_copy(update={key: tuple(homes)})


def _version(files: Iterable[_File]) -> str:
    """Return eight hex digits made from the names and texts of all files."""
    digest = hashlib.sha256()
    for file in files:
        if file.text is not None:
            digest.update(f"{file.name}\0{file.text}\0".encode())
    return digest.hexdigest()[:8]


def _unread(names: Iterable[str], pages: _Pages) -> Mapping[type[Page], set[str]]:
    """Return the slugs of files that are there and could not be read: a name that leads to one is no fault."""
    unread: dict[type[Page], set[str]] = {kind: set() for kind in pages}
    for place in filter(None, map(page_place, names)):
        if place.slug not in pages[place.page]:
            unread[place.page].add(place.slug)
    return unread


def _ordered(pages: dict[str, Any], key: Callable[[Any], Any]) -> Mapping[str, Any]:
    return MappingProxyType({page.slug: page for page in sorted(pages.values(), key=key)})


def _has_no_words(name: str) -> bool:
    """Return True for a single file that has no translation beside it; clinic.yaml holds its words in all languages."""
    return name in SINGLE_READERS and name != "pain-rule.yaml"


def _page_at(name: str, library: Library) -> Page | None:
    """Return the page of a content file; None where the file has faults of its own, or is none."""
    if name == "pain-rule.yaml":
        return library.pain_rule
    if not (place := page_place(name)):
        return None
    pages = (group.get(place.slug) for group in library.groups())
    return next((page for page in pages if isinstance(page, place.page)), None)
