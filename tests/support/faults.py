"""Faults as tables: each case of `cases/*.toml` changes the small files of `fixtures/` and says what must be said."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from handouts.app.layers import Layers
from handouts.model import Library
from handouts.patients.reader import columns

TESTS = Path(__file__).parents[1]
SMALL = TESTS / "fixtures" / "content"  # a whole content tree: two conditions, three phases, three exercises
PATIENTS = TESTS / "fixtures" / "patients"
SHEETS = ("T-01-2026-11-21.pdf", "T-02-2026-11-21.pdf")  # what the patients of the fixtures get
EARLIER = b"the sheet of last week"
SECRETS = ("pippa", "pretend", "rail", "pier")  # words of their names, notes and goals


def cases(name: str) -> list[Any]:
    """The cases of `cases/<name>.toml`, each under its own name."""
    tables = tomllib.loads((TESTS / "cases" / f"{name}.toml").read_text("utf-8"))
    return [pytest.param(case, id=title) for title, case in tables.items()]


def lay_content(folder: Path, *left_out: str) -> Path:
    """A copy of the small content tree in `folder`, without the files left out."""
    return shutil.copytree(SMALL, folder / "content", ignore=shutil.ignore_patterns(*left_out))


def change_files(case: Mapping[str, Any], folder: Path) -> None:
    """Make the changes of a case to the files of `folder`."""
    for change in (case, *case.get("also", ())):
        path = folder / change["file"]
        if change.get("delete"):
            path.unlink()
        elif "old" in change:
            path.write_bytes(replaced(path.read_text("utf-8"), change["old"], change["new"]).encode())
        else:
            text = change["text"] if "text" in change else (folder / change["copy"]).read_text("utf-8")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())


def replaced(text: str, old: str, new: str) -> str:
    """The text with `new` in place of `old`, which must stand there once."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def faults_of(result: Result | subprocess.CompletedProcess[str]) -> list[str]:
    """What `handouts pdf` said, once it is sure that nothing was written and that no word of a patient got out.

    The sheets that were made before lie in the folder where the command ran (the fixture `small_world`).
    """
    code = result.exit_code if isinstance(result, Result) else result.returncode
    assert code == 1, result.stdout + result.stderr
    assert not result.stdout, result.stdout
    assert "Traceback" not in result.stderr, result.stderr
    assert not [word for word in SECRETS if word in result.stderr.lower()], f"a patient's words: {result.stderr}"
    sheets = {path.name: path.read_bytes() for path in Path("build/handouts").iterdir()}
    assert sheets == dict.fromkeys(SHEETS, EARLIER), f"the sheets of last week are not as they were: {sorted(sheets)}"
    *lines, count = result.stderr.splitlines()
    assert lines, result.stderr
    assert count == f"{len(lines)} problem{'s' * (len(lines) > 1)}"
    return lines


SMALL_OVER_SHIPPED = Layers((Path("content"),))  # in the folder where a test runs
_OFFERED: Mapping[str, Callable[[Library], Iterable[str]]] = {
    "<columns>": lambda library: columns(),
    "<exercises>": lambda library: library.exercises,
    "<red flags>": lambda library: [*library.red_flags, "other"],
    "<topics for lumbar>": lambda library: [topic.slug for topic in library.topics_for("lumbar")],
}


def offered(lines: Sequence[str], layers: Layers = SMALL_OVER_SHIPPED) -> list[str]:
    """The lines with the names that the library offers in place of what stands for them."""
    used = [placeholder for placeholder in _OFFERED if any(placeholder in line for line in lines)]
    library = layers.library() if used else None
    for placeholder in used:
        names = ", ".join(sorted(_OFFERED[placeholder](library)))
        lines = [line.replace(placeholder, names) for line in lines]
    return [*lines]
