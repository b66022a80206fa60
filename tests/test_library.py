"""`import handouts`: what docs/library.md shows works, and costs nothing until it is used."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import fields
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from support.written import EXAMPLES, ROOT

import handouts
from handouts import model

PAGE = (ROOT / "docs" / "library.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```\n(?:\n((?:    [^\n]+\n)+))?", PAGE, flags=re.DOTALL)
TODAY = date(2026, 11, 20)
PATIENT = {"id": "L-1", "condition": "lumbar", "phase": "subacute", "exercises": ["prone-leg-lift", "walking"]}


@pytest.fixture(scope="module")
def library() -> handouts.Library:
    return handouts.load_library(clinic=EXAMPLES / "clinic.yaml")


def test_the_page_has_examples() -> None:
    assert len(BLOCKS) == 3


@pytest.mark.pdf
def test_what_the_page_shows_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my" / "content").mkdir(parents=True)
    (tmp_path / "clinic.yaml").write_bytes((ROOT / "examples" / "clinic.yaml").read_bytes())
    names: dict[str, object] = {}
    for code, shown in BLOCKS:
        exec(compile(code, "docs/library.md", "exec"), names)
        printed = [line.strip() for line in capsys.readouterr().out.splitlines()]
        expected = [line.strip() for line in shown.splitlines()]
        assert len(printed) == len(expected)
        for line, start in zip(printed, expected, strict=True):
            assert line == start or (start.endswith(" ...") and line.startswith(start.removesuffix(" ...")))
    with pikepdf.open("L-0042.pdf") as pdf:
        assert len(pdf.pages) > 1
    assert "Alex Example" in Path("L-0042.html").read_text("utf-8")


@pytest.mark.pdf
def test_a_sheet_is_the_one_that_the_command_makes(library: handouts.Library, tmp_path: Path) -> None:
    file = EXAMPLES / "lumbar-acute.yaml"
    command = [sys.executable, "-m", "handouts", "pdf", str(file), "--out", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    (made,) = tmp_path.glob("*.pdf")
    from handouts.patients.reader import read_patients

    ((patient,), _) = read_patients([file])
    assert handouts.plan(patient, library, date(2026, 11, 21)).to_pdf() == made.read_bytes()


def test_a_plan_is_the_planners_own(library: handouts.Library) -> None:
    plan = handouts.plan(handouts.Patient.from_dict(PATIENT), library, TODAY)
    assert [item.exercise.slug for item in plan.items] == ["prone-leg-lift", "walking"]
    assert isinstance(plan, model.Plan)
    assert {field.name for field in fields(plan)} - {field.name for field in fields(model.Plan)} == {"layers"}


@pytest.mark.pdf
def test_a_locked_sheet_opens_with_its_password_only(library: handouts.Library) -> None:
    pdf = handouts.plan(handouts.Patient.from_dict(PATIENT), library, TODAY).to_pdf(password="for the test only")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(pdf))
    with pikepdf.open(io.BytesIO(pdf), password="for the test only") as opened:
        assert len(opened.pages) > 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"exercises": ["walk"]}, "exercises[0]: 'walk' is not a known exercise."),
        ({"exercises": ["swallow"]}, "exercises[0]: 'swallow' is not for lumbar/subacute"),
        ({"phase": "late-ish"}, "phase: "),
        ({"language": "xx"}, "language: 'xx' is not a known language."),
        ({"language": "nl"}, "language: 'nl' is not a known language."),
    ],
)
def test_a_refusal_says_where_in_the_dict(library: handouts.Library, change: dict[str, object], problem: str) -> None:
    patient = handouts.Patient.from_dict({**PATIENT, **change})
    with pytest.raises(handouts.ProblemsError) as refusal:
        handouts.plan(patient, library, TODAY)
    assert str(refusal.value.problems[0]).startswith(problem)


def test_what_is_not_translated_is_refused_unless_the_caller_allows_english(library: handouts.Library) -> None:
    patient = handouts.Patient.from_dict({**PATIENT, "language": "es", "exercises": ["neck-isometrics"], "topics": []})
    patient = patient.model_copy(update={"exercises": ()})
    with pytest.raises(handouts.ProblemsError, match="has no Spanish text"):
        handouts.plan(patient, library, TODAY)
    assert handouts.plan(patient, library, TODAY, allow_fallback=True).items


def test_check_says_what_the_command_says(tmp_path: Path) -> None:
    (tmp_path / "patient.yaml").write_text("id: L-1\ncondition: lumbar\nphase: none\n", "utf-8")
    problems = handouts.check([tmp_path / "patient.yaml"], today=TODAY)
    assert any("phase" in str(problem) and not problem.warning for problem in problems)
    assert all(isinstance(problem, handouts.Problem) for problem in problems)


def test_importing_it_imports_no_library_and_dir_shows_the_whole_door() -> None:
    heavy = "pydantic", "jinja2", "weasyprint", "numpy", "yaml", "click", "babel", "markdown"
    code = "import sys, handouts; print(sorted(dir(handouts)), *(m for m in sys.argv[1:] if m in sys.modules), sep='\\n')"
    shown = subprocess.run([sys.executable, "-c", code, *heavy], check=True, capture_output=True, text=True).stdout
    assert shown.strip() == str(sorted(handouts.__all__))


def test_every_public_name_is_there_and_no_other() -> None:
    assert all(getattr(handouts, name) for name in handouts.__all__)
    with pytest.raises(AttributeError, match="no attribute 'plans'"):
        _ = handouts.plans
