"""Pictures become SVG text: self-contained, titled, the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from handouts.figure.ink.lettering import lettering
from handouts.figure.ink.strokes import ERROR, INK, UNIT, Layer, Pen
from handouts.figure.ink.trace import fit, path_data
from handouts.figure.picture import Picture

HEAD = 'xmlns="http://www.w3.org/2000/svg" role="img" stroke-linecap="round" stroke-linejoin="round"'


@dataclass(frozen=True)
class Plate:
    """A panel drawn once, before side, time and words are known. Lengths are path units.

    *content* is SVG text, *line* the width of an outline, *watch* the middle and radius of a stop-watch. *ways* are the
    arrows' spots and how far each goes to the right and up.
    """

    width: int
    height: int
    line: float
    content: str
    watch: tuple[float, float, float] | None
    ways: tuple[tuple[str, float, float], ...]


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


def plate(picture: Picture) -> Plate:
    """One panel, ready to be shown from either side."""
    pen, hold = Pen(picture.window), picture.hold
    watch = (hold.x * UNIT, hold.y * UNIT, hold.radius * UNIT) if hold else None
    width, height = picture.window.width * UNIT, picture.window.height * UNIT
    return Plate(width, height, pen.width, paths(picture.layers, pen), watch, picture.ways)


def still(plate: Plate, title: str, time: str = "", mirror: bool = False) -> str:
    """One panel as one `<svg>`; *mirror* shows the other side, *time* stands in its stop-watch."""
    content = plate.content
    if mirror:
        content = f'<g transform="matrix(-1 0 0 1 {plate.width} 0)">{content}</g>'
    if plate.watch and time:
        content += _stop_watch(plate, plate.watch, time, mirror)
    title = f"<title>{escape(title)}</title>" if title else ""
    return f'<svg {HEAD} viewBox="0 0 {plate.width} {plate.height}">{title}{content}</svg>'


def _stop_watch(plate: Plate, watch: tuple[float, float, float], time: str, mirror: bool) -> str:
    """A watch with the seconds in it; digits are never mirrored."""
    x, y, r = watch
    x = plate.width - x if mirror else x
    stroke = f'stroke="{INK}"'
    line = f'{stroke} stroke-width="{plate.line * 0.9:.1f}"'
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}" fill="#fff" {line}/>'
        f'<path fill="none" {line} d="M{x:.0f} {y - r:.0f}v{-0.2 * r:.0f}m{-0.3 * r:.0f} 0h{0.6 * r:.0f}"/>'
        + lettering(time, x, y, 1.45 * r, 0.78 * r, stroke)
    )
