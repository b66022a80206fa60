"""Rotations and curves: the little mathematics that every other module of the engine needs.

Angles are in radians. Every function works on whole arrays: leading axes are kept.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Ints = NDArray[np.integer[Any]]  # indices, or labels of pixels
Points = NDArray[np.complex128]  # of a picture: x + iy


def _turn(i: int, j: int, angle: Array | float) -> Array:
    """Rotate the plane of axes *i* and *j*, from *i* towards *j*."""
    angle = np.asarray(angle, float)
    matrix = np.zeros((*angle.shape, 3, 3))
    k = 3 - i - j
    matrix[..., k, k] = 1
    matrix[..., i, i] = matrix[..., j, j] = np.cos(angle)
    matrix[..., j, i] = np.sin(angle)
    matrix[..., i, j] = -matrix[..., j, i]
    return matrix


def rot_x(angle: Array | float) -> Array:
    """Return the right-handed rotation about x, shape (..., 3, 3)."""
    return _turn(1, 2, angle)


def rot_y(angle: Array | float) -> Array:
    """Return the right-handed rotation about y, shape (..., 3, 3)."""
    return _turn(2, 0, angle)


def rot_z(angle: Array | float) -> Array:
    """Return the right-handed rotation about z, shape (..., 3, 3)."""
    return _turn(0, 1, angle)


def rotation(vector: Array) -> Array:
    """Return the rotation whose axis is *vector* and whose angle is its length (Rodrigues)."""
    vector = np.asarray(vector, float)
    angle = np.sqrt((vector * vector).sum(-1))[..., None, None]
    cross = np.zeros((*vector.shape[:-1], 3, 3))
    x, y, z = vector[..., 0], vector[..., 1], vector[..., 2]
    cross[..., 2, 1], cross[..., 1, 2] = x, -x
    cross[..., 0, 2], cross[..., 2, 0] = y, -y
    cross[..., 1, 0], cross[..., 0, 1] = z, -z
    small = angle < 1e-6
    safe = np.where(small, 1.0, angle)
    first = np.where(small, 1.0, np.sin(safe) / safe)
    second = np.where(small, 0.5, (1 - np.cos(safe)) / safe**2)
    matrix: Array = np.eye(3) + first * cross + second * (cross @ cross)
    return matrix


def rotation_vector(matrix: Array) -> Array:
    """Return the inverse of `rotation`, for angles below 180 degrees; shape (3,)."""
    angle = np.arccos(np.clip((np.trace(matrix) - 1) / 2, -1, 1))
    vector = np.array([matrix[2, 1] - matrix[1, 2], matrix[0, 2] - matrix[2, 0], matrix[1, 0] - matrix[0, 1]])
    length = np.linalg.norm(vector)
    return np.zeros(3) if length < 1e-9 else vector / length * angle


def unit(vector: Array) -> Array:
    """Return *vector* at length 1; a vector of no length stays as it is."""
    length = np.linalg.norm(vector, axis=-1, keepdims=True)
    return vector / np.where(length < 1e-12, 1, length)


def monotone(x: Array, y: Array, at: Array) -> Array:
    """Return the monotone cubic through a table (Fritsch & Butland 1984): it never overshoots, so a limb never bulges."""
    x, y, at = (np.asarray(a, float) for a in (x, y, at))
    step = np.diff(x)
    slope = np.diff(y) / step
    left, right = slope[:-1], slope[1:]
    weight = 3 * (step[:-1] + step[1:])
    with np.errstate(divide="ignore", invalid="ignore"):
        inner = weight / ((2 * step[1:] + step[:-1]) / left + (step[1:] + 2 * step[:-1]) / right)
    tangent = np.concatenate([slope[:1], np.where(left * right > 0, inner, 0), slope[-1:]])
    k = np.clip(np.searchsorted(x, at) - 1, 0, len(x) - 2)
    t, h = (at - x[k]) / step[k], step[k]
    values: Array = (
        (1 + 2 * t) * (1 - t) ** 2 * y[k]
        + t * (1 - t) ** 2 * h * tangent[k]
        + t * t * (3 - 2 * t) * y[k + 1]
        + t * t * (t - 1) * h * tangent[k + 1]
    )
    return values


def lengths(points: Array) -> Array:
    """Return how far along a polyline (n, d) each of its points lies, starting at 0."""
    return np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])


def resample(points: Array, at: Array) -> Array:
    """Return the points of a polyline at the distances *at* along it."""
    along = lengths(points)
    return np.stack([np.interp(at, along, points[:, k]) for k in range(points.shape[1])], 1)
