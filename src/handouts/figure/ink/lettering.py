"""The time on a stop-watch, drawn with the pen: a picture needs no font, and reads the same wherever it is shown."""

from __future__ import annotations

# Width and strokes of each letter: 10 high, the line they stand on at y = 10; own design.
_LETTERS = {
    "0": (6.0, "M3 0C0 0 0 10 3 10C6 10 6 0 3 0z"),
    "1": (3.6, "M.4 2L3.2 0V10"),
    "2": (6.0, "M.3 2.4C.6-.8 5.8-.8 5.6 2.8C5.4 5 1.5 7 .2 10H6"),
    "3": (6.0, "M.4 1.4C2-.6 5.5-.3 5.5 2.3C5.5 4.1 4 4.7 2.4 4.7C4.2 4.7 6 5.4 6 7.3C6 10.4 1.6 10.9 0 8.6"),
    "4": (6.0, "M4.6 10V0L0 7H6.2"),
    "5": (6.0, "M5.4 0H1L.5 4.6C2.4 3 6 3.4 6 6.6C6 10.4 1.4 11 0 8.8"),
    "6": (6.0, "M5 .2C2 1.2 0 4 0 6.9C0 8.8 1.2 10 3 10C4.7 10 6 8.8 6 6.9C6 5.2 4.8 4 3 4C1.6 4 .4 4.8 0 6.4"),
    "7": (6.0, "M0 0H6L2 10"),
    "8": (6.0, "M3 4.7C1.4 4.7.5 3.8.5 2.4C.5.9 1.5 0 3 0C4.5 0 5.5.9 5.5 2.4C5.5 3.8 4.6 4.7 3 4.7"
               "C1.2 4.7 0 5.8 0 7.3C0 9 1.2 10 3 10C4.8 10 6 9 6 7.3C6 5.8 4.8 4.7 3 4.7z"),
    "9": (6.0, "M1 9.8C4 8.8 6 6 6 3.1C6 1.2 4.8 0 3 0C1.3 0 0 1.2 0 3.1C0 4.8 1.2 6 3 6C4.4 6 5.6 5.2 6 3.6"),
    "s": (4.4, "M4.2 5.2C3.4 3.2.6 3.3.6 5C.6 7 4.4 6.2 4.4 8.3C4.4 10.5.8 10.5 0 8.6"),
    "m": (6.6, "M0 10V4M0 6C.6 3.4 3.3 3.4 3.3 6V10M3.3 6C3.9 3.4 6.6 3.4 6.6 6V10"),
    "i": (0.0, "M0 10V4M0 1.4V1.6"),
    "n": (3.8, "M0 10V4M0 6C.6 3.2 3.8 3.2 3.8 6V10"),
    " ": (0.6, ""),
}  # fmt: skip
_APART = 2.0


def lettering(words: str, x: float, y: float, wide: float, high: float, look: str) -> str:
    """Return *words* (digits and `s`, `m`, `i`, `n`) centred at *x*, *y*, as large as a box of *wide* by *high* allows."""
    widths = [_LETTERS[letter][0] for letter in words]
    total = sum(widths) + _APART * (len(words) - 1)
    scale = min(wide / total, high / 10)
    at, out = -total / 2, ""
    for letter, width in zip(words, widths, strict=True):
        if strokes := _LETTERS[letter][1]:
            out += f'<path transform="translate({at:.1f} -5)" d="{strokes}"/>'
        at += width + _APART
    return f'<g fill="none" {look} stroke-width="1.5" transform="translate({x:.0f} {y:.0f}) scale({scale:.2f})">{out}</g>'
