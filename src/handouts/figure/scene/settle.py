"""The bodies of a figure in one room: poses settled one after the other, furniture, and the window they all share."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from handouts.figure.body.body import Build
from handouts.figure.body.dress import surface
from handouts.figure.body.landmarks import EFFECTORS, carried, spot_at
from handouts.figure.body.pose import POSITIONS, angles, frames
from handouts.figure.body.request import Place, Pose, PoseRequest
from handouts.figure.body.solve import settle
from handouts.figure.geometry import Array, rotation, rotation_vector
from handouts.figure.scene.helper import helper
from handouts.figure.spec.figure import REGIONS, Figure, Panel, each_of
from handouts.figure.spec.props import MAKERS, Prop, disc, mat, rod


class PoseError(ValueError):
    """A pose that cannot be shown; *panel* counts from 0."""

    def __init__(self, panel: int, faults: tuple[str, ...]) -> None:
        self.panel, self.faults = panel, faults
        super().__init__(f"panel {panel + 1}: " + "; ".join(faults))


def _pinned(panel: Panel, before: Pose) -> dict[str, Place]:
    """Return the hands and feet that stay where they were, seen from above."""
    out = {}
    for name in panel.keep:
        frame, at, _ = EFFECTORS[name]
        x, _, z = carried(before.frames, frame, at)[0]
        out[name] = Place(at=(float(x), None, float(z)))
    return out


def _rest(figure: Figure) -> tuple[Array, Array]:
    """Return the angles and the turn that a movement is scaled from: the first panel, or the middle of a to-and-fro."""
    panels = figure.panels if figure.panels[0].arrows else figure.panels[:1]
    return np.mean([angles(p.joints) for p in panels], 0), np.mean([p.turn for p in panels], 0)


def _pose_request(figure: Figure, panel: Panel, before: Pose | None, amplitude: float) -> PoseRequest:
    rest, rest_turn = _rest(figure)
    q = rest + amplitude * (angles(panel.joints) - rest)
    q[[0, 2]] = panel.shift
    turn = rest_turn + amplitude * (np.array(panel.turn) - rest_turn)
    place = dict(panel.place)
    if before:
        place |= _pinned(panel, before)
    base = rotation(np.radians(turn)) @ POSITIONS[panel.position]
    return PoseRequest(q, base, panel.contact, place, panel.fingers, panel.free, panel.stiff, panel.support)


def settle_panels(figure: Figure, build: Build, amplitude: float = 1.0) -> tuple[Pose, ...]:
    """Return the settled pose of every panel. *amplitude* scales the movement away from where it starts.

    A smaller movement that cannot be settled (a hand that is to reach its place) is made larger, up to the described one;
    a figure that changes its position (from lying to sitting) is never scaled. Raise `PoseError` for a pose that fails.
    """
    if len({p.position for p in figure.panels}) > 1:
        amplitude = 1.0
    for scale in (amplitude, (1 + amplitude) / 2):
        try:
            return _settle_in_turn(figure, build, scale)
        except PoseError:
            if scale == 1.0:
                raise
    return _settle_in_turn(figure, build, 1.0)


def _settle_in_turn(figure: Figure, build: Build, amplitude: float) -> tuple[Pose, ...]:
    poses: list[Pose] = []
    for k, panel in enumerate(figure.panels):
        before = poses[-1] if poses else None
        pose = settle(_pose_request(figure, panel, before, amplitude), surface(*panel.hands, build, panel.belly))
        if pose.report.faults:
            raise PoseError(k, pose.report.faults)
        if before and panel.anchor and not panel.keep:
            region = each_of(panel.anchor, REGIONS)
            shift = np.mean([before.middle(r) - pose.middle(r) for r in region], 0)
            pose = pose.moved(np.array([shift[0] + panel.shift[0], 0, shift[2] + panel.shift[1]]))
        poses.append(pose)
    return tuple(poses)


def between(a: Pose, b: Pose, share: float) -> Pose:
    """Return a pose on the way from *a* to *b* (0 to 1): joints and the turn of the whole body move evenly."""
    base = rotation(share * rotation_vector(b.base @ a.base.T)) @ a.base
    q = a.q + share * (b.q - a.q)
    return replace(b if share > 0.5 else a, q=q, base=base, frames=frames(q, base))


def path_of(spot: str, a: Pose, b: Pose, steps: int = 25) -> Array:
    """Return where a spot goes on the way from *a* to *b*, shape (steps, 3)."""
    t = np.linspace(0, 1, steps)
    q = a.q + t[:, None] * (b.q - a.q)
    base = rotation(t[:, None] * rotation_vector(b.base @ a.base.T)) @ a.base
    return spot_at(frames(q, base), spot)


def _auto_mat(poses: tuple[Pose, ...], pad: float = 0.07) -> Prop:
    """Return a mat under all poses, hands and feet included."""
    centres = np.concatenate([p.surface.place(p.frames, slice(None, None, 4))[0] for p in poses])
    low = centres[centres[:, 1] < 0.25] if (centres[:, 1] < 0.25).any() else centres
    x0, x1 = centres[:, 0].min() - pad, centres[:, 0].max() + pad
    z0, z1 = min(low[:, 2].min() - pad, -0.30), max(low[:, 2].max() + pad, 0.30)
    return mat(x0, x1, (z1 - z0) / 2, (z0 + z1) / 2)


def point_of(end: str | list[float], pose: Pose) -> Array:
    """Return where an end of a band or stick is: at a spot of the body or at a point of the room."""
    return spot_at(pose.frames, end)[0] if isinstance(end, str) else np.array(end, float)


def furniture(figure: Figure, poses: tuple[Pose, ...], k: int) -> list[Prop]:
    """Return the things of panel *k*; a mat suits all panels, a stick follows the hands."""
    out = []
    for name, settings in figure.props_in(k):
        if name == "mat":
            out.append(_auto_mat(poses))
        elif name == "stick":
            a, b = point_of(settings["from"], poses[k]), point_of(settings["to"], poses[k])
            beyond = (b - a) / np.linalg.norm(b - a) * settings.get("beyond", 0.1)
            out.append(rod(a - beyond, b + beyond))
            if "weights" in settings:
                out += [disc(end, b - a, settings["weights"]) for end in (a - beyond, b + beyond)]
        elif name == "helper":
            out.append(helper(poses[k], settings["spot"], np.array(settings["way"], float), settings.get("hand", "flat")))
        elif name in MAKERS:
            out.append(MAKERS[name](**settings))
    return out


def bands(figure: Figure, pose: Pose) -> list[tuple[Array, Array, bool]]:
    """Return the elastic bands of a pose: two points each, and whether the second one is fixed to something."""
    return [
        (point_of(settings["from"], pose), point_of(settings["to"], pose), not isinstance(settings["to"], str))
        for name, settings in figure.props
        if name == "band"
    ]


def extent(figure: Figure, poses: tuple[Pose, ...], view: Array) -> tuple[Array, Array]:
    """Return the box on the picture plane that holds all bodies and things, or the close-up; metres."""
    if figure.closeup:
        return _closeup(figure.closeup, poses, view)
    low, high = np.full(2, np.inf), np.full(2, -np.inf)
    for k, pose in enumerate(poses):
        things = furniture(figure, poses, k)
        corners = [p @ view.T for thing in things for p, _ in thing.polygons]
        corners += [np.stack(ends[:2]) @ view.T for ends in bands(figure, pose)]
        for centres, axes in (pose.surface.place(pose.frames), *(piece for thing in things for piece in thing.soft)):
            seen, reach = (centres @ view.T)[:, :2], np.sqrt(((view @ axes)[:, :2] ** 2).sum(2))
            corners += [seen - reach, seen + reach]
        points = np.concatenate([c[:, :2] for c in corners])
        low, high = np.minimum(low, points.min(0)), np.maximum(high, points.max(0))
    return low - 0.02, high + 0.02


_CLOSEUPS = {  # spot in the middle, metres to either side, up, down
    "head": ("head", 0.32, 0.24, 0.40),
    "shoulders": ("chin", 0.42, 0.36, 0.50),
    "trunk": ("belly", 0.45, 0.74, 0.40),
    "feet": ("foot_r", 0.35, 0.40, 0.15),
    "back": ("lowback", 0.34, 0.34, 0.30),
}


def _closeup(name: str, poses: tuple[Pose, ...], view: Array) -> tuple[Array, Array]:
    spot, side, up, down = _CLOSEUPS[name]
    middle = np.mean([view @ spot_at(p.frames, spot)[0] for p in poses], 0)[:2]
    return middle - np.array([side, down]), middle + np.array([side, up])
