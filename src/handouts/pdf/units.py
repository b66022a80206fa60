"""Lengths of CSS in other units: CSS defines 96 pixels, and 72 points, as an inch of 25.4 mm."""

from __future__ import annotations

POINTS_A_PIXEL = 72 / 96
MM_A_PIXEL = 25.4 / 96
