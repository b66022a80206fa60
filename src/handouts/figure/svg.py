"""Pictures become SVG text: self-contained, titled, the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from handouts.figure.ink import ERROR, INK, UNIT, Hold, Layer, Pen
from handouts.figure.picture import Picture
from handouts.figure.trace import fit, path_data

HEAD = 'xmlns="http://www.w3.org/2000/svg" role="img" stroke-linecap="round" stroke-linejoin="round"'


def paths(layers: Sequence[Layer], pen: Pen, error: float = ERROR) -> str:
    """All layers as path elements; every curve of the picture is fitted in one go."""
    curves = [curve for layer in layers for curve in layer.curves]
    fitted = iter(fit(curves, error * pen.px))
    out = []
    for layer in layers:
        data = "".join(path_data(next(fitted), closed, UNIT) for _, closed in layer.curves) + layer.data
        if data:
            out.append(f'<path {layer.look} d="{data}"/>')
    return "".join(out)


def stop_watch(hold: Hold, pen: Pen, width: int, mirror: bool) -> str:
    """A watch with the seconds in it; letters are never mirrored."""
    x, y, r = (hold.x * UNIT, hold.y * UNIT, hold.radius * UNIT)
    x = width - x if mirror else x
    size = min(0.78, 3.1 / len(hold.time)) * r
    line = f'stroke="{INK}" stroke-width="{pen.width * 0.9:.1f}"'
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}" fill="#fff" {line}/>'
        f'<path fill="none" {line} d="M{x:.0f} {y - r:.0f}v{-0.22 * r:.0f}m{-0.3 * r:.0f} 0h{0.6 * r:.0f}"/>'
        f'<text x="{x:.0f}" y="{y + 0.35 * size:.0f}" font-family="Atkinson Hyperlegible,DejaVu Sans,Arial,sans-serif" '
        f'font-weight="bold" font-size="{size:.0f}" text-anchor="middle" fill="{INK}">{escape(hold.time)}</text>'
    )


def other_side(words: str) -> str:
    """A caption of the other side: left becomes right, and right left (English only)."""
    swap = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}
    return re.sub(r"\b(left|right|Left|Right)\b", lambda m: swap[m[1]], words)


def still(picture: Picture, mirror: bool = False) -> str:
    """One panel as one `<svg>`; *mirror* shows the other side."""
    pen = Pen(picture.window)
    width, height = picture.window.width * UNIT, picture.window.height * UNIT
    content = paths(picture.layers, pen)
    if mirror:
        content = f'<g transform="matrix(-1 0 0 1 {width} 0)">{content}</g>'
    if picture.hold:
        content += stop_watch(picture.hold, pen, width, mirror)
    said = other_side(picture.caption) if mirror else picture.caption
    title = f"<title>{escape(said)}</title>" if said else ""
    return f'<svg {HEAD} viewBox="0 0 {width} {height}">{title}{content}</svg>'
