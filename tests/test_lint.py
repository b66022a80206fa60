"""The checker: each rule has a folder with a page it lets pass, a page it does not, and exactly what it says of that."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from support.command import Run
from support.library import LIBRARY

from handouts.content.loader import load_library
from handouts.errors import display_path
from handouts.lint.readability import sentences, spanish_ease, spanish_syllables, syllables
from handouts.lint.rules import RULES, lint, name_of

FIXTURES = Path(__file__).parent / "lint"
BASE = FIXTURES / "base"
TODAY = date(2026, 11, 21)
NAMES = sorted(name_of(rule) for rule in RULES)


def named(path: Path) -> str:
    """The test's name for a page: `side-words/bad-each`."""
    return f"{path.parent.name}/{path.stem}"


def said_of(page: Path, folder: Path) -> list[str]:
    """What the checker says of a page laid over the small content tree in `base`, where its first comment puts it."""
    text = page.read_text("utf-8")
    place = re.search(r"^# at: (.+)$", text, re.MULTILINE)
    assert place, f"{page} does not say where it goes"
    target = folder / place[1]
    target.parent.mkdir(parents=True)
    target.write_text(text, "utf-8")
    problems = sorted(lint(load_library([BASE, folder]), TODAY))
    said = [f"{problem}{' (warning)' if problem.warning else ''}".replace(str(target), page.name) for problem in problems]
    return [line.replace(f"{display_path(BASE)}/", "") for line in said]


def test_every_rule_has_its_folder_and_every_folder_its_rule() -> None:
    assert sorted(path.name for path in FIXTURES.iterdir() if path != BASE) == NAMES


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_every_rule_gives_an_author_its_reason(rule: object) -> None:
    assert len((rule.__doc__ or "").split()) > 8


@pytest.mark.parametrize("page", sorted(FIXTURES.glob("*/ok*.md")), ids=named)
def test_a_page_without_the_fault_is_left_in_peace(page: Path, tmp_path: Path) -> None:
    assert said_of(page, tmp_path) == []


@pytest.mark.parametrize("page", sorted(FIXTURES.glob("*/bad*.md")), ids=named)
def test_a_page_with_the_fault_is_told_where_and_why(page: Path, tmp_path: Path) -> None:
    expected = page.with_suffix(".out").read_text("utf-8").splitlines()
    assert {re.findall(r"\[([a-z-]+)\](?: \(warning\))?$", line)[0] for line in expected} == {page.parent.name}
    assert said_of(page, tmp_path) == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_both_pages(name: str) -> None:
    assert {"ok.md", "bad.md", "bad.out"} <= {path.name for path in (FIXTURES / name).iterdir()}


def test_the_small_tree_under_the_fixtures_has_no_fault_of_its_own() -> None:
    assert lint(load_library([BASE]), TODAY) == []


def test_the_shipped_content_is_clean_with_every_rule_on(run: Run) -> None:
    result = run("check", "--strict")
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.fixture
def faulty(run: Run, tmp_path: Path) -> Path:
    """A clinic's overlay with one error (nine steps) and one warning (a link that leads one way)."""
    folder = tmp_path / "mine" / "exercises" / "strengthening"
    folder.mkdir(parents=True)
    nine = (FIXTURES / "too-many-steps" / "bad.md").read_text("utf-8")
    (folder / "nine-steps.md").write_text(nine.replace("contra", "easier: [walking]\ncontra"), "utf-8")
    return tmp_path / "mine"


def test_json_holds_every_part_of_a_problem(run: Run, faulty: Path) -> None:
    result = run("check", "--format", "json", "--content", "mine")
    assert result.exit_code == 1
    path = str(Path("mine/exercises/strengthening/nine-steps.md"))
    assert json.loads(result.stdout) == [
        {
            "path": path,
            "line": 11,
            "column": 10,
            "message": "easier: 'walking' does not name 'nine-steps' under 'harder': links go both ways",
            "rule": "one-way-link",
            "warning": True,
        },
        {
            "path": path,
            "line": 30,
            "column": 4,
            "message": "this is step 8 of 9: at most 7",
            "rule": "too-many-steps",
            "warning": False,
        },
    ]


def test_only_strict_fails_on_warnings_alone(run: Run, faulty: Path) -> None:
    page = faulty / "exercises" / "strengthening" / "nine-steps.md"
    page.write_text(re.sub(r"8\. .+\n9\. .+\n", "", page.read_text("utf-8")), "utf-8")
    lenient, strict = run("check", "--content", "mine"), run("check", "--strict", "--content", "mine")
    assert lenient.stdout == strict.stdout
    assert lenient.stdout.endswith("links go both ways [one-way-link] (warning)\n")
    assert (lenient.exit_code, strict.exit_code) == (0, 1)


def test_the_glossary_is_long_and_its_plain_words_are_plain() -> None:
    glossary = LIBRARY.glossary
    assert len(glossary) >= 60
    clinical = re.compile(rf"\b(?:{'|'.join(glossary)})s?\b")
    assert {term: plain for term, plain in glossary.items() if clinical.search(plain)} == {}


def test_a_clinic_lays_its_own_glossary_over_ours(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "glossary.yaml").write_text("buttock: bottom\n", "utf-8")
    result = run("check", "--content", "mine")
    assert result.exit_code == 0
    assert "is a clinical word: write 'bottom', or explain it on this page [clinical-word]" in result.stdout


def test_a_faulty_glossary_is_refused_at_its_lines(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    lines = ["lumbar: low back", "Prone: face down", "supine:", "flex: [bend]", "rom2: range", "gait: ' '"]
    (tmp_path / "mine" / "glossary.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    result = run("check", "--content", "mine")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "mine/glossary.yaml:2:1: 'Prone' must be a word or words in small letters, as it stands in a text [key]",
        "mine/glossary.yaml:3:8: supine: must be the plain words for it [value]",
        "mine/glossary.yaml:4:7: flex: must be the plain words for it [value]",
        "mine/glossary.yaml:5:1: 'rom2' must be a word or words in small letters, as it stands in a text [key]",
        "mine/glossary.yaml:6:7: gait: must be the plain words for it [value]",
    ]


def test_an_empty_glossary_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text("{}\n", "utf-8")
    assert lint(load_library([BASE, tmp_path]), TODAY) == []


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("knee", 1), ("moved", 1), ("rested", 2), ("little", 2), ("tables", 2), ("pushes", 2), ("moves", 1), ("safely", 2),
        ("carries", 2), ("easier", 3), ("playing", 2), ("muscle", 2), ("usual", 3), ("medial", 3), ("rotation", 3),
        ("exercise", 3), ("rehabilitation", 6), ("idea", 3), ("therapist's", 3), ("hip-width", 2), ("20", 1), ("the", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("y", 1), ("pie", 1), ("muy", 1), ("rey", 1), ("día", 2), ("guía", 2), ("guion", 1), ("que", 1), ("ahora", 3),
        ("ayuda", 3), ("viuda", 2), ("aéreo", 4), ("cuidado", 3), ("pingüino", 3), ("ejercicio", 4), ("oído", 3), ("baúl", 2),
        ("rodillas", 3), ("columna", 3), ("hormigueo", 4), ("adormecimiento", 6), ("Uruguay", 3), ("20", 1),
    ],
)  # fmt: skip
def test_spanish_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert spanish_syllables(word) == count


def test_spanish_ease_is_what_the_formula_says() -> None:
    found = list(sentences("Camine despacio. ¿Le duele la pierna? «Pare.» Llame hoy a la clínica."))
    words = ["Camine despacio.", "¿Le duele la pierna?", "«Pare.", "Llame hoy a la clínica."]
    assert [sentence.text for sentence in found] == words
    syllables_said, words_said = 3 + 3 + 1 + 2 + 1 + 2 + 2 + 2 + 1 + 1 + 1 + 3, 12
    assert spanish_ease(found) == pytest.approx(206.84 - 60 * syllables_said / words_said - 1.02 * words_said / 4)


def test_a_sentence_ends_where_a_reader_pauses() -> None:
    text = "Do this (it helps). Wait e.g. a day. It is 38.5 °C now! Ask Dr. Example. 2 days later: “Stop.” Rest"
    assert [sentence.text for sentence in sentences(text)] == [
        "Do this (it helps).",
        "Wait e.g. a day.",
        "It is 38.5 °C now!",
        "Ask Dr. Example.",
        "2 days later: “Stop.",
        "Rest",
    ]
    assert all(text[sentence.at :].startswith(sentence.text) for sentence in sentences(text))
