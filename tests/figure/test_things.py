"""Things beside the body: water, weights, a scar, a helper's hand; and a belly that swells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from support.samples import base

from handouts.figure import parse_figure
from handouts.figure.body.body import BUILDS
from handouts.figure.body.dress import surface
from handouts.figure.body.landmarks import spot_at
from handouts.figure.picture import Picture, frame, picture
from handouts.figure.scene.helper import helper, helper_frames
from handouts.figure.scene.raster import camera
from handouts.figure.scene.settle import extent, settle_panels

USUAL = BUILDS["short-hair"]


def drawn(position: str, *props: dict) -> Picture:
    figure = parse_figure(base(position) | {"view": "back", "props": list(props)})
    poses = settle_panels(figure, USUAL)
    return picture(figure, poses, 0, frame(figure, poses))


def looks(one: Picture) -> str:
    return " ".join(layer.look for layer in one.layers)


def test_a_belly_swells_in_front_and_nowhere_else():
    (pose,) = settle_panels(parse_figure(base("standing")), USUAL)
    low, high = (surface("flat", "flat", USUAL, swell).place(pose.frames, surface("flat", "flat", USUAL).regions["lumbar"])
                 for swell in (0.0, 4.0))  # fmt: skip
    front, back = ((c[:, 0].max() + s * np.abs(m[:, 0, 0]).max()) for s, (c, m) in ((1, low), (1, high)))
    assert 0.02 < back - front < 0.06
    rear = [(centre[:, 0] - axes[:, 0, 0]).min() for centre, axes in (low, high)]
    assert rear[0] == pytest.approx(rear[1], abs=1e-9)


def test_what_is_under_water_lies_under_a_veil():
    assert "fill-opacity" in looks(drawn("standing", {"water": {"level": 1.0}}))
    assert "fill-opacity" not in looks(drawn("standing"))


def test_a_scar_is_seen_on_a_bare_back_only():
    shirt, bare = drawn("standing"), drawn("standing", {"scar": {"spot": "lowback"}})
    assert "#ececec" in looks(shirt)
    assert "#ececec" not in looks(bare)
    assert "#ececec" in looks(drawn("standing", {"scar": {"spot": "throat", "across": True}}))


def test_a_helpers_fingertips_touch_the_spot():
    (pose,) = settle_panels(parse_figure(base("sitting")), USUAL)
    way = np.array([0.0, 1.0, 0.0])
    hand = helper_frames(pose, "lowback", way)
    turn, wrist = hand.one("hand_r")
    tip = wrist - 0.155 * turn[:, 1]
    assert np.linalg.norm(tip - spot_at(pose.frames, "lowback")[0]) < 0.02
    for name in ("hand_r", "farm_r"):
        assert np.linalg.det(hand.one(name)[0]) == pytest.approx(1)
    thing = helper(pose, "lowback", way, "flat")
    assert len(thing.soft) == 1


def test_weights_at_the_ends_of_a_stick_are_inside_the_picture():
    stick = {"stick": {"from": "hand_r", "to": "hand_l", "weights": 0.12}}
    figure = parse_figure(base("standing") | {"view": "front", "props": [stick]})
    bare = replace(figure, props=(("stick", {"from": "hand_r", "to": "hand_l"}),))
    wide, narrow = (np.ptp(np.array(extent(f, settle_panels(f, USUAL), camera(*f.view)))[:, 0]) for f in (figure, bare))
    assert wide > narrow
