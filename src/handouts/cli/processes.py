"""How many processes a command uses, and how they are started."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor

PROCESSORS = min(os.cpu_count() or 1, 8)


def executor_of(jobs: int) -> AbstractContextManager[Executor | None]:
    """Return a pool of that many processes, or None in its place for one: the work then stays in this process.

    The processes are spawned, not forked: a fork of a process that has threads can hang.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) if jobs > 1 else nullcontext()
