"""One panel of a figure, from settled body to layers of ink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from handouts.figure.body.landmarks import SPOTS
from handouts.figure.body.request import Pose
from handouts.figure.geometry import Array, Mask
from handouts.figure.ink import marks
from handouts.figure.ink.arrows import Surroundings, arrow_layers, arrow_path
from handouts.figure.ink.face import face, fingers, knee_caps
from handouts.figure.ink.labels import Labels, read
from handouts.figure.ink.lines import draw_lines
from handouts.figure.ink.strokes import (
    GREY,
    INK,
    INK_FAR,
    RESOLUTION,
    SKIN,
    TONES,
    UNIT,
    WIDTHS,
    Curve,
    Hold,
    Layer,
    Pen,
    fill,
)
from handouts.figure.ink.trace import regions, runs
from handouts.figure.scene.helper import helper_frames
from handouts.figure.scene.raster import NOTHING, DepthBuffer, Window, camera
from handouts.figure.scene.settle import bands, extent, furniture
from handouts.figure.spec.figure import Figure
from handouts.figure.spec.props import FILLS, Prop


@dataclass(frozen=True)
class Picture:
    """A panel ready to be written: its layers from back to front, its window; *ways* as in `svg.PanelDrawing`."""

    layers: tuple[Layer, ...]
    window: Window
    hold: Hold | None
    ways: tuple[tuple[str, float, float], ...]


class Track(NamedTuple):
    """An arrow as it is drawn: points on the picture plane (metres), with two heads or one, and the spot it belongs to."""

    points: Array
    both: bool
    spot: str


@dataclass(frozen=True)
class Frame:
    """What all panels of a figure share: the camera, the window, and each panel's arrows."""

    view: Array
    window: Window
    arrows: tuple[tuple[Track, ...], ...]


def _before(poses: tuple[Pose, ...], k: int) -> Pose:
    """Return the pose that the movement into panel *k* starts from; of a first panel the last, as in a to-and-fro."""
    return poses[k - 1]


def frame(figure: Figure, poses: tuple[Pose, ...], pixels: int = RESOLUTION) -> Frame:
    """Choose window and arrows for a whole figure, so that nothing jumps between panels and nothing is cut."""
    view = camera(*figure.view)
    box = low, high = extent(figure, poses, view)
    arrows = []
    for k, panel in enumerate(figure.panels):
        paths = []
        if panel.arrows or panel.hold:
            bodies = [poses[k], poses[k - 1]] if panel.ghost and k else [poses[k]]
            around = Surroundings.of(bodies, furniture(figure, poses, k), view, *box)
            if panel.hold and not around.has_room(*box, marks.WATCH):
                high = high + np.array([0, marks.WATCH * around.size])
            for arrow in panel.arrows:
                path = arrow_path(arrow, _before(poses, k), poses[k], view, around)
                if path is not None:
                    paths.append(Track(path, arrow.both, arrow.track or arrow.turn or arrow.start or ""))
        arrows.append(tuple(paths))
    pad = 0.03 * max(high - low)
    for points in (track.points for paths in arrows for track in paths):
        low, high = np.minimum(low, points.min(0) - pad), np.maximum(high, points.max(0) + pad)
    if not figure.closeup:
        low, high = low - pad / 2, high + pad / 2
    return Frame(view, Window.around(low, high, pixels), tuple(arrows))


def _furniture_fills(things: list[Prop], buffer: DepthBuffer) -> dict[str, list[int]]:
    """Put all polygons into the buffer; return the winners of each fill."""
    fills: dict[str, list[int]] = {}
    index = -2
    for thing in things:
        for points, name in thing.polygons:
            buffer.polygon(points, index)
            fills.setdefault(FILLS[name], []).append(index)
            index -= 1
    return fills


def _furniture_layers(fills: dict[str, list[int]], things: list[Prop], buffer: DepthBuffer, pen: Pen) -> list[Layer]:
    out = []
    for colour, winners in fills.items():
        curves = regions(np.isin(buffer.winner, winners), 0.8, 0.3 * pen.px**2)
        if curves:
            out.append(Layer(fill(colour), curves))
    data = "".join(_visible_edges(things, buffer))
    return [*out, Layer(pen.stroke(0.65, GREY), data=data)] if data else out


def _visible_edges(things: list[Prop], buffer: DepthBuffer) -> list[str]:
    """Return the straight edges of furniture as path data, where nothing hides them."""
    out, seen = [], set()
    for a, b in (edge for thing in things for edge in thing.edges):
        ends = buffer.pixels(np.stack([a, b]))
        n = int(np.linalg.norm((ends[1] - ends[0])[:2])) + 2
        if n < 4:
            continue
        line = ends[0] + (ends[1] - ends[0]) * np.linspace(0, 1, n)[:, None]
        visible = line[:, 2] > buffer.depth_at(line, 1) - 0.012
        for k in (1, 2):
            visible |= np.roll(visible, k) & np.roll(visible, -k)
        for i, j in runs(visible):
            (x0, y0), (x1, y1) = np.round(line[[i, j - 1], :2] * UNIT).astype(int)
            if j - i >= 5 and (x0 // 4, y0 // 4, x1 // 4, y1 // 4) not in seen:
                seen.add((x0 // 4, y0 // 4, x1 // 4, y1 // 4))
                out.append(f"M{x0} {y0}L{x1} {y1}")
    return out


def _body_layers(
    labels: Labels, buffer: DepthBuffer, pose: Pose, hands: tuple[str, str], pen: Pen, closeup: bool
) -> list[Layer]:
    visible = labels.part > 0
    crumb = 2 * pen.px**2
    out = [Layer(fill(SKIN), regions(visible, pen.sigma, crumb))]
    for cloth, (near, far) in enumerate(TONES):
        for where, colour in ((~labels.far, near), (labels.far, far)):
            curves = regions(visible & (labels.cloth == cloth) & where, pen.sigma, crumb) if colour != SKIN else []
            if curves:
                out.append(Layer(fill(colour), curves))
    strokes: dict[tuple[bool, int], list[Curve]] = {}
    for line in draw_lines(labels, buffer, pose.frames, pen.px, pen.sigma):
        strokes.setdefault((not line.far, -line.style), []).append((line.points, line.closed))
    for (nearer, style), curves in sorted(strokes.items(), key=lambda item: item[0]):
        share = WIDTHS[-style] * (1 if nearer else 0.85)
        out.append(Layer(pen.stroke(share, INK if nearer else INK_FAR), curves))
    out += knee_caps(buffer, pose.frames, pen) + fingers(buffer, pose.frames, hands, pen)
    return out + face(buffer, pose.frames, pen, closeup)


def _is_bare(figure: Figure) -> bool:
    """Return True if the trunk is bare: a scar on it is seen on bare skin."""
    frames = [SPOTS[settings["spot"]].frame for name, settings in figure.props if name == "scar"]
    return any(frame == "pelvis" or frame.startswith(("spine", "thorax", "midback")) for frame in frames)


def _floor(figure: Figure, k: int) -> float:
    panel = figure.panels[k]
    return min(panel.contact.values(), default=0.0) if panel.support is None else panel.support


def backdrop(figure: Figure, poses: tuple[Pose, ...], shared: Frame) -> list[Layer]:
    """Return the furniture alone, as the first panel has it."""
    buffer = DepthBuffer(shared.view, shared.window)
    things = furniture(figure, poses, 0)
    return _furniture_layers(_furniture_fills(things, buffer), things, buffer, Pen(shared.window))


def picture(figure: Figure, poses: tuple[Pose, ...], k: int, shared: Frame, furnished: bool = True) -> Picture:
    """Draw panel *k* of a figure; where it is not *furnished* the furniture hides what it hides but is not drawn."""
    panel, pose, window = figure.panels[k], poses[k], shared.window
    pen, buffer = Pen(window, bool(figure.closeup)), DepthBuffer(shared.view, window)
    things = furniture(figure, poses, k)
    fills = _furniture_fills(things, buffer)
    centres, axes = pose.surface.place(pose.frames)
    soft = [piece for thing in things for piece in thing.soft]
    buffer.ellipsoids(np.concatenate([centres, *(c for c, _ in soft)]), np.concatenate([axes, *(m for _, m in soft)]))
    labels = read(buffer, pose, pen.px, bare=_is_bare(figure))
    layers = _furniture_layers(fills, things, buffer, pen) if furnished else []
    if not figure.closeup:
        layers += marks.shadow(pose, _floor(figure, k), buffer, pen)
    if panel.ghost and k:
        layers += marks.ghost(poses[k - 1], shared.view, window, pen)
    layers += _body_layers(labels, buffer, pose, panel.hands, pen, bool(figure.closeup))
    felt = np.zeros(labels.part.shape, bool)
    for name, sides in panel.muscles:
        felt |= marks.muscle_mask(labels, buffer, pose, name, sides)
    layers += marks.hatching(felt, pen)
    for a, b, fixed in bands(figure, pose):
        layers += marks.band(a, b, fixed, buffer, pen)
    for name, settings in figure.props_in(k):
        if name == "scar":
            length, across = settings.get("length", 0.1), settings.get("across", False)
            layers += marks.scar(settings["spot"], length, across, pose, labels, buffer, pen)
        if name == "helper":
            hand = helper_frames(pose, settings["spot"], np.array(settings["way"], float))
            layers += fingers(buffer, hand, (settings.get("hand", "flat"), None), pen)
        if name == "water":
            layers += marks.water(settings.get("level", 1.15), labels, buffer, pen)
    for track in shared.arrows[k]:
        layers += arrow_layers(track.points, window, pen, track.both)
    taken = _taken(labels, shared.arrows[k], window) | (buffer.winner < NOTHING)
    clock = marks.hold(taken, pen) if panel.hold else None
    return Picture(tuple(layers), window, clock, tuple(_way(track, window) for track in shared.arrows[k]))


def _way(track: Track, window: Window) -> tuple[str, float, float]:
    right, up = (track.points[-1] - track.points[0]) * window.scale * UNIT
    return track.spot, round(float(right)), round(float(up))


def _taken(labels: Labels, arrows: tuple[Track, ...], window: Window) -> Mask:
    out = labels.part > 0
    for path, *_ in arrows:
        x = np.clip(((path[:, 0] - window.left) * window.scale).astype(int), 8, window.width - 9)
        y = np.clip(((window.top - path[:, 1]) * window.scale).astype(int), 8, window.height - 9)
        for i, j in zip(y, x, strict=True):
            out[i - 8 : i + 9, j - 8 : j + 9] = True
    return out
