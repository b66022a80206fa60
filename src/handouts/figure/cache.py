"""Drawings cached by content hash: figure, settings and the source of the engine decide the name of a file."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from handouts.figure.body.request import Report
from handouts.figure.drawing import Drawing, PanelDrawings, assemble, drawable, solve_and_animate, solve_and_trace
from handouts.figure.motion import titled
from handouts.figure.spec.figure import Figure
from handouts.figure.svg import PanelDrawing

USUAL = {"amplitude": 1.0, "build": "short-hair"}


@lru_cache(maxsize=1)
def engine() -> str:
    """Return a hash of the source of the engine, so that any change to it makes new drawings."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()[:16]


def key(figure: Figure, kind: str, **settings: Any) -> str:
    """Return the content hash of a drawing."""
    inputs = json.dumps([engine(), kind, asdict(figure), USUAL | settings], sort_keys=True, default=str)
    return hashlib.sha256(inputs.encode()).hexdigest()[:32]


def _get_or_make(folders: Sequence[Path], name: str, make: Callable[[], Any]) -> Any:
    """Return what one of the folders holds under *name*, or make it and write it into the first.

    Another process may do the same at the same time.
    """
    for folder in folders:
        with suppress(OSError, ValueError):
            return json.loads((folder / f"{name}.json").read_text("utf-8"))
    text = json.dumps(make())
    with suppress(OSError):  # cache write failures are ignored
        _put(folders[0] / f"{name}.json", text)
    return json.loads(text)


def _put(path: Path, text: str) -> None:
    """Write a file so that it is never seen half-written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False) as file:
        part = Path(file.name)
    try:
        part.write_text(text, "utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def cached_draw(
    figure: Figure, folders: Sequence[Path], *, mirror: bool = False, seconds: int | None = None, **settings: Any
) -> Drawing:
    """Return what `draw` returns, from one of *folders* if it is there; what is drawn now is written into the first.

    Both sides, all times and all words of a figure share one drawing.
    """
    bare = drawable(figure)
    cached = _get_or_make(folders, key(bare, "still", **settings), lambda: asdict(solve_and_trace(bare, **settings)))
    panels = tuple(
        PanelDrawing(**panel | {"watch": panel["watch"] and tuple(panel["watch"]), "ways": tuple(map(tuple, panel["ways"]))})
        for panel in cached["panels"]
    )
    reports = (Report(tuple(r["contact"]), r["sinking"], tuple(r["changed"]), tuple(r["beyond"])) for r in cached["reports"])
    return assemble(figure, PanelDrawings(panels, tuple(reports)), mirror=mirror, seconds=seconds)


def cached_animate(figure: Figure, folders: Sequence[Path], **settings: Any) -> str:
    """Return what `animate` returns, from one of *folders* if it is there; all words of a figure share one drawing."""
    bare = drawable(figure)
    untitled = _get_or_make(folders, key(bare, "moving", **settings), lambda: solve_and_animate(bare, **settings))
    return titled(untitled, figure, settings.get("mirror", False))


def is_kept(figure: Figure, folders: Sequence[Path], moving: bool, **settings: Any) -> bool:
    """Return True if a drawing is in one of *folders*.

    *settings* are those of `cached_draw` or, *moving*, of `cached_animate`, without a side.
    """
    name = key(drawable(figure), "moving" if moving else "still", **settings)
    return any((folder / f"{name}.json").is_file() for folder in folders)
