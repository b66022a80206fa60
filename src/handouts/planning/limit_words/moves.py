"""The moves that a limit names, and what a no to them closes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handouts.planning.limit_words.pieces import Closing, Dates, Piece

_FRONT = r"(?:front|stomach|tummy|belly|abdomen|face)"
_MOVES: tuple[tuple[str, frozenset[Closing]], ...] = (
    (r"blts?", frozenset({"bend", "twist", "lift"})),
    (
        r"(?:side|sideways?|lateral)[- ]?(?:bend(?:ing|s)?|flexion|flex)|(?:bend|lean)(?:ing)? sideways",
        frozenset({"side-bend"}),
    ),
    (
        r"forwards? (?:bend(?:ing|s)?|flexion|lean(?:ing)?)|(?:bend|lean)(?:ing)? (?:forwards?|over|down)",
        frozenset({"flexion"}),
    ),
    (r"flexion|flexing|flex|stoop(?:ing)?|look(?:ing)? down", frozenset({"flexion"})),
    (r"backwards? bend(?:ing|s)?|(?:bend|lean|arch)(?:ing)? back(?:wards?)?", frozenset({"extension"})),
    (r"(?:hyper[- ]?)?extension|extending|extend|ext|arch(?:ing)?|look(?:ing)? up", frozenset({"extension"})),
    (r"back[- ]bend(?:ing|s)?", frozenset({"bend", "extension"})),
    (r"twist(?:ing|s)?|turn(?:ing|s)?|rotat(?:ion|ions|ing|e)", frozenset({"twist"})),
    (r"bend(?:ing|s)?", frozenset({"bend"})),
    (r"lift(?:ing|s)?|carry(?:ing)?|weights?|loads?|push(?:ing)?|pull(?:ing)?", frozenset({"lift"})),
    (
        rf"prone(?: l(?:ying|ie))?|l(?:ying|ie|aying) (?:on )?{_FRONT}(?: down)?|l(?:ying|ie) (?:prone|face[- ]?down)"
        rf"|face[- ]?down(?: lying)?|{_FRONT}[- ]lying",
        frozenset({"front-lying"}),
    ),
    (r"sit(?:ting)?", frozenset({"sit"})),
    (r"walk(?:ing)?", frozenset({"walk"})),
)
_OF_THE_NECK: Mapping[frozenset[Closing], frozenset[Closing]] = {  # said of the neck, some words mean the neck
    frozenset({"twist"}): frozenset({"rotation"}),
    frozenset({"bend"}): frozenset({"neck-movement"}),
    frozenset({"bend", "twist", "lift"}): frozenset({"neck-movement", "bend", "twist", "lift"}),
}
_OWN = r"(?:active |passive )?(?:movements?|motion|moving|move|mobility|range of (?:movement|motion)|rom|arom|exercises?)"
PART = {  # what may stand beside a move and change nothing
    "neck-movement": r"\b(?:of )?(?:neck|cervical|c-spine)\b",
    "": r"\b(?:spinal|lumbar|trunk|thoracic)\b|\b(?:of )?(?:low(?:er)? )?(?:spine|trunk)\b"
    r"|(?<!bend )(?<!bending )\bback$|\b(?:at|from) waist\b",
}


def moves_in(text: str, key: str) -> frozenset[Closing] | None:
    """Return what the named moves close; None where the text is not a list of moves and nothing else."""
    parts = [part.strip() for part in re.split(r"\b(?:and|or|nor)\b|,", text)]
    closed: set[Closing] = set()
    for part in filter(None, parts):
        if (closes := _one_move(part, key)) is None:
            return None
        closed |= closes
    return frozenset(closed)


def _one_move(text: str, key: str) -> frozenset[Closing] | None:
    if re.fullmatch(_OWN, text) or (key == "front-lying" and text in ("lying", "lie")):
        return frozenset({key})
    closes = next((closes for pattern, closes in _MOVES if re.fullmatch(pattern, text)), None)
    return _OF_THE_NECK.get(closes, closes) if closes and key == "neck-movement" else closes


def named(text: str, key: str, dates: Dates) -> Piece | None:
    """Return the moves that a clause names without a yes or a no, as in "bending, twisting: no"."""
    closes = moves_in(text, key)
    return Piece("named", closes) if closes else None
