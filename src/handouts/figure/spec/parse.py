"""A figure as its author writes it: a mapping is read, checked whole, and becomes a frozen `Figure`.

A figure has a `position` (how the body lies in the room), a `side` (`left` or `right`) where it shows one side's turn,
a `view` (a name of `blocks.VIEWS`, or `{az:, el:}` in degrees:
0 is in front of the person, 90 on the right), `props`, perhaps a `closeup`, and `panels`. A panel is merged over the one
before, so it states only what changes:

- `joints`: `{hip_l: "ext 16, abd 4"}`; plurals mean both sides; degrees, and centimetres for the `girdle`.
- `contact`: regions that rest on the floor, or `{region: height in metres}`; `support` is how low anything may go.
- `place`: where a hand, foot, knee, ankle, elbow or forearm is put: a spot of the body, `[x, y, z]` in metres (null is
  free), or `{plane: {x: 0.6}}`; with `gap` and `flat: false`.
- `turn`: `{x:, y:, z:}` turns the whole body (degrees); `position` changes how it lies; `shift` moves it along x and z.
- `keep` pins hands or feet where they were, or else `anchor` names the region that stays put. `free` and `stiff` let more
  or less of the body give way to the contacts.
- `belly`: by how many centimetres it swells (0 to 4), as in breathing in.
- `hands` (`hand_r`, `hand_l`): a shape of `body.HANDS`; `fingers`: where a flat hand points.
- for this panel alone: `caption`, `arrows`, `muscles`, `hold` (`6 s`), `ghost`, `keep`, `shift`.

An arrow is `{track: spot}` (it follows its path), `{turn: segment}` (its turn), or laid by hand:
`{from: spot, dir: [right, up], gap:, len:}` in shares of the picture; `both` gives it two heads. In the first panel it
shows the movement from the last panel back.

Props are named in `blocks.PROPS`. A `band` or `stick` goes from one spot or point to another (`weights`: the radius of
discs at its ends), `water` stands at a level, a `scar` is seen on bare skin at a spot (`length`, `across`), and a `helper`
lays a hand on a spot, the fingers pointing along `way: [x, y, z]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field, PlainValidator, TypeAdapter, ValidationError, ValidationInfo

from handouts.fields import faults
from handouts.figure.body.landmarks import EFFECTORS
from handouts.figure.spec.figure import REGIONS, Angles, Arrow, Figure, FigureError, Panel, Path, each_of
from handouts.figure.spec.models import (
    Anchor,
    Block,
    Many,
    Number,
    PanelBlock,
    Position,
    PropEntry,
    named,
    one_of,
    set_movement,
)  # fmt: skip

# Azimuth and elevation in degrees. Upright figures are turned a little, so that two legs are two legs; lying ones are
# seen from a little above, so that the far side has a place.
VIEWS = {
    "right": (90, 12), "left": (-90, 12), "front": (8, 8), "back": (172, 8), "front_right": (38, 10),
    "front_left": (-38, 10), "back_right": (142, 10), "back_left": (-142, 10), "feet_right": (42, 18),
    "feet_left": (-42, 18), "above_right": (72, 24), "above_left": (-72, 24),
}  # fmt: skip
UPRIGHT_VIEWS = VIEWS | {"right": (68, 8), "left": (-68, 8)}
_UPRIGHT = ("standing", "sitting", "kneeling", "half-kneeling", "long-sitting")
_CLOSEUPS = ("head", "shoulders", "trunk", "feet", "back")
_VIEW = TypeAdapter(dict[Annotated[str, named("setting of a view", ("az", "el"))], Number])
_PANELS = TypeAdapter(Many[PanelBlock])


def _view(value: Any, info: ValidationInfo) -> tuple[float, float]:
    if isinstance(value, Mapping):
        view = _VIEW.validate_python(value)
        return view.get("az", 90), view.get("el", 10)
    views = UPRIGHT_VIEWS if info.data.get("position") in _UPRIGHT else VIEWS
    return views[one_of("view", value, VIEWS)]


def _merged_joints(before: Angles, new: Angles) -> Angles:
    angles = {joint: dict(movements) for joint, movements in before.items()}
    for joint, movements in new.items():
        for word, amount in movements.items():
            set_movement(angles, joint, word, amount)
    return angles


def _merged(block: PanelBlock, before: Panel, anchor: str | None) -> Panel:
    """Return the panel that *block* makes of the one before; *anchor* is that of the figure."""
    panel = block.written
    shapes = [panel.pop(key, None) for key in ("hands", "hand_r", "hand_l")]
    if block.contact is not None:
        panel["contact"] = {r: height for name, height in block.contact.items() for r in each_of(name, REGIONS)}
    if block.place is not None:
        panel["place"] = {p: place.of(p[-1]) for name, place in block.place.items() for p in each_of(name, EFFECTORS)}
    once = {
        "caption": "",
        "shift": (0, 0),
        "keep": (),
        "anchor": anchor,
        "arrows": (),
        "muscles": (),
        "hold": "",
        "ghost": False,
    }
    merged = {
        "joints": _merged_joints(before.joints, block.joints),
        "turn": tuple(block.turn.get(axis, angle) for axis, angle in zip("xyz", before.turn, strict=True)),
        "hands": tuple(shape or shapes[0] or old for shape, old in zip(shapes[1:], before.hands, strict=True)),
        "fingers": {**before.fingers, **block.fingers},
        "stiff": {**before.stiff, **block.stiff},
        "keep": tuple(part for name in block.keep for part in each_of(name, EFFECTORS)),
        "arrows": tuple(Arrow(**arrow.written) for arrow in block.arrows),
    }
    return replace(before, **once | panel | merged)


def _panels(value: Any, info: ValidationInfo) -> tuple[Panel, ...]:
    """Read all panels, each merged over the one before; no two neighbours may show the same."""
    position = info.data.get("position", "standing")
    anchor = info.data.get("anchor", "")
    if anchor == "":
        anchor = "feet" if position == "standing" else "pelvis"
    before, panels = Panel(position=position), []
    problems: list[tuple[Path, str]] = []
    for k, block in enumerate(_PANELS.validate_python(value)):
        panel = _merged(block, before, anchor)
        if k and not panel.arrows and replace(panel, caption="", hold="") == replace(before, caption="", hold="", arrows=()):
            problems.append(((k,), "shows the same as the panel before; one picture with `hold` says it better"))
        panels.append(panel)
        before = panel
    if not panels:
        problems.append(((), "a figure needs one panel or more"))
    if problems:
        raise faults(problems)
    return tuple(panels)


class FigureBlock(Block):
    """The whole block, its panels merged."""

    noun = "key of a figure"

    position: Position = "standing"
    anchor: Anchor = ""  # the feet of a standing body, the pelvis of any other
    side: Annotated[str | None, named("side", ("left", "right"))] = None
    view: Annotated[tuple[float, float], PlainValidator(_view)] = Field("right", validate_default=True)
    props: Many[PropEntry] = ()
    closeup: Annotated[str | None, named("close-up", _CLOSEUPS)] = None
    panels: Annotated[tuple[Panel, ...], PlainValidator(_panels)] = Field((), validate_default=True)


def parse_figure(mapping: Mapping[str, Any]) -> Figure:
    """Read the `figure:` block of an exercise; raise `FigureError` with every fault and its path in the mapping."""
    try:
        block = FigureBlock.model_validate(mapping)
    except ValidationError as error:
        lines = error.errors(include_url=False)
        # pydantic ends the path with "[key]" where the key of a mapping is wrong
        raise FigureError((tuple(step for step in line["loc"] if step != "[key]"), line["msg"]) for line in lines) from None
    return Figure(block.position, block.view, block.props, block.panels, block.closeup, block.side)
