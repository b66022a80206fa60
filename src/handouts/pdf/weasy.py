"""What reaches into WeasyPrint and the libraries below it; imported with the first sheet: that takes half a second.

Nothing here outlasts a call: not the environment, not the logger, and no font for anyone but ourselves. Private names of
WeasyPrint 70 stand in this module only (`Document.pages[]._page_box`, `FontConfiguration._config` and `._folder`,
`text.ffi._dlopen`), because it has no public way to the printed boxes or to fonts other than the system's.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, get_ident
from typing import Any, NamedTuple

from cffi import FFI  # comes with WeasyPrint
from weasyprint import CSS, HTML
from weasyprint.text import ffi as pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from handouts.errors import HandoutsError
from handouts.fonts import FONT_FILES, font_bytes, font_folder
from handouts.pdf.addresses import FONT_SCHEME, PICTURE_SCHEME, PICTURE_TYPES
from handouts.pdf.units import POINTS_A_PIXEL

__all__ = [
    "CSS",
    "HTML",
    "FatalURLFetchingError",
    "OwnFiles",
    "PrintedText",
    "collected_warnings",
    "figure_places",
    "own_fonts",
    "picture_cache",
    "printed_boxes",
    "printed_texts",
]  # fmt: skip

FIGURES = ("img", "{http://www.w3.org/2000/svg}svg")  # the elements that WeasyPrint tags as figures
MOST_PICTURES = 500  # parsed and kept for the next sheet, 0.1 MB each
MOST_LINE_HEIGHTS = 5_000  # kept by a font configuration, one for every style of text

_pictures: dict[str, Any] = {}
_one_call_at_a_time = Lock()


class OwnFonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint ships no types
    """A font configuration that holds our own font files and none of the system's.

    WeasyPrint's class loads what fontconfig's settings name, for which the environment would have to be changed. This one
    starts from an empty configuration and adds our files, so that there are no settings and no cache of fonts on the disk.
    The files must be there before the first text is laid out: without any font Pango ends the process.
    """

    def __init__(self) -> None:
        library = FFI()
        library.include(pango.ffi)
        library.cdef("FcConfig *FcConfigCreate(void);")
        self._config = _open_fontconfig(library).FcConfigCreate()
        for name in FONT_FILES:
            path = str(font_folder() / name)
            if not pango.fontconfig.FcConfigAppFontAddFile(self._config, path.encode()):
                raise HandoutsError(f"the font file {path} cannot be read")
        self.font_map = pango.ffi.gc(pango.pangoft2.pango_ft2_font_map_new(), pango.gobject.g_object_unref)
        font_map = pango.ffi.cast("PangoFcFontMap *", self.font_map)
        pango.pangoft2.pango_fc_font_map_set_config(font_map, self._config)
        pango.fontconfig.FcConfigDestroy(self._config)  # the font map holds it now
        self._unpacked = TemporaryDirectory(prefix="weasyprint-", ignore_cleanup_errors=True)  # removed at exit
        self._folder = Path(self._unpacked.name)
        self.strut_layouts: dict[Any, Any] = {}
        self.font_features: dict[Any, Any] = {}


def _open_fontconfig(library: FFI) -> Any:
    """Return the fontconfig that WeasyPrint uses: the names are those of weasyprint/text/ffi.py."""
    names = ("libfontconfig-1", "fontconfig-1", "fontconfig")
    return pango._dlopen(library, *names, "libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")


@cache
def _shared_fonts() -> OwnFonts:
    return OwnFonts()


def own_fonts() -> OwnFonts:
    """Return the one font configuration of this process."""
    fonts = _shared_fonts()
    if len(fonts.strut_layouts) > MOST_LINE_HEIGHTS:
        fonts.strut_layouts.clear()
    return fonts


def picture_cache() -> dict[str, Any]:
    """Return the pictures that earlier sheets of this process have parsed, at most about `MOST_PICTURES`."""
    if len(_pictures) > MOST_PICTURES:
        _pictures.clear()
    return _pictures


class OwnFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Answers for our fonts and one sheet's pictures; any other address ends the rendering."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        super().__init__()
        self._own_pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Return one font or picture; raises FatalURLFetchingError for any other address."""
        font, picture = url.removeprefix(FONT_SCHEME), url.removeprefix(PICTURE_SCHEME)
        if font != url:
            return URLFetcherResponse(url, body=font_bytes(font), headers={"Content-Type": "font/ttf"})
        if picture in self._own_pictures:
            kind = PICTURE_TYPES[picture.rpartition(".")[2]]
            return URLFetcherResponse(url, body=self._own_pictures[picture], headers={"Content-Type": kind})
        raise FatalURLFetchingError(repr(url[:80]))


def printed_boxes(document: Any) -> Iterator[Any]:
    """Yield every box that is laid out on the pages of a document."""
    for page in document.pages:
        yield from page._page_box.descendants()


Area = tuple[float, float, float, float]  # left, top, right, bottom


class PrintedText(NamedTuple):
    """A piece of text on a page, in CSS pixels from its top left corner; `area` is where the page may be printed on.

    `tag` is its heading, or else the element it stands in; `card` the number of the exercise it belongs to, if any.
    """

    page: int
    tag: str
    card: str | None
    left: float
    top: float
    right: float
    bottom: float
    points: float
    area: Area


CARD = "card-"  # the beginning of the `id` of an exercise's card
HEADING_TAGS = ("h1", "h2", "h3")


def printed_texts(document: Any) -> Iterator[PrintedText]:
    """Yield the texts of a document in their order, without those in the margins of its pages."""
    for number, page in enumerate(document.pages):
        box = page._page_box
        left, top = box.content_box_x(), box.content_box_y()
        area = (left, top, left + box.width, top + box.height)
        yield from _texts_in(box.children[0], number, area, "html", None)


def _texts_in(
    box: Any, page: int, area: tuple[float, float, float, float], tag: str, card: str | None
) -> Iterator[PrintedText]:
    element = box.element
    name = element.get("id", "") if element is not None and hasattr(element, "get") else ""
    card = name.removeprefix(CARD) if name.startswith(CARD) else card
    tag = tag if tag in HEADING_TAGS or not box.element_tag else box.element_tag
    if getattr(box, "text", "").strip():
        x, y, size = box.position_x, box.position_y, box.style["font_size"] * POINTS_A_PIXEL
        yield PrintedText(page, tag, card, x, y, x + box.width, y + box.height, size, area)
    for child in getattr(box, "children", ()):
        yield from _texts_in(child, page, area, tag, card)


def figure_places(document: Any) -> set[tuple[float, ...]]:
    """Return left, top, right and bottom of every picture, in CSS pixels from the top left corner of its page."""
    places: set[tuple[float, ...]] = set()
    for box in printed_boxes(document):
        if box.element_tag in FIGURES:
            left, top = box.content_box_x(), box.content_box_y()
            places.add((left, top, left + box.width, top + box.height))
    return places


class _Collector(logging.Filter):
    """Takes the records of one thread out of a logger; those of other threads pass from `level` up, as without it."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self.level = level
        self.thread = get_ident()
        self.messages: list[str] = []

    def filter(self, record: logging.LogRecord) -> bool:
        if get_ident() != self.thread:
            return record.levelno >= self.level
        self.messages.append(" ".join(record.getMessage().split()))
        return False


@contextmanager
def collected_warnings() -> Iterator[list[str]]:
    """Yield the list into which WeasyPrint's records at WARNING or above go meanwhile, and nowhere else.

    They may quote a patient. The logger is left as it was found; calls from several threads wait for each other, which
    Pango and the shared fonts need too.
    """
    logger = logging.getLogger("weasyprint")
    with _one_call_at_a_time:
        level, disabled = logger.level, logger.disabled
        collector = _Collector(logger.getEffectiveLevel())
        logger.filters.insert(0, collector)  # before any filter that would drop a record
        logger.setLevel(logging.WARNING)
        logger.disabled = False  # logging.config switches off every logger that it does not name
        try:
            yield collector.messages
        finally:
            logger.removeFilter(collector)
            logger.setLevel(level)
            logger.disabled = disabled
