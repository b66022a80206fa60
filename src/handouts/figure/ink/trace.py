"""Pixel boundaries become chains, chains become smooth curves, curves become path data.

Points are complex numbers (x + iy, in pixels): a plane curve is then one array.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np

from handouts.figure.geometry import Array, Ints, Mask, Points


class Chain(NamedTuple):
    """Boundary edges in a row, and the points along them; *ends* tells which ends stop at a nearer chain."""

    edges: Ints
    points: Points
    closed: bool
    ends: tuple[bool, bool] = (False, False)


class Edges(NamedTuple):
    """Boundary edges between pixels: two corners each (index into a grid *stride* wide), and who owns the line."""

    first: Ints
    second: Ints
    stride: int
    part: Ints
    group: Ints


def grid_edges(different: tuple[Mask, Mask], stride: int) -> tuple[Ints, Ints]:
    """Return the corners of the edges where vertical neighbours (first mask) and horizontal ones (second) differ."""
    (y, x), (v, u) = (np.divmod(np.flatnonzero(d), d.shape[1]) for d in different)
    first = np.concatenate([(y + 1) * stride + x, v * stride + u + 1])
    second = np.concatenate([(y + 1) * stride + x + 1, (v + 1) * stride + u + 1])
    return first, second


def _direction(half: int, mates: list[int], ends: list[int], count: int, stride: int, steps: int = 7) -> complex:
    """Return where a chain goes when it leaves the corner of a half edge."""
    start = ends[half]
    for _ in range(steps):
        other = half + count if half < count else half - count
        end = ends[other]
        half = mates[other]
        if half < 0:
            break
    away = complex(end % stride - start % stride, end // stride - start // stride)
    return away / (abs(away) or 1)


def _pair_junction(halves: list[int], away: list[complex], edges: Edges, mates: list[int], count: int) -> None:
    """At a corner of several edges the lines of one part run through, the straightest first."""
    scores = []
    for i, a in enumerate(halves):
        for j in range(i):
            b = halves[j]
            k, m = a % count, b % count
            same = 3.0 * (edges.part[k] == edges.part[m]) + 1.5 * (edges.group[k] == edges.group[m])
            scores.append((same - (away[i] * away[j].conjugate()).real, a, b))
    used: set[int] = set()
    for score, a, b in sorted(scores, reverse=True):
        if score >= 0.3 and not used & {a, b}:
            mates[a], mates[b] = b, a
            used |= {a, b}


def _mates(edges: Edges) -> tuple[list[int], list[int], set[int]]:
    """For every half edge the one that continues it (or -1), its corner, and the corners where lines meet."""
    count = len(edges.first)
    ends = np.concatenate([edges.first, edges.second])
    order = np.argsort(ends, kind="stable")
    starts = np.concatenate([[0], np.nonzero(np.diff(ends[order]))[0] + 1, [len(order)]]) if count else np.array([0])
    degree = np.diff(starts)
    continued = np.full(2 * count, -1)
    pairs = starts[:-1][degree == 2]
    a, b = order[pairs], order[pairs + 1]
    continued[a], continued[b] = b, a
    mates, corners = continued.tolist(), ends.tolist()
    meetings = set()
    knots = [order[s : s + d].tolist() for s, d in zip(starts[:-1], degree, strict=True) if d > 2]
    away = [[_direction(h, mates, corners, count, edges.stride) for h in halves] for halves in knots]
    for halves, directions in zip(knots, away, strict=True):
        _pair_junction(halves, directions, edges, mates, count)
        meetings.add(corners[halves[0]])
    return mates, corners, meetings


def chains(edges: Edges) -> list[Chain]:
    """Join edges into the longest chains an artist would draw in one stroke."""
    count = len(edges.first)
    mates, ends, meetings = _mates(edges)
    done = [False] * count
    out: list[Chain] = []

    def follow(half: int) -> None:
        row, corners = [], [ends[half]]
        closed = False
        while True:
            edge = half % count
            done[edge] = True
            row.append(edge)
            other = half + count if half < count else half - count
            corners.append(ends[other])
            half = mates[other]
            if half < 0:
                break
            if done[half % count]:
                closed = half % count == row[0]
                break
        at = np.array(corners[:-1] if closed else corners)
        stop = (corners[0] in meetings, corners[-1] in meetings) if not closed else (False, False)
        out.append(Chain(np.array(row), at % edges.stride + 1j * (at // edges.stride), closed, stop))

    for half in [h for h in range(2 * count) if mates[h] < 0]:
        if not done[half % count]:
            follow(half)
    for edge in range(count):
        if not done[edge]:
            follow(edge)
    return out


def midpoints(points: Points, closed: bool) -> Points:
    """Return the middles of the edges, which halve the staircase; the ends of an open chain stay."""
    if closed:
        return (points + np.roll(points, -1)) / 2
    return np.concatenate([points[:1], (points[1:] + points[:-1]) / 2, points[-1:]])


def _gaussian(points: Points, sigma: float, closed: bool) -> Points:
    n = len(points)
    reach = int(np.ceil(2.6 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    if closed:
        around: Points = np.convolve(points[np.arange(-reach, n + reach) % n], kernel, "valid")
        return around
    m = min(reach, n - 1)  # point reflection keeps the ends where they are
    before, after = 2 * points[0] - points[m:0:-1], 2 * points[-1] - points[-2 : -m - 2 : -1]
    padded = np.concatenate([before, points, after])
    row: Points = np.convolve(padded, kernel, "same")[m : m + n]
    return row


def smooth(points: Points, sigma: float, closed: bool) -> Points:
    """As much smoothing as stays near the points: straight parts become straight, corners stay."""
    tolerance = max(0.75, 0.42 * sigma)
    if len(points) < 5:
        return points
    out = _gaussian(points, sigma, closed)
    mode: Literal["wrap", "edge"] = "wrap" if closed else "edge"
    for k in (2, 4, 8):
        if len(points) < 3 * sigma * k:
            break
        softer = _gaussian(points, sigma * k, closed)
        weight: Array = np.clip(1.6 - np.abs(softer - points) / tolerance, 0, 1)
        reach = int(sigma * k)
        least = np.lib.stride_tricks.sliding_window_view(np.pad(weight, reach, mode=mode), 2 * reach + 1).min(1)
        weight = np.convolve(np.pad(least, reach, mode=mode), np.full(2 * reach + 1, 1 / (2 * reach + 1)), "valid")
        out = out + (softer - out) * weight
    return out


# ---------------------------------------------------------------------- cubic curves (Schneider 1990), all at once
def _tangents(points: Points, closed: bool, k: int = 2) -> Points:
    n = len(points)
    at = np.arange(n)
    if closed:
        ahead, behind = points[(at + k) % (n - 1)], points[(at - k) % (n - 1)]
    else:
        ahead, behind = points[np.minimum(at + k, n - 1)], points[np.maximum(at - k, 0)]
    way: Points = ahead - behind
    return way / np.where(np.abs(way) < 1e-9, 1, np.abs(way))


class _Fitter:
    """Points of many curves in one row, cut into segments until every segment is one cubic within tolerance."""

    def __init__(self, curves: list[tuple[Points, bool]]) -> None:
        self.points = np.concatenate([p for p, _ in curves])
        self.tangent = np.concatenate([_tangents(p, closed) for p, closed in curves])
        step = np.abs(np.diff(self.points, prepend=self.points[:1]))
        self.along = np.cumsum(np.maximum(step, 1e-6))
        ends = np.cumsum([len(p) for p, _ in curves])
        self.curves = list(zip((ends - [len(p) for p, _ in curves]).tolist(), (ends - 1).tolist(), strict=True))

    def first_cuts(self, most: int) -> tuple[Ints, Ints]:
        cuts = [np.linspace(a, b, max(2, 1 + round((b - a) / most))).astype(int) for a, b in self.curves]
        return np.concatenate([c[:-1] for c in cuts]), np.concatenate([c[1:] for c in cuts])

    def solve(self, a: Ints, b: Ints) -> tuple[Points, Array, Ints]:
        """Return the controls (n, 4), worst squared error and where it is, for segments from points *a* to points *b*."""
        size = b - a + 1
        seg = np.repeat(np.arange(len(a)), size)
        flat = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size) + a[seg]
        z, p0, p3 = self.points[flat], self.points[a], self.points[b]
        t1, t2 = self.tangent[a], -self.tangent[b]
        u = (self.along[flat] - self.along[a][seg]) / (self.along[b] - self.along[a])[seg]
        for last in (False, True):
            controls = self._squares(z, u, seg, p0, p3, t1, t2)
            c0, c1, c2, c3 = controls.T[:, seg]
            v = 1 - u
            miss = v**3 * c0 + 3 * v * v * u * c1 + 3 * v * u * u * c2 + u**3 * c3 - z
            if not last:  # one Newton step towards the nearest parameter
                d1 = 3 * (v * v * (c1 - c0) + 2 * v * u * (c2 - c1) + u * u * (c3 - c2))
                d2 = 6 * (v * (c2 - 2 * c1 + c0) + u * (c3 - 2 * c2 + c1))
                top = (miss * d1.conj()).real
                bottom = np.abs(d1) ** 2 + (miss * d2.conj()).real
                u = np.clip(u - np.where(np.abs(bottom) > 1e-9, top / np.where(bottom == 0, 1, bottom), 0), 0, 1)
        error = np.abs(miss) ** 2
        firsts = np.cumsum(size) - size
        worst = np.maximum.reduceat(error, firsts)
        hits = np.nonzero(error == worst[seg])[0]
        where = np.empty(len(a), int)
        where[seg[hits[::-1]]] = flat[hits[::-1]]
        return controls, worst, where

    @staticmethod
    def _squares(z: Points, u: Array, seg: Ints, p0: Points, p3: Points, t1: Points, t2: Points) -> Points:
        v = 1 - u
        b0, b1, b2, b3 = v**3, 3 * u * v * v, 3 * u * u * v, u**3
        rest = z - p0[seg] * (b0 + b1) - p3[seg] * (b2 + b3)

        def total(weight: Array) -> Array:
            return np.asarray(np.bincount(seg, weight, len(p0)), float)

        c11, c22 = total(b1 * b1), total(b2 * b2)
        c12 = total(b1 * b2) * (t1 * t2.conj()).real
        x1, x2 = total(b1 * (rest * t1.conj()[seg]).real), total(b2 * (rest * t2.conj()[seg]).real)
        det = c11 * c22 - c12 * c12
        chord = np.abs(p3 - p0)
        safe = np.where(np.abs(det) < 1e-9, 1, det)
        l1, l2 = (x1 * c22 - x2 * c12) / safe, (c11 * x2 - c12 * x1) / safe
        bad = (np.abs(det) < 1e-9) | (l1 < 1e-3 * chord) | (l2 < 1e-3 * chord)
        bad |= (l1 > 3 * chord + 1) | (l2 > 3 * chord + 1)
        l1, l2 = np.where(bad, chord / 3, l1), np.where(bad, chord / 3, l2)
        return np.stack([p0, p0 + t1 * l1, p3 + t2 * l2, p3], 1)


def fit(curves: list[tuple[Points, bool]], tolerance: float, most: int = 60) -> list[Points]:
    """Return cubic Bezier controls (n, 4) for each curve (points, closed) that stay within *tolerance* of its points."""
    thin = []
    for points, closed in curves:
        p = np.concatenate([points, points[:1]]) if closed else points
        thin.append((np.concatenate([p[:-1:2], p[-1:]]) if len(p) > 16 else p, closed))
    if not thin:
        return []
    fitter = _Fitter(thin)
    a, b = fitter.first_cuts(most)
    pieces: list[tuple[Ints, Points]] = []
    while len(a):
        controls, worst, where = fitter.solve(a, b)
        good = (worst <= tolerance * tolerance) | (b - a < 3)
        pieces.append((a[good], controls[good]))
        a, b, where = a[~good], b[~good], where[~good]
        cut = np.clip(where, a + 1, b - 1)
        a, b = np.concatenate([a, cut]), np.concatenate([cut, b])
    starts = np.concatenate([k for k, _ in pieces])
    controls = np.concatenate([c for _, c in pieces])
    order = np.argsort(starts, kind="stable")
    starts, controls = starts[order], controls[order]
    cuts = np.searchsorted(starts, [first for first, _ in fitter.curves] + [len(fitter.points)])
    return [controls[i:j] for i, j in pairwise(cuts)]


def path_data(controls: Points, closed: bool, unit: float) -> str:
    """Return relative path data on a grid of whole units, *unit* of them a pixel."""
    if not len(controls):
        return ""
    grid = np.round(np.stack([controls.real, controls.imag], -1) * unit).astype(int)
    start = grid[0, 0]
    near = (grid[:, 1:] - np.concatenate([start[None], grid[:-1, 3]])[:, None]).reshape(-1).tolist()
    text = "".join(f"{n}" if n < 0 else f" {n}" for n in near)
    return f"M{start[0]} {start[1]}c{text.lstrip()}{'z' if closed else ''}"


# ---------------------------------------------------------------------- filled regions
def loops(mask: Mask) -> list[Points]:
    """Return the closed boundaries of a mask, as corners."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return []
    top, left = int(rows[0]), int(columns[0])
    m = np.pad(mask[top : rows[-1] + 1, left : columns[-1] + 1], 1)
    stride = m.shape[1] + 1
    first, second = grid_edges((m[1:] != m[:-1], m[:, 1:] != m[:, :-1]), stride)
    none = np.zeros(len(first), int)
    outlines = chains(Edges(first, second, stride, none, none))
    return [c.points + (left - 1 + 1j * (top - 1)) for c in outlines if len(c.points) > 3]


def area(loop: Points) -> float:
    """Return the signed area inside a closed polyline."""
    return float((loop.conj() * np.roll(loop, -1)).imag.sum() / 2)


def regions(mask: Mask, sigma: float, least: float) -> list[tuple[Points, bool]]:
    """Return smooth closed curves around a mask; holes and islands under *least* square pixels are left out."""
    return [(smooth(midpoints(p, True), sigma, True), True) for p in loops(mask) if abs(area(p)) >= least]


def polyline(points: Array) -> Points:
    """Return the points (n, 2) as complex numbers."""
    return points[:, 0] + 1j * points[:, 1]


def runs(mask: Mask) -> list[tuple[int, int]]:
    """Return where each run of true values starts and stops."""
    change = np.diff(np.concatenate([[0], mask.astype(np.int8), [0]]))
    return list(zip(np.nonzero(change == 1)[0].tolist(), np.nonzero(change == -1)[0].tolist(), strict=True))
