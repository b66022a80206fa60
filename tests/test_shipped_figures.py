"""Every drawing we ship: it can be drawn in every body, fits its picture, is small, and its arrows tell the truth."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from support.library import LIBRARY

from handouts.figure import Drawing
from handouts.figure.body.body import BUILDS
from handouts.figure.ink.arrows import HEAD_CLEAR, Surroundings
from handouts.figure.picture import frame
from handouts.figure.scene.settle import extent, path_of, settle_panels
from handouts.pictures.drawing_cache import cached_draw, drawing_cache
from handouts.pictures.drawings import AMPLITUDES, draw_all
from handouts.pictures.raster import svg_to_png

FIGURES = {slug: exercise.figure for slug, exercise in LIBRARY.exercises.items() if exercise.figure}
SWINGS = [slug for slug in FIGURES if LIBRARY.exercises[slug].category == "mobility"]
each_figure = pytest.mark.parametrize("slug", FIGURES)


@cache
def drawings() -> dict[str, Drawing]:
    return draw_all(LIBRARY)


def edge(svg: str) -> np.ndarray:
    """The outermost pixels of a picture, those of each side in a row."""
    pixels = np.asarray(Image.open(BytesIO(svg_to_png(svg, 420))).convert("L"))
    return np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])


def outlines(svg: str) -> list[np.ndarray]:
    """The closed outlines of the body (its first white region), each as points."""
    data = re.search(r'<path fill="#fff" fill-rule="evenodd" d="([^"]+)"', svg)[1]
    found = []
    for x0, y0, rest in re.findall(r"M(-?\d+) (-?\d+)c([^Mz]*)z", data):
        numbers = np.array([int(n) for n in re.findall(r"-?\d+", rest)]).reshape(-1, 3, 2)
        ends = np.array([int(x0), int(y0)]) + np.concatenate([np.zeros((1, 2)), numbers[:, 2].cumsum(0)])
        first, second = ends[:-1] + numbers[:, 0], ends[:-1] + numbers[:, 1]
        middle = (ends[:-1] + 3 * first + 3 * second + ends[1:]) / 8
        found.append(np.stack([ends[:-1], middle], 1).reshape(-1, 2))
    return found


def crossings(loop: np.ndarray) -> int:
    """How often a closed polyline crosses itself."""
    a, b = loop, np.roll(loop, -1, 0)

    def side(p, q, r):
        return np.sign((q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0]))

    a0, b0, a1, b1 = a[:, None], b[:, None], a[None], b[None]
    cross = (side(a0, b0, a1) * side(a0, b0, b1) < 0) & (side(a1, b1, a0) * side(a1, b1, b0) < 0)
    return int(cross.sum()) // 2


@each_figure
def test_it_is_drawn_small_and_within_its_margins(slug: str) -> None:
    for panel in drawings()[slug].panels:
        assert len(panel.encode()) < 20_000
        if not FIGURES[slug].closeup:  # a close-up is cut at its frame
            assert edge(panel).min() > 250


def test_ink_at_the_edge_would_be_seen() -> None:
    panel = drawings()["prone-leg-lift"].panels[0]
    assert edge(panel.replace("</svg>", '<path d="M0 9h90" stroke="#000" stroke-width="20"/></svg>')).min() < 250


@each_figure
def test_no_outline_crosses_itself(slug: str) -> None:
    for panel in drawings()[slug].panels:
        loops = outlines(panel)
        assert loops
        assert sum(map(crossings, loops)) == 0


def test_a_crossing_would_be_found() -> None:
    assert crossings(np.array([[0, 0], [2, 2], [2, 0], [0, 2]])) == 1


@each_figure
def test_its_poses_are_met_in_every_body(slug: str) -> None:
    for body in BUILDS:
        drawing = cached_draw(FIGURES[slug], drawing_cache(), build=body)
        assert not [fault for report in drawing.reports for fault in report.faults]


@pytest.mark.parametrize("slug", SWINGS)
def test_a_swing_can_be_drawn_small(slug: str) -> None:
    assert cached_draw(FIGURES[slug], drawing_cache(), amplitude=AMPLITUDES["small"]).panels


@each_figure
def test_its_arrows_follow_what_moves_and_touch_nothing(slug: str) -> None:
    figure = FIGURES[slug]
    if not any(arrow.track for panel in figure.panels for arrow in panel.arrows):
        return
    poses = settle_panels(figure, BUILDS["short-hair"])
    shared = frame(figure, poses)
    box = extent(figure, poses, shared.view)
    for k, panel in enumerate(figure.panels):
        around = Surroundings.of([poses[k]], [], shared.view, *box)
        for spot in {arrow.track for arrow in panel.arrows if arrow.track}:
            (arrow,) = (one for one in shared.arrows[k] if one.spot == spot)
            true = (path_of(spot, poses[k - 1], poses[k]) @ shared.view.T)[:, :2]
            moved, said = true[-1] - true[0], arrow.points[-1] - arrow.points[0]
            assert moved @ said > 0.7 * np.linalg.norm(moved) * np.linalg.norm(said)
            assert around.at(around.body, arrow.points).min() > HEAD_CLEAR / 2 * around.size
            away = np.linalg.norm(arrow.points[:, None] - true[None], axis=2).min()
            assert away < 0.3 * around.size
