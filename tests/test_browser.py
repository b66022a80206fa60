"""The site in a real browser: accessible, readable at any width, silent, and whole without a script or a network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from screenshots import KINDS, take
from support.browser import until
from support.library import LIBRARY
from support.written import EXAMPLES

from handouts.app.layers import Layers
from handouts.app.site import build_site
from handouts.model import Library
from handouts.site.filters import facets

CONDITION = "post-op/acdf"
SMALLEST = 24  # pixels: WCAG 2.2, 2.5.8


@pytest.fixture(scope="module")
def library() -> Library:
    return LIBRARY


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("browser") / "site"
    build_site(Layers(clinic=EXAMPLES / "clinic.yaml"), out)
    return out


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Iterator[Page]:
    """One page for many quick looks, as wide as a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]


# Every kind of page -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_page_has_an_accessibility_violation(shared: Page, site: Path, kind: str) -> None:
    for scheme in ("light", "dark"):
        shared.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        shared.goto((site / KINDS[kind]).as_uri())
        assert violations(shared) == [], scheme


def test_no_page_of_a_condition_has_an_accessibility_violation(shared: Page, site: Path, library: Library) -> None:
    phases = library.phases_of(CONDITION)
    slugs = {f"exercises/{exercise.slug}" for phase in phases for exercise in library.exercises_of(phase.slug)}
    slugs |= {CONDITION, *(phase.slug for phase in phases)}
    slugs |= {f"topics/{topic.slug}" for topic in library.topics_for(CONDITION)}
    slugs |= {f"red-flags/{flag.slug}" for flag in library.red_flags_for(CONDITION)}
    assert len(slugs) > 40
    for slug in sorted(slugs):
        shared.goto((site / slug / "index.html").as_uri())
        assert violations(shared) == [], slug


def test_a_violation_would_be_found(page: Page) -> None:
    page.set_content('<html lang="en"><title>x</title><main><h1>x</h1><p style="color:#ccc">pale</p></main>')
    assert any("color-contrast" in fault for fault in violations(page))


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_for_nothing_but_files_and_says_nothing_on_the_console(page: Page, site: Path, kind: str) -> None:
    asked, said = listen(page)
    page.goto((site / KINDS[kind]).as_uri())
    assert page.evaluate("document.fonts.check('16px Atkinson')")
    assert said == []
    assert len(asked) >= 3
    assert [url for url in asked if not url.startswith(site.as_uri())] == []


LEFT = "net::ERR_ABORTED"  # the reader went on to the next page


def listen(page: Page) -> tuple[list[str], list[str]]:
    """What a page asks for, and what it says on the console or fails at."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url) if request.failure != LEFT else None)
    return asked, said


WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_reflows_and_its_targets_can_be_hit(browser: Browser, site: Path, kind: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)  # so that we may add a style
    page = context.new_page()
    page.goto((site / KINDS[kind]).as_uri())
    assert page.evaluate(WIDE) <= 0
    small = page.evaluate(
        """least => [...document.querySelectorAll('nav a, .bar a, .doors li, .cards li, .path a, .links a, button, select')]
        .filter(link => link.checkVisibility())
        .map(link => [link.textContent, Math.min(link.getBoundingClientRect().height, link.getBoundingClientRect().width)])
        .filter(([, size]) => size < least)""",
        SMALLEST,
    )
    assert small == []
    page.add_style_tag(content=SPACED)  # WCAG 1.4.12
    assert page.evaluate(WIDE) <= 0
    page.set_viewport_size({"width": 640, "height": 640})
    page.add_style_tag(content="html { font-size: 225% !important }")  # twice our own size: WCAG 1.4.4
    assert page.evaluate(WIDE) <= 0
    context.close()


def test_a_page_that_does_not_reflow_would_be_found(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.set_content("<p style='width: 400px'>x</p>")
    assert page.evaluate(WIDE) > 0
    page.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_prints(page: Page, site: Path, kind: str) -> None:
    page.goto((site / KINDS[kind]).as_uri())
    heading = str(page.get_by_role("heading", level=1).text_content())
    document = pypdfium2.PdfDocument(page.pdf(format="A4"))
    first = document[0].get_textpage().get_text_bounded()
    assert heading in " ".join(first.split())
    assert "Get help" not in first  # what can only be clicked is not printed
    assert "Skip to the text" not in first
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"


def test_pictures_for_those_who_look_are_as_wide_as_the_screen(browser: Browser, site: Path, tmp_path: Path) -> None:
    files = take(browser, site, tmp_path, {"offline": KINDS["offline"]})
    names = ["offline-360-light", "offline-360-dark", "offline-1280-light", "offline-1280-dark"]
    assert [file.stem for file in files] == names
    pixels = [Image.open(file).convert("L") for file in files]
    assert [picture.width for picture in pixels] == [360, 360, 1280, 1280]
    assert [picture.getpixel((2, 2)) > 128 for picture in pixels] == [True, False, True, False]


# Help first ---------------------------------------------------------------------------------------------------------------


def test_the_way_to_help_is_on_the_first_screen_of_every_step(page: Page, site: Path, library: Library) -> None:
    for phase in library.phases.values():
        page.goto((site / phase.slug / "index.html").as_uri())
        box = page.get_by_role("complementary", name="When to get help").bounding_box()
        assert box
        assert box["y"] + box["height"] <= 740, phase.slug


def test_help_stays_in_reach_while_a_page_is_scrolled(page: Page, site: Path) -> None:
    page.goto((site / KINDS["exercise"]).as_uri())
    page.mouse.wheel(0, 3000)
    until(page, "scrollY > 500")
    expect(page.get_by_role("link", name="Get help", exact=True)).to_be_in_viewport()
    page.get_by_role("link", name="Get help", exact=True).click()
    assert page.get_by_role("heading", level=1).text_content() == "When to get help"


# By keyboard --------------------------------------------------------------------------------------------------------------


def test_the_keyboard_reaches_the_text_first(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


SEEN = """() => {
    const active = document.activeElement, whole = active.id === "switch" ? active.labels[0] : active;
    const box = whole.getClientRects()[0];
    const x = Math.min(Math.max(box.left + Math.min(box.width, 20) / 2, 1), innerWidth - 1), y = box.top + box.height / 2;
    const top = document.elementFromPoint(x, y);
    const around = getComputedStyle(whole), after = getComputedStyle(whole, "::after");
    const ring = [around, after].some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
    return [active.tagName + " " + whole.textContent.trim().slice(0, 40), ring, whole === top || whole.contains(top)];
}"""


@pytest.mark.parametrize("kind", ["home", "phase", "exercise", "exercises", "search"])
def test_what_has_the_focus_is_marked_and_not_hidden(page: Page, site: Path, kind: str) -> None:
    page.goto((site / KINDS[kind]).as_uri())
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        what, ring, seen = page.evaluate(SEEN)
        assert ring, what
        assert seen, what
        reached.append(what)
    assert len(reached) > 15


# The moving drawing -------------------------------------------------------------------------------------------------------


def test_the_movement_can_be_paused(page: Page, site: Path) -> None:
    page.goto((site / KINDS["exercise"]).as_uri())
    moving = page.locator(".moving .film")
    assert moving.evaluate("image => image.complete && image.naturalWidth > 0")
    expect(moving).to_be_in_viewport()  # what a reader of the QR code sees first
    frames = {moving.screenshot() for _ in range(6) if page.wait_for_timeout(400) is None}
    assert len(frames) > 1
    page.get_by_role("checkbox", name="Pause the movement").focus()
    page.keyboard.press("Space")
    expect(moving).to_be_hidden()
    paused = page.locator(".moving .paused")
    expect(paused).to_be_visible()
    assert paused.evaluate("image => image.complete && image.naturalWidth > 0")
    assert len({paused.screenshot() for _ in range(3) if page.wait_for_timeout(400) is None}) == 1
    expect(page.locator(".stills img").first).to_be_visible()


def test_nothing_moves_for_who_asked_for_less_motion(page: Page, site: Path) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto((site / KINDS["exercise"]).as_uri())
    expect(page.locator(".moving .film")).to_be_hidden()
    page.get_by_text("Show the movement").click()
    expect(page.locator(".moving .film")).to_be_visible()


# Ways through the site ----------------------------------------------------------------------------------------------------


def test_a_reader_finds_an_exercise_by_following_links_from_home(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    for name in ("Slipped disc in the low back", "Start small", "Prone leg lift"):
        page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    assert page.get_by_role("heading", level=1).text_content() == "Prone leg lift"
    assert page.get_by_role("heading", name="Stop if").is_visible()
    assert page.get_by_role("heading", name="What to do if it hurts").is_visible()


FILTERS = {
    "For": ("cervical", lambda exercise: "cervical" in facets(exercise).conditions),
    "Step": ("lumbar/acute", lambda exercise: "lumbar/acute" in exercise.phases),
    "Position": ("sitting", lambda exercise: exercise.position == "sitting"),
    "What it needs": ("chair", lambda exercise: "chair" in facets(exercise).equipment),
    "Floor": ("no", lambda exercise: facets(exercise).floor == "no"),
    "Time": ("short", lambda exercise: facets(exercise).minutes == "short"),
}


def test_filters_show_what_fits(page: Page, site: Path, library: Library) -> None:
    asked, said = listen(page)
    page.goto((site / "exercises/index.html").as_uri())
    cards, status = page.locator(".cards li:visible"), page.locator(".filters [role=status]")
    every = len(library.exercises)
    assert cards.count() == every
    for label, (value, fits) in FILTERS.items():
        page.get_by_label(label, exact=True).select_option(value)
        count = sum(map(fits, library.exercises.values()))
        assert 0 < count < every
        assert cards.count() == count, label
        expect(status).to_contain_text(str(count))
        page.get_by_role("button", name="Start again").click()
        expect(status).to_have_text(f"All {every} exercises are shown.")
    page.get_by_label("Position", exact=True).select_option("sitting")
    page.get_by_label("What it needs", exact=True).select_option("pool")
    expect(status).to_contain_text("No exercise fits")
    assert page.locator("main h2:visible").count() == 0
    assert said == []
    assert asked


def test_every_choice_of_a_filter_fits_some_exercise(page: Page, site: Path) -> None:
    page.goto((site / "exercises/index.html").as_uri())
    for select in page.locator(".filters select").all():
        for value in select.locator("option").evaluate_all("options => options.map(option => option.value)"):
            select.select_option(value)
            assert page.locator(".cards li:visible").count() > 0, value
        page.get_by_role("button", name="Start again").click()


def test_everything_is_there_without_a_script(browser: Browser, site: Path, library: Library) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto((site / "exercises/index.html").as_uri())
    assert page.locator(".cards li:visible").count() == len(library.exercises)
    assert not page.locator(".filters").is_visible()
    page.goto((site / "index.html").as_uri())
    page.get_by_label("Or look for an exercise or a word").fill("bridge")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=bridge")
    page.get_by_role("link", name="Bridge", exact=True).click()
    assert page.locator("h1").text_content() == "Bridge"
    page.get_by_text("Pause the movement").click()
    expect(page.locator(".moving .film")).to_be_hidden()
    context.close()


# From a server, under a path of its own -----------------------------------------------------------------------------------


class Handler(SimpleHTTPRequestHandler):
    """A plain server of files that answers for a missing address with 404.html, as hosts do."""

    def send_error(self, code: int, *_: Any) -> None:
        body = Path(self.directory, "back/404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("server")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as running:
        address = f"http://127.0.0.1:{running.server_port}/back/"
        build_site(Layers(clinic=EXAMPLES / "clinic.yaml"), folder / "back", address)
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield address
        running.shutdown()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


def test_the_site_works_under_a_path_of_a_server(context: BrowserContext, server: str) -> None:
    page = context.new_page()
    asked, said = listen(page)
    page.goto(server)
    page.get_by_label("Or look for an exercise or a word").fill("bridg")
    page.get_by_role("link", name="Bridge", exact=True).click()
    assert page.url == f"{server}exercises/bridge/index.html"
    page.goto(f"{server}exercises/bridge/")  # the address that a QR code holds
    assert page.get_by_role("heading", level=1).text_content() == "Bridge"
    assert said == []
    assert [url for url in asked if not url.startswith(server)] == []


def test_a_missing_address_gets_a_page_that_leads_on(context: BrowserContext, server: str) -> None:
    page = context.new_page()
    answer = page.goto(f"{server}exercises/no-such/thing/")
    assert answer
    assert answer.status == 404
    assert page.evaluate("document.fonts.check('16px Atkinson')")
    page.get_by_role("main").get_by_role("link", name="Exercises").click()
    assert page.url == f"{server}exercises/index.html"


def test_pages_that_were_read_open_without_a_network(context: BrowserContext, server: str) -> None:
    page = context.new_page()
    page.goto(server)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(f"{server}exercises/bridge/index.html")
    until(page, "navigator.serviceWorker.controller !== null")
    page.reload()  # now that the worker sees what is asked for
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    page.goto(f"{server}exercises/bridge/")
    assert page.get_by_role("heading", level=1).text_content() == "Bridge"
    assert page.locator(".moving .film").evaluate("image => image.naturalWidth > 0")
    page.get_by_role("link", name="Get help", exact=True).click()
    assert page.get_by_role("heading", level=1).text_content() == "When to get help"
    page.goto(f"{server}exercises/walking/index.html")
    assert page.get_by_role("heading", level=1).text_content() == "You are offline"
    page.get_by_role("main").get_by_role("link", name="Search").click()
    page.get_by_label("What are you looking for?").fill("numb")
    expect(page.locator(".results li").first).to_contain_text("numb")
    context.set_offline(False)


def test_the_policy_stops_a_foreign_script(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    stopped = page.evaluate(
        """() => new Promise(done => {
            document.addEventListener("securitypolicyviolation", event => done(event.violatedDirective));
            const script = document.createElement("script");
            script.textContent = "window.foreign = true";
            document.body.append(script);
            setTimeout(() => done("nothing"), 2000);
        })"""
    )
    assert stopped.startswith("script-src")
    assert page.evaluate("window.foreign === undefined")
