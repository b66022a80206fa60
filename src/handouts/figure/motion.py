"""A movement as one moving SVG: the poses in between, shown one after the other by CSS alone.

It stands still, at the last panel, for readers who asked their system for less motion.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from xml.sax.saxutils import escape

import numpy as np

from handouts.figure.ink import UNIT, Layer, Pen
from handouts.figure.picture import Frame, picture
from handouts.figure.scene import between
from handouts.figure.spec import REGIONS, Figure, each_of
from handouts.figure.svg import HEAD, paths
from handouts.figure.wish import Pose

PIXELS = 460  # along the longer side of a frame
STEPS = 8  # frames from one panel to the next
SECONDS = 5.0  # there and back
REST = 0.14  # share of the time spent at either end


def _carried(a: Pose, b: Pose, share: float, region: tuple[str, ...]) -> Pose:
    """The pose in between, with what stays put (or the lowest point) where it belongs."""
    pose = between(a, b, share)
    if region:
        wanted = np.mean([a.middle(r) * (1 - share) + b.middle(r) * share for r in region], 0)
        shift = wanted - np.mean([pose.middle(r) for r in region], 0)
    else:
        shift = np.zeros(3)
    rows = np.arange(len(pose.surface.part))
    ends = [p.surface.lowest(p.frames, rows).min() for p in (a, b)]
    low = pose.surface.lowest(pose.frames, rows).min()
    shift[1] = ends[0] * (1 - share) + ends[1] * share - low
    return pose.moved(shift)


def in_between(figure: Figure, poses: tuple[Pose, ...], steps: int = STEPS) -> list[tuple[int, Pose]]:
    """All poses of the movement, each with the panel whose furniture and marks it has; evenly eased."""
    out = [(0, poses[0])]
    ease = (1 - np.cos(np.linspace(0, np.pi, steps + 1)[1:-1])) / 2
    for k in range(1, len(poses)):
        anchor = figure.panels[k].anchor
        region = each_of(anchor, REGIONS) if anchor and not figure.panels[k].keep else ()
        out += [(k, _carried(poses[k - 1], poses[k], float(t), region)) for t in ease]
        out.append((k, poses[k]))
    return out


def _timeline(count: int) -> list[list[tuple[float, float]]]:
    """When each frame is seen, in percent of a turn: there, a rest, back, a rest."""
    if count == 1:
        return [[(0, 100)]]
    move = (100 - 200 * REST) / 2 / (count - 1)
    rest = 100 * REST
    shown = [[] for _ in range(count)]
    shown[0].append((0, rest))
    for k in range(1, count):
        start = rest + (k - 1) * move
        shown[k].append((start, start + move + (rest if k == count - 1 else 0)))
    turn = rest + (count - 1) * move + rest
    for k in range(count - 2, -1, -1):
        start = turn + (count - 2 - k) * move
        shown[k].append((start, 100 if k == 0 else start + move))
    return shown


def _keyframes(name: str, spans: list[tuple[float, float]]) -> str:
    stops = {0.0: "hidden"}
    for a, b in spans:
        stops[a] = "visible"
        if b < 100:
            stops.setdefault(b, "hidden")
    steps = "".join(f"{at:.2f}%{{visibility:{seen}}}" for at, seen in sorted(stops.items()))
    return f"@keyframes {name}{{{steps}}}"


def moving(figure: Figure, poses: tuple[Pose, ...], shared: Frame, mirror: bool = False) -> str:
    """One `<svg>` that plays the movement; shared settings come from `picture.frame` at `PIXELS`."""
    bare = replace(figure, panels=tuple(replace(p, arrows=(), muscles=(), hold="", ghost=False) for p in figure.panels))
    shared = replace(shared, arrows=((),) * len(poses))
    groups = []
    steps = max(3, STEPS // max(1, len(poses) - 1)) if len(poses) > 2 else STEPS
    for k, pose in in_between(bare, poses, steps):
        scene = (*poses[:k], pose, *poses[k + 1 :])
        layers: tuple[Layer, ...] = picture(bare, scene, k, shared).layers
        groups.append(paths(layers, Pen(shared.window), 0.18))
    mark = "m" + hashlib.sha256("".join(groups).encode()).hexdigest()[:6]
    names = [f"{mark}{k}" for k in range(len(groups))]
    rules = "".join(map(_keyframes, names, _timeline(len(groups))))
    rules += "".join(f".{n}{{visibility:hidden;animation:{n} {SECONDS:g}s step-end infinite}}" for n in names)
    rules += f"@media (prefers-reduced-motion:reduce){{.{mark}{{animation:none}}.{names[-1]}{{visibility:visible}}}}"
    body = "".join(f'<g class="{mark} {n}">{g}</g>' for n, g in zip(names, groups, strict=True))
    width, height = shared.window.width * UNIT, shared.window.height * UNIT
    if mirror:
        body = f'<g transform="matrix(-1 0 0 1 {width} 0)">{body}</g>'
    title = escape(" ".join(p.caption for p in figure.panels if p.caption))
    return f'<svg {HEAD} viewBox="0 0 {width} {height}"><title>{title}</title><style>{rules}</style>{body}</svg>'
