"""The layouts of the printed sheet, as their files have them."""

from __future__ import annotations

from handouts.app.layers import Layers

RECORDS = Layers().layouts()
LAYOUTS = tuple(RECORDS)
TAGGED = tuple(name for name, layout in RECORDS.items() if not layout.folded)
