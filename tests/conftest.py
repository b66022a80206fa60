"""What the tests share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handouts.cli import main
from sheets import PATIENTS, make_pdfs

ROOT = Path(__file__).parents[1]

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The real command, run in an empty folder: `run("pdf", "patient.yaml")`."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return command


@pytest.fixture(scope="session")
def example_pdfs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Mapping[str, bytes]]:
    """The sheets of examples/ by their id, on one paper and in one size: `example_pdfs("letter", "large")`."""

    @cache
    def make(paper: str, size: str) -> Mapping[str, bytes]:
        large = ["--large-print"] if size == "large" else []
        return make_pdfs(tmp_path_factory.mktemp(f"{paper}-{size}"), ROOT / "examples", "--paper", paper, *large)

    return make


@pytest.fixture(scope="session")
def odd_pdf(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """The sheet of one file in tests/patients: `odd_pdf("draft")`."""

    @cache
    def make(name: str) -> bytes:
        (pdf,) = make_pdfs(tmp_path_factory.mktemp(name), PATIENTS / f"{name}.yaml").values()
        return pdf

    return make
