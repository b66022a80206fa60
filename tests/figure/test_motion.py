"""The moving drawing: a strip of frames that plays, pauses and keeps still in a real browser under a strict policy."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from samples import LEG_LIFT, SQUAT

from handouts.figure import FILM_STYLE, animate, parse_figure
from handouts.figure.body import BUILDS
from handouts.figure.motion import MOST_FRAMES, in_between
from handouts.figure.scene import stage

SVG = "{http://www.w3.org/2000/svg}"
POLICY = "default-src 'none'; style-src 'self' file:; img-src 'self'"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title>
<meta http-equiv="Content-Security-Policy" content="{policy}"><link rel="stylesheet" href="film.css">
<input type="checkbox" id="pause"><label for="pause">Pause</label><figure>{svg}</figure></html>"""
STYLE = 'svg{width:300px}#pause:checked~figure [class^="film-"]{animation-play-state:paused}'


@pytest.fixture(scope="module")
def film() -> str:
    return animate(parse_figure(SQUAT), styled=False)


def test_it_has_eight_frames_or_more_and_is_small(film):
    root = ET.fromstring(film)
    assert len(film.encode()) < 100_000
    assert len(root.findall(f"{SVG}svg/{SVG}g/{SVG}g")) >= 8
    assert root.find(f"{SVG}title").text == "Stand. Bend & reach."


def test_a_page_holds_all_its_style(film):
    (name,) = re.findall(r'class="(film-\d+)"', film)
    assert f".{name}{{" in FILM_STYLE
    assert "style" not in film
    assert f".film-{MOST_FRAMES}{{" in FILM_STYLE


def test_a_file_of_its_own_brings_its_style():
    svg = animate(parse_figure(SQUAT))
    assert "<style>@keyframes film-9" in svg
    assert "prefers-reduced-motion:reduce" in svg


def test_the_other_side_is_mirrored_in_picture_and_words():
    svg = animate(parse_figure(LEG_LIFT), mirror=True)
    assert "Lift your right leg." in svg
    assert "matrix(-1 0 0 1" in svg


@pytest.mark.parametrize("sample", [LEG_LIFT, SQUAT])
def test_the_frames_go_from_the_first_panel_to_the_last_and_never_under_the_floor(sample):
    figure = parse_figure(sample)
    poses = stage(figure, BUILDS["short-hair"])
    frames = [pose for _, pose in in_between(figure, poses)]
    assert frames[0] is poses[0]
    assert frames[-1] is poses[-1]
    rows = poses[0].surface.coarse
    assert min(pose.surface.lowest(pose.frames, rows).min() for pose in frames) > -0.015


def shots(page, count: int = 4) -> set[bytes]:
    """What is seen at some moments half a second apart."""
    seen = set()
    for _ in range(count):
        page.wait_for_timeout(500)
        seen.add(page.locator("svg").first.screenshot())
    return seen


def test_it_plays_pauses_and_keeps_still_without_a_script(browser: Browser, tmp_path: Path, film: str):
    (tmp_path / "film.css").write_text(FILM_STYLE + STYLE, "utf-8")
    (tmp_path / "index.html").write_text(PAGE.format(policy=POLICY, svg=film), "utf-8")
    page = browser.new_page(java_script_enabled=False)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((tmp_path / "index.html").as_uri())
    assert len(shots(page)) > 1
    page.check("#pause")
    assert len(shots(page)) == 1
    page.uncheck("#pause")
    assert len(shots(page)) > 1
    page.emulate_media(reduced_motion="reduce")
    assert len(shots(page)) == 1
    assert said == []
    page.close()
