"""How many processes a command uses, and how they are started."""

from __future__ import annotations

import os
from contextlib import nullcontext
from typing import Any

PROCESSORS = min(os.cpu_count() or 1, 8)


def executor_of(jobs: int) -> Any:
    """Fresh processes: a fork of a process that has threads can hang."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) if jobs > 1 else nullcontext()
