"""The record of one sheet, written beside it: enough to understand it and to make it again, without a name.

A record holds the patient file's words except the name, the exercises with their doses written out, and the reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handouts.model import Item, Plan
from handouts.patients.file_words import as_yaml, own_numbers, patient_keys, with_unit

FORM = 1  # version of the record's format, raised when its keys change
RECORD_ENDING = ".plan.yaml"


def plan_record(plan: Plan) -> str:
    """Return the record as YAML text; the same plan gives the same text."""
    record = {
        "record": FORM,
        "content-version": plan.version,
        "clinic-version": plan.clinic.version,
        "patient": _patient(plan),
        "overrides": _overrides(plan),
        "warnings": list(plan.warnings),
        "own-doses": _own_doses(plan),
        "weeks": {item.exercise.slug: item.weeks_in_short for item in plan.items},
        "reasons": [
            {
                "exercise": reason.exercise,
                "chosen": reason.chosen,
                "rule": reason.rule,
                "finding": reason.finding,
                "because": reason.because,
            }
            for reason in plan.reasons
        ],
    }
    return as_yaml(record)


def _overrides(plan: Plan) -> list[dict[str, str]]:
    """Return what a therapist printed although it was refused, with the reasons."""
    reason = plan.patient.allow_phase if plan.phase.is_too_early(plan.week_after_surgery) else None
    phase = [{"phase": plan.phase.stem, "allow-phase": reason}] if reason else []
    return [*phase, *({"exercise": item.exercise.slug, "allow": item.allow} for item in plan.items if item.allow)]


def _patient(plan: Plan) -> dict[str, Any]:
    """Return the patient file that would give this plan again, without the name."""
    words = patient_keys(plan.patient, skip=("name", "since"))
    words["issued"] = plan.issued
    if plan.patient.since:
        words["since"] = sheet_named(plan.patient.since)
    words["exercises"] = [_prescription(item) for item in plan.items]
    return words


def sheet_named(since: str) -> str:
    """Return the id of the sheet that a `since` names, by its id or by the path of its record: a path may hold a name."""
    return since.replace("\\", "/").rpartition("/")[2].removesuffix(RECORD_ENDING)


def _own_doses(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Return which numbers of each dose a therapist wrote; those that the first record says, in one made from a record."""
    if plan.patient.own_doses is not None:
        return plan.patient.own_doses
    own = {item.exercise.slug: own_numbers(item.chosen) for item in plan.items if item.chosen}
    return {slug: numbers for slug, numbers in own.items() if numbers}


def _prescription(item: Item) -> dict[str, Any]:
    """Return the entry that gives this dose and its weekly steps again: a number that climbs says so, or is a range."""
    dose, ranges = item.dose, item.own_ranges
    words = {
        "exercise": item.exercise.slug,
        **{name: ranges.get(name) or getattr(dose, name) for name in ("sets", "reps", "hold", "minutes")},
        "rest": item.rest,
        "per-day": dose.per_day,
        "days-per-week": dose.days_per_week,
        "build-up": True if item.builds_up else None,
        "load": item.load,
        "side": item.side if item.exercise.side != "none" else None,
        "toward": item.toward,
        "note": item.note,
        "allow": item.allow,
    }
    return {key: with_unit(key, value) for key, value in words.items() if value is not None}
