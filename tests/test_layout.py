"""Where things are on the printed page: whole, apart, inside the margins, and large enough."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import pikepdf
import pytest
from support import written
from support.pdf_structure import bare, structure, texts
from support.sheets import (
    ODD,
    PATIENTS,
    POINTS_A_MM,
    Sheet,
    Sheets,
    accept,
    blank_edges,
    check,
    make_pdfs,
    overprinted,
)

pytestmark = pytest.mark.pdf

SIZES = {"a4": (210 * POINTS_A_MM, 297 * POINTS_A_MM), "letter": (8.5 * 72, 11 * 72)}


def test_pages_have_the_paper_that_was_asked_for(sheets: Sheets) -> None:
    check(sheets, lambda sheet: wrong_sizes(sheet.pdf, sheet.paper))


@pytest.mark.parametrize("name", ODD)
def test_the_patient_file_chooses_the_paper(odd: Callable[[str], Sheet], name: str) -> None:
    accept(wrong_sizes(odd(name).pdf, odd(name).paper))


def wrong_sizes(pdf: bytes, paper: str) -> list[str]:
    """The pages that are not of a paper's size, with the size they have."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        boxes = [[float(edge) for edge in page.mediabox] for page in file.pages]
    width, height = SIZES[paper]
    return [
        f"page {number} is {right - left} x {top - bottom} points"
        for number, (left, bottom, right, top) in enumerate(boxes, 1)
        if abs(right - left - width) > 0.1 or abs(top - bottom - height) > 0.1
    ]


def test_no_card_is_split(sheets: Sheets) -> None:
    check(sheets, split_cards)


def split_cards(sheet: Sheet) -> list[str]:
    """The exercises that do not stand on one page; in large print they may go on to the next."""
    names = [written.exercise(own["exercise"]).front["name"] for own in written.chosen(sheet.patient)]
    starts = [bare(f"{number} {name}") for number, name in enumerate(names, 1)]
    most = 2 if sheet.patient["print"]["size"] == "large" else 1
    pages: dict[str, set[int]] = {start: set() for start in starts}
    start = ""
    for card in sheet.tree.all("Art"):  # one that goes on is tagged again
        start = next((one for one in starts if bare(card.text).startswith(one)), start)
        pages[start] |= card.pages
    return [
        f"{name} is on pages {sorted(on)}" for name, on in pages.items() if not 0 < len(on) <= most or max(on) - min(on) > 1
    ]


def test_nothing_is_printed_in_the_margins_or_where_holes_are_punched(sheets: Sheets) -> None:
    check(sheets, lambda sheet: outside_margins(sheet.pdf))


@pytest.mark.parametrize("name", ODD)
def test_no_odd_sheet_prints_in_the_margins(odd: Callable[[str], Sheet], name: str) -> None:
    accept(outside_margins(odd(name).pdf))


def outside_margins(pdf: bytes) -> list[str]:
    """Pages with ink in the outer 20 mm at the sides (punched holes, on either side of a leaf) or 6.3 mm above and below.

    A point is let pass: half of a line that a table draws around itself.
    """
    least = {"left": 20, "right": 20, "top": 6.3, "bottom": 6.3}
    return [
        f"page {number}: {getattr(blank, side) / POINTS_A_MM:.1f} mm are blank at the {side}, not {wanted}"
        for number, blank in enumerate(blank_edges(pdf), 1)
        for side, wanted in least.items()
        if getattr(blank, side) < wanted * POINTS_A_MM - 1
    ]


def test_no_text_is_printed_over_another(sheets: Sheets) -> None:
    check(sheets, lambda sheet: [f"{one!r} over {other!r}" for one, other in overprinted(sheet.pdf)])


SMALLEST = {"normal": 12, "large": 16}  # points: RNIB Clear Print


def test_what_is_read_out_is_printed_large_enough(sheets: Sheets) -> None:
    check(sheets, too_small)


def too_small(sheet: Sheet) -> list[str]:
    """What is printed too small. Margins do not count."""
    own = {piece.text for piece in sheet.tree.walk() if not piece.kind}
    least = SMALLEST[sheet.patient["print"]["size"]]
    return [
        f"{run.text!r} in {run.size:.1f} points" for run in texts(sheet.pdf) if run.text in own and round(run.size, 1) < least
    ]


LONGEST_LINE = 95  # letters of the smallest size that fill the type area: signs are lines of full width
NEAR = 8  # points between two words of one line: columns are further apart


def test_no_line_is_too_long_for_the_eye(sheets: Sheets) -> None:
    check(sheets, lambda sheet: [line for line in lines(sheet.pdf) if len(line) > LONGEST_LINE])


def lines(pdf: bytes) -> Iterator[str]:
    """The printed lines outside the margins."""
    runs = [run for run in texts(pdf) if run.size > 11]
    runs.sort(key=lambda run: (run.page, -round(run.box[1] / 2), run.box[0]))
    for _, row in groupby(runs, key=lambda run: (run.page, round(run.box[1] / 2))):
        line, end = "", None
        for run in row:
            if end is not None and run.box[0] - end > NEAR:
                yield line
                line = ""
            line, end = f"{line} {run.text.strip()}".strip(), run.box[2]
        yield line


@pytest.mark.parametrize(("paper", "size"), [("letter", "normal"), ("a4", "large")], ids=["lowest", "narrowest"])
def test_the_longest_texts_are_printed_whole_and_inside_the_page(tmp_path: Path, paper: str, size: str) -> None:
    large = ["--large-print"] if size == "large" else []
    (pdf,) = make_pdfs(tmp_path, PATIENTS / "longest.yaml", "--paper", paper, *large).values()
    patient = written.patient(PATIENTS / "longest.yaml")
    said = [patient["name"], patient["goal"], patient["therapist"], *patient["limits"].values()]
    said += [own[key] for own in written.chosen(patient) for key in ("note", "load") if key in own]
    text = bare(structure(pdf).text)  # without the margins between two pages
    faults = [f"lost: {one}" for one in said if bare(one) not in text] + outside_margins(pdf)
    faults += [f"{one!r} is printed over {other!r}" for one, other in overprinted(pdf)]
    if size == "normal":  # in large print a card with the longest note has two pages
        faults += split_cards(Sheet(patient | {"print": {"paper": paper, "size": size}}, pdf))
    accept(faults)
