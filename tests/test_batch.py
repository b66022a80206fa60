"""Many sheets at once: which executors may make them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from handouts.app.batch import make_documents
from handouts.errors import HandoutsError


def test_threads_are_refused_since_pango_breaks_with_them() -> None:
    with ThreadPoolExecutor(1) as threads, pytest.raises(HandoutsError, match="use a ProcessPoolExecutor"):
        make_documents([], threads)
