"""The pictures of an exercise as the site shows them: its drawings, the moving one, a small one, and a link's preview."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from handouts.figure import Drawing, cached_animate
from handouts.files.cache import keep, recall
from handouts.model import Library
from handouts.pictures import raster as raster_image
from handouts.pictures.drawings import USUAL_BODY, draw_all, folders
from handouts.pictures.raster import few_tones, svg_to_png

SMALL = (168, 120)  # pixels: nearly twice what a list shows, for a fine screen
PREVIEW = (1200, 630)  # pixels: what services that preview a link ask for
ICON_SIZES = (192, 512)
_VIEW = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


@dataclass(frozen=True)
class Pictures:
    """What the site shows of one exercise: `moving` is SVG text (empty where nothing moves), `small` WebP, `preview` PNG."""

    drawing: Drawing
    moving: str
    small: bytes
    preview: bytes


def small_picture(svg: str) -> bytes:
    """A drawing small enough to stand in a long list: under 1 kB as a rule."""
    width, height = _size(svg)
    scale = min(SMALL[0] / width, SMALL[1] / height)
    return few_tones(svg_to_png(svg, max(1, round(width * scale))), 4, "WEBP")


def preview_picture(svg: str, name: str, clinic: str) -> bytes:
    """A drawing with the exercise's name below it, for services that show a picture beside a link."""
    width, height = PREVIEW
    said = f'font-family="Atkinson Hyperlegible" text-anchor="middle" x="{width // 2}"'
    inner = re.sub(r"<svg ", f'<svg x="60" y="40" width="{width - 120}" height="{height - 220}" ', svg, count=1)
    size = min(60, 1900 // max(len(name), 1))
    words = (
        f'<text {said} y="{height - 92}" font-size="{size}" font-weight="bold" fill="#12292c">{escape(name)}</text>'
        f'<text {said} y="{height - 40}" font-size="30" fill="#3f5357">{escape(clinic)}</text>'
    )
    whole = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{inner}{words}</svg>'
    return few_tones(svg_to_png(whole, width), 16, "PNG")


def icon_png(svg: str, size: int) -> bytes:
    """The site's sign as a square picture, for a home screen."""
    return few_tones(svg_to_png(svg, size), 16, "PNG")


def _size(svg: str) -> tuple[int, int]:
    view = _VIEW.search(svg)
    assert view, "a drawing of our engine has a viewBox"
    return int(view[1]), int(view[2])


def site_pictures(library: Library, previews: bool = False) -> dict[str, Pictures]:
    """What the site shows of each exercise that has a figure, by slug; those made before come from the cache.

    Only a site with an address needs `previews`: a picture beside a link to it. Raises as `draw_all` does.
    """
    pictures, body = {}, library.clinic.figure or USUAL_BODY
    for slug, drawing in draw_all(library).items():
        exercise, last = library.exercises[slug], drawing.panels[-1]
        moving = cached_animate(exercise.figure, folders(), build=body) if exercise.figure.moves else ""
        preview = _kept(preview_picture, last, exercise.name, library.clinic.name) if previews else b""
        pictures[slug] = Pictures(drawing, moving, _kept(small_picture, last), preview)
    return pictures


def _kept(make: Callable[..., bytes], *said: str) -> bytes:
    """`make(*said)`, from the cache when it has been made before."""
    name = hashlib.sha256("\0".join([_maker(), make.__name__, *said]).encode()).hexdigest()[:32]
    data = recall("pictures", name)
    if data is None:
        data = make(*said)
        keep("pictures", name, data)
    return data


@cache
def _maker() -> str:
    """A name for this very code: a change to it makes new pictures."""
    sources = (Path(__file__), Path(raster_image.__file__))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
