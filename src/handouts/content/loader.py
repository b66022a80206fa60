"""Content tree -> Library: every file read, checked and cross-checked, with all faults of the whole tree in one run."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from handouts.content.crosscheck import cross_check
from handouts.content.pages import read_page
from handouts.content.translations import is_finished, is_stale, mismatches, read_translation, source_of
from handouts.errors import Problem, ProblemsError, display_path, unknown
from handouts.files.text import no_folder, read_text
from handouts.files.yaml_reader import parse_yaml
from handouts.model import (
    CATEGORIES,
    CONDITIONS,
    POSITIONS,
    PROCEDURES,
    URGENCIES,
    Address,
    Clinic,
    Condition,
    ConditionFrontMatter,
    Exercise,
    ExerciseFrontMatter,
    FrontMatter,
    Library,
    Page,
    PainRule,
    PainRuleFrontMatter,
    Phase,
    PhaseFrontMatter,
    Question,
    QuestionFrontMatter,
    RedFlag,
    RedFlagFrontMatter,
    SourceFrontMatter,
    Topic,
    TopicFrontMatter,
    Translation,
)
from handouts.model.reviews import reviewed
from handouts.model.validation import validate

Read = TypeVar("Read")
LOGO_ENDINGS = (".svg", ".png")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TERM = re.compile(r"[^\W\d_A-Z]+(?:[ -][^\W\d_A-Z]+)*")
_PLACES = (
    "exercises/<category>/<slug>.md, conditions/<condition>/<phase>.md, conditions/post-op/<procedure>/<phase>.md, "
    "education/<slug>.md, everyday/<slug>.md, red-flags/<slug>.md, clinic.yaml, glossary.yaml, pain-rule.yaml, seeds.yaml, "
    "sources.yaml; "
    "a translation beside its source: <slug>.<language>.md, pain-rule.<language>.yaml"
)


def load_library(layers: Sequence[Path]) -> Library:
    """Read the content of all layers, a later layer's file in place of an earlier one's of the same name.

    Raises ProblemsError with every fault of every file.
    """
    return _Loader().load(layers)


def load_clinic(path: Path) -> Clinic:
    """Read one `clinic.yaml`; raises ProblemsError."""
    return _read_clinic(read_text(path, display_path(path)), display_path(path))


class _Loader:
    """Collects the faults of one run, so that a reader of the messages mends them all at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def load(self, layers: Sequence[Path]) -> Library:
        files = self._files(layers)
        translations = {name: source for name in files if (source := source_of(name))}
        digest = hashlib.sha256()
        texts = {name: text for name, path in files.items() if (text := self._try(read_text, path, display_path(path)))}
        for name, text in texts.items():
            digest.update(f"{name}\0{text}\0".encode())
        found: dict[type, dict[str, Any]] = {Exercise: {}, Condition: {}, Phase: {}, RedFlag: {}, Topic: {}, Question: {}}
        for name in texts:
            if name not in _SINGLE_READERS and name not in translations:
                self._add(found, name, display_path(files[name]), texts[name])
        single = {name: self._single(name, files, texts) for name in _SINGLE_READERS}
        library = Library(
            exercises=_ordered(found[Exercise], lambda e: (POSITIONS.index(e.position), e.slug)),
            conditions=_ordered(found[Condition], lambda c: (c.order, c.slug)),
            phases=_ordered(found[Phase], lambda p: (p.condition, p.order, p.slug)),
            red_flags=_ordered(found[RedFlag], lambda f: (URGENCIES.index(f.urgency), f.order, f.slug)),
            topics=_ordered(found[Topic], lambda t: (t.order, t.slug)),
            questions=_ordered(found[Question], lambda q: (q.order, q.slug)),
            pain_rule=single["pain-rule.yaml"],
            sources=single["sources.yaml"],
            glossary=single["glossary.yaml"],
            clinic=single["clinic.yaml"],
            version=digest.hexdigest()[:8],
        )
        self.problems.extend(cross_check(library, self._unread(files.keys() - translations.keys(), found)))
        library = replace(library, translations=self._translations(translations, files, texts, library))
        if self.problems:
            raise ProblemsError(self.problems)
        return library

    def _translations(
        self, names: Mapping[str, tuple[str, str]], files: Mapping[str, Path], texts: Mapping[str, str], library: Library
    ) -> Mapping[Address, Translation]:
        """The translations of all languages; one that fits its source no more is a fault only while it claims to be fresh."""
        found: dict[Address, Translation] = {}
        for name, (source, language) in names.items():
            path, page = display_path(files[name]), _page_at(source, library)
            if source not in files or _single_only(source):
                self.problems.append(Problem(path, 1, 1, f"translates '{source}', which is no page of the content", "place"))
            elif page and name in texts and (translation := self._try(read_translation, type(page), texts[name], path)):
                found[Address(type(page), page.slug, language)] = translation
                due = is_finished(translation) and not is_stale(translation, page)
                self.problems.extend(mismatches(translation, page) if due else ())
        return MappingProxyType(found)

    def _unread(self, files: Iterable[str], found: Mapping[type, Mapping[str, Any]]) -> Mapping[type, set[str]]:
        """The slugs of files that are there and could not be read: a name that leads to one is no fault."""
        unread: dict[type, set[str]] = {kind: set() for kind in found}
        for kind in (kind for name in files if (kind := _kind_of(name))):
            if kind[2] not in found[kind[1]]:
                unread[kind[1]].add(kind[2])
        return unread

    def _try(self, read: Callable[..., Read], *arguments: Any) -> Read | None:
        """Run one reader; keep its faults and go on."""
        try:
            return read(*arguments)
        except ProblemsError as error:
            self.problems.extend(error.problems)
            return None

    def _files(self, layers: Sequence[Path]) -> dict[str, Path]:
        """Every content file by its name below its layer, in the order of the names.

        A layer that has an own file of a page says nothing with the earlier layers' translations of it.
        """
        files: dict[str, Path] = {}
        for layer in layers:
            if message := no_folder(layer, "content"):
                self.problems.append(Problem(display_path(layer), 1, 1, message, "file"))
                continue
            own = self._files_of(layer)
            files = {name: path for name, path in files.items() if (source_of(name) or (None,))[0] not in own}
            files |= own
        return dict(sorted(files.items()))

    def _files_of(self, layer: Path) -> dict[str, Path]:
        files: dict[str, Path] = {}
        for folder, folders, names in os.walk(layer, onerror=self._unreadable):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            logos = LOGO_ENDINGS if "clinic.yaml" in names else ()  # the picture is no text: who prints it reads it
            for name in names:
                if not name.startswith(".") and not name.endswith(("~", *logos)):
                    path = Path(folder, name)
                    files[path.relative_to(layer).as_posix()] = path
        return files

    def _unreadable(self, error: OSError) -> None:
        path = display_path(Path(error.filename))
        self.problems.append(Problem(path, 1, 1, f"cannot be read: {error.strerror}", "file"))

    def _add(self, found: dict[type, dict[str, Any]], name: str, path: str, text: str) -> None:
        kind = _kind_of(name)
        if kind is None:
            self.problems.append(Problem(path, 1, 1, f"is not where content lives. Places: {_PLACES}", "place"))
            return
        matter_kind, noun_kind, slug = kind
        if message := _wrong_name(name, noun_kind):
            self.problems.append(Problem(path, 1, 1, message, "place"))
            return
        if noun := self._try(read_page, matter_kind, text, path):
            if twin := found[noun_kind].get(slug):
                message = f"the slug '{slug}' is taken by {twin.document.path}: slugs are unique"
                self.problems.append(Problem(path, 1, 1, message, "place"))
            category = {"category": name.split("/")[1]} if noun_kind is Exercise else {}
            found[noun_kind][slug] = noun_kind.model_construct(**noun, **category, slug=slug)

    def _single(self, name: str, files: Mapping[str, Path], texts: Mapping[str, str]) -> Any:
        if name not in texts:
            if name not in files and name != "seeds.yaml":
                self.problems.append(Problem(name, 1, 1, "is missing from the content", "file"))
            return None
        return self._try(_SINGLE_READERS[name], texts[name], display_path(files[name]))


def _ordered(nouns: dict[str, Any], key: Callable[[Any], Any]) -> Mapping[str, Any]:
    return MappingProxyType({noun.slug: noun for noun in sorted(nouns.values(), key=key)})


def _kind_of(name: str) -> tuple[type[FrontMatter], type[Page], str] | None:
    """What a file is, by where it stands, and its slug."""
    parts = tuple(name.removesuffix(".md").split("/"))
    if not name.endswith(".md"):
        return None
    match parts:
        case ("exercises", _, stem):
            return ExerciseFrontMatter, Exercise, stem
        case ("education", stem):
            return TopicFrontMatter, Topic, stem
        case ("everyday", stem):
            return QuestionFrontMatter, Question, stem
        case ("red-flags", stem):
            return RedFlagFrontMatter, RedFlag, stem
        case ("conditions", *above, "_index") if 1 <= len(above) <= 2:
            return ConditionFrontMatter, Condition, "/".join(above)
        case ("conditions", *above, stem) if 1 <= len(above) <= 2:
            return PhaseFrontMatter, Phase, "/".join((*above, stem))
    return None


def _single_only(name: str) -> bool:
    """Is it a file without words of a page? (A clinic's words in other languages stand in clinic.yaml itself.)"""
    return name in _SINGLE_READERS and name != "pain-rule.yaml"


def _page_at(name: str, library: Library) -> Page | None:
    """The page of a content file; None where the file has faults of its own, or is none."""
    if name == "pain-rule.yaml":
        return library.pain_rule
    kind = _kind_of(name)
    groups = (library.exercises, library.conditions, library.phases, library.red_flags, library.topics, library.questions)
    pages = (group.get(kind[2]) for group in groups) if kind else ()
    return next((page for page in pages if kind and isinstance(page, kind[1])), None)


def _wrong_name(name: str, kind: type) -> str | None:
    parts = name.removesuffix(".md").split("/")
    if kind is Exercise and parts[1] not in CATEGORIES:
        return unknown("category", parts[1], CATEGORIES)
    if kind in (Condition, Phase) and parts[1] not in CONDITIONS:
        return unknown("condition", parts[1], CONDITIONS)
    if len(parts) == 4 and (parts[1] != "post-op" or parts[2] not in PROCEDURES):
        return unknown("procedure of post-op", parts[2], PROCEDURES)
    if parts[-1] != "_index" and not SLUG.fullmatch(parts[-1]):
        return f"'{parts[-1]}' is no slug: use small letters, digits and single hyphens"
    return None


def _read_sources(text: str, path: str) -> Mapping[str, SourceFrontMatter]:
    document = parse_yaml(text, path)
    problems: list[Problem] = []
    sources: dict[str, SourceFrontMatter] = {}
    for tag in document.data:
        try:
            sources[tag] = validate(SourceFrontMatter, document, (tag,))
        except ProblemsError as error:
            problems.extend(error.problems)
    if problems:
        raise ProblemsError(problems)
    return MappingProxyType(sources)


def _read_glossary(text: str, path: str) -> Mapping[str, str]:
    document = parse_yaml(text, path)
    problems: list[Problem] = []
    for term, plain in document.data.items():
        if not _TERM.fullmatch(term):
            message = f"'{term}' must be a word or words in small letters, as it stands in a text"
            problems.append(document.problem(message, "key", (term,), key=True))
        if not isinstance(plain, str) or not plain.strip():
            problems.append(document.problem(f"{term}: must be the plain words for it", "value", (term,)))
    if problems:
        raise ProblemsError(problems)
    return MappingProxyType({term: plain.strip() for term, plain in document.data.items()})


def _read_pain_rule(text: str, path: str) -> PainRule:
    document = parse_yaml(text, path)
    values = reviewed(dict(validate(PainRuleFrontMatter, document)), text)
    return PainRule.model_construct(**values, slug="pain-rule", document=document)


def _read_clinic(text: str, path: str) -> Clinic:
    return validate(Clinic, parse_yaml(text, path))


def _read_seeds(text: str, path: str) -> None:
    """The map from the founding documents to the content: it is for the tests, and only has to be YAML."""
    parse_yaml(text, path)


_SINGLE_READERS: Mapping[str, Callable[[str, str], Any]] = {
    "clinic.yaml": _read_clinic,
    "glossary.yaml": _read_glossary,
    "pain-rule.yaml": _read_pain_rule,
    "sources.yaml": _read_sources,
    "seeds.yaml": _read_seeds,
}
