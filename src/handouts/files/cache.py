"""A cache on the disk: results that can be made again, in files named by a hash of all that makes them.

Never anything of a patient. Several processes may share a folder: a file is written whole and put in place by one rename, so
a reader sees all of it or nothing, and of two writers of one name, whose bytes are the same, the last wins. A writer that is
killed leaves a `.part` file, which is never read.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from handouts.errors import HandoutsError
from handouts.files.folders import cache_folder
from handouts.files.writing import PARTIAL, PRIVATE, write_file

MOST_BYTES = 256 * 2**20  # of each folder; the drawings of all our exercises take 6 MB, their general sheets 10 MB
DAY = 24 * 60 * 60  # seconds

_untidied: dict[Path, int] = {}  # bytes that this process has written into each folder since it last tidied it


def content_key(*parts: str) -> str:
    """Return a file name made from the parts: 32 hexadecimal digits of SHA-256."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Cache:
    """A folder that holds at most `most_bytes`, and folders behind it that are only read, such as what the wheel brings."""

    folder: Path
    read_only: tuple[Path, ...] = ()
    most_bytes: int = MOST_BYTES

    def get(self, name: str) -> bytes | None:
        """Return what is stored under a name; None where nothing is."""
        for folder in (self.folder, *self.read_only):
            with suppress(OSError):
                data = (folder / name).read_bytes()
                if folder is self.folder:
                    _mark_used(folder / name)
                return data
        return None

    def has(self, name: str) -> bool:
        """Return True if something is stored under a name."""
        return any((folder / name).is_file() for folder in (self.folder, *self.read_only))

    def put(self, name: str, data: bytes) -> None:
        """Store bytes under a name; a full or closed folder is no error, since they can be made again."""
        with suppress(HandoutsError):
            write_file(self.folder / name, data, PRIVATE)
            self._tidy_when_due(len(data))

    def get_or_make(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return what is stored under a name, or make and store it."""
        data = self.get(name)
        if data is None:
            data = make()
            self.put(name, data)
        return data

    def tidy(self) -> None:
        """Delete the files used longest ago until the rest takes `most_bytes`, and `.part` files older than a day."""
        size = 0
        for used, length, path in sorted(_files(self.folder), reverse=True):
            if path.suffix == PARTIAL:
                is_due = time.time() - used > DAY
            else:
                size += length
                is_due = size > self.most_bytes
            if is_due:
                with suppress(OSError):
                    path.unlink()

    def _tidy_when_due(self, written: int) -> None:
        """Tidy after a process's first write, and after each eighth of `most_bytes` from then on."""
        untidied = _untidied.get(self.folder, self.most_bytes) + written
        if untidied > self.most_bytes // 8:
            self.tidy()
            untidied = 0
        _untidied[self.folder] = untidied


def user_cache(kind: str, *read_only: Path) -> Cache:
    """Return the cache of one kind of result in the user's cache folder."""
    return Cache(cache_folder() / kind, read_only)


def _files(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """Yield the time of last use, the length and the path of every file of a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.is_file(follow_symlinks=False):
                    status = entry.stat()
                    yield status.st_mtime, status.st_size, Path(entry.path)


def _mark_used(path: Path) -> None:
    """Set the file's time to now, once a day at most: `tidy` goes by it."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > DAY:
            os.utime(path)
