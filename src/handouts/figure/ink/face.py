"""Fine strokes that make a body someone: brows, eyes, a calm mouth, ears in a close-up, knee caps, fingers.

Places are metres in the axes of the head; own, shaped by eye.
"""

from __future__ import annotations

import numpy as np

from handouts.figure.body.body import FACE, HEAD_SCALE, VAULT
from handouts.figure.body.hand import finger_gaps
from handouts.figure.body.pose import SIDES, Frames
from handouts.figure.geometry import Array, Mask, monotone, unit
from handouts.figure.ink.strokes import Curve, Layer, Pen, fill
from handouts.figure.ink.trace import polyline, runs
from handouts.figure.scene.raster import DepthBuffer

_ARC = np.linspace(-1, 1, 9)
HAND_WIDTH, LEGIBLE = 0.085, 7.0  # metres; lines: a narrower hand has no room for fingers


def _front(y: Array, z: Array) -> Array:
    """Return how far forward the face is at height *y* and *z* to the side."""
    table = FACE[::-1]
    front, back, half = (monotone(table[:, 0], table[:, k], y) for k in (1, 2, 3))
    low = (front + back) / 2 + (front - back) / 2 * np.sqrt(np.clip(1 - (z / half) ** 2, 0, 1))
    (x, up, _), (a, b, c) = VAULT
    vault = x + a * np.sqrt(np.clip(1 - ((y - up) / b) ** 2 - (z / c) ** 2, 0, 1))
    return np.where(y > FACE[0, 0], vault, low)


class _Face:
    def __init__(self, buffer: DepthBuffer, frames: Frames, pen: Pen) -> None:
        self.buffer, self.pen = buffer, pen
        self.turn, self.at = frames.one("head")
        self.side = abs(self.turn[:, 2] @ buffer.view[2])
        self.lines: dict[float, list[Curve]] = {}
        self.spots: list[Curve] = []

    def seen(self, points: Array, slack: float) -> tuple[Array, Mask]:
        px = self.buffer.pixels(self.at + (points * HEAD_SCALE) @ self.turn.T)
        return px[:, :2], px[:, 2] > self.buffer.depth_at(px) - slack

    def faces(self, points: Array, least: float) -> Mask:
        """Return whether the skin at these points is turned to the viewer."""
        normal = (points - np.array([0.01, 0.01, 0])) * np.array([1, 0.3, 1.25])
        turned: Mask = unit(normal) @ self.turn.T @ self.buffer.view[2] > least
        return turned

    def stroke(self, y: Array, z: Array, share: float, lift: float = 0.001) -> None:
        points = np.stack([_front(y, z) + lift, y, z], 1)
        px, visible = self.seen(points, 0.010)
        visible &= self.faces(points, 0.10)
        if visible.sum() >= 3:
            first, last = np.nonzero(visible)[0][[0, -1]]
            self.lines.setdefault(share, []).append((polyline(px[first : last + 1]), False))

    def eye(self, sign: int, closeup: bool) -> None:
        aside = 0.031 + 0.004 * self.side
        middle = np.array([[_front(np.array([0.014]), np.array([aside]))[0] - 0.003 * self.side, 0.014, sign * aside]])
        self.stroke(0.0390 + 0.0055 * (1 - _ARC**2) - 0.0024 * _ARC, sign * (aside + 0.001 + 0.014 * _ARC), 0.66, 0.0005)
        px, visible = self.seen(middle, 0.014)
        if not (visible[0] and self.faces(middle, 0.26)[0]):
            return
        radius = 0.0062
        if closeup:
            self.stroke(0.014 + 0.0068 * (1 - _ARC**2), sign * (aside + 0.0145 * _ARC), 0.72)
            self.stroke(0.014 - 0.0045 * (1 - _ARC**2), sign * (aside + 0.0145 * _ARC), 0.55)
            radius = 0.0052
        scale = self.buffer.window.scale
        across = self.buffer.view @ self.turn @ np.array([-0.35 * sign, 0, 0.94]) * scale
        up = self.buffer.view @ self.turn @ np.array([0, 1.0, 0]) * scale
        t = np.linspace(0, 2 * np.pi, 17)[:-1]
        a, b = np.cos(t) * radius * (0.85 + 0.5 * self.side), np.sin(t) * radius * 1.15
        z = px[0, 0] + 1j * px[0, 1] + a * (across[0] - 1j * across[1]) + b * (up[0] - 1j * up[1])
        self.spots.append((z, True))

    def ear(self, sign: int) -> None:
        if self.turn[:, 2] @ self.buffer.view[2] * sign > 0.35:
            t = np.linspace(-0.5, 3.6, 12)
            points = np.stack([-0.004 + 0.009 * np.cos(t), 0.020 + 0.0135 * np.sin(t), np.full(12, sign * 0.0845)], 1)
            px, _ = self.seen(points, 0.02)
            self.lines.setdefault(0.5, []).append((polyline(px), False))

    def layers(self) -> list[Layer]:
        out = [Layer(self.pen.stroke(share), curves) for share, curves in self.lines.items()]
        return [*out, Layer(fill("#111"), self.spots)] if self.spots else out


def face(buffer: DepthBuffer, frames: Frames, pen: Pen, closeup: bool) -> list[Layer]:
    """Return the brows, eyes and mouth where they can be seen."""
    drawn = _Face(buffer, frames, pen)
    for sign in (1, -1):
        drawn.eye(sign, closeup)
        if closeup:
            drawn.ear(sign)
    drawn.stroke(-0.0440 + 0.0050 * _ARC**2, 0.021 * _ARC, 0.6)
    return drawn.layers()


def knee_caps(buffer: DepthBuffer, frames: Frames, pen: Pen) -> list[Layer]:
    """Return two short arcs on a knee that faces the viewer: they tell which way the leg is turned."""
    curves = []
    for side in SIDES:
        (thigh, _), (shank, knee) = frames.one(f"thigh_{side}"), frames.one(f"shank_{side}")
        ahead, up = unit(thigh[:, 0] + shank[:, 0]), unit(thigh[:, 1] + shank[:, 1])
        if ahead @ buffer.view[2] < 0.82 or thigh[:, 1] @ shank[:, 1] < 0.55:
            continue
        across = np.cross(ahead, up)
        t = np.linspace(-1, 1, 7)[:, None]
        for sign in (1, -1):
            at = knee + ahead * 0.046 + up * (0.020 * t - 0.008) + sign * across * (0.026 - 0.008 * t**2 + 0.004 * t)
            px = buffer.pixels(at)
            if (px[:, 2] > buffer.depth_at(px) - 0.012).all():
                curves.append((polyline(px[:, :2]), False))
    return [Layer(pen.stroke(0.5), curves)] if curves else []


def fingers(buffer: DepthBuffer, frames: Frames, hands: tuple[str | None, str | None], pen: Pen) -> list[Layer]:
    """Return the lines between the fingers, on hands that are large enough for them and show their back or palm."""
    if HAND_WIDTH * buffer.window.scale < LEGIBLE * pen.px:
        return []
    curves = []
    for side, sign, shape in zip(SIDES, (1, -1), hands, strict=True):
        turn, at = frames.one(f"hand_{side}")
        for points, normals in finger_gaps(shape, sign) if shape else ():
            px = buffer.pixels(at + points @ turn.T)
            seen = (normals @ turn.T @ buffer.view[2] > 0.45) & (px[:, 2] > buffer.depth_at(px) - 0.008)
            for a, b in runs(seen):
                if b - a > 3:
                    curves.append((polyline(px[a:b, :2]), False))
    return [Layer(pen.stroke(0.5), curves)] if curves else []
