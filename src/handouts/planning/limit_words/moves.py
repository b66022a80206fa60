"""The moves that a limit names, and what a no to them closes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handouts.planning.limit_words.pieces import Closing, Dates, Piece

_FRONT = r"(?:front|stomach|tummy|belly|abdomen|face)"
_MOVES: tuple[tuple[str, frozenset[Closing]], ...] = (
    (r"blts?", frozenset({"bend", "twist", "lift"})),
    (
        r"(?:side|sideways?|lateral)[- ]?(?:bend(?:ing|s)?|flexion|flex)|lat(?:eral)? flex(?:ion)?"
        r"|(?:bend|lean)(?:ing)? sideways",
        frozenset({"side-bend"}),
    ),
    (
        r"(?:forwards?|fwd) (?:bend(?:ing|s)?|flexion|flex|lean(?:ing)?)|(?:bend|lean)(?:ing)? (?:forwards?|over|down)",
        frozenset({"flexion"}),
    ),
    (r"flexion|flexing|flex|stoop(?:ing)?|look(?:ing)? down", frozenset({"flexion"})),
    (r"backwards? bend(?:ing|s)?|(?:bend|lean|arch)(?:ing)? back(?:wards?)?", frozenset({"extension"})),
    (r"(?:hyper[- ]?)?extension|extending|extend|ext|arch(?:ing)?|look(?:ing)? up", frozenset({"extension"})),
    (r"back[- ]bend(?:ing|s)?", frozenset({"bend", "extension"})),
    (r"twist(?:ing|s)?|turn(?:ing|s)?|rotat(?:ion|ions|ing|e)|rotn?", frozenset({"twist"})),
    (r"bend(?:ing|s)?", frozenset({"bend"})),
    (r"lift(?:ing|s)?|carry(?:ing)?|weights?|loads?|push(?:ing)?|pull(?:ing)?", frozenset({"lift"})),
    (
        rf"prone(?: l(?:ying|ie))?|l(?:ying|ie|aying) (?:on )?{_FRONT}(?: down)?|l(?:ying|ie) (?:prone|face[- ]?down)"
        rf"|face[- ]?down(?: lying)?|{_FRONT}[- ]lying|on {_FRONT}",
        frozenset({"front-lying"}),
    ),
    (r"sit(?:ting)?", frozenset({"sit"})),
    (r"walk(?:ing)?", frozenset({"walk"})),
)
_MOVES_ANYWHERE = tuple((re.compile(rf"\b(?:{pattern})\b"), closes) for pattern, closes in _MOVES)
_OF_THE_NECK: Mapping[frozenset[Closing], frozenset[Closing]] = {  # said of the neck, some words mean the neck
    frozenset({"twist"}): frozenset({"rotation"}),
    frozenset({"bend"}): frozenset({"neck-movement"}),
    frozenset({"bend", "twist", "lift"}): frozenset({"neck-movement", "bend", "twist", "lift"}),
}
_OWN = (
    r"(?:active |passive )?(?:movements?|motion|moving|move|mobility|range of (?:movement|motion)"
    r"|a?rom|mvts?|mov't|ex|exs|ex's|exercises?|(?:a?rom|movement) (?:ex|exs|exercises))"
)
PART = {  # what may stand beside a move and change nothing
    "neck-movement": r"\b(?:of )?(?:neck|cervical|c-spine|c/s|cx|head)\b",
    "": r"\b(?:spinal|lumbar|trunk|thoracic|l/s|lx|tx)\b|\b(?:of )?(?:low(?:er)? )?(?:spine|trunk)\b"
    r"|(?<!bend )(?<!bending )\bback$|\b(?:at|from) waist\b",
}


def moves_in(text: str, key: str) -> frozenset[Closing] | None:
    """Return what the named moves close; None where the text is not a list of moves and nothing else."""
    parts = [part.strip() for part in re.split(r"\b(?:and|or|nor)\b|,", text)]
    if any(part and _one_move(part, key) is None for part in parts):
        parts = text.split()  # "bend lift twist"
    found = [_one_move(part, key) for part in parts if part]
    closed = [closes for closes in found if closes]
    return frozenset().union(*closed) if len(closed) == len(found) else None


def mentioned_in(text: str, key: str) -> frozenset[Closing]:
    """Return what a no to each move that is named anywhere in a text would close."""
    return frozenset().union(*(_of_neck(closes, key) for pattern, closes in _MOVES_ANYWHERE if pattern.search(text)))


def _one_move(text: str, key: str) -> frozenset[Closing] | None:
    if re.fullmatch(_OWN, text) or (key == "front-lying" and text in ("lying", "lie")):
        return frozenset({key})
    closes = next((closes for pattern, closes in _MOVES if re.fullmatch(pattern, text)), None)
    return closes and _of_neck(closes, key)


def _of_neck(closes: frozenset[Closing], key: str) -> frozenset[Closing]:
    return _OF_THE_NECK.get(closes, closes) if key == "neck-movement" else closes


def named(text: str, key: str, dates: Dates) -> Piece | None:
    """Return the moves that a clause names without a yes or a no, as in "bending, twisting: no"."""
    closes = moves_in(text, key)
    return Piece("named", closes) if closes else None
