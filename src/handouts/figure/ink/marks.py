"""What is laid over or under a body: the ghost of where it was, a hatched muscle, a band, a shadow, a stop-watch."""

from __future__ import annotations

import numpy as np

from handouts.figure.body.landmarks import MUSCLES, SPOTS
from handouts.figure.body.pose import FRAME
from handouts.figure.body.request import Pose
from handouts.figure.body.surface import PART
from handouts.figure.geometry import Array, Mask
from handouts.figure.ink.labels import Labels, grown, where
from handouts.figure.ink.strokes import SHADOW, SHADOW_ON, UNIT, Hold, Layer, Pen, fill
from handouts.figure.ink.trace import polyline, regions, runs
from handouts.figure.scene.raster import NOTHING, DepthBuffer, Window

WATCH = 0.15  # room for a stop-watch, as a share of the picture's longer side

_FELT_ON = {
    "pelvis": ("trunk", "thigh_r", "thigh_l"),
    "head": ("neck", "head"),
    "thorax": ("trunk", "neck", "uarm_r", "uarm_l"),
}


def muscle_mask(labels: Labels, buffer: DepthBuffer, pose: Pose, name: str, sides: str) -> Mask:
    """Return the visible pixels where a muscle is felt."""
    spot = MUSCLES[name]
    out = np.zeros(labels.part.shape, bool)
    for side in sides:
        frame = spot.frame if spot.frame in FRAME else f"{spot.frame}_{side}"
        parts = _FELT_ON.get(spot.frame, (frame,))
        rows, columns = where(np.isin(labels.part, [PART[p] for p in parts]))
        turn, at = pose.frames.one(frame)
        sign = np.array([1, 1, 1 if side == "r" else -1])
        local = ((buffer.room(rows, columns) - at) @ turn - np.array(spot.at) * sign) / np.array(spot.normal)
        inside = (local * local).sum(1) < 1
        out[rows[inside], columns[inside]] = True
    return out


def hatching(mask: Mask, pen: Pen) -> list[Layer]:
    """Return lines at 45 degrees inside a mask."""
    high, wide = mask.shape
    gap, data = max(5, round(1.7 * pen.px)), ""
    for c in range(-high, wide, gap):
        n = np.arange(max(0, -c), min(high, wide - c))
        if not len(n):
            continue
        for a, b in runs(mask[n, n + c]):
            if b - a > 4:
                y0, y1 = n[a] * UNIT, n[b - 1] * UNIT
                data += f"M{y0 + c * UNIT} {y0}L{y1 + c * UNIT} {y1}"
    return [Layer(pen.stroke(0.55), data=data)] if data else []


def ghost(pose: Pose, view: Array, window: Window, pen: Pen) -> list[Layer]:
    """Return the outline of where the body was, dashed."""
    buffer = DepthBuffer(view, window)
    buffer.ellipsoids(*pose.surface.place(pose.frames))
    dash = f' stroke-dasharray="{pen.width * 2.2:.0f} {pen.width * 1.8:.0f}"'
    look = f'fill="#f6f6f6" stroke="#8a8a8a" stroke-width="{pen.width * 0.75:.1f}" fill-rule="evenodd"{dash}'
    return [Layer(look, regions(buffer.winner >= 0, pen.sigma, 4 * pen.px**2))]


def shadow(pose: Pose, level: float, buffer: DepthBuffer, pen: Pen) -> list[Layer]:
    """Return a shadow where the body is close to what it rests on; it tells touching from lifted."""
    w = buffer.window
    half = Window(w.left, w.top, w.scale / 2, (w.width + 1) // 2, (w.height + 1) // 2)
    centres, axes = pose.surface.place(pose.frames, pose.surface.coarse)
    low = (centres[:, 1] - level < 0.16) & (centres[:, 1] > level - 0.05)
    if not low.any():
        return []
    centres, axes = centres[low], axes[low].copy()
    centres[:, 1] = level
    axes[:, 1] *= 1e-3
    flat = DepthBuffer(buffer.view, half)
    flat.ellipsoids(centres, axes)
    mask = (flat.winner >= 0).repeat(2, 0).repeat(2, 1)[: w.height, : w.width]
    out = []
    for place, colour in ((buffer.winner == NOTHING, SHADOW), (buffer.winner < NOTHING, SHADOW_ON)):
        curves = regions(mask & place, 1.5 * pen.sigma, 6 * pen.px**2)
        if curves:
            out.append(Layer(fill(colour), curves))
    return out


def band(a: Array, b: Array, fixed: bool, buffer: DepthBuffer, pen: Pen) -> list[Layer]:
    """Return an elastic band between two points where nothing hides it; *fixed* ends in a ring on the wall."""
    ends = buffer.pixels(np.stack([a, b]))
    t = np.linspace(0, 1, 60)[:, None]
    line = ends[0] + (ends[1] - ends[0]) * t
    seen = line[:, 2] > buffer.depth_at(line) - 0.06
    pieces = [polyline(line[[i, j - 1], :2]) * UNIT for i, j in runs(seen) if j - i > 2]
    data = "".join(f"M{p[0].real:.0f} {p[0].imag:.0f}L{p[1].real:.0f} {p[1].imag:.0f}" for p in pieces)
    if not data:
        return []
    flat = ' stroke-linecap="butt"'
    out = [Layer(pen.stroke(2.6, more=flat), data=data), Layer(pen.stroke(1.2, "#aaa", flat), data=data)]
    if fixed:
        x, y, r = ends[1, 0] * UNIT, ends[1, 1] * UNIT, 2.2 * pen.width
        ring = f"M{x - r:.0f} {y:.0f}a{r:.0f} {r:.0f} 0 1 0 {2 * r:.0f} 0a{r:.0f} {r:.0f} 0 1 0 {-2 * r:.0f} 0z"
        out.append(Layer(f'fill="#fff" stroke="#111" stroke-width="{pen.width:.1f}"', data=ring))
    return out


def water(level: float, labels: Labels, buffer: DepthBuffer, pen: Pen) -> list[Layer]:
    """Return the surface of water beside the body, shorter waves under it, and a veil over what is below."""
    w = buffer.window
    rows, columns = where(labels.part > 0)
    below = np.zeros(labels.part.shape, bool)
    below[rows, columns] = buffer.room(rows, columns)[:, 1] < level
    out = [Layer(f'{fill("#fff")} fill-opacity=".55"', regions(grown(below, round(pen.px)), pen.sigma, 4 * pen.px**2))]
    margin = round(2 * pen.px)
    x = np.arange(margin, w.width - margin, max(2, w.width // 120))
    curves = []
    for depth, share in ((0.0, 1.0), (0.10, 0.5), (0.2, 0.35)):
        row = buffer.pixels(np.array([0.0, level - depth, 0.0]))[1]
        wave = row + 0.8 * pen.px * np.sin(2 * np.pi * (x / (11 * pen.px) + depth * 3))
        seen = labels.part[np.clip(wave.astype(int), 0, w.height - 1), x] == 0
        if depth:
            seen &= np.sin(2 * np.pi * (x / (60 * pen.px) + depth * 5)) > 1 - 2 * share
        for i, j in runs(seen):
            if j - i > 5:
                curves.append((x[i:j] + 1j * wave[i:j], False))
    return [*out, Layer(pen.stroke(0.85, "#555"), curves)]


def scar(spot: str, length: float, across: bool, pose: Pose, labels: Labels, buffer: DepthBuffer, pen: Pen) -> list[Layer]:
    """Return a scar on the skin, with its stitches: *length* metres up and down the body at *spot*, or across it."""
    place = SPOTS[spot]
    turn, at = pose.frames.one(place.frame)
    along, beside = (turn[:, 2], turn[:, 1]) if across else (turn[:, 1], turn[:, 2])
    middle = at + turn @ np.array(place.at)
    steps = np.linspace(-length / 2, length / 2, 1 + round(length / 0.002))
    rows = [middle + steps[:, None] * along]
    rows += [middle + t * along + np.linspace(-0.009, 0.009, 9)[:, None] * beside for t in steps[4::7]]
    curves = []
    for row in rows:
        px = buffer.pixels(row)
        columns, lines = np.clip(px[:, 0].astype(int), 0, buffer.window.width - 1), px[:, 1].astype(int)
        bare = np.isin(labels.part[np.clip(lines, 0, buffer.window.height - 1), columns], [PART["trunk"], PART["neck"]])
        curves += [(polyline(px[a:b, :2]), False) for a, b in runs(bare) if b - a > 4]
    return [Layer(pen.stroke(0.6), curves)]


def hold(taken: Mask, pen: Pen) -> Hold:
    """Return a stop-watch in the emptiest place near the top of the picture; *taken* is what is drawn already."""
    high, wide = taken.shape
    radius = 10.5 * pen.px
    reach = int(radius * 1.35)
    total = np.pad(taken.astype(np.int32), ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    best = (np.inf, 0.0, 0.0)
    for y in np.linspace(reach, max(reach, high - reach), 9).astype(int):
        for x in np.linspace(reach, max(reach, wide - reach), 25).astype(int):
            a, b, c, d = max(0, y - reach), min(high, y + reach), max(0, x - reach), min(wide, x + reach)
            covered = total[b, d] - total[a, d] - total[b, c] + total[a, c]
            cost = covered / reach**2 * 10 + y / high + 0.1 * abs(x / wide - 0.5)
            best = min(best, (cost, float(x), float(y)))
    return Hold(best[1], best[2], radius)
