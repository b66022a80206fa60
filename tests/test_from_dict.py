"""A patient from a mapping, as JSON, YAML or a program gives it: what is taken, and what is said of the rest."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import pytest
import yaml

from handouts.errors import Problem, ProblemsError
from handouts.files.yaml_reader import parse_yaml
from handouts.model import Patient

TEXT = """\
id: T-07
name: Pippa Pretend
condition: post-op
procedure: fusion
phase: protect
surgery-date: 2026-10-01
issued: 2026-11-21
side: left
findings: {floor: no, level: low}
precautions: [osteoporosis]
limits: {lift: 2 kg, sit: ~}
traffic-light: B
print: {layout: compact, sources: yes}
exercises:
  - ankle-pump
  - {exercise: bridge, sets: 2, reps: 8, hold: 6 s, per-day: 3, note: Slowly}
topics: []
"""
GOOD: dict[str, Any] = {
    "id": "T-07",
    "name": "Pippa Pretend",
    "condition": "post-op",
    "procedure": "fusion",
    "phase": "protect",
    "surgery-date": date(2026, 10, 1),
    "issued": "2026-11-21",
    "side": "left",
    "findings": {"floor": False, "level": "low"},
    "precautions": ("osteoporosis",),
    "limits": {"lift": "2 kg", "sit": None},
    "traffic-light": "B",
    "print": {"layout": "compact", "sources": True},
    "exercises": [
        "ankle-pump",
        {"exercise": "bridge", "sets": 2, "reps": 8.0, "hold": "6 s", "per-day": 3, "note": "Slowly"},
    ],
    "topics": (),
}
SMALLEST = {"id": "T-1", "condition": "lumbar", "phase": "acute"}


def problems_of(data: Any) -> list[str]:
    """What a caller reads about this data."""
    with pytest.raises(ProblemsError) as caught:
        Patient.from_dict(data)
    return str(caught.value).splitlines()


def values(patient: Patient) -> dict[str, Any]:
    return {name: getattr(patient, name) for name in Patient.model_fields if name != "document"}


def test_a_mapping_is_read_as_the_file_with_the_same_content() -> None:
    from_file = Patient.from_document(parse_yaml(TEXT, "t.yaml"))
    patient = Patient.from_dict(GOOD)
    assert values(patient) == values(from_file)
    assert patient.limits.named() == {"lift": "2 kg", "sit": None}


@pytest.mark.parametrize(
    "data",
    [
        yaml.safe_load(TEXT),  # no and yes as False and True, dates as dates
        json.loads(json.dumps(GOOD, default=str)),
        MappingProxyType(GOOD),
    ],
    ids=["YAML", "JSON", "read-only"],
)
def test_what_yaml_json_and_programs_give_is_the_same_patient(data: Mapping[str, Any]) -> None:
    assert values(Patient.from_dict(data)) == values(Patient.from_dict(GOOD))


def test_the_callers_mapping_is_not_changed() -> None:
    data = copy.deepcopy(GOOD)
    patient = Patient.from_dict(data)
    assert data == GOOD
    data["exercises"].append("bird-dog")
    data["findings"]["level"] = "high"
    assert len(patient.exercises) == 2
    assert patient.document.data["findings"] == {"floor": "no", "level": "low"}
    assert pickle.loads(pickle.dumps(patient)) == patient  # it travels to other processes


def test_a_member_of_an_enumeration_is_its_text_and_a_number_may_be_an_id() -> None:
    class Sides(StrEnum):
        LEFT = "left"

    patient = Patient.from_dict({**SMALLEST, "id": 12, "side": Sides.LEFT})
    assert (patient.id, patient.side) == ("12", "left")
    assert type(patient.id) is type(patient.side) is str


NOT_PLAIN = "must be text, a number, yes or no, a date, a list or a mapping, not a value of the type"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"condition": None}, "condition: is empty: write a value or leave the key out [value]"),
        ({"phase": ["late"]}, "phase: must be one text, not a list or a mapping [value]"),
        (
            {"exercises": [{"exercise": "a", "reps": "many"}]},
            "exercises[0].reps: must be a whole number or a range, such as 2 [value]",
        ),
        (
            {"exercises": ["a", {"exercise": "b", "reps": 2.5}]},
            "exercises[1].reps: '2.5' must be a whole number or a range, such as 2",
        ),
        ({"exercises": [{"exercise": "a", "reps": 51}]}, "exercises[0].reps: '51' is out of bounds: 1 to 50 are allowed"),
        (
            {"exercises": [{"exercise": "a", "reps": True}]},
            "exercises[0].reps: must be a whole number or a range, such as 2 [value]",
        ),
        (
            {"exercises": [{"exercise": "a", "hold": 6}]},
            "exercises[0].hold: is a number without a unit: write it as a text with its unit, '6 s' [value]",
        ),
        (
            {"exercises": [{"exercise": "a", "minutes": 10.0}]},
            "exercises[0].minutes: is a number without a unit: write it as a text with its unit, '10 min' [value]",
        ),
        ({"exercises": [{"exercise": "a", "rps": 2}]}, "exercises[0].rps: 'rps' is not a known key. Did you mean 'reps'? "),
        ({"exercises": [{"reps": 2}]}, "exercises[0].exercise: the key 'exercise' is missing [key]"),
        ({"exercises": [["a"]]}, "exercises[0]: must hold 'key: value' lines [value]"),
        ({"exercises": "a"}, "exercises: must be a list: write [one, two], or [] for none [value]"),
        ({"surgery_date": "2026-10-01"}, "surgery_date: 'surgery_date' is not a known key. Did you mean 'surgery-date'? "),
        ({"findings": {"floor": "perhaps"}}, "findings.floor: must be yes or no [value]"),
        ({"findings": {"floor": 1}}, "findings.floor: must be yes or no [value]"),
        ({"findings": []}, "findings: must hold 'key: value' lines [value]"),
        ({"cleared": ["pools"]}, "cleared[0]: 'pools' is not a known clearance. Did you mean 'pool'?"),
        ({"name": {"first": "Pippa"}}, "name: must be one text, not a list or a mapping [value]"),
        ({"issued": datetime(2026, 11, 21, 9, tzinfo=UTC)}, "issued: must be a date without a time of day, such as "),
        ({"issued": 20261121}, "issued: must be a date written as year-month-day, such as 2026-11-20 [value]"),
        ({"goal": float("nan")}, "goal: must be a finite number of a usual size [value]"),
        ({"goal": float("-inf")}, "goal: must be a finite number of a usual size [value]"),
        ({"id": 10**5000}, "id: must be a finite number of a usual size [value]"),
        ({"id": b"T-1"}, f"id: {NOT_PLAIN} 'bytes' [value]"),
        ({"topics": {"sitting"}}, f"topics: {NOT_PLAIN} 'set' [value]"),
        ({"topics": [object()]}, f"topics[0]: {NOT_PLAIN} 'object' [value]"),
        ({"id": Decimal(1)}, f"id: {NOT_PLAIN} 'Decimal' [value]"),
        ({"goal": "\ud800"}, "goal: holds half a character (a lone surrogate): retype it as plain text [value]"),
        ({"goal": "to\x00walk"}, "goal: holds a control character: retype it as plain text [value]"),
        ({3: "three"}, "the data: a key must be text, not a value of the type 'int' [value]"),
        ({"findings": {None: "low"}}, "findings: a key must be text, not None [value]"),
    ],
)
def test_a_fault_is_said_with_its_path_in_the_data(change: dict[Any, Any], fault: str) -> None:
    (line,) = problems_of({**SMALLEST, **change})
    assert line.startswith(fault)


def test_all_faults_are_said_at_once() -> None:
    data = {"id": "T-1", "condition": "lumbar", "side": "middle", "exercises": [{"exercise": "a", "sets": "x", "hold": 5}]}
    assert problems_of(data) == [
        "exercises[0].hold: is a number without a unit: write it as a text with its unit, '5 s' [value]",
        "exercises[0].sets: must be a whole number or a range, such as 2 [value]",
        "side: 'middle' is not a known side. Allowed: both, left, right. [value]",
    ]


def test_all_values_that_no_file_could_hold_are_said_at_once() -> None:
    lines = problems_of({**SMALLEST, "id": b"", "topics": [{1}, {2: 3}]})
    assert [line.partition(":")[0] for line in lines] == ["id", "topics[0]", "topics[1]"]


@pytest.mark.parametrize("data", [None, [], "id: T-1", 3], ids=str)
def test_what_is_no_mapping_is_said(data: Any) -> None:
    assert problems_of(data) == ["the data: must be a mapping of keys to values [value]"]


def test_a_list_that_holds_itself_ends() -> None:
    endless: list[Any] = []
    endless.append(endless)
    (line,) = problems_of({**SMALLEST, "topics": endless})
    assert line.endswith(": lists or mappings are nested too deep [value]")


def test_no_word_that_may_be_a_patients_own_is_repeated() -> None:
    data = {**SMALLEST, "Pippa Pretend": 1, "limits": {"Pippa P": "2 kg"}, "side": "Pippa Pretend"}
    assert "Pippa" not in "\n".join(problems_of(data))


def test_a_fault_that_is_found_later_has_its_path_too() -> None:
    document = Patient.from_dict(GOOD).document
    assert str(document.problem("phase: is not a phase", "phase", ("phase",))) == "phase: is not a phase [phase]"
    assert str(document.problem("limits: too much", "limit", ("limits", "lift"))) == "limits.lift: too much [limit]"
    assert str(document.problem("post-op needs a date", "surgery")) == "the data: post-op needs a date [surgery]"


def test_a_problem_of_a_file_keeps_its_line_and_column() -> None:
    assert str(Problem("t.yaml", 2, 1, "is wrong", "value")) == "t.yaml:2:1: is wrong [value]"
