"""Reads values of a mapping and remembers every fault with its place."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from typing import Any

from handouts.figure.spec.figure import Path


def unknown(what: str, name: Any, names: Iterable[str]) -> str:
    """Say that *name* is none of *names*, and which it may have been."""
    near = difflib.get_close_matches(str(name), list(names), 1, 0.5)
    return f"unknown {what} '{name}'" + (f"; did you mean '{near[0]}'?" if near else "")


class Reader:
    """Reads values and remembers every fault with its place."""

    def __init__(self) -> None:
        self.faults: list[tuple[Path, str]] = []

    def fault(self, path: Path, text: str) -> None:
        self.faults.append((path, text))

    def mapping(self, path: Path, value: Any, what: str, names: Iterable[str] | None = None) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            self.fault(path, f"{what} must be a mapping")
            return {}
        names = None if names is None else tuple(names)
        for key in value:
            if names is not None and key not in names:
                self.fault((*path, key), unknown(what, key, names))
        return {k: v for k, v in value.items() if names is None or k in names}

    def listing(self, path: Path, value: Any) -> list[Any]:
        if isinstance(value, list | tuple):
            return list(value)
        return [] if value is None else [value]

    def name(self, path: Path, value: Any, what: str, names: Iterable[str]) -> str | None:
        names = tuple(names)
        if value in names:
            return value
        self.fault(path, unknown(what, value, names))
        return None

    def number(self, path: Path, value: Any, default: float = 0.0) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
        self.fault(path, f"'{value}' must be a number")
        return default

    def numbers(self, path: Path, value: Any, count: int, empty: bool = False) -> tuple | None:
        if not isinstance(value, list | tuple) or len(value) != count:
            self.fault(path, f"must be {count} numbers")
            return None
        return tuple(None if v is None and empty else self.number((*path, k), v) for k, v in enumerate(value))
