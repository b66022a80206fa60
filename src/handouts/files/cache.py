"""What was made once and can be made again, kept in the user's cache by content hash: never anything of a patient."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from handouts.errors import HandoutsError
from handouts.files.folders import cache_folder
from handouts.files.writing import PRIVATE, write_file


def recall(kind: str, name: str) -> bytes | None:
    """What was kept under this name, None where nothing was."""
    with suppress(OSError):
        return _path(kind, name).read_bytes()
    return None


def keep(kind: str, name: str, data: bytes) -> None:
    """Keep it for the next run; a full or closed folder only means that it is made again."""
    with suppress(HandoutsError):
        write_file(_path(kind, name), data, PRIVATE)


def _path(kind: str, name: str) -> Path:
    return cache_folder() / kind / name
