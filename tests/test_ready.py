"""General sheets: one a phase and paper, of nobody, made once, and offered by the site."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from support.conformance import failed_rules, verapdf
from support.library import LIBRARY
from support.pdf_structure import bare, page_texts
from support.written import EXAMPLES

from handouts.app import general_sheets as general_sheets_module
from handouts.app.general_sheets import PAPERS, general_sheets
from handouts.app.layers import Layers
from handouts.app.site import build_site
from handouts.files import cache as disk_cache
from handouts.model import Library, SheetFile
from handouts.pictures.picture_files import PictureFile
from handouts.planning.general import general_plan
from handouts.render.sheet import Sheet
from handouts.render.templates import Templates

PHASES = ("lumbar/acute", "post-op/fusion/protect")
SIZES = {"a4": (595, 842), "letter": (612, 792)}


@pytest.fixture(scope="module")
def library() -> Library:
    return LIBRARY


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Layers().environment()


@pytest.fixture(scope="module")
def few(library: Library) -> Library:
    return replace(library, phases={slug: library.phases[slug] for slug in PHASES})


@pytest.fixture(scope="module")
def sheets(few: Library, templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[SheetFile, ...]]:
    cache = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk_cache, "cache_folder", lambda: cache)
        return general_sheets(few, templates)


def blank_pdf() -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(file)
    return file.getvalue()


def test_every_phase_has_a_plan_that_starts_low_and_is_nobodys(library: Library) -> None:
    assert len(library.phases) == 36
    for phase in library.phases.values():
        plan = general_plan(phase, library)
        assert plan.items, phase.slug
        assert plan.general
        assert not plan.draft
        assert plan.patient.name is plan.patient.therapist is plan.patient.goal is None
        assert all(value is None for _, value in plan.limits), "a limit is a blank line"
        assert {key for key, _ in plan.limits} >= set(phase.limits)
        first = phase.order == 1
        for item in plan.items:
            given = item.exercise.dose
            assert item.ladder == ()
            for number, span in ((item.dose.reps, given.reps), (item.dose.hold, given.hold)):
                # A later phase is for people who can do what the one before it asked for.
                assert number == (span and span.low) if first or not span else span.low <= (number or 0) <= span.high
            assert phase.slug in item.exercise.phases, f"{item.exercise.slug} needs a therapist's yes"


def test_there_is_one_sheet_a_paper_with_its_size_and_pages(sheets: dict[str, tuple[SheetFile, ...]]) -> None:
    assert sorted(sheets) == sorted(PHASES)
    for files in sheets.values():
        assert [file.name for file in files] == ["sheet-a4.pdf", "sheet-letter.pdf"]
        for paper, file in zip(PAPERS, files, strict=True):
            document = pypdfium2.PdfDocument(file.pdf)
            assert file.pages == len(document)
            assert [round(side) for side in document[0].get_size()] == list(SIZES[paper])
            assert file.kilobytes == -(-len(file.pdf) // 1000)


def test_a_sheet_says_that_it_is_general(sheets: dict[str, tuple[SheetFile, ...]]) -> None:
    for files in sheets.values():
        text = "".join(bare(page) for page in page_texts(files[0].pdf))
        assert "Generalsheet,foranyoneinthisstep" in text
        assert "Thissheetwasnotmadeforoneperson" in text
        assert "foryoualone.Please" not in text
        assert "raft" not in text
        assert not re.search(r"Date\d", text), "the day is written by hand"


@pytest.mark.pdf
def test_the_sheets_are_accessible(sheets: dict[str, tuple[SheetFile, ...]], tmp_path: Path) -> None:
    pdfs = {f"{slug.replace('/', '-')}-{file.name}": file.pdf for slug, files in sheets.items() for file in files}
    assert {name: failed_rules(pdf) for name, pdf in pdfs.items()} == {name: [] for name in pdfs}
    assert verapdf(pdfs, tmp_path) == {name: [] for name in pdfs}


def test_what_was_made_is_recalled_and_what_changed_is_made_anew(
    few: Library, templates: Templates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def make(sheets: Sequence[Sheet], executor: object) -> list[bytes]:
        made.extend(sheet.html for sheet in sheets)
        return [blank_pdf() for _ in sheets]

    monkeypatch.setattr(disk_cache, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(general_sheets_module, "make_documents", make)
    steps: list[int] = []
    first = general_sheets(few, templates, None, lambda: steps.append(1))
    assert len(made) == len(steps) == 4
    assert general_sheets(few, templates) == first
    assert len(made) == 4
    other = replace(few, clinic=few.clinic.model_copy(update={"phone": "555-0199"}))
    general_sheets(other, templates)
    assert len(made) == 8
    assert "555-0199" in made[-1]
    logo = PictureFile(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    general_sheets(few, templates, logo=logo)
    assert len(made) == 12
    assert logo.name in made[-1]


def test_a_clinics_logo_stands_on_its_general_sheets(tmp_path: Path) -> None:
    clinic = (EXAMPLES / "clinic.yaml").read_text("utf-8")
    (tmp_path / "clinic.yaml").write_text(f"{clinic}\nlogo: logo.svg\n", "utf-8")
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', "utf-8")
    given: list[PictureFile | None] = []
    site = tmp_path.with_name("logo-site")
    build_site(Layers((tmp_path,)), site, make_sheets=lambda *made_of: given.append(made_of[-1]) or {})
    (logo,) = given
    assert logo
    assert logo.data == (tmp_path / "logo.svg").read_bytes()


def test_a_phase_page_offers_its_sheets(tmp_path: Path, sheets: dict[str, tuple[SheetFile, ...]]) -> None:
    build_site(Layers(clinic=EXAMPLES / "clinic.yaml"), tmp_path / "site", make_sheets=lambda *_: sheets)
    folder = tmp_path / "site" / "lumbar" / "acute"
    page = (folder / "index.html").read_text("utf-8")
    for file in sheets["lumbar/acute"]:
        assert (folder / file.name).read_bytes() == file.pdf
        offered = rf'href="{file.name}"[^>]*>Sheet on {file.paper} paper</a>.*PDF, {file.pages} pages, {file.kilobytes} kB'
        assert re.search(offered, page)
    other = (tmp_path / "site" / "lumbar" / "late" / "index.html").read_text("utf-8")
    assert "A sheet to print" not in other
