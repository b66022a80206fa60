"""All writing to disk is here: a file or folder is written as a whole or not at all, with permissions that are set."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from handouts.errors import HandoutsError, display_path

PARTIAL = ".part"
SITE_MARK = ".handouts-site"  # a file in every site that we write: no other folder is ever replaced
PRIVATE, SHARED, PUBLIC = 0o600, 0o640, 0o644  # the owner; the clinic's group too; everyone


def write_file(target: Path, data: bytes, mode: int) -> None:
    """Write a file atomically: on failure the earlier file stays; raises HandoutsError where the disk refuses.

    `mode` is its permissions, whatever the umask; while it is being written, only the owner may read it.
    """
    with _disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=PARTIAL, dir=target.parent)
        new = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            new.chmod(mode)
            new.replace(target)
        except BaseException:
            new.unlink(missing_ok=True)
            raise


def write_tree(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder as a whole: on failure the earlier folder stays; raises HandoutsError where the disk refuses.

    A folder that holds anything but a site of ours is never replaced.
    """
    if target.exists() and not _is_replaceable(target):
        raise HandoutsError(f"{display_path(target)} is not an earlier site (it has no {SITE_MARK}): choose another --out")
    with _disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{target.name}-", suffix=PARTIAL, dir=target.parent))
        try:
            for name, data in files.items():
                path = new / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            (new / SITE_MARK).write_bytes(b"")
            new.chmod(0o755)
            _swap(new, target)
        finally:
            shutil.rmtree(new, ignore_errors=True)


def _is_replaceable(target: Path) -> bool:
    """Return True for an earlier site of ours or an empty folder."""
    return target.is_dir() and ((target / SITE_MARK).exists() or not any(target.iterdir()))


def _swap(new: Path, target: Path) -> None:
    """Replace `target` by two renames: between them there is no site for an instant, but never half a site."""
    old = new.with_suffix(".old")
    if target.exists():
        target.replace(old)
    try:
        new.replace(target)
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
