"""A figure block as pydantic models: its keys, and the kind of value that each holds (the format: see `parse`)."""

from __future__ import annotations

import difflib
import inspect
import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, ClassVar, Self, TypeVar

import pydantic
from pydantic import BeforeValidator, Field, PlainValidator, TypeAdapter, ValidationError

from handouts.fields import Switch, fault, faults
from handouts.figure.body.body import HANDS, PLURAL
from handouts.figure.body.landmarks import EFFECTORS, MUSCLES, SPOTS, Vector
from handouts.figure.body.pose import FRAME, JOINTS, POSITIONS, angles_in, joints_named, words_of
from handouts.figure.body.request import Place
from handouts.figure.spec.figure import PAIRS, REGIONS, Angles, Path
from handouts.figure.spec.props import MAKERS


def unknown(what: str, name: Any, names: Iterable[str]) -> str:
    """Return the sentence for a *name* that is none of *names*, with the nearest right one."""
    near = difflib.get_close_matches(str(name), list(names), 1, 0.5)
    return f"unknown {what} '{name}'" + (f"; did you mean '{near[0]}'?" if near else "")


def one_of(what: str, name: Any, names: Iterable[str]) -> str:
    """Return *name*, one of *names*; raise a fault where it is none of them."""
    if name not in tuple(names):
        raise fault(unknown(what, name, names))
    return str(name)


def named(what: str, names: Iterable[str]) -> BeforeValidator:
    """`Annotated[str, named(...)]`: a word of a closed list."""
    names = tuple(names)
    return BeforeValidator(lambda value: one_of(what, value, names))


def _must(meet: Callable[[Any], bool], text: str) -> BeforeValidator:
    def read(value: Any) -> Any:
        if not meet(value):
            raise fault(text)
        return value

    return BeforeValidator(read)


def mapping(what: str) -> BeforeValidator:
    """`Annotated[dict[...], mapping(...)]`: keys with values."""
    return _must(lambda value: isinstance(value, Mapping), f"{what} must be a mapping")


def _numbers(count: int) -> BeforeValidator:
    return _must(lambda value: isinstance(value, list | tuple) and len(value) == count, f"must be {count} numbers")


def _listed(value: Any) -> Any:
    """Return a list as it is, one item without brackets as a list of one, and an empty value as an empty list."""
    if isinstance(value, list | tuple):
        return value
    return () if value is None else (value,)


def _number(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    raise fault(f"'{value}' must be a number")


def _swell(value: Any) -> float:
    if not 0 <= (centimetres := _number(value)) <= 4:
        raise fault("the belly swells by 0 to 4 cm")
    return centimetres


def _time(value: Any) -> str:
    match = re.fullmatch(r"(\d+)(?: ?[-\u2013] ?(\d+))?(?: ?(s|min))?", str(value).strip())
    if not match:
        raise fault(f"'{value}' must be a time such as '5 s'")
    return f"{match[1]} {match[3] or 's'}"


def _muscle(value: Any) -> tuple[str, str]:
    name, side = (*value, "rl")[:2] if isinstance(value, list | tuple) and value else (value, "rl")
    return one_of("muscle", name, MUSCLES), one_of("side", side, ("r", "l", "rl"))


def set_movement(angles: Angles, joint: str, word: str, amount: float) -> None:
    """Set one movement of a joint in place of what it did about the same axis: `ext 10` ends `flex 40`."""
    motion, _ = words_of(joint)[word]
    movements = angles.setdefault(joint, {})
    movements.pop(motion.plus, None)
    movements.pop(motion.minus, None)
    movements[word] = amount


def _joints(value: Any) -> Angles:
    """Read `{hip_l: "ext 16, abd 4"}`: degrees (of the girdle: centimetres) by joint and movement, within their limits."""
    angles: Angles = {}
    problems: list[tuple[Path, str]] = []
    for name, words in value.items():
        joints = joints_named(str(name))
        if not joints:
            problems.append(((name,), unknown("joint", name, [*JOINTS, *PLURAL])))
            continue
        for word, amount in words.items() if isinstance(words, dict) else angles_in(str(words)):
            if text := _movement_fault(name, joints[0], word, amount):
                problems.append(((name,), text))
                continue
            for joint in joints:
                set_movement(angles, joint, word, float(amount))
    if problems:
        raise faults(problems)
    return angles


def _movement_fault(name: str, joint: str, word: str, amount: Any) -> str:
    known = words_of(joint)
    if word not in known or not isinstance(amount, int | float) or math.isnan(amount):
        return f"{unknown(f'movement of {name}', word, known)}; write for example '{next(iter(known))} 20'"
    motion, sign = known[word]
    if motion.low <= sign * amount <= motion.high:
        return ""
    limit = motion.high if sign * amount > 0 else -motion.low
    unit = "cm" if joint.startswith("girdle") else "degrees"
    direction = word if amount >= 0 else (motion.minus if sign > 0 else motion.plus)
    return f"{word} {amount:g} is beyond the limit: {direction} goes to {limit:g} {unit}"


def _heights(value: Any) -> dict[str, Any]:
    """Return the regions of a list, of a mapping to heights, or of a list of both; each with its height (metres)."""
    heights: dict[str, Any] = {}
    for item in _listed(value):
        heights |= {str(name): height for name, height in item.items()} if isinstance(item, Mapping) else {str(item): 0.0}
    return heights


def _plane(value: Any) -> tuple[Vector, float]:
    """Return the normal of a plane and its offset (metres): a level faces up, a wall the middle of the room."""
    plane = _PLANE.validate_python(value)
    if len(plane) != 1:
        raise fault("needs one of x, y, z: where the plane is")
    ((axis, where),) = plane.items()
    sign = 1.0 if axis == "y" else -math.copysign(1, where)
    x, y, z = (sign if axis == name else 0.0 for name in "xyz")
    return (x, y, z), sign * where


def _with_plurals(names: Iterable[str]) -> list[str]:
    return [*names, *(plural for plural, one in PAIRS.items() if f"{one}_r" in names)]


_FREE = ("pitch", "roll", "yaw", "tx", "tz", *(joint.removesuffix("_r").removesuffix("_l") for joint in JOINTS), *JOINTS)
Item = TypeVar("Item")
Many = Annotated[tuple[Item, ...], BeforeValidator(_listed)]
Number = Annotated[float, BeforeValidator(_number)]
FreeNumber = Annotated[float | None, BeforeValidator(lambda value: None if value is None else _number(value))]
_PLANE = TypeAdapter(Annotated[dict[Annotated[str, named("wall", "xzy")], Number], mapping("wall")])
Pair = Annotated[tuple[Number, Number], _numbers(2)]
Point = Annotated[tuple[Number, Number, Number], _numbers(3)]
FreePoint = Annotated[tuple[FreeNumber, FreeNumber, FreeNumber], _numbers(3)]
Position = Annotated[str, named("position", POSITIONS)]
Spot = Annotated[str, named("spot", SPOTS)]
Hand = Annotated[str, named("hand shape", HANDS)]
Part = Annotated[str, named("part", _with_plurals(EFFECTORS))]
Placed = Annotated[str, named("part to place", _with_plurals(EFFECTORS))]
Region = Annotated[str, named("region", _with_plurals(REGIONS))]
Anchor = Annotated[Region | None, BeforeValidator(lambda value: None if value in (None, "none") else value)]


class Block(pydantic.BaseModel):
    """A mapping of known keys, each of which a fault calls *noun* (of a prop: the setting of what the class is named).

    Of the keys in *choice*, if any, exactly one must be written, or *choice_fault* is what is wrong.
    """

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)
    noun: ClassVar[str] = ""
    choice: ClassVar[tuple[str, ...]] = ()
    choice_fault: ClassVar[str] = ""

    @pydantic.model_validator(mode="wrap")
    @classmethod
    def _reword(cls, value: Any, handler: pydantic.ModelWrapValidatorHandler[Self]) -> Self:
        problems: list[tuple[Path, str]] = []
        if cls.choice and sum(key in value for key in cls.choice if isinstance(value, Mapping)) != 1:
            problems.append(((), cls.choice_fault))
        try:
            block = handler(value)
        except ValidationError as error:
            noun = cls.noun or f"setting of {cls.__name__}"
            for line in error.errors(include_url=False):
                path, text = line["loc"], line["msg"]
                if line["type"] == "extra_forbidden":
                    text = unknown(noun, path[-1], [field.alias or name for name, field in cls.model_fields.items()])
                elif line["type"] == "model_type":
                    text = f"{noun} must be a mapping"
                elif line["type"] == "missing":
                    path, text = path[:-1], f"{cls.__name__} needs {path[-1]}"
                problems.append((path, text))
        if problems:
            raise faults(problems)
        return block

    @property
    def written(self) -> dict[str, Any]:
        """The values of the keys that are written."""
        keys = self.model_fields_set
        return {key: value for key, value in vars(self).items() if key in keys}


class ArrowBlock(Block):
    """A movement arrow, as `figure.Arrow` describes it."""

    noun = "setting of an arrow"
    choice = ("track", "turn", "from")
    choice_fault = "an arrow needs one of track, turn, from"

    track: Spot = ""
    turn: Annotated[str, named("segment", FRAME)] = ""
    start: Spot = Field("", alias="from")
    direction: Pair = Field((0, 1), alias="dir")
    gap: Number = 0.05
    length: Number = Field(0.14, alias="len")
    both: Switch = False


class PlaceBlock(Block):
    """Where a part of the body is put, as `request.Place` describes it; a spot may lack its side."""

    noun = "setting"
    choice = ("spot", "at", "plane")
    choice_fault = "needs one of spot, at, plane"

    spot: Annotated[str, PlainValidator(lambda value: value if f"{value}_r" in SPOTS else one_of("spot", value, SPOTS))] = ""
    at: FreePoint = (None, None, None)
    plane: Annotated[Any, PlainValidator(_plane)] = None
    gap: Number = 0
    flat: Switch = True

    @classmethod
    def read(cls, value: Any) -> PlaceBlock:
        """Read a place; a spot or a point alone needs no key."""
        key = "spot" if isinstance(value, str) else "at" if isinstance(value, list | tuple) else ""
        return cls.model_validate({key: value} if key else value)

    def of(self, side: str) -> Place:
        """Return the place of a part on one side of the body, where a spot without a side is, too."""
        spot = {"spot": f"{self.spot}_{side}"} if self.spot and self.spot not in SPOTS else {}
        return Place(**self.written | spot)


class PanelBlock(Block):
    """A panel as it is written, as `figure.Panel` describes it."""

    noun = "key of a panel"

    caption: Annotated[str, _must(lambda v: isinstance(v, str) and len(v.split()) <= 14, "must be one short sentence")] = ""
    position: Position = ""
    joints: Annotated[Angles, PlainValidator(_joints), mapping("joint")] = Field(default_factory=dict)
    turn: Annotated[dict[Annotated[str, named("axis", "xyz")], Number], mapping("axis")] = Field(default_factory=dict)
    contact: Annotated[dict[Region, Number] | None, BeforeValidator(_heights)] = None
    place: Annotated[dict[Placed, Annotated[PlaceBlock, PlainValidator(PlaceBlock.read)]] | None, mapping("place")] = None
    hands: Hand | None = None
    hand_r: Hand | None = None
    hand_l: Hand | None = None
    fingers: Annotated[dict[Annotated[str, named("hand", ("hand_r", "hand_l"))], Point], mapping("hand")] = Field(
        default_factory=dict
    )
    free: Many[Annotated[str, named("joint", _FREE)]] = ()
    stiff: Annotated[dict[str, Number], mapping("joint")] = Field(default_factory=dict)
    support: Number = 0
    shift: Pair = (0, 0)
    keep: Many[Part] = ()
    anchor: Anchor = None
    arrows: Many[ArrowBlock] = ()
    muscles: Many[Annotated[tuple[str, str], PlainValidator(_muscle)]] = ()
    hold: Annotated[str, BeforeValidator(_time)] = ""
    ghost: Switch = False
    belly: Annotated[float, BeforeValidator(_swell)] = 0


def _end(value: Any) -> Any:
    """Read an end of a band or stick: a spot of the body or a point of the room."""
    return one_of("spot", value, SPOTS) if isinstance(value, str) else _POINT.validate_python(value)


def _arguments(make: Callable[..., Any]) -> dict[str, Any]:
    arguments = inspect.signature(make).parameters.values()
    return {a.name: (Switch if a.annotation == "bool" else Number, ... if a.default is a.empty else 0) for a in arguments}


_POINT: TypeAdapter[list[float]] = TypeAdapter(Annotated[list[Number], _numbers(3)])
_WAY = Annotated[list[Number], _numbers(3)]
_ENDS = {"from": (Annotated[Any, PlainValidator(_end)], ...), "to": (Annotated[Any, PlainValidator(_end)], ...)}
# The panels that a prop is seen in, counted from 0.
_PANELS: dict[str, Any] = {"panels": (Annotated[list[Number], BeforeValidator(_listed)], [])}
_HAND = Annotated[str, named("shape of a hand", HANDS)]
# Of each prop its settings: kind, and a default or `...` where it must be written. Those of furniture are the arguments
# of the function that makes it.
_SETTINGS: dict[str, dict[str, Any]] = {name: _arguments(make) for name, make in MAKERS.items()} | {
    "mat": {},
    "band": _ENDS | _PANELS,
    "stick": _ENDS | _PANELS | {"beyond": (Number, 0), "weights": (Number, 0)},
    "water": {"level": (Number, 0)},
    "helper": {"spot": (Spot, ...), "way": (_WAY, ...), "hand": (_HAND, "")} | _PANELS,
    "scar": {"spot": (Spot, ...), "length": (Number, 0), "across": (Switch, False)},
}
PROPS = {name: pydantic.create_model(name, __base__=Block, **settings) for name, settings in _SETTINGS.items()}


def _prop(value: Any) -> tuple[str, dict[str, Any]]:
    """Return the name of a thing in the room, and those of its settings that are written."""
    entry = {value: {}} if isinstance(value, str) else value
    if not isinstance(entry, Mapping) or len(entry) != 1:
        raise fault("must be a name, or a name with its settings")
    ((name, settings),) = entry.items()
    try:
        return name, PROPS[one_of("prop", name, PROPS)].model_validate(settings or {}).written
    except ValidationError as error:
        raise faults(((name, *line["loc"]), line["msg"]) for line in error.errors(include_url=False)) from None


PropEntry = Annotated[tuple[str, dict[str, Any]], PlainValidator(_prop)]
