"""XLSX files as programs write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable


def with_part(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """An XLSX file with one of its parts changed, or a new one."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts[part] = change(parts.get(part, ""))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()
