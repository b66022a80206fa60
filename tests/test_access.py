"""Who may read a sheet: whoever knows its password, and whoever the rights of its file let in."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from support.command import Run
from support.pdf_structure import bare, page_texts
from support.privacy import OWN, PATIENT, Outcome, given, run_alone, tells

from handouts.cli import main
from handouts.pdf.finishing import encrypt

PASSWORD = "correct horse 7"
SHEET = "out/C-1-2026-11-21.pdf"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """A sheet with a password, and all that its making left behind or deleted."""
    folder = tmp_path_factory.mktemp("locked")
    file = given(folder, "patient.yaml", PATIENT)
    word = given(folder, "password.txt", PASSWORD + "\n")
    return run_alone(folder, "pdf", file, "--out", "out", "--encrypt", "--password-file", word)


@pytest.fixture
def opened(locked: Outcome) -> Iterator[pikepdf.Pdf]:
    """The sheet, opened with its password."""
    with pikepdf.open(locked.folder / SHEET, password=PASSWORD) as pdf:
        yield pdf


@pytest.mark.pdf
def test_the_password_opens_a_sheet_that_is_whole(locked: Outcome, opened: pikepdf.Pdf, tmp_path: Path) -> None:
    opened.save(tmp_path / "plain.pdf", encryption=False)
    text = bare("".join(page_texts((tmp_path / "plain.pdf").read_bytes())))
    assert [word for word in OWN if bare(word) not in text] == []


@pytest.mark.pdf
@pytest.mark.parametrize("wrong", ["", "correct horse 8", "Correct horse 7", "correct horse 7 "])
def test_another_password_opens_nothing(locked: Outcome, wrong: str) -> None:
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(locked.folder / SHEET, password=wrong)


@pytest.mark.pdf
def test_the_lock_is_the_strongest_that_pdf_knows(opened: pikepdf.Pdf) -> None:
    lock = opened.encryption
    assert (lock.R, lock.V, lock.bits) == (6, 5, 256)
    assert lock.stream_method == lock.string_method == pikepdf.models.EncryptionMethod.aesv3


@pytest.mark.pdf
def test_tags_language_and_title_are_kept(opened: pikepdf.Pdf) -> None:
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.StructTreeRoot.K
    assert str(opened.Root.Lang) == "en"
    assert str(opened.docinfo.Title) == "Your exercise sheet"
    assert opened.allow.accessibility
    assert opened.allow.modify_form, "the chart can be filled in"
    assert len(opened.Root.AcroForm.Fields) > 6
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


@pytest.mark.pdf
def test_no_byte_on_the_disk_tells_the_name(locked: Outcome) -> None:
    """The record holds the findings as ever, so that the clinic can make the sheet again; it never holds the name."""
    record = (locked.folder / SHEET).with_suffix(".plan.yaml").read_bytes()
    telling = [path for name in locked.telling_files() if (path := locked.folder / name).is_file()]
    assert [path for path in telling if path.read_bytes() != record] == []
    assert b"Canaryname" not in record
    assert not tells(locked.said)


@pytest.mark.pdf
def test_the_sheet_was_never_on_the_disk_without_its_lock(locked: Outcome) -> None:
    kept = [path.read_bytes() for path in (locked.folder / "keep").rglob("*") if path.is_file()]
    sheets = [data for data in kept if data.startswith(b"%PDF")]
    assert sheets == [(locked.folder / SHEET).read_bytes()], "before it got its name"
    assert all(b"/Encrypt" in data for data in sheets)


@pytest.mark.pdf
def test_the_password_is_nowhere_but_in_its_file(locked: Outcome) -> None:
    files = [path for path in locked.folder.rglob("*") if path.is_file() and "given" not in path.parts]
    assert [path.name for path in files if PASSWORD.encode() in path.read_bytes()] == []
    assert PASSWORD.encode() not in locked.said


@pytest.mark.pdf
def test_two_locks_of_one_sheet_differ(locked: Outcome) -> None:
    with pikepdf.new() as empty:
        empty.add_blank_page()
        empty.save(locked.folder / "empty.pdf")
    plain = (locked.folder / "empty.pdf").read_bytes()
    assert encrypt(plain, PASSWORD) != encrypt(plain, PASSWORD)


def asked(folder: Path, typed: str) -> Result:
    """What happens when somebody types this at the prompt."""
    file = given(folder, "patient.yaml", PATIENT)
    return CliRunner().invoke(main, ["pdf", str(file), "--out", str(folder / "out"), "--encrypt"], input=typed)


@pytest.mark.pdf
def test_the_password_is_asked_for_twice(tmp_path: Path) -> None:
    result = asked(tmp_path, f"{PASSWORD}\nnot the same\n{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert result.output.count("The same again") == 2
    assert PASSWORD not in result.output
    with pikepdf.open(tmp_path / SHEET, password=PASSWORD) as pdf:
        assert pdf.is_encrypted


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "the password has 5 characters: 8 to 127 are needed"),
        ("contraseña larga", "a password has plain letters without accents, digits and signs, and no space at its ends"),
        (" in the middle", "a password has plain letters without accents, digits and signs, and no space at its ends"),
        ("long " * 30 + "enough", "the password has 156 characters: 8 to 127 are needed"),
    ],
)
def test_a_password_that_would_not_work_everywhere_is_refused(run: Run, tmp_path: Path, password: str, said: str) -> None:
    (tmp_path / "word.txt").write_text(password + "\n", "utf-8")
    given(tmp_path, "patient.yaml", PATIENT)
    result = run("pdf", "given/patient.yaml", "--out", "out", "--encrypt", "--password-file", "word.txt")
    assert result.exit_code == 1
    assert result.stderr == f"word.txt:1:1: {said} [password]\n"
    assert asked(tmp_path, f"{password}\n{password}\n").output.splitlines()[-1] == said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "word.txt:1:1: is empty [file]"),
        (b"\n", "word.txt:1:1: is empty [file]"),
        (b"a password\nand another\n", "word.txt:1:1: holds more than one line [password]"),
        (b"pass\xe9word", "word.txt:1:5: is not UTF-8 text (byte 0xe9): save it as UTF-8 in your editor [file]"),
        (None, "word.txt:1:1: cannot be read: No such file or directory [file]"),
    ],
)
def test_a_password_file_that_is_none_is_said(run: Run, tmp_path: Path, text: bytes | None, said: str) -> None:
    if text is not None:
        (tmp_path / "word.txt").write_bytes(text)
    given(tmp_path, "patient.yaml", PATIENT)
    result = run("pdf", "given/patient.yaml", "--out", "out", "--encrypt", "--password-file", "word.txt")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == said
    assert not (tmp_path / "out").exists()


@pytest.mark.pdf
@pytest.mark.parametrize(("mode", "said"), [(0o644, True), (0o604, True), (0o640, False), (0o600, False)], ids=oct)
def test_a_password_that_everyone_can_read_is_said(run: Run, tmp_path: Path, mode: int, said: bool) -> None:
    (tmp_path / "word.txt").write_text(PASSWORD + "\n", "utf-8")
    (tmp_path / "word.txt").chmod(mode)
    given(tmp_path, "patient.yaml", PATIENT)
    result = run("pdf", "given/patient.yaml", "--out", "out", "--encrypt", "--password-file", "word.txt")
    assert result.exit_code == 0
    assert (": everyone on this computer can read it: type 'chmod 600 word.txt' (warning)" in result.stderr) == said
    assert PASSWORD not in result.output


def test_without_a_terminal_nothing_that_is_typed_is_shown(tmp_path: Path) -> None:
    file = given(tmp_path, "patient.yaml", PATIENT)
    command = [sys.executable, "-m", "handouts", "pdf", str(file), "--out", str(tmp_path / "out"), "--encrypt"]
    said = subprocess.run(command, input=f"{PASSWORD}\n" * 2, capture_output=True, text=True, start_new_session=True)
    assert said.returncode == 2
    assert said.stderr.splitlines()[-1] == (
        "Error: --encrypt asks for a password, and there is no terminal: use --password-file"
    )
    assert "GetPassWarning" not in said.stderr
    assert not (tmp_path / "out").exists()


def test_a_password_file_without_encrypt_is_a_slip(run: Run, tmp_path: Path) -> None:
    given(tmp_path, "patient.yaml", PATIENT)
    result = run("pdf", "given/patient.yaml", "--out", "out", "--password-file", "word.txt")
    assert result.exit_code == 2
    assert "--password-file needs --encrypt" in result.stderr


# Files ------------------------------------------------------------------------------------------------------------------


@pytest.mark.pdf
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o027, 0o077, 0o277])
@pytest.mark.parametrize(("option", "mode"), [([], 0o600), (["--share"], 0o640)], ids=["private", "shared"])
def test_sheet_and_record_are_for_the_owner_or_the_group(
    run: Run, tmp_path: Path, umask: int, option: list[str], mode: int
) -> None:
    given(tmp_path, "patient.yaml", PATIENT)
    (tmp_path / "out").mkdir()
    before = os.umask(umask)
    try:
        result = run("pdf", "given/patient.yaml", "--out", "out", *option)
    finally:
        os.umask(before)
    assert result.exit_code == 0, result.output
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()}
    assert modes == {"C-1-2026-11-21.pdf": mode, "C-1-2026-11-21.plan.yaml": mode}


@pytest.mark.pdf
def test_a_shared_sheet_that_is_made_again_in_private_is_private(run: Run, tmp_path: Path) -> None:
    given(tmp_path, "patient.yaml", PATIENT)
    for option, mode in ((["--share"], 0o640), ([], 0o600)):
        assert run("pdf", "given/patient.yaml", "--out", "out", *option).exit_code == 0
        assert stat.S_IMODE((tmp_path / SHEET).stat().st_mode) == mode
