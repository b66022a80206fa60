"""How long drawings take, as ratios to a fixed piece of numpy work, so that machines can be compared.

Run by hand: `python tests/benchmarks/figure.py`.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.samples import LEG_LIFT, SQUAT, TURN, base

from handouts.figure import animate, draw, parse_figure
from handouts.figure.body.body import BUILDS
from handouts.figure.scene.settle import settle_panels
from handouts.files.cache import Cache
from handouts.pictures.drawing_cache import cached_draw


def seconds(work, times: int = 5) -> float:
    """Median CPU seconds of one call."""
    out = []
    for _ in range(times):
        start = time.process_time()
        work()
        out.append(time.process_time() - start)
    return statistics.median(out)


def fixed_work() -> float:
    """The yardstick: distances of points of a grid, single-threaded."""
    grid = np.arange(700.0)[:, None] - np.arange(700.0)
    return float(sum(np.sqrt(grid * grid + k).sum() for k in range(40)))


def main() -> None:
    """Print every time as a share of the yardstick."""
    unit = seconds(fixed_work)
    print(f"yardstick {unit * 1000:.0f} ms CPU")
    figures = {"leg lift": LEG_LIFT, "squat": SQUAT, "turn": TURN, "supine": base("supine"), "fours": base("hands-and-knees")}
    panels = []
    for name, mapping in figures.items():
        figure = parse_figure(mapping)
        draw(figure)
        whole = seconds(lambda figure=figure: draw(figure)) / len(figure.panels)
        solve = seconds(lambda figure=figure: settle_panels(figure, BUILDS["short-hair"])) / len(figure.panels)
        panels.append(whole)
        print(f"{name:10} {whole / unit:6.2f} a panel, {solve / unit:.2f} of it settling ({whole * 1000:.0f} ms)")
    print(f"{'median':10} {statistics.median(panels) / unit:6.2f} a panel ({statistics.median(panels) * 1000:.0f} ms)")
    figure = parse_figure(SQUAT)
    print(f"{'moving':10} {seconds(lambda: animate(figure), 2) / unit:6.2f}")
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        cached_draw(figure, Cache(folder))
        print(f"{'kept':10} {seconds(lambda: cached_draw(figure, Cache(folder))) / unit:6.2f}")


if __name__ == "__main__":
    main()
