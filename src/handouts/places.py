"""Where this program keeps what it can make again."""

from __future__ import annotations

from pathlib import Path

import platformdirs


def cache_folder() -> Path:
    """The user's cache folder for handouts; nothing of a patient is ever in it."""
    return Path(platformdirs.user_cache_dir("handouts"))
