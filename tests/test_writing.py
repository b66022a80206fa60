"""Whole files or the old ones: what a fault, a full disk or a kill leaves behind; and templates that would do harm."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from support.command import Run
from support.sheets import PATIENTS
from support.written import CONTENT, EXAMPLES

from handouts.fonts import FONT_FILES, font_bytes

OLD = b"%PDF-1.7 the sheet of last week"
SHEET, NAME = PATIENTS / "emergency.yaml", "EMERGENCY-2026-11-21.pdf"  # the quickest to make


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def visible(folder: Path) -> list[str]:
    """What a user sees in a folder."""
    names = (path.name for path in folder.iterdir())
    return sorted(name for name in names if not name.startswith(".") and not name.endswith(".plan.yaml"))


def old_sheet(folder: Path) -> Path:
    """An output folder with the sheet of an earlier day in it."""
    (folder / "out").mkdir()
    (folder / "out" / NAME).write_bytes(OLD)
    return folder / "out"


def template(folder: Path, name: str, text: str) -> Path:
    """A clinic's own templates: one file over ours."""
    path = folder / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder / "templates"


# Templates ----------------------------------------------------------------------------------------------------------------

STYLE = '{% include "bundled/style/print.css" %}'
SHEET_OF_OURS = '{% extends "bundled/handout/sheet.html" %}'
TEMPLATE_FAULTS = {  # second line of handout/_foot.html, what the message must say
    "a misspelt variable": ("{{ plan.patint.id }}", "patint"),
    "an unknown variable": ("{{ nothing }}", "nothing"),
    "an unknown tag": ("{% fi %}", "fi"),
    "an unknown filter": ("{{ plan.issued | dey }}", "dey"),
    "a filter for something else": ("{{ plan.version | day }}", ""),
    "a sum of a text and a number": ("{{ plan.version + 1 }}", ""),
    "a tag that is never closed": ("{% if plan %}", "endif"),
    "a template that is not there": ('{% include "gone.html" %}', "gone.html"),
    "a way out of the sandbox": ("{{ plan.__class__.__mro__ }}", ""),
}
STYLE_FAULTS = {  # what is added to our style, what the message must say
    "an unknown property": ("p { colr: red }", "colr"),
    "an unknown value": ("p { color: rad }", "rad"),
    "a broken rule": ("p { color: red } }", ""),
}
WITHOUT_RED_FLAGS = {  # an overlay of ours
    "no red flags": ("handout/sheet.html", SHEET_OF_OURS + "{% block red_flags %}{% endblock %}"),
    "one red flag less": (
        "handout/_red_flags.html",
        "{% for flag in plan.red_flags[1:] %}{{ flag.signs | markdown }}{% endfor %}",
    ),
    "names and no signs": ("handout/_red_flags.html", "{% for flag in plan.red_flags %}<p>{{ flag.name }}</p>{% endfor %}"),
    "a comment": ("handout/sheet.html", SHEET_OF_OURS + "{% block red_flags %}<!-- {{ super() }} -->{% endblock %}"),
    "a hidden part": (
        "handout/sheet.html",
        SHEET_OF_OURS + "{% block red_flags %}<div hidden>{{ super() }}</div>{% endblock %}",
    ),
    "a style that hides them": ("style/print.css", STYLE + ".stop { display: none }"),
}


def refuse(run: Run, folder: Path, said: str, patient: Path = SHEET) -> None:
    """Run the command with the overlay in a folder: it must say one line and leave the old sheet."""
    out = old_sheet(folder)
    refused = run("pdf", patient, "--templates", "templates", "--out", out)
    assert refused.exit_code == 1, refused.output
    assert re.search(said, refused.stderr), refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert refused.stdout == ""
    assert tree(out) == {NAME: OLD}


@pytest.mark.parametrize("kind", TEMPLATE_FAULTS)
def test_a_fault_in_a_template_is_said_with_its_file_and_line(run: Run, tmp_path: Path, kind: str) -> None:
    line, said = TEMPLATE_FAULTS[kind]
    template(tmp_path, "handout/_foot.html", f"<p>a</p>\n{line}")
    refuse(run, tmp_path, rf"^\S*templates/handout/_foot\.html:2:1: .*{said}.* \[template\]$")


def test_a_template_that_is_no_text_is_refused(run: Run, tmp_path: Path) -> None:
    template(tmp_path, "handout/_foot.html", "").joinpath("handout/_foot.html").write_bytes(b"<p>\xff</p>")
    refuse(run, tmp_path, r"^\S*templates/handout/_foot\.html\b.*UTF-8")


def test_a_template_outside_the_folder_is_not_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret", "utf-8")
    template(tmp_path, "handout/_foot.html", '{% include "../../secret.html" %}')
    refuse(run, tmp_path, r"secret\.html")


@pytest.mark.pdf
@pytest.mark.parametrize("kind", STYLE_FAULTS)
def test_what_weasyprint_warns_of_stops_the_build(run: Run, tmp_path: Path, kind: str) -> None:
    style, said = STYLE_FAULTS[kind]
    template(tmp_path, "style/print.css", f"{STYLE}\n{style}")
    refuse(run, tmp_path, rf"^WeasyPrint cannot make this sheet: .*{said}")


@pytest.mark.pdf
def test_a_letter_that_the_font_lacks_stops_the_build(run: Run, tmp_path: Path) -> None:
    template(tmp_path, "handout/_foot.html", "<p>\u4e00</p>")
    refuse(run, tmp_path, r"^WeasyPrint cannot make this sheet: .*(glyph|\u4e00|4E00|4e00)")


@pytest.mark.pdf
@pytest.mark.parametrize("kind", WITHOUT_RED_FLAGS)
def test_a_template_that_drops_red_flags_is_refused(run: Run, tmp_path: Path, kind: str) -> None:
    template(tmp_path, *WITHOUT_RED_FLAGS[kind])
    refuse(run, tmp_path, r"red.flag", PATIENTS / "draft.yaml")


@pytest.mark.pdf
def test_an_emergency_sheet_cannot_drop_its_red_flags(run: Run, tmp_path: Path) -> None:
    template(tmp_path, "handout/_emergency.html", "<p>Call us.</p>")
    refused = run("pdf", PATIENTS / "emergency.yaml", "--templates", "templates", "--out", "out")
    assert refused.exit_code == 1
    assert "leaves out a red flag" in refused.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.pdf
def test_an_overlay_without_a_fault_is_used(run: Run, tmp_path: Path) -> None:
    templates = template(tmp_path, "handout/_foot.html", "<p>{{ plan.patient.id }}</p>")
    template(tmp_path, "style/print.css", f"{STYLE}\np {{ color: red }}")
    out = old_sheet(tmp_path)
    made = run("pdf", SHEET, "--templates", templates, "--out", out)
    assert made.exit_code == 0, made.output
    assert tree(out)[NAME] != OLD


@pytest.mark.pdf
def test_a_fault_on_one_sheet_keeps_all_from_being_written(run: Run, tmp_path: Path) -> None:
    words = '{% if plan.patient.id == "EMERGENCY-OTHER" %}<p style="colr: red">a</p>{% endif %}'
    templates = template(tmp_path, "handout/_foot.html", words)
    out = old_sheet(tmp_path)
    for jobs in (1, 2):
        refused = run("pdf", SHEET, PATIENTS / "emergency-other.yaml", "--templates", templates, "--out", out, "--jobs", jobs)
        assert refused.exit_code == 1
        assert "colr" in refused.stderr
        assert len(refused.stderr.splitlines()) == 1
        assert tree(out) == {NAME: OLD}


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("site/topic.html", "{{ topic.nam }}", r"templates/site/topic\.html:1:1: .*nam"),
        ("style/site.css", "{{ nothing }}", r"templates/style/site\.css:1:1: .*nothing"),
    ],
)
def test_a_site_template_with_a_fault_leaves_the_old_site(run: Run, tmp_path: Path, name: str, text: str, said: str) -> None:
    assert run("site", "--no-sheets", "--out", "site").exit_code == 0
    before = tree(tmp_path / "site")
    refused = run("site", "--out", "site", "--templates", template(tmp_path, name, text))
    assert refused.exit_code == 1
    assert re.search(said, refused.stderr), refused.stderr
    assert tree(tmp_path / "site") == before
    assert visible(tmp_path) == ["site", "templates"]


# Disk ---------------------------------------------------------------------------------------------------------------------

LIMITED = """\
import resource, sys
from handouts.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
main(sys.argv[2:])
"""
KILLED = """\
import os, signal, sys
from handouts.cli import main
replace, seen, deadly = os.replace, [], int(sys.argv[2])
def replace_or_die(source, target, **more):
    if str(target).startswith(sys.argv[1]) or str(source).startswith(sys.argv[1]):
        seen.append(target)
        if len(seen) == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
    return replace(source, target, **more)
os.replace = replace_or_die
main(sys.argv[3:])
"""


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """A little program around the command, run as a process of its own."""

    def start(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", program, *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    return start


Process = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.pdf
def test_a_disk_that_fills_up_leaves_the_old_sheet_and_says_so(
    process: Process, tmp_path: Path, example_pdfs: Callable[[str, str], Mapping[str, bytes]]
) -> None:
    sheets = example_pdfs("a4", "normal")
    patient, name = EXAMPLES / "lumbar-late-large-curve.yaml", "EX-02-2026-11-21"
    largest = max(map(len, map(font_bytes, FONT_FILES)))  # WeasyPrint unpacks the fonts first, into files too
    assert len(sheets[name]) > largest + 2000, "this sheet would fit"
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / f"{name}.pdf").write_bytes(OLD)
    full = process(LIMITED, largest + 1000, "pdf", patient, "--out", "out")
    assert full.returncode == 1
    assert re.fullmatch(rf"out/{name}\.pdf cannot be written: .+\n", full.stderr), full.stderr
    assert tree(tmp_path / "out") == {f"{name}.pdf": OLD}


@pytest.mark.pdf
def test_a_temporary_folder_that_fills_up_is_said_in_one_line(process: Process, tmp_path: Path) -> None:
    out = old_sheet(tmp_path)
    full = process(LIMITED, 20_000, "pdf", SHEET, "--out", "out")
    assert full.returncode == 1
    assert len(full.stderr.splitlines()) == 1
    assert "fault of its own" not in full.stderr
    assert tree(out) == {NAME: OLD}


@pytest.mark.pdf
def test_a_kill_before_the_sheet_is_in_place_leaves_the_old_one(run: Run, process: Process, tmp_path: Path) -> None:
    out = old_sheet(tmp_path)
    killed = process(KILLED, out, 1, "pdf", SHEET, "--out", out)
    assert killed.returncode == -9, killed.stderr
    assert visible(out) == [NAME]
    assert (out / NAME).read_bytes() == OLD
    assert run("pdf", SHEET, "--out", out).exit_code == 0
    assert visible(out) == [NAME]
    assert (out / NAME).read_bytes() != OLD


@pytest.mark.pdf
def test_a_kill_between_two_sheets_leaves_each_whole(process: Process, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert process(KILLED, out, 2, "pdf", SHEET, PATIENTS / "emergency-other.yaml", "--out", out).returncode == -9
    (first,) = visible(out)
    assert (out / first).read_bytes().rstrip().endswith(b"%%EOF")


def old_site(folder: Path, run: Run) -> dict[str, bytes]:
    """A site made earlier, which differs from the next one."""
    style = template(folder, "style/site.css", "p { color: red }")
    assert run("site", "--out", "site", "--templates", style).exit_code == 0
    return tree(folder / "site")


@pytest.mark.pdf
def test_a_disk_that_fills_up_leaves_the_old_site_and_says_so(run: Run, process: Process, tmp_path: Path) -> None:
    before = old_site(tmp_path, run)
    full = process(LIMITED, 4000, "site", "--out", "site")
    assert full.returncode == 1
    assert re.fullmatch(r"(site|the temporary folder) cannot be written: .+\n", full.stderr), full.stderr
    assert tree(tmp_path / "site") == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".site")) == []


@pytest.mark.pdf
def test_a_kill_before_the_new_site_is_in_place_leaves_the_old_one(run: Run, process: Process, tmp_path: Path) -> None:
    before = old_site(tmp_path, run)
    assert process(KILLED, tmp_path / "site", 1, "site", "--out", tmp_path / "site").returncode == -9
    assert tree(tmp_path / "site") == before


@pytest.mark.pdf
def test_a_kill_in_mid_swap_never_leaves_half_a_site(run: Run, process: Process, tmp_path: Path) -> None:
    before = old_site(tmp_path, run)
    killed = process(KILLED, tmp_path / "site", 2, "site", "--out", tmp_path / "site")
    assert killed.returncode == -9
    assert not (tmp_path / "site").exists(), "between its two renames there is no site, and never half of one"
    assert before in [tree(folder) for folder in tmp_path.glob(".site*")], "the old one is whole, beside its place"
    assert run("site", "--out", "site").exit_code == 0
    assert run("site", "--out", "fresh").exit_code == 0
    assert tree(tmp_path / "site") == tree(tmp_path / "fresh")


def test_a_new_site_takes_the_place_of_the_old_one_as_a_whole(run: Run, tmp_path: Path) -> None:
    topic = tmp_path / "content" / "education" / "extra.md"
    topic.parent.mkdir(parents=True)
    topic.write_bytes((CONTENT / "education" / "sitting.md").read_bytes())
    assert run("site", "--no-sheets", "--out", "site", "--content", "content").exit_code == 0
    assert (tmp_path / "site/topics/extra/index.html").is_file()
    assert run("site", "--no-sheets", "--out", "site").exit_code == 0
    after = tree(tmp_path / "site")
    assert not (tmp_path / "site/topics/extra").exists()
    assert run("site", "--no-sheets", "--out", "fresh").exit_code == 0
    assert after == tree(tmp_path / "fresh")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "fresh", "site"]


@pytest.mark.pdf
@pytest.mark.parametrize("name", [".hidden", "index.html"])
def test_a_folder_that_is_no_earlier_site_is_never_replaced(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "papers" / "more").mkdir(parents=True)
    (tmp_path / "papers" / name).write_text("mine", "utf-8")
    refused = run("site", "--out", "papers")
    assert refused.exit_code == 1
    assert "papers is not an earlier site" in refused.stderr
    assert tree(tmp_path / "papers") == {name: b"mine"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["papers"]


@pytest.mark.pdf
def test_an_empty_folder_may_become_a_site(run: Run, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    assert run("site", "--out", "site").exit_code == 0
    assert (tmp_path / "site/index.html").is_file()


BLOCKED = {  # what is in the way, and which folder is asked for
    "a file in place of the folder above": ("blocked", "blocked/out"),
    "a file far above": ("blocked", "blocked/more/and/more"),
}


@pytest.mark.pdf
@pytest.mark.parametrize("command", ["pdf", "site"])
@pytest.mark.parametrize("kind", BLOCKED)
def test_a_folder_that_cannot_be_written_is_said_in_one_line(run: Run, tmp_path: Path, command: str, kind: str) -> None:
    file, out = BLOCKED[kind]
    (tmp_path / file).write_text("mine", "utf-8")
    refused = run(command, *([SHEET] if command == "pdf" else []), "--out", out)
    assert refused.exit_code == 1
    assert re.fullmatch(rf"{out}(/{NAME})? cannot be written: .+\n", refused.stderr), refused.stderr
    assert tree(tmp_path) == {file: b"mine"}


@pytest.mark.pdf
def test_a_folder_in_place_of_the_sheet_is_said_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out" / NAME).mkdir(parents=True)
    refused = run("pdf", SHEET, "--out", "out")
    assert refused.exit_code == 1
    assert re.fullmatch(rf"out/{NAME} cannot be written: .+\n", refused.stderr), refused.stderr
    assert tree(tmp_path) == {}


@pytest.mark.pdf
@pytest.mark.parametrize("command", ["pdf", "site"])
def test_a_folder_without_permission_is_said_in_one_line(tmp_path: Path, command: str, process: Process) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked").chmod(0o555)
    arguments = [command, *([SHEET] if command == "pdf" else []), "--out", "locked/out"]
    refused = process(UNPRIVILEGED, *arguments)
    (tmp_path / "locked").chmod(0o755)
    assert refused.returncode == 1
    assert re.fullmatch(rf"locked/out(/{NAME})? cannot be written: Permission denied\n", refused.stderr), refused.stderr
    assert visible(tmp_path / "locked") == []


UNPRIVILEGED = """\
import ctypes, os, sys
from handouts.cli import main
if os.geteuid() == 0:  # root may write everywhere: give up that one power, and no other
    class Head(ctypes.Structure):
        _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]
    class Data(ctypes.Structure):
        _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]
    head, data, libc = Head(0x20080522, 0), (Data * 2)(), ctypes.CDLL(None, use_errno=True)
    assert libc.capget(ctypes.byref(head), data) == 0
    data[0].effective &= ~0b10  # CAP_DAC_OVERRIDE
    assert libc.capset(ctypes.byref(head), data) == 0
main(sys.argv[1:])
"""
