"""The layers of content and templates: ours, and a clinic's own folders over them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handouts.content.loader import load_library
from handouts.errors import HandoutsError, display_path
from handouts.files.folders import bundled
from handouts.files.text import no_folder
from handouts.locales import SOURCE_LANGUAGE
from handouts.model import Library
from handouts.render.phrases import languages_of
from handouts.render.templates import Templates, load_templates


@dataclass(frozen=True)
class Layers:
    """A clinic's own folders of content and templates, in the order in which they lie over ours, file by file."""

    content: tuple[Path, ...] = ()
    templates: tuple[Path, ...] = ()

    def library(self) -> Library:
        """Read all content; raises ProblemsError."""
        return load_library([bundled("content"), *self.content])

    def environment(self, language: str = SOURCE_LANGUAGE) -> Templates:
        """Load all templates in a language; raises HandoutsError where a folder or a phrase is missing."""
        for folder in self.templates:
            if message := no_folder(folder, "templates"):
                raise HandoutsError(f"{display_path(folder)}:1:1: {message} [file]")
        return load_templates(self.template_folders, language)

    def languages(self) -> tuple[str, ...]:
        """Return the languages that a sheet can be in."""
        return languages_of(self.template_folders)

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Every folder that templates come from, ours first."""
        return (bundled("templates"), *self.templates)

    @property
    def own_looks(self) -> tuple[Path, ...]:
        """Every file of the clinic's own by which a sheet looks otherwise than ours."""
        files = (path for folder in self.templates for path in sorted(folder.glob("*/*")))
        return tuple(path for path in files if path.suffix in (".html", ".css"))

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder that content and templates come from."""
        return (bundled("content"), *self.content, *self.template_folders)

    @property
    def content_folders(self) -> tuple[Path, ...]:
        """Every folder that content comes from, ours last: a file counts from the first folder that holds it."""
        return (*reversed(self.content), bundled("content"))
