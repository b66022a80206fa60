"""Plan very many random patients, each held against a second reading of the clinical notes; print what was planned.

    python tests/benchmarks/random_plans.py [patients] [seed]

Two processes; a hundred thousand patients take a few minutes. A plan that the notes do not allow ends the run.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.library import LIBRARY, PRECAUTIONS
from support.patients import ISSUED, patient
from test_any_patient import CHOICES, EARLIEST, LIMIT_WORDS, check_choice, check_listed, problems_of, refusals

from handouts.model import CLEARANCES, LIMITS, SIDES, Patient

WORKERS = 2
OPPOSED = {"bend": "trunk-range", "neck-movement": "neck-range", "front-lying": "front-lying"}


def some(chance: Random, words: tuple[str, ...], most: int) -> list[str]:
    return chance.sample(words, chance.randint(0, most))


def anyone(chance: Random) -> Patient:
    """Return any patient whose file is valid, of any phase."""
    phase = chance.choice(sorted(LIBRARY.phases))
    findings = {key: chance.choice(words) for key, words in CHOICES.items() if chance.random() < 0.6}
    precautions, cleared = some(chance, PRECAUTIONS, 3), some(chance, CLEARANCES, 3)
    limits = {key: chance.choice(LIMIT_WORDS) for key in some(chance, LIMITS, 3) if OPPOSED.get(key) not in cleared}
    return patient(
        phase,
        f"findings: {{{', '.join(f'{key}: {word}' for key, word in findings.items())}}}",
        f"precautions: [{', '.join(precautions)}]",
        f"pregnancy-week: {chance.randint(1, 40)}" if "pregnancy" in precautions else "",
        f"age: {chance.randint(18, 95)}" if chance.random() < 0.5 else "",
        f"cleared: [{', '.join(cleared)}]",
        f"limits: {{{', '.join(f'{key}: {said}' for key, said in limits.items())}}}",
        chance.choice(["", "review: 2026-12-05", "review: 2026-12-31"]),
        chance.choice(["", *(f"side: {side}" for side in SIDES)]),
        operated=ISSUED - timedelta(days=7 * EARLIEST.get(phase, 0) + chance.randint(0, 400)),
    )


def plan_many(seed: int, count: int) -> tuple[Counter[str], Counter[str]]:
    """Return how often each size and length of a plan came up, and each refusal of an exercise listed by hand."""
    chance, made, refused = Random(seed), Counter[str](), Counter[str]()
    exercises = list(LIBRARY.exercises.values())
    for number in range(count):
        someone = anyone(chance)
        listed = chance.choice(exercises)
        try:
            plan = check_choice(someone)
            check_listed(someone, listed)
        except AssertionError:
            print(f"seed {seed}, patient {number}, {listed.slug} listed: {someone!r}", file=sys.stderr)
            raise
        refused.update(sorted(refusals(someone, listed)) or ["printed"])
        made["no exercise left" if plan is None else f"{len(plan.items)} exercises"] += 1
        if plan:
            made[f"{plan.minutes:3} minutes"] += 1
            made["asks by age"] += any(line.startswith("age") for line in plan.warnings)
        else:
            refused.update(problem.rule for problem in problems_of(someone))
    return made, refused


def main() -> None:
    """Plan the patients in two processes and print the summary."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    started = time.monotonic()
    share = 2_000
    parts = [(seed * 1_000_000 + start, min(share, count - start)) for start in range(0, count, share)]
    made, refused = Counter[str](), Counter[str]()
    with ProcessPoolExecutor(WORKERS) as pool:
        for some_made, some_refused in pool.map(plan_many, *zip(*parts, strict=True)):
            made += some_made
            refused += some_refused
    print(f"{count} patients in {time.monotonic() - started:.0f} s; every plan is as the notes allow")
    for title, counter in (("Planned", made), ("Listed by hand", refused)):
        print(title)
        for name, number in sorted(counter.items()):
            print(f"  {name:24} {number:7}")


if __name__ == "__main__":
    main()
