"""The entries of a figure, read one by one: joints, contacts, places, arrows, hands, props (the format: see `parse`)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from handouts.figure.body.body import HANDS
from handouts.figure.body.landmarks import EFFECTORS, MUSCLES, SPOTS
from handouts.figure.body.pose import FRAME, JOINTS, PLURAL, SIDES, angles_in, joints_named, words_of
from handouts.figure.body.request import Place
from handouts.figure.spec.figure import PAIRS, REGIONS, Angles, Arrow, Path, each_of
from handouts.figure.spec.props import REQUIRED, SETTINGS
from handouts.figure.spec.reader import Reader, unknown

WHOLE_BODY = ("pitch", "roll", "yaw", "tx", "tz")
ARROW_KEYS = ("track", "turn", "from", "dir", "gap", "len", "both")
PLACE_KEYS = ("spot", "at", "plane", "gap", "flat")


def choices(names: Iterable[str]) -> list[str]:
    """A name of each, and the plurals that mean two of them."""
    names = list(names)
    return names + [plural for plural, one in PAIRS.items() if f"{one}_r" in names]


def read_joints(read: Reader, path: Path, value: Any) -> Angles:
    """`{hip_l: "ext 16, abd 4"}`: degrees (of the girdle: centimetres) by joint and movement, within their limits."""
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


def merge_joints(before: Angles, new: Angles) -> Angles:
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


def read_contact(read: Reader, path: Path, value: Any) -> dict[str, float]:
    """Regions that rest on the floor, or each with the height of its support in metres."""
    levels: list[tuple[Any, Any]] = []
    for item in [value] if isinstance(value, Mapping) else read.listing(path, value):
        levels += item.items() if isinstance(item, Mapping) else [(item, 0.0)]
    out: dict[str, float] = {}
    for name, level in levels:
        regions = each_of(name, REGIONS)
        if not regions:
            read.fault((*path, str(name)), unknown("region", name, choices(REGIONS)))
        height = read.number((*path, str(name)), level)
        out |= dict.fromkeys(regions, height)
    return out


def read_place(read: Reader, path: Path, value: Any) -> dict[str, Place]:
    """Where hands, feet, knees, ankles, elbows and forearms are put."""
    out: dict[str, Place] = {}
    for name, target in read.mapping(path, value, "place").items():
        at = (*path, name)
        parts = each_of(name, EFFECTORS)
        if not parts:
            read.fault(at, unknown("part to place", name, choices(EFFECTORS)))
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


def read_arrow(read: Reader, path: Path, value: Any) -> Arrow | None:
    """One movement arrow; None where it cannot be read."""
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


def read_muscles(read: Reader, path: Path, value: Any) -> tuple[tuple[str, str], ...]:
    """Names of muscles, each with its sides (`r`, `l`, `rl`)."""
    out = []
    for k, item in enumerate(read.listing(path, value)):
        name, side = (*item, "rl")[:2] if isinstance(item, list | tuple) else (item, "rl")
        if read.name((*path, k), name, "muscle", MUSCLES) and read.name((*path, k), side, "side", ("r", "l", "rl")):
            out.append((name, side))
    return tuple(out)


def read_hands(read: Reader, path: Path, said: Mapping[str, Any], before: tuple[str, str]) -> tuple[str, str]:
    """The shapes of the right and the left hand."""
    both = said.get("hands")
    out = []
    for k, side in enumerate(SIDES):
        shape = said.get(f"hand_{side}", both)
        key = f"hand_{side}" if f"hand_{side}" in said else "hands"
        out.append(before[k] if shape is None else read.name((*path, key), shape, "hand shape", HANDS) or "relaxed")
    return out[0], out[1]


def read_named(read: Reader, path: Path, value: Any, names: Iterable[str], what: str) -> tuple[str, ...]:
    """Names of a closed list, plurals taken apart."""
    out: list[str] = []
    for k, name in enumerate(read.listing(path, value)):
        each = each_of(name, names)
        if not each:
            read.fault((*path, k), unknown(what, name, choices(names)))
        out += each
    return tuple(out)


def read_free(read: Reader, path: Path, value: Any) -> tuple[str, ...]:
    """Joints, or movements of the whole body, that may give way."""
    kinds = {j.rsplit("_", 1)[0] if j[-2:] in ("_r", "_l") else j for j in JOINTS}
    return tuple(
        name for k, name in enumerate(read.listing(path, value))
        if read.name((*path, k), name, "joint", (*WHOLE_BODY, *kinds, *JOINTS))
    )  # fmt: skip


def read_hold(read: Reader, path: Path, value: Any) -> str:
    """A time as `5 s` or `1 min`."""
    match = re.fullmatch(r"(\d+)(?: ?[-\u2013] ?(\d+))?(?: ?(s|min))?", str(value).strip())
    if not match:
        read.fault(path, f"'{value}' must be a time such as '5 s'")
        return ""
    return f"{match[1]} {match[3] or 's'}"


def read_belly(read: Reader, path: Path, value: Any) -> float:
    """By how many centimetres the belly swells."""
    swell = read.number(path, value)
    if not 0 <= swell <= 4:
        read.fault(path, "the belly swells by 0 to 4 cm")
    return swell


def read_props(read: Reader, value: Any) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Things in the room: each a name, or a name with its settings."""
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
            elif name in ("helper", "scar") and key == "spot":
                read.name(("props", k, name, key), v, "spot", SPOTS)
            elif key == "way":
                read.numbers(("props", k, name, key), v, 3)
            elif key == "hand":
                read.name(("props", k, name, key), v, "shape of a hand", HANDS)
            elif key not in ("panels", "back", "across"):
                read.number(("props", k, name, key), v)
        out.append((name, settings))
    return tuple(out)
