"""A figure as its author writes it: a mapping is read, checked whole, and becomes a frozen `Figure`.

A figure has a `position` (how the body lies in the room), a `side` (`left` or `right`) where it shows one side's turn,
a `view` (a name of `VIEWS`, or `{az:, el:}` in degrees:
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

Props are named in `props.SETTINGS`. A `band` or `stick` goes from one spot or point to another (`weights`: the radius of
discs at its ends), `water` stands at a level, a `scar` is seen on bare skin at a spot (`length`, `across`), and a `helper`
lays a hand on a spot, the fingers pointing along `way: [x, y, z]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handouts.figure.body.landmarks import EFFECTORS
from handouts.figure.body.pose import POSITIONS
from handouts.figure.spec.entries import (
    choices,
    merge_joints,
    read_arrow,
    read_belly,
    read_contact,
    read_free,
    read_hands,
    read_hold,
    read_joints,
    read_muscles,
    read_named,
    read_place,
    read_props,
)  # fmt: skip
from handouts.figure.spec.figure import REGIONS, Figure, FigureError, Panel, Path, each_of
from handouts.figure.spec.reader import Reader

# Azimuth and elevation in degrees. Upright figures are turned a little, so that two legs are two legs; lying ones are
# seen from a little above, so that the far side has a place.
VIEWS = {
    "right": (90, 12), "left": (-90, 12), "front": (8, 8), "back": (172, 8), "front_right": (38, 10),
    "front_left": (-38, 10), "back_right": (142, 10), "back_left": (-142, 10), "feet_right": (42, 18),
    "feet_left": (-42, 18), "above_right": (72, 24), "above_left": (-72, 24),
}  # fmt: skip
UPRIGHT = {"right": (68, 8), "left": (-68, 8)}
_UPRIGHT = ("standing", "sitting", "kneeling", "half-kneeling", "long-sitting")
CLOSEUPS = ("head", "shoulders", "trunk", "feet", "back")
PANEL_KEYS = (
    "caption", "position", "joints", "turn", "contact", "place", "hands", "hand_r", "hand_l", "fingers", "free", "stiff",
    "support", "shift", "keep", "anchor", "arrows", "muscles", "hold", "ghost", "belly",
)  # fmt: skip
FIGURE_KEYS = ("position", "side", "view", "props", "panels", "closeup", "anchor")


def _panel(read: Reader, path: Path, value: Any, before: Panel, anchor: str | None) -> Panel:
    said = read.mapping(path, value, "key of a panel", PANEL_KEYS)
    caption = said.get("caption", "")
    if not isinstance(caption, str) or len(caption.split()) > 14:
        read.fault((*path, "caption"), "must be one short sentence")
    turn = {
        k: read.number((*path, "turn", k), v)
        for k, v in read.mapping((*path, "turn"), said.get("turn", {}), "axis", "xyz").items()
    }
    fingers = {
        n: read.numbers((*path, "fingers", n), v, 3) or (1, 0, 0)
        for n, v in read.mapping((*path, "fingers"), said.get("fingers", {}), "hand", ("hand_r", "hand_l")).items()
    }
    stiff = {
        k: read.number((*path, "stiff", k), v)
        for k, v in read.mapping((*path, "stiff"), said.get("stiff", {}), "joint").items()
    }
    arrows = [read_arrow(read, (*path, "arrows", k), a) for k, a in enumerate(read.listing(path, said.get("arrows")))]
    regions = tuple(EFFECTORS)
    position = read.name((*path, "position"), said["position"], "position", POSITIONS) if "position" in said else None
    return Panel(
        caption=str(caption),
        position=position or before.position,
        joints=merge_joints(before.joints, read_joints(read, (*path, "joints"), said.get("joints", {}))),
        turn=tuple(turn.get(a, old) for a, old in zip("xyz", before.turn, strict=True)),
        contact=read_contact(read, (*path, "contact"), said["contact"]) if "contact" in said else before.contact,
        place=read_place(read, (*path, "place"), said["place"]) if "place" in said else before.place,
        hands=read_hands(read, path, said, before.hands),
        fingers=dict(before.fingers) | fingers,
        free=read_free(read, (*path, "free"), said["free"]) if "free" in said else before.free,
        stiff=dict(before.stiff) | stiff,
        support=read.number((*path, "support"), said["support"]) if "support" in said else before.support,
        shift=read.numbers((*path, "shift"), said["shift"], 2) or (0, 0) if "shift" in said else (0, 0),
        keep=read_named(read, (*path, "keep"), said.get("keep"), regions, "part"),
        anchor=_anchor(read, (*path, "anchor"), said["anchor"]) if "anchor" in said else anchor,
        arrows=tuple(a for a in arrows if a),
        muscles=read_muscles(read, (*path, "muscles"), said.get("muscles")),
        hold=read_hold(read, (*path, "hold"), said["hold"]) if "hold" in said else "",
        ghost=bool(said.get("ghost", False)),
        belly=read_belly(read, (*path, "belly"), said["belly"]) if "belly" in said else before.belly,
    )


def _anchor(read: Reader, path: Path, value: Any) -> str | None:
    if value in (None, "none"):
        return None
    return value if each_of(value, REGIONS) else read.name(path, value, "region", choices(REGIONS))


def _view(read: Reader, value: Any, position: str) -> tuple[float, float]:
    if isinstance(value, Mapping):
        said = read.mapping(("view",), value, "setting of a view", ("az", "el"))
        return read.number(("view", "az"), said.get("az", 90)), read.number(("view", "el"), said.get("el", 10))
    views = VIEWS | UPRIGHT if position in _UPRIGHT else VIEWS
    name = read.name(("view",), value, "view", views)
    return views[name] if name else (90, 10)


def parse_figure(mapping: Mapping[str, Any]) -> Figure:
    """Read the `figure:` block of an exercise; raises `FigureError` with every fault and its path in the mapping."""
    read = Reader()
    said = read.mapping((), mapping, "key of a figure", FIGURE_KEYS)
    position = read.name(("position",), said.get("position", "standing"), "position", POSITIONS) or "standing"
    view = _view(read, said.get("view", "right"), position)
    props = read_props(read, said.get("props"))
    feet = "feet" if position == "standing" else "pelvis"
    anchor = _anchor(read, ("anchor",), said["anchor"]) if "anchor" in said else feet
    closeup = read.name(("closeup",), said["closeup"], "close-up", CLOSEUPS) if "closeup" in said else None
    side = read.name(("side",), said["side"], "side", ("left", "right")) if "side" in said else None
    panels: list[Panel] = []
    before = Panel(position=position)
    for k, item in enumerate(read.listing(("panels",), said.get("panels"))):
        panel = _panel(read, ("panels", k), item, before, anchor)
        if k and not panel.arrows and replace(panel, caption="", hold="") == replace(before, caption="", hold="", arrows=()):
            read.fault(("panels", k), "shows the same as the panel before; one picture with `hold` says it better")
        panels.append(panel)
        before = panel
    if not panels:
        read.fault(("panels",), "a figure needs one panel or more")
    if read.faults:
        raise FigureError(read.faults)
    return Figure(position, view, props, tuple(panels), closeup, side)
