"""A movement as one moving SVG: frames side by side, which CSS alone moves past a window.

The frames stand still, at the first one, for readers who asked their system for less motion. A browser tells a
picture in an `<img>` nothing of that wish, so a page must not show it to them unasked; and it needs a control that
hides it, since nothing else stops a picture.
"""

from __future__ import annotations

from dataclasses import replace
from xml.sax.saxutils import escape

import numpy as np

from handouts.figure.body.body import Build
from handouts.figure.body.dress import surface
from handouts.figure.body.request import Pose
from handouts.figure.ink.strokes import ERROR, UNIT, Pen
from handouts.figure.picture import Frame, backdrop, picture
from handouts.figure.scene.settle import between
from handouts.figure.spec.figure import REGIONS, Figure, Panel, each_of
from handouts.figure.spec.wording import other_side
from handouts.figure.svg import HEAD, paths

PIXELS = 460  # along the longer side of a frame
STEPS = 8  # frames from one panel to the next
MOST = 66_000  # bytes of a moving drawing: a page of the site with all its pictures stays under 150 kB
LEAST_STEPS = 3
ROUGH = 3 * ERROR  # a frame is seen for an instant
FRAME_SECONDS = 0.16
REST = 0.12  # share of the time one way that is spent at either end


def _pose_between(a: Pose, b: Pose, share: float, region: tuple[str, ...]) -> Pose:
    """Return the pose in between, with what stays put (or the lowest point) where it belongs."""
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


def _breathing(pose: Pose, a: Panel, b: Panel, build: Build, share: float) -> Pose:
    """Return the pose with a belly that swells evenly, too."""
    if a.belly == b.belly:
        return pose
    return replace(pose, surface=surface(*b.hands, build, round(a.belly + share * (b.belly - a.belly), 2)))


def in_between(figure: Figure, poses: tuple[Pose, ...], build: Build, steps: int = STEPS) -> list[tuple[int, Pose]]:
    """Return all poses of the movement, each with the panel whose furniture and marks it has; evenly eased."""
    out = [(0, poses[0])]
    ease = (1 - np.cos(np.linspace(0, np.pi, steps + 1)[1:-1])) / 2
    for k in range(1, len(poses)):
        anchor = figure.panels[k].anchor
        region = each_of(anchor, REGIONS) if anchor and not figure.panels[k].keep else ()
        for share in ease.tolist():
            pose = _pose_between(poses[k - 1], poses[k], share, region)
            out.append((k, _breathing(pose, figure.panels[k - 1], figure.panels[k], build, share)))
        out.append((k, poses[k]))
    return out


def _style(frames: int) -> str:
    """Return the style for so many frames: there, a rest, back, a rest; percentages are widths of the picture."""
    seconds, rest = frames * FRAME_SECONDS / (1 - 2 * REST), round(100 * REST)
    return (
        f"@keyframes film{{0%,{rest}%{{transform:none}}{100 - rest}%,to{{transform:translateX({100 - 100 * frames}%)}}}}"
        f".film{{animation:film {seconds:.1f}s steps({frames},jump-none) infinite alternate}}"
        "@media(prefers-reduced-motion:reduce){.film{animation:none}}"
    )


def moving(figure: Figure, poses: tuple[Pose, ...], shared: Frame, build: Build, mirror: bool = False) -> str:
    """Return one `<svg>` that plays the movement; shared settings come from `picture.frame` at `PIXELS`.

    There are `STEPS` frames from panel to panel, or as many as `MOST` bytes have room for.
    """
    bare = replace(figure, panels=tuple(p.bare for p in figure.panels))
    shared = replace(shared, arrows=((),) * len(poses))
    steps, svg = STEPS, _svg(bare, poses, shared, build, STEPS, mirror)
    while len(svg.encode()) > MOST and steps > LEAST_STEPS:
        steps = max(LEAST_STEPS, min(steps - 1, int(steps * MOST / len(svg.encode()))))
        svg = _svg(bare, poses, shared, build, steps, mirror)
    return svg


def _svg(figure: Figure, poses: tuple[Pose, ...], shared: Frame, build: Build, steps: int, mirror: bool) -> str:
    pen = Pen(shared.window, bool(figure.closeup))
    width, height = shared.window.width * UNIT, shared.window.height * UNIT
    still = backdrop(figure, poses, shared) if not any("panels" in settings for _, settings in figure.props) else []
    frames: list[str] = []
    for k, pose in in_between(figure, poses, build, steps):
        scene = (*poses[:k], pose, *poses[k + 1 :])
        layers = picture(figure, scene, k, shared, furnished=not still).layers
        frames.append(f'<g transform="translate({len(frames) * width})">{paths(layers, pen, ROUGH)}</g>')
    strip = f'<g class="film">{"".join(frames)}</g>'
    # A nested <svg> clips the frames to one, whatever shape the page gives to the picture.
    body = f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}">{paths(still, pen, ROUGH)}{strip}</svg>'
    if mirror:
        body = f'<g transform="matrix(-1 0 0 1 {width} 0)">{body}</g>'
    return f'<svg {HEAD} viewBox="0 0 {width} {height}"><style>{_style(len(frames))}</style>{body}</svg>'


def titled(svg: str, figure: Figure, mirror: bool = False) -> str:
    """Return a moving drawing with the captions of its figure as its title."""
    captions = " ".join(p.caption for p in figure.panels if p.caption)
    title = escape(other_side(captions) if mirror else captions)
    return svg.replace("<style>", f"<title>{title}</title><style>", 1)
