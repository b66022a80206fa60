"""A drawing as a small picture in a list, as the preview of a link and as the icon of the site."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from handouts.pictures.raster import few_tones, svg_to_png

SMALL = (168, 120)  # pixels: nearly twice what a list shows, for screens of high density
PREVIEW = (1200, 630)  # pixels: what services that preview a link ask for
ICON_SIZES = (192, 512)
_VIEW_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


def small_picture(svg: str) -> bytes:
    """Return a drawing in WebP, small enough to stand in a long list: under 1 kB as a rule."""
    width, height = _size(svg)
    scale = min(SMALL[0] / width, SMALL[1] / height)
    return few_tones(svg_to_png(svg, max(1, round(width * scale))), 4, "WEBP")


def preview_picture(svg: str, name: str, clinic: str) -> bytes:
    """Return a drawing in PNG with the exercise's name below it, for services that show a picture beside a link."""
    width, height = PREVIEW
    attributes = f'font-family="Atkinson Hyperlegible" text-anchor="middle" x="{width // 2}"'
    drawing = re.sub(r"<svg ", f'<svg x="60" y="40" width="{width - 120}" height="{height - 220}" ', svg, count=1)
    size = min(60, 1900 // max(len(name), 1))
    words = (
        f'<text {attributes} y="{height - 92}" font-size="{size}" font-weight="bold" fill="#12292c">{escape(name)}</text>'
        f'<text {attributes} y="{height - 40}" font-size="30" fill="#3f5357">{escape(clinic)}</text>'
    )
    preview = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{drawing}{words}</svg>'
    return few_tones(svg_to_png(preview, width), 16, "PNG")


def icon_png(svg: str, size: int) -> bytes:
    """Return the site's sign as a square picture, for a home screen."""
    return few_tones(svg_to_png(svg, size), 16, "PNG")


def _size(svg: str) -> tuple[int, int]:
    """Return width and height of a drawing, in its own units."""
    match = _VIEW_BOX.search(svg)
    assert match, "a drawing of our engine has a viewBox"
    return int(match[1]), int(match[2])
