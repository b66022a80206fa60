"""Sheets made by the real command, and where their ink is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2
from click.testing import CliRunner
from pdf_structure import Text, texts

from handouts.cli import main

PATIENTS = Path(__file__).parent / "patients"
POINTS_A_MM = 72 / 25.4
_SCALE = 2  # pixels a point


def make_pdfs(out: Path, *arguments: object) -> Mapping[str, bytes]:
    """What `handouts pdf` makes of its arguments, by sheet id."""
    result = CliRunner().invoke(main, ["pdf", *map(str, arguments), "--out", str(out)])
    assert result.exit_code == 0, result.output
    return {path.stem: path.read_bytes() for path in sorted(out.glob("*.pdf"))}


class Blank(NamedTuple):
    """How far the ink of one page stays away from its edges, in points."""

    left: float
    right: float
    top: float
    bottom: float


def blank_edges(pdf: bytes) -> list[Blank]:
    """The unprinted edges of every page, as rendered; a page without ink is an error."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.render(scale=_SCALE, grayscale=True).to_numpy().squeeze() for page in document]
    finally:
        document.close()
    return [_blank(np.nonzero(pixels < 250), pixels.shape) for pixels in pages]


def _blank(ink: tuple[np.ndarray, ...], shape: tuple[int, ...]) -> Blank:
    rows, columns = ink
    assert len(rows), "a page without ink"
    edges = columns.min(), shape[1] - 1 - columns.max(), rows.min(), shape[0] - 1 - rows.max()
    return Blank(*(float(edge) / _SCALE for edge in edges))


def overprinted(pdf: bytes) -> Iterator[tuple[str, str]]:
    """Every two texts whose letters lie on one another."""
    runs = [run for run in texts(pdf) if run.text.strip()]
    for page in sorted({run.page for run in runs}):
        yield from _crossing([run for run in runs if run.page == page])


def _crossing(runs: list[Text]) -> Iterator[tuple[str, str]]:
    left, bottom, right, top = np.array([run.box for run in runs]).T
    across = np.minimum.outer(right, right) - np.maximum.outer(left, left)
    upward = np.minimum.outer(top, top) - np.maximum.outer(bottom, bottom)
    for one, other in zip(*np.nonzero(np.triu((across > 0.5) & (upward > 0.5), 1)), strict=True):
        yield runs[one].text, runs[other].text
