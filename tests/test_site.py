"""The site as files: every page there, every link leading somewhere, nothing from elsewhere, no script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from handouts.build import Layers, draw_all
from handouts.model import Library
from handouts.site import render_site


class Page(HTMLParser):
    """What a page links to, which ids and headings it has, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.tags: list[str] = []
        self.words: list[str] = []
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append(tag)
        self.links.extend(str(attributes[name]) for name in ("href", "src") if name in attributes)
        self.ids.extend([str(attributes["id"])] if "id" in attributes else [])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "html":
            self.language = str(attributes.get("lang"))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def library() -> Library:
    return Layers().library()


@pytest.fixture(scope="module")
def files(library: Library) -> Mapping[str, bytes]:
    return render_site(library, Layers().environment(), draw_all(library))


@pytest.fixture(scope="module")
def pages(files: Mapping[str, bytes]) -> Mapping[str, Page]:
    return {path: Page(data.decode()) for path, data in files.items() if path.endswith(".html")}


def broken_links(pages: Mapping[str, Page], files: Mapping[str, bytes]) -> list[str]:
    broken = []
    for path, page in pages.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            reached = normpath(join(dirname(path), target)) if target else path
            if reached not in files or (anchor and anchor not in pages[reached].ids):
                broken.append(f"{path}: {link}")
    return broken


def test_every_noun_of_the_library_has_a_page(library: Library, pages: Mapping[str, Page]) -> None:
    wanted = {f"{slug}/index.html" for slug in (*library.conditions, *library.phases)}
    wanted |= {f"exercises/{slug}/index.html" for slug in library.exercises}
    wanted |= {f"topics/{slug}/index.html" for slug in library.topics}
    wanted |= {f"red-flags/{slug}/index.html" for slug in library.red_flags}
    assert wanted < pages.keys()
    assert len(pages) == len(wanted) + 5  # home, exercises, topics, red flags, about


def test_every_link_leads_to_a_page_of_the_site(pages: Mapping[str, Page], files: Mapping[str, bytes]) -> None:
    assert sum(len(page.links) for page in pages.values()) > 500
    assert broken_links(pages, files) == []


def test_a_broken_link_would_be_found(files: Mapping[str, bytes]) -> None:
    page = Page('<a href="../nowhere/index.html">x</a><a href="#lost">y</a>')
    assert broken_links({"a/index.html": page}, files) == ["a/index.html: ../nowhere/index.html", "a/index.html: #lost"]


def test_every_page_is_reached_from_home(pages: Mapping[str, Page]) -> None:
    reached, todo = set(), ["index.html"]
    while todo:
        path = todo.pop()
        if path in pages and path not in reached:
            reached.add(path)
            todo.extend(normpath(join(dirname(path), link.partition("#")[0])) for link in pages[path].links)
    assert reached == pages.keys()


def test_no_page_has_a_script_or_anything_from_elsewhere(pages: Mapping[str, Page], files: Mapping[str, bytes]) -> None:
    for path, page in pages.items():
        assert not {"script", "iframe", "object", "embed", "form"} & set(page.tags), path
        assert not [link for link in page.links if "//" in link or link.startswith("/")], path
    assert "//" not in re.sub(r"/\*.*?\*/", "", files["style/site.css"].decode(), flags=re.S)


def test_every_page_has_one_main_heading_and_skips_no_level(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        assert page.headings.count(1) == 1, path
        assert page.headings[0] == 1, path
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), path
        assert page.language == "en", path
        assert len(page.ids) == len(set(page.ids)), path


def test_an_exercise_page_holds_its_words_and_none_of_the_therapists(library: Library, files: Mapping[str, bytes]) -> None:
    for exercise in library.exercises.values():
        text = plain(files[f"exercises/{exercise.slug}/index.html"].decode())
        for section in (exercise.steps, exercise.feel, exercise.watch_out, exercise.stop_if):
            for item in section.items:
                assert plain(item) in text, exercise.slug
        for line in exercise.therapist.items or (exercise.therapist.markdown,):
            assert plain(line)[:60] not in text, exercise.slug


def test_the_red_flags_are_one_click_away_and_on_every_phase_page(library: Library, pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        assert any(link.endswith("red-flags/index.html") for link in page.links), path
    for phase in library.phases.values():
        links = pages[f"{phase.slug}/index.html"].links
        for flag in library.red_flags_for(phase.condition):
            assert any(link.endswith(f"red-flags/{flag.slug}/index.html") for link in links), phase.slug


def test_every_page_says_that_its_content_awaits_review(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        assert "await" in "".join(page.words), path
        assert "review by a licensed physiotherapist" in " ".join("".join(page.words).split()), path


def test_a_named_reviewer_is_printed_instead(library: Library) -> None:
    exercise = library.exercises["walking"].model_copy(update={"reviewer": "Robin Reviewer, PT"})
    changed = {**library.exercises, "walking": exercise}
    files = render_site(library.__class__(**{**vars(library), "exercises": changed}), Layers().environment(), {})
    text = files["exercises/walking/index.html"].decode()
    assert "Reviewed by Robin Reviewer, PT." in text
    assert "awaits review" not in text


def plain(text: str) -> str:
    """Words as a reader sees them, whatever the quotes and the Markdown."""
    text = unescape(re.sub(r"<[^>]*>|[*_`]", "", text))
    return " ".join(re.sub("[\u2018\u2019'\"\u201c\u201d]", "", text).split()).replace(" - ", " ")


def test_the_site_holds_the_fonts_that_its_style_names(files: Mapping[str, bytes]) -> None:
    names = re.findall(r"url\(([^)]+)\)", files["style/site.css"].decode())
    assert len(names) == 2
    assert all(files[f"style/{name}"][:4] == b"\0\1\0\0" for name in names)


def test_the_same_content_gives_the_same_site(library: Library, files: Mapping[str, bytes], tmp_path: Path) -> None:
    assert render_site(library, Layers().environment(), draw_all(library)) == files


def test_an_exercise_with_a_figure_shows_each_of_its_panels(library: Library, files: Mapping[str, bytes]) -> None:
    drawn = [exercise for exercise in library.exercises.values() if exercise.figure]
    assert len(drawn) >= 16
    for exercise in drawn:
        page = files[f"exercises/{exercise.slug}/index.html"].decode()
        for number, panel in enumerate(exercise.figure.panels, 1):
            assert f'<img src="{number}.svg" alt="Drawing {number} of {len(exercise.figure.panels)}: ' in page
            svg = files[f"exercises/{exercise.slug}/{number}.svg"].decode()
            assert svg.startswith("<svg")
            assert "<title>" in svg
            assert len(svg) < 20_000
            assert not re.search(r"href|<script|<image|url\(", svg), exercise.slug
            assert plain(panel.caption) in plain(page)


def test_no_drawing_says_how_long_to_hold(library: Library) -> None:
    for slug, drawing in draw_all(library).items():
        assert not [panel for panel in drawing.panels if re.search(r">\d+ (?:s|min)<", panel)], slug
