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
- `hands` (`hand_r`, `hand_l`): a shape of `body.HANDS`; `fingers`: where a flat hand points.
- for this panel alone: `caption`, `arrows`, `muscles`, `hold` (`6 s`), `ghost`, `keep`, `shift`.

An arrow is `{track: spot}` (it follows its path), `{turn: segment}` (its turn), or laid by hand:
`{from: spot, dir: [right, up], gap:, len:}` in shares of the picture; `both` gives it two heads. In the first panel it
shows the movement from the last panel back.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from handouts.figure.body import HANDS
from handouts.figure.landmarks import EFFECTORS, MUSCLES, SPOTS
from handouts.figure.pose import FRAME, JOINTS, PLURAL, POSITIONS, SIDES, angles_in, joints_named, words_of
from handouts.figure.props import REQUIRED, SETTINGS
from handouts.figure.reader import Reader, unknown
from handouts.figure.spec import PAIRS, REGIONS, Angles, Arrow, Figure, FigureError, Panel, Path, each_of
from handouts.figure.wish import Place

# Azimuth and elevation in degrees. Upright figures are turned a little, so that two legs are two legs; lying ones are
# seen from a little above, so that the far side has a place.
VIEWS = {
    "right": (90, 12), "left": (-90, 12), "front": (8, 8), "back": (172, 8), "front_right": (38, 10),
    "front_left": (-38, 10), "back_right": (142, 10), "back_left": (-142, 10), "feet_right": (42, 18),
    "feet_left": (-42, 18), "above_right": (72, 24), "above_left": (-72, 24),
}  # fmt: skip
UPRIGHT = {"right": (68, 8), "left": (-68, 8)}
_UPRIGHT = ("standing", "sitting", "kneeling", "half-kneeling", "long-sitting")
WHOLE_BODY = ("pitch", "roll", "yaw", "tx", "tz")
CLOSEUPS = ("head", "shoulders", "trunk", "feet")
PANEL_KEYS = (
    "caption", "position", "joints", "turn", "contact", "place", "hands", "hand_r", "hand_l", "fingers", "free", "stiff",
    "support", "shift", "keep", "anchor", "arrows", "muscles", "hold", "ghost",
)  # fmt: skip
FIGURE_KEYS = ("position", "side", "view", "props", "panels", "closeup", "anchor")
ARROW_KEYS = ("track", "turn", "from", "dir", "gap", "len", "both")
PLACE_KEYS = ("spot", "at", "plane", "gap", "flat")


def _choices(names: Iterable[str]) -> list[str]:
    names = list(names)
    return names + [plural for plural, one in PAIRS.items() if f"{one}_r" in names]


def _joints(read: Reader, path: Path, value: Any) -> Angles:
    out: Angles = {}
    for name, said in read.mapping(path, value, "joint").items():
        at = (*path, name)
        joints = joints_named(str(name))
        if not joints:
            read.fault(at, unknown("joint", name, [*JOINTS, *PLURAL]))
            continue
        moves = said.items() if isinstance(said, Mapping) else angles_in(str(said))
        known = words_of(joints[0])
        for word, number in moves:
            if word not in known or not isinstance(number, int | float) or math.isnan(number):
                text = unknown(f"movement of {name}", word, known)
                read.fault(at, f"{text}; write for example '{next(iter(known))} 20'")
                continue
            motion, sign = known[word]
            if not motion.low <= sign * number <= motion.high:
                most = motion.high if sign * number > 0 else -motion.low
                unit = "cm" if joints[0].startswith("girdle") else "degrees"
                kind = word if number >= 0 else (motion.minus if sign > 0 else motion.plus)
                read.fault(at, f"{word} {number:g} is beyond the limit: {kind} goes to {most:g} {unit}")
                continue
            for joint in joints:
                axis = out.setdefault(joint, {})
                axis.pop(motion.minus if word == motion.plus else motion.plus, None)
                axis[word] = float(number)
    return out


def _merge_joints(before: Angles, new: Angles) -> Angles:
    """Later words replace earlier ones of the same axis: `ext 10` also ends `flex 40`."""
    out = {joint: dict(moves) for joint, moves in before.items()}
    for joint, moves in new.items():
        known = words_of(joint)
        for word, number in moves.items():
            motion = known[word][0]
            axis = out.setdefault(joint, {})
            axis.pop(motion.plus, None)
            axis.pop(motion.minus, None)
            axis[word] = number
    return out


def _contact(read: Reader, path: Path, value: Any) -> dict[str, float]:
    levels: list[tuple[Any, Any]] = []
    for item in [value] if isinstance(value, Mapping) else read.listing(path, value):
        levels += item.items() if isinstance(item, Mapping) else [(item, 0.0)]
    out: dict[str, float] = {}
    for name, level in levels:
        regions = each_of(name, REGIONS)
        if not regions:
            read.fault((*path, str(name)), unknown("region", name, _choices(REGIONS)))
        height = read.number((*path, str(name)), level)
        out |= dict.fromkeys(regions, height)
    return out


def _place(read: Reader, path: Path, value: Any) -> dict[str, Place]:
    out: dict[str, Place] = {}
    for name, target in read.mapping(path, value, "place").items():
        at = (*path, name)
        parts = each_of(name, EFFECTORS)
        if not parts:
            read.fault(at, unknown("part to place", name, _choices(EFFECTORS)))
        if isinstance(target, str):
            target = {"spot": target}
        elif isinstance(target, list | tuple):
            target = {"at": target}
        said = read.mapping(at, target, "setting", PLACE_KEYS)
        if len({"spot", "at", "plane"} & set(said)) != 1:
            read.fault(at, "needs one of spot, at, plane")
            continue
        for part in parts:
            place = _one_place(read, at, said, part[-1])
            if place:
                out[part] = place
    return out


def _one_place(read: Reader, path: Path, said: dict[str, Any], side: str) -> Place | None:
    spot, point, plane = said.get("spot"), None, None
    if spot is not None:
        spot = f"{spot}_{side}" if f"{spot}_{side}" in SPOTS and spot not in SPOTS else spot
        if not read.name((*path, "spot"), spot, "spot", SPOTS):
            return None
    if "at" in said:
        point = read.numbers((*path, "at"), said["at"], 3, empty=True)
        if not point:
            return None
    if "plane" in said:
        wall = read.mapping((*path, "plane"), said["plane"], "wall", ("x", "z", "y"))
        if len(wall) != 1:
            read.fault((*path, "plane"), "needs one of x, y, z: where the plane is")
            return None
        ((axis, where),) = wall.items()
        sign = -math.copysign(1, read.number((*path, "plane", axis), where)) if axis != "y" else 1.0
        normal = tuple(sign if a == axis else 0.0 for a in "xyz")
        plane = normal, sign * float(where)
    gap = read.number((*path, "gap"), said["gap"]) if "gap" in said else None
    return Place(spot, point, plane, gap, bool(said.get("flat", True)))


def _arrow(read: Reader, path: Path, value: Any) -> Arrow | None:
    said = read.mapping(path, value, "setting of an arrow", ARROW_KEYS)
    if len({"track", "turn", "from"} & set(said)) != 1:
        read.fault(path, "an arrow needs one of track, turn, from")
        return None
    for key, names, what in (("track", SPOTS, "spot"), ("turn", FRAME, "segment"), ("from", SPOTS, "spot")):
        if key in said and not read.name((*path, key), said[key], what, names):
            return None
    direction = read.numbers((*path, "dir"), said["dir"], 2) if "dir" in said else (0, 1)
    gap = read.number((*path, "gap"), said.get("gap", 0.05), 0.05)
    length = read.number((*path, "len"), said.get("len", 0.14), 0.14)
    return Arrow(
        said.get("track"), said.get("turn"), said.get("from"), direction or (0, 1), gap, length, bool(said.get("both"))
    )


def _muscles(read: Reader, path: Path, value: Any) -> tuple[tuple[str, str], ...]:
    out = []
    for k, item in enumerate(read.listing(path, value)):
        name, side = (*item, "rl")[:2] if isinstance(item, list | tuple) else (item, "rl")
        if read.name((*path, k), name, "muscle", MUSCLES) and read.name((*path, k), side, "side", ("r", "l", "rl")):
            out.append((name, side))
    return tuple(out)


def _hands(read: Reader, path: Path, said: Mapping[str, Any], before: tuple[str, str]) -> tuple[str, str]:
    both = said.get("hands")
    out = []
    for k, side in enumerate(SIDES):
        shape = said.get(f"hand_{side}", both)
        key = f"hand_{side}" if f"hand_{side}" in said else "hands"
        out.append(before[k] if shape is None else read.name((*path, key), shape, "hand shape", HANDS) or "relaxed")
    return out[0], out[1]


def _named(read: Reader, path: Path, value: Any, names: Iterable[str], what: str) -> tuple[str, ...]:
    out: list[str] = []
    for k, name in enumerate(read.listing(path, value)):
        each = each_of(name, names)
        if not each:
            read.fault((*path, k), unknown(what, name, _choices(names)))
        out += each
    return tuple(out)


def _free(read: Reader, path: Path, value: Any) -> tuple[str, ...]:
    kinds = {j.rsplit("_", 1)[0] if j[-2:] in ("_r", "_l") else j for j in JOINTS}
    return tuple(
        name for k, name in enumerate(read.listing(path, value))
        if read.name((*path, k), name, "joint", (*WHOLE_BODY, *kinds, *JOINTS))
    )  # fmt: skip


def _hold(read: Reader, path: Path, value: Any) -> str:
    match = re.fullmatch(r"(\d+)(?: ?[-\u2013] ?(\d+))?(?: ?(s|min))?", str(value).strip())
    if not match:
        read.fault(path, f"'{value}' must be a time such as '5 s'")
        return ""
    return f"{match[1]} {match[3] or 's'}"


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
    arrows = [_arrow(read, (*path, "arrows", k), a) for k, a in enumerate(read.listing(path, said.get("arrows")))]
    regions = tuple(EFFECTORS)
    position = read.name((*path, "position"), said["position"], "position", POSITIONS) if "position" in said else None
    return Panel(
        caption=str(caption),
        position=position or before.position,
        joints=_merge_joints(before.joints, _joints(read, (*path, "joints"), said.get("joints", {}))),
        turn=tuple(turn.get(a, old) for a, old in zip("xyz", before.turn, strict=True)),
        contact=_contact(read, (*path, "contact"), said["contact"]) if "contact" in said else before.contact,
        place=_place(read, (*path, "place"), said["place"]) if "place" in said else before.place,
        hands=_hands(read, path, said, before.hands),
        fingers=dict(before.fingers) | fingers,
        free=_free(read, (*path, "free"), said["free"]) if "free" in said else before.free,
        stiff=dict(before.stiff) | stiff,
        support=read.number((*path, "support"), said["support"]) if "support" in said else before.support,
        shift=read.numbers((*path, "shift"), said["shift"], 2) or (0, 0) if "shift" in said else (0, 0),
        keep=_named(read, (*path, "keep"), said.get("keep"), regions, "part"),
        anchor=_anchor(read, (*path, "anchor"), said["anchor"]) if "anchor" in said else anchor,
        arrows=tuple(a for a in arrows if a),
        muscles=_muscles(read, (*path, "muscles"), said.get("muscles")),
        hold=_hold(read, (*path, "hold"), said["hold"]) if "hold" in said else "",
        ghost=bool(said.get("ghost", False)),
    )


def _anchor(read: Reader, path: Path, value: Any) -> str | None:
    if value in (None, "none"):
        return None
    return value if each_of(value, REGIONS) else read.name(path, value, "region", _choices(REGIONS))


def _view(read: Reader, value: Any, position: str) -> tuple[float, float]:
    if isinstance(value, Mapping):
        said = read.mapping(("view",), value, "setting of a view", ("az", "el"))
        return read.number(("view", "az"), said.get("az", 90)), read.number(("view", "el"), said.get("el", 10))
    views = VIEWS | UPRIGHT if position in _UPRIGHT else VIEWS
    name = read.name(("view",), value, "view", views)
    return views[name] if name else (90, 10)


def _props(read: Reader, value: Any) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    out = []
    for k, item in enumerate(read.listing(("props",), value)):
        one = {item: {}} if isinstance(item, str) else item
        if not isinstance(one, Mapping) or len(one) != 1:
            read.fault(("props", k), "must be a name, or a name with its settings")
            continue
        ((name, said),) = one.items()
        if not read.name(("props", k), name, "prop", SETTINGS):
            continue
        settings = read.mapping(("props", k, name), said or {}, f"setting of {name}", SETTINGS[name])
        for key in REQUIRED.get(name, ()):
            if key not in settings:
                read.fault(("props", k, name), f"{name} needs {key}")
        for key, v in settings.items():
            if name in ("band", "stick") and key in ("from", "to"):
                if isinstance(v, str):
                    read.name(("props", k, name, key), v, "spot", SPOTS)
                else:
                    read.numbers(("props", k, name, key), v, 3)
            elif key not in ("panels", "back"):
                read.number(("props", k, name, key), v)
        out.append((name, settings))
    return tuple(out)


def parse_figure(mapping: Mapping[str, Any]) -> Figure:
    """Read the `figure:` block of an exercise; raises `FigureError` with every fault and its path in the mapping."""
    read = Reader()
    said = read.mapping((), mapping, "key of a figure", FIGURE_KEYS)
    position = read.name(("position",), said.get("position", "standing"), "position", POSITIONS) or "standing"
    view = _view(read, said.get("view", "right"), position)
    props = _props(read, said.get("props"))
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
