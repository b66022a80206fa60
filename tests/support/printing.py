"""PDFs of sheets, each laid out once and kept: for this session, for the other xdist workers, and for later sessions.

A PDF is kept under a hash of its sheet and of everything that makes a PDF of a sheet, so that a change of either lays it
out anew. Only PDFs that were made are kept; a sheet that is refused is refused again each time.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import fcntl
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from importlib.metadata import distributions
from pathlib import Path

import pytest

from handouts import fonts, pdf
from handouts.app import batch, general_sheets, poses, sheets
from handouts.pdf import writer
from handouts.pdf.rules import PageRules
from handouts.render.sheet import Sheet
from support.written import ROOT

FOLDER = ROOT / ".pytest_cache" / "pdfs"
NO_FILES: Mapping[str, bytes] = {}
LIBRARIES = {"pango-1.0": "pango_version_string", "harfbuzz": "hb_version_string"}  # of the system, which shape the text

real_write_pdf = writer.write_pdf
_unmarked: list[str] = []  # the test that runs now, where it may not print


def printed(sheet: Sheet) -> bytes:
    """Return the PDF of a sheet, as `write_pdf` makes it."""
    return write_kept_pdf(*sheet)


def write_kept_pdf(
    html: str,
    demanded: Sequence[str] = (),
    files: Mapping[str, bytes] = NO_FILES,
    style: str = "",
    rules: PageRules | None = None,
) -> bytes:
    """Return what `write_pdf` makes of the same arguments, laid out at most once; fail in a test without the mark `pdf`."""
    if _unmarked:
        pytest.fail(f"{_unmarked[0]} prints a sheet: mark it with @pytest.mark.pdf", pytrace=False)
    folder = FOLDER / maker()
    path = folder / f"{sheet_hash(html, demanded, files, style, rules)}.pdf"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(path.with_suffix(".lock")):  # the other worker may be laying out this very sheet
            if not path.is_file():
                part = path.with_suffix(f".{os.getpid()}")
                part.write_bytes(real_write_pdf(html, demanded, files, style, rules))
                part.replace(path)
    return path.read_bytes()


def sheet_hash(
    html: str, demanded: Sequence[str], files: Mapping[str, bytes], style: str, rules: PageRules | None = None
) -> str:
    """Return the content hash of a sheet."""
    parts = [html.encode(), style.encode(), repr(rules).encode(), *(text.encode() for text in demanded)]
    parts += [part for name, data in sorted(files.items()) for part in (name.encode(), data)]
    return _hash(parts)


@cache
def maker() -> str:
    """Return a hash of all that makes a PDF: our code and fonts, Python and its packages, Pango and HarfBuzz."""
    sources = [Path(fonts.__file__), *sorted(Path(pdf.__file__).parent.glob("*.py"))]
    packages = sorted(f"{one.name} {one.version}" for one in distributions())
    versions = [*packages, sys.version, *(_system_version(*one) for one in LIBRARIES.items())]
    return _hash(
        [path.read_bytes() for path in sources]
        + [fonts.font_bytes(name) for name in fonts.FONT_FILES]
        + [version.encode() for version in versions]
    )


def _system_version(library: str, function: str) -> str:
    path = ctypes.util.find_library(library)
    if not path:
        return "missing"
    version = getattr(ctypes.CDLL(path), function)
    version.restype = ctypes.c_char_p
    return str(version())


def _hash(parts: Sequence[bytes]) -> str:
    """Return a hash of byte strings that also tells where each ends."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(b"%d " % len(part) + part)
    return digest.hexdigest()[:32]


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def forget_other_makers() -> None:
    """Delete the PDFs of another code, font or library."""
    for folder in FOLDER.glob("*"):
        if folder.name != maker():
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def keeping_pdfs() -> Iterator[None]:
    """Let the command print through `write_kept_pdf`."""
    make = partial(batch.make_documents, write=write_kept_pdf)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "write_pdf", write_kept_pdf)
        patch.setattr(poses, "write_pdf", write_kept_pdf)
        patch.setattr(general_sheets, "make_documents", make)
        yield


@contextmanager
def really_writing() -> Iterator[None]:
    """Let the command lay out every sheet anew, whatever was kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "write_pdf", real_write_pdf)
        patch.setattr(poses, "write_pdf", real_write_pdf)
        patch.setattr(general_sheets, "make_documents", batch.make_documents)
        yield


@contextmanager
def allowed_to_print(test: str, allowed: bool) -> Iterator[None]:
    """Make printing fail inside, unless it is allowed to this test."""
    _unmarked[:] = [] if allowed else [test]
    try:
        yield
    finally:
        _unmarked.clear()
