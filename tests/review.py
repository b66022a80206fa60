"""Prints the example patients in every layout, to be looked at page by page: `make review`.

    python review.py FOLDER

FOLDER gets a folder of PDFs for each layout and one picture of all their pages.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
from PIL import Image
from support.layouts import LAYOUTS

from handouts.cli import main

EXAMPLES = Path(__file__).parents[1] / "examples"
WIDTH, GAP, ACROSS = 420, 8, 8  # pixels a page, between two, and pages in a row


def print_all(folder: Path, layout: str) -> list[Path]:
    """The sheets of all example patients in one layout."""
    out = folder / layout
    main(["pdf", str(EXAMPLES), "--layout", layout, "--out", str(out)], standalone_mode=False)
    return sorted(out.glob("*.pdf"))


def pictures(pdf: Path) -> list[Image.Image]:
    """The pages of one sheet, small."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=WIDTH / page.get_width()).to_pil().convert("L") for page in document]


def contact_sheet(rows: list[list[Image.Image]]) -> Image.Image:
    """All pages on one picture; each sheet begins a row."""
    lines = [row[start : start + ACROSS] for row in rows for start in range(0, len(row), ACROSS)]
    heights = [max(page.height for page in line) + GAP for line in lines]
    picture = Image.new("L", (ACROSS * (WIDTH + GAP), sum(heights)), 128)
    for number, line in enumerate(lines):
        for place, page in enumerate(line):
            picture.paste(page, (place * (WIDTH + GAP), sum(heights[:number])))
    return picture


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for layout in LAYOUTS:
        contact_sheet([pictures(pdf) for pdf in print_all(folder, layout)]).save(folder / f"{layout}.png")
        print(folder / f"{layout}.png")
