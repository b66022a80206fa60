"""CSV and XLSX files as rows of text, each cell with its place; what a spreadsheet changes unseen is refused."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from handouts.errors import HandoutsError, Problem, ProblemsError
from handouts.files.text import read_bytes

MAX_TABLE_BYTES = 10_000_000  # about ten thousand patients; more is a mistake
MAX_UNPACKED_BYTES = 200_000_000  # an XLSX file is a ZIP file: a small one can unpack to more than the memory holds
MAX_ROWS, MAX_COLUMNS = 20_000, 200
_TURNED = "the spreadsheet turned this into a {}: format the cell as text and type it again"


@dataclass(frozen=True)
class Cell:
    """The text of one cell; `column` counts from 1. `fault` is the message where a spreadsheet has changed its value."""

    column: int
    text: str
    is_date: bool = False
    fault: str | None = None


@dataclass(frozen=True)
class Row:
    """The cells of one row that hold something; `number` is its line in a CSV file, its row in a sheet.

    `width` is how many cells the row has, empty ones at the end of a CSV line included.
    """

    number: int
    cells: tuple[Cell, ...]
    width: int


def read_table(path: Path, shown_path: str) -> tuple[Row, tuple[Row, ...]]:
    """Return the row of column names and the rows below it that are not empty; raises ProblemsError."""
    data = read_bytes(path, shown_path, MAX_TABLE_BYTES)
    rows = _xlsx_rows(data, shown_path) if path.suffix.lower() == ".xlsx" else _csv_rows(data, shown_path)
    filled: list[Row] = []
    for count, row in enumerate(rows, 1):
        if count > MAX_ROWS or row.width > MAX_COLUMNS:
            raise _fault(shown_path, 1, f"is too large: at most {MAX_ROWS} rows and {MAX_COLUMNS} columns are read")
        if row.cells:
            filled.append(row)
    if not filled:
        raise _fault(shown_path, 1, "is empty: the first row names the columns")
    return filled[0], tuple(filled[1:])


def turned_into_a_date(cell: Cell) -> str | None:
    """Return the message for a cell that must not hold a date; None where it holds none."""
    return _TURNED.format("date") if cell.is_date else None


def _fault(shown_path: str, row: int, message: str) -> ProblemsError:
    return ProblemsError([Problem(shown_path, row, 1, message, "table")])


def _csv_rows(data: bytes, shown_path: str) -> Iterator[Row]:
    text = _decode(data, shown_path)
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1
    try:
        for texts in reader:
            cells = (Cell(column, text.strip()) for column, text in enumerate(texts, 1) if text.strip())
            yield Row(number, tuple(cells), len(texts))
            number = reader.line_num + 1
    except csv.Error as error:
        raise _fault(shown_path, number, f"is not a CSV table: {error}") from None


def _decode(data: bytes, shown_path: str) -> str:
    wide = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    try:
        text = data.decode("utf-16") if wide else data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _fault(shown_path, line, "is not UTF-8 text: in Excel, save as 'CSV UTF-8 (comma delimited)'") from None
    if "\0" in text:
        raise _fault(shown_path, 1, "is a binary file, not a CSV table")
    return text


def _xlsx_rows(data: bytes, shown_path: str) -> Iterator[Row]:
    try:
        sheet = _first_sheet(data, shown_path)
        for number, values in enumerate(sheet.iter_rows(), 1):
            cells = tuple(cell for column, value in enumerate(values, 1) if (cell := _xlsx_cell(column, value)))
            yield Row(number, cells, cells[-1].column if cells else 0)
    except HandoutsError:
        raise
    except Exception:  # openpyxl raises whatever the damaged part makes Python raise
        raise _fault(shown_path, 1, "is not a readable XLSX file: save it again, or save it as CSV") from None


def _first_sheet(data: bytes, shown_path: str) -> Any:
    try:
        import openpyxl  # an extra: YAML and CSV must work without it
    except ImportError:
        raise HandoutsError("XLSX files need openpyxl: type pip install 'handouts[excel]', or save as CSV") from None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(member.file_size for member in archive.infolist())
    if size > MAX_UNPACKED_BYTES:
        raise _fault(shown_path, 1, f"unpacks to {size:,} bytes: at most {MAX_UNPACKED_BYTES:,} are read")
    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    sheet.reset_dimensions()  # some programs write wrong dimensions: read all cells
    return sheet


def _xlsx_cell(column: int, cell: Any) -> Cell | None:
    value = cell.value
    match value:
        case None:
            return None
        case _ if cell.data_type == "e":
            return Cell(column, "", fault="this cell holds an error of the spreadsheet: type its value again")
        case _ if cell.data_type == "f" or (isinstance(value, str) and value.startswith("=")):
            return Cell(column, "", fault="this cell holds a formula: paste its value instead")
        case bool():
            text = "yes" if value else "no"
        case float() if value.is_integer():
            text = str(int(value))
        case datetime() if value.time() == time(0):
            return Cell(column, value.date().isoformat(), is_date=True)
        case date() if not isinstance(value, datetime):
            return Cell(column, value.isoformat(), is_date=True)
        case datetime() | time() | timedelta():
            return Cell(column, "", fault=_TURNED.format("time"))
        case _:
            text = str(value).strip()
    return Cell(column, text) if text else None
