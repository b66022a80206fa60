"""HTML -> PDF bytes by WeasyPrint. What WeasyPrint would log and go on with is an error here."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import ModuleType
from typing import Any

from handouts.errors import HandoutsError, HiddenTextError, LooksError
from handouts.pdf.addresses import LINK_SCHEMES
from handouts.pdf.rules import PageRules
from handouts.pdf.tags import mend_tags

NO_FILES: Mapping[str, bytes] = {}


def write_pdf(
    html: str,
    demanded: Sequence[str] = (),
    files: Mapping[str, bytes] = NO_FILES,
    style: str = "",
    rules: PageRules | None = None,
) -> bytes:
    """Return one tagged PDF/UA-1 document; the same text gives the same bytes.

    `files` are the pictures that the HTML names as `handouts:picture/<name>`; a name always means the same bytes, so that
    a process reads each once. `style` is CSS that many sheets share: it is parsed once.

    Nothing is fetched but the project's own fonts and these pictures, and no font of the system is used. The environment
    and WeasyPrint's logger are afterwards as they were. Raises HandoutsError for any other address, for every record that
    WeasyPrint logs at WARNING or above (a missing glyph, an unknown property, a figure without its text), for a link to a
    file. Raises HiddenTextError where one of the `demanded` texts cannot be seen on any page, and LooksError where a page
    breaks the `rules`.
    """
    weasy = _load_weasyprint()
    with weasy.collected_warnings() as complaints:
        try:
            page = weasy.HTML(string=html, url_fetcher=weasy.OwnFiles(files))
            document = page.render(
                pdf_variant="pdf/ua-1",
                pdf_forms=True,
                stylesheets=[_parsed_style(style)] if style else [],
                font_config=weasy.own_fonts(),
                cache=weasy.picture_cache(),
            )
            _refuse_local_links(document)
            data: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=_mend)
            _refuse_unseen(data, demanded)
            _refuse_broken_pages(document, rules)
        except weasy.FatalURLFetchingError as error:
            raise _foreign_file(error) from None
        except KeyError:  # of a part that is not drawn at all, such as one of no size
            message = "the style leaves a part of the sheet undrawn, such as by 'transform: scale(0)'"
            raise HiddenTextError(f"{message}: it cannot be tagged for a screen reader") from None
        except OSError as error:
            raise _no_temporary_folder(error) from None
    if complaints:
        _parsed_style.cache_clear()  # a style is only complained of while it is parsed
        raise HandoutsError("WeasyPrint cannot make this sheet: " + "; ".join(dict.fromkeys(complaints)))
    return data


def lay_out(html: str, files: Mapping[str, bytes], styles: Sequence[str]) -> list[Mapping[str, float]]:
    """Return for each page of a text how far down each of its ids is, in CSS pixels; nothing is written.

    What WeasyPrint complains of is not said here: the sheet that is printed in the end is laid out by the same words.
    """
    weasy = _load_weasyprint()
    with weasy.collected_warnings():
        try:
            document = weasy.HTML(string=html, url_fetcher=weasy.OwnFiles(files)).render(
                stylesheets=[_parsed_style(style) for style in styles],
                font_config=weasy.own_fonts(),
                cache={},
                pdf_forms=True,
            )
        except weasy.FatalURLFetchingError as error:
            raise _foreign_file(error) from None
        except OSError as error:
            raise _no_temporary_folder(error) from None
    return [{name: place[1] for name, place in page.anchors.items()} for page in document.pages]


def _mend(document: Any, pdf: Any) -> None:
    from handouts.pdf.fields import mend_fields  # needs pydyf, which comes with WeasyPrint

    mend_tags(pdf, _load_weasyprint().figure_places(document))
    mend_fields(pdf)


def refuse_hidden(html: str, demanded: Sequence[str], files: Mapping[str, bytes], style: str) -> None:
    """Lay out what a screen will show; raises HiddenTextError where one of the `demanded` texts cannot be seen in it.

    What WeasyPrint does not know of a browser's style does not matter here.
    """
    weasy = _load_weasyprint()
    with weasy.collected_warnings():
        try:
            page = weasy.HTML(string=html, url_fetcher=weasy.OwnFiles(files), media_type="screen")
            fonts, no_pictures = weasy.own_fonts(), weasy.OwnFiles(NO_FILES)
            screen = weasy.CSS(string=style, font_config=fonts, url_fetcher=no_pictures, media_type="screen")
            document = page.render(stylesheets=[screen], font_config=fonts, cache=weasy.picture_cache())
        except weasy.FatalURLFetchingError as error:
            raise _foreign_file(error) from None
        _refuse_local_links(document)
        _refuse_unseen(document.write_pdf(), demanded)


def _refuse_unseen(pdf: bytes, demanded: Sequence[str]) -> None:
    """Raise HiddenTextError where one of the texts is not in a PDF, or is there and cannot be seen.

    To be called where no other thread is: PDFium, which draws the pages, allows one.
    """
    from handouts.pdf.ink import unseen  # loads PDFium, which only a sheet needs

    for texts, what in zip(unseen(pdf, demanded), ("leaves out", "hides"), strict=True):
        if texts:
            raise HiddenTextError(f"the handout's template or style {what} a red flag that every sheet prints: '{texts[0]}'")


def _refuse_broken_pages(document: Any, rules: PageRules | None) -> None:
    """Raise LooksError with what is wrong with the pages of a laid-out document."""
    from handouts.pdf.verdict import page_faults  # loads WeasyPrint

    if faults := page_faults(document, rules) if rules else []:
        raise LooksError(f"the sheet does not print as it must: {'; '.join(faults)}")


def _no_temporary_folder(error: OSError) -> HandoutsError:
    return HandoutsError(f"the temporary folder cannot be written: {error.strerror}")


def _foreign_file(error: Exception) -> HandoutsError:
    return HandoutsError(f"the handout asks for {error}: only the project's own fonts and pictures are read")


@lru_cache(maxsize=32)
def _parsed_style(style: str) -> Any:
    weasy = _load_weasyprint()
    return weasy.CSS(string=style, font_config=weasy.own_fonts(), url_fetcher=weasy.OwnFiles(NO_FILES))


def _refuse_local_links(document: Any) -> None:
    """Raise HandoutsError for a link to a file: WeasyPrint makes one of any relative link."""
    targets = (link[1] for page in document.pages for link in page.links if link[0] == "external")
    for target in targets:
        if not target.startswith(LINK_SCHEMES):
            raise HandoutsError("the handout links to a file or a script: only web, mail and telephone links are printed")


@cache
def _load_weasyprint() -> ModuleType:
    """Return the module that holds WeasyPrint; raises HandoutsError where Pango, a system library, is missing."""
    try:
        with warnings.catch_warnings():
            # On import WeasyPrint warns of a system without fonts; a sheet uses none of the system's.
            warnings.filterwarnings("ignore", r"(FontConfig cannot load|No fonts configured)", UserWarning)
            from handouts.pdf import weasy
    except OSError as error:
        raise HandoutsError(f"Pango is missing ({str(error).splitlines()[0]}): type 'handouts doctor'") from None
    return weasy
