"""The pen: tones, line widths, and layers of strokes and fills from the back of a picture to its front."""

from __future__ import annotations

from dataclasses import dataclass, field

from handouts.figure.geometry import Points
from handouts.figure.scene.raster import Window

RESOLUTION = 840  # pixels along the longer side of a picture
UNIT = 2  # path units a pixel
PEN = 0.0060  # width of a line as a share of the longer side: 0.36 mm of 60 mm
SIGMA = 0.44  # smoothing, in line widths
ERROR = 0.10  # how far a curve may be from its points, in line widths

INK, INK_FAR, GREY = "#111", "#444", "#333"
SKIN, SKIN_FAR = "#fff", "#d9d9d9"
TONES = (                     # cloth: near, far
    (SKIN, SKIN_FAR), ("#ececec", "#cfcfcf"), ("#a8a8a8", "#8a8a8a"), ("#4d4d4d", "#4d4d4d"), ("#f6f6f6", "#f6f6f6"),
)  # fmt: skip
SHADOW, SHADOW_ON = "#e4e4e4", "#d4d4d4"
WIDTHS = (1.0, 0.85, 0.6, 0.6)  # outline, inner line, hem, fine line

Curve = tuple[Points, bool]


@dataclass
class Layer:
    """Curves (points in pixels, closed or not) and finished path data that are drawn with the same *look*."""

    look: str
    curves: list[Curve] = field(default_factory=list)
    data: str = ""


@dataclass(frozen=True)
class Pen:
    """Widths for one window: *px* is a line in pixels, *width* the same in path units."""

    window: Window
    closeup: bool = False

    @property
    def px(self) -> float:
        return PEN * max(self.window.width, self.window.height)

    @property
    def width(self) -> float:
        return self.px * UNIT

    @property
    def sigma(self) -> float:
        return SIGMA * self.px * (1.7 if self.closeup else 1)

    def stroke(self, share: float, colour: str = INK, more: str = "") -> str:
        """Return the look of a line *share* pens wide."""
        return f'fill="none" stroke="{colour}" stroke-width="{self.width * share:.1f}"{more}'


def fill(colour: str) -> str:
    """Return the look of a filled region."""
    return f'fill="{colour}" fill-rule="evenodd"'


@dataclass(frozen=True)
class Hold:
    """A stop-watch: its middle and radius in pixels."""

    x: float
    y: float
    radius: float
