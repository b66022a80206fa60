"""The record beside a sheet: what was decided and why, no name, and the same sheet again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from support import written
from support.command import Run
from support.written import ROOT

EXAMPLES = sorted(path for path in written.EXAMPLES.glob("*.yaml") if path.name != "clinic.yaml")


def nameless(source: Path, folder: Path) -> Path:
    """A patient file without its name: the record holds none, so only then can the bytes be compared."""
    lines = [line for line in source.read_text("utf-8").splitlines() if not line.startswith("name:")]
    target = folder / source.name
    target.write_text("\n".join(lines) + "\n", "utf-8")
    return target


def record_of(folder: Path) -> Path:
    (record,) = folder.glob("*.plan.yaml")
    return record


@pytest.mark.pdf
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_a_record_fed_back_gives_the_same_sheet(run: Run, tmp_path: Path, example: Path) -> None:
    assert run("pdf", nameless(example, tmp_path), "--out", "first").exit_code == 0
    again = run("pdf", record_of(tmp_path / "first"), "--out", "second")
    assert again.exit_code == 0, again.output
    (first,) = (tmp_path / "first").glob("*.pdf")
    assert first.read_bytes() == (tmp_path / "second" / first.name).read_bytes()


@pytest.mark.pdf
def test_a_record_of_chosen_exercises_gives_the_same_sheet(run: Run, tmp_path: Path) -> None:
    text = "id: T-1\ncondition: lumbar\nphase: late\nissued: 2026-11-21\nreview: 2026-12-12\nfindings: {posture: flat}\n"
    (tmp_path / "t.yaml").write_text(text, "utf-8")
    assert run("pdf", "t.yaml", "--out", "first").exit_code == 0
    assert run("pdf", record_of(tmp_path / "first"), "--out", "second").exit_code == 0
    name = "T-1-2026-11-21.pdf"
    assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


@pytest.mark.pdf
def test_a_record_holds_findings_plan_reasons_overrides_and_version_but_no_name(run: Run, tmp_path: Path) -> None:
    example = ROOT / "examples" / "post-op-acdf-week-8.yaml"
    name = next(line for line in example.read_text("utf-8").splitlines() if line.startswith("name:"))[6:]
    run("pdf", example, "--out", "out")
    text = record_of(tmp_path / "out").read_text("utf-8")
    assert name not in text
    record = yaml.safe_load(text)
    assert list(record) == [
        "record",
        "content-version",
        "clinic-version",
        "patient",
        "overrides",
        "warnings",
        "own-doses",
        "weeks",
        "reasons",
    ]
    assert record["patient"]["findings"]["posture"] == "neutral"
    assert [entry["exercise"] for entry in record["overrides"]] == ["cervical-retraction"]
    assert {"rule", "finding", "because", "chosen", "exercise"} == set(record["reasons"][0])
    assert len(record["content-version"]) == 8


@pytest.mark.pdf
def test_the_large_print_of_the_command_is_in_the_record(run: Run, tmp_path: Path) -> None:
    run("pdf", nameless(EXAMPLES[0], tmp_path), "--out", "first", "--large-print", "--paper", "letter")
    run("pdf", record_of(tmp_path / "first"), "--out", "second")
    (first,) = (tmp_path / "first").glob("*.pdf")
    assert first.read_bytes() == (tmp_path / "second" / first.name).read_bytes()


@pytest.mark.pdf
def test_a_record_of_other_content_is_said_to_be_so(run: Run, tmp_path: Path) -> None:
    run("pdf", nameless(EXAMPLES[0], tmp_path), "--out", "out")
    record = record_of(tmp_path / "out")
    text = record.read_text("utf-8")
    version = yaml.safe_load(text)["content-version"]
    record.write_text(text.replace(version, "0badc0de"), "utf-8")
    result = run("pdf", record, "--out", "again")
    assert result.exit_code == 0, result.output
    assert "0badc0de" in result.stderr
    assert version in result.stderr


@pytest.mark.pdf
def test_a_folder_of_patients_leaves_records_aside(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "patients"
    folder.mkdir()
    nameless(EXAMPLES[0], folder)
    run("pdf", "patients", "--out", "patients")
    assert len(list(folder.glob("*.plan.yaml"))) == 1
    assert run("pdf", "patients").exit_code == 0


def test_a_broken_record_is_a_clear_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.plan.yaml").write_text("record: 1\npatient: {id: T-1, condition: lumbar}\n", "utf-8")
    result = run("pdf", "x.plan.yaml")
    assert result.exit_code == 1
    assert "x.plan.yaml:2:31: the key 'phase' is missing: write one of acute, subacute, late, keep [phase]" in result.stderr


@pytest.mark.pdf
def test_explain_names_a_rule_for_every_exercise_of_the_library(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("id: T-1\ncondition: lumbar\nphase: subacute\nissued: 2026-11-21\n", "utf-8")
    said = run("pdf", "t.yaml", "--explain").stdout.splitlines()[1:]
    lines = [line for line in said if line.split()[0] != "dose"]
    assert len(lines) == len(written.all_exercises())
    chosen = [line for line in lines if line.split()[0] == "chosen"]
    assert 2 <= len(chosen) <= 5
    assert lines[: len(chosen)] == chosen
    assert len(said) == len(lines) + len(chosen), "each chosen one has a line for its weeks"
    assert all("(" in line and line.rstrip().endswith(".") for line in lines)


@pytest.mark.pdf
def test_a_record_says_where_the_clinic_is_another_one(run: Run, tmp_path: Path) -> None:
    """The nearest clinic hands out the copy too, and it is said where that is not the one of the first sheet."""
    nameless(EXAMPLES[0], tmp_path)
    shutil.copy(written.CLINIC / "clinic.yaml", tmp_path)
    shutil.copy(written.CLINIC / "logo.svg", tmp_path)
    run("pdf", tmp_path / EXAMPLES[0].name, "--out", "first")
    shutil.copy(written.EXAMPLES / "clinic.yaml", tmp_path)
    again = run("pdf", record_of(tmp_path / "first"), "--out", "second")
    assert "made with another clinic.yaml: lay that one beside it. This sheet says to call Example Spine" in again.stderr
    for name in ("clinic.yaml", "logo.svg"):
        shutil.copy(written.CLINIC / name, tmp_path / "first")
    assert run("pdf", record_of(tmp_path / "first"), "--out", "third").stderr == ""
    first, second, third = (next((tmp_path / name).glob("*.pdf")).read_bytes() for name in ("first", "second", "third"))
    assert first == third != second


@pytest.mark.pdf
def test_a_folder_of_records_makes_none_again_and_says_how(run: Run, tmp_path: Path) -> None:
    run("pdf", nameless(EXAMPLES[0], tmp_path), "--out", "out")
    said = run("pdf", "out")
    assert said.exit_code == 1
    assert ", only records: name the one that you want made again [file]" in said.stderr
