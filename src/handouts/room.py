"""How much room a card takes on the page, estimated before anything is laid out.

A card is never split. One that would be longer than the page in letters of 14 points gets smaller ones, never below 12.
Millimetres and letters a line were measured on the cards of our own content; a test lays out every one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from handouts.artwork import Picture
from handouts.model import Item, Plan

PAGE = {"a4": 230, "letter": 207}  # 255 and 237 are there; the estimate may be 20 too low
LARGE = 18 / 14  # large letters to normal ones
HEAD, FOOT = 40, 16  # name, aim, dose strip and the space around them; frame and headings below
LINE, SMALL_LINE = 6.4, 5.5
FULL, BESIDE, CARE, STOP = 62, 30, 48, 26  # letters a line: steps under and beside pictures, the lists below
CAPTION, CODE = 11, 25
WIDTHS = {  # of one picture, by shape and number, as style/full.css prints them
    "flat": (112, 79, 52, 38),
    "wide": (78, 79, 52, 38),
    "square": (47, 38, 46, 38),
    "tall": (42, 38, 38, 38),
}


def beside(panels: Sequence[Picture]) -> bool:
    """Do the pictures stand beside the steps? One or two of someone upright do; others need the width of the card."""
    return 0 < len(panels) <= 2 and panels[0].shape in ("square", "tall")


def crowded(item: Item, panels: Sequence[Picture], plan: Plan) -> bool:
    """Would this card be longer than its page? In large print only its first part, to the end of the steps, must fit."""
    room = PAGE[plan.patient.print.paper] - CODE * bool(plan.clinic.site_url)
    if plan.layout == "large":
        return doing(item, panels, LARGE) > room
    return doing(item, panels) + minding(item) > room


def doing(item: Item, panels: Sequence[Picture], scale: float = 1) -> float:
    """About how high the card is to the end of what to do, in millimetres; `scale` is that of the letters."""
    side_by_side = beside(panels) and scale == 1  # large print puts one block after the other
    steps = LINE * scale * _lines(item.exercise.steps.items, (BESIDE if side_by_side else FULL) / scale)
    pictures = _pictures(panels) if panels else 0
    said = [item.note and f"A note for you {item.note}", item.load, *item.hints]
    said += [" ".join("Week 1: 10 times, hold 10 seconds." for _ in item.ladder)]
    extras = LINE * scale * _lines(filter(None, said), FULL / scale) + 4 * bool(item.note)
    return HEAD * scale + (max(steps, pictures) if side_by_side else steps + pictures) + extras


def minding(item: Item) -> float:
    """About how high the rest of the card is: what to feel, to watch for, and when to stop."""
    exercise = item.exercise
    left = _lines((*exercise.feel.items, *exercise.watch_out.items), CARE) + 1.5
    right = _lines(exercise.stop_if.items, STOP) + 1
    return FOOT + SMALL_LINE * max(left, right)


def _lines(texts: Iterable[str], width: float) -> int:
    return sum(ceil(len(text) / width) for text in texts)


def _pictures(panels: Sequence[Picture]) -> float:
    return WIDTHS[panels[0].shape][min(len(panels), 4) - 1] / panels[0].ratio + CAPTION
