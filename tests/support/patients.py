"""Patients in a few lines, and what the rules make of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handouts.errors import ProblemsError
from handouts.files.yaml_reader import parse_yaml
from handouts.model import Patient, Plan, Reason
from handouts.patients.reader import patient_of
from handouts.planning.case import Case
from handouts.planning.resolve import resolve
from support.library import LIBRARY

ISSUED = date(2026, 11, 21)


def surgery(phase: str) -> date:
    """A day of surgery with which nothing is unusual about the phase on the day of issue."""
    weeks = LIBRARY.phases[phase].weeks
    assert weeks
    return ISSUED - timedelta(weeks=weeks.agreed or weeks.usual)


def patient(phase: str, *lines: str, operated: date | None = None) -> Patient:
    """A patient file of few lines, such as `findings: {posture: flat}`."""
    condition, *between, stem = phase.split("/")
    after = [f"procedure: {between[0]}", f"surgery-date: {operated or surgery(phase)}"] if between else []
    text = "\n".join(["id: T-1", f"condition: {condition}", f"phase: {stem}", *after, *lines])
    return patient_of(parse_yaml(text, "t.yaml"))


def case(phase: str, *lines: str) -> Case:
    """What the rules see of such a patient."""
    return Case(patient(phase, *lines), LIBRARY.phases[phase], LIBRARY)


def plan(phase: str, *lines: str) -> Plan:
    return resolve(patient(phase, *lines), LIBRARY, ISSUED)


def slugs(of: Plan) -> list[str]:
    return [item.exercise.slug for item in of.items]


def reason(of: Plan, slug: str) -> Reason:
    return next(reason for reason in of.reasons if reason.exercise == slug)


def refused(phase: str, *lines: str) -> str:
    with pytest.raises(ProblemsError) as error:
        plan(phase, *lines)
    return str(error.value)
