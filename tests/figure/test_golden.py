"""A dozen drawings as they were when somebody last looked at them.

They are compared as pictures, with a small tolerance, everywhere; and letter for letter where numpy and processor are
those they were made with. After a wanted change look at the new ones, then renew them: `python tests/figure/test_golden.py`.
"""

from __future__ import annotations

import platform
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from resvg_py import svg_to_bytes
from support.samples import BASES, LEG_LIFT, SQUAT, TURN, base

from handouts.figure import draw, parse_figure

GOLDEN = Path(__file__).with_name("golden")
MADE_WITH = GOLDEN / "made-with.txt"
FIGURES = {"leg-lift": LEG_LIFT, "squat": SQUAT, "turn": TURN} | {position: base(position) for position in BASES}
PICTURES = [f"{name}-{k + 1}" for name, said in FIGURES.items() for k in range(len(said["panels"]))]
DIFFERENT = 0.004  # share of pixels that may differ by more than a shade: lines shifted by a fraction of their width


@cache
def panels(name: str) -> tuple[str, ...]:
    return draw(parse_figure(FIGURES[name])).panels


def drawn(picture: str) -> str:
    name, _, number = picture.rpartition("-")
    return panels(name)[int(number) - 1]


def pixels(svg: str) -> np.ndarray:
    png = bytes(svg_to_bytes(svg_string=svg, width=500, background="white"))
    return np.asarray(Image.open(BytesIO(png)).convert("L"), int)


def difference(a: str, b: str) -> float:
    """The share of pixels that differ by more than a shade."""
    first, second = pixels(a), pixels(b)
    return 1.0 if first.shape != second.shape else float((np.abs(first - second) > 100).mean())


def makers() -> str:
    """What decides the last digit: numpy and what it makes of the processor."""
    found = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    return f"numpy {np.__version__}, {platform.machine()}, {' '.join(found)}\n"


@pytest.mark.parametrize("picture", PICTURES)
def test_a_drawing_looks_as_it_did(picture: str):
    kept = (GOLDEN / f"{picture}.svg").read_text("utf-8")
    assert difference(drawn(picture), kept) <= DIFFERENT
    if MADE_WITH.read_text("utf-8") == makers():
        assert drawn(picture) == kept


def test_another_drawing_would_be_seen():
    """The smallest changes that matter: a leg lifted four degrees less."""
    first, second = LEG_LIFT["panels"]
    changed = parse_figure(LEG_LIFT | {"panels": [first, second | {"joints": {"hip_l": "ext 14"}}]})
    assert difference(draw(changed).panels[1], drawn("leg-lift-2")) > DIFFERENT


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.glob("*.svg"):
        old.unlink()
    for one in PICTURES:
        (GOLDEN / f"{one}.svg").write_text(drawn(one), "utf-8")
    MADE_WITH.write_text(makers(), "utf-8")
    print(f"{len(PICTURES)} drawings renewed in {GOLDEN}: look at them before you commit them")
