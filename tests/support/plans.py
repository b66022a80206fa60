"""Plans that are larger than any patient's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from handouts.app.layers import Layers
from handouts.app.plans import Overrides, plan_handouts
from handouts.model import Item, Plan
from handouts.planning.dosing import starting_dose
from support.library import LIBRARY
from support.written import EXAMPLES

DAY = date(2026, 11, 21)
NOTE = "Take your time with this one, and hold on to the table."


def planned(path: Path, layout: str, paper: str) -> Plan:
    (plan,) = plan_handouts([path], Layers(), DAY, Overrides(paper=paper, layout=layout))
    return plan


def whole_library(layout: str, paper: str, note: str | None) -> Plan:
    """A sheet with a card for every exercise and no chart, which takes long to lay out and none of its tests looks at."""
    plan = planned(EXAMPLES / "lumbar-subacute-flat-back.yaml", layout, paper)
    exercises = list(LIBRARY.exercises.values())
    doses = [starting_dose(one.dose) for one in exercises]
    sides = ["both" if one.side != "none" else None for one in exercises]
    items = tuple(Item(*three, note=note) for three in zip(exercises, doses, sides, strict=True))
    return replace(plan, items=items, topics=(), everyday=(), weeks=0)
