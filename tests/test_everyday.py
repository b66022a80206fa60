"""What people ask after an operation: the sheet answers with this patient's limit or a blank line, the site with neither."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from support.command import Run
from support.library import LIBRARY, PROCEDURES
from support.patients import ISSUED
from support.pdf_structure import bare
from support.sheets import Sheet, make_pdfs
from support.written import ROOT

from handouts.app.layers import Layers
from handouts.cli import main
from handouts.errors import ProblemsError
from handouts.model import Patient, Plan
from handouts.planning.resolve import resolve
from handouts.render.sheet import compose

TITLE = bare("What I may do")
FUSION = ROOT / "examples" / "post-op-fusion-week-3.yaml"


def sheet(tmp_path: Path, layout: str, file: Path = FUSION) -> Sheet:
    """The sheet of an example in a layout."""
    (pdf,) = make_pdfs(tmp_path, file, "--layout", layout).values()
    return Sheet({}, pdf)


def rows_of(made: Sheet) -> list[list[str]]:
    """The cells of the table of what a patient may do, row by row; it may go on to the next page."""
    tables = [[[bare(cell.text) for cell in row.children] for row in one.all("TR")] for one in made.tree.all("Table")]
    keys = {bare(line) for line in ("Most you may lift", "Driving", "Sport", "Stairs", "Sex", "Work")}
    return [row for table in tables if any(row[0] in keys for row in table) for row in table]


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_operation_answers_the_same_seven_questions(procedure: str) -> None:
    asked = [question.limit for question in LIBRARY.questions_for(f"post-op/{procedure}")]
    assert asked == ["wash", "stairs", "drive", "work", "sex", "sport", "lift"]
    assert {question.limit for question in LIBRARY.questions_for("lumbar")} == {None}


# What is over, by phase: their limits name washing and driving early on only (clinical notes, sections 3.3 to 3.5).
OVER = {
    "discectomy": [set(), set(), {"wash", "drive"}, {"wash", "drive"}],
    "fusion": [set(), set(), {"wash"}, {"wash", "drive"}],
    "acdf": [set(), set(), {"wash"}, {"wash", "drive"}],
    "laminectomy": [set(), set(), {"wash", "drive"}, {"wash", "drive"}],
    "neck-disc-replacement": [set(), set(), {"wash"}, {"wash", "drive"}],
    "neck-foraminotomy": [set(), set(), {"wash"}, {"wash", "drive"}],
    "neck-posterior": [set(), set(), {"wash"}, {"wash", "drive"}],
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
    rows = rows_of(sheet(tmp_path, "full"))
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
    rows = [row[0] for row in rows_of(sheet(tmp_path, "full", late))]
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


def asked(*questions: str, **keys: object) -> Plan:
    data = {"id": "T-1", "condition": "lumbar", "phase": "acute", "questions": list(questions), **keys}
    return resolve(Patient.from_dict(data), LIBRARY, ISSUED)


def test_without_surgery_a_sheet_answers_what_its_file_asks_and_no_more() -> None:
    assert asked().everyday == ()
    chosen = asked("painkillers", "scan").everyday
    assert [(question.slug, limit) for question, limit in chosen] == [("painkillers", None), ("scan", None)]


def test_every_question_of_the_clinic_has_an_answer_for_the_low_back_and_nearly_every_one_for_the_neck() -> None:
    low_back, neck = ({one.slug for one in LIBRARY.questions_for(name)} for name in ("lumbar", "cervical"))
    assert len(low_back) == 16
    assert low_back - neck == {"heat-or-ice", "injections"}, "no source was read for the neck"


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        (["painkiller"], "'painkiller' is not a known question for lumbar. Did you mean 'painkillers'?"),
        (["scan", "scan"], "'scan' stands twice"),
        (["driving"], "'driving' is not a known question for lumbar"),
    ],
)
def test_a_question_that_the_condition_does_not_have_is_refused(questions: list[str], said: str) -> None:
    with pytest.raises(ProblemsError) as error:
        asked(*questions)
    assert said in str(error.value)


@pytest.mark.pdf
def test_a_question_that_was_chosen_is_answered_on_the_sheet(tmp_path: Path) -> None:
    text = (ROOT / "examples" / "lumbar-acute.yaml").read_text("utf-8")
    (tmp_path / "patient.yaml").write_text(f"{text}\nquestions: [painkillers, flare-up]\n", "utf-8")
    (tmp_path / "clinic.yaml").write_bytes((ROOT / "examples" / "clinic.yaml").read_bytes())
    (pdf,) = make_pdfs(tmp_path / "out", tmp_path / "patient.yaml").values()
    rows = [bare(row.text) for row in Sheet({}, pdf).part("What I may do").all("TR")]
    answers = [LIBRARY.questions[slug] for slug in ("painkillers", "flare-up")]
    assert [one.slug for one in answers if bare(one.name + one.answer.markdown) not in rows] == []


def test_what_sources_say_of_a_limit_is_for_the_therapist_and_on_no_sheet(run: Run) -> None:
    said = run("check", FUSION).output
    assert "limits: work: a blank line on the sheet, for the surgeon to fill in. What sources say: light manual" in said
    html = compose(resolve(Patient.from_dict(PLAIN_FUSION), LIBRARY, ISSUED), Layers().environment(), {}).html
    ranges = [line for name in PROCEDURES for line in LIBRARY.conditions[f"post-op/{name}"].ranges.values()]
    assert len(ranges) > 15
    assert [line for line in ranges if line in html] == []


PLAIN_FUSION = {"id": "T-1", "condition": "post-op", "procedure": "fusion", "phase": "protect", "surgery-date": "2026-11-01"}
