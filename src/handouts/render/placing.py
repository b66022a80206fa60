"""How the drawings of a card stand: beside its steps or above them, how wide, and how many in a row. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from typing import NamedTuple

from handouts.pictures.picture_files import PictureFile
from handouts.render.layouts import Fit

GAP = 4.0  # mm between two drawings
INSIDE = 6.8  # mm that a card's frame and its inner space take of its width
CAPTION = 9.0  # mm, about two lines
HIGHEST = 78.0  # mm: a taller stack of drawings beside the steps leaves the space below the steps empty
LEAST_SHARE, STEP = 25, 5  # percent of a card's width: less holds no word of a list


def shares(columns: Sequence[Sequence[str]]) -> list[int]:
    """Return the percent of the width for texts side by side, so that none is much longer than another; 0 for an empty one.

    A longer text gets more width, but by the root of its length, since it may also be higher.
    """
    weights = [max(sum(map(len, lines)) + 12 * len(lines), 1) ** 0.7 if lines else 0.0 for lines in columns]
    parts = [100 * weight / sum(weights) for weight in weights]
    return [max(LEAST_SHARE, STEP * floor(part / STEP)) if part else 0 for part in parts]  # what is left over is shared out


class Placing(NamedTuple):
    """One fit of one card: its number, each drawing's width in mm, how many stand in a row, and where.

    In a `tight` card what to mind runs on in lines.
    """

    number: int
    width: int
    across: int
    arrangement: str
    tight: bool = False


def place(panels: Sequence[PictureFile], fit: Fit, number: int, width: float, words: float) -> Placing:
    """Return how the drawings stand in a card `width` mm wide whose words have at least `words` mm beside them.

    They are never larger than the fit says.
    """
    if not panels:
        return Placing(number, 0, 1, "bare", fit.tight)
    inside = width - INSIDE
    drawn = floor(min(fit.picture, fit.tallest * min(one.ratio for one in panels), inside))
    ratio = min(one.ratio for one in panels)
    for across in range(len(panels), 0, -1):
        high = -(-len(panels) // across) * (drawn / ratio + CAPTION)
        if high <= HIGHEST and inside - across * (drawn + GAP) >= words:
            return Placing(number, drawn, across, "beside", fit.tight)
    most = max(1, int((inside + GAP) // (drawn + GAP)))
    rows = -(-len(panels) // most)
    across = -(-len(panels) // rows)  # two above two, not three above one
    return Placing(number, drawn, across, "above", fit.tight)
