"""The layers of content and templates: ours, and a clinic's own folders over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from handouts.content.loader import load_clinic, load_library
from handouts.errors import HandoutsError, Problem, ProblemsError, display_path
from handouts.files.folders import bundled
from handouts.files.text import no_folder
from handouts.locales import SOURCE_LANGUAGE
from handouts.model import Library
from handouts.render.layouts import Layout, load_layouts
from handouts.render.phrases import languages_of
from handouts.render.templates import Templates, load_templates

Value = TypeVar("Value")


@dataclass(frozen=True)
class Layers:
    """A clinic's own folders of content and templates, in the order in which they lie over ours, file by file."""

    content: tuple[Path, ...] = ()
    templates: tuple[Path, ...] = ()
    clinic: Path | None = None  # the clinic.yaml to use; else it is looked for

    def library(self) -> Library:
        """Read all content, and the clinic where its file is named; raises ProblemsError with the faults of both.

        Its clinic is None where neither `clinic` nor a content folder has one: see `app.clinics`.
        """
        problems: list[Problem] = []
        library = _try(lambda: load_library([bundled("content"), *self.content]), problems)
        clinic = _try(lambda: load_clinic(self.clinic) if self.clinic else None, problems)
        if problems or not library:
            raise ProblemsError(problems)
        return replace(library, clinic=clinic) if clinic else library

    def environment(self, language: str = SOURCE_LANGUAGE) -> Templates:
        """Load all templates in a language; raises HandoutsError where a folder or a phrase is missing."""
        for folder in self.templates:
            if message := no_folder(folder, "templates"):
                raise HandoutsError(f"{display_path(folder)}:1:1: {message} [file]")
        return load_templates(self.template_folders, language)

    def languages(self) -> tuple[str, ...]:
        """Return the languages that a sheet can be in."""
        return languages_of(self.template_folders)

    def layouts(self) -> Mapping[str, Layout]:
        """Return the layouts that a sheet can have, by name; raises ProblemsError with every fault of their files."""
        return load_layouts(self.template_folders)

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Every folder that templates come from, ours first."""
        return (bundled("templates"), *self.templates)

    @property
    def own_looks(self) -> tuple[Path, ...]:
        """Every file of the clinic's own by which a sheet looks otherwise than ours."""
        files = (path for folder in self.templates for path in sorted(folder.glob("*/*")))
        return tuple(path for path in files if path.suffix in (".html", ".css", ".yaml"))

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder that content and templates come from."""
        return (bundled("content"), *self.content, *self.template_folders)


def _try(read: Callable[[], Value], problems: list[Problem]) -> Value | None:
    """Return what a reader returns; None where it finds faults, which join the others."""
    try:
        return read()
    except ProblemsError as error:
        problems.extend(error.problems)
        return None
