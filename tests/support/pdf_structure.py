"""What a PDF says to a screen reader and on paper, and what the HTML behind it says: to hold one against the other.

No PDF/UA validator notices a wrong language, another reading order, a lost paragraph or a table head that became a cell.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import count
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True)
class Text:
    """One run of letters on a page: where its ink is (in points, from the bottom left) and how large it is."""

    page: int
    mark: int  # the number by which the structure tree names it; -1 for none
    text: str
    box: tuple[float, float, float, float]  # left, bottom, right, top
    size: float


@dataclass(frozen=True)
class Element:
    """One node of the structure tree, with all text below it (no bullets or numbers) and the pages it is on."""

    kind: str
    text: str
    pages: frozenset[int]
    children: tuple[Element, ...]

    def walk(self) -> Iterator[Element]:
        """Every element below this one, in reading order; one of kind "" is a piece of text."""
        for child in self.children:
            yield child
            yield from child.walk()

    def all(self, kind: str) -> Iterator[Element]:
        """Every element of a kind below this one, in reading order."""
        return (element for element in self.walk() if element.kind == kind)


class Field(NamedTuple):
    """A place to type in, as it comes in reading order: the number of the table cell that it is in (0: none), its name,
    and what a screen reader says of it."""

    cell: int
    name: str
    spoken: str


@dataclass(frozen=True)
class Facts:
    """What must be the same in HTML and PDF; texts without spaces, since a PDF has none at the end of a line."""

    language: str
    title: str
    headings: tuple[tuple[int, str], ...]
    items: tuple[str, ...]
    table_heads: tuple[str, ...]
    table_cells: tuple[str, ...]
    fields: tuple[Field, ...]
    text: str


def bare(text: str) -> str:
    """A text without its spaces, soft hyphens and invisible marks."""
    return re.sub(r"[\s\u00ad\u200b-\u200f\u2060-\u2069\ufeff]+", "", text)


# PDF -------------------------------------------------------------------------------------------------------------------


def texts(pdf: bytes) -> list[Text]:
    """Every run of letters, page by page, in the order in which the file draws them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [text for number, page in enumerate(document) for text in _page_texts(page, number)]
    finally:
        document.close()


def _page_texts(page: Any, number: int) -> Iterator[Text]:
    layer = page.get_textpage()
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        run = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(run) == pdfium.FPDF_PAGEOBJ_TEXT:
            mark = pdfium.FPDFPageObj_GetMarkedContentID(run)
            yield Text(number, mark, _letters(run, layer), _box(run), _size(run))
    layer.close()


def _letters(run: Any, layer: Any) -> str:
    length = pdfium.FPDFTextObj_GetText(run, layer, None, 0)
    buffer = (ctypes.c_ushort * (length // 2))()
    pdfium.FPDFTextObj_GetText(run, layer, buffer, length)
    return _hyphened(bytes(buffer).decode("utf-16-le").rstrip("\0"))


def _hyphened(text: str) -> str:
    """PDFium has a mark of its own for a hyphen at the end of a line."""
    return text.replace("\2", "-").replace("\ufffe", "-")


def _box(run: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(run, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _size(run: Any) -> float:
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(run, size)
    pdfium.FPDFPageObj_GetMatrix(run, matrix)
    return size.value * abs(matrix.d)


def page_texts(pdf: bytes) -> list[str]:
    """The text of every page as a reader would copy it, margins included."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_hyphened(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def figures(pdf: bytes) -> dict[str, tuple[int, list[float]]]:
    """Page and box of every picture by its alternative text."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        number = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        found = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        return {str(one.Alt): (number[one.Pg.objgen], [float(edge) for edge in one.A.BBox]) for one in found}


def unpacked(pdf: bytes) -> bytes:
    """All objects of a PDF in the open: strings, names, and streams as they are meant."""
    packed, out = io.BytesIO(pdf), io.BytesIO()
    with pikepdf.open(packed) as file:
        file.save(
            out,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )
    return out.getvalue()


def structure(pdf: bytes) -> Element:
    """The structure tree with the text of each element."""
    letters: dict[tuple[int, int], str] = {}
    for text in texts(pdf):
        letters[text.page, text.mark] = letters.get((text.page, text.mark), "") + text.text
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pages = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        return _element(file.Root.StructTreeRoot, None, pages, letters)


def _element(node: Any, page: int | None, pages: Mapping[Any, int], letters: Mapping[tuple[int, int], str]) -> Element:
    kind = str(node.get("/S", "/Root"))[1:]
    kids = node.get("/K", pikepdf.Array())
    found: list[Element] = []
    if "/Pg" in node:
        page = pages[node.Pg.objgen]
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):  # the number of a piece of text on the element's own page
            found.append(_piece(page, int(kid), letters))
        elif kid.get("/Type") == "/MCR":
            found.append(_piece(pages[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID), letters))
        elif "/S" in kid:
            found.append(_element(kid, page, pages, letters))
    text = "" if kind == "Lbl" else str(node.get("/ActualText", "".join(child.text for child in found)))
    return Element(kind, text, frozenset().union(*(child.pages for child in found)), tuple(found))


def _piece(page: int | None, mark: int, letters: Mapping[tuple[int, int], str]) -> Element:
    assert page is not None, "a piece of text without its page"
    return Element("", letters.get((page, mark), ""), frozenset({page}), ())


def pdf_facts(pdf: bytes) -> Facts:
    """What the PDF says."""
    tree = structure(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        language, title = str(file.Root.get("/Lang", "")), str(file.docinfo.get("/Title", ""))
        fields = tuple(_fields(file.Root.StructTreeRoot, count(1), 0, ""))
    headings = [(int(one.kind[1]), bare(one.text)) for one in tree.walk() if re.fullmatch("H[1-6]", one.kind)]
    return Facts(
        language=language,
        title=title,
        headings=tuple(headings),
        items=tuple(bare(item.text) for item in tree.all("LI")),
        table_heads=tuple(bare(cell.text) for cell in tree.all("TH")),
        table_cells=tuple(bare(cell.text) for cell in tree.all("TD")),
        fields=fields,
        text=bare(tree.text),
    )


def _fields(node: Any, cells: Iterator[int], cell: int, parent: str) -> Iterator[Field]:
    """What can be typed into, as the structure tree tells it: a field counts where its element is a form."""
    if node.get("/Type") == "/OBJR":
        if parent == "/Form" and node.Obj.Subtype == "/Widget":
            yield Field(cell, str(node.Obj.get("/T", "")), str(node.Obj.get("/TU", "")))
        return
    kind = str(node.get("/S", ""))
    cell = next(cells) if kind == "/TD" else cell
    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield from _fields(kid, cells, cell, kind)


# HTML ------------------------------------------------------------------------------------------------------------------

_VOID = {"br", "hr", "img", "input", "link", "meta"}
_UNREAD = {"head", "style", "title"}


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, list[str]]] = []
        self.language = ""
        self.cells = 0
        self.fields: list[Field] = []
        self.closed: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""
        if tag == "td":
            self.cells += 1
        if tag == "input":
            said = {key: value or "" for key, value in attrs}
            inside = any(name == "td" for name, _ in self.open)
            self.fields.append(Field(self.cells if inside else 0, said["name"], said["title"]))
        if tag not in _VOID:
            self.open.append((tag, []))

    def handle_data(self, data: str) -> None:
        for _, pieces in self.open:
            pieces.append(data)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        name, pieces = self.open.pop()
        assert name == tag, f"</{tag}> closes <{name}>"
        if tag in _UNREAD and self.open:
            for _, outer in self.open:
                del outer[len(outer) - len(pieces) :]
        self.closed.append((tag, "".join(pieces)))


def html_facts(html: str) -> Facts:
    """What the HTML says; an element that is not closed, or closed in the wrong place, is an error."""
    page = _Page(html)
    assert not page.open, f"<{page.open[-1][0]}> is never closed"

    def texts_of(tag: str) -> tuple[str, ...]:
        return tuple(bare(text) for closed, text in page.closed if closed == tag)

    return Facts(
        language=page.language,
        title="".join(text for tag, text in page.closed if tag == "title"),
        headings=tuple((int(tag[1]), bare(text)) for tag, text in page.closed if re.fullmatch("h[1-6]", tag)),
        items=texts_of("li"),
        table_heads=texts_of("th"),
        table_cells=texts_of("td"),
        fields=tuple(page.fields),
        text="".join(texts_of("body")),
    )


def differences(html: Facts, pdf: Facts) -> list[str]:
    """Each fact on which the two disagree, with the first place where they part."""
    found = []
    for name in Facts.__dataclass_fields__:
        wanted, got = getattr(html, name), getattr(pdf, name)
        if wanted != got:
            at = next((n for n, (a, b) in enumerate(zip(wanted, got, strict=False)) if a != b), min(len(wanted), len(got)))
            width = 60 if isinstance(wanted, str) else 1
            found.append(f"{name} {at}: HTML has {wanted[at : at + width]!r}, PDF has {got[at : at + width]!r}")
    return found
