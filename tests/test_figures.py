"""The `figure:` of an exercise file: from its words to a drawing, and each fault at its own line."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, Run

LEG_LIFT = ROOT / "content" / "exercises" / "extension" / "prone-leg-lift.md"


def changed(folder: Path, old: str, new: str) -> tuple[Path, int]:
    """A content folder with the leg lift changed in one place, and the line of that place."""
    text = LEG_LIFT.read_text("utf-8")
    assert text.count(old) == 1, old
    target = folder / "content" / LEG_LIFT.relative_to(ROOT / "content")
    target.parent.mkdir(parents=True)
    target.write_text(text.replace(old, new), "utf-8")
    return folder / "content", text[: text.index(old)].count("\n") + 1


def test_draw_writes_a_panel_a_file(run: Run, tmp_path: Path) -> None:
    result = run("draw", "prone-leg-lift", "--out", "out")
    assert result.exit_code == 0, result.output
    names = [Path(line).name for line in result.stdout.splitlines()]
    assert names == ["prone-leg-lift-1.svg", "prone-leg-lift-2.svg"]
    assert all((tmp_path / "out" / name).read_text("utf-8").startswith("<svg") for name in names)


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
    result = run("site", "--content", content)
    assert result.exit_code == 1
    assert "prone-leg-lift.md" in result.stderr
    assert "[figure]" in result.stderr
    assert not (tmp_path / "build").exists()


def test_an_exercise_without_a_figure_and_an_unknown_one_are_said(run: Run) -> None:
    unknown = run("draw", "prone-leg-lft")
    assert unknown.exit_code == 1
    assert "Did you mean 'prone-leg-lift'?" in unknown.stderr
