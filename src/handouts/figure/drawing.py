"""The whole way from a figure to its drawings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handouts.figure.body.body import BUILDS
from handouts.figure.body.request import Report
from handouts.figure.motion import PIXELS, moving, titled
from handouts.figure.picture import frame, picture
from handouts.figure.scene.settle import stage
from handouts.figure.spec.figure import Figure
from handouts.figure.spec.wording import alternative, other_side
from handouts.figure.svg import Plate, plate, still


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
class Plates:
    """All panels of a figure as they are drawn once, for either side and any time."""

    plates: tuple[Plate, ...]
    reports: tuple[Report, ...]


def drawable(figure: Figure) -> Figure:
    """The figure without its words: two figures that differ in nothing else share one drawing."""
    panels = tuple(replace(p, caption="", hold="1 s" if p.hold else "") for p in figure.panels)
    return replace(figure, side=None, panels=panels)


def engrave(figure: Figure, *, amplitude: float = 1.0, build: str = "short-hair") -> Plates:
    """Solve and draw every panel; the slow part of `draw`, which has its settings. Raises `PoseError`."""
    poses = stage(figure, BUILDS[build], amplitude)
    shared = frame(figure, poses)
    plates = tuple(plate(picture(figure, poses, k, shared)) for k in range(len(poses)))
    return Plates(plates, tuple(pose.report for pose in poses))


def prints(figure: Figure, drawn: Plates, *, mirror: bool = False, seconds: int | None = None) -> Drawing:
    """The drawing of a figure from its plates; settings as in `draw`."""
    said = [other_side(panel.caption) if mirror else panel.caption for panel in figure.panels]
    times = _times(figure, seconds)
    rows = list(zip(drawn.plates, said, times, strict=True))
    return Drawing(
        tuple(still(plate, title, time, mirror) for plate, title, time in rows),
        tuple(said),
        tuple(alternative(figure, k, plate.ways, time, mirror) for k, (plate, _, time) in enumerate(rows)),
        drawn.reports,
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
    `body.BUILDS`. *seconds* replaces the time of a hold, 0 takes it away. Raises `PoseError` when a pose cannot be shown.
    """
    return prints(figure, engrave(drawable(figure), amplitude=amplitude, build=build), mirror=mirror, seconds=seconds)


def film(figure: Figure, *, mirror: bool = False, amplitude: float = 1.0, build: str = "short-hair") -> str:
    """The moving drawing without its title: the slow part of `animate`."""
    poses = stage(figure, BUILDS[build], amplitude)
    return moving(figure, poses, frame(figure, poses, PIXELS), BUILDS[build], mirror)


def animate(figure: Figure, *, mirror: bool = False, amplitude: float = 1.0, build: str = "short-hair") -> str:
    """The movement as one self-contained `<svg>` under 100 kB that plays by itself; settings as in `draw`."""
    return titled(film(drawable(figure), mirror=mirror, amplitude=amplitude, build=build), figure, mirror)
