"""What is wrong with content is said with file, line and column; everything, in one run."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.command import Run
from support.faults import PATIENTS, SMALL, cases, change_files, lay_content, replaced

from handouts.content.loader import load_library
from handouts.errors import ProblemsError
from handouts.files import yaml_reader


def said_about(layers: Sequence[Path]) -> list[str]:
    """What a user reads about these layers of content, and nothing else."""
    try:
        load_library(layers)
    except ProblemsError as error:
        return str(error).splitlines()
    return []


def test_the_small_tree_is_without_fault() -> None:
    library = load_library([SMALL])
    assert list(library.phases) == ["lumbar/early", "lumbar/later", "post-op/fusion/home"]
    assert list(library.exercises) == ["heel-press", "knee-circle", "hall-walk"]


@pytest.mark.parametrize("case", cases("content"))
def test_every_fault_of_content_is_said_at_its_line(
    case: Mapping[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_files(case, lay_content(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert said_about([Path("content")]) == case["said"]


@pytest.mark.parametrize("case", [case for case in cases("content") if "[yaml]" in str(case.values[0]["said"])])
def test_every_fault_of_yaml_is_said_alike_where_libyaml_is_missing(
    case: Mapping[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_reader, "_LOADER", yaml.SafeLoader)
    test_every_fault_of_content_is_said_at_its_line(case, tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"name: A\0B\n", "clinic.yaml:1:1: is a binary file, not a text file [file]"),
        (
            b"name: A\nphone: 5\xe9\n",
            "clinic.yaml:2:9: is not UTF-8 text (byte 0xe9): save it as UTF-8 in your editor [file]",
        ),
        (
            b"\xef\xbb\xbfname: A\nphone: 5\xe9\n",
            "clinic.yaml:2:9: is not UTF-8 text (byte 0xe9): save it as UTF-8 in your editor [file]",
        ),
        (
            "name: Käte\nphone: ü5".encode() + b"\xff",
            "clinic.yaml:2:10: is not UTF-8 text (byte 0xff): save it as UTF-8 in your editor [file]",
        ),
        (b"", "clinic.yaml:1:1: is empty [file]"),
        (b" " * 1_000_001, "clinic.yaml:1:1: is too large (1,000,001 bytes; at most 1,000,000 are read) [file]"),
    ],
    ids=["binary", "Latin-1", "Latin-1 after a byte order mark", "after letters of two bytes", "empty", "too large"],
)
def test_a_content_file_that_is_no_text_is_said_at_its_byte(
    data: bytes, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (lay_content(tmp_path) / "clinic.yaml").write_bytes(data)
    monkeypatch.chdir(tmp_path)
    assert said_about([Path("content")]) == [f"content/{said}"]


def test_a_clinics_folder_replaces_file_by_file(tmp_path: Path) -> None:
    own = tmp_path / "own"
    walk = own / "exercises" / "aerobic" / "hall-walk.md"
    walk.parent.mkdir(parents=True)
    text = (SMALL / "exercises" / "aerobic" / "hall-walk.md").read_text("utf-8")
    walk.write_text(replaced(text, "name: Hall walk", "name: Garden walk"), "utf-8")
    (own / "clinic.yaml").write_text("name: Own Clinic\nphone: 555-0143\nemergency: '999'\n", "utf-8")
    ours, both = load_library([SMALL]), load_library([SMALL, own])
    assert both.clinic.name == "Own Clinic"
    assert [exercise.name for exercise in both.exercises.values()] == ["Heel press", "Knee circle", "Garden walk"]
    assert both.exercises["heel-press"] == ours.exercises["heel-press"]
    assert both.pain_rule == ours.pain_rule
    assert both.version != ours.version


def test_the_last_folder_wins_and_only_the_winning_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("first", "not a clinic"), ("second", "name: Second\nphone: 555-0144\nemergency: '999'\n")):
        Path(name).mkdir()
        Path(name, "clinic.yaml").write_text(text, "utf-8")
    assert load_library([SMALL, Path("first"), Path("second")]).clinic.name == "Second"
    assert said_about([SMALL, Path("second"), Path("first")]) == [
        "first/clinic.yaml:1:1: must be a list of 'key: value' lines [yaml]"
    ]


def test_the_same_content_has_the_same_version_wherever_it_lies(tmp_path: Path) -> None:
    copy = lay_content(tmp_path)
    assert load_library([copy]).version == load_library([SMALL]).version
    page = copy / "education" / "getting-up.md"
    page.write_text(replaced(page.read_text("utf-8"), "Take your time.", "Take your time!"), "utf-8")
    assert load_library([copy]).version != load_library([SMALL]).version


# Through the command, where a clinic's folder lies over the shipped content -------------------------------------------------


def test_check_says_every_fault_of_a_clinics_folder_and_exits_with_1(run: Run, tmp_path: Path) -> None:
    content = lay_content(tmp_path, "sources.yaml", "glossary.yaml")
    for name, old, new in (
        ("exercises/strengthening/heel-press.md", "side: each", "side: both"),
        ("exercises/strengthening/heel-press.md", "## Stop if", "## Stop when"),
        ("clinic.yaml", "phone: 555-0142", "phone:\t555-0142"),
    ):
        change_files({"file": name, "old": old, "new": new}, content)
    result = run("check", "--content", "content")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "content/clinic.yaml:2:7: there is a tab: use spaces [yaml]",
        "content/exercises/strengthening/heel-press.md:1:1: the heading '## Stop if' is missing [heading]",
        "content/exercises/strengthening/heel-press.md:8:7: side: 'both' is not a known side. Allowed: direction, each,"
        " marked, none."
        " [value]",
        "content/exercises/strengthening/heel-press.md:34:1: '## Stop when' is not a heading of this file. Did you mean"
        " '## Stop if'? Allowed: Steps, You should feel, Watch out, Stop if, For the therapist. [heading]",
    ]
    assert result.stderr == "4 problems\n"


@pytest.mark.parametrize("command", [("pdf", "patient.yaml"), ("site",), ("check",), ("list",)], ids=lambda words: words[0])
def test_every_command_says_a_fault_of_content_and_writes_nothing(run: Run, tmp_path: Path, command: Sequence[str]) -> None:
    change_files({"file": "clinic.yaml", "text": "name: Own\nphone: 555-0143\n"}, tmp_path / "content")
    shutil.copy(PATIENTS / "lumbar.yaml", "patient.yaml")
    result = run(*command, "--content", "content")
    assert result.exit_code == 1
    assert "content/clinic.yaml:1:1: the key 'emergency' is missing [key]" in result.output.splitlines()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "patient.yaml"]


def test_a_clinics_folder_that_is_not_there_is_a_problem(run: Run) -> None:
    result = run("check", "--content", "nowhere")
    assert result.exit_code == 1
    assert result.stdout == "nowhere:1:1: is not a folder of content [file]\n"
