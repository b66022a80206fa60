"""What WeasyPrint 70 writes into the structure tree and should not, mended before the file is written.

Public hooks only: `finisher` gets the objects of the PDF. PDF/UA validators pass either way; screen readers do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

POINTS_A_PIXEL = 0.75  # CSS defines 96 pixels and 72 points as an inch


def mend_tags(document: Any, pdf: Any) -> None:
    """Give each figure its place on the page and each table head its scope: a `finisher` of WeasyPrint.

    The place of a figure (`BBox`) is written in CSS pixels from the top of the page; PDF counts points from the bottom
    (ISO 32000-1, table 344). `Scope` says what a table head is for where a reader does not follow `Headers`.
    """
    for element in _elements(pdf):
        if element["S"] == "/Figure" and "A" in element:
            height = resolved(pdf, element["Pg"])["MediaBox"][3]
            left, top, right, bottom = (edge * POINTS_A_PIXEL for edge in element["A"]["BBox"])
            element["A"]["BBox"][:] = [left, height - bottom, right, height - top]
        elif element["S"] == "/TH" and "A" in element:
            element["A"]["Scope"] = "/Column" if _is_in_table_head(pdf, element) else "/Row"


def _elements(pdf: Any) -> Iterator[Any]:
    return (one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/StructElem" and "Pg" in one)


def resolved(pdf: Any, reference: bytes) -> Any:
    """The object of a PDF that a reference (`12 0 R`) means."""
    return pdf.objects[int(reference.split()[0])]


def _is_in_table_head(pdf: Any, cell: Any) -> bool:
    return bool(resolved(pdf, resolved(pdf, cell["P"])["P"])["S"] == "/THead")
