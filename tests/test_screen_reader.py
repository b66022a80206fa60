"""What a screen reader is told: the same as the HTML says, in the same order, with the same headings, lists and tables."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise

import pikepdf
import pytest
from support import written
from support.pdf_structure import Facts, differences, html_facts, pdf_facts
from support.sheets import ODD, PATIENTS, Sheet, Sheets, accept, check, plain

from handouts.app.layers import Layers
from handouts.app.plans import Overrides, plan_handouts
from handouts.model import Plan
from handouts.pictures.drawings import illustrate
from handouts.render.sheet import compose
from handouts.render.templates import Templates

PAPER = {"normal": "a4", "large": "letter"}  # the two on which all examples are printed
DAY = date(2026, 11, 21)


def composed(plan: Plan, templates: Templates) -> Facts:
    """What the HTML behind a sheet says."""
    return html_facts(compose(plan, templates, illustrate(plan)).html)


@pytest.mark.parametrize("size", ["normal", "large"])
def test_the_pdf_tells_a_screen_reader_what_the_html_says(
    example_pdfs: Callable[[str, str], Mapping[str, bytes]], size: str
) -> None:
    layers = Layers()
    templates = {language: layers.environment(language) for language in ("en", "es")}
    plans = plan_handouts([written.EXAMPLES], layers, DAY, Overrides(paper=PAPER[size], size=size))
    pdfs = example_pdfs(PAPER[size], size)
    assert {plan.sheet_id for plan in plans} > set(written.examples()), "the sheets in English and some more"
    accept(
        [
            f"{plan.sheet_id}: {fault}"
            for plan in plans
            for fault in differences(composed(plan, templates[plan.patient.language]), pdf_facts(pdfs[plan.sheet_id]))
        ]
    )


@pytest.mark.parametrize("name", ODD)
def test_an_odd_sheet_tells_a_screen_reader_what_its_html_says(odd: Callable[[str], Sheet], name: str) -> None:
    layers = Layers()
    (plan,) = plan_handouts([PATIENTS / f"{name}.yaml"], layers, DAY)
    accept(differences(composed(plan, layers.environment()), pdf_facts(odd(name).pdf)))


def test_language_title_and_headings_are_set(sheets: Sheets) -> None:
    def wrong(sheet: Sheet) -> list[str]:
        facts = pdf_facts(sheet.pdf)
        levels = [level for level, _ in facts.headings]
        fronts = [written.exercise(own["exercise"]).front for own in written.chosen(sheet.patient)]
        names = [f"{number}{plain(front['name'])}" for number, front in enumerate(fronts, 1)]
        skipped = [text for (level, text), before in zip(facts.headings, [0, *levels], strict=False) if level > before + 1]
        faults = [] if (facts.language, facts.title) == ("en", "Your exercise sheet") else [facts.language, facts.title]
        faults += [] if levels.count(1) == 1 and levels[0] == 1 else [f"headings of level 1: {levels.count(1)}"]
        faults += (
            [] if [text for level, text in facts.headings if level == 2 and text in names] == names else ["exercise headings"]
        )
        return faults + skipped

    check(sheets, wrong)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_sheet_has_one_first_heading_and_skips_no_level(odd: Callable[[str], Sheet], name: str) -> None:
    levels = [level for level, _ in pdf_facts(odd(name).pdf).headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [after for before, after in pairwise(levels) if after > before + 1] == []


def test_every_row_of_a_table_has_its_head(sheets: Sheets) -> None:
    check(sheets, lambda sheet: [row.text for row in sheet.tree.all("TR") if not list(row.all("TH"))])


def spanish(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("es")


def other_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Something else"


def heading_of_another_level(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/H3").S = pikepdf.Name("/H2")


def head_as_cell(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/TH").S = pikepdf.Name("/TD")


def entry_as_paragraph(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/LI").S = pikepdf.Name("/P")


def other_order(pdf: pikepdf.Pdf) -> None:
    document = first(pdf, "/Document")
    document.K = pikepdf.Array(reversed(list(document.K)))


def lost_paragraph(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "/P").K


def two_cells_swapped(pdf: pikepdf.Pdf) -> None:
    """Two days of an exercise: both are empty, so that only their fields tell."""
    form = first(pdf, "/Form")
    row = form.P.P.P
    row.K = pikepdf.Array([row.K[0], row.K[2], row.K[1], *list(row.K)[3:]])


def field_that_says_something_else(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields[0].TU = pikepdf.String("Something else")


def field_without_its_element(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/Form").S = pikepdf.Name("/NonStruct")


def first(pdf: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    """The first element of a kind in the file."""
    return next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == kind)


LOSSES = (
    spanish, other_title, heading_of_another_level, head_as_cell, entry_as_paragraph, other_order, lost_paragraph,
    two_cells_swapped, field_that_says_something_else, field_without_its_element,
)  # fmt: skip


@pytest.mark.parametrize("loss", LOSSES, ids=[loss.__name__ for loss in LOSSES])
def test_the_comparison_with_the_html_finds_what_is_lost(
    odd_pdf: Callable[[str], bytes], loss: Callable[[pikepdf.Pdf], None]
) -> None:
    layers = Layers()
    (plan,) = plan_handouts([PATIENTS / "hostile.yaml"], layers, DAY)
    spoilt = io.BytesIO()
    with pikepdf.open(io.BytesIO(odd_pdf("hostile"))) as pdf:
        loss(pdf)
        pdf.save(spoilt)
    assert differences(composed(plan, layers.environment()), pdf_facts(spoilt.getvalue())) != []
