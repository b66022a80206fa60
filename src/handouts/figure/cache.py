"""Drawn once, kept by content hash: figure, settings and the engine's own source decide the name of a file."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from handouts.figure.drawing import Drawing, animate, draw
from handouts.figure.spec import Figure
from handouts.figure.wish import Report


@lru_cache(maxsize=1)
def engine() -> str:
    """A name for this very engine: any change to its source makes new drawings."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()[:16]


def key(figure: Figure, kind: str, **settings: Any) -> str:
    """The content hash of a drawing."""
    said = json.dumps([engine(), kind, asdict(figure), settings], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _kept(folder: Path, name: str, make: Callable[[], Any]) -> Any:
    """Read a file, or make and write it; another process may do the same at the same time."""
    path = folder / f"{name}.json"
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        pass
    text = json.dumps(make())
    with suppress(OSError):  # a full or closed folder only means that it is drawn again
        _keep(path, text)
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


def cached_draw(figure: Figure, folder: Path, **settings: Any) -> Drawing:
    """`draw`, from *folder* when it has been drawn before; nothing else is kept there."""
    mirror = bool(settings.pop("mirror", False))

    def make() -> dict[str, Any]:
        return asdict(draw(figure, mirror=mirror, **settings))

    said = _kept(folder, key(figure, "still", mirror=mirror, **settings), make)
    reports = (Report(tuple(r["contact"]), r["sinking"], tuple(r["changed"]), tuple(r["beyond"])) for r in said["reports"])
    return Drawing(tuple(said["panels"]), tuple(reports))


def cached_animate(figure: Figure, folder: Path, **settings: Any) -> str:
    """`animate`, from *folder* when it has been drawn before."""
    return _kept(folder, key(figure, "moving", **settings), lambda: animate(figure, **settings))
