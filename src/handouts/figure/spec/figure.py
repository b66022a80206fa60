"""The nouns of a figure: what is asked for, checked and merged; `parse` makes them from a mapping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from handouts.figure.body.pose import SIDES
from handouts.figure.body.request import Place

Path = tuple[str | int, ...]
Angles = dict[str, dict[str, float]]

REGIONS = tuple(
    ["pelvis", "lumbar", "thorax", "head"]
    + [f"{r}_{s}" for r in ("hip", "thigh", "knee", "shin", "foot", "edge", "heel", "toe", "ball") for s in SIDES]
    + [f"{r}_{s}" for r in ("forearm", "elbow", "hand", "shoulder") for s in SIDES]
)  # fmt: skip
PAIRS = {
    "hands": "hand", "feet": "foot", "knees": "knee", "forearms": "forearm", "elbows": "elbow", "heels": "heel",
    "toes": "toe", "thighs": "thigh", "shoulders": "shoulder", "shins": "shin", "balls": "ball", "edges": "edge",
    "ankles": "ankle",
}  # fmt: skip


class FigureError(ValueError):
    """Everything that is wrong with a figure: *faults* are (path in the mapping, message)."""

    def __init__(self, faults: Iterable[tuple[Path, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{'.'.join(map(str, path)) or 'figure'}: {text}" for path, text in self.faults))


@dataclass(frozen=True)
class Arrow:
    """A movement arrow: it follows the path of a spot (*track*), the turn of a segment (*turn*), or is laid by hand.

    Laid by hand it runs from the spot *start*, *gap* away from it, *length* long in *direction* (right, up on the
    picture), in shares of the picture's longer side.
    """

    track: str | None = None
    turn: str | None = None
    start: str | None = None
    direction: tuple[float, float] = (0, 1)
    gap: float = 0.05
    length: float = 0.14
    both: bool = False


@dataclass(frozen=True)
class Panel:
    """One picture: the pose after merging, and what is marked on it. *keep* and *anchor* relate it to the one before."""

    caption: str = ""
    position: str = "standing"
    joints: Angles = field(default_factory=dict)
    turn: tuple[float, float, float] = (0, 0, 0)
    contact: Mapping[str, float] = field(default_factory=dict)
    place: Mapping[str, Place] = field(default_factory=dict)
    hands: tuple[str, str] = ("relaxed", "relaxed")
    fingers: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    free: tuple[str, ...] = ()
    stiff: Mapping[str, float] = field(default_factory=dict)
    support: float | None = None
    shift: tuple[float, float] = (0, 0)
    keep: tuple[str, ...] = ()
    anchor: str | None = None
    arrows: tuple[Arrow, ...] = ()
    muscles: tuple[tuple[str, str], ...] = ()
    hold: str = ""
    ghost: bool = False
    belly: float = 0.0  # centimetres that it swells, as in breathing in

    @property
    def bare(self) -> Panel:
        """The same pose with nothing marked on it."""
        return replace(self, caption="", arrows=(), muscles=(), hold="", ghost=False)


@dataclass(frozen=True)
class Figure:
    """What is to be drawn: a body position, a view (azimuth, elevation in degrees), props and one panel or more.

    *side* is `left` or `right` where the figure shows one side's turn: the leg that lifts, the muscle that is stretched.
    """

    position: str
    view: tuple[float, float]
    props: tuple[tuple[str, Mapping[str, Any]], ...]
    panels: tuple[Panel, ...]
    closeup: str | None = None
    side: str | None = None

    @property
    def moves(self) -> bool:
        """True if a pose differs from the one before, so that there is a movement to show."""
        return any(panel.bare != before.bare for before, panel in pairwise(self.panels))

    def props_in(self, k: int) -> list[tuple[str, Mapping[str, Any]]]:
        """Return the props that panel *k* shows, each a name and the settings that are written."""
        return [(name, settings) for name, settings in self.props if k in settings.get("panels", range(len(self.panels)))]


def each_of(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that a word stands for: `hands` means both; a name that is none of *names* gives nothing."""
    every = [f"{PAIRS[name]}_{s}" for s in SIDES] if name in PAIRS else [name]
    return tuple(every) if all(n in names for n in every) else ()
