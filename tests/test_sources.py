"""Sources on request: the last part of a sheet lists what its own pages rest on, and only where it is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.conformance import failed_rules
from support.library import LIBRARY
from support.pdf_structure import bare
from support.sheets import Sheet, make_pdfs
from support.written import ROOT

FUSION = ROOT / "examples" / "post-op-fusion-week-3.yaml"
TITLE = bare("Where this comes from")
SOURCES = LIBRARY.sources


def sheet(out: Path, *arguments: object) -> Sheet:
    """One sheet by these arguments."""
    (pdf,) = make_pdfs(out, *arguments).values()
    return Sheet({}, pdf)


def test_every_source_is_cited_and_none_was_made_by_a_machine() -> None:
    cited = {source.partition("/")[0] for page in LIBRARY.pages() for source in page.sources}
    assert cited == set(SOURCES)
    machines = r"droracle|podwise|digest.*machine|made by a machine"
    assert [tag for tag, source in SOURCES.items() if re.search(machines, f"{source.title} {source.where}")] == []


@pytest.mark.pdf
@pytest.mark.parametrize("layout", ["full", "compact"])
def test_sources_come_last_and_only_those_of_the_sheet(tmp_path: Path, layout: str) -> None:
    made = sheet(tmp_path, FUSION, "--sources", "--layout", layout)
    assert failed_rules(made.pdf) == []
    said = made.text
    listed = said[said.index(TITLE) :]
    assert bare(SOURCES["hou"].title) in listed  # of the phase
    assert bare(SOURCES["wu"].title) not in listed  # of necks
    assert bare("About this sheet") not in listed


@pytest.mark.pdf
def test_a_patient_file_may_ask_for_them(tmp_path: Path) -> None:
    text = FUSION.read_text("utf-8")
    file = tmp_path / "asks.yaml"
    file.write_text(text.replace("print: {", "print: {sources: yes, "), "utf-8")
    assert TITLE in sheet(tmp_path, file).text
    assert TITLE not in sheet(tmp_path / "other", FUSION).text


@pytest.mark.pdf
def test_the_foot_says_where_they_are_or_how_to_get_them(tmp_path: Path) -> None:
    printed, bare_sheet = sheet(tmp_path / "with", FUSION, "--sources"), sheet(tmp_path / "without", FUSION)
    for said, shown in (
        ("The list at the end of this sheet says where they come from.", [True, False]),
        ("We send you the sources if you ask.", [False, True]),
    ):
        assert [bare(said) in made.text for made in (printed, bare_sheet)] == shown


@pytest.mark.pdf
def test_an_emergency_sheet_lists_none_and_offers_them(tmp_path: Path) -> None:
    file = tmp_path / "emergency.yaml"
    file.write_text(FUSION.read_text("utf-8").replace("red-flags: []", "red-flags: [cauda-equina]"), "utf-8")
    said = sheet(tmp_path, file, "--sources").text
    assert TITLE not in said
    assert bare("We send you the sources if you ask.") in said


def test_every_title_can_be_read_by_itself() -> None:
    """It stands in a list for patients: a sentence's beginning, no note to ourselves, and no source is told twice."""
    titles = {tag: source.title for tag, source in SOURCES.items()}
    assert len(set(titles.values())) == len(titles) > 150
    ours = re.compile(r"[^A-Z0-9]|.*(?:\bseed\b|n=|\bsame (?:set|trial|leaflet)|\.$)")
    assert {tag: title for tag, title in titles.items() if ours.match(title)} == {}
    places = {tag: source.where for tag, source in SOURCES.items()}
    assert {tag: place for tag, place in places.items() if re.search(r"\b\w+\.txt\b", place)} == {}, "a file of ours"
