"""Dress the skeleton: every part of the body is a dense row of ellipsoids carried by its segment.

The rows envelope a lofted body. All sizes come from the tables in `body`; what is written here is own, shaped by eye.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from handouts.figure.body import body
from handouts.figure.body.body import HEAD_SCALE, LENGTH, Build
from handouts.figure.body.hand import add_hand, spheres
from handouts.figure.body.landmarks import Vector
from handouts.figure.body.surface import HAIR, SHIRT, SHORTS, SKIN, Rows, Surface, diagonal
from handouts.figure.geometry import Array, Ints, monotone, rot_z

BELLY = 0.17  # metres above the hips where breathing moves it most; own


def _table(table: Array, at: Array) -> list[Array]:
    return [monotone(table[:, 0], table[:, k], at) for k in range(1, table.shape[1])]


def _limb(rows: Rows, part: str, sign: float, table: Array, length: float, count: int, width: float,
          cloth: tuple[int, float, float, float] | None = None) -> Ints:  # fmt: skip
    """A thigh, shank, upper arm or forearm; *cloth* is its kind, how far it reaches, and how wide it starts and ends."""
    t = np.linspace(0, 1, count)
    front, back, inner, outer = _table(table, t)
    x, z = (front + back) / 2 * width, (inner + outer) / 2 * width
    y = np.minimum(x, z) * 0.8
    y[0], y[-1] = x[0], x[-1]
    kinds = np.full(count, SKIN)
    if cloth:
        kind, reach, start, end = cloth
        worn = t <= reach
        wider = np.where(worn, start + (end - start) * t / reach, 0)
        x, z = x + wider, z + wider
        y = np.where(worn, 0.026, y)
        y[0] = x[0]
        kinds[worn] = kind
    centre = np.stack([(front - back) / 2, -t * length, sign * (outer - inner) / 2], 1)
    return rows.add(part, part, centre, diagonal(x, y, z), kinds)


def _foot(rows: Rows, side: str, sign: float) -> Ints:
    x = np.linspace(-0.038, body.TOE_LINE, 36)
    height, half = _table(body.FOOT, x)
    arch = 0.010 * np.exp(-(((x - 0.05) / 0.030) ** 2))
    y = (height - arch) / 2
    centre = np.stack([x, -LENGTH["ankle_height"] + arch + y, sign * 0.006 * np.clip(x / 0.13, 0, 1)], 1)
    long = np.full(len(x), 0.020)
    long[0] = 0.024
    sole = rows.add(f"foot_{side}", f"foot_{side}", centre, diagonal(long, y, half))
    x = np.linspace(0, 0.046, 14)
    height = np.interp(x, [0, 0.03, 0.046], [0.043, 0.035, 0.030])
    half = np.interp(x, [0, 0.02, 0.036, 0.046], [0.047, 0.046, 0.042, 0.037])
    centre = np.stack([x, -0.012 + height / 2, sign * (0.006 - 0.010 * (x / 0.05) ** 2)], 1)
    toes = rows.add(f"foot_{side}", f"toes_{side}", centre, diagonal(np.full(len(x), 0.018), height / 2, half))
    return np.concatenate([sole, toes])


def _slices(table: Array, y: Array, thick: float) -> tuple[Array, Array]:
    front, back, half = _table(table[::-1], y)
    return np.stack([(front + back) / 2, y, 0 * y], 1), diagonal((front - back) / 2, np.full(len(y), thick), half)


_FEATURES = (  # from, to, semi-axes at either end, how many
    ("head", (0.096, -0.036, 0), (0.096, -0.040, 0), (0.0075, 0.0045, 0.018), (0.0075, 0.0045, 0.018), 2),
    ("head", (0.0945, -0.0475, 0), (0.0945, -0.0475, 0), (0.0072, 0.0045, 0.016), (0.0072, 0.0045, 0.016), 1),
    ("head", (0.088, -0.073, 0), (0.088, -0.073, 0), (0.0125, 0.0135, 0.019), (0.0125, 0.0135, 0.019), 1),
    ("nose", (0.090, 0.026, 0), (0.1035, -0.010, 0), (0.0105, 0.009, 0.0075), (0.0165, 0.008, 0.0105), 14),
    ("nose", (0.1035, -0.010, 0), (0.098, -0.0165, 0), (0.0160, 0.0075, 0.0105), (0.012, 0.006, 0.0155), 7),
)


def _head(rows: Rows, style: str) -> tuple[Ints, Ints]:
    """Return the rows of the head, and those of a tail or bun, on which no head rests."""

    def add(part: str, centre: Array, axes: Array, cloth: int = SKIN) -> Ints:
        return rows.add(part, "head", centre * HEAD_SCALE, axes * HEAD_SCALE, cloth)

    out = [add("head", *_slices(body.FACE, np.linspace(-0.090, 0.070, 70), 0.012))]
    out.append(add("head", np.array([body.VAULT[0]]), np.diag(body.VAULT[1])[None]))
    for part, a, b, sa, sb, count in _FEATURES:
        t = np.linspace(0, 1, count)[:, None]
        size = np.array(sa) * (1 - t) + np.array(sb) * t
        out.append(add(part, np.array(a) * (1 - t) + np.array(b) * t, diagonal(*size.T)))
    out.append(add("hair", *_slices(body.HAIR, np.linspace(-0.040, 0.050, 50), 0.010), HAIR))
    out.append(add("hair", np.array([body.HAIR_VAULT[0]]), np.diag(body.HAIR_VAULT[1])[None], HAIR))
    for sign in (1, -1):
        for up, x, y in ((0.018, 0.0165, 0.020), (0.002, 0.013, 0.018), (-0.012, 0.009, 0.012)):
            ear = np.array([[-0.004 - 0.15 * up, 0.012 + up, sign * 0.0765]])
            add("ear", ear, (rot_z(math.radians(12)) @ np.diag([x, y, 0.008]))[None])
    loose = np.zeros(0, int)
    if style == "bun":
        loose = add("hair", np.array([[-0.100, 0.057, 0]]), np.diag([0.034] * 3)[None], HAIR)
    if style == "tail":
        t = np.linspace(0, 1, 12)
        tail = np.stack([-0.090 - 0.033 * np.sin(t * 2.6), 0.071 - 0.142 * t, 0 * t], 1)
        loose = add("hair", tail, spheres(np.interp(t, [0, 0.3, 1], [0.019, 0.025, 0.010])), HAIR)
    return np.concatenate(out), loose


def _trunk_row(y: Array, build: Build, thick: float, swell: float) -> tuple[Array, Array]:
    front, back, half = _table(body.TRUNK, y)
    waist = (build.hips + build.shoulders) / 2 * (0.96 if build.hips > 1 else 1)
    width = [build.hips, build.hips, waist, build.shoulders, build.shoulders]
    k = build.girth * np.interp(y, [-0.1, 0.05, 0.19, 0.40, 0.50], width)
    belly = np.interp(y, [0.30, 0.42, 0.5], [1, 1, 0]) * (build.girth - 1)
    front = front * (1 + 1.5 * belly) + swell * np.exp(-(((y - BELLY) / 0.085) ** 2))
    back = back * (1 + 0.6 * belly)
    half = half * np.where(y > 0.47, 1 + (k - 1) * 0.3, k)
    return np.stack([(front + back) / 2, y, 0 * y], 1), diagonal((front - back) / 2, np.full(len(y), thick), half)


def _trunk(rows: Rows, build: Build, swell: float) -> dict[str, Ints]:
    y = np.arange(-0.088, LENGTH["lumbar_up"], 0.007)
    centre, axes = _trunk_row(y, build, 0.026, swell)
    axes[:, 1, 1] = np.interp(y, [-0.088, -0.04], [0.008, 0.026])  # flat below, or the seat has a ridge
    pelvis = [rows.add("trunk", "pelvis", centre, axes, np.where(y < body.HEM, SHORTS, SHIRT))]
    for sign in (1, -1):
        seat = np.array([[-0.052, -0.018, sign * 0.070]])
        pelvis.append(rows.add("trunk", "pelvis", seat, np.diag([0.074, 0.080, 0.074])[None], SHORTS))
    step = np.repeat(
        [LENGTH["lumbar"] / body.LUMBAR_STEPS, LENGTH["thorax"] / body.THORAX_STEPS],
        [body.LUMBAR_STEPS, body.THORAX_STEPS],
    )
    y = LENGTH["lumbar_up"] + np.concatenate([[0], step.cumsum()])
    y = y[y < 0.552]
    centre, axes = _trunk_row(y, build, 0.036, swell)
    centre[:, 0] -= LENGTH["lumbar_forward"]
    centre[:, 1] = 0
    spine = []
    for k in range(len(y)):
        last = k + 1 == len(y)
        both = [k, k] if not last else [k]
        mix = np.array([0, 0.5])[: len(both)]
        ahead = centre[[k, min(k + 1, len(y) - 1)]][: len(both)]
        spine.append(rows.add("trunk", f"spine{k}", centre[both], axes[both], SHIRT, f"spine{k + (not last)}", ahead, mix))
    low = body.LUMBAR_STEPS
    return {
        "pelvis": np.concatenate(pelvis),
        "lumbar": np.concatenate(spine[:low]),
        "thorax": np.concatenate(spine[low:]),
    }


def _joining(rows: Rows, side: str, sign: float) -> Ints:
    """Return what makes shoulder, armpit and hip believable: trapezius, chest and back muscle, buttock."""

    def sweep(a: Vector, b: Vector, frame2: str, wide: float, narrow: float, count: int) -> None:
        t = np.linspace(0, 1, count)
        one = np.ones((count, 1))
        rows.add(
            "trunk", "thorax", np.array(a) * one, spheres(wide * (1 - t) + narrow * t), SHIRT, frame2, np.array(b) * one, t
        )

    arm = -LENGTH["uarm"] * 0.16
    sweep((0.0, -0.014, sign * 0.030), (-0.002, 0.004, -sign * 0.002), f"uarm_{side}", 0.050, 0.047, 18)
    sweep((0.055, -0.115, sign * 0.085), (0.004, arm, 0), f"uarm_{side}", 0.050, 0.040, 14)
    sweep((-0.030, -0.130, sign * 0.085), (-0.006, arm, 0), f"uarm_{side}", 0.048, 0.040, 14)
    t = np.linspace(0.2, 1, 5)
    one = np.ones((5, 1))
    return rows.add(
        f"thigh_{side}", "pelvis", np.array([-0.050, -0.016, sign * 0.068]) * one, spheres(np.linspace(0.073, 0.066, 5)),
        SHORTS, f"thigh_{side}", np.array([-0.028, -0.050, sign * 0.004]) * one, t,
    )  # fmt: skip


def _neck(rows: Rows) -> None:
    for k in range(body.NECK_STEPS + 1):
        share = k / body.NECK_STEPS
        x = np.interp(share, [0, 0.5, 1], [0.062, 0.056, 0.056])
        z = np.interp(share, [0, 0.5, 1], [0.060, 0.054, 0.054])
        ahead = np.interp(share, [0, 1], [0.012, 0.006])
        both = 2 if k < body.NECK_STEPS else 1
        rows.add(
            "neck", f"neck{k}", np.array([[ahead, 0, 0]] * both), np.diag([x, 0.03, z])[None].repeat(both, 0), SKIN,
            f"neck{min(k + 1, body.NECK_STEPS)}", np.array([[ahead, 0, 0]] * both), np.array([0, 0.5])[:both],
        )  # fmt: skip


def _limb_regions(side: str, row: dict[str, Ints]) -> dict[str, Ints]:
    foot, fore, thigh, shank = (row[k] for k in ("foot", "farm", "thigh", "shank"))
    named = {
        "hip": thigh[:24],
        "thigh": thigh,
        "knee": np.concatenate([thigh[-8:-1], shank[:8]]),
        "shin": shank[8:],
        "foot": foot,
        "edge": foot,
        "heel": foot[:8],
        "toe": foot[-10:],
        "ball": foot[-12:-4],
        "forearm": fore,
        "elbow": np.concatenate([fore[:5], row["uarm"][-4:]]),
        "hand": row["hand"],
        "shoulder": row["uarm"][:10],
    }
    return {f"{name}_{side}": rows for name, rows in named.items()}


@lru_cache(maxsize=64)
def surface(hand_r: str, hand_l: str, build: Build, belly: float = 0.0) -> Surface:
    """The body of *build* with its hands in the given shapes (`body.HANDS`) and its belly swollen by *belly* centimetres."""
    rows = Rows()
    regions = _trunk(rows, build, belly / 100)
    _neck(rows)
    regions["head"], regions["loose"] = _head(rows, build.hair)
    leg = build.girth * (1 + (build.hips - 1) * 0.6)
    arm = build.girth * min(1, build.shoulders)
    for side, sign, shape in (("r", 1, hand_r), ("l", -1, hand_l)):
        _joining(rows, side, sign)
        row = {
            "uarm": _limb(
                rows, f"uarm_{side}", sign, body.UPPER_ARM, LENGTH["uarm"], 60, arm, (SHIRT, body.SLEEVE, 0.003, 0.014)
            ),
            "farm": _limb(rows, f"farm_{side}", sign, body.FOREARM, LENGTH["farm"], 26, arm),
            "hand": add_hand(rows, side, sign, shape),
            "thigh": _limb(
                rows, f"thigh_{side}", sign, body.THIGH, LENGTH["thigh"], 70, leg, (SHORTS, body.SHORTS, 0.004, 0.016)
            ),
            "shank": _limb(rows, f"shank_{side}", sign, body.SHANK, LENGTH["shank"], 40, build.girth),
            "foot": _foot(rows, side, sign),
        }
        regions |= _limb_regions(side, row)
    return rows.freeze(regions)
