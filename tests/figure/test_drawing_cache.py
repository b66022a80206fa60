"""Drawn once and kept: safe when two runs share the folder, the same for every word, the same in every process."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from support.samples import LEG_LIFT, SQUAT

from handouts.figure import Drawing, draw, parse_figure
from handouts.files.cache import Cache
from handouts.pictures.drawing_cache import cached_animate, cached_draw, is_drawn


def from_cache(folder: Path) -> Drawing:
    """What a process of its own gets; it may be drawing at the same time as another."""
    return cached_draw(parse_figure(LEG_LIFT), Cache(folder))


def test_two_runs_at_once_share_a_folder_and_draw_the_same(tmp_path):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        first, second = executor.map(from_cache, [tmp_path] * 2)
    assert first == second == draw(parse_figure(LEG_LIFT))
    (kept,) = tmp_path.iterdir()  # one whole file, and nothing half written
    assert json.loads(kept.read_text("utf-8"))["panels"]


def test_both_sides_all_times_and_all_words_share_one_drawing(tmp_path, monkeypatch):
    figure = parse_figure(LEG_LIFT)
    cached_draw(figure, Cache(tmp_path))
    cached_animate(figure, Cache(tmp_path))
    monkeypatch.setattr("handouts.pictures.drawing_cache.solve_and_trace", None)
    monkeypatch.setattr("handouts.pictures.drawing_cache.solve_and_animate", None)
    said = replace(figure, panels=tuple(replace(p, caption="Boca abajo.") for p in figure.panels))
    other = cached_draw(said, Cache(tmp_path), mirror=True, seconds=20)
    assert "<title>Boca abajo.</title>" in other.panels[1]
    assert "A watch shows 20 s." in other.alternatives[1]
    assert "<title>Boca abajo. Boca abajo.</title>" in cached_animate(said, Cache(tmp_path))


def test_what_came_with_the_program_is_read_and_never_written(tmp_path):
    figure, ours, shipped = parse_figure(LEG_LIFT), tmp_path / "ours", tmp_path / "shipped"
    both = Cache(ours, (shipped,))
    cached_draw(figure, Cache(shipped))
    shipped.chmod(0o555)
    assert is_drawn(figure, both, False)
    assert not is_drawn(figure, both, False, build="long-hair")
    cached_draw(figure, both)
    assert not ours.exists()
    cached_draw(figure, both, build="long-hair")
    assert len(list(ours.iterdir())) == 1
    assert len(list(shipped.iterdir())) == 1


@pytest.mark.parametrize("changed", [{"amplitude": 0.5}, {"build": "full-figure"}])
def test_another_drawing_has_a_file_of_its_own(tmp_path, changed):
    figure = parse_figure(LEG_LIFT)
    assert cached_draw(figure, Cache(tmp_path)).panels != cached_draw(figure, Cache(tmp_path), **changed).panels
    assert len(list(tmp_path.iterdir())) == 2


def test_a_drawing_is_made_once(tmp_path, monkeypatch):
    figure = parse_figure(LEG_LIFT)
    first = cached_draw(figure, Cache(tmp_path / "new"))
    monkeypatch.setattr("handouts.pictures.drawing_cache.solve_and_trace", None)
    assert cached_draw(figure, Cache(tmp_path / "new")) == first
    assert len(list((tmp_path / "new").iterdir())) == 1


def test_a_broken_file_in_the_cache_is_drawn_again(tmp_path):
    figure = parse_figure(SQUAT)
    first = cached_draw(figure, Cache(tmp_path))
    (kept,) = tmp_path.iterdir()
    kept.write_text('{"panels": [')
    assert cached_draw(figure, Cache(tmp_path)) == first
