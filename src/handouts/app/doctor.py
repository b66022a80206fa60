"""This machine -> what it needs to make PDFs, what of it is missing, and the command that installs that."""

from __future__ import annotations

import ctypes.util
import platform
import shutil
import sys
from dataclasses import dataclass

from handouts.errors import HandoutsError
from handouts.fonts import FONT_FILES, font_bytes

_DEBIAN = "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_FEDORA = "sudo dnf install -y pango harfbuzz"
_MAC = "brew install pango"
_WINDOWS = "install MSYS2, then in its window type: pacman -S mingw-w64-ucrt-x86_64-pango"


@dataclass(frozen=True)
class Finding:
    """One requirement; `remedy` is what to type where it is missing."""

    what: str
    ok: bool
    remedy: str = ""


def examine() -> tuple[Finding, ...]:
    """Check everything a sheet needs, from Python to one test page."""
    return (_python(), *_libraries(), _font(), _page())


def _python() -> Finding:
    version = platform.python_version()
    return Finding(f"Python {version} (3.11 or newer)", sys.version_info >= (3, 11), "install Python 3.11 or newer")


def _libraries() -> tuple[Finding, ...]:
    remedy = pango_remedy()
    names = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
    return tuple(Finding(f"system library {name}", _is_installed(name), remedy) for name in names)


def _is_installed(name: str) -> bool:
    return bool(ctypes.util.find_library(name) or ctypes.util.find_library(f"{name}-0"))


def pango_remedy() -> str:
    """Return the command that installs Pango on this system."""
    if sys.platform == "darwin":
        return _MAC
    if sys.platform == "win32":
        return _WINDOWS
    return _FEDORA if shutil.which("dnf") and not shutil.which("apt-get") else _DEBIAN


def _font() -> Finding:
    try:
        font_bytes(FONT_FILES[0])
    except (HandoutsError, OSError):
        return Finding("font Atkinson Hyperlegible", False, "pip install fontpkg-atkinson-hyperlegible")
    return Finding("font Atkinson Hyperlegible", True)


def _page() -> Finding:
    """Make one page, which finds what no list of libraries can."""
    from handouts.pdf.writer import write_pdf

    try:
        write_pdf('<html lang="en"><title>Test</title><h1>Test</h1></html>')
    except HandoutsError as error:
        return Finding(f"one test page: {error}", False, pango_remedy())
    return Finding("one test page", True)
