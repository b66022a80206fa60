"""The site in a real browser, opened from the disk: accessible, readable at any width, silent, and without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from handouts.build import Layers, build_site

KINDS = {
    "home": "index.html",
    "condition": "lumbar/index.html",
    "operations": "post-op/index.html",
    "phase": "lumbar/subacute/index.html",
    "phase after surgery": "post-op/acdf/protect/index.html",
    "exercises": "exercises/index.html",
    "exercise": "exercises/prone-leg-lift/index.html",
    "topics": "topics/index.html",
    "topic": "topics/lifting/index.html",
    "red flags": "red-flags/index.html",
    "red flag": "red-flags/cauda-equina/index.html",
    "about": "about/index.html",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("browser") / "site"
    build_site(Layers(), out)
    return out


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_page_has_an_accessibility_violation(page: Page, site: Path, kind: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto((site / KINDS[kind]).as_uri())
    assert violations(page) == []


def test_a_violation_would_be_found(page: Page) -> None:
    page.set_content('<html lang="en"><title>x</title><main><h1>x</h1><p style="color:#ccc">pale</p></main>')
    assert any("color-contrast" in fault for fault in violations(page))


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_for_nothing_but_files_and_says_nothing_on_the_console(page: Page, site: Path, kind: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.goto((site / KINDS[kind]).as_uri())
    assert page.evaluate("document.fonts.check('16px Atkinson')")
    assert said == []
    assert len(asked) >= 2
    assert [url for url in asked if not url.startswith(site.as_uri())] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_reflows_at_320_pixels_and_its_targets_can_be_hit(page: Page, site: Path, kind: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto((site / KINDS[kind]).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.evaluate(
        """[...document.querySelectorAll('nav a, .choices a, .help-box a, .path a')]
        .map(link => [link.textContent, link.getBoundingClientRect().height]).filter(([, height]) => height < 24)"""
    )
    assert small == []


def test_the_keyboard_reaches_the_text_first(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_a_reader_finds_an_exercise_by_following_links_from_home(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    for name in ("Slipped disc in the low back", "Start small", "Prone leg lift"):
        page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    assert page.get_by_role("heading", level=1).text_content() == "Prone leg lift"
    assert page.get_by_role("heading", name="Stop if").is_visible()


def test_a_page_prints_without_its_navigation(page: Page, site: Path) -> None:
    page.goto((site / KINDS["exercise"]).as_uri())
    page.emulate_media(media="print")
    assert not page.locator(".top nav").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
