"""`pdf` leaves no trace in a process: another user of WeasyPrint gets the system's fonts, and its logger, as before."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from handouts.errors import HandoutsError
from handouts.fonts import FONT_FILES, font_folder
from handouts.pdf import weasy
from handouts.pdf.writer import write_pdf

pytestmark = pytest.mark.pdf
PAGE = '<html lang="en"><title>Test</title><style>body { font-family: serif }</style><h1>Test <i>it</i> <code>now</code></h1>'
FAULTY = PAGE + "<style>p { colour: red }</style>"
SCRIPT = f"""
import io, json, logging, os, sys, warnings
import numpy, pikepdf, weasyprint  # numpy, by which the ink is looked at, adds a filter of its own
from handouts.errors import HandoutsError
from handouts.pdf.writer import write_pdf

def fonts(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as file:
        found = [item for item in file.objects if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item]
        return sorted({{str(item.BaseFont).partition("+")[2] for item in found}})

def state():
    logger = logging.getLogger("weasyprint")
    return [logger.level, logger.propagate, logger.disabled, len(logger.handlers), len(logger.filters)]

def plain():
    return fonts(weasyprint.HTML(string={PAGE!r}).write_pdf())

logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
logging.getLogger("weasyprint").propagate = True
before = [plain(), dict(os.environ), state(), list(map(str, warnings.filters))]
ours = fonts(write_pdf({PAGE!r}))
try:
    write_pdf({FAULTY!r})
except HandoutsError as error:
    message = str(error)
after = [plain(), dict(os.environ), state(), list(map(str, warnings.filters))]
print(json.dumps([before, ours, message, after]))
"""


def run_script(script: str, folder: Path, **environment: str) -> tuple[str, str]:
    """What a process of its own prints, with a home and a temporary folder of its own."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("FONTCONFIG")}
    places = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache"), "TMPDIR": str(folder)}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=known | places | environment, check=True, capture_output=True, text=True)
    return done.stdout, done.stderr


def test_another_user_of_weasyprint_finds_all_as_before(tmp_path: Path) -> None:
    output, errors = run_script(SCRIPT, tmp_path)
    before, ours, message, after = json.loads(output)
    assert before == after
    fonts, environment, *_ = before
    assert "FONTCONFIG_FILE" not in environment
    assert fonts, "the system has no font to compare with"
    assert not [name for name in fonts if "Atkinson" in name]
    assert ours == ["Atkinson-Hyperlegible-Bold", "Atkinson-Hyperlegible-Bold-Italic"]
    assert "colour" in message
    assert "colour" not in errors, "a record may quote a patient"


def test_no_setting_and_no_font_is_left_on_the_disk(tmp_path: Path) -> None:
    script = f"from handouts.pdf.writer import write_pdf\nwrite_pdf({PAGE!r})"
    assert run_script(script, tmp_path) == ("", "")
    left = [path for path in tmp_path.rglob("*") if path.is_file() and "fontconfig" not in path.parts]
    assert left == []
    assert not list(tmp_path.glob("weasyprint-*")), "the folder of unpacked fonts is gone"


def test_a_system_without_fonts_prints_the_same(tmp_path: Path) -> None:
    """No font of the machine is trusted: the bytes do not depend on what is installed."""
    (tmp_path / "none.conf").write_text("<fontconfig/>", "utf-8")
    script = f"import sys\nfrom handouts.pdf.writer import write_pdf\nsys.stdout.write(write_pdf({PAGE!r}).hex())"
    usual, _ = run_script(script, tmp_path)
    bare, errors = run_script(script, tmp_path, FONTCONFIG_FILE=str(tmp_path / "none.conf"))
    assert bare == usual
    assert "UserWarning" not in errors


def test_a_missing_font_file_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in FONT_FILES[1:]:
        (tmp_path / name).write_bytes((font_folder() / name).read_bytes())
    monkeypatch.setattr(weasy, "font_folder", lambda: tmp_path)
    with pytest.raises(HandoutsError, match=rf"the font file .*{FONT_FILES[0]} cannot be read"):
        weasy.OwnFonts()


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0H9"/></svg>'
    monkeypatch.setattr(weasy, "MOST_PICTURES", 3)
    monkeypatch.setattr(weasy, "MOST_LINE_HEIGHTS", 3)
    sizes = []
    for number in range(12):
        image = f'<img src="handouts:picture/{number}.svg" alt="a">'
        write_pdf(f'{PAGE}<p style="font-size: {number + 9}px">{image}', files={f"{number}.svg": drawing})
        sizes.append(len(weasy._pictures))
    assert max(sizes) <= 4
    assert len(weasy.own_fonts().strut_layouts) <= 3 + 12


def test_records_of_another_thread_still_reach_their_handlers(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("weasyprint")
    from threading import Thread

    with weasy.collected_warnings() as messages:
        logger.warning("ours")
        other = Thread(target=logger.warning, args=["theirs"])
        other.start()
        other.join()
    assert messages == ["ours"]
    assert [record.getMessage() for record in caplog.records] == ["theirs"]
