"""The site as files: every page there, every link leading somewhere, nothing from elsewhere, valid, and light."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath

import html5lib
import pytest
import yaml
from support.command import Run
from support.library import LIBRARY
from support.written import EXAMPLES

from handouts.app.layers import Layers
from handouts.model import Library
from handouts.pictures.drawings import draw_all
from handouts.pictures.site import ExercisePictures, site_pictures
from handouts.site.render import render_site

BASE = "https://clinic.example/back/"
LIGHT = 150_000  # bytes a page with its pictures
ALONE = {"404.html", "offline/index.html"}  # no page leads there: a server or a browser shows them


class Page(HTMLParser):
    """What a page links to, which ids and headings it has, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.tags: list[str] = []
        self.words: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.inline: list[str] = []  # attributes that hold a script or a style
        self.meta: dict[str, str] = {}
        self.language = ""
        self.data = ""
        self._script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append(tag)
        self.links.extend(str(attributes[name]) for name in ("href", "src", "action") if name in attributes)
        self.inline.extend(name for name in attributes if name == "style" or name.startswith("on"))
        self._script = tag == "script"
        if tag == "script":
            self.scripts.append(attributes)
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property") or attributes.get("http-equiv")
            self.meta[str(name)] = str(attributes.get("content"))
        self.ids.extend([str(attributes["id"])] if "id" in attributes else [])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "html":
            self.language = str(attributes.get("lang"))

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    def handle_data(self, data: str) -> None:
        if self._script:
            self.data += data
        else:
            self.words.append(data)


@pytest.fixture(scope="module")
def library() -> Library:
    return LIBRARY


@pytest.fixture(scope="module")
def pictures(library: Library) -> Mapping[str, ExercisePictures]:
    return site_pictures(library, previews=True)


@pytest.fixture(scope="module")
def files(library: Library, pictures: Mapping[str, ExercisePictures]) -> Mapping[str, bytes]:
    return render_site(library, Layers().environment(), pictures)


@pytest.fixture(scope="module")
def online(library: Library, pictures: Mapping[str, ExercisePictures]) -> Mapping[str, bytes]:
    """The same site with an address."""
    return render_site(library, Layers().environment(), pictures, BASE)


@pytest.fixture(scope="module")
def pages(files: Mapping[str, bytes]) -> Mapping[str, Page]:
    return {path: Page(data.decode()) for path, data in files.items() if path.endswith(".html")}


def broken_links(pages: Mapping[str, Page], files: Mapping[str, bytes]) -> list[str]:
    broken = []
    for path, page in pages.items():
        for link in page.links:
            if link.startswith("tel:"):
                continue
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
    fixed = {"index.html", "404.html"}
    fixed |= {
        f"{name}/index.html"
        for name in ("exercises", "topics", "red-flags", "search", "glossary", "for-therapists", "about", "offline")
    }
    assert pages.keys() == wanted | fixed


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
    assert reached == pages.keys() - ALONE


def test_no_page_has_anything_from_elsewhere(pages: Mapping[str, Page], files: Mapping[str, bytes]) -> None:
    for path, page in pages.items():
        assert not {"iframe", "object", "embed", "style", "base"} & set(page.tags), path
        assert not [link for link in page.links if "//" in link or link.startswith("/")], path
    for name in ("style/site.css", "site.js", "find.js", "service-worker.js"):
        text = re.sub(r"/\*.*?\*/|// .*", "", files[name].decode(), flags=re.S if name.endswith("css") else 0)
        assert "//" not in text, name


def test_every_page_has_a_policy_and_obeys_it(pages: Mapping[str, Page]) -> None:
    (policy,) = {page.meta["Content-Security-Policy"] for page in pages.values()}
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert {value for name, value in rules.items() if name != "default-src"} == {"'self'", "'none'"}
    for path, page in pages.items():
        assert page.inline == [], path
        own = [script for script in page.scripts if script.get("type") != "application/ld+json"]
        assert [str(script["src"]).rpartition("/")[2] for script in own] == ["site.js"], path


def test_every_page_has_one_main_heading_and_skips_no_level(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        assert page.headings.count(1) == 1, path
        assert page.headings[0] == 1, path
        assert page.meta["description"], path
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
        flags = library.red_flags_for(phase.condition)
        named = [flag for flag in flags if any(link.endswith(f"red-flags/{flag.slug}/index.html") for link in links)]
        assert {flag.slug for flag in flags if flag.urgency == "emergency"} <= {flag.slug for flag in named}, phase.slug
        if len(named) < len(flags):
            assert f"All {len(flags)} signs" in " ".join("".join(pages[f"{phase.slug}/index.html"].words).split())


def test_every_page_says_that_its_content_awaits_review(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        assert "await" in "".join(page.words), path
        assert "review by a licensed physiotherapist" in " ".join("".join(page.words).split()), path


def with_reviewer(library: Library) -> Mapping[str, bytes]:
    exercise = library.exercises["walking"].model_copy(update={"reviewer": "Robin Reviewer, PT"})
    changed = {**library.exercises, "walking": exercise}
    return render_site(library.__class__(**{**vars(library), "exercises": changed}), Layers().environment(), {})


def test_a_named_reviewer_is_printed_instead(library: Library) -> None:
    text = with_reviewer(library)["exercises/walking/index.html"].decode()
    assert "Reviewed by Robin Reviewer, PT." in text
    assert "await" not in text.lower()


def plain(text: str) -> str:
    """Words as a reader sees them, whatever the quotes and the Markdown."""
    text = unescape(re.sub(r"<[^>]*>|[*_`]", "", text))
    return " ".join(re.sub("[\u2018\u2019'\"\u201c\u201d]", "", text).split()).replace(" - ", " ")


def test_the_site_holds_the_fonts_that_its_style_names(files: Mapping[str, bytes]) -> None:
    names = re.findall(r"url\(([^)]+)\)", files["style/site.css"].decode())
    assert len(names) == 2
    assert all(files[f"style/{name}"][:4] == b"wOF2" for name in names)


def test_the_same_content_gives_the_same_site(library: Library, files: Mapping[str, bytes]) -> None:
    assert render_site(library, Layers().environment(), site_pictures(library)) == files


def test_an_exercise_with_a_figure_shows_each_of_its_panels(library: Library, files: Mapping[str, bytes]) -> None:
    drawings = draw_all(library)
    assert len(drawings) > 80
    for slug, drawing in drawings.items():
        page = files[f"exercises/{slug}/index.html"].decode()
        count = len(drawing.panels)
        for number, caption in enumerate(drawing.captions, 1):
            assert f'<img src="{number}.svg" alt="{drawing.alternatives[number - 1]}">' in unescape(page)
            assert plain(drawing.alternatives[number - 1]) != plain(caption)
            svg = files[f"exercises/{slug}/{number}.svg"].decode()
            assert svg.startswith("<svg")
            assert "<title>" in svg
            assert len(svg) < 20_000
            assert not re.search(r"href|<script|<image|url\(", svg), slug
            assert plain(caption) in plain(page)
        moves = library.exercises[slug].figure.moves
        assert ('src="moving.svg"' in page) == moves == (f"exercises/{slug}/moving.svg" in files), slug
        assert moves or count == 1 or slug == "scar-massage", "two pictures of one pose"


def test_no_drawing_says_how_long_to_hold(library: Library) -> None:
    for slug, drawing in draw_all(library).items():
        assert not [panel for panel in drawing.panels if re.search(r">\d+ (?:s|min)<", panel)], slug


def test_every_page_is_valid_html(files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        if path.endswith(".html"):
            assert fault(data.decode()) == "", path


def test_invalid_html_would_be_found() -> None:
    assert fault("<!DOCTYPE html><title>x</title><p><ul></p></ul>") != ""


def fault(text: str) -> str:
    """What a strict parser says against a page."""
    parser = html5lib.HTMLParser(strict=True)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning, module="html5lib")
        try:
            parser.parse(text)
        except html5lib.html5parser.ParseError as error:
            return str(error) or "parse error"
    return ""


def test_a_name_with_signs_of_html_stays_a_name(library: Library) -> None:
    clinic = library.clinic.model_copy(update={"name": 'Back & "Neck" <Clinic>'})
    files = render_site(replace(library, clinic=clinic), Layers().environment(), {}, BASE)
    for path in ("index.html", "exercises/bridge/index.html", "lumbar/acute/index.html"):
        text = files[path].decode()
        assert fault(text) == "", path
        assert Page(text).meta["og:site_name"] == clinic.name
    assert json.loads(Page(text).data)["publisher"]["name"] == clinic.name
    assert json.loads(files["site.webmanifest"])["name"] == clinic.name


def weight(path: str, files: Mapping[str, bytes]) -> int:
    """All bytes that a browser fetches to show a page: itself, its style, script, letters and every picture of it."""
    names = {path, "style/site.css", "site.js", "icon.svg"} | {name for name in files if name.endswith(".woff2")}
    sources = re.findall(r'<img src="([^"]+)"', files[path].decode())
    names |= {normpath(join(dirname(path), source)) for source in sources}
    return sum(len(files[name]) for name in names)


def test_every_page_is_light_with_its_pictures(files: Mapping[str, bytes]) -> None:
    weights = {path: weight(path, files) for path in files if path.endswith(".html")}
    assert min(weights.values()) > 30_000
    assert {path: size for path, size in weights.items() if size > LIGHT} == {}


# Where the site has an address --------------------------------------------------------------------------------------------


def test_each_page_tells_its_clean_address(online: Mapping[str, bytes], files: Mapping[str, bytes]) -> None:
    text = online["exercises/bridge/index.html"].decode()
    assert f'<link rel="canonical" href="{BASE}exercises/bridge/">' in text
    assert f'<link rel="alternate" hreflang="en" href="{BASE}exercises/bridge/">' in text
    assert f'<meta property="og:url" content="{BASE}exercises/bridge/">' in text
    assert "canonical" not in files["exercises/bridge/index.html"].decode()
    assert "canonical" not in online["404.html"].decode()


def test_every_exercise_has_a_picture_for_its_link(online: Mapping[str, bytes], files: Mapping[str, bytes]) -> None:
    for path, data in online.items():
        if path.endswith(".html"):
            image = Page(data.decode()).meta["og:image"]
            picture = online[image.removeprefix(BASE)]
            assert picture[:8] == b"\x89PNG\r\n\x1a\n", path
            if re.fullmatch(r"exercises/.+/index\.html", path) and "moving.svg" in data.decode():
                assert picture[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big"), path
                assert len(picture) < 60_000, path
    assert not [name for name in files if name.endswith("preview.png")]


def test_only_pages_that_stand_for_nothing_are_kept_out_of_search_engines(online: Mapping[str, bytes]) -> None:
    hidden = {path for path, data in online.items() if b'content="noindex"' in data}
    assert hidden == ALONE


def test_the_sitemap_lists_every_page_once(online: Mapping[str, bytes], files: Mapping[str, bytes]) -> None:
    text = online["sitemap.xml"].decode()
    listed = [f"{address.removeprefix(BASE)}index.html" for address in re.findall(r"<loc>([^<]+)</loc>", text)]
    pages = {path for path in online if path.endswith(".html")}
    assert len(listed) == len(set(listed))
    assert set(listed) == pages - ALONE
    assert "<lastmod>2026-" in text
    assert "sitemap.xml" not in files


def test_a_missing_address_at_any_depth_gets_whole_links(online: Mapping[str, bytes]) -> None:
    page = Page(online["404.html"].decode())
    assert len(page.links) > 10
    for link in page.links:
        own = link.startswith("/back/") and link.removeprefix("/back/") in online
        assert own or link == "#main" or link.startswith("tel:"), link


def test_the_address_comes_from_the_option_or_from_the_clinic(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    clinic = yaml.safe_load((EXAMPLES / "clinic.yaml").read_text("utf-8")) | {"site-url": "https://clinic.example/ours"}
    (tmp_path / "mine/clinic.yaml").write_text(yaml.safe_dump(clinic), "utf-8")
    assert run("site", "--no-sheets", "--out", "a", "--content", "mine").exit_code == 0
    assert 'href="https://clinic.example/ours/lumbar/"' in (tmp_path / "a/lumbar/index.html").read_text("utf-8")
    assert run("site", "--no-sheets", "--out", "b", "--content", "mine", "--base-url", BASE).exit_code == 0
    assert f'href="{BASE}lumbar/"' in (tmp_path / "b/lumbar/index.html").read_text("utf-8")


NO_ADDRESS = ["clinic.example", "ftp://a.example", "https://", "https://a.example/?x=1", "https://a.example/ b", "https://["]


@pytest.mark.parametrize("address", NO_ADDRESS)
def test_what_is_no_address_is_refused(run: Run, tmp_path: Path, address: str) -> None:
    refused = run("site", "--base-url", address)
    assert refused.exit_code == 2
    assert f"'{address}' must be the address of a site, such as https://example.org/back/" in refused.stderr
    assert not (tmp_path / "build").exists()


# What machines read -------------------------------------------------------------------------------------------------------

# Types and properties of schema.org (version 29) that we use; another name is a misspelling, or is to be looked up first.
VOCABULARY = {
    "MedicalWebPage": {
        "name", "description", "inLanguage", "isAccessibleForFree", "audience", "dateModified", "publisher", "url",
        "creativeWorkStatus", "lastReviewed", "reviewedBy", "mainEntity", "about",
    },
    "ExercisePlan": {"name", "description", "alternateName", "image"},
    "MedicalCondition": {"name", "signOrSymptom"},
    "MedicalSignOrSymptom": {"name"},
    "MedicalAudience": {"audienceType"},
    "MedicalOrganization": {"name", "telephone"},
    "Person": {"name"},
}  # fmt: skip


def nodes(value: object) -> list[dict[str, object]]:
    if isinstance(value, list):
        return [node for one in value for node in nodes(one)]
    if isinstance(value, dict):
        return [value, *(node for one in value.values() for node in nodes(one))]
    return []


def test_linked_data_says_what_the_page_says(library: Library, online: Mapping[str, bytes]) -> None:
    kinds = set()
    for path, data in online.items():
        page = Page(data.decode()) if path.endswith(".html") else None
        if page is None or not page.data:
            continue
        said = json.loads(page.data)
        kinds.add(said.get("mainEntity", said.get("about", said))["@type"])
        words = plain("".join(page.words))
        assert said["@type"] == "MedicalWebPage"
        assert said["url"] == BASE + path.removesuffix("index.html")
        assert plain(said["name"]) in words, path
        assert said["creativeWorkStatus"] == "Awaits review by a licensed physiotherapist", path
        assert "lastReviewed" not in said, path
        for node in nodes(said):
            assert node.keys() - {"@type", "@context"} <= VOCABULARY[str(node["@type"])], path
            if "image" in node:
                assert str(node["image"]).removeprefix(BASE) in online
    assert kinds == {"ExercisePlan", "MedicalCondition", "MedicalWebPage"}


def test_linked_data_names_a_reviewer_only_where_there_is_one(library: Library) -> None:
    said = json.loads(Page(with_reviewer(library)["exercises/walking/index.html"].decode()).data)
    assert said["reviewedBy"] == {"@type": "Person", "name": "Robin Reviewer, PT"}
    assert said["lastReviewed"] == library.exercises["walking"].reviewed.isoformat()
    assert "creativeWorkStatus" not in said


def test_the_manifest_names_icons_that_are_there(files: Mapping[str, bytes]) -> None:
    said = json.loads(files["site.webmanifest"])
    assert said["start_url"] in files
    assert len(said["icons"]) == 3
    for icon in said["icons"]:
        data = files[icon["src"]]
        if icon["type"] == "image/png":
            size = int(icon["sizes"].partition("x")[0])
            assert data[16:24] == size.to_bytes(4, "big") * 2


def test_the_worker_keeps_only_what_is_there_and_knows_every_change(
    library: Library, pictures: Mapping[str, ExercisePictures], files: Mapping[str, bytes]
) -> None:
    worker = files["service-worker.js"].decode()
    kept = json.loads(re.findall(r"FIRST = (\[.*?\]);", worker)[0])
    assert {"index.html", "red-flags/index.html", "style/site.css", "site.js"} <= set(kept) <= files.keys()
    fewer = {slug: drawn for slug, drawn in pictures.items() if slug != "bridge"}
    assert render_site(library, Layers().environment(), fewer)["service-worker.js"].decode() != worker
