"""CSV and XLSX files as rows of text, each cell with its place."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from handouts.files.cells import Cell, Row, Table, as_seen, filled, table_fault, table_of
from handouts.files.text import read_bytes
from handouts.files.workbooks import read_workbook

MAX_TABLE_BYTES = 10_000_000  # about ten thousand patients; more is a mistake
_SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n')  # the first line by which Excel knows the separator of a CSV file


def read_table(path: Path, shown_path: str) -> Table:
    """Return the table of a CSV or XLSX file; raises ProblemsError where it is none."""
    data = read_bytes(path, shown_path, MAX_TABLE_BYTES)
    if path.suffix.lower() == ".xlsx":
        return read_workbook(data, shown_path)
    return table_of([*filled(_csv_rows(data, shown_path), shown_path)], shown_path)


def _csv_rows(data: bytes, shown_path: str) -> Iterator[Row]:
    text = _decode(data, shown_path)
    named = _SEPARATOR.match(text)
    text = text[named.end() :] if named else text
    head = text.split("\n", 1)[0]
    separator = named[1] if named else max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    above = 1 if named else 0
    number = above + 1
    try:
        for texts in reader:
            cells = (Cell(column, seen) for column, text in enumerate(texts, 1) if (seen := as_seen(text)))
            yield Row(number, tuple(cells), len(texts))
            number = above + reader.line_num + 1
    except csv.Error as error:
        raise table_fault(shown_path, number, f"is not a CSV table: {error}") from None


def _decode(data: bytes, shown_path: str) -> str:
    wide = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    try:
        text = data.decode("utf-16") if wide else data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = "is not UTF-8 text: in Excel, save as 'CSV UTF-8 (comma delimited)'"
        raise table_fault(shown_path, line, message) from None
    if "\0" in text:
        raise table_fault(shown_path, 1, "is a binary file, not a CSV table")
    return text
