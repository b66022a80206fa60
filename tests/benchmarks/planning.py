"""How long the plan of one patient takes from a loaded library, as a ratio to an earlier state, side by side in one run.

Run by hand: `python tests/benchmarks/planning.py EARLIER`, where EARLIER is a checkout. Each reads its own content and plans
the same 160 patients; each run is timed in a process of its own, by turns, so that a busy machine slows both alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parents[2]
ROUNDS = 5
CODE = """
import itertools, sys, time
sys.path.insert(0, sys.argv[1])
from support.library import LIBRARY
from support.patients import ISSUED, patient
from handouts.planning.resolve import resolve
phases = [phase for phase in LIBRARY.phases if phase.split("/")[-2] in ("lumbar", "cervical", "discectomy", "fusion", "acdf")]
people = [
    patient(phase, f"findings: {{posture: {posture}, direction: {direction}, level: {level}}}", "precautions: [knee-problem]")
    for phase, posture, direction, level in itertools.product(
        phases, ("flat", "neutral"), ("extension", "none"), ("low", "high")
    )
]
def once():
    start = time.process_time()
    for someone in people:
        resolve(someone, LIBRARY, ISSUED)
    return (time.process_time() - start) / len(people)
once()
print(min(once() for _ in range(5)))
"""


def seconds(checkout: Path) -> float:
    """Return the least CPU seconds of one plan with the code of a checkout."""
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src")}
    command = [sys.executable, "-c", CODE, str(checkout / "tests")]
    return float(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print both times and their ratio."""
    earlier = Path(sys.argv[1])
    pairs = [(seconds(earlier), seconds(HERE)) for _ in range(ROUNDS)]
    before, now = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(after / first for first, after in pairs)
    print(f"earlier {before * 1000:.2f} ms CPU a plan, now {now * 1000:.2f} ms: {ratio:.2f} of it")


if __name__ == "__main__":
    main()
