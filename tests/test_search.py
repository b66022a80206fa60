"""The search as readers type: with typos, accents, other words; from the disk, by keyboard, for a screen reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browser import until
from support.library import LIBRARY
from support.written import EXAMPLES

from handouts.app.layers import Layers
from handouts.app.site import build_site
from handouts.site.search import SYNONYMS, search_script

SHOWN = 3  # what a reader looks at before typing again
# What is typed -> what must be among the first three. Tried beside MiniSearch 7.2.0 (prefixes, fuzzy 0.2, every word
# wanted) on the same entries: it found 54 of these 78.
LOOKED_FOR = {
    "bridge": "Bridge",
    "bridg": "Bridge",
    "br\u00eddg\u00e9": "Bridge",
    "brigde": "Bridge",
    "birdge": "Bridge",
    "bird dog": "Bird dog",
    "birddog": "Bird dog",
    "prone leg lift": "Prone leg lift",
    "leg raise": "Prone leg lift",
    "straight leg raise": "Straight leg raise",
    "strech": "Buttock stretch",
    "hamstring strech": "Back-of-thigh stretch",
    "hamstrings": "hamstring",
    "sciatica": "sciatica",
    "siatica": "sciatica",
    "sittin": "Sitting",
    "siting": "Sitting",
    "sit up": "Slow sit-up",
    "situp": "Slow sit-up",
    "sit to stand": "Sit to stand",
    "slipped disk": "What is a slipped disc?",
    "herniated disc": "herniated disc",
    "lifitng": "Lifting",
    "lift": "Lifting",
    "how to lift": "Lifting",
    "sleep": "Sleep",
    "matress": "Sleep",
    "walk": "Walking",
    "walkng": "Walking",
    "wallking": "Walking",
    "swiming": "Swimming",
    "stomach": "Belly bracing",
    "tummy": "Belly bracing",
    "bladder": "Bladder, bowel, or numbness between the legs",
    "blader": "Bladder, bowel, or numbness between the legs",
    "pee": "Bladder, bowel, or numbness between the legs",
    "numb": "Bladder, bowel, or numbness between the legs",
    "chest pain": "Chest pain, or suddenly short of breath",
    "fever": "Wound trouble or fever",
    "scar": "Caring for your scar",
    "wound": "Looking after your wound",
    "drive": "Getting in and out of a car",
    "when can i drive": "When may I drive?",
    "shower": "May I shower or take a bath?",
    "bathe": "May I shower or take a bath?",
    "staris": "May I use stairs?",
    "back to work": "When can I go back to work?",
    "sex": "When may I have sex again?",
    "sports": "When can I do sport again?",
    "car": "Getting in and out of a car",
    "colar": "Wearing a collar",
    "smoking": "Smoking and nicotine",
    "nicotene": "Smoking and nicotine",
    "neck": "Slipped disc in the neck",
    "low back": "Slipped disc in the low back",
    "lower back pain": "Slipped disc in the low back",
    "after surgery": "After spine surgery",
    "fusion": "After fusion of the low back",
    "córe": "Belly bracing",
    "lumbar": "lumbar",
    "diaphragmatic": "diaphragmatic",
    "breathing": "Belly breathing",
    "plank": "Side plank",
    "side plnak": "Side plank",
    "chin tuck": "Chin tuck lying down",
    "log rol": "Log roll in and out of bed",
    "get out of bed": "Getting in and out of bed",
    "flare up": "If it flares up",
    "bike": "Exercise bike",
    "band": "Shoulder row with band",
    "superman": "Swallow",
    "hernia": "Slipped disc in the neck",
    "desk job": "Sitting",
    "painkillers": "Medicines after surgery",
    "toilet": "Bladder, bowel, or numbness between the legs",
    "swallowing": "Swallowing and voice after neck surgery",
    "dizzy": "Lasting dizziness, or trouble seeing or speaking",
    "dizzyness": "Lasting dizziness, or trouble seeing or speaking",
    "weak leg": "Weakness that is new or getting worse",
    "foot drop": "Weakness that is new or getting worse",
    "core": "Belly bracing",
    "glutes": "Buttock squeeze",
    "mattress": "Sleep",
    "phone": "Screens and phone",
    "acdf": "After fusion in the neck (ACDF)",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("search") / "site"
    build_site(Layers(clinic=EXAMPLES / "clinic.yaml"), out)
    return out


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """The page of the search, opened from the disk, its list read."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto((site / "search/index.html").as_uri())
    page.get_by_role("searchbox").focus()
    until(page, "typeof findInSite === 'function'")
    yield page
    context.close()


def found(page: Page, words: str) -> list[str]:
    return list(page.evaluate("words => findInSite(words).map(entry => entry.name)", words))


def test_what_readers_type_is_found(page: Page) -> None:
    answers = {words: found(page, words)[:SHOWN] for words in LOOKED_FOR}
    assert {words: answers[words] for words, name in LOOKED_FOR.items() if name not in answers[words]} == {}


@pytest.mark.parametrize("words", ["", "  ", "?!", "qqqqxyz", "<script>", "\u4f60\u597d"])
def test_what_is_nowhere_finds_nothing(page: Page, words: str) -> None:
    assert found(page, words) == []


def test_every_name_finds_its_own_page_first(page: Page) -> None:
    library = LIBRARY
    names = [noun.name for group in (library.exercises, library.conditions, library.red_flags) for noun in group.values()]
    assert len(names) > 100
    assert [name for name in names if found(page, name)[0] != name] == []


def test_the_beginning_of_a_name_is_enough(page: Page) -> None:
    for exercise in LIBRARY.exercises.values():
        start = exercise.name[: max(4, len(exercise.name) - 3)]
        assert exercise.name in found(page, start)[:SHOWN], start


def test_results_come_as_you_type(page: Page) -> None:
    box, results = page.get_by_role("searchbox"), page.locator(".results li")
    box.press_sequentially("birdd")
    expect(results.first).to_contain_text("Bird dog")
    expect(results.first).to_contain_text("Exercise")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"\d+ results?\."))
    box.fill("qqqqxyz")
    expect(results).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("Nothing found")
    box.fill("")
    expect(page.get_by_role("status")).to_have_text("")


def test_the_keyboard_goes_from_the_box_to_the_page(page: Page) -> None:
    page.get_by_role("searchbox").press_sequentially("leg lift")
    page.keyboard.press("Enter")
    expect(page.locator(".results a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/exercises/*/index.html")
    assert "leg lift" in str(page.get_by_role("heading", level=1).text_content())


def test_a_search_that_cannot_be_loaded_says_so_and_tries_again(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.route("**/find.js", lambda route: route.abort())
    page.goto((site / "index.html").as_uri())
    page.get_by_role("searchbox").fill("bridge")
    expect(page.get_by_role("status")).to_contain_text("does not answer")
    page.unroute("**/find.js")
    page.get_by_role("searchbox").fill("bridg")
    expect(page.locator(".results li").first).to_contain_text("Bridge")
    page.close()


def test_a_word_leads_to_its_place_in_the_glossary(page: Page) -> None:
    page.get_by_role("searchbox").fill("lumbar")
    page.locator(".results").get_by_role("link", name="lumbar", exact=True).click()
    expect(page.locator("#word-lumbar")).to_be_in_viewport()
    expect(page.locator("#word-lumbar")).to_contain_text("low back")


def test_a_question_leads_to_its_answer(page: Page) -> None:
    page.get_by_role("searchbox").fill("stairs")
    page.locator(".results").get_by_role("link", name="May I use stairs?").click()
    expect(page.get_by_role("heading", name="May I use stairs?")).to_be_in_viewport()
    assert page.url.endswith("post-op/index.html#question-stairs")


def test_a_search_from_home_shows_its_results_there_or_on_the_page_of_the_search(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.get_by_role("searchbox").fill("strech")
    expect(page.locator(".results li").first).to_contain_text("stretch")
    page.goto((site / "search/index.html").as_uri() + "?q=blader")
    expect(page.locator(".results")).to_contain_text("Bladder")
    page.close()


def test_the_list_names_only_pages_that_are_there(site: Path) -> None:
    said = entries(site)
    assert len(said) > 350
    for _, folder, *_ in said:
        path, _, anchor = folder.partition("#")
        text = (site / path / "index.html").read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in text, folder


def entries(site: Path) -> list[list[str]]:
    text = (site / "search.js").read_text("utf-8")
    said: Mapping[str, list[list[str]]] = json.loads(text.removeprefix("var siteIndex = ").removesuffix(";\n"))
    return said["entries"]


def test_nothing_for_therapists_is_in_the_list() -> None:
    library = LIBRARY
    script = search_script(library)
    for exercise in library.exercises.values():
        for tag in re.findall(r"\[(seed-[abc])\]", exercise.therapist.markdown):
            assert tag not in script


def test_a_word_that_means_another_leads_to_something(page: Page) -> None:
    assert [word for word in SYNONYMS if not found(page, word)] == []
