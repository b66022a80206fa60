"""The printed pages are judged as they are laid out: what a clinic's own style breaks is told by file, and not printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import printing
from support.command import Run
from support.plans import DAY, planned
from support.written import EXAMPLES

from handouts.app.layers import Layers
from handouts.errors import LooksError
from handouts.pdf.rules import PageRules
from handouts.pdf.writer import write_pdf
from handouts.pictures.drawings import illustrate
from handouts.render.sheet import Sheet, compose

pytestmark = pytest.mark.pdf

LUMBAR = EXAMPLES / "lumbar-subacute-flat-back.yaml"
BROKEN = {  # a style, and what is said of it
    ".card { break-inside: auto } .steps li { margin-top: 9mm }": "the card of exercise 2 is torn: it is on pages",
    ".steps li { position: relative; left: -90mm }": "words of exercise 1 stand in the margin",
    ".care { white-space: nowrap }": "words of exercise 1 stand in the margin",
    ".care { font-size: 9pt }": "letters of 9.0 points in exercise 1, and 12 are the least",
    ".stop { font-size: 11pt } .flags { font-size: 11pt }": "letters of 11.0 points in a part in <",
}


def composed() -> Sheet:
    plan = planned(LUMBAR, "full", "a4")
    return compose(plan, Layers().environment(), illustrate(plan))


def test_our_own_sheet_is_as_it_must_be() -> None:
    sheet = composed()
    assert sheet.rules == PageRules(least=12, facing=False)
    assert printing.printed(sheet).startswith(b"%PDF")


@pytest.mark.parametrize("style", BROKEN)
def test_what_a_style_breaks_is_refused(style: str) -> None:
    sheet = composed()
    with pytest.raises(LooksError) as error:
        write_pdf(*sheet._replace(style=f"{sheet.style} {style}"))
    assert BROKEN[style] in str(error.value)
    assert str(DAY.year) not in str(error.value), "nothing of the sheet is quoted"


@pytest.mark.parametrize(("space", "alone"), [("248mm", True), ("100mm", False)])
def test_a_heading_at_the_foot_of_a_page_has_something_below_it(space: str, alone: bool) -> None:
    page = f"""<!DOCTYPE html><html lang="en"><head><title>-</title></head><body><h1>One</h1><p>Two</p>
      <div style="height: {space}"></div><h2>Three</h2><p style="break-before: page">Four</p></body></html>"""
    style = "@font-face { font-family: A; src: url(handouts:font/AtkinsonHyperlegible-Regular.ttf) }"
    style += "* { margin: 0; font: 12pt A } @page { size: A4; margin: 15mm }"
    if not alone:
        assert write_pdf(page, style=style, rules=PageRules(12, facing=False))
        return
    with pytest.raises(LooksError, match="page 1: a heading stands alone at its foot"):
        write_pdf(page, style=style, rules=PageRules(12, facing=False))


def test_a_sheet_without_rules_is_not_judged() -> None:
    sheet = composed()
    assert write_pdf(*sheet._replace(style=f"{sheet.style} .care {{ font-size: 9pt }}", rules=None)).startswith(b"%PDF")


def test_the_clinics_file_that_must_have_broken_it_is_named(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own" / "style" / "print.css"
    own.parent.mkdir(parents=True)
    own.write_text('{% include "bundled/style/print.css" %} .care { font-size: 8pt }', "utf-8")
    result = run("pdf", LUMBAR, "--templates", "own", "--out", "out")
    assert result.exit_code == 1
    assert "letters of 8.0 points" in result.stderr
    assert "Look in own/style/print.css" in result.stderr
    assert not (tmp_path / "out").exists()
