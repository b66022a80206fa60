"""The content that we ship, read once a process; and pages that are read once, whatever lies over them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest

from handouts.app.layers import Layers
from handouts.content import loader
from handouts.model import FrontMatter
from support.written import EXAMPLES

LIBRARY = Layers(clinic=EXAMPLES / "clinic.yaml").library()
PRECAUTIONS = tuple(LIBRARY.precautions)
PROCEDURES = LIBRARY.procedures_of("post-op")

_read_page = cache(loader.read_page)  # a fault is raised anew each time


def read_page_once(matter_kind: type[FrontMatter], text: str, path: str) -> dict[str, Any]:
    """Return what `read_page` makes of the same text under the same path."""
    return dict(_read_page(matter_kind, text, path))


@contextmanager
def reading_pages_once() -> Iterator[None]:
    """Let every library be put together from pages that were read before, where their text is the same.

    Hundreds of tests run a command over our own content, whose 166 pages take most of the time of a run that fails.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "read_page", read_page_once)
        yield
