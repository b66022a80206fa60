"""A layout is a file: a clinic replaces one of ours or adds its own, and a fault in it is told at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command import Run
from support.pdf_structure import bare, page_texts, structure
from support.written import EXAMPLES, ROOT

LUMBAR = EXAMPLES / "lumbar-subacute-flat-back.yaml"
FULL = (ROOT / "templates" / "layouts" / "full.yaml").read_text("utf-8")


def lay(tmp_path: Path, name: str, text: str) -> str:
    """Lay one layout file over ours; return the folder as the command takes it."""
    path = tmp_path / "own" / "layouts" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return "own"


@pytest.mark.pdf
def test_a_clinic_adds_a_layout_of_one_exercise_a_page(run: Run, tmp_path: Path) -> None:
    own = lay(tmp_path, "calm", FULL.replace("a-page: 3", "a-page: 1").replace("about: ", "about: calm, "))
    assert "calm           calm, the plan on the first page" in run("list", "--layouts", "--templates", own).output
    result = run("pdf", LUMBAR, "--layout", "calm", "--templates", own, "--out", "out")
    assert result.exit_code == 0, result.output
    cards = list(structure(Path("out/EX-01-2026-11-21.pdf").read_bytes()).all("Art"))
    assert len({page for card in cards for page in card.pages}) == len(cards) == 5


@pytest.mark.pdf
def test_a_clinic_replaces_a_layout_of_ours(run: Run, tmp_path: Path) -> None:
    own = lay(tmp_path, "full", FULL.replace("last: [_chart, _next, _topics, _foot]", "last: [_chart, _foot]"))
    assert run("pdf", LUMBAR, "--templates", own, "--out", "out").exit_code == 0
    text = bare("".join(page_texts(Path("out/EX-01-2026-11-21.pdf").read_bytes())))
    assert bare("Your chart") in text
    assert bare("When to move on") not in text


@pytest.mark.pdf
def test_a_layout_for_large_print_is_folded_only_where_its_own_file_says_so(run: Run, tmp_path: Path) -> None:
    own = lay(tmp_path, "leaflet", FULL.replace("large-print: large", "large-print: large\nfolded: yes"))
    folded = run("pdf", LUMBAR, "--layout", "leaflet", "--templates", own, "--out", "one")
    large = run("pdf", LUMBAR, "--layout", "leaflet", "--large-print", "--templates", own, "--out", "two")
    assert "for paper only" in folded.stderr
    assert "for paper only" not in large.stderr
    assert structure(Path("two/EX-01-2026-11-21.pdf").read_bytes()).all("Art"), "tagged: its pages are not folded"


FAULTS = {  # a change of our file, and what is said of it
    ("large-print: large", "large-print: largr"): "large-print: 'largr' is not a known layout. Did you mean 'large'?",
    ("a-page: 3", "a-page: many"): "a-page: must be a whole number",
    ("text: 12.5, note", "text: 2, note"): "text: '2' is out of bounds: 6 to 72 are allowed",
    ("side: 20", "side: 90"): "margins: they leave less than 60 mm of a4 to print on",
    (", letter: {width: 215.9, height: 279.4}", ""): "the key 'letter' is missing",
    ("template: full", "templet: full"): "'templet' is not a known key. Did you mean 'template'?",
    (FULL[FULL.index("  fits:"):], "  fits: []\n"): "fits: the list is empty",
    (FULL[FULL.index("cards:"):], ""): "the key 'cards' is missing",
}  # fmt: skip


@pytest.mark.parametrize("change", FAULTS)
def test_a_fault_in_a_layout_is_told_at_its_line_and_nothing_is_printed(
    run: Run, tmp_path: Path, change: tuple[str, str]
) -> None:
    assert change[0] in FULL
    own = lay(tmp_path, "full", FULL.replace(*change))
    result = run("pdf", LUMBAR, "--templates", own, "--out", "out")
    assert result.exit_code == 1
    assert "own/layouts/full.yaml:" in result.stderr
    assert FAULTS[change] in result.stderr
    assert not (tmp_path / "out").exists()


def test_every_fault_of_every_layout_is_told_in_one_run(run: Run, tmp_path: Path) -> None:
    lay(tmp_path, "full", FULL.replace("a-page: 3", "a-page: 0"))
    own = lay(tmp_path, "calm", FULL.replace("side: 20", "side: twenty"))
    said = run("list", "--layouts", "--templates", own).stderr
    assert "own/layouts/full.yaml" in said
    assert "own/layouts/calm.yaml" in said
