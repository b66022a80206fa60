"""A row of CSV or XLSX is a patient like a YAML file: the same plan, the same faults, said by row and column."""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula
from support.command import Run
from support.faults import SECRETS, SMALL, TESTS, cases, faults_of, lay_content, offered, replaced
from support.workbooks import with_part

from handouts.app.layers import Layers
from handouts.app.plans import plan_handouts
from handouts.content.loader import load_library
from handouts.errors import ProblemsError
from handouts.files.tables import read_table
from handouts.model import Library, Plan
from handouts.patients.reader import columns, read_patient_file
from handouts.planning.resolve import resolve

TABLES = TESTS / "fixtures" / "tables"
TODAY = date(2026, 11, 21)
HEADER = ("id", "condition", "phase", "exercises")
GOOD = ("T-03", "lumbar", "early", "hall-walk")

SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"

Cells = Sequence[Sequence[Any]]


def xlsx_bytes(rows: Cells) -> bytes:
    """A workbook; empty texts are empty cells."""
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value != "":
                book.active.cell(number, column, value)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def write_xlsx(path: Path, rows: Cells) -> None:
    path.write_bytes(xlsx_bytes(rows))


def with_shared_texts(data: bytes) -> bytes:
    """An XLSX file with its texts in a list of their own, as Excel saves it (openpyxl puts them into the cells)."""
    texts: list[str] = []

    def share(found: re.Match[str]) -> str:
        texts.append(found[1])
        return f't="s"><v>{len(texts) - 1}</v>'

    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    override = f'<Override PartName="/{TEXTS}" ContentType="{kind}"/></Types>'
    link = f'<Relationship Id="rId99" Type="{relation}" Target="/{TEXTS}"/></Relationships>'
    data = with_part(data, SHEET, lambda text: re.sub(r't="inlineStr"><is><t>(.*?)</t></is>', share, text))
    entries = "".join(f"<si><t>{text}</t></si>" for text in texts)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = with_part(data, TEXTS, lambda text: f'<sst xmlns="{main}">{entries}</sst>')
    data = with_part(data, "[Content_Types].xml", lambda text: replaced(text, "</Types>", override))
    return with_part(data, "xl/_rels/workbook.xml.rels", lambda text: replaced(text, "</Relationships>", link))


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


# The same patient, however it is written ------------------------------------------------------------------------------------

TEXT = (TABLES / "patients.csv").read_text("utf-8")


ROWS = read_csv(TEXT)


def csv_text(rows: Cells, separator: str = ",") -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue()


def typed(text: str) -> Any:
    """A cell as a spreadsheet program turns it into a value of its own."""
    if text in ("yes", "no"):
        return text == "yes"
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


WRITTEN: Mapping[str, tuple[str, bytes]] = {
    "CSV with commas": (".csv", TEXT.encode()),
    "CSV with semicolons": (".csv", csv_text(ROWS, ";").encode()),
    "CSV that names its separator": (".csv", ("sep=;\r\n" + csv_text(ROWS, ";")).encode("utf-8-sig")),
    "CSV that names a separator of its own": (".csv", ('"sep=|"\n' + csv_text(ROWS, "|")).encode()),
    "CSV with tabs": (".csv", csv_text(ROWS, "\t").encode()),
    "TSV": (".tsv", csv_text(ROWS, "\t").encode()),
    "an ending in capitals": (".CSV", TEXT.encode()),
    "CSV with a byte order mark": (".csv", TEXT.encode("utf-8-sig")),
    "CSV with the line ends of Windows": (".csv", TEXT.replace("\n", "\r\n").encode()),
    "CSV with the line ends of an old Mac": (".csv", TEXT.replace("\n", "\r").encode()),
    "CSV in UTF-16": (".csv", csv_text(ROWS, "\t").encode("utf-16")),
    "CSV in UTF-16, big end first": (".csv", b"\xfe\xff" + TEXT.encode("utf-16-be")),
    "CSV with its columns in another order": (".csv", csv_text([row[::-1] for row in ROWS]).encode()),
    "XLSX": (".xlsx", xlsx_bytes(ROWS)),
    "XLSX with a list of its texts": (".xlsx", with_shared_texts(xlsx_bytes(ROWS))),
    "XLSX with dates and truth values": (".xlsx", xlsx_bytes([[typed(text) for text in row] for row in ROWS])),
}


def plan_of(path: Path) -> Plan:
    (patient,) = read_patient_file(path)
    return resolve(patient, load_library([SMALL]), TODAY)


def decided(plan: Plan) -> dict[str, Any]:
    """Every field of a plan and its reasons, but not where its patient's words stood."""
    values = {field.name: getattr(plan, field.name) for field in fields(plan) if field.compare} | {"reasons": plan.reasons}
    return {**values, "patient": plan.patient.model_dump(exclude={"document"})}


@pytest.mark.parametrize(("ending", "data"), WRITTEN.values(), ids=WRITTEN)
def test_a_row_gives_the_same_plan_as_a_yaml_file(ending: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"patients{ending}"
    path.write_bytes(data)
    expected = decided(plan_of(TABLES / "patient.yaml"))
    assert len(expected["items"]) == 3
    assert expected["limits"] == (("lift", "5 kg"), ("sit", None))
    assert decided(plan_of(path)) == expected


def test_every_key_of_a_patient_file_has_its_column() -> None:
    nested = {"findings": 7, "limits": 16, "print": 6}
    for key, count in nested.items():
        assert sum(name.startswith(f"{key}.") for name in columns()) == count
        assert key not in columns()
    assert set(ROWS[0]) < set(columns())


def test_numbers_are_read_as_they_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "patients.xlsx"
    book = xlsx_bytes([(*HEADER, "limits.lift"), (42, *GOOD[1:], 5), (43, *GOOD[1:], 2.5)])
    path.write_bytes(with_part(book, SHEET, lambda text: replaced(text, "<v>5</v>", "<v>5.0</v>")))  # as some programs do
    assert [(patient.id, patient.limits.named()["lift"]) for patient in read_patient_file(path)] == [
        ("42", "5"),
        ("43", "2.5"),
    ]


# Faults ----------------------------------------------------------------------------------------------------------------


def write_table(path: Path, text: str) -> None:
    if path.suffix == ".xlsx":
        write_xlsx(path, read_csv(text))
    else:
        path.write_text(text, "utf-8")


def each_kind() -> Iterable[Any]:
    for case in cases("tables"):
        (table,) = case.values
        for kind in ("csv", "xlsx"):
            if table.get("only", kind) == kind:
                yield pytest.param(table, f"patients.{kind}", id=f"{case.id}, {kind}")


@dataclass(frozen=True)
class Loaded(Layers):
    """Content that is read once for all cases: what each case reads anew is its table."""

    read: Library | None = None

    def library(self) -> Library:
        assert self.read
        return self.read


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The small content over the shipped one."""
    content = lay_content(tmp_path_factory.mktemp("small"), "sources.yaml", "glossary.yaml")
    return Loaded(read=Layers((content,)).library())


@pytest.mark.parametrize(("case", "name"), list(each_kind()))
def test_every_fault_of_a_table_is_said_at_its_row_and_column(
    case: Mapping[str, Any], name: str, loaded: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_table(Path(name), case["table"])
    said: list[str] = []
    try:
        assert len(plan_handouts([Path(name)], loaded, TODAY)) == 1
    except ProblemsError as error:
        said = str(error).splitlines()
    assert not [word for word in SECRETS if word in "".join(said).lower()]
    assert said == [f"{name}:{line.replace('<file>', name)}" for line in offered(case["said"], loaded)]


@pytest.mark.usefixtures("small_world")
@pytest.mark.parametrize("name", ["patients.csv", "patients.xlsx"])
def test_a_faulty_table_makes_no_sheet_at_all(name: str, run: Run) -> None:
    write_table(Path(name), csv_text([(*HEADER, "name"), (*GOOD, "Pippa"), ("T-04", "lumbar", "erly", "hall-walk", "Pippa")]))
    assert faults_of(run("pdf", name, "--content", "content")) == [
        f"{name}:3:3: phase: 'erly' is not a known phase of lumbar. Did you mean 'early'? Allowed: acute, early, keep, late,"
        " later, subacute. [phase]"
    ]


FORMULA = "this cell holds a formula: paste its value instead"
A_TIME = "the spreadsheet turned this into a time: format the cell as text and type it again"
A_DATE = "the spreadsheet turned this into a date: format the cell as text and type it again"
CHANGED_BY_SPREADSHEETS = {
    "a formula": ("limits.lift", "=1+4", FORMULA),
    "a formula of the new kind": ("limits.lift", ArrayFormula("E3", "=1+4"), FORMULA),
    "the error of a formula": ("limits.lift", "#REF!", "this cell holds an error of the spreadsheet: type its value again"),
    "1:30 turned into a time": ("limits.sit", time(1, 30), A_TIME),
    "30:00 turned into a time over a day": ("limits.sit", timedelta(hours=30), A_TIME),
    "a date with a time": ("limits.sit", datetime.combine(date(2026, 5, 10), time(1, 30)), A_TIME),
    "5-10 turned into a date": ("limits.lift", date(2026, 5, 10), A_DATE),
}


@pytest.mark.usefixtures("small_world")
@pytest.mark.parametrize(("column", "value", "said"), CHANGED_BY_SPREADSHEETS.values(), ids=CHANGED_BY_SPREADSHEETS)
def test_what_a_spreadsheet_changed_unseen_is_refused(column: str, value: Any, said: str, run: Run) -> None:
    write_xlsx(Path("patients.xlsx"), [(*HEADER, column), GOOD, ("T-04", *GOOD[1:], value)])
    said = f"patients.xlsx:3:5: {said} [table]"
    assert faults_of(run("pdf", "patients.xlsx", "--content", "content")) == [said]


@pytest.mark.usefixtures("small_world")
def test_the_line_that_names_the_separator_is_counted(run: Run) -> None:
    Path("patients.csv").write_text("sep=;\nid;condition;phase\nT-03;lumbar;early;x\n", "utf-8")
    said = "patients.csv:3:4: there is no column name above this cell [column]"
    assert faults_of(run("pdf", "patients.csv", "--content", "content")) == [said]


@pytest.mark.usefixtures("small_world")
def test_an_id_that_became_a_date_is_refused(run: Run) -> None:
    write_xlsx(Path("patients.xlsx"), [HEADER, (date(2026, 2, 1), *GOOD[1:])])
    assert faults_of(run("pdf", "patients.xlsx", "--content", "content")) == [f"patients.xlsx:2:1: {A_DATE} [table]"]


# Files that are no tables --------------------------------------------------------------------------------------------------


def with_flipped_bits(data: bytes, part: str) -> bytes:
    """An XLSX file with one of its parts damaged on the disk, so that its checksum is wrong."""
    info = zipfile.ZipFile(io.BytesIO(data)).getinfo(part)
    name, extra = struct.unpack("<HH", data[info.header_offset + 26 : info.header_offset + 30])
    middle = info.header_offset + 30 + name + extra + info.compress_size // 2
    return data[:middle] + bytes(byte ^ 0xFF for byte in data[middle : middle + 8]) + data[middle + 8 :]


BOOK = xlsx_bytes([HEADER, GOOD])
UNREADABLE = "is not a readable XLSX file: save it again, or save it as CSV"
NO_WORKBOOKS = {
    "text": b"id,condition\n",
    "the old format of Excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
    "cut in half": BOOK[: len(BOOK) // 2],
    "a ZIP file of something else": with_part(BOOK, "[Content_Types].xml", lambda text: "<Types/>"),
    "a sheet that is no XML": with_part(BOOK, SHEET, lambda text: "no sheet"),
    "a sheet that breaks off": with_part(BOOK, SHEET, lambda text: text[: text.rindex("</row>")]),
    "a sheet that is damaged on the disk": with_flipped_bits(BOOK, SHEET),
    "texts that are missing": with_part(with_shared_texts(BOOK), TEXTS, lambda text: text.partition("<si>")[0] + "</sst>"),
}


@pytest.mark.usefixtures("small_world")
@pytest.mark.parametrize("data", NO_WORKBOOKS.values(), ids=NO_WORKBOOKS)
def test_a_damaged_workbook_is_refused(data: bytes, run: Run) -> None:
    Path("patients.xlsx").write_bytes(data)
    assert faults_of(run("pdf", "patients.xlsx", "--content", "content")) == [f"patients.xlsx:1:1: {UNREADABLE} [table]"]


@pytest.mark.usefixtures("small_world")
@pytest.mark.parametrize(("row", "column"), [(20_001, 1), (1, 201)], ids=["rows", "columns"])
def test_a_workbook_with_too_many_rows_or_columns_is_refused(row: int, column: int, run: Run) -> None:
    book = openpyxl.Workbook()
    for number, texts in enumerate((HEADER, GOOD), 1):
        for place, text in enumerate(texts, 1):
            book.active.cell(number, place, text)
    book.active.cell(row, column, "x")
    book.save("patients.xlsx")
    assert faults_of(run("pdf", "patients.xlsx", "--content", "content")) == [
        "patients.xlsx:1:1: is too large: at most 20000 rows and 200 columns are read [table]"
    ]


# Not every program that writes XLSX says rightly how far its sheet reaches.
WRONG_SIZES = {"too small": '<dimension ref="A1"/>', "missing": ""}


@pytest.mark.parametrize("size", WRONG_SIZES.values(), ids=WRONG_SIZES)
def test_no_patient_is_lost_where_the_sheet_is_wrong_about_its_size(size: str, tmp_path: Path) -> None:
    path = tmp_path / "patients.xlsx"
    book = xlsx_bytes([HEADER, GOOD, ("T-04", *GOOD[1:])])
    path.write_bytes(with_part(book, SHEET, lambda text: replaced(text, '<dimension ref="A1:D3"/>', size)))
    assert [patient.id for patient in read_patient_file(path)] == ["T-03", "T-04"]


@pytest.mark.parametrize("size", WRONG_SIZES.values(), ids=WRONG_SIZES)
def test_too_many_rows_are_refused_whatever_the_sheet_says_of_its_size(size: str, tmp_path: Path) -> None:
    path = tmp_path / "patients.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A20001"] = "id", "T-03"
    book.save(path)
    data = with_part(path.read_bytes(), SHEET, lambda text: replaced(text, '<dimension ref="A1:A20001"/>', size))
    path.write_bytes(data)
    with pytest.raises(ProblemsError) as caught:
        read_table(path, "patients.xlsx")
    assert str(caught.value) == "patients.xlsx:1:1: is too large: at most 20000 rows and 200 columns are read [table]"


def test_a_csv_table_with_too_many_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "patients.csv"
    path.write_text("id\n" + "T-03\n" * 20_000, "utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_table(path, "patients.csv")
    assert str(caught.value) == "patients.csv:1:1: is too large: at most 20000 rows and 200 columns are read [table]"


@pytest.mark.usefixtures("small_world")
def test_a_workbook_that_unpacks_to_fill_the_memory_is_refused(run: Run) -> None:
    archive = zipfile.ZipFile("patients.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open(SHEET, "w") as part:
        for _ in range(201):
            part.write(bytes(1_000_000))
    assert faults_of(run("pdf", "patients.xlsx", "--content", "content")) == [
        "patients.xlsx:1:1: unpacks to 201,000,000 bytes: at most 200,000,000 are read [table]"
    ]


NO_CSV = {
    "empty": (b"", "1:1: is empty [file]"),
    "blank": (b"\n\n", "1:1: is empty: the first row names the columns [table]"),
    "binary": (b"id,\0\n", "1:1: is a binary file, not a CSV table [table]"),
    "Latin-1": (
        b"id,goal\nT-03,Walk to the pi\xe9r\n",
        "2:1: is not UTF-8 text: in Excel, save as 'CSV UTF-8 (comma delimited)' [table]",
    ),
    "Latin-1 at the start of a row, after a byte order mark": (
        b"\xef\xbb\xbfgoal,id\n\xe9,T-03\n",
        "2:1: is not UTF-8 text: in Excel, save as 'CSV UTF-8 (comma delimited)' [table]",
    ),
}


@pytest.mark.usefixtures("small_world")
@pytest.mark.parametrize(("data", "said"), NO_CSV.values(), ids=NO_CSV)
def test_a_csv_file_that_is_no_text_is_refused(data: bytes, said: str, run: Run) -> None:
    Path("patients.csv").write_bytes(data)
    assert faults_of(run("pdf", "patients.csv", "--content", "content")) == [f"patients.csv:{said}"]
