"""Drawings get the room that a card's words leave on its page: as large as that allows, and never larger."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from babel.messages.pofile import read_po
from markupsafe import Markup
from support import printing
from support.pdf_structure import bare, page_texts, texts
from support.plans import NOTE, whole_library
from support.sheets import POINTS_A_MM, plain

from handouts.app.layers import Layers
from handouts.model import Plan
from handouts.pictures.drawings import illustrate
from handouts.pictures.picture_files import draw_artwork
from handouts.render.markdown import together
from handouts.render.room import TALLEST, WIDEST, WORTH, Fit, fit
from handouts.render.sheet import compose

LOCALES = Path(__file__).parents[1] / "templates/locale"
DOSE = Markup("<ul><li><strong>10</strong> times</li><li><strong>every</strong> day</li></ul>")
FOOT = 21  # mm of the page below the last line
FREE = 45  # mm that may stay free below a card whose drawings could be larger: a line or two, or another way to place them

Printed = Callable[[str, str, str | None], tuple[Plan, bytes]]


@pytest.fixture(scope="module")
def printed() -> Printed:
    """All exercises in one layout on one paper."""

    @cache
    def make(layout: str, paper: str, note: str | None) -> tuple[Plan, bytes]:
        plan = whole_library(layout, paper, note)
        return plan, printing.printed(compose(plan, Layers().environment(), illustrate(plan)))

    return make


@pytest.mark.pdf
@pytest.mark.parametrize("layout", ["large", "booklet"])
def test_the_number_of_an_exercise_is_on_the_page_of_its_steps(printed: Printed, layout: str) -> None:
    plan, pdf = printed(layout, "letter", NOTE)
    pages = [bare(text) for text in page_texts(pdf)]
    apart = []
    for number, item in enumerate(plan.items, 1):
        page = pages[page_of(pages, number, plan)]
        apart += [item.exercise.slug for step in item.exercise.steps.items if plain(step) not in page]
    assert apart == []


def page_of(pages: list[str], number: int, plan: Plan) -> int:
    """The page of the card with this number."""
    return next(place for place, text in enumerate(pages) if bare(f"Exercise {number} of {len(plan.items)}") in text)


@pytest.mark.pdf
def test_drawings_are_as_large_as_their_page_allows(printed: Printed) -> None:
    plan, pdf = printed("full", "a4", None)
    drawn, panels = widest_drawings(pdf), draw_artwork(plan, illustrate(plan)).panels
    lowest: dict[int, float] = {}
    for run in texts(pdf):
        if run.size > 11:  # not in the margin
            lowest[run.page] = min(run.box[1] / POINTS_A_MM, lowest.get(run.page, 300))
    small = []
    pages = [bare(text) for text in page_texts(pdf)]
    for number, item in enumerate(plan.items, 1):
        page = page_of(pages, number, plan)
        own = panels[item.exercise.slug]
        share = (161 - 4 * (len(own) - 1)) / len(own)
        most = min(share, WIDEST, TALLEST * min(one.ratio for one in own)) / WORTH
        if drawn[page] < most - 1 and lowest[page] - FOOT > FREE:
            small.append(f"{item.exercise.slug}: {drawn[page]:.0f} mm of {most:.0f}, {lowest[page] - FOOT:.0f} mm free")
    assert small == []


def widest_drawings(pdf: bytes) -> Mapping[int, float]:
    """The width in mm of the widest figure of each page."""
    found: dict[int, float] = {}
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pages = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        figures = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        for one in figures:
            width = float(one.A.BBox[2] - one.A.BBox[0]) / POINTS_A_MM
            number = pages[one.Pg.objgen]
            found[number] = max(width, found.get(number, 0))
    return found


def test_more_words_never_make_a_drawing_larger() -> None:
    plan = whole_library("full", "letter", None)
    panels = draw_artwork(plan, illustrate(plan)).panels

    def fits(note: str) -> Mapping[str, Fit]:
        said = {"dose": DOSE, "load": Markup(""), "ladder": Markup(""), "note": Markup(note)}
        return {item.exercise.slug: fit(item, panels[item.exercise.slug], plan, said) for item in plan.items}

    usual, wordy = fits(""), fits(NOTE * 3)
    smaller = [slug for slug in usual if wordy[slug].width < usual[slug].width]
    assert len(smaller) > 40
    larger = [slug for slug in usual if wordy[slug].width > usual[slug].width]
    assert [slug for slug in larger if not wordy[slug].crowded and wordy[slug].arrangement == usual[slug].arrangement] == []


def test_what_is_large_in_a_dose_comes_first_in_every_language() -> None:
    """A card's room is reckoned with a large word above smaller ones."""
    for path in LOCALES.glob("*/LC_MESSAGES/handouts.po"):
        with path.open("rb") as file:
            catalogue = read_po(file)
        phrases = [message for message in catalogue if "<strong>" in str(message.id) and "_dose" in str(message.locations)]
        texts = [text for one in phrases for text in ([one.string] if isinstance(one.string, str) else one.string)]
        assert len(texts) >= 8
        assert [text for text in texts if not text.startswith("<strong>")] == [], path


def test_when_to_stop_and_what_to_feel_share_a_card_so_that_neither_is_long() -> None:
    """Walking has much to stop for; a leg lift has more to watch for."""
    plan = whole_library("full", "a4", None)
    panels, said = (
        draw_artwork(plan, illustrate(plan)).panels,
        {"dose": DOSE, **dict.fromkeys(("load", "ladder", "note"), Markup(""))},
    )
    care = {item.exercise.slug: fit(item, panels[item.exercise.slug], plan, said).care for item in plan.items}
    assert care["walking"] < 60 < care["prone-leg-lift"]


@pytest.mark.pdf
def test_a_short_card_in_large_print_stays_on_one_page(printed: Printed) -> None:
    plan, pdf = printed("large", "a4", None)
    pages = [bare(text) for text in page_texts(pdf)]
    places = {item.exercise.slug: page_of(pages, number, plan) for number, item in enumerate(plan.items, 1)}
    assert bare("Stop if") in pages[places["gluteal-set"]]
    assert bare("Stop if") not in pages[places["bird-dog"]]
    assert bare("Stop if") in pages[places["bird-dog"] + 1]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Rest when your set time is up.", "Rest when your set time is\u00a0up."),
        (
            Markup("<p>Add a little.</p>\n<ul><li>Do not lift it</li></ul>"),
            "<p>Add a\u00a0little.</p>\n<ul><li>Do not lift\u00a0it</li></ul>",
        ),
        ("Feel the strengthening physiotherapist", "Feel the strengthening physiotherapist"),
        ("Stop.", "Stop."),
        ("one < two", "one &lt; two"),
    ],
)
def test_the_last_two_words_of_a_text_stay_together_where_they_are_short(text: str, kept: str) -> None:
    assert together(text) == kept
