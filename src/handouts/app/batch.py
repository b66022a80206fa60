"""Many sheets: made in this process or by an executor's processes, and shared among machines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass

from handouts.errors import HandoutsError
from handouts.pdf.writer import write_pdf
from handouts.render.sheet import Sheet


@dataclass(frozen=True)
class Shard:
    """Part `number` of `of` parts of all patients. The id alone decides the part, so it is the same on every machine."""

    number: int = 1
    of: int = 1

    def holds(self, patient_id: str) -> bool:
        """Return True if this part makes the sheet of this patient."""
        return int(hashlib.sha256(patient_id.encode()).hexdigest(), 16) % self.of == self.number - 1


ALL = Shard()


def make_documents(
    sheets: Sequence[Sheet], executor: Executor | None = None, write: Callable[..., bytes] = write_pdf
) -> Iterator[bytes]:
    """Return the document that `write` makes of each sheet, in their order; by the executor's processes if there is one.

    Raises HandoutsError for an executor of threads: Pango and the font configuration are shared by all of them.
    """
    if isinstance(executor, ThreadPoolExecutor):
        raise HandoutsError("sheets cannot be made in threads, which Pango does not allow: use a ProcessPoolExecutor")
    run = executor.map if executor else map
    return iter(run(write, *zip(*sheets, strict=True))) if sheets else iter(())
