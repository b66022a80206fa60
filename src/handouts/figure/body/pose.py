"""A pose in goniometric words becomes angles, and angles become frames: forward kinematics.

A pose is a vector in the order of `DOF`, in radians and metres. Functions take many poses at once, shape (n, 50),
so that the solver gets its derivatives from one call.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from handouts.figure.body.body import (
    LENGTH,
    LIMB_JOINTS,
    LUMBAR_STEPS,
    NECK_STEPS,
    PLURAL,
    SPINE_STEPS,
    THORAX_STEPS,
    TOE_LINE,
    TRUNK_JOINTS,
    Motion,
)
from handouts.figure.geometry import Array, rot_x, rot_y, rot_z, rotation

SIDES = ("r", "l")
SIGN = np.array([1.0, -1.0])  # of z, in the order of SIDES
NECK_LEAN = math.radians(17)  # own: the neck rises forward from C7, and the head takes it back
TOE_OUT = math.radians(7)  # own: feet point a little outwards

JOINTS: dict[str, tuple[Motion, ...]] = TRUNK_JOINTS | {
    f"{joint}_{side}": motions for side in SIDES for joint, motions in LIMB_JOINTS.items()
}
DOF = ("tx", "ty", "tz", "rx", "ry", "rz", *(f"{j}.{m.axis}" for j, ms in JOINTS.items() for m in ms))
INDEX = {name: k for k, name in enumerate(DOF)}
UNIT = np.array([1.0] * 3 + [math.pi / 180] * 3 + [0.01 if "girdle" in n else math.pi / 180 for n in DOF[6:]])
LIMITS = np.array([[-np.inf, np.inf]] * 6 + [[m.low, m.high] for ms in JOINTS.values() for m in ms]) * UNIT[:, None]

# How the body lies in the room: rotations of the pelvis from upright. Lying on the back the head is at -x.
POSITIONS = {
    "standing": np.eye(3),
    "sitting": np.eye(3),
    "kneeling": np.eye(3),
    "half-kneeling": np.eye(3),
    "long-sitting": np.eye(3),
    "supine": rot_z(math.pi / 2),
    "prone": rot_z(-math.pi / 2),
    "hands-and-knees": rot_z(-math.pi / 2),
    "side-lying-left": rot_x(-math.pi / 2) @ rot_z(math.pi / 2),
    "side-lying-right": rot_x(math.pi / 2) @ rot_z(math.pi / 2),
}

_SPINE = [f"spine{k}" for k in range(SPINE_STEPS + 1)]
_NECK = [f"neck{k}" for k in range(NECK_STEPS + 1)]
_LIMBS = [f"{part}_{s}" for part in ("uarm", "farm", "hand", "thigh", "shank", "foot", "toes") for s in SIDES]
FRAMES = ("pelvis", *_SPINE, *_NECK, "head", *_LIMBS)
FRAME = {name: k for k, name in enumerate(FRAMES)} | {"thorax": SPINE_STEPS + 1, "midback": LUMBAR_STEPS + 1}
_TRUNK_COUNT = 1 + len(_SPINE) + len(_NECK) + 1


class Frames(NamedTuple):
    """Where every segment is: *turn* (n, 62, 3, 3) and *at* (n, 62, 3), in the order of `FRAMES`."""

    turn: Array
    at: Array

    def one(self, name: str) -> tuple[Array, Array]:
        """Return the rotation and origin of a segment of the first pose."""
        return self.turn[0, FRAME[name]], self.at[0, FRAME[name]]

    def point(self, name: str, local: tuple[float, float, float]) -> Array:
        """Return a point given in the axes of a segment of the first pose, in the room."""
        turn, at = self.one(name)
        point: Array = at + turn @ np.array(local)
        return point


def joints_named(name: str) -> tuple[str, ...]:
    """Return the joints a word means: `hips` both hips, `hip_l` the left one; nothing when it is no joint."""
    if name in JOINTS:
        return (name,)
    return tuple(f"{PLURAL[name]}_{s}" for s in SIDES) if name in PLURAL else ()


_MOVEMENT = re.compile(r"([a-z_]+)\s+(-?\d+(?:\.\d+)?)")


@cache
def words_of(joint: str) -> dict[str, tuple[Motion, int]]:
    """Return the words a joint knows (`flex`, `ext` ...), each with its motion and sign."""
    return {w: (m, s) for m in JOINTS[joint] for w, s in ((m.plus, 1), (m.minus, -1))}


def angles_in(text: str) -> Iterator[tuple[str, float]]:
    """Read "flex 90, abd 10" into words and numbers; a part it cannot read comes as (part, nan)."""
    for part in filter(None, (p.strip() for p in text.split(","))):
        match = _MOVEMENT.fullmatch(part)
        yield (match[1], float(match[2])) if match else (part, math.nan)


def angles(joints: Mapping[str, Mapping[str, float]]) -> Array:
    """Return the pose vector of clinicians' words, shape (50,); what is not named is zero."""
    q = np.zeros(len(DOF))
    for name, moves in joints.items():
        for joint in joints_named(name):
            for word, value in moves.items():
                motion, sign = words_of(joint)[word]
                k = INDEX[f"{joint}.{motion.axis}"]
                q[k] = sign * value * UNIT[k]
    return q


def mirrored(q: Array) -> Array:
    """Return the same pose on the other side: left and right joints swapped, side bends and turns reversed."""
    out = q.copy()
    half = (len(DOF) - 18) // 2
    out[..., 18 : 18 + half], out[..., 18 + half :] = q[..., 18 + half :], q[..., 18 : 18 + half]
    flip = [INDEX[f"{j}.{a}"] for j in TRUNK_JOINTS for a in ("side", "rot")] + [INDEX[n] for n in ("tz", "rx", "ry")]
    out[..., flip] *= -1
    return out


def _blend() -> Array:
    """Shares one bend between neighbours, so that a spine curves along its whole length; keeps every sum."""
    k = np.arange(SPINE_STEPS)
    weight: Array = np.exp(-0.5 * ((k[:, None] - k[None]) / 3.5) ** 2)
    shares: Array = weight / weight.sum(0)
    return shares


_BLEND = _blend()
_SEGMENT = np.repeat([LENGTH["lumbar"] / LUMBAR_STEPS, LENGTH["thorax"] / THORAX_STEPS], [LUMBAR_STEPS, THORAX_STEPS])


def _bend(q: Array, region: str) -> Array:
    bend: Array = q[:, [INDEX[f"{region}.{a}"] for a in ("side", "rot", "flex")]] * np.array([1, -1, -1])
    return bend


def _chain(start: Array, origin: Array, steps: Array, length: Array) -> tuple[Array, Array]:
    """Follow small rotations *steps* (n, k, 3) from a frame: k + 1 frames, the first one *start*."""
    turns = rotation(steps)
    out = np.empty((len(steps), steps.shape[1] + 1, 3, 3))
    out[:, 0] = start
    for k in range(steps.shape[1]):
        np.matmul(out[:, k], turns[:, k], out=out[:, k + 1])
    rise = out[:, 1:, :, 1] * length[:, None]
    return out, np.concatenate([origin[:, None], origin[:, None] + rise.cumsum(1)], 1)


def trunk(q: Array) -> tuple[Array, Array]:
    """Return the frames of pelvis, spine, neck and head as the pelvis sees them; the part of `frames` that seldom changes."""
    n = len(q)
    raw = np.repeat(
        np.stack([_bend(q, "lumbar") / LUMBAR_STEPS, _bend(q, "thorax") / THORAX_STEPS], 1),
        [LUMBAR_STEPS, THORAX_STEPS],
        axis=1,
    )
    foot = np.tile([LENGTH["lumbar_forward"], LENGTH["lumbar_up"], 0.0], (n, 1))
    spine, spine_at = _chain(np.eye(3), foot, _BLEND @ raw, _SEGMENT)
    steps = np.repeat(_bend(q, "neck")[:, None] / NECK_STEPS, NECK_STEPS, axis=1)
    rise = np.full(NECK_STEPS, LENGTH["neck"] / NECK_STEPS)
    neck, neck_at = _chain(spine[:, -1] @ rot_z(-NECK_LEAN), spine_at[:, -1], steps, rise)
    head = neck[:, -1] @ rot_z(NECK_LEAN) @ rotation(_bend(q, "head"))
    pelvis = np.broadcast_to(np.eye(3), (n, 1, 3, 3))
    return (
        np.concatenate([pelvis, spine, neck, head[:, None]], 1),
        np.concatenate([np.zeros((n, 1, 3)), spine_at, neck_at, neck_at[:, -1:]], 1),
    )


def _pair(q: Array, name: str) -> Array:
    """Return one angle of both sides, shape (n, 2), right first."""
    joint, axis = name.split(".")
    return q[:, [INDEX[f"{joint}_{s}.{axis}"] for s in SIDES]]


def _ball(q: Array, joint: str) -> Array:
    """Hip or shoulder: flexion, then abduction, then rotation about the bone (Grood & Suntay 1983)."""
    flex, abd, turn = (_pair(q, f"{joint}.{a}") for a in ("flex", "abd", "rot"))
    return rot_z(flex) @ rot_x(-SIGN * abd) @ rot_y(SIGN * turn)


def _shoulder_joints(q: Array, arm: Array) -> Array:
    """Return the shoulder joints as C7 sees them: they rise, close in and reach with the arm (own numbers for the rhythm)."""
    down = -arm[..., :, 1]
    lift = np.arccos(np.clip(-down[..., 1], -1, 1))
    k = np.clip((lift - math.radians(30)) / math.radians(150), 0, 1)
    k = k * k * (3 - 2 * k)
    reach = np.maximum(0, down[..., 0]) * np.sin(lift)
    elev, pro = _pair(q, "girdle.elev"), _pair(q, "girdle.pro")
    rise = LENGTH["shoulder_up"] - LENGTH["lumbar_up"] - LENGTH["lumbar"] - LENGTH["thorax"]
    x = LENGTH["shoulder_forward"] - LENGTH["lumbar_forward"] + 0.020 * reach + pro
    half = LENGTH["shoulder_half"] - 0.030 * k - 0.25 * np.maximum(0, pro)
    return np.stack([x, rise + 0.058 * k + elev, SIGN * half], -1)


def _down(turn: Array, at: Array, length: float) -> Array:
    return at - turn[..., :, 1] * length


def _arms(q: Array, chest: Array, top: Array) -> list[tuple[Array, Array]]:
    ball = _ball(q, "shoulder")
    at = top[:, None] + (chest[:, None] @ _shoulder_joints(q, ball)[..., None])[..., 0]
    upper = chest[:, None] @ ball
    elbow = _down(upper, at, LENGTH["uarm"])
    fore = upper @ rot_z(_pair(q, "elbow.flex")) @ rot_y(SIGN * _pair(q, "forearm.pron"))
    wrist = _down(fore, elbow, LENGTH["farm"])
    hand = fore @ rot_x(SIGN * _pair(q, "wrist.flex")) @ rot_z(_pair(q, "wrist.dev"))
    return [(upper, at), (fore, elbow), (hand, wrist)]


def _legs(q: Array, root: Array, at: Array) -> list[tuple[Array, Array]]:
    hip = at[:, None] + root[:, None, :, 2] * (SIGN * LENGTH["hip_half"])[None, :, None]
    thigh = root[:, None] @ _ball(q, "hip")
    knee = _down(thigh, hip, LENGTH["thigh"])
    shank = thigh @ rot_z(-_pair(q, "knee.flex"))
    ankle = _down(shank, knee, LENGTH["shank"])
    foot = shank @ rot_z(_pair(q, "ankle.dors")) @ rot_x(SIGN * _pair(q, "ankle.inv")) @ rot_y(-SIGN * TOE_OUT)
    ball = ankle + (foot @ np.array([TOE_LINE, 0.012 - LENGTH["ankle_height"], 0.0]))
    toes = foot @ rot_z(_pair(q, "toes.ext"))
    return [(thigh, hip), (shank, knee), (foot, ankle), (toes, ball)]


def frames(q: Array, base: Array, inner: tuple[Array, Array] | None = None) -> Frames:
    """Forward kinematics of poses (n, 50), or of one (50,), whose pelvis starts from the rotation *base*.

    *inner* is `trunk` of these poses (or of one for all), for callers that know that it stays the same.
    """
    q = np.atleast_2d(q)
    turns, ats = trunk(q) if inner is None else inner
    root, at = rotation(q[:, 3:6]) @ base, q[:, :3]
    turn, place = np.empty((len(q), len(FRAMES), 3, 3)), np.empty((len(q), len(FRAMES), 3))
    np.matmul(root[:, None], turns, out=turn[:, :_TRUNK_COUNT])
    place[:, :_TRUNK_COUNT] = at[:, None] + (root[:, None] @ ats[..., None])[..., 0]
    top = FRAME["thorax"]
    limbs = _arms(q, turn[:, top], place[:, top]) + _legs(q, root, at)
    for k, (limb, joint) in enumerate(limbs):
        where = slice(_TRUNK_COUNT + 2 * k, _TRUNK_COUNT + 2 * k + 2)
        turn[:, where], place[:, where] = limb, joint
    return Frames(turn, place)
