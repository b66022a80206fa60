"""An English content file -> the start of its translation beside it, or an old translation marked as up to date."""

from __future__ import annotations

from pathlib import Path

from handouts.app.layers import Layers
from handouts.content.skeletons import renewed_translation, translation_skeleton
from handouts.content.translations import is_stale
from handouts.errors import HandoutsError, display_path
from handouts.files.text import is_file, read_text
from handouts.files.writing import PUBLIC, write_file
from handouts.locales import SOURCE_LANGUAGE, language_name
from handouts.model import Address, Library, Page


def translate_file(path: Path, language: str, layers: Layers) -> tuple[Path, str]:
    """Write the start of a translation beside a content file, or renew the fingerprint of one that is there.

    Returns the path of the translation and what was done to it. Raises HandoutsError where the file is no English page of
    the content.
    """
    name = language_name(language)
    library = layers.library()
    page = _page_of(path, library)
    if page is None or language == SOURCE_LANGUAGE:
        raise HandoutsError(f"{display_path(path)}:1:1: is no English page of the content: such as an exercise [file]")
    target = path.with_name(f"{path.stem}.{language}{path.suffix}")
    translation = library.translations.get(Address(type(page), page.slug, language))
    if translation and not is_stale(translation, page):
        return target, "is up to date"
    if is_file(target) and (text := read_text(target, display_path(target))):
        write_file(target, renewed_translation(text, page).encode(), PUBLIC)
        return target, "agrees with the English file again: 'draft' until it is reviewed"
    write_file(target, translation_skeleton(page, name).encode(), PUBLIC)
    return target, "is ready to be translated"


def _page_of(path: Path, library: Library) -> Page | None:
    source = path.resolve()
    return next((page for page in library.pages() if Path(page.document.path).resolve() == source), None)
