"""XLSX files as tables: what the spreadsheet shows is what is read; what it does not show is left out and named."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from xml.etree import ElementTree

from handouts.errors import HandoutsError, Problem
from handouts.files.cells import MAX_COLUMNS, MAX_ROWS, TURNED, Cell, Row, Table, as_seen, filled, table_fault, table_of
from handouts.files.number_formats import shown_number, shows_all_of_a_day, shows_text

MAX_UNPACKED_BYTES = 200_000_000  # an XLSX file is a ZIP file: a small one can unpack to more than the memory holds
_NAMES_BY_ROW = 20  # a sheet whose columns are not named so far down holds no patients
_RANGES_NAMED = 5  # more of them fill the screen and help nobody
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

_PART_OF_A_DAY = (
    "the spreadsheet turned this into a date and shows only a part of it: format the cell as text and type it again"
)
_OTHER_NUMBER = "this cell may show another number than it holds: format the cell as text and type what it must say"
_OTHER_TEXT = "the format of this cell hides its text or adds to it: format the cell as text and type it again"
_HIDDEN_COLUMN = "this column is hidden, and what it holds would be printed: show the column, or delete it"


def read_workbook(data: bytes, path: str) -> Table:
    """Return the first sheet that is shown, as it is shown; raises ProblemsError, and HandoutsError without openpyxl."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, about parts of the file that do not concern us
            return _table(_open(data, path), path)
    except HandoutsError:
        raise
    except Exception:  # openpyxl raises whatever the damaged part makes Python raise
        raise table_fault(path, 1, "is not a readable XLSX file: save it again, or save it as CSV") from None


def _open(data: bytes, path: str) -> Any:
    try:
        import openpyxl  # an extra: YAML and CSV must work without it
    except ImportError:
        raise HandoutsError("XLSX files need openpyxl: type pip install 'handouts[excel]', or save as CSV") from None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(member.file_size for member in archive.infolist())
    if size > MAX_UNPACKED_BYTES:
        raise table_fault(path, 1, f"unpacks to {size:,} bytes: at most {MAX_UNPACKED_BYTES:,} are read")
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # some programs write wrong dimensions: read all cells
    return book


def _table(book: Any, path: str) -> Table:
    sheet = next((sheet for sheet in book.worksheets if _is_shown(sheet)), None)
    if sheet is None:
        raise table_fault(path, 1, "shows no sheet: show the one that holds the patients")
    hidden_rows, hidden_columns = _hidden(sheet)
    rows = [*filled(_rows(sheet), path)]
    unseen = [row.number for row in rows if row.number in hidden_rows]
    notes = [*_other_sheets(book, sheet, path), *_left_out(unseen, path)]
    table = table_of([row for row in rows if row.number not in hidden_rows], path, notes)
    used = {cell.column for row in table.rows for cell in row.cells} & hidden_columns
    names = (replace(cell, fault=_HIDDEN_COLUMN) if cell.column in used else cell for cell in table.header.cells)
    return replace(table, header=replace(table.header, cells=tuple(names)))


def _is_shown(sheet: Any) -> bool:
    return bool(sheet.sheet_state == "visible")


# What is not shown ------------------------------------------------------------------------------------------------------


def _hidden(sheet: Any) -> tuple[set[int], set[int]]:
    """Return the numbers of the rows and of the columns that are hidden, by hand or by a filter.

    openpyxl tells them only of a sheet that it holds in memory as a whole.
    """
    rows: set[int] = set()
    columns: set[int] = set()
    number = 0
    with sheet._get_source() as source:
        for event, element in ElementTree.iterparse(source, ("start", "end")):
            if event == "end":
                element.clear()
            elif element.tag == f"{_MAIN}col" and _is_hidden(element, "width"):
                columns.update(range(int(element.get("min", 0)), min(int(element.get("max", 0)), MAX_COLUMNS) + 1))
            elif element.tag == f"{_MAIN}row":
                number = int(element.get("r", number + 1))
                if number > MAX_ROWS:
                    break
                rows.update([number] if _is_hidden(element, "ht") else [])
    return rows, columns


def _is_hidden(element: ElementTree.Element, size: str) -> bool:
    return element.get("hidden") in ("1", "true") or float(element.get(size, 1)) == 0


def _left_out(rows: Sequence[int], path: str) -> Iterator[Problem]:
    """Yield the warning that rows are hidden and not read."""
    if rows:
        many = len(rows) > 1
        subject = f"{len(rows)} rows are hidden and not read ({_ranges(rows)})" if many else "this row is hidden and not read"
        wanted = "if their sheets are wanted" if many else "if its sheet is wanted"
        message = f"{subject}: show {'them' if many else 'it'}, or take the filter away, {wanted}"
        yield Problem(path, rows[0], 1, message, "table", warning=True)


def _ranges(numbers: Sequence[int]) -> str:
    """Return rising numbers in few words: `3, 5 to 9`."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1] = [ranges[-1][0], number]
        else:
            ranges.append([number])
    texts = [" to ".join(map(str, ends)) for ends in ranges]
    return ", ".join([*texts[:_RANGES_NAMED], *(["and more"] if len(texts) > _RANGES_NAMED else [])])


def _other_sheets(book: Any, read: Any, path: str) -> Iterator[Problem]:
    """Yield a warning for every other sheet that holds patients; by its number, as its name may be that of a patient."""
    others = [sheet for sheet in book.worksheets if sheet is not read]
    shown = [sheet for sheet in book.worksheets if _is_shown(sheet)]
    for sheet in filter(_holds_patients, others):
        which = f"sheet {shown.index(sheet) + 1}" if sheet in shown else "a hidden sheet"
        message = f"{which} holds patients too and is not read: save it as a file of its own if their sheets are wanted"
        yield Problem(path, 1, 1, message, "table", warning=True)


def _holds_patients(sheet: Any) -> bool:
    """Return True if a column is named `id` and something stands below it."""
    rows = [row for row in islice(_rows(sheet), _NAMES_BY_ROW) if row.cells]
    return any("id" in (cell.text.casefold() for cell in row.cells) for row in rows[:-1])


# Cells ------------------------------------------------------------------------------------------------------------------


def _rows(sheet: Any) -> Iterator[Row]:
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = tuple(_cells(values))
        yield Row(number, cells, cells[-1].column if cells else 0)


def _cells(values: Iterable[Any]) -> Iterator[Cell]:
    for column, value in enumerate(values, 1):
        if value.value is not None and (cell := _cell(column, value)):
            yield cell


def _cell(column: int, cell: Any) -> Cell | None:
    """Return what a cell that is not empty shows; None where that is nothing."""
    value = cell.value
    match value:
        case _ if cell.data_type == "e":
            return Cell(column, "", fault="this cell holds an error of the spreadsheet: type its value again")
        case _ if cell.data_type == "f" or (isinstance(value, str) and value.startswith("=")):
            return Cell(column, "", fault="this cell holds a formula: paste its value instead")
        case bool():
            return Cell(column, "yes" if value else "no")
        case int() | float():
            shown = shown_number(value, _format(cell))
            return Cell(column, shown or "", fault=None if shown else _OTHER_NUMBER)
        case datetime() | time() | timedelta() if not (isinstance(value, datetime) and value.time() == time(0)):
            return Cell(column, "", fault=TURNED.format("time"))
        case date():
            fault = None if shows_all_of_a_day(_format(cell)) else _PART_OF_A_DAY
            return Cell(column, value.isoformat()[:10], is_date=True, fault=fault)
    text = as_seen(str(value).replace("_x000D_", ""))  # how XLSX writes the carriage return of a line that was pasted
    return Cell(column, text, fault=None if shows_text(_format(cell)) else _OTHER_TEXT) if text else None


def _format(cell: Any) -> str:
    """Return the number format of a cell; an empty text for one of the formats that some countries' Excel has built in."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    number = cell.style_array.numFmtId
    return str(cell.number_format) if number in BUILTIN_FORMATS or number >= BUILTIN_FORMATS_MAX_SIZE else ""
