"""Movement arrows: they run along the true path of what moves, beside it, and touch nothing.

Everything here lives on the picture plane, in metres; numbers are shares of the picture's longer side unless named.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from handouts.figure.body.landmarks import SPOTS, spot_at
from handouts.figure.body.request import Pose
from handouts.figure.body.surface import PARTS
from handouts.figure.geometry import Array, Ints, Mask, lengths, resample, rotation_vector, unit
from handouts.figure.ink.strokes import INK, UNIT, Layer, Pen, fill
from handouts.figure.ink.trace import polyline
from handouts.figure.scene.raster import DepthBuffer, Window
from handouts.figure.scene.settle import path_of
from handouts.figure.spec.figure import Arrow
from handouts.figure.spec.props import Prop

CLEAR = 0.030  # how far an arrow's middle line stays from the body
HEAD_LENGTH, HEAD_CLEAR = 0.060, 0.022  # how long its head is, and how much more room that needs
SHORTEST = 0.13  # an arrow shorter than this cannot be read
WIDTH = 2.0  # shaft, in pens
_MAP = 150  # pixels along the longer side of the map of where the body is

# What moves with a spot: the parts an arrow belongs to.
_ARM, _LEG = ("uarm", "farm", "hand"), ("thigh", "shank", "foot")


def _moving_parts(frame: str) -> set[str]:
    side = frame[-1]
    if frame[:4] in ("uarm", "farm", "hand"):
        return {f"{p}_{side}" for p in _ARM}
    if frame.split("_")[0] in (*_LEG, "toes"):
        return {f"{p}_{side}" for p in _LEG}
    if frame == "head" or frame.startswith("neck"):
        return {"head", "hair", "ear", "nose", "neck"}
    return {"trunk"}


def _distances(mask: Mask, most: int) -> Array:
    """Return the distance of every pixel from a mask, up to *most* pixels (octagons for circles)."""
    out = np.where(mask, 0.0, float(most))
    grown = mask.copy()
    for k in range(1, most):
        wide = grown.copy()
        wide[1:] |= grown[:-1]
        wide[:-1] |= grown[1:]
        wide[:, 1:] |= grown[:, :-1]
        wide[:, :-1] |= grown[:, 1:]
        if k % 2 == 0:
            wide[1:, 1:] |= grown[:-1, :-1]
            wide[1:, :-1] |= grown[:-1, 1:]
            wide[:-1, 1:] |= grown[1:, :-1]
            wide[:-1, :-1] |= grown[1:, 1:]
        out[wide & ~grown] = k
        grown = wide
    return out


@dataclass
class Surroundings:
    """A small map of where the body is: how far (metres) every place is from it, and from single parts of it."""

    window: Window
    part: Ints
    body: Array
    things: Array
    size: float

    @classmethod
    def of(cls, poses: list[Pose], things: list[Prop], view: Array, low: Array, high: Array) -> Surroundings:
        """Return the map around a box of the picture plane, with room for arrows; *poses* are the body and its ghost."""
        size = float(max(high - low))
        window = Window.around(low - 0.25 * size, high + 0.25 * size, _MAP)
        buffer = DepthBuffer(view, window)
        rows = poses[0].surface.coarse
        for points, kind in (p for thing in things for p in thing.polygons):
            buffer.polygon(points, -2 if kind.startswith("mat") else -3)
        for pose in poses:
            buffer.ellipsoids(*pose.surface.place(pose.frames, rows))
        part = np.where(buffer.winner >= 0, poses[0].surface.part[rows][np.maximum(buffer.winner, 0)], 0)
        covered = np.select([buffer.winner == -2, buffer.winner == -3], [0.10, 1.0], 0.0)  # a mat may be crossed
        return cls(window, part, _distances(part > 0, 40) / window.scale, covered, size)

    def at(self, field: Array, points: Array) -> Array:
        """Return the values of a map under points (..., 2) of the plane."""
        w = self.window
        x = np.clip(((points[..., 0] - w.left) * w.scale).astype(int), 0, w.width - 1)
        y = np.clip(((w.top - points[..., 1]) * w.scale).astype(int), 0, w.height - 1)
        values: Array = field[y, x]
        return values

    def has_room(self, low: Array, high: Array, share: float) -> bool:
        """Return whether a square *share* of the picture wide fits beside the body somewhere in a box."""
        half = share * self.size / 2
        x, y = (np.linspace(a + half, b - half, 30) for a, b in zip(low, high, strict=True))
        if (high - low).min() < 2 * half:
            return False
        places = np.stack(np.meshgrid(x, y), -1)
        free = (self.at(self.body, places) > 1.1 * half) & (self.at(self.things, places) == 0)
        return bool(free.any())

    def near(self, parts: set[str]) -> tuple[Array, Array]:
        """Return the distances from these parts of the body, and from the rest of it."""
        near = np.isin(self.part, [PARTS.index(p) for p in parts])
        return _distances(near, 40) / self.window.scale, _distances((self.part > 0) & ~near, 40) / self.window.scale


def _long_enough(path: Array, least: float) -> Array:
    """Return a path that is not shorter than *least*: it is lengthened at both ends, the way it goes there."""
    lack = least - lengths(path)[-1]
    if lack <= 0:
        return path
    third = len(path) // 3
    first, last = unit(path[0] - path[third]), unit(path[-1] - path[-1 - third])
    return np.concatenate([[path[0] + first * lack / 2], path, [path[-1] + last * lack / 2]])


def _spread() -> Array:
    """Return where an arrow may be moved to: rings of shifts around its own path, in shares of the picture."""
    angle = np.radians(np.arange(0, 360, 15))
    ring = np.stack([np.cos(angle), np.sin(angle)], 1)
    return np.concatenate([np.zeros((1, 2)), *(ring * r for r in np.arange(0.02, 0.31, 0.02))])


SHIFTS = _spread()


def _costs(paths: Array, around: Surroundings, moving: Array, rest: Array, target: Array) -> Array:
    """Return how bad each of many paths (n, points, 2) is: it must touch nothing, and be near what moves and nothing else."""
    size = around.size
    clear = around.at(around.body, paths)
    to_tip = np.linalg.norm(paths - paths[:, -1:], axis=2)
    clear -= HEAD_CLEAR * size * (to_tip < HEAD_LENGTH * size)
    touching = np.maximum(0, CLEAR * size - clear).max(1) / (CLEAR * size)
    from_moving, from_rest = around.at(moving, paths), around.at(rest, paths)
    away = from_moving.mean(1) + 0.4 * from_moving[:, 0] + np.linalg.norm(paths.mean(1) - target, axis=1)
    wrong = np.maximum(0, from_moving - from_rest).mean(1)
    costs: Array = 12 * touching + 4 * away / size + 8 * wrong / size + 2.5 * around.at(around.things, paths).mean(1)
    return costs


def _best(paths: Array, costs: Array) -> tuple[Array, float]:
    k = int(costs.argmin())
    return paths[k], float(costs[k])


def _along_path(spot: str, a: Pose, b: Pose, view: Array, around: Surroundings) -> Array | None:
    path = (path_of(spot, a, b) @ view.T)[:, :2]
    length = lengths(path)[-1]
    if length < 0.008:
        return None
    size = around.size
    moving, rest = around.near(_moving_parts(SPOTS[spot].frame))
    candidates: list[tuple[float, int, Array]] = []
    for first, last in ((0.06, 0.96), (0.3, 0.98), (0.5, 1.0)):
        part = _long_enough(resample(path, np.linspace(first, last, 24) * length), SHORTEST * size)
        part = resample(part, np.linspace(0, lengths(part)[-1], 24))
        paths = part + SHIFTS[:, None] * size
        short = 0.6 * max(0.0, 1 - lengths(part)[-1] / length)
        best, cost = _best(paths, _costs(paths, around, moving, rest, path[-1]) + short)
        candidates.append((cost, len(candidates), best))
    return min(candidates)[2]


def _around_axis(segment: str, a: Pose, b: Pose, view: Array, around: Surroundings) -> Array | None:
    """Return an arc on the near side of a turning segment, in the sense of its turn."""
    (before, p0), (after, p1) = a.frames.one(segment), b.frames.one(segment)
    turn = rotation_vector(after @ before.T)
    angle = np.linalg.norm(turn)
    if angle < 0.03:
        return None
    axis = turn / angle
    sweep = np.clip(angle, np.radians(70), np.radians(130))
    start = unit(np.cross(axis, [0.3, 0.5, 0.8]))
    side = np.cross(axis, start)
    moving, rest = around.near(_moving_parts(segment))
    middle = (p0 + p1) / 2
    height, radius, phase = (
        v.ravel()[:, None, None]
        for v in np.meshgrid(np.arange(-0.8, 0.81, 0.1), (0.16, 0.22, 0.30, 0.40), np.radians(np.arange(0, 360, 20)))
    )
    u = np.linspace(-0.5, 0.5, 24)[:, None] * sweep + phase
    rings = middle + height * axis
    seen = (rings + radius * (np.cos(u) * start + np.sin(u) * side)) @ view.T
    front = (seen - rings @ view.T)[:, 12, 2] > 0.5 * radius[:, 0, 0] * np.linalg.norm(np.cross(axis, view[2]))
    paths = seen[..., :2]
    long = np.linalg.norm(np.diff(paths, axis=1), axis=2).sum(1) > SHORTEST * around.size
    if not (front & long).any():
        return None
    costs = _costs(paths, around, moving, rest, (view @ middle)[:2]) + np.where(front & long, 0, np.inf)
    return _best(paths, costs)[0]


def _by_hand(arrow: Arrow, spot: str, pose: Pose, view: Array, around: Surroundings) -> Array:
    start = (view @ spot_at(pose.frames, spot)[0])[:2]
    way = unit(np.array(arrow.direction, float))
    path: Array = start + way * around.size * np.linspace(arrow.gap, arrow.gap + arrow.length, 12)[:, None]
    return path


def arrow_path(arrow: Arrow, a: Pose, b: Pose, view: Array, around: Surroundings) -> Array | None:
    """Return where an arrow for the movement from *a* to *b* is drawn beside *b*; None when nothing moves."""
    if arrow.track:
        return _along_path(arrow.track, a, b, view, around)
    if arrow.turn:
        return _around_axis(arrow.turn, a, b, view, around)
    return _by_hand(arrow, arrow.start, b, view, around) if arrow.start else None


def arrow_layers(path: Array, window: Window, pen: Pen, both: bool = False) -> list[Layer]:
    """Shaft and swallow-tail head in ink over a white rim."""
    px = np.stack([(path[:, 0] - window.left) * window.scale, (window.top - path[:, 1]) * window.scale], 1)
    total = lengths(px)[-1]
    head = min(4.6 * WIDTH * pen.px, 0.6 * total)
    shaft = resample(px, np.linspace(head * 0.8 if both else 0, total - head * 0.8, 24))
    data = _head(px, total - head, total, head) + (_head(px, head, 0.0, head) if both else "")
    curve = [(polyline(shaft), False)]
    return [
        Layer(pen.stroke(WIDTH * 2.4, "#fff", ' stroke-linecap="butt"'), curve),
        Layer(f'fill="#fff" stroke="#fff" stroke-width="{pen.width * WIDTH * 1.4:.1f}"', data=data),
        Layer(pen.stroke(WIDTH, INK, ' stroke-linecap="butt"'), curve),
        Layer(fill(INK), data=data),
    ]


def _head(px: Array, foot: float, tip: float, size: float) -> str:
    p, q = resample(px, np.array([foot, tip]))
    way = unit(q - p)
    wing = np.array([-way[1], way[0]]) * size * 0.46
    corners = np.round(np.stack([q, q - way * size + wing, q - way * size * 0.8, q - way * size - wing]) * UNIT).astype(int)
    return "M" + "L".join(f"{x} {y}" for x, y in corners) + "z"
