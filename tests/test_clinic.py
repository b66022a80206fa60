"""The clinic is never made up: it is found near the patient's file, or nothing is made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result
from support.library import LIBRARY

import handouts
from handouts.app.clinics import nearest_clinic
from handouts.cli import main
from handouts.files.folders import bundled

PATIENT = "id: T-1\ncondition: lumbar\nphase: subacute\ntherapist: Sam Example\n"


def clinic(name: str, phone: str = "555-0123") -> str:
    return f'name: {name}\nphone: {phone}\nemergency: "112"\n'


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with no clinic.yaml above it: the folders of the other tests have one."""
    with TemporaryDirectory() as folder:
        monkeypatch.chdir(folder)
        (Path(folder) / "patients").mkdir()
        (Path(folder) / "patients" / "p.yaml").write_text(PATIENT, "utf-8")
        yield Path(folder)
        os.chdir("/")


def command(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_we_ship_no_clinic() -> None:
    assert not (bundled("content") / "clinic.yaml").exists()


@pytest.mark.parametrize(
    "arguments", [("pdf", "patients"), ("check", "patients/p.yaml"), ("pdf", "patients", "--format", "html")]
)
def test_without_a_clinic_no_sheet_is_made_and_the_way_out_is_said(nowhere: Path, arguments: tuple[str, ...]) -> None:
    said = command(*arguments)
    assert said.exit_code == 1
    assert "patients/p.yaml:1:1: there is no clinic.yaml beside the patient's file" in said.output
    assert "type 'handouts new clinic'" in said.output
    assert not (nowhere / "build").exists()


def test_without_a_clinic_every_other_fault_is_said_in_the_same_run(nowhere: Path) -> None:
    (nowhere / "patients" / "p.yaml").write_text(PATIENT + "exercises: [swallow]\n", "utf-8")
    said = command("check", "patients/p.yaml").output
    assert "[clinic]" in said
    assert "[phase-gate]" in said


@pytest.mark.parametrize("arguments", [("site", "--no-sheets"), ("site",)])
def test_without_a_clinic_no_site_is_made(nowhere: Path, arguments: tuple[str, ...]) -> None:
    said = command(*arguments)
    assert said.exit_code == 1
    assert "there is no clinic.yaml in the current folder or above it: type 'handouts new clinic'" in said.output
    assert not (nowhere / "build").exists()


def test_the_nearest_one_counts(nowhere: Path) -> None:
    patients = nowhere / "patients"
    assert nearest_clinic(patients) is None
    (nowhere / "clinic.yaml").write_text(clinic("Above"), "utf-8")
    assert nearest_clinic(patients).name == "Above"
    (patients / "clinic.yaml").write_text(clinic("Beside"), "utf-8")
    assert nearest_clinic(patients).name == "Beside"


def test_the_current_folder_counts_where_none_is_above_the_file(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with TemporaryDirectory() as elsewhere:
        (Path(elsewhere) / "clinic.yaml").write_text(clinic("Here"), "utf-8")
        monkeypatch.chdir(elsewhere)
        assert nearest_clinic(nowhere / "patients").name == "Here"
        monkeypatch.chdir(nowhere)


def test_two_folders_have_two_clinics_in_one_run(nowhere: Path) -> None:
    for name in ("one", "two"):
        (nowhere / name).mkdir()
        (nowhere / name / "clinic.yaml").write_text(clinic(name.title(), f"555-010{len(name)}"), "utf-8")
        (nowhere / name / "p.yaml").write_text(PATIENT.replace("T-1", name), "utf-8")
    assert command("check", "one", "two").exit_code == 0
    assert command("pdf", "one", "two", "--format", "html", "--out", "out").exit_code == 0
    for name in ("one", "two"):
        (sheet,) = (nowhere / "out").glob(f"{name}-*.html")
        assert f">{name.title()}<" in sheet.read_text("utf-8")


def test_a_named_one_counts_before_all(nowhere: Path) -> None:
    (nowhere / "clinic.yaml").write_text(clinic("Found"), "utf-8")
    (nowhere / "other.yaml").write_text(clinic("Named"), "utf-8")
    assert command("pdf", "patients", "--format", "html", "--out", "out", "--clinic", "other.yaml").exit_code == 0
    (sheet,) = (nowhere / "out").glob("*.html")
    assert ">Named<" in sheet.read_text("utf-8")
    broken = command("check", "patients", "--clinic", "missing.yaml")
    assert broken.exit_code == 1
    assert "missing.yaml" in broken.output


def test_a_program_is_told_too(nowhere: Path) -> None:
    patient = handouts.Patient.from_dict({"id": "T-1", "condition": "lumbar", "phase": "subacute"})
    with pytest.raises(handouts.ProblemsError, match=r"there is no clinic\.yaml"):
        handouts.plan(patient, handouts.load_library(), issued=LIBRARY.phases["lumbar/subacute"].reviewed)


def test_new_clinic_asks_and_writes_a_file_that_is_found(nowhere: Path) -> None:
    asked = CliRunner().invoke(main, ["new", "clinic"], input='Back: "Care" Clinic\n555-0123\n112\n\n\n')
    assert asked.exit_code == 0, asked.output
    found = nearest_clinic(nowhere / "patients")
    assert (found.name, found.phone, found.emergency, found.hours) == ('Back: "Care" Clinic', "555-0123", "112", None)
    assert command("check", "patients").exit_code == 0
    again = CliRunner().invoke(main, ["new", "clinic"], input="Other\n1\n1\n\n\n")
    assert again.exit_code == 1
    assert "clinic.yaml is there already" in again.output
    assert nearest_clinic(nowhere).name == 'Back: "Care" Clinic'


def test_a_sheet_made_again_from_its_record_does_not_replace_the_first(nowhere: Path) -> None:
    (nowhere / "clinic.yaml").write_text(clinic("Ours"), "utf-8")
    (nowhere / "patients" / "p.yaml").write_text(PATIENT + "name: Alex Example\n", "utf-8")
    assert command("pdf", "patients", "--format", "html", "--out", "out").exit_code == 0
    (first,) = (nowhere / "out").glob("*.html")
    (record,) = (nowhere / "out").glob("*.plan.yaml")
    before = first.read_bytes()
    refused = command("pdf", record, "--format", "html", "--out", "out")
    assert refused.exit_code == 1
    assert "has the name, and this record has none" in refused.output
    assert first.read_bytes() == before
    assert command("pdf", record, "--format", "html", "--out", "again").exit_code == 0
    assert command("pdf", record, "--format", "html", "--out", "out", "--replace").exit_code == 0
    assert first.read_bytes() != before
