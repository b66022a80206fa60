"""Whether texts of a finished PDF can be seen: its pages are drawn, and the ink of every letter is looked at.

How a text came to be hidden does not matter: white letters, a clip, a cover, a shift off the page all leave no ink.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

SCALE = 2  # pixels a point
SMALLEST = 7.5  # points from the foot of a line to its head: letters of about 6 points (own number)
CONTRAST = 3.0  # WCAG 2.2, 1.4.11; thin letters are drawn paler than they are, so that 4.5 would refuse black ones
MOST_UNSEEN = 0.1  # share of a text's letters: a full stop may be lost between pixels (own number)

Grey = NDArray[np.uint8]


class Letter(NamedTuple):
    """One letter that a PDF says is on a page; `number` is its place there."""

    character: str
    page: int
    number: int


def unseen(pdf: bytes, demanded: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return which texts are nowhere in a PDF, and which are there and cannot be seen: no ink, or letters too small."""
    if not demanded:
        return [], []
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = _Pages(document)
        letters = [letter for number in range(len(document)) for letter in pages.letters(number)]
        printed = "".join(letter.character for letter in letters)
        found = {text: [*_places("".join(text.split()), printed)] for text in demanded}
        lost = [text for text, places in found.items() if not places]
        seen = {text for text, places in found.items() if any(pages.shows(letters[place]) for place in places)}
    finally:
        document.close()
    return lost, [text for text in demanded if text not in seen and text not in lost]


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _places(text: str, printed: str) -> Iterator[slice]:
    """Yield where a text stands among the letters."""
    start = printed.find(text)
    while start >= 0:
        yield slice(start, start + len(text))
        start = printed.find(text, start + 1)


class _Pages:
    """The pages of a PDF, each drawn when it is first looked at."""

    def __init__(self, document: Any) -> None:
        self._pages = [document[number] for number in range(len(document))]
        self._texts = [page.get_textpage() for page in self._pages]
        self._drawn: dict[int, Grey] = {}

    def letters(self, number: int) -> Iterator[Letter]:
        """Yield the letters of one page without its spaces, in the order in which they were printed."""
        text = self._texts[number].raw
        for index in range(pdfium.FPDFText_CountChars(text)):
            character = chr(pdfium.FPDFText_GetUnicode(text, index))
            if not character.isspace():
                yield Letter(character, number, index)

    def shows(self, letters: Sequence[Letter]) -> bool:
        """Return True if nearly all of these letters can be seen."""
        return sum(not self._shows_one(letter) for letter in letters) <= MOST_UNSEEN * len(letters)

    def _shows_one(self, letter: Letter) -> bool:
        if self._height(letter) < SMALLEST:
            return False
        shades = self._cut(letter)
        return shades.size > 0 and _contrast(int(shades.min()), int(shades.max())) >= CONTRAST

    def _height(self, letter: Letter) -> float:
        """Return the height of a letter's line, in points."""
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._texts[letter.page].raw, letter.number, box)
        return float(box.top - box.bottom)

    def _cut(self, letter: Letter) -> Grey:
        """Return the pixels in which a letter stands, with one around it; none where it is outside the page."""
        left, bottom, right, top = self._texts[letter.page].get_charbox(letter.number)
        drawn, height = self._draw(letter.page), self._pages[letter.page].get_height()
        across = slice(max(int(left * SCALE) - 1, 0), max(int(right * SCALE) + 2, 0))
        down = slice(max(int((height - top) * SCALE) - 1, 0), max(int((height - bottom) * SCALE) + 2, 0))
        return drawn[down, across]

    def _draw(self, number: int) -> Grey:
        if number not in self._drawn:
            self._drawn[number] = self._pages[number].render(scale=SCALE, grayscale=True).to_numpy()
        return self._drawn[number]


def _contrast(dark: int, light: int) -> float:
    """Return the contrast of two shades from 0 to 255 by WCAG 2.2: from 1 to 21."""
    return (_luminance(light) + 0.05) / (_luminance(dark) + 0.05)


def _luminance(shade: int) -> float:
    return float(((shade / 255 + 0.055) / 1.055) ** 2.4)
