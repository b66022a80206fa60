"""A patient's name is on the paper and nowhere else; and nothing is fetched, whatever a template or a text asks for."""

from __future__ import annotations

import io
import os
import re
import socket
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pikepdf
import pytest
from conftest import Run
from pdf_structure import bare, page_texts
from sheets import PATIENTS
from written import CONTENT

from handouts.fonts import FONT_FILES, font_bytes

WATCHED = Path(__file__).with_name("watched.py")
PATIENT = """\
id: C-1
name: Zzyzx Canaryname
condition: lumbar
phase: acute
issued: 2026-11-21
goal: Zzyzx-goal, walk to the canary.
therapist: Zzyzx Canarytherapist, PT
exercises:
  - {exercise: walking, note: Zzyzx-note for the canary.}
limits: {sit: Zzyzx-limit}
"""
OWN = (
    "Zzyzx Canaryname",
    "Zzyzx-goal, walk to the canary.",
    "Zzyzx Canarytherapist, PT",
    "Zzyzx-note for the canary.",
    "Zzyzx-limit",
)
WORDS = ("zzyzx", "canary")
CODES = [
    form.lower()
    for word in WORDS
    for text in (word, word.upper(), word.capitalize())
    for form in (
        text.encode(),
        text.encode("utf-16-be"),
        text.encode("utf-16-le"),
        text.encode().hex().encode(),
        text.encode("utf-16-be").hex().encode(),
        "".join(f"%{byte:02x}" for byte in text.encode()).encode(),
        "".join(f"&#{byte};" for byte in text.encode()).encode(),
        "".join(f"\\000{letter}" for letter in text).encode(),
    )
]


def tells(data: bytes) -> bool:
    """Whether these bytes hold a word of the patient's, however it is written."""
    lowered = data.lower()
    return any(code in lowered for code in CODES)


@dataclass(frozen=True)
class Outcome:
    """One run of the command: what it said, and the folder that held all it could write to."""

    code: int
    said: bytes
    folder: Path

    @property
    def pdfs(self) -> list[Path]:
        """The sheets it made."""
        return sorted((self.folder / "out").glob("*"))

    def telling_files(self) -> list[str]:
        """The files, and the names of files, that hold a word of the patient's; what the test put there does not count."""
        found = [path for path in self.folder.rglob("*") if "given" not in path.relative_to(self.folder).parts]
        return [
            str(path.relative_to(self.folder))
            for path in found
            if tells(path.name.encode()) or (path.is_file() and tells(path.read_bytes()))
        ]


def run_alone(folder: Path, *arguments: object) -> Outcome:
    """The real command in a new process with a home, a cache and a temporary folder of its own, all below `folder`."""
    homes = {name: folder / name.lower() for name in ("HOME", "XDG_CACHE_HOME", "TMPDIR")}
    for place in (*homes.values(), folder / "keep"):
        place.mkdir()
    command = [sys.executable, str(WATCHED), str(folder / "keep"), *map(str, arguments)]
    env = os.environ | {name: str(place) for name, place in homes.items()}
    said = subprocess.run(command, cwd=folder, env=env, capture_output=True)
    return Outcome(said.returncode, said.stdout + said.stderr, folder)


def given(folder: Path, name: str, text: str) -> Path:
    """A file that the user wrote."""
    path = folder / "given" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


# The name ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The sheet of a patient whose words are easy to find."""
    folder = tmp_path_factory.mktemp("alone")
    return run_alone(folder, "pdf", given(folder, "patients/patient.yaml", PATIENT), "--out", "out")


def test_the_patients_words_are_on_the_paper(canary: Outcome) -> None:
    assert canary.code == 0, canary.said
    text = bare("".join(page_texts(canary.pdfs[0].read_bytes())))
    assert [word for word in OWN if bare(word) not in text] == []


def test_nothing_but_the_paper_tells_the_patients_words(canary: Outcome) -> None:
    assert [path.name for path in canary.pdfs] == ["C-1-2026-11-21.pdf"]
    assert not tells(canary.said)
    assert canary.telling_files() == []


def test_nothing_is_left_in_the_temporary_folder_or_beside_the_sheet(canary: Outcome) -> None:
    assert list((canary.folder / "tmpdir").iterdir()) == []
    assert sorted(path.name for path in canary.folder.iterdir()) == [
        "given",
        "home",
        "keep",
        "out",
        "tmpdir",
        "xdg_cache_home",
    ]
    assert [path.name for path in (canary.folder / "given").rglob("*") if path.is_file()] == ["patient.yaml"]


def test_what_is_deleted_on_the_way_was_looked_at(canary: Outcome) -> None:
    """The test of telling files would prove little if the watcher had kept nothing."""
    kept = [path.read_bytes() for path in (canary.folder / "keep").rglob("*") if path.is_file()]
    assert canary.pdfs[0].read_bytes() in kept, "the sheet before it got its name"
    assert any(data.startswith(b"\0\1\0\0") for data in kept), "the font that WeasyPrint unpacks"


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


def test_no_object_of_the_pdf_tells_the_patients_words(canary: Outcome) -> None:
    assert not tells(unpacked(canary.pdfs[0].read_bytes()))


def title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Sheet of Zzyzx"


def accented_author(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = "Zzyzx Canarynämé\u4e00"


def metadata(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as found:
        found["dc:description"] = "For Zzyzx"


def bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Zzyzx", 0))


def alternative_text(pdf: pikepdf.Pdf) -> None:
    next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/H1").Alt = "Zzyzx"


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["notes.txt"] = b"Zzyzx"


@pytest.mark.parametrize("leak", [title, accented_author, metadata, bookmark, alternative_text, attachment])
def test_a_leak_into_the_pdf_would_be_found(canary: Outcome, leak: Callable[[pikepdf.Pdf], None]) -> None:
    leaking = io.BytesIO()
    with pikepdf.open(canary.pdfs[0]) as pdf:
        leak(pdf)
        pdf.save(leaking)
    assert tells(unpacked(leaking.getvalue()))


def test_the_site_beside_a_patient_tells_nothing_of_the_patient(tmp_path: Path) -> None:
    given(tmp_path, "clinic/patient.yaml", PATIENT)
    made = run_alone(
        tmp_path, "site", "--out", "site", "--content", given(tmp_path, "content/education/.keep", "").parents[1]
    )
    assert made.code == 0, made.said
    assert (tmp_path / "site" / "index.html").is_file()
    assert not tells(made.said)
    assert made.telling_files() == []


HEAD = "{% extends 'bundled/handout/sheet.html' %}{% block head %}{{ EXPRESSION }}{% endblock %}"
SURNAME, LOOK_UP, DAY = "patient.name.surname", "words.limits[patient.name]", "plan.issued.fromisoformat(patient.name)"
FAILING_RUNS = {  # patient file, overlay of handout/sheet.html, what the message must say
    "a phase of another condition": (PATIENT.replace("phase: acute", "phase: switch-on"), "", "not a known phase of lumbar"),
    "a broken template": (PATIENT, HEAD.replace("EXPRESSION", SURNAME), "handout/sheet.html:1:"),
    "a template that looks a name up": (PATIENT, HEAD.replace("EXPRESSION", LOOK_UP), "handout/sheet.html:1:"),
    "a template that takes a name for a day": (PATIENT, HEAD.replace("EXPRESSION", DAY), "handout/sheet.html:1:"),
    "a name typed as the id": (PATIENT.replace("id: C-1", "id: Zzyzx Canaryname"), "", ":1:5: id: must be"),
}


@pytest.mark.parametrize("kind", FAILING_RUNS)
def test_a_run_that_fails_tells_nothing_of_the_patient(tmp_path: Path, kind: str) -> None:
    patient, template, said = FAILING_RUNS[kind]
    given(tmp_path, "templates/handout/sheet.html", template or "{% extends 'bundled/handout/sheet.html' %}")
    file = given(tmp_path, "patients/patient.yaml", patient)
    failed = run_alone(tmp_path, "pdf", file, "--out", "out", "--templates", tmp_path / "given" / "templates")
    assert failed.code == 1
    assert said in failed.said.decode()
    assert not tells(failed.said)
    assert failed.telling_files() == []
    assert failed.pdfs == []


TABLE_HEAD = "id,name,language,condition,phase,issued,goal,therapist,side,exercises\n"
TABLE_ROW = 'C-1,Zzyzx Canaryname,en,lumbar,acute,2026-11-21,Zzyzx-goal,"Zzyzx Canarytherapist, PT",left,walking\n'
MISTAKES = {  # file name, its text
    "a name as the language": ("p.yaml", PATIENT + "language: Zzyzx Canaryname\n"),
    "a name as the condition": ("p.yaml", PATIENT.replace("condition: lumbar", "condition: Zzyzx Canaryname")),
    "a name as the side": ("p.yaml", PATIENT + "side: Zzyzx Canaryname\n"),
    "a name as the day": ("p.yaml", PATIENT.replace("2026-11-21", "Zzyzx Canaryname")),
    "a name as a number": ("p.yaml", PATIENT.replace("note: Zzyzx-note for the canary.", "minutes: Zzyzx")),
    "a key without its colon": ("p.yaml", PATIENT.replace("name: ", "name ")),
    "a colon in the name": ("p.yaml", PATIENT.replace("Zzyzx Canaryname", "Zzyzx: Canaryname")),
    "a quote that is never closed": ("p.yaml", PATIENT.replace("name: ", 'name: "')),
    "a text after a quote": ("p.yaml", PATIENT.replace("name: Zzyzx", 'name: "Zzyzx"')),
    "an unknown escape": ("p.yaml", PATIENT.replace("name: Zzyzx Canaryname", 'name: "Zzyzx \\Canaryname"')),
    "a name as a tag": ("p.yaml", PATIENT.replace("name: Zzyzx", "name: !Zzyzx")),
    "a name as an anchor": ("p.yaml", PATIENT.replace("name: Zzyzx", "name: &Zzyzx")),
    "a name as an alias": ("p.yaml", PATIENT.replace("name: Zzyzx", "name: *Zzyzx")),
    "a comment in the name": ("p.yaml", PATIENT.replace("Zzyzx Canaryname", "Zzyzx #Canaryname")),
    "a tab in the name": ("p.yaml", PATIENT.replace("Zzyzx Canaryname", "Zzyzx\tCanaryname")),
    "a name twice": ("p.yaml", PATIENT + "name: Zzyzx Canaryname\n"),
    "a name as a list": ("p.yaml", PATIENT.replace("name: Zzyzx Canaryname", "name: [Zzyzx, Canaryname]")),
    "letters that the font lacks": ("p.yaml", PATIENT.replace("Zzyzx Canaryname", "Zzyzx Canaryname \u4e00")),
    "a control character": ("p.yaml", PATIENT.replace("Zzyzx Canaryname", '"Zzyzx Canaryname \\u202e"')),
    "a name that is too long": ("p.yaml", PATIENT.replace("Zzyzx Canaryname", "Zzyzx Canaryname " * 20)),
    "a note that is too long": ("p.yaml", PATIENT.replace("Zzyzx-note", "Zzyzx-note " * 40)),
    "a note that is a mapping": ("p.yaml", PATIENT.replace("note: Zzyzx-note for the canary.", "note: {a: Zzyzx-note}")),
    "a name in a file that is no text": ("p.yaml", PATIENT.replace("Zzyzx", "\0Zzyzx")),
    "a row that is shifted to the right": ("p.csv", TABLE_HEAD + TABLE_ROW.replace("C-1,", "C-1,,")),
    "a row that is shifted to the left": ("p.csv", TABLE_HEAD + TABLE_ROW.replace("C-1,", "")),
    "a row with a cell too many": ("p.csv", TABLE_HEAD + TABLE_ROW.replace("walking", "walking,Zzyzx Canaryname")),
    "a table without its head": ("p.csv", TABLE_ROW * 2),
    "two rows of one id": ("p.csv", TABLE_HEAD + TABLE_ROW * 2),
    "a brace that is never closed": ("p.csv", TABLE_HEAD + TABLE_ROW.replace("walking", '"walking {note: Zzyzx-note"')),
    "a quote that is never closed in a table": ("p.csv", TABLE_HEAD + TABLE_ROW.replace("Zzyzx-goal", '"Zzyzx-goal')),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_no_mistake_in_a_patient_file_brings_the_patients_words_to_the_terminal(
    run: Run, tmp_path: Path, mistake: str
) -> None:
    name, text = MISTAKES[mistake]
    (tmp_path / name).write_text(text, "utf-8")
    said = run("pdf", name, "--out", "out")
    assert said.exit_code == 1
    assert re.search(rf"^{re.escape(name)}:\d+:\d+: .* \[[a-z-]+\]$", said.stderr, re.MULTILINE)
    assert not tells(said.output.encode()), said.output
    assert not (tmp_path / "out").exists()


# The network and other folders --------------------------------------------------------------------------------------------

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
<iframe src="WEB/a.html"></iframe> <iframe src="FILE/a.txt"></iframe> <script src="WEB/a.js"></script> <link rel="icon" href="WEB/a.ico">
<video src="WEB/a.mp4" poster="WEB/a.png"></video> <audio src="WEB/a.mp3"></audio> <input type="image" src="WEB/a.png" title="a">
<svg viewBox="0 0 9 9"><title>a</title><use href="FILE/a.svg#a"/></svg> <meta http-equiv="refresh" content="0; url=WEB/">
"""
READ_BY_CONTENT = {  # in what a red flag says
    "picture from the web": "Stand ![tall](WEB/a.png) on flat ground.",
    "picture from a file": "Stand ![tall](FILE/a.gif) on flat ground.",
    "picture nearby": "Stand ![tall](picture.png) on flat ground.",
    "picture in HTML": 'Stand <img src="FILE/a.gif" alt="tall"> on flat ground.',
    "style sheet": 'Stand <link rel="stylesheet" href="WEB/a.css"> on flat ground.',
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
    """Where the links of a PDF lead, and every other address in it."""
    found = [match.decode() for match in re.findall(rb"/URI \((.*?)\)", unpacked(pdf))]
    return found + [match.decode("latin-1") for match in re.findall(rb"(?:file:|javascript:)[^)>\s]*", unpacked(pdf))]


def test_no_sheet_holds_an_address(
    example_pdfs: Callable[[str, str], dict[str, bytes]], odd_pdf: Callable[[str], bytes]
) -> None:
    pdfs = {**example_pdfs("a4", "normal"), "draft": odd_pdf("draft"), "hostile": odd_pdf("hostile")}
    assert {name: addresses(pdf) for name, pdf in pdfs.items() if addresses(pdf)} == {}


def test_nothing_is_asked_of_the_network(canary: Outcome) -> None:
    assert (canary.folder / "keep" / "network").read_text("utf-8") == ""
