"""What WeasyPrint 70 does wrong and `pdf` mends: each test fails when WeasyPrint has mended it, and says what to remove."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from pydyf import Array, Dictionary
from weasyprint import CSS, HTML

from handouts.fonts import FIELD_FAMILY, FIELD_FONT, font_folder
from handouts.pdf.addresses import FONT_SCHEME
from handouts.pdf.fields import mend_appearances, mend_rectangle
from handouts.pdf.tags import mend_figure_place, mend_head_scope
from handouts.pdf.writer import write_pdf

pytestmark = pytest.mark.pdf
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>One</title><path d="M0 0H9V9Z"/></svg>'
PAGE = f"""<html lang="en"><head><title>Test</title></head><body>
<h1>Test</h1>{SVG}
<table><thead><tr><th>Head</th><th>Day</th></tr></thead><tbody><tr><th>Row</th><td>1</td></tr></tbody></table>
<form><input name="pain" title="Pain" maxlength="4"></form></body></html>"""
STYLE = f"""@page {{ size: 400px 400px; margin: 0 }} * {{ margin: 0 }} svg {{ display: block; width: 40px; height: 40px }}
h1 {{ height: 100px; line-height: 1; font-size: 20px }} input {{ font-family: {FIELD_FAMILY} }}
@font-face {{ font-family: {FIELD_FAMILY}; src: url(FONT) }}"""

Element = Mapping[str, Any]


def plain_pdf() -> bytes:
    """The document as WeasyPrint writes it by itself."""
    font = (font_folder() / "AtkinsonHyperlegible-Regular.ttf").as_uri()
    style = CSS(string=STYLE.replace("FONT", font))
    return bytes(HTML(string=PAGE).write_pdf(pdf_variant="pdf/ua-1", pdf_forms=True, stylesheets=[style]))


@pytest.fixture(scope="module")
def plain() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(plain_pdf()))


@pytest.fixture(scope="module")
def mended() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(write_pdf(PAGE, style=STYLE.replace("FONT", FONT_SCHEME + FIELD_FONT))))


def elements(file: pikepdf.Pdf, kind: str) -> list[Any]:
    every = (item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem")
    return [item for item in every if str(item.S) == kind]


def box(file: pikepdf.Pdf) -> list[float]:
    (figure,) = elements(file, "/Figure")
    return [round(float(edge), 3) for edge in figure.A.BBox]


def field(file: pikepdf.Pdf) -> Any:
    (one,) = file.Root.AcroForm.Fields
    return one


def field_font(file: pikepdf.Pdf) -> Any:
    return file.Root.AcroForm.DR.Font[re.search(r"(/\w+) [\d.]+ Tf", str(field(file).DA))[1]]  # type: ignore[index]


def is_compressed(file: pikepdf.Pdf) -> bool:
    return "/Filter" in file.Root.Metadata.stream_dict


def rectangle(file: pikepdf.Pdf) -> list[float]:
    return [float(edge) for edge in field(file).Rect]


FAULTS: dict[str, Callable[[pikepdf.Pdf], bool]] = {
    "mend_figure_place": lambda file: box(file) == [0, 100, 40, 140],  # pixels from the top of a page of 300 points
    "mend_head_scope": lambda file: any("/Scope" not in head.A for head in elements(file, "/TH")),
    "mend_rectangle": lambda file: rectangle(file)[1] > rectangle(file)[3],
    "mend_font": lambda file: field_font(file).Subtype == "/Type0",
    "mend_appearances": lambda file: bool(file.Root.AcroForm.get("/NeedAppearances", False)),
    "mend_metadata": is_compressed,
}


@pytest.mark.parametrize("mend", FAULTS)
def test_the_fault_is_still_there(plain: pikepdf.Pdf, mend: str) -> None:
    assert FAULTS[mend](plain), f"WeasyPrint mended this: remove {mend}"


@pytest.mark.parametrize("mend", FAULTS)
def test_the_fault_is_mended(mended: pikepdf.Pdf, mend: str) -> None:
    assert not FAULTS[mend](mended)


def test_a_figure_is_where_it_is_seen(mended: pikepdf.Pdf) -> None:
    assert box(mended) == [0, 300 - 0.75 * 140, 30, 300 - 75]


def test_what_is_right_already_is_left_alone() -> None:
    page = Dictionary({"MediaBox": Array([0, 0, 300, 300])})
    pdf: Any = SimpleNamespace(objects=[None, page])
    figure = Dictionary({"Pg": b"1 0 R", "A": Dictionary({"BBox": Array([0.0, 195.0, 30.0, 225.0])})})
    mend_figure_place(pdf, figure, {(0.0, 100.0, 40.0, 140.0)})
    assert figure["A"]["BBox"] == [0.0, 195.0, 30.0, 225.0]
    head = Dictionary({"A": Dictionary({"Scope": "/Both"})})
    mend_head_scope(pdf, head)
    assert head["A"]["Scope"] == "/Both"
    upright = Dictionary({"Rect": Array([1, 2, 3, 4])})
    mend_rectangle(upright)
    assert upright["Rect"] == [1, 2, 3, 4]
    form = Dictionary({})
    mend_appearances(form)
    assert form == {}
