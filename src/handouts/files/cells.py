"""What a table is to its readers: rows of cells, each with its place, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handouts.errors import Problem, ProblemsError

MAX_ROWS, MAX_COLUMNS = 20_000, 200
TURNED = "the spreadsheet turned this into a {}: format the cell as text and type it again"
_UNSEEN = {
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " "),  # spaces of a fixed width, which come with text from a web page
    **dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\ufeff")),  # no width at all: nobody sees that they are there
}


@dataclass(frozen=True)
class Cell:
    """The text of one cell; `column` counts from 1. `fault` is the message where what is shown is not what is held."""

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


@dataclass(frozen=True)
class Table:
    """The row of column names and the rows below it that are not empty; `notes` are warnings of what is left out."""

    header: Row
    rows: tuple[Row, ...]
    notes: tuple[Problem, ...] = ()


def table_of(rows: Sequence[Row], path: str, notes: Iterable[Problem] = ()) -> Table:
    """Return filled rows as a table; raises ProblemsError, with the notes, where there are none."""
    if not rows:
        raise ProblemsError([*table_fault(path, 1, "is empty: the first row names the columns").problems, *notes])
    return Table(rows[0], tuple(rows[1:]), tuple(notes))


def filled(rows: Iterable[Row], path: str) -> Iterator[Row]:
    """Yield the rows that hold something; raises ProblemsError where there are too many rows or columns."""
    for count, row in enumerate(rows, 1):
        if count > MAX_ROWS or row.width > MAX_COLUMNS:
            raise table_fault(path, 1, f"is too large: at most {MAX_ROWS} rows and {MAX_COLUMNS} columns are read")
        if row.cells:
            yield row


def turned_into_a_date(cell: Cell) -> str | None:
    """Return the message for a cell that must not hold a date; None where it holds none."""
    return TURNED.format("date") if cell.is_date else None


def as_seen(text: str) -> str:
    """Return the text of a cell as a reader sees it: without what takes no room, and with plain spaces."""
    return text.translate(_UNSEEN).strip()


def table_fault(path: str, row: int, message: str) -> ProblemsError:
    """Return the error that says what is wrong with a row, or with the whole file at row 1."""
    return ProblemsError([Problem(path, row, 1, message, "table")])
