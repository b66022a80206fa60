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
class PanelDrawing:
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
    """Return all layers as path elements; every curve of the picture is fitted in one go."""
    curves = [curve for layer in layers for curve in layer.curves]
    fitted = iter(fit(curves, error * pen.px))
    out = []
    for layer in layers:
        data = "".join(path_data(next(fitted), closed, UNIT) for _, closed in layer.curves) + layer.data
        if data:
            out.append(f'<path {layer.look} d="{data}"/>')
    return "".join(out)


def panel_drawing(picture: Picture) -> PanelDrawing:
    """Return one panel as SVG text, ready to be shown from either side."""
    pen, hold = Pen(picture.window), picture.hold
    watch = (hold.x * UNIT, hold.y * UNIT, hold.radius * UNIT) if hold else None
    width, height = picture.window.width * UNIT, picture.window.height * UNIT
    return PanelDrawing(width, height, pen.width, paths(picture.layers, pen), watch, picture.ways)


def still(panel: PanelDrawing, title: str, time: str = "", mirror: bool = False) -> str:
    """Return one panel as one `<svg>`; *mirror* shows the other side, *time* stands in its stop-watch."""
    content = panel.content
    if mirror:
        content = f'<g transform="matrix(-1 0 0 1 {panel.width} 0)">{content}</g>'
    if panel.watch and time:
        content += _stop_watch(panel, panel.watch, time, mirror)
    title = f"<title>{escape(title)}</title>" if title else ""
    return f'<svg {HEAD} viewBox="0 0 {panel.width} {panel.height}">{title}{content}</svg>'


def _stop_watch(panel: PanelDrawing, watch: tuple[float, float, float], time: str, mirror: bool) -> str:
    """Return a watch with the seconds in it; digits are never mirrored."""
    x, y, r = watch
    x = panel.width - x if mirror else x
    stroke = f'stroke="{INK}"'
    line = f'{stroke} stroke-width="{panel.line * 0.9:.1f}"'
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}" fill="#fff" {line}/>'
        f'<path fill="none" {line} d="M{x:.0f} {y - r:.0f}v{-0.2 * r:.0f}m{-0.3 * r:.0f} 0h{0.6 * r:.0f}"/>'
        + lettering(time, x, y, 1.45 * r, 0.78 * r, stroke)
    )
