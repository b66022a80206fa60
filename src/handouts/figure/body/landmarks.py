"""Named places on the body: what a hand can rest on, what an arrow can follow, where a muscle lies.

Places are given in metres in the axes of a segment (x forward, y up, z outwards); own tables, shaped by eye.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from handouts.figure.body.body import LENGTH
from handouts.figure.body.pose import FRAME, SIDES, Frames
from handouts.figure.geometry import Array, unit

Vector = tuple[float, float, float]


class Spot(NamedTuple):
    """A place on the skin: its segment, where it is, which way the skin faces. On the left side z is reversed."""

    frame: str
    at: Vector
    normal: Vector = (1, 0, 0)


_THIGH, _SHANK, _UARM, _FARM = (-LENGTH[k] for k in ("thigh", "shank", "uarm", "farm"))
_PAIRED = {
    "knee": Spot("thigh", (0.058, _THIGH + 0.02, 0)),
    "thigh": Spot("thigh", (0.080, _THIGH * 0.60, 0)),
    "thigh_side": Spot("thigh", (0, _THIGH * 0.55, 0.075), (0, 0, 1)),
    "thigh_back": Spot("thigh", (-0.072, _THIGH * 0.70, 0), (-1, 0, 0)),
    "shin": Spot("shank", (0.050, -0.09, 0)),
    "ankle": Spot("shank", (0.04, _SHANK * 0.85, 0)),
    "toe": Spot("foot", (0.14, -0.03, 0), (0.3, 1, 0)),
    "foot": Spot("foot", (0.06, -0.02, 0), (0, 1, 0)),
    "heel": Spot("foot", (-0.05, -0.04, 0), (-1, 0, 0)),
    "hip": Spot("pelvis", (0.010, 0.115, 0.155), (0, 0, 1)),
    "back": Spot("pelvis", (-0.090, 0.120, 0.065), (-1, 0, 0)),
    "belly": Spot("pelvis", (0.115, 0.16, 0.05)),
    "side": Spot("thorax", (-0.02, -0.22, 0.150), (0, 0, 1)),
    "chest": Spot("thorax", (0.14, -0.14, 0.07)),
    "shoulder": Spot("uarm", (0, 0, 0.02), (0, 0, 1)),
    "front_shoulder": Spot("thorax", (0.085, -0.075, 0.125), (1, 0.25, 0.35)),
    "elbow": Spot("farm", (-0.02, 0, 0), (-1, 0, 0)),
    "wrist": Spot("hand", (0, 0, 0), (0, 0, 1)),
    "hand": Spot("hand", (0, -0.09, 0), (0, 0, 1)),
    "ear": Spot("head", (0.01, 0.02, 0.09), (0, 0, 1)),
    "temple": Spot("head", (0.02, 0.075, 0.085), (0, 0.3, 1)),
    "nape": Spot("head", (-0.105, 0.02, 0.03), (-1, 0, 0)),
    "brow": Spot("head", (0.115, 0.070, 0.025)),
}
_SINGLE = {
    "head": Spot("head", (0.01, 0.05, 0)),
    "nose": Spot("head", (0.13, 0, 0)),
    "chin": Spot("head", (0.10, -0.08, 0)),
    "crown": Spot("head", (0, 0.15, 0), (0, 1, 0)),
    "chest": Spot("thorax", (0.10, -0.12, 0)),
    "breastbone": Spot("thorax", (0.10, -0.12, 0)),
    "throat": Spot("neck4", (0.062, 0, 0)),
    "midback": Spot("midback", (-0.06, 0.05, 0), (-1, 0, 0)),
    "lowback": Spot("spine6", (-0.06, 0, 0), (-1, 0, 0)),
    "pelvis": Spot("pelvis", (0, 0, 0)),
    "tailbone": Spot("pelvis", (-0.135, 0.02, 0), (-1, 0, 0)),
    "head_back": Spot("head", (-0.125, 0.05, 0), (-1, 0, 0)),
    "belly": Spot("pelvis", (0.115, 0.16, 0)),
}


def _sided(spot: Spot, side: str) -> Spot:
    frame = f"{spot.frame}_{side}" if f"{spot.frame}_{side}" in FRAME else spot.frame
    sign = 1 if side == "r" else -1
    return Spot(frame, (*spot.at[:2], spot.at[2] * sign), (*spot.normal[:2], spot.normal[2] * sign))


SPOTS = _SINGLE | {f"{name}_{side}": _sided(spot, side) for name, spot in _PAIRED.items() for side in SIDES}

# What is laid on a spot or held at a point, and which way it faces; `None` has no face to turn.
_EFFECTORS = {
    "hand": ("hand", (0, -0.070, 0), (0, 0, -1)),
    "foot": ("foot", (0.04, -LENGTH["ankle_height"], 0), (0, -1, 0)),
    "knee": ("shank", (0, 0, 0), None),
    "ankle": ("foot", (0, 0.01, 0), None),
    "elbow": ("farm", (0, 0, 0), None),
    "forearm": ("farm", (0, _FARM * 0.6, 0), None),
}
EFFECTORS: dict[str, tuple[str, Vector, Vector | None]] = {
    f"{name}_{side}": (f"{frame}_{side}", at, (*normal[:2], normal[2] * sign) if normal else None)
    for name, (frame, at, normal) in _EFFECTORS.items()
    for side, sign in (("r", 1), ("l", -1))
}

# Where it is felt: ellipsoids (segment, centre, radii) of the right side.
MUSCLES: dict[str, Spot] = {
    "glutes": Spot("pelvis", (-0.085, -0.015, 0.075), (0.080, 0.085, 0.085)),
    "quads": Spot("thigh", (0.065, -0.20, 0.0), (0.065, 0.19, 0.065)),
    "hamstrings": Spot("thigh", (-0.060, -0.22, 0.0), (0.06, 0.18, 0.065)),
    "calf": Spot("shank", (-0.055, -0.13, 0), (0.055, 0.125, 0.06)),
    "abdominals": Spot("pelvis", (0.105, 0.20, 0), (0.075, 0.17, 0.085)),
    "low_back": Spot("pelvis", (-0.085, 0.17, 0.0), (0.055, 0.13, 0.085)),
    "hip_flexor": Spot("thigh", (0.085, 0.0, 0), (0.06, 0.09, 0.05)),
    "piriformis": Spot("pelvis", (-0.10, 0.02, 0.085), (0.07, 0.06, 0.07)),
    "pectoral": Spot("thorax", (0.115, -0.12, 0.085), (0.07, 0.085, 0.085)),
    "upper_trap": Spot("thorax", (-0.01, 0.02, 0.075), (0.06, 0.07, 0.075)),
    "rhomboids": Spot("thorax", (-0.10, -0.16, 0.05), (0.06, 0.11, 0.06)),
    "deltoid": Spot("uarm", (0, -0.05, 0.04), (0.06, 0.08, 0.04)),
    "side_neck": Spot("thorax", (0.0, 0.05, 0.055), (0.05, 0.085, 0.05)),
    "obliques": Spot("pelvis", (0.03, 0.20, 0.135), (0.08, 0.11, 0.06)),
    "deep_neck": Spot("head", (0.055, -0.09, 0), (0.05, 0.06, 0.06)),
    "inner_thigh": Spot("thigh", (0, -0.14, -0.06), (0.05, 0.16, 0.04)),
}


def carried(frames: Frames, frame: str, local: Vector) -> Array:
    """Return a point of a segment in the room, shape (poses, 3)."""
    k = FRAME[frame]
    points: Array = frames.at[:, k] + frames.turn[:, k] @ np.array(local, float)
    return points


def facing(frames: Frames, frame: str, local: Vector) -> Array:
    """Return a direction of a segment in the room, shape (poses, 3)."""
    return frames.turn[:, FRAME[frame]] @ unit(np.array(local, float))


def spot_at(frames: Frames, name: str) -> Array:
    """Return where a named spot is, shape (poses, 3)."""
    return carried(frames, SPOTS[name].frame, SPOTS[name].at)
