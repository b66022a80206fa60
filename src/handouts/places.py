"""Where this program keeps what it can make again."""

from __future__ import annotations

from pathlib import Path

import platformdirs


def shipped_drawings() -> Path:
    """The drawings that travel in the wheel; in a checkout there is none until a wheel has been made."""
    return Path(__file__).parent / "drawn"


def cache_folder() -> Path:
    """The user's cache folder for handouts; nothing of a patient is ever in it."""
    return Path(platformdirs.user_cache_dir("handouts"))
