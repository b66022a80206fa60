"""Atkinson Hyperlegible, from the package that carries it: a typeface made for readers with low vision (OFL-1.1)."""

from __future__ import annotations

from functools import cache
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
WEB_FONTS = {"atkinson-regular.woff2": FONT_FILES[0], "atkinson-bold.woff2": FONT_FILES[1]}  # all the site uses


def font_folder() -> Path:
    """The folder of the font package; raises HandoutsError where it is not installed."""
    try:
        return Path(str(files("fontpkg_atkinson_hyperlegible"))) / "files"
    except ModuleNotFoundError:
        message = "the font is missing: type 'pip install fontpkg-atkinson-hyperlegible'"
        raise HandoutsError(message) from None


def font_bytes(name: str) -> bytes:
    """One of the font files; raises HandoutsError for any other name."""
    if name not in FONT_FILES:
        raise HandoutsError(f"'{name[:80]}' is not one of our fonts: {', '.join(FONT_FILES)}")
    return (font_folder() / name).read_bytes()


@cache
def web_font(name: str, letters: frozenset[int]) -> bytes:
    """One of the site's fonts with only these code points: a quarter of the size, for browsers only."""
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
    """The code points that the regular style can print."""
    from fontTools.ttLib import TTFont  # comes with WeasyPrint

    with TTFont(font_folder() / FONT_FILES[0], lazy=True) as font:
        return frozenset(font.getBestCmap())


def unprintable(text: str) -> str:
    """The characters of a text that the font lacks, each once, in order."""
    return "".join(dict.fromkeys(character for character in text if ord(character) not in glyphs()))
