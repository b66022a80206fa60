"""What people ask after an operation: the sheet answers with this patient's limit or a blank line, the site with neither."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from support.library import LIBRARY, PROCEDURES
from support.pdf_structure import bare
from support.sheets import Sheet, make_pdfs
from support.written import ROOT

from handouts.cli import main

TITLE = bare("What I may do")
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


# What is over, by phase: their limits name washing and driving early on only (clinical notes, sections 3.3 to 3.5).
OVER = {
    "discectomy": [set(), set(), {"wash", "drive"}, {"wash", "drive"}],
    "fusion": [set(), set(), {"wash"}, {"wash", "drive"}],
    "acdf": [set(), set(), {"wash"}, {"wash", "drive"}],
}


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_question_is_over_after_the_last_phase_that_names_its_limit(procedure: str) -> None:
    phases = LIBRARY.phases_of(f"post-op/{procedure}")
    asked = [{question.limit for question in LIBRARY.questions_in(phase)} for phase in phases]
    assert [asked[0] - limits for limits in asked] == OVER[procedure]
    assert all({"stairs", "sex"} <= limits for limits in asked), "no phase says when these are over"


def test_what_the_patient_file_names_is_never_over() -> None:
    *_, last = LIBRARY.phases_of("post-op/acdf")
    assert "drive" not in [question.limit for question in LIBRARY.questions_in(last)]
    assert "drive" in [question.limit for question in LIBRARY.questions_in(last, ["drive"])]


@pytest.mark.pdf
def test_a_row_has_what_holds_for_everyone_and_what_this_patient_may_do_or_a_blank(tmp_path: Path) -> None:
    rows = [[bare(cell.text) for cell in row.children] for row in sheet(tmp_path, "full").part("What I may do").all("TR")]
    found = {row[0]: row[1:] for row in rows}
    answers = {question.limit: question.answer.markdown for question in LIBRARY.questions_for("post-op/fusion")}
    assert found[bare("Driving")] == [bare(answers["drive"]), bare("not until your surgeon agrees")]
    assert found[bare("Most you may lift")] == [bare(answers["lift"]), bare("5 lb")]
    assert found[bare("Shower and bath")] == [bare(answers["wash"]), ""]
    assert len(found) == len(rows), "each in one row"


@pytest.mark.pdf
def test_an_early_phase_has_a_line_for_each_question_and_a_late_one_for_what_is_still_asked(tmp_path: Path) -> None:
    late = tmp_path / "late.yaml"
    text = FUSION.read_text("utf-8").replace("phase: protect", "phase: return").replace("2026-10-31", "2026-04-01")
    late.write_text(text.partition("limits:")[0] + "exercises: [walking]\n", "utf-8")
    rows = [bare(next(row.all("TH")).text) for row in sheet(tmp_path, "full", late).part("What I may do").all("TR")]
    assert rows == [bare(line) for line in ("Most you may lift", "Work", "Sport", "Stairs", "Sex")]


def test_a_limit_still_stops_exercises_wherever_it_is_printed(tmp_path: Path) -> None:
    """Its line and its answer are for reading; what the rules go by is the patient's file."""
    closed = tmp_path / "closed.yaml"
    closed.write_text(FUSION.read_text("utf-8").replace("  sit: 15 min", "  sit: 15 min\n  walk: no"), "utf-8")
    result = CliRunner().invoke(main, ["pdf", str(closed), "--out", str(tmp_path)])
    assert result.exit_code == 1
    assert "'walking' is refused (limits, walk)." in result.output


@pytest.mark.pdf
def test_a_clinics_question_for_those_without_an_operation_is_in_the_same_table(tmp_path: Path) -> None:
    own = tmp_path / "own" / "everyday" / "stairs.md"
    own.parent.mkdir(parents=True)
    own.write_text((ROOT / "content/everyday/stairs.md").read_text("utf-8").replace("[post-op]", "[lumbar]"), "utf-8")
    file = ROOT / "examples" / "lumbar-acute.yaml"
    (pdf,) = make_pdfs(tmp_path, file, "--content", tmp_path / "own").values()
    rows = [bare(row.text) for row in Sheet({}, pdf).part("What I may do").all("TR")]
    assert [row for row in rows if row.startswith("Stairs") and len(row) > 40]


@pytest.mark.pdf
@pytest.mark.parametrize(("layout", "printed"), [("large", True), ("compact", True), ("fridge", False)])
def test_every_layout_but_the_fridge_sheet_carries_it(tmp_path: Path, layout: str, printed: bool) -> None:
    assert (TITLE in sheet(tmp_path, layout).text) is printed


@pytest.mark.pdf
def test_a_sheet_without_an_operation_has_the_limits_alone(tmp_path: Path) -> None:
    made = sheet(tmp_path, "full", ROOT / "examples" / "lumbar-acute.yaml")
    assert TITLE in made.text
    assert not [row for row in made.part("What I may do").all("TR") if len(row.text) > 120]
