"""Ready sheets: a general PDF for every phase and paper, made once and kept by what is in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from handouts.batch import make_pdfs
from handouts.disk import PUBLIC, write_file
from handouts.errors import HandoutsError
from handouts.model import SheetFile
from handouts.sheet import Sheet

PAPERS = {"a4": "A4", "letter": "US Letter"}
_MAKERS = ("weasyprint", "pydyf", "fonttools", "fontpkg-atkinson-hyperlegible")  # another version may give other bytes
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


def sheet_file(paper: str, pdf: bytes) -> SheetFile:
    """A PDF as the site offers it."""
    return SheetFile(f"sheet-{paper}.pdf", PAPERS[paper], pdf, len(_PAGE.findall(pdf)))


def make_once(sheets: Sequence[Sheet], folder: Path, executor: Executor | None = None) -> tuple[bytes, ...]:
    """The PDF of every sheet, in their order: from `folder` where it was made before; no patient's sheet belongs here.

    A folder that cannot be written only means that they are made again.
    """
    paths = [folder / f"{_name(sheet)}.pdf" for sheet in sheets]
    kept: dict[Path, bytes] = {path: pdf for path in paths if (pdf := _read(path))}
    missing = {path: sheet for path, sheet in zip(paths, sheets, strict=True) if path not in kept}
    for path, pdf in zip(missing, make_pdfs(list(missing.values()), executor), strict=True):
        kept[path] = pdf
        _keep(path, pdf)
    return tuple(kept[path] for path in paths)


def _name(sheet: Sheet) -> str:
    """The content hash of a sheet and of all that makes a PDF of it."""
    digest = hashlib.sha256(_maker())
    for part in (sheet.html, sheet.style, *sheet.demanded):
        digest.update(part.encode() + b"\0")
    for name in sorted(sheet.files):  # a picture's name is made from its bytes
        digest.update(name.encode() + b"\0")
    return digest.hexdigest()[:32]


@cache
def _maker() -> bytes:
    own = b"".join((Path(__file__).parent / name).read_bytes() for name in ("pdf.py", "tags.py"))
    return own + " ".join(f"{name} {version(name)}" for name in _MAKERS).encode()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _keep(path: Path, pdf: bytes) -> None:
    """Each as soon as it is made, so that a run that is broken off has not worked for nothing."""
    with suppress(HandoutsError):
        write_file(path, pdf, PUBLIC)
