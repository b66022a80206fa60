"""The contact sheet: every exercise with its drawings, eight a page, as a document that validators pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.conformance import failed_rules, verapdf
from support.library import LIBRARY
from support.pdf_structure import page_texts

from handouts.app.poses import CELL, picture_width
from handouts.cli import main
from handouts.pictures.picture_files import PictureFile

SLUGS = [slug for slug, exercise in LIBRARY.exercises.items() if exercise.figure]


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("contact")
    result = CliRunner().invoke(main, ["draw", "--sheet", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == str(out / "contact-sheet.pdf")
    return (out / "contact-sheet.pdf").read_bytes()


@pytest.mark.pdf
def test_every_exercise_is_on_it_eight_a_page(sheet: bytes) -> None:
    pages = page_texts(sheet)
    assert len(pages) == -(-len(SLUGS) // 8)
    for number, slug in enumerate(SLUGS, 1):
        assert slug in re.sub(r"\s", "", pages[(number - 1) // 8]), slug


@pytest.mark.pdf
def test_it_is_pdf_ua(sheet: bytes, tmp_path: Path) -> None:
    assert failed_rules(sheet) == []
    assert verapdf({"contact-sheet": sheet}, tmp_path) == {"contact-sheet": []}


@pytest.mark.parametrize(
    ("count", "wide", "high"), [(1, 300, 100), (2, 300, 100), (2, 100, 250), (3, 120, 100), (4, 100, 200)]
)
def test_the_panels_of_an_exercise_fit_its_cell(count: int, wide: int, high: int) -> None:
    panels = [PictureFile(f'<svg viewBox="0 0 {wide} {high}"/>'.encode())] * count
    width = picture_width(panels) + 1
    rows = -(-count // int(CELL[0] / width + 1e-6))
    assert rows * width * high / wide <= CELL[1] + 0.2


def test_draw_needs_one_thing_to_draw() -> None:
    for arguments in (["draw"], ["draw", "bridge", "--sheet"]):
        assert CliRunner().invoke(main, arguments).exit_code == 2
