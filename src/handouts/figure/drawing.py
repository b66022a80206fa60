"""The whole way from a figure to its drawings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handouts.figure.body import BUILDS
from handouts.figure.motion import PIXELS, moving
from handouts.figure.picture import frame, picture
from handouts.figure.scene import stage
from handouts.figure.spec import Figure
from handouts.figure.svg import still
from handouts.figure.wish import Report


@dataclass(frozen=True)
class Drawing:
    """The panels of a figure as SVG text, and how well each pose was met."""

    panels: tuple[str, ...]
    reports: tuple[Report, ...]


def _held(figure: Figure, seconds: int | None) -> Figure:
    """The figure with another time on its stop-watches; 0 takes them away."""
    if seconds is None:
        return figure
    time = f"{seconds} s" if seconds else ""
    return replace(figure, panels=tuple(replace(p, hold=time if p.hold else "") for p in figure.panels))


def draw(
    figure: Figure, *, mirror: bool = False, amplitude: float = 1.0, build: str = "a", seconds: int | None = None
) -> Drawing:
    """Draw every panel of a figure, each a self-contained `<svg>` under 20 kB, the same bytes every time.

    *mirror* shows the other side of the body: the same drawing mirrored, so that what moves stays on the near side.
    *amplitude* scales the movement away from the first panel (1 is the whole range). *build* is a name in
    `body.BUILDS`. *seconds* replaces the time of a hold. Raises `PoseError` when a pose cannot be shown.
    """
    figure = _held(figure, seconds)
    poses = stage(figure, BUILDS[build], amplitude)
    shared = frame(figure, poses)
    panels = [still(picture(figure, poses, k, shared), mirror) for k in range(len(poses))]
    return Drawing(tuple(panels), tuple(p.report for p in poses))


def animate(figure: Figure, *, mirror: bool = False, amplitude: float = 1.0, build: str = "a") -> str:
    """The movement as one `<svg>` under 100 kB that plays by itself; settings as in `draw`."""
    poses = stage(figure, BUILDS[build], amplitude)
    return moving(figure, poses, frame(figure, poses, PIXELS), mirror)
