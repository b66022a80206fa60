"""Drawn once, kept by content hash: figure, settings and the engine's own source decide the name of a file."""

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
from handouts.figure.drawing import Drawing, Plates, drawable, engrave, film, prints
from handouts.figure.motion import titled
from handouts.figure.spec.figure import Figure
from handouts.figure.svg import Plate

USUAL = {"amplitude": 1.0, "build": "short-hair"}


@lru_cache(maxsize=1)
def engine() -> str:
    """A name for this very engine: any change to its source makes new drawings."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()[:16]


def key(figure: Figure, kind: str, **settings: Any) -> str:
    """The content hash of a drawing."""
    said = json.dumps([engine(), kind, asdict(figure), USUAL | settings], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _kept(folders: Sequence[Path], name: str, make: Callable[[], Any]) -> Any:
    """Read a file from one of the folders, or make it and write it into the first; another process may do the same."""
    for folder in folders:
        with suppress(OSError, ValueError):
            return json.loads((folder / f"{name}.json").read_text("utf-8"))
    text = json.dumps(make())
    with suppress(OSError):  # a full or closed folder only means that it is drawn again
        _keep(folders[0] / f"{name}.json", text)
    return json.loads(text)


def _keep(path: Path, text: str) -> None:
    """Put a whole file in place, or none."""
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
    """`draw`, from one of *folders* when it has been drawn before; what is drawn now is kept in the first.

    Both sides, all times and all words of a figure share one drawing.
    """
    bare = drawable(figure)
    said = _kept(folders, key(bare, "still", **settings), lambda: asdict(engrave(bare, **settings)))
    plates = tuple(
        Plate(**plate | {"watch": plate["watch"] and tuple(plate["watch"]), "ways": tuple(map(tuple, plate["ways"]))})
        for plate in said["plates"]
    )
    reports = (Report(tuple(r["contact"]), r["sinking"], tuple(r["changed"]), tuple(r["beyond"])) for r in said["reports"])
    return prints(figure, Plates(plates, tuple(reports)), mirror=mirror, seconds=seconds)


def cached_animate(figure: Figure, folders: Sequence[Path], **settings: Any) -> str:
    """`animate`, from one of *folders* when it has been drawn before; all words of a figure share one drawing."""
    bare = drawable(figure)
    strip = _kept(folders, key(bare, "moving", **settings), lambda: film(bare, **settings))
    return titled(strip, figure, settings.get("mirror", False))


def is_kept(figure: Figure, folders: Sequence[Path], moving: bool, **settings: Any) -> bool:
    """Has it been drawn before? *settings* are those of `cached_draw` or, *moving*, of `cached_animate`, without a side."""
    name = key(drawable(figure), "moving" if moving else "still", **settings)
    return any((folder / f"{name}.json").is_file() for folder in folders)
