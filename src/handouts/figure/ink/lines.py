"""Which boundaries become lines: where one thing is in front of another, not where two parts merge at a joint."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from handouts.figure.body.pose import SIDES, Frames
from handouts.figure.body.surface import PART
from handouts.figure.geometry import Array, Ints, Points
from handouts.figure.ink.labels import GROUP, GROUPS, Labels, where
from handouts.figure.ink.trace import Chain, Edges, chains, grid_edges, midpoints, smooth
from handouts.figure.scene.raster import DepthBuffer

OUTLINE, INNER, HEM, FINE = range(4)
GAP_DEPTH = 0.03  # metres: a line this far behind the one it meets stops short of it
GAP_ROOTED = 0.12  # the same where a limb meets the trunk it grows out of
TRUNK = GROUPS.index("trunk")


class Joint(NamedTuple):
    """Neighbours on the body: no line within *radius* of the joint unless the depth jumps (metres); own table."""

    frame: str
    radius: float
    jump: float = 0.014


def _joints() -> dict[tuple[int, int], Joint]:
    table = {
        ("trunk", "neck"): Joint("thorax", 0.2),
        ("neck", "head"): Joint("head", 0.04),
        ("neck", "hair"): Joint("head", 0.01),
        ("head", "nose"): Joint("head", 0.5, 0.0055),
        ("nose", "hair"): Joint("head", 0.5, 0.006),
    }
    for s in SIDES:
        table |= {
            ("trunk", f"uarm_{s}"): Joint(f"uarm_{s}", 0.122, 0.12),
            (f"uarm_{s}", f"farm_{s}"): Joint(f"farm_{s}", 0.062),
            (f"farm_{s}", f"hand_{s}"): Joint(f"hand_{s}", 0.06),
            ("trunk", f"thigh_{s}"): Joint(f"thigh_{s}", 0.135, 0.05),
            (f"thigh_{s}", f"shank_{s}"): Joint(f"shank_{s}", 0.085),
            (f"shank_{s}", f"foot_{s}"): Joint(f"foot_{s}", 0.075),
            ("neck", f"uarm_{s}"): Joint(f"uarm_{s}", 0.10),
        }
    return {pair: joint for (a, b), joint in table.items() for pair in ((PART[a], PART[b]), (PART[b], PART[a]))}


JOINTS = _joints()


class Line(NamedTuple):
    """One stroke of the pen: its points in pixels, closed or not, in which style, far or near."""

    points: Points
    closed: bool
    style: int
    far: bool


class _Boundary(NamedTuple):
    """Both sides of every boundary edge: parts, cloths and depths, and the pixel that is in front."""

    parts: Ints
    cloths: Ints
    depths: Array
    rows: Ints
    columns: Ints
    first: Ints
    second: Ints


def _boundary(labels: Labels, stride: int) -> _Boundary:
    part, cloth = labels.part, labels.cloth
    down = (part[1:] != part[:-1]) | (cloth[1:] != cloth[:-1])
    across = (part[:, 1:] != part[:, :-1]) | (cloth[:, 1:] != cloth[:, :-1])
    first, second = grid_edges((down, across), stride)
    (y, x), (v, u) = where(down), where(across)
    rows = np.stack([np.concatenate([y, v]), np.concatenate([y + 1, v])])
    columns = np.stack([np.concatenate([x, u]), np.concatenate([x, u + 1])])
    depths = labels.depth[rows, columns]
    front = (depths[1] > depths[0]).astype(int)
    pick = np.arange(rows.shape[1])
    return _Boundary(
        part[rows, columns], cloth[rows, columns], depths, rows[front, pick], columns[front, pick], first, second
    )


def _styles(edge: _Boundary, buffer: DepthBuffer, frames: Frames) -> Ints:
    """Return the style of every boundary edge, -1 where no line is drawn."""
    a, b = edge.parts
    style = np.full(len(a), -1)
    outer = (a == 0) | (b == 0)
    style[outer] = OUTLINE
    jump = np.abs(edge.depths[0] - edge.depths[1])
    key = a.astype(int) * 64 + b
    for k in np.unique(key[(a != b) & ~outer]):
        here = np.nonzero(key == k)[0]
        pair = (int(k) // 64, int(k) % 64)
        style[here] = INNER
        if pair in JOINTS:
            joint = JOINTS[pair]
            away = buffer.room(edge.rows[here], edge.columns[here]) - frames.one(joint.frame)[1]
            merged = ((away * away).sum(1) <= joint.radius**2) & (jump[here] <= joint.jump)
            style[here[merged]] = -1
        _head_detail(pair, here, style, jump, edge, buffer, frames)
    hem = (edge.cloths[0] != edge.cloths[1]) & (style < 0) & ~outer
    style[hem] = HEM
    hair = (style == INNER) & ((a == PART["hair"]) | (b == PART["hair"])) & (GROUP[a] == GROUP[b])
    style[hair] = HEM
    return style


def _head_detail(
    pair: tuple[int, int], here: Ints, style: Ints, jump: Array, edge: _Boundary, buffer: DepthBuffer, frames: Frames
) -> None:
    """The nose has a line only below its bridge; ear and nose are drawn fine."""
    if PART["nose"] in pair:
        turn, at = frames.one("head")
        height = ((buffer.room(edge.rows[here], edge.columns[here]) - at) @ turn)[:, 1]
        style[here[(height >= -0.003) & (jump[here] <= 0.020)]] = -1
    if {PART["ear"], PART["nose"]} & set(pair) and GROUP[pair[0]] == GROUP[pair[1]]:
        style[here[style[here] == INNER]] = FINE


def _runs(values: Ints, closed: bool) -> list[tuple[int, int]]:
    """Return where equal neighbours start and stop; of a closed row the first run may pass its end."""
    cuts = np.nonzero(values != np.roll(values, 1))[0]
    if not len(cuts):
        return [(0, len(values))]
    if closed:
        return list(zip(cuts.tolist(), [*cuts[1:].tolist(), int(cuts[0]) + len(values)], strict=True))
    return list(pairwise([0, *(cut for cut in cuts.tolist() if cut), len(values)]))


def _merged(values: Ints, closed: bool, least: int) -> Ints:
    """Runs shorter than *least* edges take the value before them."""
    values = values.copy()
    for _ in range(3):
        runs = _runs(values, closed)
        for a, b in runs:
            if b - a < least and len(runs) > 1 and (closed or a > 0):
                values[np.arange(a, b) % len(values)] = values[a - 1]
    return values


def _nearest(edges: Edges, depth: Array) -> dict[int, int]:
    """For every corner the nearest of the edges that meet there."""
    order = np.argsort(depth, kind="stable")
    out = dict(zip(edges.first[order].tolist(), order.tolist(), strict=True))
    for corner, edge in zip(edges.second[order].tolist(), order.tolist(), strict=True):
        if corner not in out or depth[out[corner]] < depth[edge]:
            out[corner] = edge
    return out


def _covered(chain: Chain, depth: Array, nearest: dict[int, int], edges: Edges) -> tuple[bool, bool]:
    """Return whether a chain's first and last end go behind something nearer; what grows out of the trunk does not count."""
    out = []
    for end, edge in zip(chain.ends, (chain.edges[0], chain.edges[-1]), strict=True):
        corners = (int(edges.first[edge]), int(edges.second[edge]))
        over = max((nearest[c] for c in corners), key=lambda k: depth[k])
        rooted = TRUNK in (edges.group[over], edges.group[edge])
        out.append(bool(end and depth[over] - depth[edge] > (GAP_ROOTED if rooted else GAP_DEPTH)))
    return out[0], out[1]


def draw_lines(labels: Labels, buffer: DepthBuffer, frames: Frames, pen: float, sigma: float) -> list[Line]:
    """Return all strokes of a figure; *pen* is the width of a line and *sigma* the smoothing, in pixels."""
    stride = labels.part.shape[1] + 1
    edge = _boundary(labels, stride)
    style = _styles(edge, buffer, frames)
    drawn = np.nonzero(style >= 0)[0]
    a, b = edge.parts[:, drawn]
    deeper = edge.depths[0, drawn] >= edge.depths[1, drawn]
    owner = np.where(a == 0, b, np.where(b == 0, a, np.where(deeper, a, b)))
    depth = np.where(owner == a, edge.depths[0, drawn], edge.depths[1, drawn])
    edges = Edges(edge.first[drawn], edge.second[drawn], stride, owner, GROUP[owner])
    nearest = _nearest(edges, depth)
    mark = style[drawn] * 2 + labels.far_parts[owner]
    out: list[Line] = []
    for chain in chains(edges):
        if len(chain.edges) >= 1.8 * pen:
            out += _strokes(chain, mark, _covered(chain, depth, nearest, edges), pen, sigma)
    return out


def _strokes(chain: Chain, mark: Ints, covered: tuple[bool, bool], pen: float, sigma: float) -> list[Line]:
    points = smooth(midpoints(chain.points, chain.closed), sigma, chain.closed)
    values = _merged(mark[chain.edges], chain.closed, round(2.6 * pen))
    gap = round(1.3 * pen)
    n, out = len(points), []
    for a, b in _runs(values, chain.closed):
        value = int(values[a % len(values)])
        if chain.closed and b - a == len(values):
            out.append(Line(points, True, value // 2, bool(value % 2)))
            continue
        if chain.closed:
            line = points[np.arange(a, b + 1) % n]
        else:
            start = a + (a > 0) + (gap if covered[0] and a == 0 and value < 2 * HEM else 0)
            stop = min(b + 2, n) - (gap if covered[1] and b == len(values) and value < 2 * HEM else 0)
            line = points[start:stop]
        if len(line) >= 4:
            out.append(Line(line, False, value // 2, bool(value % 2)))
    return out
