"""What people ask after an operation: the sheet answers with this patient's limit or a blank line, the site with neither."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from pdf_structure import bare
from sheets import Sheet, make_pdfs

from handouts.build import Layers
from handouts.model import PROCEDURES

LIBRARY = Layers().library()
TITLE = bare("Questions people ask after this operation")
FUSION = ROOT / "examples" / "post-op-fusion-week-3.yaml"


def sheet(tmp_path: Path, layout: str, file: Path = FUSION) -> Sheet:
    """The sheet of an example in a layout."""
    (pdf,) = make_pdfs(tmp_path, file, "--layout", layout).values()
    return Sheet({}, pdf)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_operation_answers_the_same_seven_questions(procedure: str) -> None:
    asked = [question.limit for question in LIBRARY.questions_for(f"post-op/{procedure}")]
    assert asked == ["wash", "stairs", "drive", "work", "sex", "sport", "lift"]
    assert not LIBRARY.questions_for("lumbar")


def test_a_limit_that_is_given_is_printed_and_all_others_are_blank(tmp_path: Path) -> None:
    said = sheet(tmp_path, "full").text
    assert TITLE in said
    assert bare("For you: not until your surgeon agrees") in said
    assert bare("For you: 5 lb") in said
    assert said.count(bare("Your surgeon says:")) == 5


@pytest.mark.parametrize(("layout", "printed"), [("large", True), ("compact", False), ("fridge", False)])
def test_long_layouts_carry_the_questions(tmp_path: Path, layout: str, printed: bool) -> None:
    assert (TITLE in sheet(tmp_path, layout).text) is printed


def test_a_sheet_without_an_operation_has_none(tmp_path: Path) -> None:
    assert TITLE not in sheet(tmp_path, "full", ROOT / "examples" / "lumbar-acute.yaml").text
