"""What ink there is on a rendered page: is every letter drawn whole, dark enough, on a plain ground, and where it may be?

A page is rendered twice, as a black-and-white printer would: as it is, and without its letters. Where the two differ is
the ink of the letters; what the second shows is the ground they stand on.
"""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from support.pdf_structure import texts
from support.sheets import POINTS_A_MM

SCALE = 3  # pixels a point
LEAST_CONTRAST = 7  # WCAG 2.2, 1.4.6
PLAIN = 60  # of 255: how much the ground under one word may change
WHOLE = 0.6  # of the ink that the same letter has elsewhere on the sheet
FEW = 4  # of the same letter: fewer say nothing about how it looks when whole
HEAD_MM = 6.3  # a quarter of an inch: no common printer leaves more of a page unprinted
MANY = 8  # lines about one kind of fault are enough
SHOWN = {"Tj", "TJ", "'", '"'}  # what draws letters in a PDF


@dataclass(frozen=True)
class Letter:
    """One letter on a page: its box in points from the bottom left, its height, and what its ink looks like."""

    page: int
    text: str
    heavy: bool
    box: tuple[float, float, float, float]
    height: float
    ink: float  # pixels, as a part of the square of its height
    contrast: float


def faults(pdf: bytes, left_mm: float = 20, right_mm: float = 20, foot_mm: float = 6.3) -> list[str]:
    """Everything about the letters of a PDF that a reader would complain of, a line each."""
    with_letters, grounds = rendered(pdf), rendered(without_letters(pdf))
    letters = [one for number in range(len(grounds)) for one in _letters(pdf, number, with_letters[number], grounds[number])]
    found = _outside(pdf, letters, left_mm, right_mm, foot_mm), _pale(letters), _cut(letters), _crossed(pdf, grounds)
    return [line for kind in found for line in list(dict.fromkeys(kind))[:MANY]]


def rendered(pdf: bytes) -> list[np.ndarray]:
    """Every page in grey."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=SCALE, grayscale=True).to_numpy().squeeze().copy() for page in document]
    finally:
        document.close()


def without_letters(pdf: bytes) -> bytes:
    """The same PDF with everything but its letters."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for stream in file.objects:
            if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") == "/Form":
                stream.write(_silent(stream))
        for page in file.pages:
            page.contents_coalesce()
            page.Contents.write(_silent(page))
        file.save(out)
    return out.getvalue()


def _silent(stream: Any) -> bytes:
    content = pikepdf.parse_content_stream(stream)
    return pikepdf.unparse_content_stream([one for one in content if str(one.operator) not in SHOWN])


def _letters(pdf: bytes, number: int, page: np.ndarray, ground: np.ndarray) -> Iterator[Letter]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        layer = document[number].get_textpage()
        for index in range(layer.count_chars()):
            text = chr(pdfium.FPDFText_GetUnicode(layer, index))
            if not text.isspace() and text.isprintable() and not pdfium.FPDFText_IsGenerated(layer, index):
                yield _letter(layer, index, text, number, page, ground)
        layer.close()
    finally:
        document.close()


def _letter(layer: Any, index: int, text: str, number: int, page: np.ndarray, ground: np.ndarray) -> Letter:
    box, (_, low, _, high) = layer.get_charbox(index), layer.get_charbox(index, loose=True)
    printed, behind = _cut_out(page, box), _cut_out(ground, box)
    height, heavy = high - low, _is_bold(layer, index)
    if not printed.size:  # beside the paper
        return Letter(number, text, heavy, box, height, 0, 1)
    change = np.abs(printed - behind)
    most = int(change.max())
    ink = np.count_nonzero(change > most / 2) / (height * SCALE) ** 2 if most > PLAIN else 0
    place = np.unravel_index(int(change.argmax()), change.shape)
    return Letter(number, text, heavy, box, height, ink, contrast(int(printed[place]), int(behind[place])))


def _is_bold(layer: Any, index: int) -> bool:
    name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(layer, index, name, 80, flags)
    return b"Bold" in name.value


def _cut_out(page: np.ndarray, box: tuple[float, float, float, float], less: float = 0) -> np.ndarray:
    """The pixels of a page inside a box in points, `less` points at each side."""
    left, bottom, right, top = (edge * SCALE for edge in box)
    less *= SCALE
    rows = slice(max(int(page.shape[0] - top + less), 0), max(int(np.ceil(page.shape[0] - bottom - less)), 0))
    return page[rows, max(int(left + less), 0) : max(int(np.ceil(right - less)), 0)].astype(np.int16)


def contrast(one: int, other: int) -> float:
    """How two greys stand out from one another, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted(_luminance(grey / 255) for grey in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _outside(pdf: bytes, letters: list[Letter], left_mm: float, right_mm: float, foot_mm: float) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        width, height = (float(edge) for edge in file.pages[0].mediabox[2:])
    low, high = foot_mm * POINTS_A_MM, height - HEAD_MM * POINTS_A_MM
    start, end = left_mm * POINTS_A_MM - 1, width - right_mm * POINTS_A_MM + 1
    for one in letters:
        left, bottom, right, top = one.box
        if left < start or right > end or bottom < low - 1 or top > high + 1:
            yield f"page {one.page + 1}: {one.text!r} stands in the margin"


def _pale(letters: list[Letter]) -> Iterator[str]:
    for one in letters:
        if one.contrast < LEAST_CONTRAST:
            yield f"page {one.page + 1}: {one.text!r} has a contrast of {one.contrast:.1f}"


def _cut(letters: list[Letter]) -> Iterator[str]:
    """Letters with less ink than others of their kind: hidden, cut off, or covered."""
    kinds: dict[tuple[str, bool], list[Letter]] = defaultdict(list)
    for one in letters:
        kinds[one.text, one.heavy].append(one)
    for (text, _), same in kinds.items():
        usual = float(np.median([one.ink for one in same])) if len(same) >= FEW else 0.0
        for one in same:
            if not one.ink or one.ink < WHOLE * usual:
                yield f"page {one.page + 1}: {text!r} is not drawn whole"


def _crossed(pdf: bytes, grounds: list[np.ndarray]) -> Iterator[str]:
    """Words that lie on a line, on a picture or on the edge of a dark field."""
    for run in texts(pdf):
        ground = _cut_out(grounds[run.page], run.box, 0.4)
        if run.text.strip() and ground.size and int(ground.max()) - int(ground.min()) > PLAIN:
            yield f"page {run.page + 1}: {run.text!r} crosses a line or a picture"
