"""Sheets made by the real command, what they say, and where their ink is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
from click.testing import CliRunner

from handouts.cli import main
from support.pdf_structure import Element, Text, bare, page_texts, structure, texts

PATIENTS = Path(__file__).parents[1] / "patients"
ODD = sorted(path.stem for path in PATIENTS.glob("*.yaml") if path.stem != "clinic")
VARIANTS = [(paper, size) for paper in ("a4", "letter") for size in ("normal", "large")]
POINTS_A_MM = 72 / 25.4
_SCALE = 2  # pixels a point


def make_pdfs(out: Path, *arguments: object) -> Mapping[str, bytes]:
    """What `handouts pdf` makes of its arguments, by sheet id."""
    result = CliRunner().invoke(main, ["pdf", *map(str, arguments), "--out", str(out)])
    assert result.exit_code == 0, result.output
    return {path.stem: path.read_bytes() for path in sorted(out.glob("*.pdf"))}


@dataclass(frozen=True)
class Sheet:
    """One PDF, the patient file behind it, and what the PDF says."""

    patient: Mapping[str, Any]
    pdf: bytes

    @property
    def paper(self) -> str:
        """The paper that the patient file chooses."""
        return self.patient.get("print", {}).get("paper", "a4")

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, as copied from the PDF, without spaces."""
        return [bare(text) for text in page_texts(self.pdf)]

    @cached_property
    def text(self) -> str:
        """The text of all pages."""
        return "".join(self.pages)

    @cached_property
    def tree(self) -> Element:
        """The structure tree."""
        return structure(self.pdf)

    def part(self, heading: str) -> Element:
        """All from a heading of the second level to the next, on however many pages."""
        elements = list(self.tree.walk())
        heads = [number for number, element in enumerate(elements) if element.kind == "H2"]
        (start,) = [number for number in heads if bare(elements[number].text) == bare(heading)]
        end = next((number for number in heads if number > start), len(elements))
        own = tuple(replace(element, children=()) for element in elements[start:end])
        text = "".join(element.text for element in own if element.kind == "")
        return Element("part", text, frozenset().union(*(element.pages for element in own)), own)


Sheets = Mapping[str, Sheet]


def plain(text: str) -> str:
    """A line of content as it is printed, without spaces: no emphasis marks, typographic quotes."""
    text = re.sub(r"\*\*?(\S.*?)\*\*?", r"\1", text)
    text = re.sub(r"(^|[\s(])'", r"\1‘", re.sub(r'(^|[\s(])"', r"\1“", text))
    return bare(text.replace("'", "’").replace('"', "”").replace("...", "…").replace("---", "—").replace("--", "–"))


def timed(text: str) -> str:
    """A step as it is printed, or the printed text, with one word for the time that it is held for."""
    return re.sub(r"for(yoursettime|\d+(seconds?|minutes?))", "for-a-time", text)


def check(sheets: Sheets, find: Callable[[Sheet], list[str]]) -> None:
    """Fail with all that `find` finds on all sheets."""
    accept([f"{name}: {fault}" for name, sheet in sheets.items() for fault in find(sheet)])


def accept(faults: list[str]) -> None:
    """Fail with a list of faults, a line each."""
    assert not faults, "\n" + "\n".join(faults)


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
