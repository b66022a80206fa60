"""The sheet for a screen: one file, whole by itself, in a real browser."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser, Page
from support import written
from support.command import Run
from support.pdf_structure import bare, page_texts, texts
from support.privacy import OWN, PATIENT, Outcome, given, run_alone, tells
from support.sheets import PATIENTS, blank_edges, plain, timed

from handouts.cli import main

EXAMPLES = {
    "card a step": written.EXAMPLES / "lumbar-subacute-flat-back.yaml",
    "limits": written.EXAMPLES / "post-op-acdf-week-8.yaml",
    "Spanish": written.EXAMPLES / "es-lumbar-acute.yaml",
    "large": written.EXAMPLES / "lumbar-late-large-curve.yaml",
    "draft": PATIENTS / "draft.yaml",
    "emergency": PATIENTS / "emergency.yaml",
}
WIDTHS = (360, 1280)
SMALLEST = 24  # pixels: WCAG 2.2, 2.5.8
OVERLAYS = {  # what a clinic lays over ours, to lose or hide the red flags
    "no part": ("handout/screen.html", "{% extends 'bundled/handout/screen.html' %}{% block red_flags %}{% endblock %}"),
    "a comment": (
        "handout/screen.html",
        "{% extends 'bundled/handout/screen.html' %}{% block red_flags %}<!-- {{ super() }} -->{% endblock %}",
    ),
    "a hidden part": (
        "handout/screen.html",
        "{% extends 'bundled/handout/screen.html' %}{% block red_flags %}<div hidden>{{ super() }}</div>{% endblock %}",
    ),
    "a style": ("style/screen.css", "{% include 'bundled/style/screen.css' %} .stop { display: none }"),
    "a style for screens": ("style/screen.css", "@media screen { .stop { visibility: hidden } }"),
    "tiny letters": ("style/screen.css", "{% include 'bundled/style/screen.css' %} .stop * { font-size: 3px }"),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The file of each example."""
    made = {}
    for name, path in EXAMPLES.items():
        out = tmp_path_factory.mktemp("screen")
        result = CliRunner().invoke(main, ["pdf", str(path), "--format", "html", "--out", str(out)])
        assert result.exit_code == 0, result.output
        (made[name],) = out.glob("*.html")
    return made


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def show(page: Page, file: Path, width: int = 360) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(file.as_uri())


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_accessibility_violation(page: Page, files: Mapping[str, Path], name: str) -> None:
    for width in WIDTHS:
        show(page, files[name], width)
        found = Axe().run(page).response
        assert len(found["passes"]) > 10
        assert [(fault["id"], node["html"][:120]) for fault in found["violations"] for node in fault["nodes"]] == []


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_nothing_is_wider_than_the_window(page: Page, files: Mapping[str, Path], name: str, width: int) -> None:
    show(page, files[name], width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_something_too_wide_would_be_found(page: Page, files: Mapping[str, Path]) -> None:
    show(page, files["limits"])
    page.evaluate("document.querySelector('main').style.minWidth = '900px'")
    assert page.evaluate("document.documentElement.scrollWidth") > 360


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_asks_for_nothing_and_has_its_font_style_and_drawings(page: Page, files: Mapping[str, Path], name: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    show(page, files[name])
    assert [url for url in asked if not url.startswith(("data:", files[name].as_uri()))] == []
    assert said == []
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Atkinson'))")
    assert page.evaluate("getComputedStyle(document.querySelector('.stop')).borderTopWidth") == "4px"
    pictures = page.evaluate("[...document.images].map(one => one.complete && one.naturalWidth > 0 && one.alt.length > 5)")
    assert all(pictures)
    assert bool(pictures) != (name == "emergency")


# The chart --------------------------------------------------------------------------------------------------------------

CELLS = ".ticks td > input"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["card a step", "Spanish", "large"])
def test_every_cell_of_the_chart_can_be_hit_and_says_what_it_is(
    page: Page, files: Mapping[str, Path], name: str, width: int
) -> None:
    show(page, files[name], width)
    boxes = page.evaluate(f"[...document.querySelectorAll('{CELLS}')].map(one => one.getBoundingClientRect().toJSON())")
    assert len(boxes) == page.locator(".ticks td").count() > 7
    assert [box for box in boxes if box["width"] < SMALLEST or box["height"] < SMALLEST] == []
    said = page.evaluate(f"[...document.querySelectorAll('{CELLS}')].map(one => one.ariaLabel)")
    assert len(set(said)) == len(said)
    last = "Semana 1, día 7: peor dolor, de 0 a 10" if name == "Spanish" else "Week 1, day 7: worst pain, 0 to 10"
    assert last in said
    assert page.get_by_label(last, exact=True).count() == 1
    assert page.evaluate(f"[...document.querySelectorAll('{CELLS}')].every(one => one.inputMode == 'numeric')")
    assert page.locator("label, form").count() == 0


def test_the_chart_is_filled_in_by_keyboard_row_by_row(page: Page, files: Mapping[str, Path]) -> None:
    show(page, files["card a step"])
    page.locator(CELLS).first.focus()
    for number in range(1, 9):
        page.keyboard.type(str(number))
        page.keyboard.press("Tab")
    typed = page.evaluate(f"[...document.querySelectorAll('{CELLS}')].map(one => [one.name, one.value])")
    assert typed[:7] == [[f"week-1-exercise-1-day-{day}", str(day)] for day in range(1, 8)]
    assert typed[7:9] == [["week-1-exercise-2-day-1", "8"], ["week-1-exercise-2-day-2", ""]]
    focused = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert focused == "solid", "where one is can be seen"
    page.keyboard.type("12345")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.value") == "1234", "and nothing is sent"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_is_typed_is_on_the_printed_page_and_gone_with_the_page(page: Page, files: Mapping[str, Path]) -> None:
    warning = "What you type is gone when you close this page: print the page to keep it."
    show(page, files["card a step"])
    assert page.get_by_text(warning).is_visible()
    page.locator(CELLS).nth(3).fill("6+6")
    document = pypdfium2.PdfDocument(page.pdf())
    printed = "".join(one.get_textpage().get_text_bounded() for one in document)
    assert "6+6" in printed
    assert plain(warning) not in plain(printed)
    page.reload()
    assert page.evaluate(f"[...document.querySelectorAll('{CELLS}')].every(one => one.value == '')")


def test_an_emergency_sheet_has_nothing_to_type_in(page: Page, files: Mapping[str, Path]) -> None:
    show(page, files["emergency"])
    assert page.locator("input, .typed").count() == 0


def test_its_policy_stops_requests_scripts_and_foreign_styles(page: Page, files: Mapping[str, Path], tmp_path: Path) -> None:
    bad = '<img src="https://elsewhere.example/x.png"><script>document.title = "run"</script><style>h1{color:red}</style>'
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text(files["limits"].read_text("utf-8").replace("</main>", bad + "</main>"), "utf-8")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    show(page, spoilt)
    assert page.title() == "Your exercise sheet"
    assert len([text for text in said if "Content Security Policy" in text]) == 3
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<form action=x.html><button>x</button></form>')")
    with page.expect_console_message(lambda message: "form-action" in message.text, timeout=5000):
        page.evaluate("document.querySelector('form').requestSubmit()")


@pytest.mark.parametrize("name", EXAMPLES)
def test_its_frame_is_what_a_screen_reader_expects(page: Page, files: Mapping[str, Path], name: str) -> None:
    show(page, files[name])
    spanish = name == "Spanish"
    assert page.evaluate("document.documentElement.lang") == ("es" if spanish else "en")
    assert page.locator("h1").count() == page.locator("main").count() == page.locator("footer").count() == 1
    assert page.evaluate("[...document.querySelectorAll('th')].every(one => one.scope)")
    if name != "emergency":
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "exercises"


def ending(patient: Mapping[str, Any]) -> str:
    """What the names of the content files of a patient's language end with."""
    language = patient.get("language", "en")
    return "" if language == "en" else f".{language}"


def own_flags(patient: Mapping[str, Any]) -> list[written.Page]:
    """The red flags that a patient's sheet prints, in the language of the sheet."""
    folder = written.CONTENT / "red-flags"
    return [written.page(folder / f"{flag.slug}{ending(patient)}.md") for flag in written.red_flags(patient)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_red_flag_and_step_can_be_seen(page: Page, files: Mapping[str, Path], name: str) -> None:
    patient = written.patient(EXAMPLES[name])
    show(page, files[name])
    seen = plain(page.evaluate("document.body.innerText"))
    signs = [sign for flag in own_flags(patient) for sign in flag.lists["Signs"]]
    if name != "emergency":
        assert len(signs) > 10
        assert [sign for sign in signs if plain(sign) not in seen] == []
        assert page.locator("article").count() == page.locator(".steps").count() > 1
    assert "911" in seen or "112" in seen


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_telephone_number_can_be_called_from_where_it_stands(page: Page, files: Mapping[str, Path], name: str) -> None:
    show(page, files[name])
    clinic = written.clinic()
    numbers = {clinic["phone"]: "tel:5550100", clinic["emergency"]: "tel:112"}
    links = page.evaluate("[...document.links].filter(a => a.protocol === 'tel:').map(a => [a.textContent, a.href])")
    assert dict(links) == numbers
    rest = page.evaluate("document.querySelectorAll('a').forEach(a => a.remove()) || document.body.innerText")
    assert [number for number in numbers if re.search(rf"\b{number}\b", rest)] == []


@pytest.mark.parametrize("kind", OVERLAYS)
def test_a_template_that_loses_or_hides_red_flags_is_refused(run: Run, tmp_path: Path, kind: str) -> None:
    name, text = OVERLAYS[kind]
    given(tmp_path, f"templates/{name}", text)
    arguments = ["--templates", "given/templates", "--format", "html", "--out", "out"]
    refused = run("pdf", EXAMPLES["limits"], *arguments)
    assert refused.exit_code == 1
    said = "hides" if kind == "tiny letters" else "leaves out"
    assert f"{said} a red flag that every sheet prints" in refused.stderr
    assert not (tmp_path / "out").exists()


def test_a_template_that_asks_for_a_foreign_picture_is_refused(run: Run, tmp_path: Path) -> None:
    picture = '<img alt="x" src="https://x.example/x.png">'
    overlay = f"{{% extends 'bundled/handout/screen.html' %}}{{% block foot %}}{picture}{{% endblock %}}"
    given(tmp_path, "templates/handout/screen.html", overlay)
    refused = run("pdf", EXAMPLES["limits"], "--templates", "given/templates", "--format", "html", "--out", "out")
    assert refused.exit_code == 1
    assert "the handout asks for" in refused.stderr


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--encrypt", (), "cannot be locked"), ("--layout", ("fridge",), "one layout"), ("--paper", ("a4",), "no paper")],
)
def test_what_a_screen_cannot_obey_is_a_usage_error(run: Run, option: str, value: tuple[str, ...], said: str) -> None:
    refused = run("pdf", EXAMPLES["limits"], "--format", "html", option, *value)
    assert refused.exit_code == 2
    assert said in refused.stderr


def test_the_same_input_gives_the_same_bytes_readable_by_whom_it_should(run: Run, tmp_path: Path) -> None:
    for out, share, mode in (("one", [], 0o600), ("two", ["--share"], 0o640)):
        said = run("pdf", EXAMPLES["limits"], "--format", "html", "--out", out, *share)
        assert said.stdout.strip() == f"{out}/EX-06-2026-11-21.html"
        assert stat.S_IMODE((tmp_path / said.stdout.strip()).stat().st_mode) == mode
    assert (tmp_path / "one/EX-06-2026-11-21.html").read_bytes() == (tmp_path / "two/EX-06-2026-11-21.html").read_bytes()


# Printed from a browser ----------------------------------------------------------------------------------------------------

MM = 72 / 25.4  # points


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", ["card a step", "limits", "Spanish"])
def test_a_browser_prints_it_within_its_margins_in_letters_to_read_and_cards_whole(
    page: Page, files: Mapping[str, Path], name: str, paper: str
) -> None:
    patient = written.patient(EXAMPLES[name])
    show(page, files[name])
    pdf = page.pdf(format=paper)
    assert [number for number, edges in enumerate(blank_edges(pdf), 1) if min(edges) < 19.5 * MM] == []
    assert {round(run.size, 1) for run in texts(pdf) if run.text.strip() and run.size < 11.9} == set()
    pages = [bare(text) for text in page_texts(pdf)]
    for chosen in written.chosen(patient):
        card = written.exercise(f"{chosen['exercise']}{ending(patient)}")
        source = written.exercise(chosen["exercise"])
        mine = {entry for heading in ("Steps", "You should feel", "Watch out") for entry in source.lines(heading, patient)}
        pairs = zip(chain(*source.lists.values()), chain(*card.lists.values()), strict=False)
        parts = [timed(plain(said)) for english, said in pairs if english in mine and "tiempo indicado" not in said]
        (own,) = [timed(text) for text in pages if plain(card.front["aim"]) in text]
        assert len(parts) > 5
        assert [part for part in parts if part not in own] == [], card.slug


def test_a_browser_prints_white_letters_on_black(page: Page, files: Mapping[str, Path]) -> None:
    """It leaves out backgrounds unless the page asks for them: the head of the red flags would be white on white."""
    show(page, files["limits"])
    document = pypdfium2.PdfDocument(page.pdf(format="A4"))
    pixels = document[0].render(scale=1, grayscale=True).to_numpy().squeeze()
    document.close()
    black = [row for row in pixels if (row < 60).sum() > 100 * MM]
    assert len(black) > 6 * MM, "its frame alone is thinner"


# The name ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("alone")
    return run_alone(folder, "pdf", given(folder, "patient.yaml", PATIENT), "--out", "out", "--format", "html")


def test_only_the_body_of_the_file_tells_the_patients_words(canary: Outcome) -> None:
    assert canary.code == 0, canary.said
    (file,) = (canary.folder / "out").glob("*.html")
    assert file.name == "C-1-2026-11-21.html"
    head, _, body = file.read_text("utf-8").partition("</head>")
    assert [word for word in OWN if word not in body] == []
    assert not tells(head.encode())
    assert not any(tells(mark.encode()) for mark in re.findall(r"<[^>]*>", body)), "in no attribute"
    record = (canary.folder / "out/C-1-2026-11-21.plan.yaml").read_bytes()
    telling = [path for name in canary.telling_files() if (path := canary.folder / name).is_file()]
    assert {path.read_bytes() for path in telling} <= {file.read_bytes(), record}
    assert not tells(canary.said)
    assert (canary.folder / "keep" / "network").read_text("utf-8") == ""
    assert list((canary.folder / "tmpdir").iterdir()) == []
