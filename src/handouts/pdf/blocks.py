"""How much room HTML takes on paper: laid out by WeasyPrint, never reckoned. Nothing is printed.

Where a block begins is read from WeasyPrint's anchors, which it makes of every `id`. Heights are kept by a hash of all that
shapes a block: on the disk, unless a block holds words of a patient, which stay in the memory of the process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from handouts.files.cache import Cache, content_key, user_cache
from handouts.files.provenance import library_versions
from handouts.pdf.units import MM_A_PIXEL
from handouts.pdf.writer import lay_out

ENDLESS = 30_000  # mm: a page on which no block is ever broken
MOST_KEPT = 20_000  # heights in memory
CACHE_KIND = "block-heights"

_in_memory: dict[str, float] = {}


class End(NamedTuple):
    """Where something ends: the page, from 0 on, and how far down from the top of its type area, in mm."""

    page: int
    down: float


class Block(NamedTuple):
    """HTML to measure; `private` unless it is known to hold no words of a patient, and so may be remembered on the disk."""

    html: str
    private: bool = True


@dataclass(frozen=True)
class Paper:
    """What blocks are printed on: their style, the width inside the margins in mm, the attributes of <html>, pictures."""

    style: str
    width: float
    attributes: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)

    def heights(self, blocks: Sequence[Block]) -> list[float]:
        """Return the height of each block in mm; those that are not known yet are laid out together, on one endless page."""
        keys = [content_key(_engine(), self.style, f"{self.width:g}", self.attributes, block.html) for block in blocks]
        disk = user_cache(CACHE_KIND)
        stores = {key: None if block.private else disk for key, block in zip(keys, blocks, strict=True)}
        known = {key: height for key, store in stores.items() if (height := _recall(key, store)) is not None}
        unknown = {key: block.html for key, block in zip(keys, blocks, strict=True) if key not in known}
        for key, height in zip(unknown, self._lay_out([*unknown.values()]), strict=True):
            known[key] = height
            _keep(key, height, stores[key])
        return [known[key] for key in keys]

    def _lay_out(self, blocks: Sequence[str]) -> list[float]:
        if not blocks:
            return []
        edges = [f'<div class="measured" id="block-{number}">{block}</div>' for number, block in enumerate(blocks)]
        body = "".join(edges) + f'<div class="measured" id="block-{len(blocks)}"></div>'
        page = f"@page {{ size: {self.width:g}mm {ENDLESS}mm; margin: 0 }} .measured {{ display: flow-root }}"
        (places,) = lay_out(self._html(body), self.files, (self.style, page))
        tops = [places[f"block-{number}"] * MM_A_PIXEL for number in range(len(blocks) + 1)]
        return [below - above for above, below in pairwise(tops)]

    def end_of(self, html: str, top: float) -> End:
        """Return where HTML ends that starts a sheet and may fill more than a page; `top` is the margin above, in mm."""
        pages = lay_out(self._html(f'{html}<div id="end"></div>'), self.files, (self.style,))
        page = next(number for number, places in enumerate(pages) if "end" in places)
        return End(page, pages[page]["end"] * MM_A_PIXEL - top)

    def _html(self, body: str) -> str:
        return f"<!DOCTYPE html><html {self.attributes}><head><title>-</title></head><body>{body}</body></html>"


@cache
def _engine() -> str:
    return library_versions("handouts.pdf.weasy")


def _recall(key: str, store: Cache | None) -> float | None:
    if key not in _in_memory and store and (data := store.get(key)):
        _in_memory[key] = float(data)
    return _in_memory.get(key)


def _keep(key: str, height: float, store: Cache | None) -> None:
    if len(_in_memory) > MOST_KEPT:
        _in_memory.clear()
    _in_memory[key] = height
    if store:
        store.put(key, f"{height:.3f}".encode())
