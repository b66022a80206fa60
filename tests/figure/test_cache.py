"""Drawn once and kept: safe when two runs share the folder, the same for every word, the same in every process."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from samples import LEG_LIFT

from handouts.figure import Drawing, cached_animate, cached_draw, draw, is_kept, parse_figure


def from_cache(folder: Path) -> Drawing:
    """What a process of its own gets; it may be drawing at the same time as another."""
    return cached_draw(parse_figure(LEG_LIFT), [folder])


def test_two_runs_at_once_share_a_folder_and_draw_the_same(tmp_path):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        first, second = executor.map(from_cache, [tmp_path] * 2)
    assert first == second == draw(parse_figure(LEG_LIFT))
    (kept,) = tmp_path.iterdir()  # one whole file, and nothing half written
    assert json.loads(kept.read_text("utf-8"))["panels"]


def test_both_sides_all_times_and_all_words_share_one_drawing(tmp_path, monkeypatch):
    figure = parse_figure(LEG_LIFT)
    cached_draw(figure, [tmp_path])
    cached_animate(figure, [tmp_path])
    monkeypatch.setattr("handouts.figure.cache.solve_and_trace", None)
    monkeypatch.setattr("handouts.figure.cache.solve_and_animate", None)
    said = replace(figure, panels=tuple(replace(p, caption="Boca abajo.") for p in figure.panels))
    other = cached_draw(said, [tmp_path], mirror=True, seconds=20)
    assert "<title>Boca abajo.</title>" in other.panels[1]
    assert "A watch shows 20 s." in other.alternatives[1]
    assert "<title>Boca abajo. Boca abajo.</title>" in cached_animate(said, [tmp_path])


def test_what_came_with_the_program_is_read_and_never_written(tmp_path):
    figure, ours, shipped = parse_figure(LEG_LIFT), tmp_path / "ours", tmp_path / "shipped"
    cached_draw(figure, [shipped])
    shipped.chmod(0o555)
    assert is_kept(figure, [ours, shipped], False)
    assert not is_kept(figure, [ours, shipped], False, build="long-hair")
    cached_draw(figure, [ours, shipped])
    assert not ours.exists()
    cached_draw(figure, [ours, shipped], build="long-hair")
    assert len(list(ours.iterdir())) == 1
    assert len(list(shipped.iterdir())) == 1


@pytest.mark.parametrize("changed", [{"amplitude": 0.5}, {"build": "full-figure"}])
def test_another_drawing_has_a_file_of_its_own(tmp_path, changed):
    figure = parse_figure(LEG_LIFT)
    assert cached_draw(figure, [tmp_path]).panels != cached_draw(figure, [tmp_path], **changed).panels
    assert len(list(tmp_path.iterdir())) == 2
