"""What a spreadsheet shows is what is read: hidden sheets, rows and columns, and numbers that show other than they hold."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from support.command import Run, paths
from support.faults import faults_of, lay_content, replaced
from support.workbooks import with_part

from handouts.app.layers import Layers
from handouts.app.plans import plan_handouts
from handouts.errors import ProblemsError
from handouts.files.number_formats import shown_number, shows_all_of_a_day, shows_text
from handouts.files.tables import read_table
from handouts.patients.reader import read_patients

HEADER = ("id", "condition", "phase", "exercises", "limits.lift")
SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"

AGAIN = "format the cell as text and type it again"
OTHER_NUMBER = "this cell may show another number than it holds: format the cell as text and type what it must say"
OTHER_TEXT = f"the format of this cell hides its text or adds to it: {AGAIN}"
PART_OF_A_DAY = f"the spreadsheet turned this into a date and shows only a part of it: {AGAIN}"
A_DATE = f"the spreadsheet turned this into a date: {AGAIN}"


def row(name: Any, lift: Any = None) -> tuple[Any, ...]:
    return (name, "lumbar", "early", "hall-walk", lift)


def book_of(*sheets: Sequence[Sequence[Any]]) -> Workbook:
    """A workbook with these sheets, whose names are those of patients."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Pippa Pretend {number}")
        for texts in rows:
            sheet.append(texts)
    return book


def saved(book: Workbook, path: Path, *changes: tuple[str, Callable[[str], str]]) -> Path:
    """The workbook as a file, with parts changed as another program would have written them."""
    file = io.BytesIO()
    book.save(file)
    data = file.getvalue()
    for part, change in changes:
        data = with_part(data, part, change)
    path.write_bytes(data)
    return path


def read(path: Path) -> tuple[list[str], list[str]]:
    """The ids of the patients of a file, and what is said; nothing that is said may quote the name of a sheet."""
    patients, problems = read_patients([path])
    said = [f"{problem.line}:{problem.column}: {problem.message}" for problem in problems]
    assert not any("Pretend" in line for line in said)
    return [patient.id for patient in patients], said


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "patients.xlsx"


# Sheets -----------------------------------------------------------------------------------------------------------------


def holds_too(which: str) -> str:
    return f"1:1: {which} holds patients too and is not read: save it as a file of its own if their sheets are wanted"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_the_first_sheet_that_is_shown_is_read(state: str, path: Path) -> None:
    book = book_of([HEADER, row("T-99")], [HEADER, row("T-01")])
    book.worksheets[0].sheet_state = state
    book.active = 1
    assert read(saved(book, path)) == (["T-01"], [holds_too("a hidden sheet")])


def test_every_other_sheet_with_patients_is_named_by_its_place_among_those_shown(path: Path) -> None:
    ward = [("Ward 3",), (), ("ID", *HEADER[1:]), row("T-03")]
    book = book_of([HEADER, row("T-01")], [HEADER, row("T-98")], [("Holidays",), ("May",)], ward, [HEADER], [])
    book.worksheets[1].sheet_state = "hidden"
    assert read(saved(book, path)) == (["T-01"], [holds_too("a hidden sheet"), holds_too("sheet 3")])


def test_patients_behind_a_cover_sheet_are_named_beside_the_fault(path: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        read_table(saved(book_of([], [HEADER, row("T-01")]), path), "patients.xlsx")
    said = [problem.message for problem in caught.value.problems]
    assert said == ["is empty: the first row names the columns", holds_too("sheet 2").removeprefix("1:1: ")]
    ids, lines = read(saved(book_of([("Week 48",)], [HEADER, row("T-01")]), path))
    assert not ids
    assert lines[0] == holds_too("sheet 2")
    assert lines[1].startswith("1:1: the first row must name the columns")


def test_a_workbook_that_shows_no_sheet_is_refused(path: Path) -> None:
    hidden = ("xl/workbook.xml", lambda text: replaced(text, 'state="visible"', 'state="hidden"'))
    said = read(saved(book_of([HEADER, row("T-01")]), path, hidden))
    assert said == ([], ["1:1: shows no sheet: show the one that holds the patients"])


# Rows and columns -------------------------------------------------------------------------------------------------------

ONE_ROW = "this row is hidden and not read: show it, or take the filter away, if its sheet is wanted"


def many_rows(count: int, which: str) -> str:
    many = f"{count} rows are hidden and not read ({which})"
    return f"{many}: show them, or take the filter away, if their sheets are wanted"


def test_a_hidden_row_makes_no_sheet_and_is_named(path: Path) -> None:
    book = book_of([HEADER, row("T-01"), row("T-02"), row("T-03")])
    book.active.row_dimensions[3].hidden = True
    assert read(saved(book, path)) == (["T-01", "T-03"], [f"3:1: {ONE_ROW}"])


def test_the_rows_that_a_filter_hides_make_no_sheets_and_are_named_in_few_words(path: Path) -> None:
    book = book_of([HEADER, *(row(f"T-{number}") for number in range(2, 40))])
    book.active.auto_filter.ref = "A1:E39"
    book.active.auto_filter.add_filter_column(0, ["T-12"])
    for number in [*range(2, 12), *range(13, 39, 2), 39, 60]:  # row 60 is empty: nothing of it is left out
        book.active.row_dimensions[number].hidden = True
    ids, said = read(saved(book, path))
    assert ids == [f"T-{number}" for number in range(12, 39, 2)]
    assert said == [f"2:1: {many_rows(24, '2 to 11, 13, 15, 17, 19, and more')}"]
    for number in range(13, 40):
        book.active.row_dimensions[number].hidden = True
    assert read(saved(book, path)) == (["T-12"], [f"2:1: {many_rows(37, '2 to 11, 13 to 39')}"])


# How programs write that a row is hidden, or that it is not.
HIDDEN_ROWS = {
    "LibreOffice": ('hidden="true" customHeight="false"', True),
    "a row without height": ('ht="0" customHeight="1"', True),
    "LibreOffice, not hidden": ('hidden="false" collapsed="false"', False),
    "Excel, not hidden": ('hidden="0" ht="15"', False),
}


@pytest.mark.parametrize(("written", "hidden"), HIDDEN_ROWS.values(), ids=HIDDEN_ROWS)
def test_a_row_is_hidden_however_a_program_says_so(written: str, hidden: bool, path: Path) -> None:
    change = (SHEET, lambda text: replaced(text, '<row r="3"', f'<row r="3" {written}'))
    ids, said = read(saved(book_of([HEADER, row("T-01"), row("T-02")]), path, change))
    assert (ids, said) == ((["T-01"], [f"3:1: {ONE_ROW}"]) if hidden else (["T-01", "T-02"], []))


def test_rows_without_numbers_are_counted(path: Path) -> None:
    def bare(text: str) -> str:
        for number in (1, 2, 3, 4):
            text = replaced(text, f'<row r="{number}"', '<row hidden="1"' if number == 3 else "<row")
        return text

    book = book_of([HEADER, row("T-01"), row("T-02"), row("T-03")])
    assert read(saved(book, path, (SHEET, bare))) == (["T-01", "T-03"], [f"3:1: {ONE_ROW}"])


def test_where_the_names_of_the_columns_are_hidden_the_fault_says_so(path: Path) -> None:
    book = book_of([HEADER, row("T-01")])
    book.active.row_dimensions[1].hidden = True
    ids, said = read(saved(book, path))
    assert not ids
    assert said[0] == f"1:1: {ONE_ROW}"
    assert said[1].startswith("2:1: the first row must name the columns")


HIDDEN_COLUMN = "this column is hidden, and what it holds would be printed: show the column, or delete it"


@pytest.mark.parametrize("how", ['hidden="1"', 'hidden="true" width="9"', 'customWidth="1" width="0"'])
def test_a_hidden_column_that_holds_something_is_refused(how: str, path: Path) -> None:
    columns = f'<cols><col min="5" max="5" {how}/></cols><sheetData>'
    change = (SHEET, lambda text: replaced(text, "<sheetData>", columns))
    book = book_of([HEADER, row("T-01", "5 kg"), row("T-02")])
    assert read(saved(book, path, change)) == ([], [f"1:5: {HIDDEN_COLUMN}"])


def test_a_group_of_hidden_columns_is_refused_by_each_that_holds_something(path: Path) -> None:
    book = book_of([HEADER, row("T-01", "5 kg"), row("T-02")])
    book.active.column_dimensions.group("C", "E", hidden=True)
    assert read(saved(book, path)) == ([], [f"1:{column}: {HIDDEN_COLUMN}" for column in (3, 4, 5)])


def test_a_hidden_column_that_holds_nothing_is_no_fault(path: Path) -> None:
    book = book_of([HEADER, row("T-01"), row("T-02", "5 kg")])
    book.active.column_dimensions["E"].hidden = True
    book.active.row_dimensions[3].hidden = True  # what a row that is not read holds is nothing
    assert read(saved(book, path)) == (["T-01"], [f"3:1: {ONE_ROW}"])


# Numbers ----------------------------------------------------------------------------------------------------------------

# The value and the format of a cell -> what Excel and LibreOffice show, None where it is not all of it, or not for sure.
SHOWN: dict[str, list[tuple[float, str | None]]] = {
    "General": [
        (42, "42"),
        (2.5, "2.5"),
        (5.0, "5"),
        (0.1 + 0.2, "0.3"),
        (-3, "-3"),
        (0, "0"),
        (99_999_999_999, "99999999999"),
    ],
    "@": [(42, "42"), (123456789012, None)],
    "0": [(42, "42"), (123456789012345, "123456789012345"), (2.5, None), (-1, None), (1234567890123456, None)],
    "0000": [(42, "0042"), (12345, "12345"), (0, "0000")],
    "00000000": [(123, "00000123")],
    "000-0000": [(5550100, None)],
    "#": [(5, "5"), (0, None)],
    "0.0": [(5, "5.0"), (2.5, "2.5"), (2.54, None), (0.1 + 0.2, "0.3")],
    "0.00": [(2.5, "2.50"), (2.005, None)],
    "0.0#": [(2.5, "2.5"), (2.54, "2.54"), (2.545, None)],
    "0.#": [(5, None)],
    "#.0": [(0.5, None), (1.5, "1.5")],
    "#,##0": [(5, "5"), (999, "999"), (1234, None)],
    "0,": [(5000, None)],
    '0" kg"': [(5, "5 kg"), (5.5, None)],
    '0.0" kg"': [(2.5, "2.5 kg")],
    '0\\ "kg"': [(5, "5 kg")],
    "0\\ \\k\\g": [(5, "5 kg")],
    '"T-"0000': [(42, "T-0042")],
    '0" kg";-0" kg"': [(5, "5 kg"), (0, None), (-5, None)],
    "#,##0_);(#,##0)": [(5, "5")],
    "0_-": [(5, "5")],
    "0%": [(0.5, None)],
    "0.00E+00": [(120000, None)],
    "##0.0E+0": [(120000, None)],
    "# ?/?": [(0.25, None)],
    "[>5]0": [(7, None)],
    "[Red]0": [(7, None)],
    ";;;": [(5, None)],
    "": [(5, None)],
}
TOO_LONG = [1e11, 123456789012, 1.23456789012346e17, 12345678901234567890, 10**400, 1 / 3, float("inf"), float("nan")]


@pytest.mark.parametrize("code", SHOWN)
def test_a_number_is_what_its_format_shows(code: str) -> None:
    assert [(value, shown_number(value, code)) for value, _ in SHOWN[code]] == SHOWN[code]


@pytest.mark.parametrize("value", TOO_LONG)
def test_a_number_too_long_for_its_cell_is_not_shown(value: float) -> None:
    assert shown_number(value, "General") is None


DAYS = {
    "yyyy-mm-dd": True,
    "mm-dd-yy": True,
    "d-mmm-yy": True,
    "d/m/yyyy;@": True,
    r"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy": True,
    'yyyy"年"m"月"d"日"': True,
    "[$-411]ge.m.d": True,
    "mmm-yy": False,
    "d-mmm": False,
    "yyyy": False,
    'yyyy"d"m': False,
    "[$-D070000]d/mm/bbbb": False,
    "General": False,
}


@pytest.mark.parametrize("code", DAYS)
def test_a_date_shows_its_day_its_month_and_its_year_or_not(code: str) -> None:
    assert shows_all_of_a_day(code) is DAYS[code]


TEXTS = {"General": True, "@": True, "0": True, "0;-0;0;@": True, "_(* #,##0_);_(@_)": True, "": True}
TEXTS |= {";;;": False, '"Dr "@': False, '@" kg"': False, '0;0;0;"x"': False, "0;0;0;": False}


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_is_shown_as_it_stands_or_not(code: str) -> None:
    assert shows_text(code) is TEXTS[code]


def formatted(cells: Iterable[tuple[str, Any, str]]) -> Workbook:
    """A workbook of one patient with cells changed to a value and a format."""
    book = book_of([(*HEADER, "surgery-date"), row("T-01")])
    for place, value, code in cells:
        book.active[place].value, book.active[place].number_format = value, code
    return book


def test_leading_zeros_and_units_that_a_format_shows_are_read(path: Path) -> None:
    book = formatted([("A2", 42, "0000"), ("E2", 5, '0" kg"')])
    header, rows = (table := read_table(saved(book, path), "x.xlsx")).header, table.rows
    texts = dict(zip([cell.text for cell in header.cells], [cell.text for cell in rows[0].cells], strict=False))
    assert (texts["id"], texts["limits.lift"]) == ("0042", "5 kg")
    assert read(path) == (["0042"], [])


REFUSED = {
    "12E4": ("A2", 120000, "0.00E+00", OTHER_NUMBER),
    "a number of 18 digits": ("A2", 1.23456789012346e17, "General", OTHER_NUMBER),
    "a number of 20 digits": ("A2", 12345678901234567890, "0", OTHER_NUMBER),
    "a number that is rounded": ("E2", 2.54, '0.0" kg"', OTHER_NUMBER),
    "a part of a whole": ("E2", 0.25, "# ?/?", OTHER_NUMBER),
    "a percentage": ("E2", 0.5, "0%", OTHER_NUMBER),
    "a number that is not shown": ("E2", 5, ";;;", OTHER_NUMBER),
    "a text that is not shown": ("E2", "5 kg", ";;;", OTHER_TEXT),
    "a text with a unit of its format": ("E2", "5", '@" kg"', OTHER_TEXT),
    "a month for a day": ("F2", date(2026, 10, 1), "mmm-yy", PART_OF_A_DAY),
    "5-10 in a limit": ("E2", date(2026, 10, 5), "d-mmm", PART_OF_A_DAY),
    "5-10-26 in a limit": ("E2", date(2026, 10, 5), "mm-dd-yy", A_DATE),
}


@pytest.mark.usefixtures("small_world")
@pytest.mark.parametrize(("place", "value", "code", "said"), REFUSED.values(), ids=REFUSED)
def test_a_cell_that_shows_other_than_it_holds_is_refused(place: str, value: Any, code: str, said: str, run: Run) -> None:
    saved(formatted([(place, value, code)]), Path("patients.xlsx"))
    column = "ABCDEF".index(place[0]) + 1
    assert faults_of(run("pdf", "patients.xlsx", "--content", "content")) == [f"patients.xlsx:2:{column}: {said} [table]"]


def test_a_format_that_only_some_countries_have_built_in_is_refused(path: Path) -> None:
    """31 is `yyyy"年"m"月"d"日"` in Chinese Excel, which does not write the words of it into the file."""
    code = '0" unlike any other"'
    number = (STYLES, lambda text: replaced(text, 'numFmtId="164" fontId', 'numFmtId="31" fontId'))
    assert read(saved(formatted([("A2", 46316, code)]), path, number)) == ([], [f"2:1: {OTHER_NUMBER}"])


def test_a_date_in_the_form_of_any_country_is_read(path: Path) -> None:
    for code in ("mm-dd-yy", "dd.mm.yyyy", 'yyyy"年"m"月"d"日"'):
        table = read_table(saved(formatted([("F2", date(2026, 10, 5), code)]), path), "x.xlsx")
        assert [(cell.text, cell.fault) for cell in table.rows[0].cells[-1:]] == [("2026-10-05", None)]


# Texts ------------------------------------------------------------------------------------------------------------------


def test_what_takes_no_room_in_a_cell_is_not_read(path: Path) -> None:
    goal = "\u200eWalk\u00a0to\u202fthe\u200b pier_x000D_\nand\u200f back\ufeff"
    book = book_of([("id\u200b", "\ufeffcondition", "phase\u00a0", "exercises", "goal"), row("\u2060T-01\u00a0", goal)])
    ((patient,), problems) = read_patients([saved(book, path)])
    assert not problems
    assert (patient.id, patient.goal) == ("T-01", "Walk to the pier and back")


def test_a_line_break_in_a_name_of_a_column_does_not_tear_the_message(path: Path) -> None:
    ids, said = read(saved(book_of([("id", "condition", "pha\nse", "exercises"), row("T-01")[:4]]), path))
    assert not ids
    (line,) = said
    assert line.startswith("1:3: this is not a known column. Did you mean 'phase'? Allowed: ")
    assert line.isprintable()


def test_a_formula_among_the_names_of_the_columns_is_said(path: Path) -> None:
    ids, said = read(saved(book_of([(*HEADER[:4], "=A1"), row("T-01")]), path))
    assert (ids, said) == ([], ["1:5: this cell holds a formula: paste its value instead"])


def test_what_openpyxl_warns_of_is_not_said(path: Path) -> None:
    """Gnumeric's files have no default style; the tests turn a warning into an error, and that into an unreadable file."""
    styles = (STYLES, lambda text: re.sub("<cellStyles.*</cellStyles>", "", text))
    extension = '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"/></extLst></worksheet>'
    sheet = (SHEET, lambda text: replaced(text, "</worksheet>", extension))
    assert read(saved(book_of([HEADER, row("T-01")]), path, styles, sheet)) == (["T-01"], [])


# What is left out does not stop the rest --------------------------------------------------------------------------------


def test_warnings_are_told_and_the_plans_are_made(path: Path) -> None:
    book = book_of([HEADER, row("T-01"), row("T-02")])
    book.active.row_dimensions[3].hidden = True
    told: list[str] = []
    layers = Layers((lay_content(path.parent, "sources.yaml", "glossary.yaml"),))
    plans = plan_handouts([saved(book, path)], layers, date(2026, 11, 21), warn=lambda note: told.append(note.message))
    assert [plan.patient.id for plan in plans] == ["T-01"]
    assert told == [ONE_ROW]


@pytest.mark.pdf
@pytest.mark.usefixtures("small_world")
def test_a_sheet_is_made_for_what_is_shown_and_what_is_not_is_said(run: Run) -> None:
    book = book_of([HEADER, row("T-08"), row("T-09")])
    book.active.row_dimensions[2].hidden = True
    saved(book, Path("patients.xlsx"))
    result = run("pdf", "patients.xlsx", "--content", "content", "--date", "2026-11-21")
    assert result.exit_code == 0, result.output
    assert paths(result.stdout) == ["build/handouts/T-09-2026-11-21.pdf"]
    assert f"patients.xlsx:2:1: {ONE_ROW} [table] (warning)\n" in result.stderr
    assert not Path("build/handouts/T-08-2026-11-21.pdf").exists()


@pytest.mark.usefixtures("small_world")
def test_check_and_a_fault_beside_it_say_what_is_left_out_as_a_warning(run: Run) -> None:
    book = book_of([HEADER, row("T-08"), row("T 9")])
    book.active.row_dimensions[2].hidden = True
    saved(book, Path("patients.xlsx"))
    warning = f"patients.xlsx:2:1: {ONE_ROW} [table] (warning)"
    assert warning in run("check", "patients.xlsx", "--content", "content").stdout.splitlines()
    first, second, count = run("pdf", "patients.xlsx", "--content", "content").stderr.splitlines()
    assert (first, count) == (warning, "1 problem, 1 warning")
    assert second.startswith("patients.xlsx:3:1: id: must be ")
