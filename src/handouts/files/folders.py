"""Where this program keeps what it can make again."""

from __future__ import annotations

from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).parents[1]


def shipped_drawings() -> Path:
    """The drawings that travel in the wheel; in a checkout there is none until a wheel has been made."""
    return PACKAGE / "drawn"


def cache_folder() -> Path:
    """The user's cache folder for handouts; nothing of a patient is ever in it."""
    return Path(platformdirs.user_cache_dir("handouts"))


def bundled(name: str) -> Path:
    """Our own `content` or `templates`: inside the installed package, or at the top of the checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parents[1] / name
