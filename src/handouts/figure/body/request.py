"""What is asked of a pose, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from handouts.figure.body.landmarks import Vector
from handouts.figure.body.pose import Frames
from handouts.figure.body.surface import Surface
from handouts.figure.geometry import Array

TOLERANCE = 0.015  # metres of contact error or sinking that a pose may keep
BEYOND = 5.0  # degrees that a solved joint may pass its limit


@dataclass(frozen=True)
class Place:
    """Where a hand, foot, knee, ankle, elbow or forearm is put: on a `spot`, at a point, or against a plane.

    A coordinate of *at* that is None is free. *plane* is a normal and its offset (metres). *gap* keeps a distance;
    *flat* turns the palm or sole to what it lies on.
    """

    spot: str | None = None
    at: tuple[float | None, float | None, float | None] | None = None
    plane: tuple[Vector, float] | None = None
    gap: float | None = None
    flat: bool = True


@dataclass(frozen=True)
class PoseRequest:
    """What is asked of one pose: angles *q* (50,), the pelvis' rotation *base*, and what rests on what.

    *contact* names regions of the surface with the height of their support (metres); *free* names joints, or `pitch`,
    `roll`, `yaw`, `tx`, `tz` of the whole body, that may move as well; *fingers* where flat hands point.
    """

    q: Array
    base: Array
    contact: Mapping[str, float] = field(default_factory=dict)
    place: Mapping[str, Place] = field(default_factory=dict)
    fingers: Mapping[str, Vector] = field(default_factory=dict)
    free: tuple[str, ...] = ()
    stiff: Mapping[str, float] = field(default_factory=dict)
    support: float | None = None


@dataclass(frozen=True)
class Report:
    """How well a pose was met: worst contact (region, mm), sinking (mm), most-changed joint (name, degrees)."""

    contact: tuple[str, float]
    sinking: float
    changed: tuple[str, float]
    beyond: tuple[str, float]

    @property
    def faults(self) -> tuple[str, ...]:
        """The reasons why the pose cannot be shown, in words; empty when it can."""
        out = []
        if self.contact[1] > 1000 * TOLERANCE:
            out.append(f"{self.contact[0]} is {self.contact[1]:.0f} mm from what it rests on")
        if self.sinking > 1000 * TOLERANCE:
            out.append(f"the body sinks {self.sinking:.0f} mm into what it rests on")
        if self.beyond[1] > BEYOND:
            unit = "cm" if self.beyond[0].startswith("girdle") else "degrees"
            out.append(f"{self.beyond[0]} goes {self.beyond[1]:.0f} {unit} past its limit")
        return tuple(out)


@dataclass(frozen=True)
class Pose:
    """A body at rest: its angles, frames and surface, and how well the request was met."""

    q: Array
    base: Array
    frames: Frames
    surface: Surface
    report: Report

    def moved(self, shift: Array) -> Pose:
        """Return the same pose elsewhere in the room."""
        q = self.q.copy()
        q[:3] += shift
        return replace(self, q=q, frames=Frames(self.frames.turn, self.frames.at + shift))

    def middle(self, region: str) -> Array:
        """Return the middle of a region of the surface, in the room."""
        middle: Array = self.surface.place(self.frames, self.surface.regions[region])[0].mean(0)
        return middle
