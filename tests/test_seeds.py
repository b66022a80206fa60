"""The seed map: each of the 123 points of the founding documents has a place in the library that really says it."""

from __future__ import annotations

import re

import pytest
from support.written import ROOT

from handouts.files.markdown import split_front_matter
from handouts.files.yaml_reader import parse_yaml
from handouts.planning.rules import RULES

CONTENT = ROOT / "content"
Entry = dict[str, str]
SEEDS: dict[str, Entry] = parse_yaml((CONTENT / "seeds.yaml").read_text("utf-8"), "seeds.yaml").data


def numbered(letter: str, first: int, last: int) -> list[str]:
    return [f"{letter}{number:02}" for number in range(first, last + 1)]


IDS = numbered("A", 1, 49) + numbered("B", 1, 18) + numbered("C", 1, 56)
# Figures 20-1 to 20-15, then the six drills of figure 20-16.
FIGURES = {seed: f"seed-a/20-{min(number, 16)}" for number, seed in enumerate(numbered("A", 24, 44), 1)}
ARTICLE = numbered("C", 13, 17) + numbered("C", 21, 25) + numbered("C", 29, 31) + numbered("C", 48, 50)
EXERCISES = [*FIGURES, *ARTICLE]


def front_matter(path: str) -> str:
    return (CONTENT / path).read_text("utf-8").split("\n---\n")[0]


def section(path: str, heading: str) -> str:
    """The text below a heading of a content file, or its front matter; raises LookupError."""
    if not path.endswith(".md") or not (CONTENT / path).is_file():
        raise LookupError(f"there is no {path}")
    if heading == "front matter":
        return front_matter(path)
    _, sections = split_front_matter((CONTENT / path).read_text("utf-8"), path)
    found = [section.markdown for section in sections if section.heading == heading]
    if not found:
        raise LookupError(f"{path} has no heading '{heading}'")
    return found[0]


def text_at(where: str) -> str:
    """What stands at a place such as `education/weight.md#More` or `rule R7`; raises LookupError."""
    if not where.startswith("rule "):
        return section(*where.partition("#")[::2])
    if where.removeprefix("rule ") not in RULES:
        raise LookupError(f"there is no {where}")
    return RULES[where.removeprefix("rule ")].__doc__ or ""


def plain(text: str) -> str:
    """The words as they are read: no list marks, no emphasis, straight quotes, white space folded."""
    text = re.sub(r"^ *(?:[-*]|\d+\.) +", "", text, flags=re.MULTILINE)
    return " ".join(text.translate(str.maketrans("‘’“”", "''\"\"", "*_")).split())


def fault(entry: Entry) -> str | None:
    """What is wrong with an entry of the map; None where its place says its words."""
    try:
        text = text_at(entry["where"])
    except LookupError as error:
        return str(error)
    said = re.search(rf"(?<!\w){re.escape(plain(entry['says']))}(?!\w)", plain(text))
    return None if said else f"{entry['where']} does not say '{entry['says']}'"


def file_of(seed: str) -> str:
    return SEEDS[seed]["where"].partition("#")[0]


def test_the_map_holds_all_123_items_in_order_and_no_other() -> None:
    assert list(SEEDS) == IDS
    assert [sum(seed.startswith(letter) for seed in SEEDS) for letter in "ABC"] == [49, 18, 56]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_item_has_a_place_that_says_it(seed: str) -> None:
    assert list(SEEDS[seed]) == ["item", "where", "says"]
    assert all(SEEDS[seed].values())
    assert len(SEEDS[seed]["says"].split()) >= 3
    assert fault(SEEDS[seed]) is None


@pytest.mark.parametrize(
    ("where", "says", "problem"),
    [
        ("education/weight.md#In short", "Any walking is worse than none.", "does not say"),
        ("education/weight.md#In short", "ny walking is better tha", "does not say"),
        ("education/weight.md#More", "Any walking is better than none.", "does not say"),
        ("exercises/extension/prone-leg-lift.md#front matter", "hold: 6-11 s", "does not say"),
        ("exercises/extension/prone-leg-lift.md#front matter", "Hold for your set time.", "does not say"),
        ("rule R7", "arch the belly", "does not say"),
        ("rule R99", "arch the back", "there is no rule R99"),
        ("education/weight.md#Elsewhere", "Any walking is better than none.", "has no heading 'Elsewhere'"),
        ("education/weight.md", "Any walking is better than none.", "has no heading ''"),
        ("education/height.md#In short", "Any walking is better than none.", "there is no education/height.md"),
    ],
)
def test_a_wrong_place_or_phrase_is_found(where: str, says: str, problem: str) -> None:
    assert problem in (fault({"where": where, "says": says}) or "")


def test_line_breaks_list_marks_emphasis_and_smart_quotes_do_not_hide_a_phrase() -> None:
    assert plain("1. Lift *two*\n   fingers’ width.\n2. Rest.") == "Lift two fingers' width. Rest."


def test_each_of_the_37_exercises_has_a_file_of_its_own() -> None:
    files = {file_of(seed) for seed in EXERCISES}
    assert len(EXERCISES) == len(files) == 37
    assert all(file.startswith("exercises/") for file in files)


@pytest.mark.parametrize(("seed", "figure"), FIGURES.items())
def test_an_exercise_of_the_first_document_names_its_figure(seed: str, figure: str) -> None:
    assert re.search(rf"^sources: \[{figure}[,\]]", front_matter(file_of(seed)), re.MULTILINE)


@pytest.mark.parametrize("seed", ARTICLE)
def test_an_exercise_of_the_third_document_names_it(seed: str) -> None:
    assert re.search(r"^sources: \[seed-c[,\]]", front_matter(file_of(seed)), re.MULTILINE)


@pytest.mark.parametrize("seed", numbered("A", 24, 38))
def test_the_dose_of_figures_1_to_15_stands_on_each_of_them(seed: str) -> None:
    assert "reps: 6-20, hold: 6-10 s," in front_matter(file_of(seed))


@pytest.mark.parametrize("seed", numbered("A", 40, 43))
def test_waist_drills_2_to_5_are_done_on_both_sides(seed: str) -> None:
    assert "\nside: each\n" in front_matter(file_of(seed))
