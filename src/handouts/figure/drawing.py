"""The whole way from a figure to its drawings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handouts.figure.body.body import BUILDS
from handouts.figure.body.request import Report
from handouts.figure.motion import PIXELS, moving, titled
from handouts.figure.picture import frame, picture
from handouts.figure.scene.settle import settle_panels
from handouts.figure.spec.figure import Figure
from handouts.figure.spec.wording import alternative, other_side
from handouts.figure.svg import PanelDrawing, panel_drawing, still


@dataclass(frozen=True)
class Drawing:
    """The panels of a figure, each with its words; for a page, which need not know the engine.

    *panels* are self-contained `<svg>` texts titled by their captions. *captions* say what to do; *alternatives* say
    what is seen, in sentences that do not repeat the caption. *reports* tell how well each pose was met.
    """

    panels: tuple[str, ...]
    captions: tuple[str, ...]
    alternatives: tuple[str, ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class PanelDrawings:
    """All panels of a figure drawn once, before side, time and words are known."""

    panels: tuple[PanelDrawing, ...]
    reports: tuple[Report, ...]


def drawable(figure: Figure) -> Figure:
    """Return the figure without its words: figures that differ in nothing else share one drawing."""
    panels = tuple(replace(p, caption="", hold="1 s" if p.hold else "") for p in figure.panels)
    return replace(figure, side=None, panels=panels)


def solve_and_trace(figure: Figure, *, amplitude: float = 1.0, build: str = "short-hair") -> PanelDrawings:
    """Settle and draw every panel, the slow part of `draw`; settings as there. Raise `PoseError` for a pose that fails."""
    poses = settle_panels(figure, BUILDS[build], amplitude)
    shared = frame(figure, poses)
    panels = tuple(panel_drawing(picture(figure, poses, k, shared)) for k in range(len(poses)))
    return PanelDrawings(panels, tuple(pose.report for pose in poses))


def assemble(figure: Figure, drawings: PanelDrawings, *, mirror: bool = False, seconds: int | None = None) -> Drawing:
    """Return the drawing of a figure from its drawn panels; settings as in `draw`."""
    captions = tuple(other_side(panel.caption) if mirror else panel.caption for panel in figure.panels)
    times = _times(figure, seconds)
    rows = list(zip(drawings.panels, captions, times, strict=True))
    return Drawing(
        tuple(still(panel, caption, time, mirror) for panel, caption, time in rows),
        captions,
        tuple(alternative(figure, k, panel.ways, time, mirror) for k, (panel, _, time) in enumerate(rows)),
        drawings.reports,
    )


def _times(figure: Figure, seconds: int | None) -> Sequence[str]:
    if seconds is None:
        return [panel.hold for panel in figure.panels]
    return [f"{seconds} s" if seconds and panel.hold else "" for panel in figure.panels]


def draw(
    figure: Figure, *, mirror: bool = False, amplitude: float = 1.0, build: str = "short-hair", seconds: int | None = None
) -> Drawing:
    """Draw every panel of a figure, each under 20 kB, the same bytes every time.

    *mirror* shows the other side of the body: the same drawing mirrored, so that what moves stays on the near side.
    *amplitude* scales the movement away from where it starts (1 is the whole range). *build* is a name in
    `body.BUILDS`. *seconds* replaces the time of a hold, 0 takes it away. Raise `PoseError` when a pose cannot be shown.
    """
    return assemble(
        figure, solve_and_trace(drawable(figure), amplitude=amplitude, build=build), mirror=mirror, seconds=seconds
    )


def solve_and_animate(figure: Figure, *, mirror: bool = False, amplitude: float = 1.0, build: str = "short-hair") -> str:
    """Return the moving drawing without its title, the slow part of `animate`. Raise `PoseError` for a pose that fails."""
    poses = settle_panels(figure, BUILDS[build], amplitude)
    return moving(figure, poses, frame(figure, poses, PIXELS), BUILDS[build], mirror)


def animate(figure: Figure, *, mirror: bool = False, amplitude: float = 1.0, build: str = "short-hair") -> str:
    """Return the movement as one self-contained `<svg>` under 100 kB that plays by itself; settings as in `draw`."""
    return titled(solve_and_animate(drawable(figure), mirror=mirror, amplitude=amplitude, build=build), figure, mirror)
