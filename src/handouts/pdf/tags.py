"""Mends in the structure tree that WeasyPrint 70 writes; each applies only where its fault is there.

They work on the objects of a PDF that a `finisher` gets, before the file is written. PDF/UA validators pass either way;
screen readers do not. tests/test_mends.py fails when WeasyPrint has mended a fault: its function here then goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

from handouts.pdf.units import POINTS_A_PIXEL


def mend_tags(pdf: Any, places: Set[tuple[float, ...]]) -> None:
    """Give each figure its place on the page and each table head its scope.

    `places` are left, top, right and bottom of each figure in CSS pixels from the top of its page.
    """
    for element in _elements(pdf):
        if "A" not in element:
            continue
        if element["S"] == "/Figure":
            mend_figure_place(pdf, element, places)
        elif element["S"] == "/TH":
            mend_head_scope(pdf, element)


def mend_figure_place(pdf: Any, figure: Any, places: Set[tuple[float, ...]]) -> None:
    """Turn a `BBox` in CSS pixels from the top of the page into points from its bottom (ISO 32000-1, table 344)."""
    box = figure["A"]["BBox"]
    if tuple(box) in places:
        height = resolved(pdf, figure["Pg"])["MediaBox"][3]
        left, top, right, bottom = (edge * POINTS_A_PIXEL for edge in box)
        box[:] = [left, height - bottom, right, height - top]


def mend_head_scope(pdf: Any, head: Any) -> None:
    """Say whether a table head is for its column or its row, for readers that do not follow `Headers`."""
    if "Scope" not in head["A"]:
        head["A"]["Scope"] = "/Column" if _is_in_table_head(pdf, head) else "/Row"


def _elements(pdf: Any) -> Iterator[Any]:
    structure = (item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/StructElem")
    return (element for element in structure if "Pg" in element)


def resolved(pdf: Any, reference: bytes) -> Any:
    """Return the object of a PDF that a reference (`12 0 R`) means."""
    return pdf.objects[int(reference.split()[0])]


def _is_in_table_head(pdf: Any, cell: Any) -> bool:
    return bool(resolved(pdf, resolved(pdf, cell["P"])["P"])["S"] == "/THead")
