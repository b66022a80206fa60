"""`handouts check`: everything that is wrong, as text and as JSON; warnings count only where they are asked to."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from support.command import Run
from support.faults import PATIENTS, change_files

pytestmark = pytest.mark.usefixtures("small_world")

OLD = {"file": "education/getting-up.md", "old": "reviewed: 2026-11-21", "new": "reviewed: 2001-02-03"}
OVERDUE = (
    "content/education/getting-up.md:7:11: was last checked on 2001-02-03: check it and put the new date"
    " [overdue-review] (warning)"
)
LEFT = {"file": "exercises/strengthening/heel-press.md", "old": "phases: [lumbar/early, lumbar/later]", "new": "phases: []"}
THIN = "content/conditions/lumbar/later.md:2:1: 1 exercise names this phase: a plan needs at least 2 [thin-phase] (warning)"
EMPTY = {
    **LEFT,
    "also": [{"file": "exercises/mobility/knee-circle.md", "old": "phases: [lumbar/later]", "new": "phases: []"}],
}

OPERATIONS = "discectomy, fusion, acdf, laminectomy, neck-disc-replacement, neck-foraminotomy or neck-posterior"


def checked(run: Run, *arguments: str) -> Result:
    """`handouts check` over the small content, which writes nothing."""
    before = everything()
    result = run("check", *arguments, "--content", "content")
    assert everything() == before
    assert "Traceback" not in result.output
    return result


def everything() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


def test_good_content_and_good_patients_have_no_problem(run: Run) -> None:
    result = checked(run, str(PATIENTS))
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if not line.endswith((" (warning)", " (note)"))] == []


def test_the_faults_of_patients_are_said_on_stdout_and_counted_on_stderr(run: Run) -> None:
    Path("patients").mkdir()
    text = (PATIENTS / "post-op.yaml").read_text("utf-8")
    Path("patients/b.yaml").write_text(text.replace("T-02", "T-03").replace("surgery-date: 2026-10-31\n", ""), "utf-8")
    Path("patients/a.yaml").write_text(text.replace("procedure: fusion\n", ""), "utf-8")
    result = checked(run, "patients")
    assert result.exit_code == 1
    faults = [line for line in result.stdout.splitlines() if not line.endswith("(warning)")]
    assert faults == [
        f"patients/a.yaml:3:12: post-op needs 'procedure': {OPERATIONS} [surgery]",
        "patients/b.yaml:3:12: post-op needs 'surgery-date', such as 2026-10-01 [surgery]",
    ]
    assert result.stderr.startswith("2 problems")
    assert "Pippa" not in result.output


def test_what_the_planner_warns_of_stands_at_the_patients_file(run: Run) -> None:
    Path("patients").mkdir()
    text = (PATIENTS / "post-op.yaml").read_text("utf-8")
    (Path("patients") / "far.yaml").write_text(text.replace("review: 2026-12-05", "review: 2027-06-05"), "utf-8")
    result = checked(run, "patients")
    (line,) = [line for line in result.stdout.splitlines() if "the next visit is" in line]
    assert line.startswith("patients/far.yaml:1:1: ")
    assert line.endswith("[plan] (warning)")
    assert result.exit_code == 0


def test_a_warning_alone_is_said_and_lets_pass(run: Run) -> None:
    change_files(OLD, Path("content"))
    result = checked(run)
    assert result.exit_code == 0
    assert OVERDUE in result.stdout.splitlines()
    assert result.stderr.endswith(("warning\n", "warnings\n"))
    assert "problem" not in result.stderr


def test_strict_makes_a_warning_a_problem_without_saying_more(run: Run) -> None:
    change_files(OLD, Path("content"))
    lenient, strict = checked(run), checked(run, "--strict")
    assert strict.exit_code == 1
    assert strict.stdout == lenient.stdout


def test_a_phase_with_nothing_to_choose_from_is_a_warning(run: Run) -> None:
    change_files(LEFT, Path("content"))
    assert THIN in checked(run).stdout.splitlines()
    shutil.rmtree("content")
    shutil.copytree(PATIENTS.parent / "content", "content", ignore=shutil.ignore_patterns("sources.yaml", "glossary.yaml"))
    change_files(EMPTY, Path("content"))
    assert THIN.replace("1 exercise", "no exercise") in checked(run).stdout.splitlines()


def test_json_says_the_same_as_text(run: Run) -> None:
    change_files(OLD, Path("content"))
    Path("patient.yaml").write_text((PATIENTS / "post-op.yaml").read_text("utf-8").replace("T-02", "T/02"), "utf-8")
    text, machine = checked(run, "patient.yaml"), checked(run, "patient.yaml", "--format", "json")
    problems = json.loads(machine.stdout)
    lines = [
        "{path}:{line}:{column}: {message} [{rule}]".format(**problem) + " (warning)" * problem["warning"]
        for problem in problems
    ]
    assert lines == text.stdout.splitlines()
    assert (text.exit_code, machine.exit_code) == (1, 1)
    assert {problem["warning"] for problem in problems} == {True, False}
    assert machine.stderr == ""


def test_json_is_an_empty_list_where_nothing_is_wrong(run: Run) -> None:
    result = run("check", "--format", "json")  # the shipped content alone; whatever it warns of is no fault
    assert result.exit_code == 0
    assert [problem for problem in json.loads(result.stdout) if not problem["warning"]] == []


def test_faults_of_content_and_of_patients_are_said_together(run: Run) -> None:
    change_files({"file": "clinic.yaml", "old": "phone: 555-0142\n", "new": ""}, Path("content"))
    Path("patient.yaml").write_text((PATIENTS / "post-op.yaml").read_text("utf-8").replace("T-02", "T/02"), "utf-8")
    result = checked(run, "patient.yaml")
    assert [line.partition(" ")[0] for line in result.stdout.splitlines()] == [
        "content/clinic.yaml:1:1:",
        "patient.yaml:1:5:",
    ]


def test_an_unknown_format_is_usage(run: Run) -> None:
    assert run("check", "--format", "xml").exit_code == 2
