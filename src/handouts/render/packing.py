"""Which cards share a page, and how large they are printed: decided from their measured heights. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

LEAST_FULL = 0.6  # of a page: emptier ones look like an accident
PAGE, HOLE, SHRUNK = 1000.0, 300.0, 1.0  # what a page, an empty one and a smaller card cost: fewest pages first


class Group(NamedTuple):
    """Cards that share a page, as places from 0 on, and the number of their fit."""

    first: int
    stop: int
    fit: int


def pack(heights: Sequence[Sequence[float]], room: float, most: int, after: float, gap: float) -> tuple[Group, ...]:
    """Return the cards page by page, in their order: as few pages, as few empty ones and as large cards as can be.

    `heights` has for each fit, the largest first, the height of each card. A page has `room` for `most` cards at most, with a
    `gap` below each and `after` mm for what stands below the last of them. A card that fits no page even by the last fit gets
    a page alone.
    """
    count = len(heights[0])

    def fit_of(first: int, stop: int) -> int | None:
        for fit, ones in enumerate(heights):
            if sum(ones[first:stop]) + gap * (stop - first) + after <= room:
                return fit
        return len(heights) - 1 if stop - first == 1 else None

    @lru_cache(None)
    def best(first: int) -> tuple[float, tuple[Group, ...]]:
        if first == count:
            return 0.0, ()
        options = []
        for stop in range(first + 1, min(first + most, count) + 1):
            fit = fit_of(first, stop)
            if fit is None:
                continue
            filled = (sum(heights[fit][first:stop]) + gap * (stop - first) + after) / room
            hole = HOLE * (1 - filled) if filled < LEAST_FULL and stop < count else 0
            rest, groups = best(stop)
            cost = PAGE + hole + SHRUNK * fit * (stop - first) + rest
            options.append((cost, (Group(first, stop, fit), *groups)))
        return min(options, key=lambda option: option[0])

    return best(0)[1]


def flow(heights: Sequence[float], start: float, room: float) -> tuple[int, float]:
    """Return how many pages blocks that stay whole add, and where the last ends, from `start` mm down the first page."""
    pages, down = 0, start
    for height in heights:
        if down + height > room and down > 0:
            pages, down = pages + 1, 0.0
        pages, down = pages + int((down + height) // room), (down + height) % room
    return pages, down
