"""Atkinson Hyperlegible, from the package that carries it: a typeface made for readers with low vision (OFL-1.1)."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from handouts.errors import HandoutsError

FONT_FILES = (
    "AtkinsonHyperlegible-Regular.ttf",
    "AtkinsonHyperlegible-Bold.ttf",
    "AtkinsonHyperlegible-Italic.ttf",
    "AtkinsonHyperlegible-BoldItalic.ttf",
)
FIELD_FONT = "Fields.ttf"  # the regular style with the letters of `FIELD_CODES`, for what is typed into a form
FIELD_FAMILY = "Fields"  # what print.css calls it
FIELD_CODES = range(0x20, 0x100)  # Latin letters: their code in a field's font (WinAnsiEncoding) is their code point
WEB_FONTS = {"atkinson-regular.woff2": FONT_FILES[0], "atkinson-bold.woff2": FONT_FILES[1]}  # all the site uses


def font_folder() -> Path:
    """Return the folder of the font package; raises HandoutsError where it is not installed."""
    try:
        return Path(str(files("fontpkg_atkinson_hyperlegible"))) / "files"
    except ModuleNotFoundError:
        message = "the font is missing: type 'pip install fontpkg-atkinson-hyperlegible'"
        raise HandoutsError(message) from None


def font_bytes(name: str) -> bytes:
    """Return the bytes of one of the font files; raises HandoutsError for any other name."""
    if name == FIELD_FONT:
        return field_font()
    if name not in FONT_FILES:
        raise HandoutsError(f"'{name[:80]}' is not one of our fonts: {', '.join(FONT_FILES)}")
    return (font_folder() / name).read_bytes()


@cache
def field_font() -> bytes:
    """Return a font with only the letters that can be typed into a form, which embeds the whole file."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont  # comes with WeasyPrint

    out = BytesIO()
    with TTFont(font_folder() / FONT_FILES[0], recalcTimestamp=False) as font:
        subsetter = Subsetter(Options(hinting=False, layout_features=[], name_IDs=[1, 2]))
        subsetter.populate(unicodes=[code for code in FIELD_CODES if not 0x7F <= code <= 0x9F])
        subsetter.subset(font)
        font.save(out)
    return out.getvalue()


@cache
def field_widths() -> tuple[int, ...]:
    """Return the widths of `FIELD_CODES` in the font for forms, in thousandths of the font size; 0 where it has none."""
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(field_font())) as font:
        names, widths, unit = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
        return tuple(round(widths[names[code]][0] * 1000 / unit) if code in names else 0 for code in FIELD_CODES)


@lru_cache(maxsize=8)  # two fonts, with the letters of the last few sites
def web_font(name: str, letters: frozenset[int]) -> bytes:
    """Return one of the site's fonts as WOFF2 with only these code points: a quarter of the size, for browsers only."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont  # comes with WeasyPrint

    options = Options(hinting=False, layout_features=["ccmp", "kern", "liga", "locl", "mark", "mkmk"], name_IDs=["*"])
    out = BytesIO()
    with TTFont(font_folder() / WEB_FONTS[name], recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=letters)
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(out)
    return out.getvalue()


@cache
def glyphs() -> frozenset[int]:
    """Return the code points that the regular style can print."""
    return frozenset(_advances(FONT_FILES[0]))


@lru_cache(maxsize=20_000)
def text_width(text: str, *, bold: bool = False) -> float:
    """Return the length of a line of text in units of the font size, without kerning, which makes it a little shorter."""
    advances = _advances(FONT_FILES[1 if bold else 0])
    return sum(advances.get(ord(character), 1.0) for character in text)


@cache
def _advances(name: str) -> dict[int, float]:
    """Return the advance width of each code point, in units of the font size."""
    from fontTools.ttLib import TTFont  # comes with WeasyPrint

    with TTFont(font_folder() / name, lazy=True) as font:
        metrics, em = font["hmtx"], font["head"].unitsPerEm
        return {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def unprintable(text: str) -> str:
    """Return the characters of a text that the font lacks, each once, in order."""
    return "".join(dict.fromkeys(character for character in text if ord(character) not in glyphs()))
