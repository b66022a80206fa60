"""What stands where on a sheet: its blocks are measured, its cards share pages, and its parts fill what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import product
from typing import NamedTuple

from handouts.model import Plan
from handouts.pdf.blocks import Block, Paper
from handouts.pictures.picture_files import Artwork
from handouts.render.layouts import Layout
from handouts.render.packing import LEAST_FULL, Group, flow, pack
from handouts.render.placing import Placing, place
from handouts.render.templates import Templates, render

GAP = 3.0  # mm below a card, as style/print.css has it
CODE = 27.0  # mm that a code for a phone takes beside the steps, as style/print.css has it
EARLY = 0.35  # of a page that must be free below the signs for parts to stand there


class Leaf(NamedTuple):
    """Cards that share a page: the number of each on the sheet, and how it is printed.

    A `spread` is a card that is longer than a page: it has two that lie open side by side.
    """

    spread: bool
    cards: tuple[tuple[int, Placing], ...]


class Part(NamedTuple):
    """A part of a sheet by its template; `new_page` where it starts one."""

    template: str
    new_page: bool = False


class Composed(NamedTuple):
    """What stands before the cards, the cards page by page, and what follows.

    `torn` are the urgencies of red flags whose box is longer than a page.
    """

    before: tuple[Part, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    after: tuple[Part, ...] = ()
    torn: tuple[str, ...] = ()


class Composer:
    """Composes the sheet of one plan by one layout."""

    def __init__(self, plan: Plan, layout: Layout, templates: Templates, artwork: Artwork, style: str) -> None:
        self.plan, self.layout, self.templates, self.artwork = plan, layout, templates, artwork
        self.width, self.room = layout.room(plan.patient.print.paper, draft=plan.draft)
        attributes = f'lang="{plan.patient.language}" class="{plan.patient.print.ink}{" is-draft" if plan.draft else ""}"'
        self.top = layout.margins.top + (layout.margins.draft if plan.draft else 0)
        self.paper = Paper(style, self.width, attributes, artwork.stand_ins())

    def compose(self) -> Composed:
        """Return what stands where; a sheet without exercises has nothing to share out.

        The cards of the last page shrink where that saves a page of what follows them.
        """
        if self.plan.emergency:
            return Composed()
        if self.layout.one_leaf:
            return self._leaf()
        torn = self._torn(["_head", "_plan"])
        page, down = self.paper.end_of(self._block("_front", torn=torn), self.top)
        before, rest = self._early_parts(self.room - down if page else 0.0)
        heights, groups = self._groups()
        last = groups[-1]
        options = []
        for fit in range(last.fit, len(self.layout.cards.fits)):
            if fit == len(heights):
                heights.append(self._card_heights(fit))
            end = sum(heights[fit][last.first : last.stop]) + GAP * (last.stop - last.first) + self._bar
            cost, after = self._after(rest, end)
            options.append((cost[0], fit, after))
        _, fit, after = min(options, key=lambda option: option[:2])
        packed = (*groups[:-1], last._replace(fit=fit))
        leaves = tuple(Leaf(not self._whole([group], heights), self._cards(group)) for group in packed)
        return Composed(tuple(map(Part, before)), leaves, after, torn)

    def _block(self, template: str, **context: object) -> str:
        names = {"plan": self.plan, "layout": self.layout, "artwork": self.artwork, "on_screen": False, **context}
        return render(self.templates, "handout/block.html", template=f"handout/{template}.html", **names)

    def _heights(self, templates: Sequence[str]) -> list[float]:
        return self.paper.heights([Block(self._block(template)) for template in templates])

    def _early_parts(self, free: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the parts that fill the page on which the signs end, if that is not the first, and those that are left."""
        parts = self.layout.parts
        if free < EARLY * self.room:
            return (), parts
        heights = self._heights(parts)
        here = next((count for count in range(len(parts), 0, -1) if sum(heights[:count]) <= free), 0)
        return parts[:here], parts[here:]

    def _torn(self, above: Sequence[str] = ()) -> tuple[str, ...]:
        """Return the urgencies of red flags whose box goes on to a next page: it is longer than one, or would leave a hole.

        `above` are the templates of what stands on the page before the first of them.
        """
        urgencies = tuple(dict.fromkeys(flag.urgency for flag in self.plan.red_flags))
        ones = [tuple(flag for flag in self.plan.red_flags if flag.urgency == urgency) for urgency in urgencies]
        blocks = [Block(self._block("_red_flags", plan=replace(self.plan, red_flags=flags)), private=False) for flags in ones]
        down, torn = sum(self._heights(above)), []
        for urgency, height in zip(urgencies, self.paper.heights(blocks), strict=True):
            if height > self.room or (down + height > self.room and down < LEAST_FULL * self.room):
                torn.append(urgency)
                down = (down + height) % self.room
            else:
                down = down + height if down + height <= self.room else height
        return tuple(torn)

    def _leaf(self) -> Composed:
        """Return the front and the back of one leaf, what is said of the sheet standing where there is room for it."""
        cards = self.layout.cards
        for number, fit in enumerate(cards.fits):
            placing = Placing(number, round(fit.picture), 1, "bare", fit.tight)
            page, down = self.paper.end_of(self._block("_head") + self._block(self.layout.card, fit=placing), self.top)
            if page == 0:
                break
        foot, signs = self._heights(["_foot", "_red_flags"])
        on_front = signs + foot > self.room and page == 0 and down + foot <= self.room
        part = (Part("_foot"),)
        leaf = Leaf(False, ((1, placing),))
        torn = self._torn()
        return Composed(part, (leaf,), (), torn) if on_front else Composed((), (leaf,), part, torn)

    @cached_property
    def _bar(self) -> float:
        """The height of the bar below the cards of each page."""
        return self._heights(["_stop_bar"])[0]

    def _groups(self) -> tuple[list[list[float]], tuple[Group, ...]]:
        """Return the heights of the cards in each fit that was tried, and which cards share a page."""
        cards = self.layout.cards
        heights: list[list[float]] = []
        groups: tuple[Group, ...] = ()
        for fit in range(len(cards.fits)):
            heights.append(self._card_heights(fit))
            groups = pack(heights, self.room, cards.a_page, self._bar, GAP)
            if len(groups) == self._fewest() and self._whole(groups, heights):
                break
        return heights, groups

    def _fewest(self) -> int:
        """Return the number of pages that the cards take where two share one: smaller cards than that save no page."""
        cards = self.layout.cards
        return -(-len(self.plan.items) // min(2, cards.a_page))

    def _whole(self, groups: Sequence[Group], heights: Sequence[Sequence[float]]) -> bool:
        tall = (sum(heights[fit][first:stop]) + GAP * (stop - first) + self._bar for first, stop, fit in groups)
        return all(one <= self.room for one in tall)

    def _placing(self, number: int, fit: int) -> Placing:
        cards = self.layout.cards
        slug = self.plan.items[number].exercise.slug
        words = cards.words + (CODE if slug in self.artwork.codes else 0)
        return place(self.artwork.panels.get(slug, ()), cards.fits[fit], fit, self.width, words)

    def _cards(self, group: Group) -> tuple[tuple[int, Placing], ...]:
        return tuple((number + 1, self._placing(number, group.fit)) for number in range(group.first, group.stop))

    def _card_heights(self, fit: int) -> list[float]:
        blocks = []
        for number, item in enumerate(self.plan.items):
            html = self._block(self.layout.card, item=item, number=number + 1, fit=self._placing(number, fit))
            blocks.append(Block(html, private=bool(item.note or item.load)))
        return [height - GAP for height in self.paper.heights(blocks)]

    def _after(self, parts: tuple[str, ...], end: float) -> tuple[tuple[float, ...], tuple[Part, ...]]:
        """Return what follows the cards, in the order that takes the fewest pages and leaves none of them half empty.

        With it comes what it costs: the pages, how empty one of them is, and how many parts were moved.

        What ends a sheet may be moved before the chart, which starts a page of its own.
        """
        chart, others = self.layout.last[:1], self.layout.last[1:]
        sizes = dict(zip((*parts, *self.layout.last), self._heights((*parts, *self.layout.last)), strict=True))
        options = []
        for early in product((False, True), repeat=len(others)):
            moved = [one for one, is_early in zip(others, early, strict=True) if is_early]
            left = [one for one in others if one not in moved]
            pages, down = flow([sizes[one] for one in (*parts, *moved)], end, self.room)
            hole = max(0.0, LEAST_FULL - down / self.room)
            more, _ = flow([sizes[one] for one in (*chart, *left)], 0.0, self.room)
            options.append((pages + more, round(hole, 2), len(moved), moved, left))
        *cost, moved, left = min(options, key=lambda option: option[:3])
        return tuple(cost), (*map(Part, (*parts, *moved)), *(Part(one, new_page=True) for one in chart), *map(Part, left))
