"""What rests on what."""

from __future__ import annotations

import numpy as np
import pytest
from support.samples import BASES, LEG_LIFT, base

from handouts.figure import PoseError, draw, parse_figure
from handouts.figure.body.body import BUILDS
from handouts.figure.body.landmarks import EFFECTORS, SPOTS, carried
from handouts.figure.body.pose import LIMITS
from handouts.figure.scene.settle import settle_panels


def settled(mapping: dict):
    return settle_panels(parse_figure(mapping), BUILDS["short-hair"])


@pytest.mark.parametrize("position", BASES)
def test_base_poses_touch_within_two_millimetres_and_nothing_sinks(position):
    (pose,) = settled(base(position))
    assert pose.report.contact[1] < 2
    assert pose.report.sinking < 2
    assert not pose.report.faults


@pytest.mark.parametrize("build", BUILDS)
def test_every_build_can_lie_down(build):
    (pose,) = settle_panels(parse_figure(base("supine")), BUILDS[build])
    assert pose.report.contact[1] < 2


def test_no_joint_passes_its_limit():
    for position in BASES:
        (pose,) = settled(base(position))
        past = np.maximum(LIMITS[:, 0] - pose.q, pose.q - LIMITS[:, 1]).max()
        assert np.degrees(past) < 1, position


def test_a_hand_is_put_where_it_is_said():
    mapping = base("standing")
    mapping["panels"][0]["place"] = {"hands": {"spot": "hip", "flat": False}}
    (pose,) = settled(mapping)
    for side in "rl":
        frame, at, _ = EFFECTORS[f"hand_{side}"]
        spot = SPOTS[f"hip_{side}"]
        away = carried(pose.frames, frame, at) - carried(pose.frames, spot.frame, spot.at)
        assert np.linalg.norm(away) == pytest.approx(0.014, abs=0.003)


def test_an_impossible_pose_is_refused_in_words():
    mapping = base("standing")
    mapping["panels"][0]["place"] = {"hand_r": [3.0, 1.0, 0.0]}
    mapping["panels"][0]["contact"] = {"pelvis": 0.0, "feet": 0.0}
    with pytest.raises(PoseError, match=r"panel 1: (pelvis|foot_[rl]) is \d+ mm from what it rests on"):
        draw(parse_figure(mapping))


def test_feet_and_hands_that_are_kept_stay_where_they_were():
    mapping = base("standing")
    mapping["panels"].append(
        {"joints": {"hips": "flex 40", "knees": "flex 50"}, "turn": {"z": -15}, "keep": ["feet"], "free": ["tx"]}
    )
    a, b = settled(mapping)
    for side in "rl":
        frame, at, _ = EFFECTORS[f"foot_{side}"]
        assert np.allclose(carried(a.frames, frame, at)[0, [0, 2]], carried(b.frames, frame, at)[0, [0, 2]], atol=0.004)


def test_amplitude_scales_the_movement():
    figure = parse_figure(LEG_LIFT)
    lifts = []
    for amplitude in (0.5, 1.0):
        poses = settle_panels(figure, BUILDS["short-hair"], amplitude)
        lifts.append(poses[1].middle("foot_l")[1] - poses[0].middle("foot_l")[1])
    assert 0.03 < lifts[0] < 0.7 * lifts[1]
