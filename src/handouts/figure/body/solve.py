"""Let the body rest on what it rests on: damped least squares over the contacts of a pose.

Described angles are wishes, contacts are firm. Contact uses exactly the ellipsoids that are drawn.
Weights are per radian or per metre; own numbers, from the study.
"""

from __future__ import annotations

import math

import numpy as np

from handouts.figure.body.body import LENGTH
from handouts.figure.body.landmarks import EFFECTORS, SPOTS, carried, facing
from handouts.figure.body.pose import DOF, FRAME, INDEX, LIMITS, SIDES, UNIT, Frames, frames, trunk
from handouts.figure.body.request import Place, Pose, PoseRequest, Report
from handouts.figure.body.surface import PART, Surface
from handouts.figure.geometry import Array, Ints

CONTACT, SINK, LIMIT = 60.0, 60.0, 15.0
TOUCH = 0.002  # metres of sinking from which a limb gives way to the floor
EASY = 0.05  # a sum of squares that no other start would better by much
STIFFNESS = {
    "shoulder": 0.35, "elbow": 0.22, "forearm": 0.25, "wrist": 0.09, "girdle": 6.0, "hip": 0.8, "knee": 0.5,
    "ankle": 0.05, "toes": 0.04, "lumbar": 1.2, "thorax": 1.2, "neck": 0.35, "head": 0.35,
    "pitch": 0.25, "roll": 0.25, "yaw": 0.25,
}  # fmt: skip
_ARM = ("girdle", "shoulder", "elbow", "forearm", "wrist")
_LEG = ("hip", "knee", "ankle", "toes")
_ARM_CONTACT = ("hand", "forearm", "elbow")
_LEG_CONTACT = ("foot", "thigh", "knee", "heel", "toe", "ball", "shin", "edge", "ankle")


def _movable(request: PoseRequest, pushed: frozenset[str]) -> Array:
    """Return the stiffness of every degree of freedom, infinite where it stays as described.

    *pushed* joints give way to the floor.
    """
    weight = np.full(len(DOF), np.inf)
    weight[INDEX["ty"]] = 0.001
    stiff = STIFFNESS | dict(request.stiff)
    kinds = {name.split("_")[0] for name in request.contact}
    touching = {(name.split("_")[0], name[-1]) for name in (*request.contact, *request.place)}
    joints = {f"{j}_{s}" for part, s in touching for j in (_ARM if part in _ARM_CONTACT else ())}
    joints |= {f"{j}_{s}" for part, s in touching for j in (_LEG if part in _LEG_CONTACT else ())}
    for k, name in enumerate(DOF[6:], 6):
        joint = name.split(".")[0]
        if joint in joints or joint in pushed:
            weight[k] = stiff[joint.split("_")[0]]
        if any(name.startswith(f) for f in request.free):
            weight[k] = stiff[joint.split("_")[0]]
    if "head" in kinds:
        weight[[INDEX["neck.flex"], INDEX["head.flex"]]] = stiff["neck"]
    loose = {*request.free, *pushed} | ({"pitch"} if len(kinds) > 1 else set())
    for named, name in (("pitch", "rz"), ("roll", "rx"), ("yaw", "ry")):
        if named in loose:
            weight[INDEX[name]] = stiff[named]
    for name in {"tx", "tz"} & set(request.free):
        weight[INDEX[name]] = 0.05
    return weight


# What must stay above the floor, each by its own lowest point, and the joints that give way when it does not.
_ABOVE: dict[tuple[str, ...], tuple[str, ...]] = {
    ("trunk", "neck"): (),
    ("head", "hair", "ear", "nose"): ("neck", "head"),
} | {
    (f"{part}_{s}",): (f"{upper}_{s}", f"{lower}_{s}")
    for s in SIDES
    for upper, lower, limb in (("shoulder", "elbow", ("uarm", "farm", "hand")), ("hip", "knee", ("thigh", "shank", "foot")))
    for part in limb
}


def _groups(surface: Surface) -> list[Ints]:
    """Return the rows of each group of `_ABOVE`."""
    rows = np.setdiff1d(surface.coarse, surface.regions["loose"])
    return [rows[np.isin(surface.part[rows], [PART[p] for p in family])] for family in _ABOVE]


class _Problem:
    """The residuals of one request; a smaller sum of squares is a better pose."""

    def __init__(self, request: PoseRequest, surface: Surface, pushed: frozenset[str] = frozenset()) -> None:
        self.request, self.surface = request, surface
        weight = _movable(request, pushed)
        self.active = np.nonzero(np.isfinite(weight))[0]
        self.weight = weight[self.active]
        self.low, self.high = LIMITS[self.active].T
        self.limit, self.turning = LIMIT, 1.0
        self.levels = np.array(list(request.contact.values()))
        self.floor = min([*request.contact.values(), 0.0]) if request.support is None else request.support
        self.sets = [surface.regions[n] for n in request.contact] + _groups(surface)
        self.rows = np.concatenate(self.sets)
        self.splits = np.cumsum([0] + [len(s) for s in self.sets])
        self.q0 = self._dropped(request.q)
        bends = any(DOF[k].split(".")[0] in ("lumbar", "thorax", "neck", "head") for k in self.active)
        self.inner = None if bends else trunk(self.q0[None])
        touching = {name.split("_")[0] + name[-1] for name in (*request.contact, *request.place)}
        self.arms = [k for k, s in enumerate(SIDES) if touching & {part + s for part in _ARM_CONTACT}]

    def _dropped(self, q: Array) -> Array:
        """Start with the lowest touching region on its support."""
        q = q.copy()
        names = list(self.request.contact)
        rows = np.concatenate([self.surface.regions[n] for n in names]) if names else np.arange(len(self.surface.part))
        low = self.surface.lowest(frames(q, self.request.base), rows).min()
        q[1] -= low - (max(self.request.contact.values()) if names else self.floor)
        return q

    def full(self, x: Array) -> Array:
        q = np.tile(self.q0, (len(x), 1))
        q[:, self.active] = x
        return q

    def frames(self, x: Array) -> Frames:
        return frames(self.full(x), self.request.base, self.inner)

    def lowest_rows(self, f: Frames) -> Ints:
        """Return the row of each region and group that is lowest now; the derivative needs no other."""
        low = self.surface.lowest(f, self.rows)[0]
        picks = [a + low[a:b].argmin() for a, b in zip(self.splits, self.splits[1:], strict=False)]
        return self.rows[picks]

    def residuals(self, x: Array, f: Frames, rows: Ints) -> Array:
        """Shape (poses, residuals)."""
        low = self.surface.lowest(f, rows)
        n = len(self.levels)
        out = [
            self.weight * (x - self.q0[self.active]),
            CONTACT * (low[:, :n] - self.levels),
            SINK * np.minimum(0, low[:, n:] - self.floor),
            self.limit * (np.minimum(0, x - self.low) + np.maximum(0, x - self.high)),
        ]
        out += self._flat(f)
        for name, place in self.request.place.items():
            out += self._placed(f, name, place)
        out += [self._outside(f, k) for k in self.arms]
        return np.concatenate(out, 1)

    def _flat(self, f: Frames) -> list[Array]:
        out = []
        for name in self.request.contact:
            frame, _, palm = EFFECTORS.get(name, (name, None, None))
            if name.startswith("hand") and palm:
                out.append(0.5 * self.turning * (facing(f, frame, palm) - np.array([0, -1, 0])))
                if name in self.request.fingers:
                    away = facing(f, frame, (0, -1, 0)) - np.array(self.request.fingers[name])
                    out.append(0.3 * self.turning * away)
            elif name.startswith("foot"):
                out.append(0.8 * (facing(f, name, (0, 1, 0)) - np.array([0, 1, 0])))
        return out

    def _placed(self, f: Frames, name: str, place: Place) -> list[Array]:
        frame, at, normal = EFFECTORS[name]
        point = carried(f, frame, at)
        towards = None
        if place.spot:
            spot = SPOTS[place.spot]
            towards = facing(f, spot.frame, spot.normal)
            gap = place.gap if place.gap is not None else 0.045 if name.startswith("ankle") else 0.014
            out = [CONTACT * (point - carried(f, spot.frame, spot.at) - gap * towards)]
        elif place.plane:
            towards = np.array(place.plane[0], float)
            gap = 0.02 if place.gap is None else place.gap
            out = [CONTACT * (point @ towards - place.plane[1] - gap)[:, None]]
        else:
            fixed = {axis: where for axis, where in enumerate(place.at or ()) if where is not None}
            out = [CONTACT * (point[:, list(fixed)] - np.array(list(fixed.values()), float))]
        if towards is not None and normal and place.flat:
            out.append(0.3 * self.turning * (facing(f, frame, normal) + towards))
        return out

    def _outside(self, f: Frames, side: int) -> Array:
        """Arms stay outside the trunk: five points of an arm against the nearest section of the trunk."""
        upper, fore = FRAME[f"uarm_{SIDES[side]}"], FRAME[f"farm_{SIDES[side]}"]
        along = np.array([0.6, 0.85, 0.3, 0.65, 1.0])
        which = np.array([upper, upper, fore, fore, fore])
        length = np.array([LENGTH["uarm"]] * 2 + [LENGTH["farm"]] * 3)
        points = f.at[:, which] - f.turn[:, which][..., 1] * (along * length)[:, None]
        spine = self.surface.regions["lumbar"][::2], self.surface.regions["thorax"][::2]
        rows = np.concatenate(spine)[::2]
        section = self.surface.frame[rows]
        to = points[:, :, None] - f.at[:, None, section]
        near = (to * to).sum(-1).argmin(2)
        pose = np.arange(len(points))[:, None]
        local = (f.turn[pose, section[near]].swapaxes(-1, -2) @ to[pose, np.arange(5), near][..., None])[..., 0]
        local = local - self.surface.centre[rows[near]]
        axes, thick = self.surface.axes[rows[near]], np.array([0.045, 0.04, 0.038, 0.03, 0.025])
        inside = np.hypot(local[..., 0] / (axes[..., 0, 0] + thick), local[..., 2] / (axes[..., 2, 2] + thick))
        return np.where(np.abs(local[..., 1]) > 0.06, 0, 2.5 * np.maximum(0, 0.97 - inside))


def _descend(problem: _Problem, x: Array, most: int, enough: float) -> tuple[Array, float]:
    """Levenberg-Marquardt with one batch of poses for all derivatives; a step turns no joint more than 0.4 rad.

    It stops after *most* steps, or when a step gains less than the share *enough* of what is left.
    """
    step = 1e-5
    f = problem.frames(x[None])
    rows = problem.lowest_rows(f)
    r = problem.residuals(x[None], f, rows)[0]
    cost, damping = r @ r, 1e-3
    for _ in range(most):
        near = x + step * np.eye(len(x))
        slope = (problem.residuals(near, problem.frames(near), rows) - r).T / step
        square, gradient = slope.T @ slope, slope.T @ r
        for _ in range(6):
            dx = -np.linalg.solve(square + damping * np.diag(square.diagonal() + 1e-6), gradient)
            dx *= min(1, 0.4 / max(np.abs(dx).max(), 1e-12))
            f = problem.frames((x + dx)[None])
            new_rows = problem.lowest_rows(f)
            new = problem.residuals((x + dx)[None], f, new_rows)[0]
            if new @ new < cost:
                break
            damping *= 5
        else:
            break
        gain = cost - new @ new
        x, r, cost, rows = x + dx, new, new @ new, new_rows
        damping = max(damping / 4, 1e-8)
        if gain < enough * max(cost, 1e-2):
            break
    return x, cost


def _starts(problem: _Problem) -> list[Array]:
    """As described; and, for hands laid flat, with the wrists bent back as for a hand that bears weight."""
    request, q = problem.request, problem.q0.copy()
    flat = [n for n in request.contact if n.startswith("hand")]
    flat += [n for n, p in request.place.items() if n.startswith("hand") and p.at is None and p.flat]
    for name in flat:
        q[INDEX[f"wrist_{name[-1]}.flex"]] = np.radians(-70)
        q[INDEX[f"forearm_{name[-1]}.pron"]] = np.radians(70)
    first = [problem.q0[problem.active]]
    return [*first, q[problem.active]] if flat else first


def settle(request: PoseRequest, surface: Surface) -> Pose:
    """Find the pose nearest to *request* whose contacts hold; it never fails, read its `Report`."""
    pushed: frozenset[str] = frozenset()
    while True:
        problem = _Problem(request, surface, pushed)
        pose = _settled(problem)
        if max(pose.report.sinking, pose.report.contact[1]) < 1000 * TOUCH:
            return pose
        more = pushed | _pushed(pose, problem.floor)
        if more == pushed:
            return pose
        pushed = more


def _pushed(pose: Pose, floor: float) -> frozenset[str]:
    """Joints of the limbs (or the head) that a pose as described would put under the floor."""
    low = [pose.surface.lowest(pose.frames, rows).min() for rows in _groups(pose.surface)]
    joints = [j for joints, y in zip(_ABOVE.values(), low, strict=True) if y < floor - 0.001 for j in joints]
    lying = abs(pose.base[1, 1]) < 0.5
    return frozenset([*joints, "pitch"] if joints and lying else joints)


def _settled(problem: _Problem) -> Pose:
    """Return the best of the poses that every start leads to."""
    best: tuple[Array, float] = problem.q0[problem.active], math.inf
    for x in _starts(problem):
        problem.limit, problem.turning = 2.0, 0.3
        x, _ = _descend(problem, x, 12, 1e-2)
        problem.limit, problem.turning = LIMIT, 1.0
        settled = _descend(problem, x, 40, 1e-3)
        if settled[1] < best[1] * 0.97:
            best = settled
        if best[1] < EASY:
            break
    return _finished(problem, best[0])


def _finished(problem: _Problem, x: Array) -> Pose:
    q = problem.full(x[None])[0]
    f = frames(q, problem.request.base)
    low = problem.surface.lowest(f, problem.rows)[0]
    lows = [low[a:b].min() for a, b in zip(problem.splits, problem.splits[1:], strict=False)]
    errors = {n: float(abs(lows[k] - v) * 1000) for k, (n, v) in enumerate(problem.request.contact.items())}
    worst = max(errors.items(), key=lambda item: item[1], default=("nothing", 0.0))
    sinking = float(max(0.0, problem.floor - min(lows)) * 1000)
    joints = problem.active[problem.active > 5]
    change = np.abs(q - problem.q0)[joints] / UNIT[joints]
    past = np.maximum(LIMITS[:, 0] - q, q - LIMITS[:, 1])[joints] / UNIT[joints]
    report = Report(worst, sinking, _top(joints, change), _top(joints, past))
    return Pose(q, problem.request.base, f, problem.surface, report)


def _top(joints: Ints, values: Array) -> tuple[str, float]:
    if not len(values):
        return "nothing", 0.0
    k = int(values.argmax())
    return DOF[joints[k]], float(max(0, values[k]))
