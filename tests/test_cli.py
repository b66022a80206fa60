"""The command as a user types it."""

from __future__ import annotations

import os
import pty
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from support.command import Run
from support.pdf_structure import page_texts
from support.sheets import PATIENTS
from support.written import ROOT

from handouts.cli.terminal import MANY_SHEETS


@pytest.mark.pdf
def test_pdf_makes_a_sheet_named_by_id_and_date_and_prints_where_it_is(run: Run, tmp_path: Path) -> None:
    result = run("pdf", ROOT / "examples" / "lumbar-acute.yaml")
    assert result.exit_code == 0, result.output
    path, _, pages = result.stdout.strip().partition("  ")
    target = Path(path)
    assert target == Path("build/handouts/EX-03-2026-11-21.pdf")
    assert pages == f"({len(page_texts((tmp_path / target).read_bytes()))} pages)"
    assert (tmp_path / target).read_bytes().startswith(b"%PDF-1.7")


@pytest.mark.pdf
def test_the_date_option_outranks_the_file_and_the_file_outranks_today(run: Run) -> None:
    patient = ROOT / "examples" / "lumbar-acute.yaml"
    assert "EX-03-2026-11-25.pdf" in run("pdf", patient, "--date", "2026-11-25").stdout
    assert "EX-03-2026-11-21.pdf" in run("pdf", patient).stdout


@pytest.mark.pdf
def test_a_folder_and_a_table_of_patients_make_a_sheet_each(run: Run) -> None:
    result = run("pdf", ROOT / "examples", "--out", "out", "--jobs", 2)
    assert result.exit_code == 0, result.output
    assert result.stderr == "", "the examples give no cause for a warning"
    assert sorted(path.name[:5] for path in Path("out").glob("*.pdf")) == [f"EX-{number:02}" for number in range(1, 11)]


@pytest.mark.pdf
def test_shards_share_the_patients_without_gap_or_overlap(run: Run) -> None:
    made = [
        {Path(line).name for line in run("pdf", ROOT / "examples", "--shard", f"{part}/3").stdout.splitlines()}
        for part in (1, 2, 3)
    ]
    assert sum(len(part) for part in made) == len(set().union(*made)) == 10


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pdf"], "Missing argument 'PATIENTS...'"),
        (["pfd"], "Did you mean"),
        (["pdf", "x.yaml", "--paper", "a5"], "'a5' is not one of 'a4', 'letter'"),
        (["pdf", "x.yaml", "--shard", "9/8"], "must be a part and a whole"),
        (["pdf", "x.yaml", "--date", "21.11.2026"], "does not match the format"),
        (["list", "--phase", "lumbar/subacut"], "Did you mean 'lumbar/subacute'?"),
        (["list", "--category", "extensoin"], "Did you mean 'extension'?"),
    ],
)
def test_a_mistyped_command_is_usage_and_exits_with_2(run: Run, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_missing_patient_file_is_a_problem_and_no_traceback(run: Run) -> None:
    result = run("pdf", "nobody.yaml")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "nobody.yaml:1:1: cannot be read: No such file or directory [file]",
        "1 problem",
    ]


def test_a_fault_of_our_own_shows_no_words_of_a_patient(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise RuntimeError("the patient Alex Example")

    monkeypatch.setattr("handouts.app.site.build_site", broken)
    result = run("site", "--no-sheets")
    assert result.exit_code == 1
    assert "RuntimeError" in result.stderr
    assert "Alex" not in result.output
    with pytest.raises(RuntimeError):
        raise run("--debug", "site", "--no-sheets").exception  # type: ignore[misc]


def test_list_shows_every_exercise_under_each_of_its_phases(run: Run) -> None:
    lines = run("list").stdout.splitlines()
    here = lines.index("lumbar/subacute  (Start small)")
    assert any(line.split()[0] == "prone-leg-lift" for line in lines[here:] if line.startswith("  "))
    only = run("list", "--phase", "lumbar/late", "--category", "extension").stdout.splitlines()
    assert [line.split()[0] for line in only[1:] if "swallow" in line] == ["swallow"]
    assert all(line.split()[1] == "extension" for line in only[1:])


def test_list_marks_what_needs_a_therapists_yes(run: Run) -> None:
    lines = run("list", "--phase", "post-op/fusion/strength").stdout.splitlines()
    marked = [line for line in lines if line.startswith("  prone-leg-lift")]
    assert len(marked) == 1
    assert marked[0].endswith("needs 'allow:'")


def test_a_new_exercise_loads_as_it_is(run: Run, tmp_path: Path) -> None:
    result = run("new", "exercise", "toe-curl", "--category", "strengthening", "--into", "mine")
    assert result.exit_code == 0, result.output
    assert Path(result.stdout.strip()) == Path("mine/exercises/strengthening/toe-curl.md")
    assert run("check", "--content", "mine").exit_code == 0
    assert "toe-curl" in run("list", "--content", "mine").stdout


@pytest.mark.parametrize(
    ("slug", "category", "said"),
    [
        ("Toe Curl", "strengthening", "'Toe Curl' is no slug"),
        ("../escape", "strengthening", "'../escape' is no slug"),
        ("toe-curl", "strenghtening", "Did you mean 'strengthening'?"),
    ],
)
def test_a_new_exercise_with_a_wrong_name_is_refused(run: Run, slug: str, category: str, said: str) -> None:
    result = run("new", "exercise", slug, "--category", category)
    assert result.exit_code == 1
    assert said in result.stderr
    assert not Path("content").exists()


def test_a_new_exercise_never_overwrites(run: Run) -> None:
    assert run("new", "exercise", "toe-curl", "--category", "strengthening").exit_code == 0
    again = run("new", "exercise", "toe-curl", "--category", "strengthening")
    assert again.exit_code == 1
    assert "is there already" in again.stderr


def test_a_clinics_own_content_and_templates_win_file_by_file(run: Run, tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    text = (ROOT / "examples" / "clinic.yaml").read_text("utf-8").replace("Example Spine Clinic", "Sample Street Clinic")
    (content / "clinic.yaml").write_text(text, "utf-8")
    templates = tmp_path / "templates" / "site"
    templates.mkdir(parents=True)
    child = '{% extends "bundled/site/about.html" %}{% block title %}Our own words{% endblock %}'
    (templates / "about.html").write_text(child, "utf-8")
    result = run("site", "--no-sheets", "--content", "content", "--templates", "templates")
    assert result.exit_code == 0, result.output
    about = (tmp_path / "build/site/about/index.html").read_text("utf-8")
    assert "<title>Our own words: Sample Street Clinic</title>" in about
    assert "Sources" in about


@pytest.mark.pdf
def test_the_clinic_beside_the_patients_hands_the_sheet_out(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "patients"
    folder.mkdir()
    for name in ("lumbar-acute.yaml",):
        (folder / name).write_bytes((ROOT / "examples" / name).read_bytes())
    text = (ROOT / "examples" / "clinic.yaml").read_text("utf-8").replace("555-0100", "555-0199")
    (folder / "clinic.yaml").write_text(text, "utf-8")
    result = run("pdf", "patients")
    assert result.exit_code == 0, result.output
    path = result.stdout.partition("  ")[0]
    words = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    assert "555-0199" in words
    assert "555-0100" not in words


def test_doctor_finds_all_that_a_sheet_needs(run: Run) -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.output
    assert "MISSING" not in result.stdout
    assert "one test page" in result.stdout


def test_doctor_names_the_command_that_mends_what_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handouts.app.doctor._is_installed", lambda name: name != "pango-1.0")
    result = run("doctor")
    assert result.exit_code == 1
    assert "MISSING  system library pango-1.0" in result.stdout
    assert "libpango-1.0-0" in result.stdout


def test_help_waits_for_nothing_but_click() -> None:
    """What is slow to import would be half of its time: processes to share work among, models, WeasyPrint."""
    code = "import sys, handouts.cli; print(*(name for name in sys.argv[1:] if name in sys.modules))"
    slow = ("weasyprint", "pydantic", "jinja2", "yaml", "numpy", "multiprocessing", "concurrent.futures", "logging")
    found = subprocess.run([sys.executable, "-c", code, *slow, "click"], check=True, capture_output=True, text=True)
    assert found.stdout.split() == ["click"]


def test_help_costs_little() -> None:
    """Under 0.15 s of the processor's time, the least of some runs: another program may be in the way of one."""

    def cost() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "handouts", "--help"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(cost() for _ in range(10)) < 0.15


@pytest.mark.pdf
def test_a_terminal_sees_progress_and_a_pipe_does_not(tmp_path: Path) -> None:
    (tmp_path / "patients").mkdir()
    emergency = (PATIENTS / "emergency.yaml").read_text("utf-8")  # the quickest to print
    for number in range(MANY_SHEETS):
        (tmp_path / "patients" / f"{number}.yaml").write_text(emergency.replace("id: EMERGENCY", f"id: E-{number}"), "utf-8")
    command = [sys.executable, "-m", "handouts", "pdf", str(tmp_path / "patients"), "--out", str(tmp_path / "out")]
    quiet = subprocess.run(command, check=True, capture_output=True, text=True)
    assert quiet.stderr == ""
    leader, follower = pty.openpty()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=follower)
    os.close(follower)
    seen = b""
    while True:
        try:
            chunk = os.read(leader, 4096)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        seen += chunk
    os.close(leader)
    assert process.wait() == 0
    assert b"Making sheets" in seen
    assert b"100%" in seen
