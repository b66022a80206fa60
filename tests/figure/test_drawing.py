"""The drawings themselves: what they hold, how big they are, and that they never change by themselves."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from support.samples import LEG_LIFT, SQUAT, TURN

from handouts.figure import draw, parse_figure
from handouts.figure.body.body import BUILDS
from handouts.figure.ink.arrows import Surroundings
from handouts.figure.ink.lettering import lettering
from handouts.figure.picture import frame, picture
from handouts.figure.scene.raster import Window
from handouts.figure.scene.settle import path_of, settle_panels

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def lift():
    return draw(parse_figure(LEG_LIFT))


def numbers(svg: str) -> tuple[float, float]:
    _, _, width, height = map(float, re.search(r'viewBox="([^"]+)"', svg)[1].split())
    return width, height


def outline(data: str) -> np.ndarray:
    """The end points of every cubic of a path."""
    out = []
    for piece in re.findall(r"M(-?\d+) (-?\d+)c([^Mz]*)", data):
        x, y = int(piece[0]), int(piece[1])
        deltas = [int(n) for n in re.findall(r"-?\d+", piece[2])]
        for k in range(0, len(deltas), 6):
            x, y = x + deltas[k + 4], y + deltas[k + 5]
            out.append((x, y))
    return np.array(out)


@pytest.mark.parametrize("sample", [LEG_LIFT, SQUAT, TURN])
def test_panels_are_small_titled_and_self_contained(sample):
    for svg, panel in zip(draw(parse_figure(sample)).panels, sample["panels"], strict=True):
        root = ET.fromstring(svg)
        assert root.find(f"{SVG}title").text == panel["caption"]
        assert len(svg.encode()) < 20_000
        assert not re.search(r"<style|class=|href|currentColor|<script", svg)
        assert all("fill" in path.attrib for path in root.findall(f"{SVG}path"))


def test_panels_of_a_figure_share_one_window(lift):
    assert len({numbers(svg) for svg in lift.panels}) == 1


def test_nothing_is_drawn_outside_the_picture(lift):
    width, height = numbers(lift.panels[1])
    for path in ET.fromstring(lift.panels[1]).iter(f"{SVG}path"):
        points = outline(path.attrib["d"])
        if len(points):
            assert points.min() >= 0
            assert points[:, 0].max() <= width
            assert points[:, 1].max() <= height


def test_the_same_figure_gives_the_same_bytes(lift):
    assert draw(parse_figure(LEG_LIFT)).panels == lift.panels


def test_the_other_side_is_the_same_drawing_mirrored(lift):
    other = draw(parse_figure(LEG_LIFT), mirror=True).panels[1]
    width, _ = numbers(other)
    assert f'<g transform="matrix(-1 0 0 1 {width:.0f} 0)">' in other
    paths = re.findall(r' d="[^"]+"', lift.panels[1])
    drawn = lift.panels[1].count('<path fill="none" stroke-width') or len(paths)
    assert all(d in other for d in paths[:drawn])
    assert "<title>Lift your right leg.</title>" in other


def test_the_time_of_a_hold_is_never_mirrored(lift):
    other = ET.fromstring(draw(parse_figure(LEG_LIFT), mirror=True).panels[1])
    body, *watch = (child for child in other if child.tag != f"{SVG}title")
    assert "matrix(-1" in body.attrib["transform"]
    assert watch
    assert not any("matrix" in part.attrib.get("transform", "") for part in watch)


def test_a_hold_says_its_unit(lift):
    assert lettering("6 s", 0, 0, 1, 1, "")[60:-4].partition("><")[2] in lift.panels[1]
    assert "A watch shows 6 s." in lift.alternatives[1]
    assert "<circle" not in lift.panels[0]


def test_the_time_of_a_hold_may_come_from_the_dose():
    figure = parse_figure(LEG_LIFT)
    ten = draw(figure, seconds=10)
    assert "A watch shows 10 s." in ten.alternatives[1]
    assert ten.panels[1] != draw(figure).panels[1]
    assert "<circle" not in draw(figure, seconds=0).panels[1]


def test_lines_are_thick_enough_to_print(lift):
    """Half a point on a picture 60 mm wide."""
    width, _ = numbers(lift.panels[1])
    body, letters = lift.panels[1].split('<g fill="none"')
    strokes = [float(w) for w in re.findall(r'stroke-width="([\d.]+)"', body)]
    pen, scale = (re.search(said, letters)[1] for said in (r'stroke-width="([\d.]+)"', r"scale\(([\d.]+)\)"))
    strokes.append(float(pen) * float(scale))
    assert min(strokes) / width * 60 / 25.4 * 72 >= 0.5


@pytest.mark.parametrize("sample", [LEG_LIFT, SQUAT])
def test_an_arrow_agrees_with_the_movement_and_touches_nothing(sample):
    figure = parse_figure(sample)
    poses = settle_panels(figure, BUILDS["short-hair"])
    shared = frame(figure, poses)
    ((path, *_),) = shared.arrows[1]
    true = (path_of(figure.panels[1].arrows[0].track, *poses) @ shared.view.T)[:, :2]
    moved, said = true[-1] - true[0], path[-1] - path[0]
    assert moved @ said / np.linalg.norm(moved) / np.linalg.norm(said) > 0.8
    around = Surroundings.of([poses[1]], [], shared.view, true.min(0) - 1.2, true.max(0) + 1.2)
    assert around.at(around.body, path).min() > 0.015


def test_a_turning_arrow_goes_round_with_the_body():
    figure = parse_figure(TURN)
    poses = settle_panels(figure, BUILDS["short-hair"])
    shared = frame(figure, poses)
    ((path, *_),) = shared.arrows[1]
    assert path[-1, 0] > path[0, 0]  # seen from the front, the chest of someone who turns left goes to the right


def test_the_start_of_an_arrow_is_nearer_to_what_moves():
    figure = parse_figure(LEG_LIFT)
    poses = settle_panels(figure, BUILDS["short-hair"])
    shared = frame(figure, poses)
    ((path, *_),) = shared.arrows[1]
    lifted, resting = ((poses[1].middle(f"foot_{s}") @ shared.view.T)[:2] for s in "lr")
    assert np.linalg.norm(path - lifted, axis=1).mean() < np.linalg.norm(path - resting, axis=1).mean()


@pytest.mark.parametrize("build", BUILDS)
def test_every_build_is_drawn(build):
    assert len(draw(parse_figure(SQUAT), build=build).panels) == 2


def test_layers_end_with_marks_and_start_with_furniture():
    figure = parse_figure(SQUAT)
    poses = settle_panels(figure, BUILDS["short-hair"])
    layers = picture(figure, poses, 1, frame(figure, poses)).layers
    assert "#111" in layers[-1].look
    assert layers[0].look.startswith('fill="#')


def test_the_longer_side_of_a_picture_is_as_long_as_asked_for():
    """The last digit of a product, which processors do not agree on, once made some pictures a pixel larger."""
    corners = np.random.default_rng(8).uniform(-2, 2, (2000, 2, 2))
    sides = [max(window.width, window.height) for low, high in np.sort(corners, axis=1)
             for window in [Window.around(low, high, 840)]]  # fmt: skip
    assert set(sides) == {840}
