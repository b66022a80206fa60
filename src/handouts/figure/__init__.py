"""The illustration engine: a pose in a clinician's words becomes a clean line drawing; it knows nothing of exercises."""

from __future__ import annotations

from handouts.figure.body.request import Report
from handouts.figure.cache import cached_animate, cached_draw, is_kept
from handouts.figure.drawing import Drawing, animate, draw
from handouts.figure.scene.settle import PoseError
from handouts.figure.spec.figure import Figure, FigureError
from handouts.figure.spec.parse import parse_figure

__all__ = [
    "Drawing", "Figure", "FigureError", "PoseError", "Report", "animate", "cached_animate", "cached_draw", "draw", "is_kept",
    "parse_figure",
]  # fmt: skip
