"""Many sheets: in this process, or on any `concurrent.futures.Executor`; and one part of many machines' work."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from handouts.pdf.writer import write_pdf
from handouts.render.sheet import Sheet


@dataclass(frozen=True)
class Shard:
    """Part `number` of `of` parts of all patients, told apart by their ids alone: the same on every machine."""

    number: int = 1
    of: int = 1

    def holds(self, identity: str) -> bool:
        """Does this part make the sheet of this id?"""
        return int(hashlib.sha256(identity.encode()).hexdigest(), 16) % self.of == self.number - 1


ALL = Shard()


def make_documents(
    sheets: Sequence[Sheet], executor: Executor | None = None, write: Callable[..., bytes] = write_pdf
) -> Iterator[bytes]:
    """The PDF of every sheet, in their order, or what else `write` makes of one."""
    run = executor.map if executor else map
    return iter(run(write, *zip(*sheets, strict=True))) if sheets else iter(())
