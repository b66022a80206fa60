"""The pictures of an exercise as the site shows them: its drawings, the moving one, a small one, and a link's preview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handouts.figure import Drawing
from handouts.files.cache import content_key, user_cache
from handouts.files.provenance import library_versions, source_digest
from handouts.model import Library
from handouts.pictures import thumbnails
from handouts.pictures.drawing_cache import cached_animate, drawing_cache
from handouts.pictures.drawings import USUAL_BODY, draw_all
from handouts.pictures.thumbnails import preview_picture, small_picture


@dataclass(frozen=True)
class ExercisePictures:
    """What the site shows of one exercise: `moving` is SVG text (empty where nothing moves), `small` WebP, `preview` PNG."""

    drawing: Drawing
    moving: str
    small: bytes
    preview: bytes


def site_pictures(library: Library, previews: bool = False) -> dict[str, ExercisePictures]:
    """Return the pictures of each exercise that has a figure, by slug; those made before come from the cache.

    Only a site with an address needs `previews`: a picture beside a link to it. Raises as `draw_all` does.
    """
    pictures, body = {}, library.body or USUAL_BODY
    for slug, drawing in draw_all(library).items():
        exercise, last = library.exercises[slug], drawing.panels[-1]
        moving = cached_animate(exercise.figure, drawing_cache(), build=body) if exercise.figure.moves else ""
        preview = _cached(preview_picture, last, exercise.name, library.known_clinic().name) if previews else b""
        pictures[slug] = ExercisePictures(drawing, moving, _cached(small_picture, last), preview)
    return pictures


def _cached(make: Callable[..., bytes], *texts: str) -> bytes:
    """Return `make(*texts)`, from the cache where it has been made before."""
    source = thumbnails.__name__
    key = content_key(source_digest(source), library_versions(source), make.__name__, *texts)
    return user_cache("pictures").get_or_make(key, lambda: make(*texts))
