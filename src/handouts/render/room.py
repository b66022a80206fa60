"""How large the drawings of a card may be: reckoned before anything is laid out, so that no sheet is laid out twice.

A card is never split, so its drawings get what its words leave of the page. Where too little is left for them, the letters
become smaller, never below 12 points. The measures are those of style/full.css; a test lays out every exercise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor
from typing import Literal

from markupsafe import Markup

from handouts.fonts import text_width
from handouts.model import Item, Plan
from handouts.pictures.picture_files import PictureFile

A_POINT = 25.4 / 72  # mm
SAFETY = 2  # mm that stay free on each page: what is reckoned may be so much too low
BROKEN = 7  # mm that WeasyPrint keeps free where a card goes on to the next page
DRAFT = 7  # mm that the line at the top of a draft takes
CODE = 25  # mm that the code for a phone takes
SHARES = (60, 66, 54, 48)  # percent of the card: what to feel and to watch for, beside when to stop
ONE_PAGE = 1.3  # a card in large print stays on one page where its drawings are so much larger than the least
GAP, COLUMN_GAP = 4, 5  # mm between two drawings, and between drawings and the steps beside them
TALLEST, WIDEST, SMALLEST = 82, 167, 18  # mm: larger drawings say no more, smaller ones nothing
CAPTION = 42  # mm at least for a caption beside its drawing
BESIDE = 0.58  # of the card, at most, are drawings that stand beside their steps
WORTH = 1.2  # how much larger drawings must be for the less usual of two ways to place them
USUAL_WIDTH = 161  # mm inside a card on A4
LEAST = {"flat": 60, "wide": 52, "square": 36, "tall": 28}  # mm wide in a card of that width: less is hard to make out
LINE = 32  # of its letters' size: the longest line of text, about 75 letters
HEAVY = 1.005  # a bold word here and there
WIDTHS = range(SMALLEST, WIDEST + 1)  # mm that a drawing may be wide: the style has a rule for each
_LARGE, _SMALL = re.compile(r"<strong>(.*?)</strong>"), re.compile(r"</strong>(.*?)</li>", re.DOTALL)


@dataclass(frozen=True)
class Leaf:
    """The page that a card has, in mm, and its letters, in points.

    A card that `breaks` after its steps, or after its notes, needs room for no more than these.
    """

    width: float
    height: float
    letters: float
    small_letters: float
    breaks: Literal["", "steps", "notes"] = ""
    columns: bool = True  # what to feel, and when to stop, stand side by side
    name: float = 1.75  # of the letters: the exercise's name
    dose: float = 1.9 * 0.89  # of the letters: a number in the dose strip


LEAVES = {
    ("full", "a4"): Leaf(161, 263, 14, 12.46),
    ("full", "letter"): Leaf(167, 245, 14, 12.46),
    ("large", "a4"): Leaf(161, 263, 18, 16, "steps", columns=False),
    ("large", "letter"): Leaf(167, 245, 18, 16, "steps", columns=False),
    ("booklet", "a4"): Leaf(113, 177, 12, 12, "notes", name=1.45, dose=1.5),
    ("booklet", "letter"): Leaf(105, 183, 12, 12, "notes", name=1.45, dose=1.5),
}
CROWDED = {"full": (12.5, 12), "large": (16, 16), "booklet": (12, 12)}  # points


@dataclass(frozen=True)
class Fit:
    """How a card fits its page: each drawing's width in mm, how drawings and steps stand, and whether letters are smaller.

    Drawings stand in a `row` above the steps, `stacked` above them with their captions beside, or `beside` them. What to
    feel and to watch for has `care` percent of the width. A card that is `whole` could break, but need not.
    """

    width: int
    arrangement: Literal["row", "stacked", "beside"] = "row"
    crowded: bool = False
    care: int = SHARES[0]
    whole: bool = False


CardWords = Mapping[str, Markup]  # the dose, load, ladder and note of a card, in the language of the sheet


def fit(item: Item, panels: Sequence[PictureFile], plan: Plan, words: CardWords) -> Fit:
    """The largest drawings that leave a card of this plan whole on its page."""
    layout = plan.layout if (plan.layout, plan.patient.print.paper) in LEAVES else "full"
    leaf = LEAVES[layout, plan.patient.print.paper]
    leaf = replace(leaf, height=leaf.height - SAFETY - DRAFT * plan.draft)
    whole = replace(leaf, breaks="", height=leaf.height - CODE * bool(plan.clinic.site_url))
    if leaf.breaks == "steps":
        fitted = _largest(item, panels, whole, words)
        if fitted.width >= ONE_PAGE * _least(panels, leaf):
            return replace(fitted, whole=True)
    leaf = replace(leaf, height=leaf.height - BROKEN) if leaf.breaks else whole
    usual = _largest(item, panels, leaf, words)
    if usual.width >= _least(panels, leaf):
        return usual
    letters, small_letters = CROWDED[layout]
    tight = _largest(item, panels, replace(leaf, letters=letters, small_letters=small_letters), words)
    return replace(tight, width=max(tight.width, floor(0.8 * _least(panels, leaf)), SMALLEST), crowded=True)


def _least(panels: Sequence[PictureFile], leaf: Leaf) -> int:
    if not panels:
        return 0
    return floor(min(LEAST[panels[0].shape] * leaf.width / USUAL_WIDTH, _share(panels, leaf.width)))


def _share(panels: Sequence[PictureFile], width: float) -> float:
    """The width of one drawing where all stand in one row."""
    return (width - GAP * (len(panels) - 1)) / len(panels)


def _largest(item: Item, panels: Sequence[PictureFile], leaf: Leaf, words: CardWords) -> Fit:
    """The better of two ways to place the drawings; a width below 0 is that of a card without room for its words."""
    minding, care = _minding(item, leaf)
    room = leaf.height - sum(_around(item, leaf, words)) - (0 if leaf.breaks else minding)
    return replace(_placed(item, panels, leaf, room), care=care)


def _placed(item: Item, panels: Sequence[PictureFile], leaf: Leaf, room: float) -> Fit:
    if not panels:
        return Fit(0 if room >= _steps(item, leaf.width, leaf.letters) else -1)
    best = _row(item, panels, leaf, room)
    if panels[0].shape == "flat" and len(panels) > 1:
        other = _stacked(item, panels, leaf, room)
    elif len(panels) > 2 or panels[0].shape not in ("square", "tall"):
        return best
    else:
        other = _beside(item, panels, leaf, room)
        if leaf.columns and not leaf.breaks:  # people expect steps beside a figure, but no narrow or large-lettered column
            best, other = other, best
    return other if other.width > WORTH * best.width else best


def _row(item: Item, panels: Sequence[PictureFile], leaf: Leaf, room: float) -> Fit:
    share = _share(panels, leaf.width)
    room -= _steps(item, leaf.width, leaf.letters) + 2.25 + _captions(panels, share, leaf)
    most = min(share, WIDEST, TALLEST * min(one.ratio for one in panels))
    return Fit(next((width for width in _widths(most) if _height(panels, width) <= room), -1))


def _stacked(item: Item, panels: Sequence[PictureFile], leaf: Leaf, room: float) -> Fit:
    room -= _steps(item, leaf.width, leaf.letters) + 2.25 + GAP * (len(panels) - 1)
    most = min(leaf.width - CAPTION, WIDEST)
    drawn = sum(1 / one.ratio for one in panels)
    return Fit(next((width for width in _widths(most) if width * drawn <= room), -1), "stacked")


def _beside(item: Item, panels: Sequence[PictureFile], leaf: Leaf, room: float) -> Fit:
    most = min(_share(panels, BESIDE * leaf.width - COLUMN_GAP), TALLEST * min(one.ratio for one in panels))
    for width in _widths(most):
        left = leaf.width - len(panels) * (width + GAP) + GAP - COLUMN_GAP
        drawn = _height(panels, width) + _captions(panels, width, leaf)
        if max(drawn, _steps(item, left, leaf.letters)) <= room:
            return Fit(width, "beside")
    return Fit(-1, "beside")


def _widths(most: float) -> Iterator[int]:
    return iter(range(floor(most), SMALLEST - 1, -1))


def _height(panels: Sequence[PictureFile], width: float) -> float:
    return max(width / one.ratio for one in panels)


def _captions(panels: Sequence[PictureFile], width: float, leaf: Leaf) -> float:
    """The height of the captions below a row of drawings."""
    lines = max(_lines(one.caption, width, leaf.small_letters, bold=True) for one in panels)
    return 0.75 + lines * leaf.small_letters * 1.2 * A_POINT


def _steps(item: Item, width: float, letters: float) -> float:
    indent = 1.45 * letters * A_POINT
    return _block(item.exercise.steps.items, width - indent, letters, 1.27, before_each=0.75)


def _around(item: Item, leaf: Leaf, words: CardWords) -> Iterator[float]:
    """What a card has around drawings and steps, down to its note, as style/full.css sets it."""
    letters, exercise = leaf.letters, item.exercise
    text = {part: markup.striptags() for part, markup in words.items()}
    yield 1.3 * letters * A_POINT + 1.75 + 1.4 + 2.25 + 3.5 + 0.4  # number, frame
    yield _block([exercise.name], leaf.width, leaf.name * letters, 1.15, bold=True)
    yield _block([exercise.aim], leaf.width, letters, 1.25, before_each=0.75)
    yield 3 + 1.1 + 2 + _dose(words["dose"], leaf)
    yield _block(filter(None, [text["load"]]), leaf.width, letters, 1.32, before_each=2.25)
    yield 2.25
    if leaf.breaks == "steps":
        return
    yield _block(filter(None, [text["ladder"], *item.changes, *item.hints]), leaf.width, letters, 1.25, before_each=1.5)
    yield _block(filter(None, [text["note"]]), leaf.width - 6.7, letters, 1.25, before_each=4)


def _dose(strip: Markup, leaf: Leaf) -> float:
    """The height of a dose strip: large words, and below them smaller ones, broken where they are too long together."""
    cells = [Markup(cell).striptags().split() for cell in _SMALL.findall(strip)]
    heads = [Markup(head).striptags() for head in _LARGE.findall(strip)]
    large, small = leaf.dose * leaf.letters, leaf.small_letters
    if not any(cells):  # words such as "every time you sit down"
        return _block(heads, leaf.width - 3, leaf.dose / 1.9 * 1.4 * leaf.letters, 1.05, bold=True)
    widths = [
        max(text_width(head, bold=True) * large, text_width(" ".join(words)) * small) * A_POINT + 3.3
        for head, words in zip(heads, cells, strict=True)
    ]
    lines = 1 if sum(widths) <= leaf.width - 1 else max(map(len, cells))
    return (large + lines * small) * 1.05 * A_POINT


def _minding(item: Item, leaf: Leaf) -> tuple[float, int]:
    """The height of what to feel, to watch for and to stop for, and how to share the width so that it is least."""
    if not leaf.columns:
        care, stop = _care(item, leaf.width, leaf), _stop(item, leaf.width, leaf)
        return 2.25 + care + 3 + stop, SHARES[0]
    heights = {
        share: max(_care(item, share / 100 * leaf.width, leaf), _stop(item, (1 - share / 100) * leaf.width - 5, leaf))
        for share in SHARES
    }
    share = min(SHARES, key=heights.__getitem__)
    return 2.25 + heights[share], share


def _care(item: Item, width: float, leaf: Leaf) -> float:
    small, indent = leaf.small_letters, 1.1 * leaf.small_letters * A_POINT
    lists = (item.exercise.feel.items, item.exercise.watch_out.items)
    return 2 * (_heading(small) + 1) + 1.5 + sum(_block(one, width - indent, small, 1.22, before_each=0.75) for one in lists)


def _stop(item: Item, width: float, leaf: Leaf) -> float:
    small, indent = leaf.small_letters, 1.1 * leaf.small_letters * A_POINT
    entries = _block(item.exercise.stop_if.items, width - 7.4 - indent, small, 1.22, before_each=0.75)
    return _heading(small) + 1.15 + 2 + 1.5 + 0.7 + entries


def _heading(letters: float) -> float:
    return 1.1 * 1.15 * letters * A_POINT


def _block(
    texts: Iterable[str], width: float, letters: float, spacing: float, *, before_each: float = 0, bold: bool = False
) -> float:
    """The height of texts below each other, in mm."""
    width = min(width, LINE * letters * A_POINT)
    return sum(_lines(one, width, letters, bold=bold) * letters * spacing * A_POINT + before_each for one in texts)


def _lines(text: str, width: float, letters: float, *, bold: bool = False) -> int:
    """How many lines a text takes, broken between words."""
    size = letters * A_POINT * HEAVY
    space, lines, used = text_width(" ", bold=bold) * size, 1, 0.0
    for word in text.split():
        long = text_width(word, bold=bold) * size
        if used and used + space + long > width:
            lines, used = lines + 1, long
        else:
            used += (space if used else 0) + long
        lines, used = lines + int(used // width), used % width  # a word longer than its line is broken
    return lines
