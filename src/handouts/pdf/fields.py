"""The fields of a sheet that is filled in on a screen, mended before the file is written.

Public hooks only, as in `tags`: WeasyPrint 70 writes text fields that PDF/UA validators pass, but it names a font that most
programs cannot type with, and it asks them to draw every field anew, so that they offer to save a file that nobody changed.
"""

from __future__ import annotations

import re
from typing import Any

from handouts.fonts import FIELD_CODES, FIELD_FAMILY, field_widths
from handouts.pdf.tags import resolved

LEFT, CENTRED = 0, 1  # ISO 32000-1, table 222
NONSYMBOLIC = 1 << 5  # ISO 32000-1, table 123: its letters are named by WinAnsiEncoding
_FONT = re.compile(r"/(\w+) ([\d.]+) Tf")
_OURS = f"+{FIELD_FAMILY}".encode()


def mend_fields(document: Any, pdf: Any) -> None:
    """Make every text field one that is typed into in our own letters: a `finisher` of WeasyPrint.

    A short text (`maxlength`) is centred, in the cell of a chart. A field without text shows nothing: no frame, no ground.
    The font is a simple one (ISO 32000-1, 9.6.3), since a form counts its letters as single bytes; WeasyPrint's own is for
    glyph numbers of two bytes.
    """
    from pydyf import Array, Dictionary, String  # comes with WeasyPrint

    form = pdf.catalog.get("AcroForm")
    if not form:
        return
    fonts = resolved(pdf, resolved(pdf, form["DR"])["Font"])
    fields = [resolved(pdf, reference) for reference in form["Fields"]]
    texts = [field for field in fields if field["FT"] == "/Tx"]
    for field in texts:
        font, size = _FONT.search(field["DA"].string.decode()).groups()
        _simplify(pdf, resolved(pdf, fonts[font]))
        left, top, right, bottom = field["Rect"]
        field["Rect"] = Array([left, bottom, right, top])
        field["DA"] = String(f"/{font} {float(size):g} Tf 0 g")
        field["Q"] = CENTRED if "MaxLen" in field else LEFT
        field["BS"] = Dictionary({"W": 0})
    if len(texts) == len(fields):  # what is empty needs no looks, and what is typed gets them from the program
        del form["NeedAppearances"]
    resolved(pdf, pdf.catalog["Metadata"]).compress = False  # Chrome, which saves what is typed, spoils it where it is packed


def _simplify(pdf: Any, font: Any) -> None:
    """Make of a font for two bytes a letter, if it is ours for forms, one for single bytes."""
    from pydyf import Array

    if not font["BaseFont"].endswith(_OURS) or font["Subtype"] != "/Type0":
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
    glyphs.clear()  # nothing names these two any more
    codes.stream.clear()
