"""What a patient file holds: one person's parameters."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from handouts.files.documents import Document
from handouts.locales import SOURCE_LANGUAGE
from handouts.model.fields import Day, Identity, Language, Slug, YesNo, amount, many, one_of, words
from handouts.model.noun import Noun
from handouts.model.vocabulary import BODIES, CLEARANCES, CONDITIONS, LIMITS, PRECAUTIONS, PROCEDURES, SIDES


class Findings(Noun):
    """What the therapist found; what the rules choose by."""

    posture: one_of("posture", ("flat", "large-curve", "neutral")) | None = None
    direction: one_of("direction", ("extension", "flexion", "side", "none", "unknown")) | None = None
    floor: YesNo | None = None
    level: one_of("level", ("low", "mid", "high")) | None = None
    weight_goal: YesNo | None = None
    neck_problem: YesNo | None = None


class Limits(Noun):
    """What a surgeon or therapist limits; an empty one prints a blank line, never a number of ours."""

    lift: words(60) | None = None
    sit: words(60) | None = None
    drive: words(60) | None = None
    bend: words(60) | None = None
    neck_movement: words(60) | None = None
    collar: words(60) | None = None
    brace: words(60) | None = None
    front_lying: words(60) | None = None
    wash: words(60) | None = None
    work: words(60) | None = None
    sport: words(60) | None = None
    walk: words(60) | None = None
    swim_stroke: words(60) | None = None
    stairs: words(60) | None = None
    sex: words(60) | None = None

    def named(self) -> dict[str, str | None]:
        """The limits that the patient file names, by their key in the file."""
        return {key: getattr(self, key.replace("-", "_")) for key in LIMITS if key.replace("-", "_") in self.model_fields_set}


def _entry(value: Any) -> Any:
    """`- prone-leg-lift` is short for `- {exercise: prone-leg-lift}`."""
    return {"exercise": value} if isinstance(value, str) else value


class Prescription(Noun):
    """One exercise a therapist chose, with what differs from its file."""

    exercise: Slug
    sets: amount(1, 6) | None = None
    reps: amount(1, 50) | None = None
    hold: amount(1, 120, "s") | None = None
    minutes: amount(1, 60, "min") | None = None
    rest: amount(1, 300, "s") | None = None
    per_day: amount(1, 12) | None = None
    days_per_week: amount(1, 7) | None = None
    load: words(60) | None = None
    side: one_of("side", SIDES) | None = None
    note: words(300) | None = None
    allow: words(200) | None = None


LAYOUTS = ("full", "compact", "fridge", "large", "booklet")


class Print(Noun):
    """How the sheet is printed."""

    paper: one_of("paper", ("a4", "letter")) = "a4"
    layout: one_of("layout", LAYOUTS) = "full"
    size: one_of("size", ("normal", "large")) = "normal"
    ink: one_of("ink", ("grey", "colour")) = "grey"
    sources: YesNo | None = None  # list at the end where the words come from
    figure: one_of("figure", BODIES) | None = None  # who is drawn; otherwise as the clinic says


class PatientFrontMatter(Noun):
    """The keys of a patient file (design: one patient, one file)."""

    id: Identity
    name: words(80) | None = None
    language: Language = SOURCE_LANGUAGE
    condition: one_of("condition", CONDITIONS)
    procedure: one_of("procedure", PROCEDURES) | None = None
    phase: Slug
    surgery_date: Day | None = None
    issued: Day | None = None
    review: Day | None = None
    goal: words(200) | None = None
    therapist: words(80) | None = None
    side: one_of("side", SIDES) | None = None
    findings: Findings = Findings()
    red_flags: many(Slug) = ()
    precautions: many(one_of("precaution", PRECAUTIONS)) = ()
    cleared: many(one_of("clearance", CLEARANCES)) = ()
    limits: Limits = Limits()
    traffic_light: one_of("traffic light", ("A", "B", "C")) = "A"
    exercises: many(Annotated[Prescription, BeforeValidator(_entry)]) = ()
    topics: many(Slug) = ()
    print: Print = Print()


class Patient(PatientFrontMatter):
    """One person's parameters, from one file or one row."""

    document: Document
    made_with: str | None = None  # the content version of the record it was read from
    made_for: str | None = None  # the version of the clinic in that record

    @property
    def condition_id(self) -> str:
        """`lumbar`, `cervical` or `post-op/<procedure>`."""
        return f"{self.condition}/{self.procedure}" if self.procedure else self.condition

    @property
    def phase_id(self) -> str:
        """`lumbar/subacute`, `post-op/fusion/protect`."""
        return f"{self.condition_id}/{self.phase}"
