"""The moving drawing: a strip of frames that plays, stops and keeps still in a real browser under a strict policy."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from support.samples import LEG_LIFT, SQUAT

from handouts.figure import animate, parse_figure
from handouts.figure.body.body import BUILDS
from handouts.figure.motion import in_between
from handouts.figure.scene.settle import settle_panels

SVG = "{http://www.w3.org/2000/svg}"
POLICY = "default-src 'none'; style-src file:; img-src file:"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title>
<meta http-equiv="Content-Security-Policy" content="{policy}"><link rel="stylesheet" href="page.css">
<input type="checkbox" id="stop"><label for="stop">Stop</label><p><img src="moving.svg" alt="x"></p></html>"""
STYLE = "p,img{width:300px}#stop:checked~p img{display:none}"


@pytest.fixture(scope="module")
def film() -> str:
    return animate(parse_figure(SQUAT))


def test_it_has_eight_frames_or_more_and_is_small(film):
    root = ET.fromstring(film)
    assert len(film.encode()) < 100_000
    assert len(root.findall(f"{SVG}svg/{SVG}g/{SVG}g")) >= 8
    assert root.find(f"{SVG}title").text == "Stand. Bend & reach."


def test_the_other_side_is_mirrored_in_picture_and_words():
    svg = animate(parse_figure(LEG_LIFT), mirror=True)
    assert "Lift your right leg." in svg
    assert "matrix(-1 0 0 1" in svg


@pytest.mark.parametrize("sample", [LEG_LIFT, SQUAT])
def test_the_frames_go_from_the_first_panel_to_the_last_and_never_under_the_floor(sample):
    figure = parse_figure(sample)
    poses = settle_panels(figure, BUILDS["short-hair"])
    frames = [pose for _, pose in in_between(figure, poses, BUILDS["short-hair"])]
    assert frames[0] is poses[0]
    assert frames[-1] is poses[-1]
    rows = poses[0].surface.coarse
    assert min(pose.surface.lowest(pose.frames, rows).min() for pose in frames) > -0.015


def shots(page: Page, count: int = 4) -> set[bytes]:
    """What is seen at some moments half a second apart."""
    seen = set()
    for _ in range(count):
        page.wait_for_timeout(500)
        seen.add(page.screenshot())
    return seen


def test_it_plays_and_stops_without_a_script(browser: Browser, tmp_path: Path, film: str):
    (tmp_path / "page.css").write_text(STYLE, "utf-8")
    (tmp_path / "moving.svg").write_text(film, "utf-8")
    (tmp_path / "index.html").write_text(PAGE.format(policy=POLICY), "utf-8")
    page = browser.new_page(java_script_enabled=False)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((tmp_path / "index.html").as_uri())
    assert len(shots(page)) > 1
    page.check("#stop")
    assert len(shots(page)) == 1
    assert said == []
    page.close()


def test_it_keeps_still_for_those_who_want_less_motion(browser: Browser, tmp_path: Path, film: str):
    (tmp_path / "moving.svg").write_text(film, "utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "moving.svg").as_uri())
    assert len(shots(page)) > 1
    page.emulate_media(reduced_motion="reduce")
    assert len(shots(page)) == 1
    page.close()
