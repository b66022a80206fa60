"""Nouns -> the words of a patient file, as YAML text."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml

from handouts.fields import Range
from handouts.model import NUMBERS, Findings, Limit, Noun, Patient, Prescription

UNITS = {"hold": " s", "minutes": " min", "rest": " s"}
_NOT_OF_THE_FILE = ("document", "made_with", "made_for", "own_doses")


def file_keys(noun: Noun, skip: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the keys of a noun as its file writes them, without the empty ones."""
    fields = type(noun).model_fields.items()
    values = {field.alias or name: getattr(noun, name) for name, field in fields if name not in skip}
    return {key: value for key, value in values.items() if value not in (None, (), Findings())}


def patient_keys(patient: Patient, skip: tuple[str, ...]) -> dict[str, Any]:
    """Return the keys of a patient file with their values, without its exercises and those that are skipped."""
    keys = file_keys(patient, (*_NOT_OF_THE_FILE, "exercises", "findings", "limits", "print", *skip))
    nested = {"findings": patient.findings, "print": patient.print}
    keys |= {key: values for key, noun in nested.items() if (values := file_keys(noun))}
    keys["limits"] = {key: limit and _limit(limit) for key, limit in patient.limits.entries().items()}
    return keys


def _limit(limit: Limit) -> str | dict[str, Any]:
    """Return a limit as its file has it: words, or a mapping where the therapist judged what it closes."""
    return limit.says if limit.closes is None else {"says": limit.says, "closes": limit.closes}


def entry_keys(chosen: Prescription) -> dict[str, Any]:
    """Return the entry of an exercise as its file writes it: numbers with their units, ranges with a hyphen."""
    return {key: with_unit(key, value) for key, value in file_keys(chosen).items()}


def with_unit(key: str, value: Any) -> Any:
    """Return a value of an entry with the unit that its key has, and a range with a hyphen."""
    if isinstance(value, Range):
        value = value.low if value.low == value.high else f"{value.low}-{value.high}"
    if key in UNITS:
        return f"{value}{UNITS[key]}"
    return value


def own_numbers(chosen: Prescription) -> tuple[str, ...]:
    """Return the keys of the dose that an entry holds."""
    names = (*NUMBERS, "per_day", "days_per_week")
    return tuple(name.replace("_", "-") for name in names if getattr(chosen, name) is not None)


def plain(value: Any) -> Any:
    """Return a value as YAML takes it: lists, and texts for all that is no number, date, yes or no."""
    match value:
        case dict():
            return {key: plain(inner) for key, inner in value.items()}
        case tuple() | list():
            return [plain(inner) for inner in value]
        case None | bool() | int() | date():
            return value
    return str(value)


class _Dumper(yaml.SafeDumper):
    """Writes an empty value, yes and no as patient files do."""


_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", "~"))
_Dumper.add_representer(
    bool, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:bool", "yes" if value else "no")
)


def as_yaml(value: Any, *, one_line: bool = False) -> str:
    """Return a value as YAML text that ends in a line break; `one_line` puts lists and mappings into brackets."""
    style = True if one_line else None
    return yaml.dump(
        plain(value), Dumper=_Dumper, default_flow_style=style, sort_keys=False, allow_unicode=True, width=1_000_000
    )
