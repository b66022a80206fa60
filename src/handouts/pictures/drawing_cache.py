"""The drawings of the engine from a cache: drawn once, named by the figure, the settings and the source that draws them."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from handouts.figure.body.request import Report
from handouts.figure.drawing import Drawing, PanelDrawings, assemble, drawable, solve_and_animate, solve_and_trace
from handouts.figure.motion import titled
from handouts.figure.spec.figure import Figure
from handouts.figure.svg import PanelDrawing
from handouts.files.cache import Cache, content_key, user_cache
from handouts.files.folders import shipped_drawings
from handouts.files.provenance import source_digest

USUAL = {"amplitude": 1.0, "build": "short-hair"}


def drawing_cache() -> Cache:
    """Return the user's cache of drawings, with those that came with the program behind it."""
    return user_cache("figures", shipped_drawings())


def cached_draw(
    figure: Figure, cache: Cache, *, mirror: bool = False, seconds: int | None = None, **settings: Any
) -> Drawing:
    """Return `draw` of a figure, from the cache where it has been drawn before.

    Both sides, all times and all words of a figure share one drawing.
    """
    bare = drawable(figure)
    stored = _stored(cache, _name(bare, "still", settings), lambda: asdict(solve_and_trace(bare, **settings)))
    panels = tuple(
        PanelDrawing(**panel | {"watch": panel["watch"] and tuple(panel["watch"]), "ways": tuple(map(tuple, panel["ways"]))})
        for panel in stored["panels"]
    )
    reports = (Report(tuple(r["contact"]), r["sinking"], tuple(r["changed"]), tuple(r["beyond"])) for r in stored["reports"])
    return assemble(figure, PanelDrawings(panels, tuple(reports)), mirror=mirror, seconds=seconds)


def cached_animate(figure: Figure, cache: Cache, **settings: Any) -> str:
    """Return `animate` of a figure, from the cache where it has been drawn before.

    All words of a figure share one drawing.
    """
    bare = drawable(figure)
    untitled = _stored(cache, _name(bare, "moving", settings), lambda: solve_and_animate(bare, **settings))
    return titled(untitled, figure, settings.get("mirror", False))


def is_drawn(figure: Figure, cache: Cache, moving: bool, **settings: Any) -> bool:
    """Return True if the cache has the drawing.

    *settings* are those of `cached_draw` or, *moving*, of `cached_animate`, without a side.
    """
    return cache.has(_name(drawable(figure), "moving" if moving else "still", settings))


def _name(figure: Figure, kind: str, settings: dict[str, Any]) -> str:
    """Return the file name of a drawing.

    No version of numpy is in it: the drawings that travel in the wheel are found with any.
    """
    parts = [source_digest(__name__), kind, asdict(figure), USUAL | settings]
    return f"{content_key(json.dumps(parts, sort_keys=True, default=str))}.json"


def _stored(cache: Cache, name: str, make: Callable[[], Any]) -> Any:
    """Return the JSON value that the cache has under a name, or make and store it; a damaged file is made again."""
    with suppress(ValueError):
        return json.loads(cache.get(name) or b"")
    data = json.dumps(make()).encode()
    cache.put(name, data)
    return json.loads(data)
