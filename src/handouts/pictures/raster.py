"""SVG as pixels, by resvg and Pillow; letters in a drawing come from our own font files."""

from __future__ import annotations

from io import BytesIO

from PIL import Image  # comes with WeasyPrint
from resvg_py import svg_to_bytes

from handouts.fonts import FONT_FILES, font_folder

FAMILY = "Atkinson Hyperlegible"


def svg_to_png(svg: str, width: int) -> bytes:
    """Return a drawing on white, `width` pixels wide, its height by its own proportions."""
    fonts = [str(font_folder() / name) for name in FONT_FILES]
    return svg_to_bytes(
        svg_string=svg, width=width, background="white", skip_system_fonts=True, font_files=fonts, font_family=FAMILY
    )


def few_tones(png: bytes, tones: int, form: str) -> bytes:
    """Return the picture in a few tones, as the smallest file: `form` is PNG or WEBP. A line drawing needs four to eight."""
    picture = Image.open(BytesIO(png)).convert("RGB").quantize(tones, dither=Image.Dither.NONE)
    out = BytesIO()
    if form == "WEBP":
        picture.convert("RGB").save(out, "WEBP", lossless=True, method=6, quality=100, exact=True)
    else:
        picture.save(out, form, optimize=True)
    return out.getvalue()


def png_fault(data: bytes) -> str | None:
    """Return why a file is no complete PNG picture; None where it is one.

    WeasyPrint makes Pillow accept truncated files, so the last chunk is looked for here.
    """
    damaged = "is no PNG picture, or it is damaged: save it anew"
    if b"IEND" not in data[-16:]:
        return damaged
    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):  # Pillow raises SyntaxError for a broken PNG
        return damaged
    return None
