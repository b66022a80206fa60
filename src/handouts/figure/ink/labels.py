"""What every pixel shows: which part of the body, in which cloth, near or far; slivers thinner than a pen removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handouts.figure.body import body
from handouts.figure.body.pose import Frames
from handouts.figure.body.request import Pose
from handouts.figure.body.surface import HAIR, PART, PARTS, SHIRT, SKIN, SOFT
from handouts.figure.geometry import Array, Ints, Mask
from handouts.figure.scene.raster import DepthBuffer

ARM, LEG = ("uarm", "farm", "hand"), ("thigh", "shank", "foot")
GROUPS = ("none", "trunk", "head", "soft", "arm_r", "arm_l", "leg_r", "leg_l")


def _group(part: str) -> str:
    kind = part.split("_")[0]
    if kind in ARM or kind in LEG:
        return f"{'arm' if kind in ARM else 'leg'}_{part[-1]}"
    return {"neck": "trunk", "hair": "head", "ear": "head", "nose": "head"}.get(part, part)


GROUP = np.array([GROUPS.index(_group(p)) for p in PARTS], np.uint8)


@dataclass
class Labels:
    """Pixel maps of one picture, shape (height, width); *far* is true where the far tone is drawn."""

    part: Ints
    cloth: Ints
    depth: NDArray[np.float32]
    far: Mask
    far_parts: Mask


def far_parts(frames: Frames, view: Array) -> Mask:
    """Return which parts are far: the limbs of the far side, when the trunk is seen from the side; one flag a part."""
    far = np.zeros(len(PARTS), bool)
    for frame, limb in (("thorax", ARM), ("pelvis", LEG)):
        towards = frames.one(frame)[0][:, 2] @ view[2]
        if abs(towards) > 0.66:
            far[[PART[f"{p}_{'l' if towards > 0 else 'r'}"] for p in limb]] = True
    return far


def where(mask: Mask) -> tuple[Ints, Ints]:
    """Return the rows and columns of a mask's pixels; several times faster than `np.nonzero` of two axes."""
    return np.divmod(np.flatnonzero(mask), mask.shape[1])


def _local(buffer: DepthBuffer, mask: Mask, frames: Frames, frame: str) -> tuple[Array, Ints, Ints]:
    rows, columns = where(mask)
    turn, at = frames.one(frame)
    return (buffer.room(rows, columns) - at) @ turn, rows, columns


def _paint_collar(buffer: DepthBuffer, part: Ints, cloth: Ints, frames: Frames) -> None:
    at, rows, columns = _local(buffer, part == PART["trunk"], frames, "thorax")
    centre, radii = (np.array(v) for v in body.COLLAR)
    bare = (((at - centre) / radii) ** 2).sum(1) < 1
    cloth[rows[bare], columns[bare]] = SKIN


def _paint_hair(buffer: DepthBuffer, part: Ints, cloth: Ints, frames: Frames) -> None:
    at, rows, columns = _local(buffer, part == PART["head"], frames, "head")
    if not len(rows):
        return
    at = at / body.HEAD_SCALE
    hairy = at[:, 0] < np.interp(at[:, 1], body.HAIRLINE[:, 0], body.HAIRLINE[:, 1], left=-1)
    part[rows[hairy], columns[hairy]] = PART["hair"]
    head = (part == PART["head"]) | (part == PART["hair"])
    box = _box(head, 0)
    inside, hair = head[box], part[box] == PART["hair"]
    size = max(3, int(0.012 * buffer.window.scale) | 1)
    most = inside & (_mean(hair, size) > 0.5 * _mean(inside, size))
    part[box] = np.where(inside, np.where(most, PART["hair"], PART["head"]), part[box])
    cloth[box] = np.where(inside, np.where(most, HAIR, SKIN), cloth[box])


def _mean(mask: Mask, size: int) -> Array:
    r = size // 2
    total = np.pad(mask.astype(np.int32), ((r + 1, r), (r + 1, r))).cumsum(0).cumsum(1)
    means: Array = (total[size:, size:] - total[:-size, size:] - total[size:, :-size] + total[:-size, :-size]) / size**2
    return means


def _box(mask: Mask, pad: int) -> tuple[slice, slice]:
    """Return the smallest box around a mask, *pad* pixels wider."""
    rows, columns = np.nonzero(mask.any(1))[0], np.nonzero(mask.any(0))[0]
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return (
        slice(max(0, rows[0] - pad), min(mask.shape[0], rows[-1] + pad + 1)),
        slice(max(0, columns[0] - pad), min(mask.shape[1], columns[-1] + pad + 1)),
    )


def opened(mask: Mask, r: int) -> Mask:
    """Return the mask without what is narrower than 2r + 1 pixels; beyond the edge counts as inside."""
    if r < 1:
        return mask
    out = np.pad(mask, 2 * r, mode="edge")
    return _over_squares(np.logical_or, _over_squares(np.logical_and, out, r), r)


def _over_squares(combine: np.ufunc, mask: Mask, r: int) -> Mask:
    """All, or any, of every square of 2r + 1 pixels; the mask becomes smaller by r on every side."""
    for axis in (0, 1):
        n = mask.shape[axis] - 2 * r
        mask = combine.reduce([mask[k : k + n] if axis == 0 else mask[:, k : k + n] for k in range(2 * r + 1)])
    return mask


def grown(mask: Mask, r: int) -> Mask:
    """Return the mask and what lies within *r* pixels of it, in squares."""
    return _over_squares(np.logical_or, np.pad(mask, r), r)


def small_islands(mask: Mask, least: float) -> Mask:
    """Return the pixels of connected pieces under *least* pixels."""
    edge = np.diff(np.pad(mask.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, starts = where(edge == 1)
    stops = where(edge == -1)[1]
    parent = list(range(len(rows)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first = np.searchsorted(rows, np.arange(mask.shape[0] + 1)).tolist()
    a, b = starts.tolist(), stops.tolist()
    for row in range(1, mask.shape[0]):
        i, j, i_end, j_end = first[row - 1], first[row], first[row], first[row + 1]
        while i < i_end and j < j_end:
            if a[i] < b[j] and a[j] < b[i]:
                parent[root(j)] = root(i)
            if b[i] < b[j]:
                i += 1
            else:
                j += 1
    roots = np.array([root(i) for i in range(len(rows))], int)
    size = np.bincount(roots, stops - starts, len(rows)) if len(rows) else np.zeros(0)
    out = np.zeros(mask.shape, bool)
    for k in np.nonzero(size[roots] < least)[0] if len(rows) else ():
        out[rows[k], starts[k] : stops[k]] = True
    return out


def _spread(bad: Mask, maps: list[NDArray[Any]]) -> None:
    """Give bad pixels the values of their nearest good neighbours."""
    rows, columns = where(bad)
    high, wide = bad.shape
    for _ in range(60):
        if not len(rows):
            return
        left = np.ones(len(rows), bool)
        filled = []
        for dy, dx in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            y, x = np.clip(rows + dy, 0, high - 1), np.clip(columns + dx, 0, wide - 1)
            take = left & ~bad[y, x]
            for m in maps:
                m[rows[take], columns[take]] = m[y[take], x[take]]
            filled.append((rows[take], columns[take]))
            left &= ~take
        for y, x in filled:
            bad[y, x] = False
        rows, columns = rows[left], columns[left]


def despeckle(labels: Labels, pen: float) -> None:
    """Remove, limb by limb, what is narrower than a pen line of *pen* pixels, and crumbs."""
    group = GROUP[labels.part]
    bad = np.zeros(group.shape, bool)
    far = {g: labels.far_parts[g == GROUP].any() for g in range(len(GROUPS))}
    for g, name in enumerate(GROUPS):
        if name == "head":
            continue
        thin = 0.70 if name.startswith("arm") else 0.42
        width, least = (0.62, 7) if name == "none" else (thin, 16) if far[g] else (0.30, 4)
        radius = round(width * pen)
        box = _box(group == g, radius + 1)
        mask = group[box] == g
        if mask.any():
            solid = mask & opened(mask, radius)
            bad[box] |= (mask & ~solid) | small_islands(solid, least * pen * pen)
    _spread(bad, [labels.part, labels.cloth, labels.depth])


def read(buffer: DepthBuffer, pose: Pose, pen: float, bare: bool = False) -> Labels:
    """Return the labels of a body, and of soft things after it in the rows, that are in *buffer*; *bare* wears no shirt."""
    surface, frames = pose.surface, pose.frames
    count = len(surface.part)
    body_wins = (buffer.winner >= 0) & (buffer.winner < count)
    kinds = np.concatenate([surface.part, [PART["soft"], 0]]).astype(np.uint8)
    cloths = np.concatenate([surface.cloth, [SOFT, SKIN]]).astype(np.uint8)
    row = np.where(body_wins, buffer.winner, np.where(buffer.winner >= count, count, count + 1))
    part, cloth = kinds[row], cloths[row]
    if bare:
        cloth[cloth == SHIRT] = SKIN
    _paint_collar(buffer, part, cloth, frames)
    _paint_hair(buffer, part, cloth, frames)
    labels = Labels(part, cloth, buffer.depth, np.zeros(part.shape, bool), far_parts(frames, buffer.view))
    despeckle(labels, pen)
    labels.far = labels.far_parts[labels.part] & (labels.cloth == SKIN)  # cloth in two tones would look torn
    return labels


__all__ = ["ARM", "GROUP", "GROUPS", "LEG", "SHIRT", "Labels", "despeckle", "far_parts", "opened", "read"]
