"""The phase after surgery is held against the weeks since it, as the clinical notes give them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.command import Run
from support.library import LIBRARY
from support.patients import ISSUED, patient, refused, slugs
from support.pdf_structure import page_texts, unpacked

from handouts.app.layers import Layers
from handouts.errors import ProblemsError
from handouts.model import Patient, Plan
from handouts.patients.reader import read_patient_file
from handouts.patients.record import plan_record
from handouts.planning.general import general_plan
from handouts.planning.resolve import resolve
from handouts.render.sheet import compose

# The notes' week windows: earliest, usual, from when on all sources agree, late.
NOTES: dict[str, tuple[int, int, int, int | None]] = {
    "discectomy/protect": (0, 0, 0, 6),
    "discectomy/switch-on": (1, 2, 2, 12),
    "discectomy/load": (4, 6, 6, 26),
    "discectomy/return": (6, 12, 12, None),
    "fusion/protect": (0, 0, 0, 14),
    "fusion/stability": (4, 6, 12, 26),
    "fusion/strength": (8, 12, 12, 52),
    "fusion/return": (16, 26, 26, None),
    "acdf/protect": (0, 0, 0, 8),
    "acdf/gentle-start": (1, 2, 2, 12),
    "acdf/control": (4, 6, 6, 26),
    "acdf/return": (10, 12, 12, None),
    "laminectomy/protect": (0, 0, 0, 6),
    "laminectomy/restart": (1, 2, 2, 12),
    "laminectomy/build": (4, 6, 6, 26),
    "laminectomy/return": (6, 12, 12, None),
    "neck-disc-replacement/protect": (0, 0, 0, 6),
    "neck-disc-replacement/gentle": (1, 2, 2, 10),
    "neck-disc-replacement/control": (2, 4, 4, 26),
    "neck-disc-replacement/return": (6, 12, 12, None),
    "neck-foraminotomy/protect": (0, 0, 0, 6),
    "neck-foraminotomy/gentle": (1, 2, 2, 10),
    "neck-foraminotomy/control": (3, 4, 4, 20),
    "neck-foraminotomy/return": (6, 8, 8, None),
    "neck-posterior/protect": (0, 0, 0, 8),
    "neck-posterior/gentle": (1, 2, 2, 12),
    "neck-posterior/control": (4, 6, 6, 26),
    "neck-posterior/return": (12, 12, 12, None),
}
NECK_MOVES = (
    "cervical-retraction", "deep-neck-nod", "lateral-neck-flexion", "neck-flex-ext", "neck-flexor-endurance",
    "neck-isometrics", "neck-rotation", "retraction-extension", "supine-chin-tuck", "upper-trap-stretch", "median-slider",
    "wall-slide", "doorway-stretch",
)  # fmt: skip


def operated(week: int, day: int = 0) -> date:
    """The day of surgery that lies so many weeks, and days, before the day of issue."""
    return ISSUED - timedelta(weeks=week, days=day)


def planned(phase: str, week: int, *lines: str, day: int = 0) -> Plan:
    return resolve(patient(f"post-op/{phase}", *lines, operated=operated(week, day)), LIBRARY, ISSUED)


def without_phase(procedure: str, surgery: date, *lines: str) -> Patient:
    someone = patient(f"post-op/{procedure}/protect", *lines, operated=surgery)
    return someone.model_copy(update={"phase": None})


def about_the_week(plan: Plan) -> list[str]:
    return [warning for warning in plan.warnings if warning.startswith(("phase:", "allow-phase:"))]


def rules_against(someone: Patient) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        resolve(someone, LIBRARY, ISSUED)
    return [problem.rule for problem in caught.value.problems]


def test_every_phase_after_surgery_has_the_weeks_of_the_notes_and_no_other_has_any() -> None:
    found = {slug: phase.weeks for slug, phase in LIBRARY.phases.items() if phase.weeks}
    assert found.keys() == {f"post-op/{phase}" for phase in NOTES} == {s for s in LIBRARY.phases if s.startswith("post-op/")}
    numbers = {slug: (weeks.earliest, weeks.usual, weeks.agreed or weeks.usual, weeks.late) for slug, weeks in found.items()}
    assert numbers == {f"post-op/{phase}": weeks for phase, weeks in NOTES.items()}


def weeks_to_try() -> Iterator[tuple[str, int, str]]:
    """Each phase just before and on each border of its weeks, and what must be said then."""
    for phase, (earliest, usual, agreed, late) in NOTES.items():
        for week in {earliest - 1, earliest, usual - 1, usual, agreed - 1, agreed, late or 500, (late or 500) + 1}:
            if week < 0:
                continue
            unusual = week < agreed or week > (late or 1000)
            yield phase, week, "error" if week < earliest else "warning" if unusual else "nothing"


@pytest.mark.parametrize(("phase", "week", "said"), sorted(weeks_to_try()))
def test_too_early_is_an_error_and_unusual_a_warning(phase: str, week: int, said: str) -> None:
    if said == "error":
        assert "[phase-weeks]" in refusal(phase, week)
        return
    warnings = about_the_week(planned(phase, week))
    assert len(warnings) == (said == "warning")
    assert all(f"week {week} after surgery" in warning for warning in warnings)


def refusal(phase: str, week: int, *lines: str, day: int = 0) -> str:
    with pytest.raises(ProblemsError) as caught:
        planned(phase, week, *lines, day=day)
    return str(caught.value)


def test_the_error_names_week_and_way_out_at_the_phase_but_no_date() -> None:
    said = refusal("discectomy/load", 3, day=6)
    assert said == (
        "t.yaml:3:8: phase: 'load' is too early in week 3 after surgery: it starts in week 4 at the earliest. Write"
        " 'phase: switch-on', which is usual in week 3. To print it all the same, add 'allow-phase: <your reason>'."
        " [phase-weeks]"
    )


@pytest.mark.parametrize(
    ("phase", "week", "warning"),
    [
        ("acdf/control", 5, "week 5 after surgery is early for 'control', which usually starts in week 6: does the surgeon"),
        ("fusion/stability", 5, "week 5 after surgery is early for 'stability', which usually starts in week 6: does the"),
        ("fusion/stability", 7, "week 7 after surgery: some sources start 'stability' in week 4, others in week 12. Go by"),
        ("fusion/protect", 400, "week 400 after surgery is late for 'protect': check the phase and the surgery date."),
    ],
)
def test_a_warning_says_what_is_unusual(phase: str, week: int, warning: str) -> None:
    assert [said.startswith(f"phase: {warning}") for said in about_the_week(planned(phase, week))] == [True]


@pytest.mark.parametrize("day", [0, 1, 6])
def test_in_the_first_week_after_neck_fusion_nobody_gets_neck_presses(day: int) -> None:
    assert "[phase-weeks]" in refusal("acdf/return", 0, day=day)
    assert "[phase-weeks]" in refusal("acdf/return", 0, "exercises: [neck-isometrics]", day=day)
    plan = resolve(without_phase("acdf", operated(0, day)), LIBRARY, ISSUED)
    assert plan.phase.slug == "post-op/acdf/protect"
    assert slugs(plan)
    assert set(slugs(plan)) & set(NECK_MOVES) == set()
    assert {*NECK_MOVES} <= LIBRARY.exercises.keys() | {"wall-slide", "doorway-stretch"}
    asked = without_phase("acdf", operated(0, day), "exercises: [neck-isometrics]")
    assert rules_against(asked) == ["R20", "phase-gate"]


# allow-phase ---------------------------------------------------------------------------------------------------------------

REASON = "allow-phase: The surgeon asks for it."


def again(plan: Plan, folder: Path) -> Plan:
    """The plan that the record of a plan gives."""
    (folder / "T-1.plan.yaml").write_text(plan_record(plan), "utf-8")
    (copy,) = read_patient_file(folder / "T-1.plan.yaml")
    return resolve(copy, LIBRARY, ISSUED)


@pytest.mark.parametrize("phase", [phase for phase, weeks in NOTES.items() if weeks[0]])
def test_a_reason_allows_a_phase_and_stays_in_the_record(phase: str, tmp_path: Path) -> None:
    plan = planned(phase, 0, REASON)
    assert plan.phase.slug == f"post-op/{phase}"
    assert about_the_week(plan) == []
    record = yaml.safe_load(plan_record(plan))
    stem = phase.rpartition("/")[2]
    assert record["overrides"][0] == {"phase": stem, "allow-phase": "The surgeon asks for it."}
    assert record["patient"]["allow-phase"] == "The surgeon asks for it."
    same, aside = again(plan, tmp_path), {"patient": plan.patient}
    assert replace(same, **aside) == replace(plan, **aside)


@pytest.mark.parametrize(("phase", "week"), [("acdf/return", 10), ("acdf/return", 30), ("fusion/protect", 0)])
def test_a_reason_that_allows_nothing_is_a_warning_and_no_override(phase: str, week: int) -> None:
    plan = planned(phase, week, REASON)
    assert about_the_week(plan)[0].startswith("allow-phase: is not needed")
    assert yaml.safe_load(plan_record(plan))["overrides"] == []
    assert "surgeon asks" not in " ".join(plan.warnings), "the reason may hold a patient's words"


def test_a_reason_without_surgery_is_a_warning_too() -> None:
    assert about_the_week(resolve(patient("lumbar/late", REASON), LIBRARY, ISSUED))


@pytest.mark.parametrize("value", ["[a, b]", "''", f"'{'x' * 201}'", "{a: b}"])
def test_a_reason_must_be_a_text_of_some_words(value: str) -> None:
    assert ": allow-phase: " in refused("post-op/acdf/return", f"allow-phase: {value}")


def test_a_reason_opens_no_exercise() -> None:
    someone = patient("post-op/acdf/return", REASON, "exercises: [supine-head-lift]", operated=operated(0))
    assert "R20" in rules_against(someone)


def test_a_red_flag_outranks_a_phase_that_is_too_early() -> None:
    plan = planned("acdf/return", 0, "red-flags: [other]")
    assert (plan.items, about_the_week(plan)) == ((), [])


# No phase ------------------------------------------------------------------------------------------------------------------


def usual_phase(procedure: str, week: int) -> str:
    return [phase for phase, weeks in NOTES.items() if phase.startswith(f"{procedure}/") and weeks[1] <= week][-1]


@pytest.mark.parametrize("procedure", ["discectomy", "fusion", "acdf"])
@pytest.mark.parametrize("week", [0, 1, 2, 5, 6, 11, 12, 25, 26, 200])
def test_a_phase_left_out_is_the_one_that_is_usual_in_this_week(procedure: str, week: int, tmp_path: Path) -> None:
    plan = resolve(without_phase(procedure, operated(week, 6)), LIBRARY, ISSUED)
    phase = usual_phase(procedure, week)
    stem = phase.rpartition("/")[2]
    assert plan.phase.slug == f"post-op/{phase}"
    assert plan.warnings[0].startswith(f"phase: not given: week {week} after surgery is usually '{stem}', and the sheet is")
    assert plan.patient.phase == yaml.safe_load(plan_record(plan))["patient"]["phase"] == stem
    aside: dict[str, Any] = {"patient": plan.patient, "warnings": plan.warnings}
    assert replace(again(plan, tmp_path), **aside) == plan


def test_without_a_date_no_phase_is_proposed() -> None:
    assert rules_against(without_phase("acdf", ISSUED + timedelta(days=1))) == ["date"]
    assert rules_against(without_phase("acdf", ISSUED).model_copy(update={"surgery_date": None})) == ["surgery"]


def test_a_date_in_the_future_stays_an_error_of_its_own() -> None:
    someone = patient("post-op/acdf/return", operated=ISSUED + timedelta(days=1))
    assert rules_against(someone) == ["date"]


def test_a_file_without_a_phase_is_read_after_surgery_only() -> None:
    data = {"id": "T-1", "condition": "post-op", "procedure": "acdf", "surgery-date": operated(3)}
    assert resolve(Patient.from_dict(data), LIBRARY, ISSUED).phase.stem == "gentle-start"
    with pytest.raises(ProblemsError, match="the key 'phase' is missing"):
        resolve(Patient.from_dict({"id": "T-1", "condition": "lumbar"}), LIBRARY, ISSUED)


# The sheet -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["full", "compact", "fridge", "large", "booklet"])
def test_the_sheet_says_when_the_operation_was(layout: str) -> None:
    plan = planned("acdf/gentle-start", 2, f"print: {{layout: {layout}}}", day=5)
    assert compose(plan, Layers().environment(), {}).html.count("Operation 2 November 2026, week 2") == 1


def test_the_sheet_says_it_in_spanish() -> None:
    plan = planned("acdf/gentle-start", 2, "language: es", day=5)
    assert "Operación: 2 de noviembre de 2026, semana 2" in compose(plan, Layers().environment("es"), {}).html


def test_no_other_sheet_speaks_of_an_operation_of_the_patients() -> None:
    environment = Layers().environment()
    plans = [
        planned("acdf/gentle-start", 2, "red-flags: [other]"),
        resolve(patient("lumbar/late"), LIBRARY, ISSUED),
        general_plan(LIBRARY.phases["post-op/acdf/return"], LIBRARY),
    ]
    assert [plan.sheet_id for plan in plans if 'class="surgery"' in compose(plan, environment, {}).html] == []


@pytest.mark.pdf
def test_the_day_of_the_operation_is_on_the_paper_and_nowhere_else(run: Run) -> None:
    lines = ["id: T-1", "condition: post-op", "procedure: acdf", "surgery-date: 2026-11-02", "issued: 2026-11-21"]
    Path("p.yaml").write_text("\n".join(lines), "utf-8")
    said = run("pdf", "p.yaml", "--out", "out")
    (pdf,) = Path("out").glob("*.pdf")
    assert pdf.name == "T-1-2026-11-21.pdf"
    assert "phase: not given: week 2 after surgery is usually 'gentle-start'" in said.stderr
    assert "Operation 2 November 2026, week 2" in " ".join(page_texts(pdf.read_bytes())[0].split())
    inside = unpacked(pdf.read_bytes()).decode("latin-1").replace("\0", "")
    written = ("2 November", "2026-11-02", "20261102")
    assert [day for day in written if day in inside or day in said.output] == []
