"""The illustration engine: a pose in a clinician's words becomes a clean line drawing; it knows nothing of exercises."""

from __future__ import annotations

from handouts.figure.body.request import Report
from handouts.figure.drawing import Drawing, animate, draw
from handouts.figure.scene.settle import PoseError
from handouts.figure.spec.figure import Figure, FigureError
from handouts.figure.spec.parse import parse_figure

__all__ = [
    "Drawing", "Figure", "FigureError", "PoseError", "Report", "animate", "draw", "parse_figure",
]  # fmt: skip
