"""What a layout promises of its printed pages."""

from __future__ import annotations

from typing import NamedTuple


class PageRules(NamedTuple):
    """The smallest letters in points, and whether a card may have two facing pages."""

    least: float
    facing: bool
