"""Mends in the form that WeasyPrint 70 writes, and how our text fields look; each mend applies only where its fault is.

PDF/UA validators pass either way, but WeasyPrint names a font that most programs cannot type with, and asks them to draw
every field anew, so that they offer to save a file that nobody changed. tests/test_mends.py fails when WeasyPrint has mended
a fault: its function here then goes.
"""

from __future__ import annotations

import re
from typing import Any

from pydyf import Array, Dictionary, String  # comes with WeasyPrint

from handouts.fonts import FIELD_CODES, FIELD_FAMILY, field_widths
from handouts.pdf.tags import resolved

LEFT, CENTRED = 0, 1  # ISO 32000-1, table 222
NONSYMBOLIC = 1 << 5  # ISO 32000-1, table 123: its letters are named by WinAnsiEncoding
_FONT = re.compile(r"/(\w+) ([\d.]+) Tf")
_FIELD_FONT = f"+{FIELD_FAMILY}".encode()


def mend_fields(pdf: Any) -> None:
    """Make every text field one that is typed into in our own letters.

    A short text (`maxlength`) is centred, in the cell of a chart. A field without text shows nothing: no frame, no ground.
    """
    form = pdf.catalog.get("AcroForm")
    if not form:
        return
    fonts = resolved(pdf, resolved(pdf, form["DR"])["Font"])
    fields = [resolved(pdf, reference) for reference in form["Fields"]]
    texts = [field for field in fields if field["FT"] == "/Tx"]
    for field in texts:
        _set_looks(pdf, field, fonts)
        mend_rectangle(field)
    if len(texts) == len(fields):
        mend_appearances(form)
    mend_metadata(pdf)


def _set_looks(pdf: Any, field: Any, fonts: Any) -> None:
    """Write a field's text in black, without a frame, in a font that can be typed with."""
    match = _FONT.search(field["DA"].string.decode())
    assert match, "a text field of WeasyPrint names its font"
    font, size = match.groups()
    mend_font(pdf, resolved(pdf, fonts[font]))
    field["DA"] = String(f"/{font} {float(size):g} Tf 0 g")
    field["Q"] = CENTRED if "MaxLen" in field else LEFT
    field["BS"] = Dictionary({"W": 0})


def mend_rectangle(field: Any) -> None:
    """Put the lower edge of a field before its upper one (ISO 32000-1, 7.9.5): some programs take no click else."""
    left, lower, right, upper = field["Rect"]
    if lower > upper:
        field["Rect"] = Array([left, upper, right, lower])


def mend_appearances(form: Any) -> None:
    """Do not ask programs to draw the fields: an empty text has no looks, and who types in it draws it anyway."""
    form.pop("NeedAppearances", None)


def mend_metadata(pdf: Any) -> None:
    """Leave the metadata uncompressed: Chrome corrupts compressed XMP when it saves a filled form."""
    resolved(pdf, pdf.catalog["Metadata"]).compress = False


def mend_font(pdf: Any, font: Any) -> None:
    """Make of our two-byte font for forms a simple one (ISO 32000-1, 9.6.3): forms write a letter as a single byte."""
    if not font["BaseFont"].endswith(_FIELD_FONT) or font["Subtype"] != "/Type0":
        return
    glyphs = resolved(pdf, font.pop("DescendantFonts")[0])
    codes = resolved(pdf, font.pop("ToUnicode"))
    descriptor = glyphs["FontDescriptor"]
    resolved(pdf, descriptor)["Flags"] = NONSYMBOLIC
    font |= {
        "Subtype": "/TrueType",
        "Encoding": "/WinAnsiEncoding",
        "FirstChar": FIELD_CODES.start,
        "LastChar": FIELD_CODES.stop - 1,
        "Widths": Array(field_widths()),
        "FontDescriptor": descriptor,
    }
    glyphs.clear()  # nothing refers to these two any more
    codes.stream.clear()
