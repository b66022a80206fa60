"""A folder of patients: what is read, and what only looks as if it were, which is named."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import openpyxl
import pytest
from support.command import Run, paths
from support.faults import PATIENTS, faults_of

from handouts.patients.reader import read_patients

YAML = (PATIENTS / "lumbar.yaml").read_bytes()
TABLE = b"id,condition,phase\nT-07,lumbar,early\n"
A_PATIENT = "it looks like a patient file: let its name end in .yaml, or in .csv for a table"
A_CLINIC = "the file of a clinic must be named clinic.yaml"
A_TABLE = "save it as XLSX or CSV"

NOT_READ = {  # a file's name -> what it holds, and what is said of it
    "Pippa Pretend.yaml.txt": (YAML, "take .txt off the end of its name"),
    "B.YAML.TXT": (YAML, "take .TXT off the end of its name"),
    "list.csv.txt": (TABLE, "take .txt off the end of its name"),
    "c.txt": (YAML, A_PATIENT),
    "c-without-ending": (YAML, A_PATIENT),
    "windows.txt": (b"\xef\xbb\xbf" + YAML.replace(b"\n", b"\r\n"), A_PATIENT),
    "utf-16.txt": (YAML.decode().encode("utf-16"), A_PATIENT),
    "json.txt": (b'{\n"id": "T-01",\n"condition": "lumbar"}', A_PATIENT),
    "table.txt": (TABLE, A_PATIENT),
    "tabs.txt": (TABLE.replace(b",", b"\t").decode().encode("utf-16"), A_PATIENT),
    "semicolons.txt": (b'"id";"condition"\r\nT-01;lumbar\r\n', A_PATIENT),
    "old.xls": (b"\xd0\xcf\x11\xe0", A_TABLE),
    "macros.xlsm": (b"PK", A_TABLE),
    "f.ods": (b"PK", A_TABLE),
    "mac.numbers": (b"PK", A_TABLE),
    "clinic.yml": (b"name: x\n", A_CLINIC),
    "Clinic.yaml": (b"name: x\n", A_CLINIC),
    "clinic.yaml.txt": (b"name: x\n", A_CLINIC),
    "clinic.txt": (b"name: x\n", A_CLINIC),
    "clinic copy.yaml": (b"name: x\n", A_CLINIC),
    "clinic (1).yaml": (b"name: x\n", A_CLINIC),
}
QUIET = {  # what may lie there and means nothing
    "clinic.yaml": b"name: x\n",
    "T-01-2026-11-21.plan.yaml": b"record: 1\n",
    "T-01-2026-11-21.pdf": b"%PDF",
    "README.txt": b"Patients of this week. The id: see the list.\n",
    "notes.txt": b"condition: good\n",
    "empty.txt": b"",
    "logo.png": b"\x89PNG",
    ".hidden.yaml": YAML,
    "~$patients.xlsx": b"x",
    ".~lock.patients.ods#": b"x",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "patients"
    folder.mkdir()
    (folder / "a.yaml").write_bytes(YAML)
    return folder


def said_of(path: Path) -> tuple[list[str], list[tuple[str, str, bool]]]:
    """The ids read from a folder or file, and of each problem the file's name, the message and whether it is a warning."""
    patients, problems = read_patients([path])
    assert {(problem.line, problem.column, problem.rule) for problem in problems} <= {(1, 1, "file")}
    said = [(Path(problem.path).name, problem.message, problem.warning) for problem in problems]
    return [patient.id for patient in patients], said


@pytest.mark.parametrize("name", NOT_READ)
def test_a_file_that_looks_like_one_of_ours_and_is_not_read_is_named(name: str, folder: Path) -> None:
    data, advice = NOT_READ[name]
    (folder / name).write_bytes(data)
    assert said_of(folder) == (["T-01"], [(name, f"is not read: {advice}", True)])


@pytest.mark.parametrize("name", QUIET)
def test_of_other_files_nothing_is_said(name: str, folder: Path) -> None:
    (folder / name).write_bytes(QUIET[name])
    (folder / "more.yaml.txt").mkdir()  # a folder is no file
    assert said_of(folder) == (["T-01"], [])


def test_a_patient_file_whose_name_ends_like_that_of_a_clinic_is_read(folder: Path) -> None:
    (folder / "a.yaml").rename(folder / "back-clinic.yaml")
    assert said_of(folder) == (["T-01"], [])


def test_in_a_folder_without_patients_what_looks_like_one_is_named_beside_the_fault(folder: Path) -> None:
    (folder / "a.yaml").rename(folder / "a.yaml.txt")
    ids, said = said_of(folder)
    assert not ids
    assert said == [
        ("a.yaml.txt", "is not read: take .txt off the end of its name", True),
        ("patients", "holds no patient file (their names end in .yaml, .yml, .csv, .tsv, .xlsx)", False),
    ]


def test_beside_a_file_that_is_named_what_looks_like_its_clinic_is_named(folder: Path) -> None:
    (folder / "clinic.yml").write_text("name: x\n", "utf-8")
    (folder / "old.xls").write_bytes(b"x")  # nobody asked for it
    assert said_of(folder / "a.yaml") == (["T-01"], [("clinic.yml", f"is not read: {A_CLINIC}", True)])


@pytest.mark.pdf
@pytest.mark.usefixtures("small_world")
def test_the_sheets_of_the_rest_are_made_and_the_command_says_what_is_left_out(run: Run) -> None:
    Path("patients").mkdir()
    shutil.copy(PATIENTS / "lumbar.yaml", "patients/a.yaml")
    shutil.copy(PATIENTS / "lumbar.yaml", "patients/b.yaml.txt")
    Path("patients/f.ods").write_bytes(b"PK")
    warnings = [
        "patients/b.yaml.txt:1:1: is not read: take .txt off the end of its name [file] (warning)",
        "patients/f.ods:1:1: is not read: save it as XLSX or CSV [file] (warning)",
    ]
    result = run("pdf", "patients", "--content", "content", "--replace")
    assert result.exit_code == 0, result.output
    assert paths(result.stdout) == ["build/handouts/T-01-2026-11-21.pdf"]
    assert result.stderr.splitlines()[:2] == warnings
    assert set(warnings) <= set(run("check", "patients", "--content", "content").stdout.splitlines())


# Files that no editor should have made --------------------------------------------------------------------------------------


def office_file() -> bytes:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


NO_PLAIN_TEXT = {
    "UTF-16": (YAML.decode().encode("utf-16"), "is UTF-16 text: save it as UTF-8 in your editor"),
    "UTF-16, big end first": (
        b"\xfe\xff" + YAML.decode().encode("utf-16-be"),
        "is UTF-16 text: save it as UTF-8 in your editor",
    ),
    "RTF": (rb"{\rtf1\ansi id: T-01\par}", "is rich text (RTF): save it as plain text"),
    "a workbook": (office_file(), "is a document of an office program, or a ZIP file: save it as plain text"),
}


@pytest.mark.usefixtures("small_world")
@pytest.mark.parametrize(("data", "said"), NO_PLAIN_TEXT.values(), ids=NO_PLAIN_TEXT)
def test_a_patient_file_that_is_no_plain_text_is_refused_with_the_way_out(data: bytes, said: str, run: Run) -> None:
    Path("patient.yaml").write_bytes(data)
    assert faults_of(run("pdf", "patient.yaml", "--content", "content")) == [f"patient.yaml:1:1: {said} [file]"]


MARKS = {"\u200e": "writing direction", "\u200f": "writing direction", "\u2060": "that forbids a new line"}


@pytest.mark.usefixtures("small_world")
@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_that_nobody_sees_is_not_called_a_missing_letter(mark: str, run: Run) -> None:
    Path("patient.yaml").write_bytes(YAML.replace(b"Pippa ", f"Pippa{mark} ".encode()))
    (line,) = faults_of(run("pdf", "patient.yaml", "--content", "content"))
    assert line.startswith("patient.yaml:2:12: there is an invisible mark ")
    assert line.endswith(f"{MARKS[mark]}: delete it [yaml]")
