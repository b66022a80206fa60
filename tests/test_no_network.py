"""Nothing is fetched, from the web or from the disk, whatever a template or a text asks for; and no PDF leads there."""

from __future__ import annotations

import re
import socket
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from support.command import Run
from support.pdf_structure import unpacked
from support.sheets import PATIENTS
from support.written import CONTENT

from handouts.fonts import FONT_FILES, font_bytes

pytestmark = [pytest.mark.pdf, pytest.mark.usefixtures("real_printing")]

SHEET = """{% import "handout/_words.html" as words %}
<!DOCTYPE html>
<html lang="en"><head><title>Sheet</title>HEAD</head>
<body><h1>Sheet</h1>{% include "handout/_emergency.html" %}<div>BODY</div></body></html>
"""
GIF = "R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
ASKING = {  # what stands in <head>, what stands in <body>; the addresses in WEB and FILE lead to things that are there
    "picture from the web": ("", '<img src="WEB/a.png" alt="a">'),
    "picture from a file": ("", '<img src="FILE/a.gif" alt="a">'),
    "picture from a folder nearby": ("", '<img src="picture.png" alt="a">'),
    "picture in the text": ("", f'<img src="data:image/gif;base64,{GIF}" alt="a">'),
    "picture below a base": ('<base href="WEB/">', '<img src="picture.png" alt="a">'),
    "picture from another host's folder": ("", '<img src="//HOST/a.png" alt="a">'),
    "object": ("", '<object data="WEB/a.svg">a</object>'),
    "embedded file": ("", '<embed src="FILE/a.gif">'),
    "style sheet from the web": ('<link rel="stylesheet" href="WEB/a.css">', ""),
    "style sheet from a file": ('<link rel="stylesheet" href="FILE/a.css">', ""),
    "imported style from the web": ('<style>@import url("WEB/a.css");</style>', ""),
    "imported style from a file": ('<style>@import "FILE/a.css";</style>', ""),
    "background": ("", '<p style="background-image: url(WEB/a.png)">a</p>'),
    "bullet": ("", '<ul><li style="list-style-image: url(WEB/a.png)">a</li></ul>'),
    "content": ("<style>p::before { content: url(WEB/a.png) }</style>", "<p>a</p>"),
    "border": ("", '<p style="border: 1pt solid; border-image: url(WEB/a.png) 1">a</p>'),
    "font from the web": (
        "<style>@font-face { font-family: A; src: url(WEB/a.ttf) } p { font-family: A }</style>",
        "<p>a</p>",
    ),
    "font from a file": (
        "<style>@font-face { font-family: A; src: url(FILE/a.ttf) } p { font-family: A }</style>",
        "<p>a</p>",
    ),
    "font that is not ours": (
        "<style>@font-face { font-family: A; src: url(handouts:font/FOLDER/a.ttf) }</style>",
        "<p>a</p>",
    ),
    "attachment from the web": ('<link rel="attachment" href="WEB/a.txt" title="a">', ""),
    "attachment from a file": ('<link rel="attachment" href="FILE/a.txt" title="a">', ""),
    "attachment in a link": ("", '<a rel="attachment" href="FILE/a.txt">a</a>'),
    "picture in a drawing": (
        "",
        '<svg viewBox="0 0 9 9"><title>a</title><image href="WEB/a.png" width="9" height="9"/></svg>',
    ),
    "link to a file": ("", '<a href="FILE/a.txt">a</a>'),
    "link to a page nearby": ("", '<a href="page.html">a</a>'),
}
NEVER_READ = """\
<iframe src="WEB/a.html"></iframe> <iframe src="FILE/a.txt"></iframe>
<script src="WEB/a.js"></script> <link rel="icon" href="WEB/a.ico">
<video src="WEB/a.mp4" poster="WEB/a.png"></video> <audio src="WEB/a.mp3"></audio>
<input type="image" src="WEB/a.png" title="a">
<svg viewBox="0 0 9 9"><title>a</title><use href="FILE/a.svg#a"/></svg> <meta http-equiv="refresh" content="0; url=WEB/">
"""
READ_BY_CONTENT = {  # in what a red flag says
    "picture from the web": "Stand ![tall](WEB/a.png) on flat ground.",
    "picture nearby": "Stand ![tall](picture.png) on flat ground.",
    "picture in HTML": 'Stand <img src="FILE/a.gif" alt="tall"> on flat ground.',
    "imported style": 'Stand <style>@import "WEB/a.css";</style> on flat ground.',
}


@pytest.fixture
def web() -> Iterator[socket.socket]:
    """A server that would be glad of a request, and tells at the end that none came."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server
        with pytest.raises(BlockingIOError):
            server.accept()
        socket.create_connection(server.getsockname(), timeout=5).close()
        server.accept()[0].close()  # it was there, and would have noticed


def filled(text: str, web: socket.socket, folder: Path) -> str:
    """A text with addresses in place of WEB, HOST, FILE and FOLDER; the files are what they say, and would do."""
    things = folder / "things"
    things.mkdir(exist_ok=True)
    (things / "a.gif").write_bytes(b64decode(GIF))
    (things / "a.css").write_text("p { color: red }", "utf-8")
    (things / "a.ttf").write_bytes(font_bytes(FONT_FILES[0]))
    (things / "a.txt").write_text("secret", "utf-8")
    (things / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><g id="a"/></svg>', "utf-8")
    host = "{}:{}".format(*web.getsockname())
    known = {"WEB": f"http://{host}", "HOST": host, "FILE": f"file://{quote(str(things))}", "FOLDER": str(things)}
    return re.sub("|".join(known), lambda match: known[match[0]], text)


def sheet_template(folder: Path, head: str, body: str) -> Path:
    """A clinic's own templates: a short sheet with this in it."""
    path = folder / "templates" / "handout" / "sheet.html"
    path.parent.mkdir(parents=True)
    path.write_text(SHEET.replace("HEAD", head).replace("BODY", body), "utf-8")
    return folder / "templates"


def test_a_short_template_of_ones_own_makes_a_sheet(run: Run, tmp_path: Path) -> None:
    """What is refused below is not the template as such."""
    templates = sheet_template(tmp_path, "<style>p { color: red }</style>", '<p>a</p><a href="https://example.org/">b</a>')
    made = run("pdf", PATIENTS / "emergency.yaml", "--templates", templates, "--out", "out")
    assert made.exit_code == 0, made.output
    (pdf,) = (tmp_path / "out").glob("*.pdf")
    assert addresses(pdf.read_bytes()) == ["https://example.org/"]


@pytest.mark.parametrize("kind", ASKING)
def test_a_template_that_asks_for_anything_outside_is_refused(
    run: Run, tmp_path: Path, web: socket.socket, kind: str
) -> None:
    head, body = (filled(text, web, tmp_path) for text in ASKING[kind])
    templates = sheet_template(tmp_path, head, body)
    refused = run("pdf", PATIENTS / "emergency.yaml", "--templates", templates, "--out", "out")
    assert refused.exit_code == 1
    assert "fault of its own" not in refused.output
    assert len(refused.stderr.splitlines()) == 1
    assert refused.stdout == ""
    assert not (tmp_path / "out").exists()


def test_what_a_browser_would_load_and_a_sheet_ignores_is_never_asked_for(
    run: Run, tmp_path: Path, web: socket.socket
) -> None:
    templates = sheet_template(tmp_path, "", filled(NEVER_READ, web, tmp_path))
    made = run("pdf", PATIENTS / "emergency.yaml", "--templates", templates, "--out", "out")
    for pdf in (tmp_path / "out").glob("*.pdf"):
        assert addresses(pdf.read_bytes()) == []
    assert "fault of its own" not in made.output


def content_with(words: str, folder: Path) -> Path:
    """A clinic's own content, in which a red flag says this too."""
    flag = CONTENT / "red-flags" / "cauda-equina.md"
    path = folder / "content" / flag.relative_to(CONTENT)
    path.parent.mkdir(parents=True)
    text, changes = re.subn(r"^(## What to do\n+)", rf"\1{words} ", flag.read_text("utf-8"), flags=re.MULTILINE)
    assert changes == 1
    path.write_text(text, "utf-8")
    return folder / "content"


@pytest.mark.parametrize("kind", READ_BY_CONTENT)
def test_content_that_asks_for_anything_outside_is_refused(run: Run, tmp_path: Path, web: socket.socket, kind: str) -> None:
    content = content_with(filled(READ_BY_CONTENT[kind], web, tmp_path), tmp_path)
    refused = run("pdf", PATIENTS / "emergency.yaml", "--content", content, "--out", "out")
    assert refused.exit_code == 1
    assert len(refused.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()
    checked = run("check", "--strict", "--content", content)
    assert checked.exit_code == 1
    assert re.search(r"cauda-equina\.md:\d+:\d+: ", checked.stdout), checked.stdout


@pytest.mark.parametrize("target", ["FILE/a.txt", "page.html", "/page.html", "javascript:alert(1)", "data:text/html,a"])
def test_no_link_in_content_leads_to_a_file_or_a_script(run: Run, tmp_path: Path, web: socket.socket, target: str) -> None:
    content = content_with(filled(f"Stand [tall]({target}) now.", web, tmp_path), tmp_path)
    made = run("pdf", PATIENTS / "emergency.yaml", "--content", content, "--out", "out")
    assert "fault of its own" not in made.output
    assert [addresses(pdf.read_bytes()) for pdf in (tmp_path / "out").glob("*") if addresses(pdf.read_bytes())] == []


def addresses(pdf: bytes) -> list[str]:
    """Where the links of a PDF lead, but for telephone numbers, and every other address in it."""
    found = [match.decode() for match in re.findall(rb"/URI \((?!tel:[0-9+]+\))(.*?)\)", unpacked(pdf))]
    return found + [match.decode("latin-1") for match in re.findall(rb"(?:file:|javascript:)[^)>\s]*", unpacked(pdf))]


def test_no_sheet_holds_an_address(
    example_pdfs: Callable[[str, str], Mapping[str, bytes]], odd_pdf: Callable[[str], bytes]
) -> None:
    pdfs = {**example_pdfs("a4", "normal"), "draft": odd_pdf("draft"), "hostile": odd_pdf("hostile")}
    assert {name: addresses(pdf) for name, pdf in pdfs.items() if addresses(pdf)} == {}
