"""The general plan of a phase, for its general sheet: what the rules choose where nothing is known of a patient."""

from __future__ import annotations

from dataclasses import replace

from handouts.model import Library, Patient, Phase, Plan, Print
from handouts.model.vocabulary import Paper
from handouts.planning.case import Case
from handouts.planning.resolve import plan_case


def general_plan(phase: Phase, library: Library, paper: Paper = "a4") -> Plan:
    """Return the plan of a phase for anyone: every dose at the start of its range, every limit a blank line.

    No dose goes up: the sheet says in words when to do more, and a therapist says how much. The day of issue is the day on
    which the phase was last reviewed, so that the same content makes the same sheet on any day.
    """
    condition, _, procedure = phase.condition.partition("/")
    nobody = Patient(
        id=f"general-{procedure or condition}-{phase.stem}",
        condition=condition,
        procedure=procedure or None,
        phase=phase.stem,
        print=Print(paper=paper),
        document=phase.document,
    )
    plan = plan_case(Case(nobody, phase, library), phase.reviewed)
    return replace(plan, general=True, items=tuple(replace(item, ladder=()) for item in plan.items))
