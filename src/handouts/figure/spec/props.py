"""Furniture and equipment as flat pieces, straight edges and soft ellipsoids. Metres; own sizes, of common furniture."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from handouts.figure.geometry import Array, rot_y

# Greys of the faces a piece may have.
FILLS = {"top": "#f4f4f4", "side": "#e2e2e2", "dark": "#cfcfcf", "mat": "#ececec", "matside": "#ccc", "wall": "#f0f0f0"}
SIDES = ("side", "top", "side")


@dataclass
class Prop:
    """A thing in the room: polygons (points, fill), edges (two points), soft ellipsoids, and ropes (see `scene`)."""

    polygons: list[tuple[Array, str]] = field(default_factory=list)
    edges: list[tuple[Array, Array]] = field(default_factory=list)
    soft: list[tuple[Array, Array]] = field(default_factory=list)

    def box(self, low: Sequence[float], high: Sequence[float], fills: Sequence[str] = SIDES, yaw: float = 0.0) -> Prop:
        """Add a box; *fills* are its faces across x, y and z; *yaw* turns it about the vertical (degrees)."""
        corners = np.array([[a, b, c] for a in (low[0], high[0]) for b in (low[1], high[1]) for c in (low[2], high[2])])
        corners = corners @ rot_y(math.radians(yaw)).T
        faces = ((0, 1, 3, 2), (4, 6, 7, 5)), ((0, 4, 5, 1), (2, 3, 7, 6)), ((0, 2, 6, 4), (1, 5, 7, 3))
        for fill, pair in zip(fills, faces, strict=True):
            self.polygons += [(corners[list(face)], fill) for face in pair]
        self.edges += [(corners[i], corners[i ^ bit]) for i in range(8) for bit in (1, 2, 4) if i < i ^ bit]
        return self

    def row(self, centres: Array, axes: Array) -> Prop:
        """Add a row of soft ellipsoids."""
        self.soft.append((centres, axes))
        return self

    def moved(self, x: float, y: float, z: float) -> Prop:
        """Return the same thing elsewhere."""
        by = np.array([x, y, z])
        return Prop(
            [(p + by, f) for p, f in self.polygons], [(a + by, b + by) for a, b in self.edges],
            [(c + by, m) for c, m in self.soft],
        )  # fmt: skip


def mat(x0: float, x1: float, half: float, z: float = 0.0) -> Prop:
    """Return an exercise mat; the scene finds its size from the body."""
    return Prop().box((x0, -0.025, z - half), (x1, -0.0005, z + half), ("matside", "mat", "matside"))


def chair(x: float = -0.06, z: float = 0.0, seat: float = 0.45, yaw: float = 0.0, back: bool = True) -> Prop:
    """Return a kitchen chair with four legs, its seat centred at *x*; the back is behind a person who faces +x."""
    d = w = 0.21
    out = Prop().box((-d, seat - 0.035, -w), (d, seat, w), yaw=yaw)
    for cx in (0.022 - d, d - 0.022):
        for cz in (0.022 - w, w - 0.022):
            out.box((cx - 0.018, 0, cz - 0.018), (cx + 0.018, seat - 0.035, cz + 0.018), ("side",) * 3, yaw)
    if back:
        for cz in (0.022 - w, w - 0.022):
            out.box((-d, seat, cz - 0.016), (0.032 - d, seat + 0.22, cz + 0.016), yaw=yaw)
        out.box((-d - 0.004, seat + 0.20, -w), (0.036 - d, seat + 0.44, w), yaw=yaw)
    return out.moved(x, 0, z)


def bed(x: float = 0.0, z: float = 0.0, length: float = 1.95, width: float = 0.95, height: float = 0.50) -> Prop:
    """Return a bed with mattress, frame and four legs; the body lies at *height*."""
    a, b, c, d = x - length / 2, x + length / 2, z - width / 2, z + width / 2
    out = Prop().box((a, height - 0.15, c), (b, height - 0.001, d))
    out.box((a, height - 0.27, c), (b, height - 0.15, d), ("dark",) * 3)
    for cx in (a + 0.04, b - 0.04):
        for cz in (c + 0.04, d - 0.04):
            out.box((cx - 0.04, 0, cz - 0.04), (cx + 0.04, height - 0.27, cz + 0.04), ("dark",) * 3)
    return out


def step(x: float = 0.37, height: float = 0.15, depth: float = 0.40, width: float = 0.60) -> Prop:
    """Return one stair, centred at *x*."""
    return Prop().box((x - depth / 2, 0, -width / 2), (x + depth / 2, height - 0.001, width / 2))


def wall(x: float | None = None, z: float | None = None, width: float = 1.1, height: float = 1.95, at: float = 0.0) -> Prop:
    """Return a piece of wall: its face at *x* (in front or behind) or at *z* (at the side), centred at *at*."""
    if z is None:
        face = 0.6 if x is None else x
        back = face + math.copysign(0.07, face)
        return Prop().box(
            (min(face, back), 0, at - width / 2), (max(face, back), height, at + width / 2), ("wall", "side", "side")
        )
    back = z + math.copysign(0.07, z)
    return Prop().box((at - width / 2, 0, min(z, back)), (at + width / 2, height, max(z, back)), ("side", "side", "wall"))


def doorway(x: float = 0.1, opening: float = 0.92, height: float = 2.0, thick: float = 0.12) -> Prop:
    """Return two posts of one height and the beam over them, facing x."""
    inner, outer = opening / 2, opening / 2 + 0.14
    out = Prop()
    for a, b in ((inner, outer), (-outer, -inner)):
        out.box((x, 0, a), (x + thick, height, b))
    return out.box((x, height, -outer), (x + thick, height + 0.14, outer))


def table(x: float = 0.55, z: float = 0.0, height: float = 0.90, depth: float = 0.50, width: float = 0.80) -> Prop:
    """Return a table or worktop with four legs, centred at *x*."""
    d, w = depth / 2, width / 2
    out = Prop().box((-d, height - 0.04, -w), (d, height - 0.001, w))
    for cx in (0.05 - d, d - 0.05):
        for cz in (0.05 - w, w - 0.05):
            out.box((cx - 0.025, 0, cz - 0.025), (cx + 0.025, height - 0.04, cz + 0.025), ("side",) * 3)
    return out.moved(x, 0, z)


def pillow(x: float, z: float = 0.0, y: float = 0.0, depth: float = 0.30, height: float = 0.10, width: float = 0.46,
           yaw: float = 0.0) -> Prop:  # fmt: skip
    """Return a cushion that lies at height *y*."""
    turn = rot_y(math.radians(yaw))
    t = np.repeat(np.linspace(-1, 1, 41), 3)
    along = np.tile([-0.35, 0, 0.35], 41) * depth / 2 * (0.88 + 0.12 * t * t)
    k = (1 - np.abs(t) ** 4) ** 0.25 * 0.9 + 0.1 * np.sqrt(1 - t * t)
    wide = np.maximum(0.004, depth / 2 * 0.65 * (0.88 + 0.12 * t * t) * np.maximum(k, 0.15))
    centres = np.stack([along, 0 * t, t * width / 2], 1) @ turn.T + np.array([x, y + height / 2, z])
    axes = np.zeros((len(t), 3, 3))
    axes[:, 0, 0], axes[:, 1, 1], axes[:, 2, 2] = wide, np.maximum(0.004, height / 2 * k), 0.014
    return Prop().row(centres, turn @ axes)


def towel(x: float, z: float = 0.0, y: float = 0.0, radius: float = 0.05, length: float = 0.36) -> Prop:
    """Return a rolled towel across the body."""
    t = np.linspace(-0.5, 0.5, 30) * length
    axes = np.tile(np.diag([radius, radius, 0.012]), (30, 1, 1))
    return Prop().row(np.stack([0 * t + x, 0 * t + y + radius, t + z], 1), axes)


def ball(x: float, z: float = 0.0, y: float = 0.0, radius: float = 0.11) -> Prop:
    """Return a ball that lies at height *y*; a football's radius is 0.11 m."""
    return Prop().row(np.array([[x, y + radius, z]]), np.diag([radius] * 3)[None])


def rod(a: Array, b: Array, radius: float = 0.014) -> Prop:
    """Return a stick from *a* to *b*."""
    count = max(2, int(np.linalg.norm(b - a) / (radius * 0.8)))
    t = np.linspace(0, 1, count)[:, None]
    return Prop().row(a * (1 - t) + b * t, np.tile(np.eye(3) * radius, (count, 1, 1)))


def disc(at: Array, across: Array, radius: float) -> Prop:
    """Return a weight on a stick: a flat disc at *at*, square to the direction *across*."""
    x = across / np.linalg.norm(across)
    y = np.cross(x, [0.0, 0.0, 1.0] if abs(x[2]) < 0.8 else [0.0, 1.0, 0.0])
    y = y / np.linalg.norm(y)
    turn = np.stack([x, y, np.cross(x, y)], 1)
    t = np.linspace(-0.022, 0.022, 7)[:, None]
    return Prop().row(at + t * x, np.tile(turn @ np.diag([0.006, radius, radius]), (7, 1, 1)))


MAKERS: dict[str, Callable[..., Prop]] = {
    "chair": chair, "bed": bed, "step": step, "wall": wall, "doorway": doorway, "table": table, "pillow": pillow,
    "towel": towel, "ball": ball,
}  # fmt: skip
