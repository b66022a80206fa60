"""HTML -> PDF bytes; the only home of WeasyPrint. What WeasyPrint would log and go on with is an error here."""

from __future__ import annotations

import atexit
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from handouts.errors import HandoutsError
from handouts.files.folders import cache_folder
from handouts.fonts import font_bytes, font_folder
from handouts.pdf.fields import mend_fields
from handouts.pdf.tags import mend_tags

FONT_SCHEME = "handouts:font/"
PICTURE_SCHEME = "handouts:picture/"
PICTURE_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
LINK_SCHEMES = ("https:", "http:", "mailto:", "tel:")
SMALLEST_PRINT = 8  # CSS pixels: what is smaller nobody reads


NO_FILES: Mapping[str, bytes] = {}


def write_pdf(html: str, demanded: Sequence[str] = (), files: Mapping[str, bytes] = NO_FILES, style: str = "") -> bytes:
    """One tagged PDF/UA-1 document; the same text gives the same bytes.

    `files` are the pictures that the HTML names as `handouts:picture/<name>`; a name always means the same bytes, so that
    a process reads each once. `style` is CSS that many sheets share: it is parsed once.

    Nothing is fetched but the project's own fonts and these pictures. Raises HandoutsError for any other address, for every
    record that WeasyPrint logs at WARNING or above (a missing glyph, an unknown property, a figure without its text), for a
    link to a file, and where one of the `demanded` texts is not on any page: a template may lose or hide it.
    """
    weasyprint = _weasyprint()
    with _complaints() as complaints:
        try:
            page = weasyprint.HTML(string=html, url_fetcher=_fetcher(files))
            styles = [_style(style)] if style else []
            document = page.render(
                pdf_variant="pdf/ua-1", pdf_forms=True, stylesheets=styles, font_config=_font_config(), cache=_read_pictures()
            )
            _refuse_lost_texts(document, demanded)
            _refuse_local_links(document)
            data: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=_mend)
        except weasyprint.urls.FatalURLFetchingError as error:
            raise _foreign_file(error) from None
        except OSError as error:
            raise HandoutsError(f"the temporary folder cannot be written: {error.strerror}") from None
    if complaints:
        _style.cache_clear()  # a style says what is wrong with it only when it is parsed
        raise HandoutsError("WeasyPrint cannot make this sheet: " + "; ".join(dict.fromkeys(complaints)))
    return data


def _mend(document: Any, pdf: Any) -> None:
    mend_tags(document, pdf)
    mend_fields(document, pdf)


def refuse_hidden(html: str, demanded: Sequence[str], files: Mapping[str, bytes], style: str) -> None:
    """Lay out what a screen will show; raises HandoutsError where one of the `demanded` texts is missing, hidden or tiny.

    What WeasyPrint does not know of a browser's style does not matter here.
    """
    weasyprint = _weasyprint()
    with _complaints():
        try:
            page = weasyprint.HTML(string=html, url_fetcher=_fetcher(files), media_type="screen")
            fonts, nothing = _font_config(), _fetcher(NO_FILES)
            look = weasyprint.CSS(string=style, font_config=fonts, url_fetcher=nothing, media_type="screen")
            document = page.render(stylesheets=[look], font_config=fonts, cache=_read_pictures())
        except weasyprint.urls.FatalURLFetchingError as error:
            raise _foreign_file(error) from None
        _refuse_lost_texts(document, demanded)
        _refuse_local_links(document)


def _foreign_file(error: Exception) -> HandoutsError:
    return HandoutsError(f"the handout asks for {error}: only the project's own fonts and pictures are read")


@lru_cache(maxsize=32)
def _style(text: str) -> Any:
    return _weasyprint().CSS(string=text, font_config=_font_config(), url_fetcher=_fetcher(NO_FILES))


@cache
def _font_config() -> Any:
    """What WeasyPrint knows of fonts, for all sheets of this process."""
    _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(_forget)
    return FontConfiguration()


def _forget() -> None:
    """Let WeasyPrint delete the folder into which it unpacked the fonts; at the end of a process nothing else would."""
    _font_config().__del__()


@cache
def _read_pictures() -> dict[str, Any]:
    """The pictures that this process has read."""
    return {}


def _refuse_lost_texts(document: Any, demanded: Sequence[str]) -> None:
    boxes = (box for page in document.pages for box in page._page_box.descendants())
    printed = "".join("".join(box.text.split()) for box in boxes if hasattr(box, "text") and _is_visible(box))
    for text in demanded:
        if "".join(text.split()) not in printed:
            raise HandoutsError(f"the handout's template leaves out a red flag that every sheet prints: '{text}'")


def _is_visible(box: Any) -> bool:
    return box.style["visibility"] == "visible" and box.style["font_size"] >= SMALLEST_PRINT


def _refuse_local_links(document: Any) -> None:
    """WeasyPrint makes a relative link the path of a file on this machine."""
    targets = (link[1] for page in document.pages for link in page.links if link[0] == "external")
    for target in targets:
        if not target.startswith(LINK_SCHEMES):
            raise HandoutsError("the handout links to a file or a script: only web, mail and telephone links are printed")


@cache
def _weasyprint() -> Any:
    """WeasyPrint, imported when the first sheet is made: it takes half a second and needs Pango."""
    os.environ["FONTCONFIG_FILE"] = str(_fontconfig_file())
    try:
        import weasyprint
        import weasyprint.urls
    except OSError as error:
        raise HandoutsError(f"Pango is missing ({str(error).splitlines()[0]}): type 'handouts doctor'") from None
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())
    return weasyprint


def _fontconfig_file() -> Path:
    """A fontconfig setting that shows WeasyPrint our font and no other: the same bytes on every machine.

    With no font at all Pango would crash, so the folder is our own font's.
    """
    folder = cache_folder()
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{escape(str(font_folder()))}</dir>"
        f"<cachedir>{escape(str(folder / 'fontconfig'))}</cachedir></fontconfig>"
    )
    path = folder / "fonts.conf"
    try:
        if not path.is_file() or path.read_text("utf-8") != text:
            folder.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{os.getpid()}")
            fresh.write_text(text, "utf-8")
            fresh.replace(path)
    except OSError as error:
        raise HandoutsError(f"the folder {folder} cannot be written: {error.strerror}") from None
    return path


def _fetcher(files: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        """Answers for our fonts and this sheet's pictures, and refuses everything else, loudly."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """The bytes of one font or picture; any other address ends the rendering."""
            font, picture = url.removeprefix(FONT_SCHEME), url.removeprefix(PICTURE_SCHEME)
            if font != url:
                return URLFetcherResponse(url, body=font_bytes(font), headers={"Content-Type": "font/ttf"})
            if picture in files:
                kind = PICTURE_TYPES[picture.rpartition(".")[2]]
                return URLFetcherResponse(url, body=files[picture], headers={"Content-Type": kind})
            raise FatalURLFetchingError(repr(url[:80]))

    return OwnFiles()


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collects what WeasyPrint logs at WARNING or above while it runs."""
    messages: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(" ".join(record.getMessage().split()))

    logger = logging.getLogger("weasyprint")
    collector, level, propagate = Collector(logging.WARNING), logger.level, logger.propagate
    logger.addHandler(collector)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield messages
    finally:
        logger.removeHandler(collector)
        logger.setLevel(level)
        logger.propagate = propagate
