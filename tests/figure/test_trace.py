"""Boundaries, chains and curves."""

from __future__ import annotations

import numpy as np
import pytest

from handouts.figure.ink.labels import opened, small_islands
from handouts.figure.ink.trace import area, fit, loops, path_data, regions
from handouts.figure.scene.raster import DepthBuffer, Window, camera


def disc(radius: float, size: int = 80) -> np.ndarray:
    y, x = np.mgrid[:size, :size] + 0.5
    return np.hypot(x - size / 2, y - size / 2) < radius


def bezier(c: np.ndarray, n: int = 20) -> np.ndarray:
    t = np.linspace(0, 1, n)[:, None]
    return ((1 - t) ** 3 * c[:, 0] + 3 * (1 - t) ** 2 * t * c[:, 1] + 3 * (1 - t) * t * t * c[:, 2] + t**3 * c[:, 3]).ravel()


def test_a_disc_becomes_a_round_curve_of_few_pieces():
    ((points, closed),) = regions(disc(30), 2.0, 10)
    (controls,) = fit([(points, closed)], 0.3)
    away = np.abs(np.abs(bezier(controls) - (40 + 40j)) - 30)
    assert away.max() < 0.8
    assert len(controls) <= 16


def test_a_ring_has_two_boundaries():
    ring = disc(30) & ~disc(15)
    areas = sorted(abs(area(loop)) for loop in loops(ring))
    assert len(areas) == 2
    assert areas[1] - areas[0] == pytest.approx(ring.sum())


def test_path_data_returns_to_where_it_was():
    (controls,) = fit([(regions(disc(20), 2, 10)[0][0], True)], 0.4)
    data = path_data(controls, True, 2)
    steps = [int(n) for n in data[data.index("c") + 1 : -1].replace("-", " -").split()]
    assert sum(steps[4::6]) == 0
    assert sum(steps[5::6]) == 0


def test_opening_removes_what_is_thin_and_islands_what_is_small():
    mask = disc(25)
    mask[40] = True
    assert opened(mask, 2).sum() == pytest.approx(disc(25).sum(), rel=0.03)
    mask = disc(25)
    mask[2:4, 2:4] = True
    assert small_islands(mask, 10).sum() == 4


def test_the_nearer_of_two_balls_wins():
    buffer = DepthBuffer(camera(0, 0), Window(-1, 1, 50, 100, 100))
    buffer.ellipsoids(np.array([[0.0, 0, 0], [0.5, 0, 0.1]]), np.tile(np.eye(3) * 0.3, (2, 1, 1)))
    assert buffer.winner[50, 45] == 1  # x points to the viewer, z to the left
    assert buffer.depth[50, 44] == pytest.approx(0.8, abs=0.02)
