"""Sheets as a black-and-white printer shows them: every letter whole, dark, on a plain ground and inside the page.

The short cases are a real patient; the long ones have every text as long as it may be, in tests/worst.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from support import printing, written
from support.layouts import LAYOUTS
from support.pdf_structure import bare, figures, page_texts, structure, texts
from support.print_look import LEAST_CONTRAST, contrast, faults
from support.sheets import POINTS_A_MM, accept, overprinted, plain

from handouts.app.layers import Layers
from handouts.app.plans import plan_handouts
from handouts.model import Plan
from handouts.pictures.drawings import illustrate
from handouts.render.sheet import Sheet, compose

DAY = date(2026, 11, 21)
WORST = Path(__file__).parent / "worst" / "eight.yaml"
FOLD_MM = {"left_mm": 14, "right_mm": 14}  # small pages are folded, not punched; a long number takes two lines


@cache
def planned(path: Path) -> Plan:
    (plan,) = plan_handouts([path], Layers(), DAY)
    return plan


def composed(plan: Plan, **look: str) -> Sheet:
    """A sheet printed in another way than its file says; a booklet as its single pages."""
    patient = plan.patient
    plan = replace(plan, patient=patient.model_copy(update={"print": patient.print.model_copy(update=look)}))
    return compose(plan, Layers().environment(patient.language), illustrate(plan))


@cache
def printed(path: Path, layout: str, paper: str = "a4", size: str = "normal") -> bytes:
    return printing.printed(composed(planned(path), layout=layout, paper=paper, size=size))


def margins(layout: str) -> dict[str, float]:
    return FOLD_MM if layout == "booklet" else {}


def example(name: str) -> Path:
    return written.EXAMPLES / f"{name}.yaml"


# Ink -------------------------------------------------------------------------------------------------------------------


@pytest.mark.pdf
@pytest.mark.parametrize(("layout", "ink"), [*product(LAYOUTS, ("grey", "colour"))])
def test_all_letters_keep_their_contrast_on_a_black_and_white_printer(layout: str, ink: str) -> None:
    accept(faults(printing.printed(composed(planned(example("lumbar-acute")), layout=layout, ink=ink)), **margins(layout)))


def test_the_clinic_of_the_longest_sheet_has_the_palest_colour_that_may_be_printed() -> None:
    assert (planned(WORST).clinic.colour, planned(WORST).patient.print.ink) == ("#595959", "colour")
    assert LEAST_CONTRAST <= contrast(0x59, 255) < LEAST_CONTRAST + 0.01
    assert contrast(0, 255) == pytest.approx(21)
    assert contrast(0x77, 255) == pytest.approx(4.48, abs=0.01)


# Long texts ------------------------------------------------------------------------------------------------------------

LONG = [(layout, paper, "normal") for layout in ("compact", "fridge", "booklet") for paper in ("a4", "letter")]
LONG += [(layout, paper, "large") for layout in ("compact", "fridge") for paper in ("a4", "letter")]
LONG += [("full", "letter", "normal")]  # of `large` the example shows enough, and test_layout.py the longest


@pytest.mark.pdf
@pytest.mark.parametrize("case", LONG, ids="-".join)
def test_the_longest_sheet_is_drawn_whole(case: tuple[str, str, str]) -> None:
    pdf = printed(WORST, *case)
    accept(faults(pdf, **margins(case[0])) + [f"{one!r} over {other!r}" for one, other in overprinted(pdf)])


@pytest.mark.pdf
@pytest.mark.parametrize("case", LONG, ids="-".join)
def test_the_longest_sheet_loses_no_sign_no_number_and_no_word_of_the_clinic(case: tuple[str, str, str]) -> None:
    pages = [bare(text) for text in page_texts(printed(WORST, *case))]
    said = "".join(pages)
    patient, clinic = written.patient(WORST), planned(WORST).clinic
    signs = [plain(sign) for flag in written.red_flags(patient) for sign in flag.lists["Signs"]]
    wanted = [clinic.name, clinic.address, clinic.email, clinic.hours, patient["goal"], patient["therapist"], patient["name"]]
    assert len(signs) > 40
    assert [text for text in (*signs, *map(bare, filter(None, wanted))) if text not in said] == []
    assert [number for number, page in enumerate(pages, 1) if bare(f"Call {clinic.phone}") not in page] == []


@pytest.mark.pdf
@pytest.mark.parametrize("case", [("booklet", "a4", "normal"), ("fridge", "letter", "large")], ids="-".join)
def test_a_code_beside_a_long_address_stays_large_enough_to_be_read(case: tuple[str, str, str]) -> None:
    codes = [box for said, (_, box) in figures(printed(WORST, *case)).items() if said.startswith("Square code")]
    assert codes
    assert [right - left for left, _, right, _ in codes if right - left < 20 * POINTS_A_MM] == []


@pytest.mark.pdf
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("layout", ["compact", "fridge"])
def test_large_print_makes_the_letters_of_every_layout_large(layout: str, paper: str) -> None:
    pdf = printed(WORST, layout, paper, "large")
    own = {piece.text for piece in structure(pdf).walk() if not piece.kind}
    assert [run.text for run in texts(pdf) if run.text in own and round(run.size, 1) < 16] == []
    assert len(own) > 100


# The fridge door -------------------------------------------------------------------------------------------------------


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("name", "paper", "pages"),
    [
        ("post-op-fusion-week-3", "a4", 2), ("post-op-fusion-week-3", "letter", 3), ("post-op-acdf-week-8", "letter", 3),
        ("cervical-acute-left", "letter", 3), ("lumbar-acute", "letter", 2), ("lumbar-late-large-curve", "a4", 2),
    ],
)  # fmt: skip
def test_a_fridge_sheet_is_a_page_and_its_back(name: str, paper: str, pages: int) -> None:
    pdf = printed(example(name), "fridge", paper)
    assert len(page_texts(pdf)) == pages, "for a neck, and after surgery, there are more signs than one page holds"
    accept(faults(pdf))
    assert [run.text for run in texts(pdf) if run.size < 11.9 and not run.text.startswith(MARGIN)] == []


MARGIN = ("Sheet", "Content", "Page", "Call 555", "Hoja", "Contenido", "Página", "Llame al 555")


@pytest.mark.pdf
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_week_of_seven_exercises_stands_on_the_first_page(paper: str) -> None:
    worst, usual = planned(WORST), planned(example("lumbar-acute"))
    patient = worst.patient.model_copy(update={"goal": usual.patient.goal, "therapist": usual.patient.therapist})
    plan = replace(worst, patient=patient, items=worst.items[:7], clinic=usual.clinic)
    pdf = printing.printed(composed(plan, layout="fridge", paper=paper))
    (table,) = structure(pdf).all("Table")
    assert table.pages == {0}


@pytest.mark.pdf
def test_a_card_of_a_booklet_that_is_longer_than_a_page_has_two_that_lie_open_side_by_side() -> None:
    pages = [bare(text) for text in page_texts(printed(WORST, "booklet"))]
    items = planned(WORST).items
    long = 0
    for item in items:
        start = next(page for page, text in enumerate(pages, 1) if bare(item.exercise.aim) in text)  # on its card only
        if plain(item.exercise.watch_out.items[-1]) not in pages[start - 1]:
            long += 1
            assert start % 2 == 0, "a left page has an even number"
            assert plain(item.exercise.watch_out.items[-1]) in pages[start]
    assert 0 < long <= len(items)


# What is broken is found -----------------------------------------------------------------------------------------------

FIXED, WIDE = ".ticks { table-layout: fixed }", "{ white-space: nowrap; font-size: 30pt }"
NARROW = "{ display: inline-block; overflow: hidden; width: 0; padding: 0 }"
BROKEN = {
    "grey": ("full", ".aim { color: #777 }", "has a contrast of 4.5"),
    "grey margin": ("compact", "@page { @bottom-left { color: #808080 } }", "has a contrast of"),
    "white on white": ("compact", ".card h2 { color: #fff }", "is not drawn whole"),
    "black on black": ("fridge", ".stop > h2 { color: #000 }", "is not drawn whole"),
    "on a picture": ("full", ".steps { position: relative; left: -50mm }", "crosses a line or a picture"),
    "half on a dark field": ("fridge", ".stop > h2 { background: linear-gradient(90deg, #000 20mm, #fff 20mm) }", "crosses"),
    "cut off": ("compact", ".dose { overflow: hidden; height: 2mm }", "is not drawn whole"),
    "cut off at the side": (
        "compact",
        ".card .number { display: inline-block; overflow: hidden; width: 0; padding: 0 }",
        "is not drawn whole",
    ),
    "covered": ("fridge", ".about { position: relative; top: -70mm; background: #fff }", "is not drawn whole"),
    "over a rule": (
        "fridge",
        ".ticks { table-layout: fixed } .ticks thead th ~ th { white-space: nowrap; font-size: 18pt }",
        "crosses a line or a picture",
    ),
    "name over a rule": (
        "fridge",
        ".ticks { table-layout: fixed } .ticks th span { white-space: nowrap; font-size: 30pt }",
        "crosses a line or a picture",
    ),
    "in the margin": ("compact", ".leaf { margin-left: -12mm }", "stands in the margin"),
    "letterhead": ("compact", ".head { margin-right: -30mm }", "stands in the margin"),
    "in the foot": ("compact", "@page { margin-bottom: 5mm }", "stands in the margin"),
}


@pytest.mark.pdf
@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_style_is_found(fault: str) -> None:
    layout, style, said = BROKEN[fault]
    sheet = composed(planned(example("lumbar-acute")), layout=layout)
    found = faults(printing.printed(sheet._replace(style=sheet.style + style, rules=None)))
    assert [line for line in found if said in line], found


@pytest.mark.pdf
def test_letters_on_one_another_are_found() -> None:
    sheet = composed(planned(example("lumbar-acute")), layout="compact")
    style = ".dose { margin-top: -5mm }"
    assert list(overprinted(printing.printed(sheet._replace(style=sheet.style + style, rules=None))))
