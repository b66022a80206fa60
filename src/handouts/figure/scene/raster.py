"""Ellipsoids and flat pieces of furniture fall into one depth buffer, seen from one camera without perspective."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from handouts.figure.geometry import Array, Ints

NOTHING = -1  # what wins a pixel that nothing covers; polygons count down from -2
ROUNDING = 1e-6  # pixels, tolerance before ceil(): the last digit of a product differs between processors


def camera(azimuth: float, elevation: float) -> Array:
    """Return the axes of a view as rows: right and up on the picture, and towards the viewer.

    Degrees; 0 is in front, 90 on the right.
    """
    a, e = math.radians(azimuth), math.radians(elevation)
    towards = np.array([math.cos(a) * math.cos(e), math.sin(e), math.sin(a) * math.cos(e)])
    right = np.cross(-towards, [0.0, 1.0, 0.0])
    right /= np.linalg.norm(right)
    return np.stack([right, np.cross(right, -towards), towards])


@dataclass(frozen=True)
class Window:
    """The part of the picture plane that is drawn: left and top in metres, pixels a metre, size in pixels."""

    left: float
    top: float
    scale: float
    width: int
    height: int

    @classmethod
    def around(cls, low: Array, high: Array, pixels: int) -> Window:
        """Return the box from *low* to *high* (metres on the picture plane), its longer side *pixels* long."""
        scale = pixels / max(high - low)
        width, height = np.ceil((high - low) * scale - ROUNDING).astype(int)
        return cls(float(low[0]), float(high[1]), float(scale), int(width), int(height))


class DepthBuffer:
    """For every pixel the nearest surface: its *depth* (metres towards the viewer) and *winner*, the index of what it is."""

    def __init__(self, view: Array, window: Window) -> None:
        self.view, self.window = view, window
        self.depth = np.full((window.height, window.width), -1e9, np.float32)
        self.winner = np.full((window.height, window.width), NOTHING, np.int32)
        self.across = (window.left + (np.arange(window.width) + 0.5) / window.scale).astype(np.float32)
        self.down = (window.top - (np.arange(window.height) + 0.5) / window.scale).astype(np.float32)

    def pixels(self, points: Array) -> Array:
        """Return the points of the room (..., 3) as column, row and depth."""
        seen = np.asarray(points) @ self.view.T
        w = self.window
        return np.stack([(seen[..., 0] - w.left) * w.scale, (w.top - seen[..., 1]) * w.scale, seen[..., 2]], -1)

    def room(self, rows: Ints, columns: Ints) -> Array:
        """Return where in the room the surface of these pixels is, shape (n, 3)."""
        return np.stack([self.across[columns], self.down[rows], self.depth[rows, columns]], 1).astype(float) @ self.view

    def depth_at(self, pixels: Array, around: int = 0) -> Array:
        """Return the depth under points given by `pixels`; with *around*, the farthest within so many pixels."""
        w = self.window
        columns, rows = pixels[..., 0].astype(int), pixels[..., 1].astype(int)
        depth = np.full(columns.shape, np.inf)
        for dx in range(-around, around + 1):
            for dy in range(-around, around + 1):
                near = self.depth[np.clip(rows + dy, 0, w.height - 1), np.clip(columns + dx, 0, w.width - 1)]
                depth = np.minimum(depth, near)
        return depth

    def _spans(self, low: Array, high: Array, size: int) -> tuple[list[int], list[int]]:
        first = np.clip(np.floor(low - 0.5), 0, size).astype(int)
        return first.tolist(), np.clip(np.ceil(high + 0.5), 0, size).astype(int).tolist()

    def ellipsoids(self, centres: Array, axes: Array) -> None:
        """Add ellipsoids (n, 3) with semi-axes as columns (n, 3, 3); row k wins as k."""
        w = self.window
        seen = centres @ self.view.T
        half = self.view @ axes
        spread = half @ half.swapaxes(1, 2)
        flat = np.linalg.inv(spread[:, :2, :2])
        lean = (flat @ spread[:, :2, 2:])[:, :, 0]
        bulge = spread[:, 2, 2] - (lean * spread[:, :2, 2]).sum(1)
        reach = np.sqrt(np.stack([spread[:, 0, 0], spread[:, 1, 1]], 1)) * w.scale
        x, y = (seen[:, 0] - w.left) * w.scale, (w.top - seen[:, 1]) * w.scale
        left, right = self._spans(x - reach[:, 0], x + reach[:, 0], w.width)
        above, below = self._spans(y - reach[:, 1], y + reach[:, 1], w.height)
        quad = -(bulge[:, None] * np.stack([flat[:, 0, 0], 2 * flat[:, 0, 1], flat[:, 1, 1]], 1))
        numbers = np.concatenate([seen, quad, lean, bulge[:, None]], 1).astype(np.float32)
        with np.errstate(invalid="ignore"):
            for k, (cx, cy, cz, xx, xy, yy, gx, gy, zz) in enumerate(numbers):
                a, b, c, d = left[k], right[k], above[k], below[k]
                if a >= b or c >= d:
                    continue
                dx, dy = self.across[a:b] - cx, self.down[c:d, None] - cy
                z = (xy * dy) * dx
                z += xx * dx * dx + zz
                z += yy * dy * dy
                np.sqrt(z, z)  # outside the ellipse this is not a number, and wins nowhere
                z += gx * dx + cz
                z += gy * dy
                depth = self.depth[c:d, a:b]
                nearer = z > depth
                np.copyto(depth, z, where=nearer)
                np.copyto(self.winner[c:d, a:b], k, where=nearer)

    def polygon(self, points: Array, index: int) -> None:
        """Add a flat convex polygon (n, 3); seen edge-on it is nothing."""
        w = self.window
        seen = np.asarray(points, float) @ self.view.T
        normal = np.cross(seen[1] - seen[0], seen[2] - seen[0])
        if abs(normal[2]) < 1e-9 * np.linalg.norm(normal) + 1e-12:
            return
        px = self.pixels(points)
        (a,), (b,) = self._spans(px[:, :1].min(0), px[:, :1].max(0), w.width)
        (c,), (d,) = self._spans(px[:, 1:2].min(0), px[:, 1:2].max(0), w.height)
        if a >= b or c >= d:
            return
        x, y = np.arange(a, b) + 0.5, (np.arange(c, d) + 0.5)[:, None]
        ahead = np.roll(px, -1, 0)
        sense = np.sign((px[:, 0] * ahead[:, 1] - ahead[:, 0] * px[:, 1]).sum())
        inside = np.ones((d - c, b - a), bool)
        for (x0, y0, _), (x1, y1, _) in zip(px, ahead, strict=True):
            inside &= sense * ((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) >= 0
        across, down = self.across[a:b] - seen[0, 0], self.down[c:d, None] - seen[0, 1]
        z = (seen[0, 2] - (normal[0] * across + normal[1] * down) / normal[2]).astype(np.float32)
        depth = self.depth[c:d, a:b]
        nearer = inside & (z > depth)
        np.copyto(depth, z, where=nearer)
        np.copyto(self.winner[c:d, a:b], index, where=nearer)
