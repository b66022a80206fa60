"""A phase's sheet for anyone: the plan that the rules make where nothing is known of a patient."""

from __future__ import annotations

from dataclasses import replace

from handouts.model import Library, Patient, Phase, Plan, Print
from handouts.planning.case import Case
from handouts.planning.resolve import plan_case


def general_plan(phase: Phase, library: Library, paper: str = "a4") -> Plan:
    """What the rules choose for a phase by itself: every dose at the start of its range, every limit a blank line.

    Nothing climbs: when to do more is said in words, and how much is a therapist's to say. The day of issue is the day on
    which the phase was last reviewed, so that the same content makes the same sheet on any day.
    """
    condition, _, procedure = phase.condition.partition("/")
    nobody = Patient(
        id=f"general-{phase.slug.replace('/', '-')}",
        condition=condition,
        procedure=procedure or None,
        phase=phase.stem,
        print=Print(paper=paper),
        document=phase.document,
    )
    plan = plan_case(Case(nobody, phase, library), phase.reviewed)
    return replace(plan, general=True, items=tuple(replace(item, ladder=()) for item in plan.items))
