"""How long all content takes to load, as a ratio to an earlier state of the code, side by side in one run.

Run by hand: `python tests/benchmarks/library.py EARLIER`, where EARLIER is a checkout. The content of this checkout is read
by both; each load is timed in a process of its own, by turns, so that a busy machine slows both alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parents[2]
LOADS, ROUNDS = 5, 5
CODE = """
import sys, time
from pathlib import Path
try:
    from handouts.content.loader import load_library
except ImportError:  # before the loader had its present name
    from handouts.library import load_library
layers = [Path(sys.argv[1])]
load_library(layers)
times = []
for _ in range(int(sys.argv[2])):
    start = time.process_time()
    load_library(layers)
    times.append(time.process_time() - start)
print(min(times))
"""


def seconds(checkout: Path) -> float:
    """Return the least CPU seconds of one load with the code of a checkout."""
    command = [sys.executable, "-c", CODE, str(HERE / "content"), str(LOADS)]
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src")}
    return float(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print both times and their ratio."""
    earlier = Path(sys.argv[1])
    pairs = [(seconds(earlier), seconds(HERE)) for _ in range(ROUNDS)]
    before, now = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(after / first for first, after in pairs)
    print(f"earlier {before * 1000:.0f} ms CPU a load, now {now * 1000:.0f} ms: {ratio:.2f} of it")


if __name__ == "__main__":
    main()
