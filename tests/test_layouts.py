"""Every layout on every paper: nothing that matters is lost, nothing lies on something else, and it is PDF/UA-1."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from support import written
from support.command import Run
from support.conformance import BREAKAGES, CHART_BREAKAGES, broken, failed_rules, verapdf
from support.layouts import LAYOUTS, RECORDS, TAGGED
from support.library import LIBRARY
from support.pdf_structure import bare, differences, html_facts, page_texts, pdf_facts, structure
from support.plans import DAY, NOTE, planned, whole_library
from support.printing import printed
from support.sheets import PATIENTS, POINTS_A_MM, blank_edges, make_pdfs, overprinted, plain

from handouts.app.layers import Layers
from handouts.app.plans import Overrides, plan_handouts
from handouts.model import Plan
from handouts.pdf.finishing import fold
from handouts.pictures.drawings import illustrate
from handouts.render.sheet import compose

FILES = {name: written.EXAMPLES / f"{name}.yaml" for name in ("post-op-acdf-week-8", "lumbar-subacute-flat-back")}
CASES = [(layout, paper, name) for layout in TAGGED for paper, name in zip(("a4", "letter"), FILES, strict=True)]
CASES += [(layout, "letter", name) for layout in ("compact", "fridge") for name in ("post-op-acdf-week-8",)]
Made = Callable[[str, str, str], tuple[Plan, str, bytes]]


@pytest.fixture(scope="module")
def made() -> Made:
    """Plan, HTML and PDF of one example in one layout on one paper."""

    @cache
    def make(layout: str, paper: str, name: str) -> tuple[Plan, str, bytes]:
        plan = planned(FILES[name], layout, paper)
        sheet = compose(plan, Layers().environment(), illustrate(plan))
        return plan, sheet.html, printed(sheet)

    return make


def test_the_command_lists_every_layout_and_what_it_is_for(run: Run) -> None:
    lines = run("list", "--layouts").output.splitlines()
    assert [line.split()[0] for line in lines] == list(LAYOUTS)
    assert [line for line in lines if len(line.split()) < 6] == []


def test_an_unknown_layout_is_refused_with_those_there_are(run: Run) -> None:
    result = run("pdf", written.EXAMPLES, "--layout", "compat")
    assert result.exit_code == 2
    assert "Did you mean 'compact'?" in result.output


@pytest.mark.pdf
@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_a_layout_is_pdf_ua_and_says_what_its_html_says(made: Made, case: tuple[str, str, str]) -> None:
    _, html, pdf = made(*case)
    assert failed_rules(pdf) == []
    assert differences(html_facts(html), pdf_facts(pdf)) == []


@pytest.mark.pdf
def test_verapdf_passes_every_layout_on_every_paper_in_every_size_and_fails_a_broken_one(tmp_path: Path) -> None:
    path = FILES["post-op-acdf-week-8"]
    good = {}
    for layout, paper, size in product(TAGGED, ("a4", "letter"), ("normal", "large")):
        large = ["--large-print"] if size == "large" else []
        out = tmp_path / f"{layout}-{paper}-{size}"
        (good[out.name],) = make_pdfs(out, path, "--layout", layout, "--paper", paper, *large).values()
    assert len(set(good.values())) >= 2 * len(TAGGED), "the choices make a difference"
    bad = {breakage.__name__: broken(good["fridge-a4-normal"], breakage) for breakage in BREAKAGES + CHART_BREAKAGES}
    found = verapdf(good | bad, tmp_path)
    assert {name: found[name] for name in good if found[name]} == {}
    assert [name for name in bad if not found[name]] == []


@pytest.mark.pdf
@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_a_layout_keeps_red_flags_numbers_to_call_and_every_exercise(made: Made, case: tuple[str, str, str]) -> None:
    plan, _, pdf = made(*case)
    pages = [bare(text) for text in page_texts(pdf)]
    signs = [sign for flag in written.red_flags(written.patient(FILES[case[2]])) for sign in flag.lists["Signs"]]
    assert len(signs) > 10
    assert [sign for sign in signs if plain(sign) not in "".join(pages)] == []
    assert [number for number in (plan.clinic.phone, plan.clinic.emergency) if bare(number) not in pages[0]] == []
    assert [page for page in pages if bare(f"Call {plan.clinic.phone}") not in page] == []
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_outline() as outline:
        entries = [bare(entry.title) for first in outline.root for entry in (first, *first.children)]
    names = [bare(item.exercise.name) for item in plan.items]
    assert [name for name in names if not any(name in entry for entry in entries)] == []


@pytest.mark.pdf
@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_a_layout_prints_inside_its_margins_and_nothing_over_another(made: Made, case: tuple[str, str, str]) -> None:
    pdf = made(*case)[2]
    least = {"left": 20, "right": 20, "top": 6.3, "bottom": 6.3}
    edges = [(number, side) for number, blank in enumerate(blank_edges(pdf), 1) for side, least_mm in least.items()
             if getattr(blank, side) < least_mm * POINTS_A_MM - 1]  # fmt: skip
    assert edges == []
    assert list(overprinted(pdf)) == []


@pytest.mark.pdf
@pytest.mark.parametrize("layout", ["full", "compact", "fridge"])
def test_pictures_lie_where_the_structure_tree_says(made: Made, layout: str) -> None:
    pdf = made(layout, "a4", "post-op-acdf-week-8")[2]
    with pikepdf.open(io.BytesIO(pdf)) as file:
        number = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        figures = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        boxes = [(number[one.Pg.objgen], [float(edge) for edge in one.A.BBox]) for one in figures]
        assert all(str(one.Alt) for one in figures)
    assert len(boxes) >= 4
    document = pypdfium2.PdfDocument(pdf)
    for page, (left, bottom, right, top) in boxes:
        width, height = document[page].get_size()
        assert 0 < left < right < width
        assert 0 < bottom < top < height
        pixels = document[page].render(grayscale=True).to_numpy().squeeze()
        inside = pixels[int(height - top) : int(height - bottom), int(left) : int(right)]
        assert np.mean(inside < 128) > 0.01, "no picture where the tree says there is one"


@pytest.mark.pdf
def test_table_heads_have_their_scope(made: Made) -> None:
    with pikepdf.open(io.BytesIO(made("full", "a4", "post-op-acdf-week-8")[2])) as file:
        heads = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/TH"]
        scopes = {str(one.A.Scope) for one in heads}
    assert scopes == {"/Row", "/Column"}


@pytest.mark.pdf
@pytest.mark.parametrize(("paper", "name"), [("a4", "post-op-acdf-week-8"), ("letter", "lumbar-subacute-flat-back")])
def test_compact_has_more_than_two_cards_on_a_page_and_splits_none(made: Made, paper: str, name: str) -> None:
    plan, _, pdf = made("compact", paper, name)
    pages = [page for card in structure(pdf).all("Art") for page in card.pages]
    assert len(pages) == len(plan.items)
    assert max(Counter(pages).values()) > 2


@pytest.mark.pdf
def test_fridge_has_its_table_on_the_first_page(made: Made) -> None:
    plan, _, pdf = made("fridge", "letter", "post-op-acdf-week-8")
    tables = list(structure(pdf).all("Table"))
    assert [table.pages for table in tables] == [frozenset({0})]
    rows = [bare(head.text) for head in tables[0].all("TH")]
    assert [item for item in plan.items if not any(bare(item.exercise.name) in row for row in rows)] == []


@pytest.mark.pdf
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_exercise_of_the_library_has_a_card_on_one_page(paper: str) -> None:
    plan = whole_library("full", paper, NOTE)
    pdf = printed(compose(plan, Layers().environment(), illustrate(plan)))
    cards = list(structure(pdf).all("Art"))
    assert len(cards) == len(LIBRARY.exercises) > 80
    assert [card.text[:30] for card in cards if len(card.pages) > 1] == []


@pytest.mark.pdf
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", FILES)
def test_every_red_flag_stands_on_a_page_that_says_whom_to_call(layout: str, name: str) -> None:
    plan = planned(FILES[name], layout, "letter")
    pages = [bare(text) for text in page_texts(printed(compose(plan, Layers().environment(), illustrate(plan))))]
    number, phone = plan.clinic.emergency, plan.clinic.phone
    calls = {
        "emergency": f"Call {number} now",
        "same-day": f"Call us today: {phone}",
        "call": f"Call us within 2 days: {phone}",
    }
    first = {flag.slug: plain(flag.signs.items[0]) for flag in plan.red_flags}
    found = {slug: [page for page in pages if sign in page] for slug, sign in first.items()}
    assert [slug for slug, on in found.items() if not on] == []
    torn = {
        "emergency": f"call {number} now",
        "same-day": f"call us today, {phone}",
        "call": f"call us within 2 days, {phone}",
    }
    for flag in plan.red_flags:
        said = (bare(calls[flag.urgency]), bare(f"{flag.name}: {torn[flag.urgency]}"))
        assert any(words in page for page in found[flag.slug] for words in said), flag.slug


# Booklet ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pages", range(1, 13))
def test_a_folded_booklet_reads_in_order(pages: int) -> None:
    sides = fold(pages)
    leaves = [(front, back) for front, back in zip(sides[::2], sides[1::2], strict=True)]
    read = [page for (_, right), (left, _) in leaves for page in (right, left)]  # the outer half of each sheet, outside in
    read += [page for (left, _), (_, right) in reversed(leaves) for page in (right, left)]
    assert [page for page in read if page is not None] == list(range(pages))
    assert len(sides) == -(-pages // 4) * 2


@pytest.mark.pdf
@pytest.mark.usefixtures("real_printing")
def test_a_booklet_has_two_small_pages_on_each_side_and_loses_no_sign(tmp_path: Path) -> None:
    path = FILES["post-op-acdf-week-8"]
    (pdf,) = make_pdfs(tmp_path / "one", path, "--layout", "booklet", "--paper", "a4").values()
    (again,) = make_pdfs(tmp_path / "two", path, "--layout", "booklet", "--paper", "a4").values()
    assert pdf == again
    text = bare("".join(page_texts(pdf)))
    signs = [sign for flag in written.red_flags(written.patient(path)) for sign in flag.lists["Signs"]]
    assert [sign for sign in signs if plain(sign) not in text] == []
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert len(file.pages) % 2 == 0
        assert [round(float(edge) / POINTS_A_MM) for edge in file.pages[0].mediabox[2:]] == [297, 210]
        assert str(file.docinfo["/Title"]) == "Your exercise sheet"


@pytest.mark.pdf
@pytest.mark.parametrize(("layout", "lines"), [("booklet", 1), ("full", 0)])
def test_whoever_makes_a_booklet_is_told_once_that_it_is_for_paper_only(
    run: Callable[..., object], layout: str, lines: int
) -> None:
    said = run("pdf", *FILES.values(), "--layout", layout)
    assert said.exit_code == 0  # type: ignore[attr-defined]
    assert said.stderr.count("for paper only: it has no tags for a screen reader") == lines  # type: ignore[attr-defined]


def test_a_booklet_in_large_print_is_refused(run: Callable[..., object]) -> None:
    said = run("pdf", PATIENTS / "draft.yaml", "--layout", "booklet", "--large-print")
    assert said.exit_code == 1  # type: ignore[attr-defined]
    assert "choose 'layout: full' [layout]" in said.stderr  # type: ignore[attr-defined]
    assert not list(Path().rglob("*.pdf"))


SHAPES = [
    (layout, size)
    for layout in LAYOUTS
    for size in ("normal", "large")
    if size == "normal" or RECORDS[layout].has_large_print
]


@pytest.mark.pdf
@pytest.mark.parametrize(("layout", "size"), SHAPES)
def test_an_emergency_sheet_says_on_its_first_page_whom_to_call_and_why(tmp_path: Path, layout: str, size: str) -> None:
    """Under a letterhead that takes much room; a booklet before it is folded."""
    text = (written.CLINIC / "clinic.yaml").read_text("utf-8")
    (tmp_path / "clinic.yaml").write_text(
        text.replace("name: ", f"name: {'Long Name ' * 5}").replace("5 pm", f"5 pm, {'closed at noon ' * 3}"), "utf-8"
    )
    (tmp_path / "patient.yaml").write_bytes((PATIENTS / "emergency.yaml").read_bytes())
    (plan,) = plan_handouts([tmp_path / "patient.yaml"], Layers(), DAY, Overrides(paper="letter", layout=layout, size=size))
    pages = [bare(text) for text in page_texts(printed(compose(plan, Layers().environment(), illustrate(plan))))]
    assert bare(f"Call {plan.clinic.emergency} now") in pages[0]
    signs = [plain(sign) for sign in plan.emergency[0].signs.items]
    assert sum(sign in pages[0] for sign in signs) >= len(signs) / 2


@pytest.mark.pdf
def test_layouts_of_emergency_sheets_are_one_sheet(tmp_path: Path) -> None:
    made: Mapping[str, bytes] = make_pdfs(tmp_path, PATIENTS / "emergency.yaml", "--layout", "fridge")
    text = bare("".join(page_texts(next(iter(made.values())))))
    assert text.count(bare("Do not exercise. Get help first.")) == 1
