"""The clinic's logo: a file beside its clinic.yaml, read by us and never fetched."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from handouts.artwork import Picture
from handouts.errors import Problem, ProblemsError
from handouts.library import shown
from handouts.model import Clinic
from handouts.textfile import is_file, read_bytes

MAX_BYTES = 500_000  # a logo is printed 22 mm wide
_STARTS = {"svg": (b"<svg", b"<?xml"), "png": (b"\x89PNG\r\n\x1a\n",)}


def read_logo(clinic: Clinic, folders: Iterable[Path]) -> Picture | None:
    """The logo that a clinic names, from the first of these folders that has a clinic.yaml; None where it names none.

    Raises ProblemsError where there is no such file, or it is no SVG or PNG picture.
    """
    if not clinic.logo:
        return None
    home = next(folder for folder in folders if is_file(folder / "clinic.yaml"))
    path, ending = home / clinic.logo, clinic.logo.rpartition(".")[2].lower()
    if not is_file(path):
        raise _fault(home, f"there is no file '{clinic.logo}' beside this file")
    data = read_bytes(path, shown(path), MAX_BYTES)
    if not data.lstrip().startswith(_STARTS.get(ending, ())):
        raise _fault(home, f"'{clinic.logo}' is no SVG or PNG picture")
    return Picture(data, ending)


def _fault(home: Path, message: str) -> ProblemsError:
    return ProblemsError([Problem(shown(home / "clinic.yaml"), 1, 1, f"logo: {message}", "logo")])
