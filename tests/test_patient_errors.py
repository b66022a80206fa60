"""A faulty patient file: its faults are said line by line, nothing is written, and no word of the patient gets out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.command import Run, paths
from support.faults import EARLIER, PATIENTS, SHEETS, cases, faults_of, offered, replaced

from handouts.app.layers import Layers
from handouts.app.plans import plan_handouts

ID = "id: must be 1 to 40 letters (a-z), digits, - or _, and start with a letter or digit [value]"

pytestmark = pytest.mark.usefixtures("small_world")


def patient(base: str, *changes: tuple[str, str]) -> str:
    """The text of a patient file of the fixtures, changed."""
    text = (PATIENTS / f"{base}.yaml").read_text("utf-8")
    for old, new in changes:
        text = replaced(text, old, new)
    return text


@pytest.mark.pdf
def test_the_fixtures_themselves_make_their_sheets(run: Run) -> None:
    result = run("pdf", PATIENTS, "--content", "content")
    assert result.exit_code == 0, result.output
    assert paths(result.stdout) == [f"build/handouts/{name}" for name in SHEETS]
    assert all(Path(line).read_bytes().startswith(b"%PDF") for line in paths(result.stdout))


@pytest.mark.pdf
def test_a_reason_opens_the_gates(run: Run) -> None:
    allowed = ("- heel-press", "- {exercise: knee-circle, allow: Seen in clinic.}")
    precaution = ("side: left", "side: left\nprecautions: [osteoporosis]")
    Path("patient.yaml").write_text(patient("lumbar", allowed, precaution), "utf-8")
    result = run("pdf", "patient.yaml", "--content", "content")
    assert result.exit_code == 0, result.output
    assert Path("build/handouts", SHEETS[0]).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("case", cases("patients"))
def test_every_fault_of_a_patient_file_is_said_at_its_line(case: Mapping[str, Any], run: Run) -> None:
    changes = [(change["old"], change["new"]) for change in (case, *case.get("also", ()))]
    Path("patient.yaml").write_text(patient(case["base"], *changes), "utf-8")
    assert faults_of(run("pdf", "patient.yaml", "--content", "content")) == offered(case["said"])


# Doses --------------------------------------------------------------------------------------------------------------------


def prescribed(exercise: str, key: str, value: str) -> str:
    return f"{{exercise: {exercise}, {key}: {value}}}"


TWO_EXERCISES = "  - heel-press\n  - exercise: hall-walk\n    minutes: 10 min\n    note: Hold the rail.\n"
BOUNDS = [  # the hard limits of any patient
    ("heel-press", "sets", 1, 6, ""),
    ("heel-press", "reps", 1, 50, ""),
    ("heel-press", "hold", 1, 120, " s"),
    ("heel-press", "per-day", 1, 12, ""),
    ("heel-press", "days-per-week", 1, 7, ""),
    ("hall-walk", "minutes", 1, 60, " min"),
]


def test_a_dose_just_out_of_bounds_is_refused_at_both_ends(run: Run) -> None:
    Path("patients").mkdir()
    expected = []
    for exercise, key, low, high, unit in BOUNDS:
        for value in (f"{low - 1}{unit}", f"{high + 1}{unit}"):
            name = f"patients/{key}-{len(expected):02}.yaml"
            entry = prescribed(exercise, key, value)
            Path(name).write_text(
                patient("lumbar", ("T-01", f"D-{len(expected)}"), (TWO_EXERCISES, f"  - {entry}\n")), "utf-8"
            )
            column = len("  - ") + entry.index(f"{value}}}") + 1
            message = f"{key}: '{value}' is out of bounds: {low} to {high}{unit} are allowed"
            expected.append(f"{name}:13:{column}: {message} [value]")
    assert len(expected) == 12
    assert faults_of(run("pdf", "patients", "--content", "content")) == sorted(expected)


def test_a_dose_at_either_bound_is_allowed(run: Run) -> None:
    Path("patients").mkdir()
    for exercise, key, low, high, unit in BOUNDS:
        for value in (f"{low}{unit}", f"{high}{unit}"):
            name = f"{key}-{value.split()[0]}"
            text = patient("lumbar", ("T-01", name), (TWO_EXERCISES, f"  - {prescribed(exercise, key, value)}\n"))
            Path(f"patients/{name}.yaml").write_text(text, "utf-8")
    plans = plan_handouts([Path("patients")], Layers((Path("content"),)), date(2026, 11, 21))
    assert len(plans) == 12


def test_a_dose_that_is_no_whole_number_is_refused(run: Run) -> None:
    Path("patients").mkdir()
    expected = []
    for number, value in enumerate(["8-6-4", "-1", "2.5", "two", "yes", "010", "1:30", "8 s", "1e1", "0x10"]):
        entry = prescribed("heel-press", "reps", value)
        text = patient("lumbar", ("T-01", f"D-{number}"), ("- heel-press", f"- {entry}"))
        Path(f"patients/{number}.yaml").write_text(text, "utf-8")
        quoted = f"'{value}' " * any(letter.isdigit() for letter in value)  # words may be a patient's own
        expected.append(f"patients/{number}.yaml:13:34: reps: {quoted}must be a whole number or a range, such as 2 [value]")
    assert faults_of(run("pdf", "patients", "--content", "content")) == expected


# Files --------------------------------------------------------------------------------------------------------------------

NOT_TEXT = {
    "empty": (b"", "1:1: is empty"),
    "blank": (b" \n\n", "1:1: is empty"),
    "binary": (b"\x7fELF\0\0\1", "1:1: is a binary file, not a text file"),
    "not UTF-8": (
        b"id: T-01\nname: Pippa Pr\xe9tend\n",
        "2:15: is not UTF-8 text (byte 0xe9): save it as UTF-8 in your editor",
    ),
    "not UTF-8 after letters of two bytes": (
        "id: T-01\nname: Üä".encode() + b"\xe9\n",
        "2:9: is not UTF-8 text (byte 0xe9): save it as UTF-8 in your editor",
    ),
    "not UTF-8 after a byte order mark": (
        b"\xef\xbb\xbfid: T-01\nname: Pippa Pr\xe9tend\n",
        "2:15: is not UTF-8 text (byte 0xe9): save it as UTF-8 in your editor",
    ),
    "cut within a letter": (b"id: T-01\nname: \xc3", "2:7: is not UTF-8 text (byte 0xc3): save it as UTF-8 in your editor"),
}


@pytest.mark.parametrize(("data", "said"), NOT_TEXT.values(), ids=NOT_TEXT)
def test_a_file_that_is_no_text_is_refused(run: Run, data: bytes, said: str) -> None:
    Path("patient.yaml").write_bytes(data)
    assert faults_of(run("pdf", "patient.yaml", "--content", "content")) == [f"patient.yaml:{said} [file]"]


@pytest.mark.parametrize(
    ("name", "most"), [("patient.yaml", "1,000,000"), ("patients.csv", "10,000,000"), ("patients.xlsx", "10,000,000")]
)
def test_a_file_of_50_megabytes_is_refused_unread(run: Run, name: str, most: str) -> None:
    with Path(name).open("wb") as file:
        file.truncate(50 * 2**20)
    said = f"{name}:1:1: is too large (52,428,800 bytes; at most {most} are read) [file]"
    assert faults_of(run("pdf", name, "--content", "content")) == [said]


def test_paths_that_hold_no_patient_are_refused_together(run: Run) -> None:
    Path("empty").mkdir()
    Path("empty", "clinic.yaml").write_text("name: A clinic is no patient\n", "utf-8")
    shutil.copy(PATIENTS / "lumbar.yaml", "patient.txt")
    endings = ".yaml, .yml, .csv, .tsv, .xlsx"
    assert faults_of(run("pdf", "nobody.yaml", "empty", "patient.txt", "--content", "content")) == [
        f"empty:1:1: holds no patient file (their names end in {endings}) [file]",
        "nobody.yaml:1:1: cannot be read: No such file or directory [file]",
        f"patient.txt:1:1: is not a patient file: its name must end in {endings} [file]",
    ]


def test_a_file_name_that_no_terminal_can_print_is_said_without_a_traceback() -> None:
    result = handouts("check", os.fsdecode(b"pati\xe9nt.yaml"), "--content", "content")
    assert result.returncode == 1
    assert "nt.yaml:1:1: cannot be read: No such file or directory [file]" in result.stdout


# Several files --------------------------------------------------------------------------------------------------------------


def test_the_faults_of_two_files_are_said_in_one_run_and_the_good_file_is_not_printed(run: Run) -> None:
    Path("patients").mkdir()
    Path("patients/a.yaml").write_text(patient("lumbar", ("id: T-01", "id: T 01")), "utf-8")
    Path("patients/b.yaml").write_text(patient("post-op"), "utf-8")
    Path("patients/c.yaml").write_text(patient("lumbar", ("id: T-01", "id: T-03"), ("side: left", "sides: left")), "utf-8")
    lines = faults_of(run("pdf", "patients", "--content", "content"))
    assert lines[0] == f"patients/a.yaml:1:5: {ID}"
    assert lines[1].startswith("patients/c.yaml:9:1: 'sides' is not a known key. Did you mean 'side'?")
    assert len(lines) == 2


def test_a_fault_of_reading_and_a_gate_of_another_file_are_said_in_one_run(run: Run) -> None:
    Path("a.yaml").write_text(patient("lumbar", ("id: T-01", "id: T 01")), "utf-8")
    Path("b.yaml").write_text(patient("post-op", ("surgery-date: 2026-10-31\n", "")), "utf-8")
    assert faults_of(run("pdf", "a.yaml", "b.yaml", "--content", "content")) == [
        f"a.yaml:1:5: {ID}",
        "b.yaml:3:12: post-op needs 'surgery-date', such as 2026-10-01 [surgery]",
    ]


def test_the_gates_of_two_files_are_said_in_one_run(run: Run) -> None:
    Path("a.yaml").write_text(patient("lumbar", ("review: 2026-12-05", "review: 2026-11-20")), "utf-8")
    Path("b.yaml").write_text(patient("post-op", ("surgery-date: 2026-10-31\n", "")), "utf-8")
    assert faults_of(run("pdf", "b.yaml", "a.yaml", "--content", "content")) == [
        "a.yaml:6:9: review: must be after the day of issue [date]",
        "b.yaml:3:12: post-op needs 'surgery-date', such as 2026-10-01 [surgery]",
    ]


def test_faults_of_the_content_and_of_a_patient_are_said_in_one_run(run: Run) -> None:
    Path("content/clinic.yaml").write_text("name: A\nphone: 555-0143\nemergency: ~\n", "utf-8")
    Path("patient.yaml").write_text(patient("lumbar", ("id: T-01", "id: T 01")), "utf-8")
    assert faults_of(run("pdf", "patient.yaml", "--content", "content")) == [
        "content/clinic.yaml:3:12: emergency: is empty: write a value or leave the key out [value]",
        f"patient.yaml:1:5: {ID}",
    ]


def test_a_fault_of_the_clinic_beside_the_patients_is_said(run: Run) -> None:
    Path("patients").mkdir()
    Path("patients/a.yaml").write_text(patient("lumbar"), "utf-8")
    Path("patients/clinic.yaml").write_text("name: A\nphone: 555-0143\n", "utf-8")
    said = "patients/clinic.yaml:1:1: the key 'emergency' is missing [key]"
    assert faults_of(run("pdf", "patients", "--content", "content")) == [said]
    assert faults_of(run("pdf", "patients/a.yaml", "--content", "content")) == [said]


@pytest.mark.parametrize("twin", ["T-01", "t-01"])
def test_two_patients_of_one_id_are_refused_because_one_sheet_would_replace_the_other(run: Run, twin: str) -> None:
    Path("a.yaml").write_text(patient("lumbar"), "utf-8")
    Path("b.yaml").write_text("# A second file\n" + patient("post-op", ("id: T-02", f"id: {twin}")), "utf-8")
    assert faults_of(run("pdf", "a.yaml", "b.yaml", "--content", "content")) == [
        "b.yaml:2:5: this id is also used in a.yaml:1: every patient has an own id [id]"
    ]


# Permissions: in a process of its own, since nothing is forbidden to root ---------------------------------------------------

BOUND = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
UNPRIVILEGED = BOUND if os.geteuid() == 0 else []


def unprivileged(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command that obeys the permissions of files, whoever runs the tests."""
    command = (*UNPRIVILEGED, sys.executable, *command)
    strict = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}  # as in most terminals
    return subprocess.run(command, env=strict, capture_output=True, encoding="utf-8", errors="replace", check=False)


def handouts(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The real command in a process of its own that obeys the permissions of files."""
    return unprivileged("-m", "handouts", *arguments)


@contextmanager
def forbidden(path: Path, mode: int = 0) -> Iterator[None]:
    """A path with these permissions, and proof that they bite."""
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        attempt = "open(p + '/x', 'w')" if mode else "(os.listdir if os.path.isdir(p) else open)(p)"
        proof = unprivileged("-c", f"import os, sys; p = sys.argv[1]; {attempt}", str(path))
        assert "PermissionError" in proof.stderr, "the permissions do not bite"
        yield
    finally:
        path.chmod(before)


def test_a_patient_file_without_permission_is_a_problem() -> None:
    path = Path(shutil.copy(PATIENTS / "lumbar.yaml", "patient.yaml"))
    with forbidden(path):
        result = handouts("pdf", "patient.yaml", "--content", "content")
    assert faults_of(result) == ["patient.yaml:1:1: cannot be read: Permission denied [file]"]


@pytest.mark.parametrize(("given", "said"), [("locked", "locked"), ("locked/patient.yaml", "locked/patient.yaml")])
def test_a_folder_of_patients_without_permission_is_a_problem(given: str, said: str) -> None:
    Path("locked").mkdir()
    shutil.copy(PATIENTS / "lumbar.yaml", "locked/patient.yaml")
    with forbidden(Path("locked")):
        result = handouts("pdf", given, "--content", "content")
    assert faults_of(result) == [f"{said}:1:1: cannot be read: Permission denied [file]"]


@pytest.mark.parametrize(
    ("locked", "said"),
    [
        ("content/education", "content/education"),
        ("content/clinic.yaml", "content/clinic.yaml"),
        ("content", "content"),
        (".", "content"),
    ],
)
def test_content_without_permission_is_a_problem(locked: str, said: str, tmp_path: Path) -> None:
    shutil.copytree("content", "clinics/content")
    shutil.copy(PATIENTS / "lumbar.yaml", "patient.yaml")
    with forbidden(Path("clinics", locked)):
        result = handouts("pdf", "patient.yaml", "--content", "clinics/content")
    assert faults_of(result) == [f"clinics/{said}:1:1: cannot be read: Permission denied [file]"]


def test_an_output_folder_without_permission_is_a_problem_and_keeps_the_earlier_sheet() -> None:
    shutil.copy(PATIENTS / "lumbar.yaml", "patient.yaml")
    with forbidden(Path("build/handouts"), 0o500):
        result = handouts("pdf", "patient.yaml", "--content", "content")
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == f"build/handouts/{SHEETS[0]} cannot be written: Permission denied\n"
    assert {path.name: path.read_bytes() for path in Path("build/handouts").iterdir()} == dict.fromkeys(SHEETS, EARLIER)
