"""Goniometric words, joint limits and forward kinematics."""

from __future__ import annotations

import numpy as np
import pytest

from handouts.figure.body.body import FRACTIONS, HEIGHT, LENGTH
from handouts.figure.body.pose import DOF, FRAME, INDEX, LIMITS, POSITIONS, SIDES, angles, angles_in, frames, mirrored


def some_pose(seed: int) -> np.ndarray:
    low, high = LIMITS[6:].T
    q = np.zeros(len(DOF))
    q[6:] = low + np.random.default_rng(seed).random(len(low)) * (high - low)
    return q


def distance(f, a: str, b: str) -> float:
    return float(np.linalg.norm(f.at[0, FRAME[a]] - f.at[0, FRAME[b]]))


@pytest.mark.parametrize("seed", range(8))
def test_no_pose_changes_the_length_of_a_segment(seed):
    f = frames(some_pose(seed), POSITIONS["supine"])
    for s in SIDES:
        for upper, lower, name in (("uarm", "farm", "uarm"), ("farm", "hand", "farm"), ("thigh", "shank", "thigh")):
            assert distance(f, f"{upper}_{s}", f"{lower}_{s}") == pytest.approx(LENGTH[name])
        assert distance(f, f"shank_{s}", f"foot_{s}") == pytest.approx(LENGTH["shank"])
    assert distance(f, "thigh_r", "thigh_l") == pytest.approx(2 * LENGTH["hip_half"])


def test_lengths_are_the_published_fractions_of_height():
    assert LENGTH["thigh"] / HEIGHT == pytest.approx(0.245)
    assert FRACTIONS["shank"] == 0.246
    assert FRACTIONS["uarm"] == 0.186
    assert FRACTIONS["farm"] == 0.146


@pytest.mark.parametrize("seed", range(5))
def test_a_mirrored_pose_mirrors_every_point(seed):
    q = some_pose(seed)
    q[:3] = 0.1, 0.9, 0.2
    f, g = frames(q, np.eye(3)), frames(mirrored(q), np.eye(3))
    for name, k in FRAME.items():
        other = name[:-1] + {"r": "l", "l": "r"}[name[-1]] if name[-2:] in ("_r", "_l") else name
        assert np.allclose(f.at[0, k] * [1, 1, -1], g.at[0, FRAME[other]]), name


def test_many_poses_at_once_are_the_same_as_one_by_one():
    q = np.stack([some_pose(k) for k in range(4)])
    f = frames(q, POSITIONS["prone"])
    for k in range(4):
        assert np.allclose(frames(q[k], POSITIONS["prone"]).turn[0], f.turn[k])


@pytest.mark.parametrize(
    ("joint", "words", "axis", "degrees"),
    [
        ("hip_r", "flex 90", "flex", 90), ("hip_r", "ext 10", "flex", -10), ("hip_l", "add 12", "abd", -12),
        ("hip_l", "er 30", "rot", -30), ("ankle_r", "pf 40", "dors", -40), ("lumbar", "left 20", "side", -20),
        ("neck", "turn_right 30", "rot", 30), ("forearm_l", "sup 45", "pron", -45), ("toes_r", "ext 25", "ext", 25),
    ],
)  # fmt: skip
def test_words_have_the_signs_clinicians_give_them(joint, words, axis, degrees):
    q = angles({joint: dict(angles_in(words))})
    assert np.degrees(q[INDEX[f"{joint}.{axis}"]]) == pytest.approx(degrees)
    assert np.count_nonzero(q) == 1


def test_the_girdle_is_given_in_centimetres():
    assert angles({"girdles": {"ret": 3}})[INDEX["girdle_l.pro"]] == pytest.approx(-0.03)


@pytest.mark.parametrize(("words", "moved"), [("flex 90", (1, 0)), ("ext 30", (-1, 0)), ("abd 40", (0, 1))])
def test_a_leg_goes_where_the_word_says(words, moved):
    knee = frames(angles({"hip_r": dict(angles_in(words))}), np.eye(3)).at[0, FRAME["shank_r"]]
    rest = frames(np.zeros(len(DOF)), np.eye(3)).at[0, FRAME["shank_r"]]
    assert np.sign(np.round((knee - rest)[[0, 2]], 6)).tolist() == list(moved)


def test_a_bend_of_the_spine_is_shared_along_its_length():
    f = frames(angles({"lumbar": {"ext": 30}}), np.eye(3))
    ups = f.turn[0, FRAME["spine0"] : FRAME["thorax"] + 1, :, 1]
    bends = np.degrees(np.arccos(np.clip((ups[1:] * ups[:-1]).sum(1), -1, 1)))
    assert bends.sum() == pytest.approx(30, abs=0.1)
    assert bends.max() < 2.5
    assert np.abs(np.diff(bends)).max() < 0.4
