"""The `figure:` of an exercise file: from its words to a drawing, and each fault at its own line."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from support.command import Run
from support.written import ROOT

from handouts.model.vocabulary import BODIES

LEG_LIFT = ROOT / "content" / "exercises" / "extension" / "prone-leg-lift.md"


def changed(folder: Path, old: str, new: str) -> tuple[Path, int]:
    """A content folder with the leg lift changed in one place, and the line of that place."""
    text = LEG_LIFT.read_text("utf-8")
    assert text.count(old) == 1, old
    target = folder / "content" / LEG_LIFT.relative_to(ROOT / "content")
    target.parent.mkdir(parents=True)
    target.write_text(text.replace(old, new), "utf-8")
    return folder / "content", text[: text.index(old)].count("\n") + 1


def pose_file(folder: Path, old: str = "", new: str = "") -> Path:
    """The figure of the leg lift in a file of its own, changed in one place."""
    front = LEG_LIFT.read_text("utf-8").split("\n---\n")[0]
    text = front[front.index("figure:") :]
    assert not old or text.count(old) == 1
    (folder / "pose.yaml").write_text(text.replace(old, new) if old else text, "utf-8")
    return folder / "pose.yaml"


def test_draw_writes_each_panel_as_svg_and_png_and_says_how_well_it_was_met(run: Run, tmp_path: Path) -> None:
    result = run("draw", "prone-leg-lift", "--out", "out")
    assert result.exit_code == 0, result.output
    names = [Path(line).name for line in result.stdout.splitlines()]
    assert names == [f"prone-leg-lift-{number}.{form}" for number in (1, 2) for form in ("svg", "png")]
    for name in names:
        data = (tmp_path / "out" / name).read_bytes()
        assert data.startswith(b"<svg" if name.endswith("svg") else b"\x89PNG")
        assert (tmp_path / "out" / name).stat().st_mode & 0o777 == 0o644
    reports = result.stderr.splitlines()
    assert len(reports) == 2
    pattern = r"prone-leg-lift \d: \w+ is \d+\.\d mm from what it rests on; sinks \d+\.\d mm; most changed: .+ degrees"
    assert all(re.fullmatch(pattern, report) for report in reports)


def test_draw_shows_the_other_side_another_body_and_the_movement(run: Run, tmp_path: Path) -> None:
    def lifted(*options: str) -> bytes:
        assert run("draw", "prone-leg-lift", "--out", "out", *options).exit_code == 0
        return (tmp_path / "out" / "prone-leg-lift-2.svg").read_bytes()

    left, right, other = lifted("--side", "left"), lifted("--side", "right"), lifted("--figure", "long-hair", "--moving")
    assert (b"matrix(-1" in left) != (b"matrix(-1" in right)
    assert other not in (left, right)
    assert b"@keyframes" in (tmp_path / "out" / "prone-leg-lift-moving.svg").read_bytes()


def test_the_command_offers_the_bodies_of_the_model() -> None:
    offered = import_module("handouts.cli.draw")  # the package has a command of this name
    assert offered.BODIES == BODIES


def test_a_pose_being_written_is_drawn_from_a_file_of_its_own(run: Run, tmp_path: Path) -> None:
    result = run("draw", pose_file(tmp_path), "--out", "out")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "pose-2.svg").is_file()


def test_each_fault_of_a_pose_being_written_is_said_at_its_line(run: Run, tmp_path: Path) -> None:
    file = pose_file(tmp_path, "hip_l: ext 9,", "hip_l: ext 96, knee_q: flex 3,")
    result = run("draw", file, "--out", "out")
    assert result.exit_code == 1
    line = file.read_text("utf-8")[: file.read_text("utf-8").index("ext 96")].count("\n") + 1
    first, second, count = result.stderr.splitlines()
    assert f"pose.yaml:{line}:" in first
    assert "goes to 30 degrees [figure]" in first
    assert "unknown joint 'knee_q'" in second
    assert count == "2 problems"
    assert not (tmp_path / "out").exists()


def test_a_pose_that_cannot_be_met_is_said_at_its_panel(run: Run, tmp_path: Path) -> None:
    file = pose_file(tmp_path, "contact: {pelvis: 0, thorax: 0, thigh_r: 0,", "contact: {pelvis: 0.9, thorax: 0, thigh_r: 0,")
    result = run("draw", file)
    assert result.exit_code == 1
    assert "mm from what it rests on" in result.stderr
    second = file.read_text("utf-8").split("- caption")[:2]
    assert f"pose.yaml:{sum(part.count(chr(10)) for part in second) + 1}:" in result.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("hip_l: ext 9,", "hip_l: ext 96,", "ext"),
        ("hip_l: ext 9,", "hipp_l: ext 9,", "Did you mean"),
        ("position: prone", "position: pronne", "prone"),
        ("props: [mat]", "props: [matt]", "mat"),
    ],
)
def test_a_fault_of_a_figure_is_said_at_its_line(run: Run, tmp_path: Path, old: str, new: str, said: str) -> None:
    content, line = changed(tmp_path, old, new)
    result = run("check", "--content", content)
    assert result.exit_code == 1
    (fault,) = [text for text in result.stdout.splitlines() if "[figure]" in text]
    assert f"prone-leg-lift.md:{line}:" in fault
    assert said.lower() in fault.lower()


def test_a_pose_that_cannot_be_met_is_refused_when_it_is_drawn(run: Run, tmp_path: Path) -> None:
    met, unmet = "contact: {pelvis: 0, thorax: 0, thigh_r: 0,", "contact: {pelvis: 0.9, thorax: 0, thigh_r: 0,"
    content, _ = changed(tmp_path, met, unmet)
    result = run("site", "--no-sheets", "--content", content)
    assert result.exit_code == 1
    assert "prone-leg-lift.md" in result.stderr
    assert "[figure]" in result.stderr
    assert not (tmp_path / "build").exists()


def test_an_exercise_without_a_figure_and_an_unknown_one_are_said(run: Run) -> None:
    unknown = run("draw", "prone-leg-lft")
    assert unknown.exit_code == 1
    assert "Did you mean 'prone-leg-lift'?" in unknown.stderr
