"""What a picture shows, in words a patient knows: for those who cannot see it. English."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handouts.figure.spec.figure import Figure, Panel

_BODY = {
    "standing": "stands", "sitting": "sits", "kneeling": "kneels", "half-kneeling": "kneels on one knee",
    "long-sitting": "sits on the floor with straight legs", "supine": "lies on the back", "prone": "lies face down",
    "hands-and-knees": "is on hands and knees", "side-lying-left": "lies on the left side",
    "side-lying-right": "lies on the right side",
}  # fmt: skip
_THINGS = {
    "mat": "on a mat", "chair": "with a chair", "bed": "on a bed", "wall": "at a wall", "doorway": "in a doorway",
    "table": "at a table", "step": "at a step", "band": "with an elastic band", "stick": "with a stick",
    "pillow": "with a pillow", "towel": "with a rolled towel", "ball": "with a ball",
    "water": "in deep water", "helper": "with a helper's hand", "scar": "with a scar",
}  # fmt: skip
_SPOTS = {  # where the clinician's word is not the patient's
    "thigh_side": "thigh", "thigh_back": "thigh", "toe": "toes", "belly": "belly", "front_shoulder": "shoulder",
    "nape": "neck", "crown": "head", "temple": "head", "brow": "head", "head_back": "head", "breastbone": "chest",
    "midback": "back", "lowback": "low back", "pelvis": "hips", "tailbone": "tailbone", "thorax": "chest", "uarm": "arm",
    "farm": "forearm", "shank": "lower leg", "side": "side of the body",
}  # fmt: skip
_MUSCLES = {
    "glutes": "buttock", "quads": "front of the thigh", "hamstrings": "back of the thigh", "calf": "calf",
    "abdominals": "belly", "low_back": "low back", "hip_flexor": "front of the hip", "piriformis": "buttock",
    "pectoral": "chest", "upper_trap": "top of the shoulder", "rhomboids": "place between the shoulder blades",
    "deltoid": "shoulder", "side_neck": "side of the neck", "obliques": "side of the waist",
    "deep_neck": "front of the neck", "inner_thigh": "inner thigh",
}  # fmt: skip
_MIDDLE = ("abdominals", "low_back", "deep_neck", "rhomboids")  # muscles that have no side for a patient
_SIDES = {"r": "right", "l": "left"}


# Of every language that captions are written in: a mirrored picture must not keep the words of the other side.
_OPPOSITES = (("left", "right"), ("izquierda", "derecha"), ("izquierdo", "derecho"))
_OTHER = {one: other for pair in _OPPOSITES for one, other in (pair, pair[::-1])}
_SIDE_WORD = re.compile(rf"\b(?:{'|'.join(_OTHER)})(?=s?\b)", re.IGNORECASE)


def other_side(words: str) -> str:
    """Return the words of the other side: left becomes right, and right left, in English and in Spanish."""

    def other(match: re.Match[str]) -> str:
        word = _OTHER[match[0].lower()]
        return word.capitalize() if match[0][0].isupper() else word

    return _SIDE_WORD.sub(other, words)


def alternative(figure: Figure, k: int, ways: Sequence[tuple[str, float, float]], time: str, mirror: bool) -> str:
    """Return what panel *k* shows, in sentences that do not repeat its caption; *ways*: see `svg.PanelDrawing`."""
    panel, many = figure.panels[k], len(figure.panels)
    count = f"Picture {k + 1} of {many}: a person" if many > 1 else "Picture: a person"
    out = [f"{count} {_BODY[panel.position]}{_with(figure, k)}."]
    out += dict.fromkeys(f"An arrow at the {_spot(spot)} points {_way(right, up)}." for spot, right, up in ways)
    if panel.muscles:
        out.append(f"Lines mark the {_listed(_muscles(panel))}.")
    if panel.hold and time:
        out.append(f"A watch shows {time}.")
    text = " ".join(out)
    return other_side(text) if mirror else text


def _with(figure: Figure, k: int) -> str:
    things = [_THINGS[name] for name, _ in figure.props_in(k)]
    return f" {_listed(things)}" if things else ""


def _spot(name: str) -> str:
    stem, _, side = name.rpartition("_")
    if side not in _SIDES:
        return _SPOTS.get(name, name.replace("_", " "))
    return f"{_SIDES[side]} {_SPOTS.get(stem, stem.replace('_', ' '))}"


def _way(right: float, up: float) -> str:
    if abs(up) >= abs(right):
        return "up" if up > 0 else "down"
    return "to the right" if right > 0 else "to the left"


def _muscles(panel: Panel) -> list[str]:
    out = []
    for name, sides in panel.muscles:
        word = _MUSCLES[name]
        if name in _MIDDLE:
            out.append(word)
        else:
            out.append(f"{_SIDES[sides]} {word}" if sides in _SIDES else f"{word} on both sides")
    return out


def _listed(words: Sequence[str]) -> str:
    *first, last = dict.fromkeys(words)
    return f"{', '.join(first)} and {last}" if first else last
