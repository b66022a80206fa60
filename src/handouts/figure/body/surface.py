"""The surface of a body: ellipsoids carried by its segments, and what can be asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from handouts.figure.body.pose import FRAME, SIDES, Frames
from handouts.figure.geometry import Array, Ints

PARTS = (
    "none", "trunk", "neck", "head", "ear", "hair", "nose",
    *(f"{p}_{s}" for s in SIDES for p in ("uarm", "farm", "hand", "thigh", "shank", "foot")), "soft",
)  # fmt: skip
PART = {name: k for k, name in enumerate(PARTS)}
SKIN, SHIRT, SHORTS, HAIR, SOFT = range(5)


@dataclass(frozen=True)
class Surface:
    """The ellipsoids of a body at rest, one row an ellipsoid.

    An ellipsoid hangs between two frames: its centre is (1 - *mix*) of *centre* in frame *frame* and *mix* of *centre2*
    in frame *frame2*. *axes* are its semi-axes as columns (metres), in the first frame. *regions* name the rows
    that can touch something.
    """

    frame: Ints
    frame2: Ints
    centre: Array
    centre2: Array
    mix: Array
    axes: Array
    part: Ints
    cloth: Ints
    regions: dict[str, Ints]

    @cached_property
    def coarse(self) -> Ints:
        """Every second row, and the big ellipsoids that stand alone (skull, seat): enough to know where the body is."""
        alone = np.sqrt((self.axes**2).sum(1)).min(1) > 0.033
        return np.nonzero(alone | (np.arange(len(self.part)) % 2 == 0))[0]

    def place(self, frames: Frames, rows: Ints | slice = slice(None)) -> tuple[Array, Array]:
        """Return the centres (n, 3) and semi-axes (n, 3, 3) in the room, of the first pose."""
        turn, at = frames.turn[0], frames.at[0]
        f, g, mix = self.frame[rows], self.frame2[rows], self.mix[rows, None]
        first = at[f] + (turn[f] @ self.centre[rows, :, None])[..., 0]
        second = at[g] + (turn[g] @ self.centre2[rows, :, None])[..., 0]
        return first * (1 - mix) + second * mix, turn[f] @ self.axes[rows]

    def lowest(self, frames: Frames, rows: Ints) -> Array:
        """Return the height of the lowest point of each ellipsoid, shape (poses, rows)."""
        f, g, mix = self.frame[rows], self.frame2[rows], self.mix[rows]
        up, up2 = frames.turn[:, f, 1], frames.turn[:, g, 1]
        first = frames.at[:, f, 1] + (up * self.centre[rows]).sum(-1)
        second = frames.at[:, g, 1] + (up2 * self.centre2[rows]).sum(-1)
        reach = np.sqrt(((up[:, :, None] @ self.axes[rows])[:, :, 0] ** 2).sum(-1))
        heights: Array = first * (1 - mix) + second * mix - reach
        return heights


def diagonal(x: Array, y: Array, z: Array) -> Array:
    """Return the semi-axes along the axes of the frame, shape (n, 3, 3)."""
    out = np.zeros((len(x), 3, 3))
    out[:, 0, 0], out[:, 1, 1], out[:, 2, 2] = x, y, z
    return out


class Rows:
    """Collects rows, then freezes them."""

    def __init__(self) -> None:
        self.parts: list[tuple[Ints | Array, ...]] = []
        self.count = 0

    def add(self, part: str, frame: str, centre: Array, axes: Array, cloth: int | Ints = SKIN,
            frame2: str | None = None, centre2: Array | None = None, mix: Array | float = 0.0) -> Ints:  # fmt: skip
        n = len(centre)
        one = np.ones(n, int)
        self.parts.append((
            FRAME[frame] * one, FRAME[frame2 or frame] * one, centre, centre if centre2 is None else centre2,
            mix * np.ones(n), axes, PART[part] * one, cloth * one,
        ))  # fmt: skip
        self.count += n
        return np.arange(self.count - n, self.count)

    def freeze(self, regions: dict[str, Ints]) -> Surface:
        frame, frame2, centre, centre2, mix, axes, part, cloth = (np.concatenate(c) for c in zip(*self.parts, strict=True))
        return Surface(frame, frame2, centre, centre2, mix, axes, part.astype(np.uint8), cloth.astype(np.uint8), regions)
