"""The tests' own tools: a kept PDF hides nothing."""

from __future__ import annotations

import pytest
from support import printing

from handouts.errors import HandoutsError
from handouts.pdf.writer import write_pdf
from handouts.render.sheet import Sheet

SHEET = Sheet('<html lang="en"><title>Test</title><h1>Test of keeping</h1></html>', ("Test",), {}, "h1 { color: #000 }")
OTHERS = {
    "words": SHEET._replace(html=SHEET.html.replace("keeping", "losing")),
    "texts that must not be lost": SHEET._replace(demanded=()),
    "the name of a file": SHEET._replace(files={"a.svg": b""}),
    "a file": SHEET._replace(files={"a.svg": b" "}),
    "style": SHEET._replace(style="h1 { color: #111 }"),
}


@pytest.mark.pdf
def test_a_kept_pdf_is_the_one_that_the_writer_makes() -> None:
    assert printing.printed(SHEET) == printing.printed(SHEET) == write_pdf(*SHEET)


def test_a_sheet_that_differs_in_anything_is_another_one() -> None:
    hashes = [printing.sheet_hash(*sheet) for sheet in (SHEET, *OTHERS.values())]
    assert len(set(hashes)) == len(hashes)


@pytest.mark.pdf
def test_a_sheet_that_is_refused_is_refused_each_time() -> None:
    lost = SHEET._replace(demanded=("Not on it",))
    for _ in range(2):
        with pytest.raises(HandoutsError, match="leaves out"):
            printing.printed(lost)


def test_a_test_that_prints_without_its_mark_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match="mark it"):
        printing.printed(SHEET)
