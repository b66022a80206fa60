"""Which files of a folder hold patients, and which only look as if they did: none of those is passed over in silence."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from handouts.errors import Problem, display_path
from handouts.files.text import is_file, is_folder
from handouts.patients.record import RECORD_ENDING

YAML_ENDINGS = (".yaml", ".yml")
TABLE_ENDINGS = (".csv", ".tsv", ".xlsx")
ENDINGS = (*YAML_ENDINGS, *TABLE_ENDINGS)

_CLINIC = "clinic.yaml"
# What editors, copies and other spellings make of it.
_NEARLY_CLINIC = re.compile(r"clinic([ _-]*(copy|\(\d+\)|\d+))?(\.(ya?ml|txt))+", re.IGNORECASE)
_OTHER_TABLES = (".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".fods", ".ots", ".numbers", ".gnumeric")
_TEXT_ENDINGS = (".txt", ".text", "")
_START = 4_000  # bytes, in which a patient file names its id and condition
_KEYS = (re.compile(r"^['\"]?id['\"]?\s*:", re.MULTILINE), re.compile(r"^['\"]?condition['\"]?\s*:", re.MULTILINE))


def patient_files(path: Path, problems: list[Problem]) -> list[Path]:
    """Return the files of a folder that hold patients, or the path itself if it is no folder.

    Adds to `problems` what keeps a folder from being read, and a warning for each file that may hold a patient and is
    not read. Beside a file that is named by itself, only what looks like the file of its clinic is told.
    """
    if not is_folder(path):
        problems.extend(_nearly_clinics(path.parent))
        return [path]
    try:
        names = sorted(path.iterdir())
    except OSError as error:
        problems.append(Problem(display_path(path), 1, 1, f"cannot be read: {error.strerror}", "file"))
        return []
    names = [file for file in names if not file.name.startswith((".", "~"))]
    files = [file for file in names if _is_read(file)]
    problems.extend(warning for file in names if file not in files for warning in _why_not(file))
    if not files:
        records = any(file.name.endswith(RECORD_ENDING) for file in names)
        message = f"holds no patient file (their names end in {', '.join(ENDINGS)})"
        message += ", only records: name the one that you want made again" if records else ""
        problems.append(Problem(display_path(path), 1, 1, message, "file"))
    return files


def _is_read(file: Path) -> bool:
    ours = file.name.endswith(RECORD_ENDING) or _NEARLY_CLINIC.fullmatch(file.name)
    return file.suffix.lower() in ENDINGS and not ours


def _nearly_clinics(folder: Path) -> Iterator[Problem]:
    try:
        names = sorted(file for file in folder.iterdir() if _NEARLY_CLINIC.fullmatch(file.name))
    except OSError:
        return  # the file that was named cannot be read either, and that is said
    for file in names:
        yield from _why_not(file)


def _why_not(file: Path) -> Iterator[Problem]:
    """Yield the warning for a file that is not read and may hold what the user believes to be read."""
    expected = file.name == _CLINIC or file.name.endswith(RECORD_ENDING)
    if not expected and is_file(file) and (advice := _advice(file)):
        yield Problem(display_path(file), 1, 1, f"is not read: {advice}", "file", warning=True)


def _advice(file: Path) -> str | None:
    name = file.name.lower()
    if _NEARLY_CLINIC.fullmatch(name):
        return f"the file of a clinic must be named {_CLINIC}"
    if name.endswith(_OTHER_TABLES):
        return "save it as XLSX or CSV"
    if file.suffix.lower() not in _TEXT_ENDINGS:
        return None
    named = name.removesuffix(file.suffix.lower())
    if file.suffix and named.endswith(ENDINGS):
        return f"take {file.suffix} off the end of its name"
    return "it looks like a patient file: let its name end in .yaml, or in .csv for a table" if _describes(file) else None


def _describes(file: Path) -> bool:
    """Return True if a text starts as a patient file or a table of patients does."""
    try:
        with file.open("rb") as stream:
            data = stream.read(_START)
    except OSError:
        return False
    wide = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    text = data.decode("utf-16" if wide else "utf-8-sig", "replace")
    columns = {name.strip(' "\r') for name in re.split(r"[,;\t]", text.split("\n", 1)[0])}
    return {"id", "condition"} <= columns or all(key.search(text) for key in _KEYS)
