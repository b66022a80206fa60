"""CSV and XLSX files as rows of text, each cell with its place; what a spreadsheet changes unseen is refused."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from handouts.errors import HandoutsError, Problem, ProblemsError
from handouts.textfile import read_bytes

MAX_TABLE_BYTES = 10_000_000  # some ten thousand patients; more is a mistake
MAX_UNPACKED_BYTES = 200_000_000  # an XLSX file is a ZIP file: a small one may unpack to fill the memory
MAX_ROWS, MAX_COLUMNS = 20_000, 200


@dataclass(frozen=True)
class Cell:
    """The text of one cell; `column` counts from 1. Empty cells are left out."""

    column: int
    text: str


@dataclass(frozen=True)
class Row:
    """The cells of one row that hold something; `number` is its line in a CSV file, its row in a sheet."""

    number: int
    cells: tuple[Cell, ...]


def read_table(path: Path, shown: str) -> tuple[Row, tuple[Row, ...]]:
    """The row of column names and the rows below it that are not empty; raises ProblemsError."""
    data = read_bytes(path, shown, MAX_TABLE_BYTES)
    rows = list(_xlsx_rows(data, shown) if path.suffix.lower() == ".xlsx" else _csv_rows(data, shown))
    if not rows:
        raise _fault(shown, 1, 1, "is empty: the first row names the columns")
    return rows[0], tuple(rows[1:])


def _fault(shown: str, row: int, column: int, message: str) -> ProblemsError:
    return ProblemsError([Problem(shown, row, column, message, "table")])


def _row(number: int, texts: Iterable[str]) -> Row:
    return Row(number, tuple(Cell(column, text) for column, raw in enumerate(texts, 1) if (text := raw.strip())))


def _csv_rows(data: bytes, shown: str) -> Iterator[Row]:
    text = _decode(data, shown)
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1
    try:
        for texts in reader:
            if (row := _row(number, texts)).cells:
                yield row
            number = reader.line_num + 1
    except csv.Error as error:
        raise _fault(shown, number, 1, f"is not a CSV table: {error}") from None


def _decode(data: bytes, shown: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _fault(shown, line, 1, "is not UTF-8 text: in Excel, save as 'CSV UTF-8 (comma delimited)'") from None
    if "\0" in text:
        raise _fault(shown, 1, 1, "is a binary file, not a CSV table")
    return text


def _xlsx_rows(data: bytes, shown: str) -> Iterator[Row]:
    sheet = _first_sheet(data, shown)
    if (sheet.max_row or 0) > MAX_ROWS or (sheet.max_column or 0) > MAX_COLUMNS:
        raise _fault(shown, 1, 1, f"is too large: at most {MAX_ROWS} rows and {MAX_COLUMNS} columns are read")
    problems: list[Problem] = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        texts = []
        for column, value in enumerate(cells, 1):
            try:
                texts.append(_xlsx_text(value))
            except ValueError as error:
                problems.append(Problem(shown, number, column, str(error), "table"))
                texts.append("")
        if (row := _row(number, texts)).cells:
            yield row
    if problems:
        raise ProblemsError(problems)


def _first_sheet(data: bytes, shown: str) -> Any:
    try:
        import openpyxl  # an extra: YAML and CSV must work without it
    except ImportError:
        raise HandoutsError("XLSX files need openpyxl: type pip install 'handouts[excel]', or save as CSV") from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > MAX_UNPACKED_BYTES:
            raise _fault(shown, 1, 1, f"unpacks to {size:,} bytes: at most {MAX_UNPACKED_BYTES:,} are read")
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    except ProblemsError:
        raise
    except Exception:  # openpyxl raises whatever the damaged part makes Python raise
        raise _fault(shown, 1, 1, "is not a readable XLSX file: save it again, or save it as CSV") from None


def _xlsx_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time(0):
            return value.date().isoformat()
        case date() if not isinstance(value, datetime):
            return value.isoformat()
        case datetime() | time():
            raise ValueError("the spreadsheet turned this into a time: format the cell as text and type it again")
        case str() if value.startswith("="):
            raise ValueError("this cell holds a formula: paste its value instead")
    return str(value)
