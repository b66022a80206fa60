"""The chart as a form: one field a cell, nothing of it on paper, and what is typed is kept, shown and told by nobody else."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from itertools import combinations, groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from support import written
from support.conformance import failed_rules
from support.layouts import TAGGED
from support.pdf_structure import pdf_facts, unpacked
from support.sheets import PATIENTS, make_pdfs

pytestmark = pytest.mark.pdf

LUMBAR = written.EXAMPLES / "lumbar-subacute-flat-back.yaml"  # five exercises, two weeks
SPANISH = written.EXAMPLES / "es-lumbar-acute.yaml"
SMALLEST = 18  # points: 24 CSS pixels (WCAG 2.2, 2.5.8)
NAMES = re.compile(r"(week-\d+-)?(exercise-\d+|pain)-day-[1-7]")
Printed = Callable[..., bytes]


class Place(NamedTuple):
    """Where a field is: its page, counted from 0, and its edges in points from the bottom left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """One sheet in a layout, made once: `printed("full")`."""
    made: dict[tuple[Path, str], bytes] = {}

    def make(layout: str, path: Path = LUMBAR) -> bytes:
        if (path, layout) not in made:
            (made[path, layout],) = make_pdfs(tmp_path_factory.mktemp(layout), path, "--layout", layout).values()
        return made[path, layout]

    return make


def places(pdf: bytes) -> list[Place]:
    """Where every field is, in the order of the pages."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [
            Place(number, *(float(edge) for edge in one.Rect))
            for number, page in enumerate(file.pages)
            for one in page.obj.get("/Annots", ())
            if one.Subtype == "/Widget"
        ]


def values(pdf: bytes) -> list[str]:
    """What has been typed, field by field."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [str(field.get("/V", "")) for field in file.Root.AcroForm.Fields]


def type_into(pdf: bytes, words: list[str]) -> bytes:
    """The file as a reader saves it who has clicked into the first fields of a page, one after the other, and typed."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    form, page = document.formenv.raw, document[places(pdf)[0].page]
    for word, place in zip(words, places(pdf), strict=False):
        middle = (place.left + place.right) / 2, (place.bottom + place.top) / 2
        pdfium.FORM_OnLButtonDown(form, page, 0, *middle)
        pdfium.FORM_OnLButtonUp(form, page, 0, *middle)
        for letter in word:
            pdfium.FORM_OnChar(form, page, ord(letter), 0)
        pdfium.FORM_ForceToKillFocus(form)
    saved = io.BytesIO()
    document.save(saved)
    document.close()
    return saved.getvalue()


def picture(pdf: bytes, number: int, forms: bool = True, scale: int = 4) -> np.ndarray:
    """One page in grey, as it is printed, with or without what its form shows."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    try:
        return document[number].render(scale=scale, grayscale=True, may_draw_forms=forms).to_numpy().squeeze().copy()
    finally:
        document.close()


@pytest.mark.parametrize("layout", TAGGED)
def test_every_cell_of_the_chart_is_a_field_of_its_own(printed: Printed, layout: str) -> None:
    facts = pdf_facts(printed(layout))
    weeks, rows = (1 if layout.startswith("fridge") else 2), 5 + 1
    chart = facts.fields
    cells = [field.cell for field in chart]
    assert len(chart) == weeks * rows * 7
    assert cells == sorted(set(cells)), "each in its own cell, in the order of reading"
    names = [field.name for field in chart]
    assert len(set(names)) == len(names)
    assert [name for name in names if not NAMES.fullmatch(name)] == []
    assert len({field.spoken for field in chart}) == len(chart), "each says which one it is"


@pytest.mark.parametrize(
    ("path", "spoken"),
    [
        (LUMBAR, {"week-2-exercise-2-day-3": "Prone leg lift, week 2, day 3: how many times",
                  "week-1-pain-day-7": "Week 1, day 7: worst pain, 0 to 10"}),
        (SPANISH, {"week-1-pain-day-7": "Semana 1, día 7: peor dolor, de 0 a 10"}),
    ],
    ids=["English", "Spanish"],
)  # fmt: skip
def test_a_field_says_what_to_write_in_it(printed: Printed, path: Path, spoken: dict[str, str]) -> None:
    said = {field.name: field.spoken for field in pdf_facts(printed("full", path)).fields}
    assert {name: said[name] for name in spoken} == spoken


@pytest.mark.parametrize("layout", TAGGED)
def test_fields_are_large_enough_to_hit_and_lie_beside_one_another(printed: Printed, layout: str) -> None:
    found = places(printed(layout))
    assert [place for place in found if place.right - place.left < SMALLEST or place.top - place.bottom < SMALLEST] == []
    for _, together in groupby(found, key=lambda place: place.page):
        for one, other in combinations(together, 2):
            apart = max(one.left, other.left) >= min(one.right, other.right) - 0.1
            assert apart or max(one.bottom, other.bottom) >= min(one.top, other.top) - 0.1


@pytest.mark.parametrize("layout", TAGGED)
def test_nothing_of_an_empty_form_is_on_the_paper(printed: Printed, layout: str) -> None:
    pdf = printed(layout)
    for number in {place.page for place in places(pdf)}:
        assert np.array_equal(picture(pdf, number), picture(pdf, number, forms=False))


@pytest.mark.parametrize("layout", TAGGED)
def test_what_is_typed_is_kept_and_stands_in_the_middle_of_its_cell(printed: Printed, layout: str) -> None:
    words = ["3", "10", "6", "x x", "ñ", "½", "8"]
    pdf = printed(layout)
    filled = type_into(pdf, words)
    assert values(filled) == [*words, *[""] * (len(places(pdf)) - len(words))]
    empty, shown = (picture(file, places(pdf)[0].page) for file in (pdf, filled))
    for word, place in zip(words, places(pdf), strict=False):
        top, bottom = (len(shown) - int(4 * edge) for edge in (place.top, place.bottom))
        where = np.s_[top:bottom, int(4 * place.left) : int(4 * place.right)]
        ink = np.nonzero(shown[where].astype(int) - empty[where] < -100)
        assert len(ink[0]), f"{word} cannot be seen"
        assert abs((ink[1].min() + ink[1].max()) / 8 - (place.right - place.left) / 2) < 1.5
        assert abs((ink[0].min() + ink[0].max()) / 8 - (place.top - place.bottom) / 2) < 4
        assert word in "xñ" or ink[0].max() - ink[0].min() > 4 * 4, "letters of 12 points at least"


def test_a_filled_form_is_still_tagged_and_pdf_ua(printed: Printed) -> None:
    filled = type_into(printed("full"), ["3", "10"])
    assert failed_rules(filled) == []
    assert pdf_facts(filled) == pdf_facts(printed("full"))


def test_a_cell_takes_no_more_than_fits(printed: Printed) -> None:
    assert values(type_into(printed("large"), ["1234567"]))[0] == "1234"


@pytest.mark.parametrize("layout", TAGGED)
def test_a_form_runs_and_sends_nothing_and_is_typed_in_with_an_embedded_font(printed: Printed, layout: str) -> None:
    plain = unpacked(printed(layout))
    assert [word for word in (b"/JavaScript", b"/JS", b"/AA", b"/SubmitForm", b"/XFA", b"/Launch") if word in plain] == []
    with pikepdf.open(io.BytesIO(printed(layout))) as file:
        form = file.Root.AcroForm
        assert "/NeedAppearances" not in form, "else a program asks to save a file that nobody changed"
        for field in form.Fields:
            name, size = re.fullmatch(r"(/\w+) ([\d.]+) Tf 0 g", str(field.DA)).groups()  # type: ignore[union-attr]
            font = form.DR.Font[name]
            assert (str(font.Subtype), str(font.Encoding)) == ("/TrueType", "/WinAnsiEncoding")
            assert font.FontDescriptor.FontFile2
            assert float(size) >= 12
            assert (int(field.get("/Ff", 0)), int(field.F), int(field.Q)) == (0, 4, 1), "one line, printed, centred"
        assert [page for page in file.pages if page.get("/Tabs") != "/S"] == []
        widths, first = [int(width) for width in font.Widths], int(font.FirstChar)
    assert min(widths[ord(letter) - first] for letter in "0123456789aZñ½") > 100


@pytest.mark.parametrize("path", [PATIENTS / "emergency.yaml"])
def test_a_sheet_without_a_chart_has_no_form(printed: Printed, path: Path) -> None:
    assert b"/AcroForm" not in unpacked(printed("full", path))


def test_a_booklet_is_for_paper_and_has_no_form(printed: Printed) -> None:
    plain = unpacked(printed("booklet"))
    assert [word for word in (b"/AcroForm", b"/Widget", b"/Annots", b"/StructTreeRoot") if word in plain] == []


def test_a_clinics_own_kinds_of_field_still_draw_themselves(run: Callable[..., Any], tmp_path: Path) -> None:
    """A box to tick or a list to choose from in a clinic's own template is left as WeasyPrint writes it."""
    words = "{% extends 'bundled/handout/fridge.html' %}{% block sources %}"
    choice = "<select title='How'><option>Well</option></select><input type='checkbox' title='Done'>"
    overlay = tmp_path / "templates" / "handout" / "fridge.html"
    overlay.parent.mkdir(parents=True)
    overlay.write_text(f"{words}<p>{choice}</p>{{% endblock %}}", "utf-8")
    result = run("pdf", LUMBAR, "--layout", "fridge", "--templates", "templates", "--out", "out")
    assert result.exit_code == 0, result.output
    (path,) = (tmp_path / "out").glob("*.pdf")
    with pikepdf.open(path) as file:
        kinds = {str(field.FT) for field in file.Root.AcroForm.Fields}
        assert kinds == {"/Tx", "/Ch", "/Btn"}
        assert file.Root.AcroForm.NeedAppearances
