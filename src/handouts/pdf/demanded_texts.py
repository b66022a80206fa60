"""The texts that a document must print, such as red flags: looked for in what was laid out, whatever a template does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from handouts.errors import HandoutsError

SMALLEST_PRINT = 8  # CSS pixels (own number): smaller letters are not read


def refuse_lost_texts(boxes: Iterable[Any], demanded: Sequence[str]) -> None:
    """Raise HandoutsError where one of the demanded texts is in none of the boxes, or is hidden or too small there.

    The style of each box is looked at, not its ink: letters in the colour of the paper are not found out.
    """
    printed = "".join("".join(box.text.split()) for box in boxes if hasattr(box, "text") and _is_visible(box))
    for text in demanded:
        if "".join(text.split()) not in printed:
            raise HandoutsError(f"the handout's template leaves out a red flag that every sheet prints: '{text}'")


def _is_visible(box: Any) -> bool:
    return bool(box.style["visibility"] == "visible" and box.style["font_size"] >= SMALLEST_PRINT)
