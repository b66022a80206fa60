"""The folders of the program's content, templates and drawings, and its cache folder."""

from __future__ import annotations

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).parents[1]
_INSTALLED = _PACKAGE / "bundled"  # in a wheel; in a checkout it is missing until `make wheel`


def bundled(name: str) -> Path:
    """Return our own `content` or `templates`: inside the installed package, or at the top of the checkout."""
    inside = _INSTALLED / name
    return inside if inside.is_dir() else _PACKAGE.parents[1] / name


def shipped_drawings() -> Path:
    """Return the folder of the drawings that travel in the wheel; in a checkout there is none until a wheel has been made."""
    return _INSTALLED / "drawings"


def cache_folder() -> Path:
    """Return the user's cache folder for handouts; nothing of a patient is ever in it."""
    return Path(platformdirs.user_cache_dir("handouts"))
