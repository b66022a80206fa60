"""The real command, as the fixture `run` gives it to a test."""

from __future__ import annotations

from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]


def paths(printed: str) -> list[str]:
    """The files that the command names, a line each, without how many pages they have."""
    return [line.partition("  ")[0] for line in printed.splitlines()]
