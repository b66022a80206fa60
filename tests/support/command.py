"""The real command, as the fixture `run` gives it to a test."""

from __future__ import annotations

from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]
