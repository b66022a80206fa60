"""All writing to the disk: complete files and folders or nothing, and who may read them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from handouts.errors import HandoutsError, display_path

PARTIAL = ".part"
SITE_MARK = ".handouts-site"  # marks a site that we wrote; no other folder is replaced
PRIVATE, SHARED, PUBLIC = 0o600, 0o640, 0o644  # the owner; the clinic's group too; everyone


def write_file(target: Path, data: bytes, mode: int) -> None:
    """Write a file, in place of an old one, in one step; raises HandoutsError where the disk refuses.

    The bytes are on the disk before the rename: whoever reads the file finds the old one or the new one, never a part.

    `mode` says who may read it, whatever the umask; while it is written, only the owner may.
    """
    with _disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=PARTIAL, dir=target.parent)
        fresh = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            fresh.chmod(mode)
            fresh.replace(target)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise


def write_tree(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder, in place of an old one, in one step; raises HandoutsError where the disk refuses.

    A folder that holds anything but an earlier site is never replaced.
    """
    if target.exists() and not _is_replaceable(target):
        raise HandoutsError(f"{display_path(target)} is not an earlier site (it has no {SITE_MARK}): choose another --out")
    with _disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", suffix=PARTIAL, dir=target.parent))
        try:
            for name, data in files.items():
                path = fresh / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            (fresh / SITE_MARK).write_bytes(b"")
            fresh.chmod(0o755)
            _swap(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def _is_replaceable(target: Path) -> bool:
    """Return True if a folder is empty or holds a site that we wrote."""
    return target.is_dir() and ((target / SITE_MARK).exists() or not any(target.iterdir()))


def _swap(fresh: Path, target: Path) -> None:
    """Replace a folder by two renames: between them there is no site for an instant, but never half a site."""
    old = fresh.with_suffix(".old")
    if target.exists():
        target.replace(old)
    try:
        fresh.replace(target)
    except OSError:
        if old.exists():
            old.replace(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _disk_errors(target: Path) -> Iterator[None]:
    """Raise HandoutsError that names the target in place of OSError."""
    try:
        yield
    except OSError as error:
        raise HandoutsError(f"{display_path(target)} cannot be written: {error.strerror or error}") from error
