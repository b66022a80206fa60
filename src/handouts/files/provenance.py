"""A name for the code that makes something: it changes when any module on the way changes, or a library it uses."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = "handouts"
SOURCE = Path(__file__).parents[1]
DISTRIBUTIONS = {"PIL": "pillow", "yaml": "PyYAML"}  # where the package on the index is not named as the import is
# An import statement; ast would need 170 ms for the engine's source, these take 2 ms.
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)|import[ \t]+([^\n#]+))", re.MULTILINE
)
_NO_NAME = re.compile(r"\bas[ \t]+\w+|#[^\n]*")  # inside an import statement: the local name, a comment
_DATA = re.compile(r'\bfiles\("(\w+)"\)')  # importlib.resources: a package whose data is read


@lru_cache(maxsize=16)
def source_digest(module: str) -> str:
    """Return the SHA-256, in hexadecimal, of a module's source and of every module of ours that it imports, in turn.

    Imports inside functions count. The `__init__` of a package counts only where it is imported from, and foreign libraries
    not at all: `library_versions` names them.
    """
    digest = hashlib.sha256()
    for name, path in sorted(_modules(module).items()):
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@lru_cache(maxsize=16)
def library_versions(module: str) -> str:
    """Return the foreign libraries that a module imports, itself or by modules of ours, each with its version."""
    names = {name.partition(".")[0] for path in _modules(module).values() for name in _imports(path)}
    return ", ".join(f"{name} {_version(name)}" for name in sorted(names - sys.stdlib_module_names - {PACKAGE}))


def _modules(module: str) -> dict[str, Path]:
    """Return the files of a module and of all modules of ours behind it, by their dotted names."""
    modules: dict[str, Path] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name not in modules and (path := _path(name)):
            modules[name] = path
            waiting += [other for other in _imports(path) if other.partition(".")[0] == PACKAGE]
    return modules


def _path(name: str) -> Path | None:
    """Return the file of a module of ours; None for a name that is something inside a module."""
    stem = SOURCE.joinpath(*name.split(".")[1:])
    return next((path for path in (stem / "__init__.py", stem.with_suffix(".py")) if path.is_file()), None)


def _imports(path: Path) -> Iterator[str]:
    """Yield the dotted names that a file imports; `from a import b` yields both `a` and `a.b`, which may be a module."""
    text = path.read_text("utf-8")
    for source, names, modules in _IMPORT.findall(text):
        imported = re.findall(r"[\w.]+", _NO_NAME.sub("", names or modules))
        if source:
            yield source
        yield from (f"{source}.{name}" if source else name for name in imported)
    yield from _DATA.findall(text)


def _version(library: str) -> str:
    try:
        return version(DISTRIBUTIONS.get(library, library))
    except PackageNotFoundError:
        return "missing"
