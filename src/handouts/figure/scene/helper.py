"""Another person's hand and forearm, laid on a spot of the body: a helper who rubs, steadies or guides."""

from __future__ import annotations

import numpy as np

from handouts.figure.body.body import LENGTH, Build
from handouts.figure.body.dress import surface
from handouts.figure.body.landmarks import SPOTS, carried, facing
from handouts.figure.body.pose import FRAME, Frames
from handouts.figure.body.request import Pose
from handouts.figure.body.surface import PART
from handouts.figure.geometry import Array, unit
from handouts.figure.spec.props import Prop

REACH = 0.155  # metres from the wrist to the tips of the fingers
LIFT, BEND = 0.22, 0.45  # how much hand and forearm rise from the skin, as shares of their length


def helper_frames(pose: Pose, spot: str, way: Array) -> Frames:
    """Return the frames of a right hand and forearm: fingertips on *spot*, fingers pointing along *way* (room)."""
    place = SPOTS[spot]
    at, normal = carried(pose.frames, place.frame, place.at)[0], facing(pose.frames, place.frame, place.normal)[0]
    along = unit(way - normal * (way @ normal))
    finger, fore = unit(along - LIFT * normal), unit(along - BEND * normal)
    frames = Frames(pose.frames.turn[:1].copy(), pose.frames.at[:1].copy())
    wrist = at + 0.012 * normal - REACH * finger
    for name, down, origin in (("hand_r", finger, wrist), ("farm_r", fore, wrist - LENGTH["farm"] * fore)):
        z = unit(normal - down * (normal @ down))
        frames.turn[0, FRAME[name]] = np.stack([np.cross(-down, z), -down, z], 1)
        frames.at[0, FRAME[name]] = origin
    return frames


def helper(pose: Pose, spot: str, way: Array, shape: str) -> Prop:
    """Return the hand in one of `body.HANDS` and its forearm, as a soft thing in the room."""
    rows = surface(shape, shape, Build())
    hand_rows = np.nonzero(np.isin(rows.part, [PART["hand_r"], PART["farm_r"]]))[0]
    return Prop().row(*rows.place(helper_frames(pose, spot, way), hand_rows))
