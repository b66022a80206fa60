"""Hands: palm, fingers and thumb in the shapes of `body.HANDS`, and the lines between the fingers.

In the axes of a hand the fingers point to -y, the palm faces -z (of a right hand) and the thumb is on the +x side.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from handouts.figure.body.body import FINGERS, HANDS
from handouts.figure.body.surface import Rows, diagonal
from handouts.figure.geometry import Array, Ints, unit


def spheres(radius: Array) -> Array:
    """Return the semi-axes of spheres, shape (n, 3, 3)."""
    return radius[:, None, None] * np.eye(3)


def _finger(start: Array, bends: Array, length: float, radius: float, sign: float) -> tuple[Array, Array]:
    centres, radii, at = [], [], start
    for k, (bend, share) in enumerate(zip(np.cumsum(bends), (0.45, 0.31, 0.24), strict=True)):
        end = at + np.array([0, -np.cos(bend), -sign * np.sin(bend)]) * length * share * 1.04
        t = np.linspace(0, 1, 4)[:, None]
        centres.append(at * (1 - t) + end * t)
        radii.append(radius * (1 - 0.07 * (k + t[:, 0])))
        at = end
    return np.concatenate(centres), np.concatenate(radii)


def _thumb(shape: str, sign: float) -> tuple[Array, Array]:
    out, inwards = (math.radians(a) for a in HANDS[shape][3:])
    start = np.array([0.020, -0.024, -sign * 0.006])
    knuckle = start + unit(np.array([np.sin(out), -np.cos(out), -sign * np.sin(inwards)])) * 0.048
    tip = np.array([np.sin(out / 2), -np.cos(out / 2), -sign * np.sin(inwards) * 1.1])
    if shape in ("fist", "grip"):
        tip = np.array([-0.45, -0.55, -sign * 0.7])
    end = knuckle + unit(tip) * 0.034
    t, u = np.linspace(0, 1, 6)[:, None], np.linspace(0, 1, 5)[:, None]
    centre = np.concatenate([start * (1 - t) + knuckle * t, knuckle * (1 - u) + end * u])
    return centre, np.concatenate([np.linspace(0.017, 0.0125, 6), np.linspace(0.0118, 0.0095, 5)])


def add_hand(rows: Rows, side: str, sign: float, shape: str) -> Ints:
    """Fingers point to -y, the palm faces -z of a right hand, the thumb is on the +x side."""
    t = np.linspace(0, 1, 9)
    half = np.interp(t, [0, 0.35, 0.75, 1], [0.029, 0.038, 0.043, 0.040])
    thick = np.interp(t, [0, 0.5, 1], [0.019, 0.018, 0.014])
    palm = np.stack([0 * t + 0.002, -t * 0.088, 0 * t], 1)
    part = f"hand_{side}"
    out = [rows.add(part, part, palm, diagonal(half, np.full(9, 0.016), thick))]
    bends = np.radians(HANDS[shape][:3])
    for k, (x, length, radius) in enumerate(FINGERS):
        start = np.array([x, -0.080 if k == 3 else -0.086, 0])
        centre, radii = _finger(start, bends, length, radius, sign)
        out.append(rows.add(part, part, centre, spheres(radii)))
    centre, radii = _thumb(shape, sign)
    return np.concatenate([*out, rows.add(part, part, centre, spheres(radii))])


def finger_gaps(shape: str, sign: float) -> list[tuple[Array, Array]]:
    """Return where two fingers meet on the back of a hand: points (n, 3) and which way the skin faces there."""
    bends = np.cumsum(np.radians(HANDS[shape][:3]))
    out = []
    for (x0, long0, _), (x1, long1, thick) in pairwise(FINGERS):
        at = np.array([(x0 + x1) / 2, -0.084, 0.0])
        points, normals = [], []
        for bend, share in zip(bends, (0.45, 0.31, 0.24), strict=True):
            along = np.array([0, -np.cos(bend), -sign * np.sin(bend)])
            away = np.array([0, -np.sin(bend), sign * np.cos(bend)])
            for step in np.linspace(0.1, 1, 5):
                points.append(at + along * min(long0, long1) * share * step * 1.04)
                normals.append(away)
            at = points[-1]
        reach = 0.6 * thick
        out.append((np.array(points) + reach * np.array(normals), np.array(normals)))
        out.append((np.array(points) - reach * np.array(normals), -np.array(normals)))
    return out
