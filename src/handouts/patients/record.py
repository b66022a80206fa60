"""The record of one sheet, written beside it: enough to understand it and to make it again, without a name.

A record holds the patient file's words except the name, the exercises with their doses written out, and the reasons.
"""

from __future__ import annotations

from typing import Any

import yaml

from handouts.fields import Range
from handouts.model import Findings, Item, Limit, Noun, Plan

FORM = 1  # version of the record's format, raised when its keys change


def plan_record(plan: Plan) -> str:
    """Return the record as YAML text; the same plan gives the same text."""
    record = {
        "record": FORM,
        "content-version": plan.version,
        "clinic-version": plan.clinic.version,
        "patient": _patient(plan),
        "overrides": _overrides(plan),
        "warnings": list(plan.warnings),
        "weeks": {item.exercise.slug: item.weeks_in_short for item in plan.items},
        "reasons": [
            {
                "exercise": reason.exercise,
                "chosen": "yes" if reason.chosen else "no",
                "rule": reason.rule,
                "finding": reason.finding,
                "because": reason.because,
            }
            for reason in plan.reasons
        ],
    }
    return yaml.dump(_plain(record), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000_000)


class _Dumper(yaml.SafeDumper):
    """Writes an empty value as patient files do."""


_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", "~"))


def _overrides(plan: Plan) -> list[dict[str, str]]:
    """Return what a therapist printed although it was refused, with the reasons."""
    reason = plan.patient.allow_phase if plan.phase.is_too_early(plan.week_after_surgery) else None
    phase = [{"phase": plan.phase.stem, "allow-phase": reason}] if reason else []
    return [*phase, *({"exercise": item.exercise.slug, "allow": item.allow} for item in plan.items if item.allow)]


def _patient(plan: Plan) -> dict[str, Any]:
    """Return the patient file that would give this plan again, without the name."""
    patient = plan.patient
    words = _keys(patient, skip=("name", "document", "made_with", "made_for", "exercises", "findings", "limits", "print"))
    words["issued"] = plan.issued
    nested = {"findings": patient.findings, "print": patient.print}
    words |= {key: _keys(noun) for key, noun in nested.items() if _keys(noun)}
    words["limits"] = {key: limit and _limit(limit) for key, limit in patient.limits.entries().items()}
    words["exercises"] = [_prescription(item) for item in plan.items]
    return words


def _limit(limit: Limit) -> str | dict[str, Any]:
    """Return a limit as its file has it: words, or a mapping where the therapist judged what it closes."""
    return limit.says if limit.closes is None else {"says": limit.says, "closes": limit.closes}


def _keys(noun: Noun, skip: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the keys of a noun as its file writes them, without the empty ones."""
    fields = type(noun).model_fields.items()
    values = {field.alias or name: getattr(noun, name) for name, field in fields if name not in skip}
    return {key: value for key, value in values.items() if value not in (None, (), Findings())}


def _prescription(item: Item) -> dict[str, Any]:
    """Return the entry that gives this dose and its weekly steps again: a number that climbs says so, or is a range."""
    dose, ranges = item.dose, item.own_ranges
    words = {
        "exercise": item.exercise.slug,
        "sets": _number(ranges.get("sets"), dose.sets),
        "reps": _number(ranges.get("reps"), dose.reps),
        "hold": _number(ranges.get("hold"), dose.hold, " s"),
        "minutes": _number(ranges.get("minutes"), dose.minutes, " min"),
        "rest": item.rest and f"{item.rest} s",
        "per-day": dose.per_day,
        "days-per-week": dose.days_per_week,
        "build-up": True if item.builds_up else None,
        "load": item.load,
        "side": item.side if item.exercise.side != "none" else None,
        "toward": item.toward,
        "note": item.note,
        "allow": item.allow,
    }
    return {key: value for key, value in words.items() if value is not None}


def _number(own: Range | None, first: int | None, unit: str = "") -> int | str | None:
    if own:
        return f"{own.low}-{own.high}{unit}"
    return f"{first}{unit}" if first and unit else first


def _plain(value: Any) -> Any:
    """Return a value as a patient file writes it: yes and no, dates as text, lists."""
    match value:
        case bool():
            return "yes" if value else "no"
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case tuple() | list():
            return [_plain(inner) for inner in value]
        case None | int():
            return value
    return str(value)
