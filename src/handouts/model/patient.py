"""What a patient file holds: one person's parameters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, get_args

from pydantic import BeforeValidator

from handouts.fields import Day, Identity, Language, Many, Range, Slug, YesNo, amount, one_of, span, words
from handouts.files.document import Document
from handouts.files.plain_data import DataDocument
from handouts.locales import SOURCE_LANGUAGE
from handouts.model.dose import DAYS_PER_WEEK, HOLD, MINUTES, PER_DAY, REPS, REST, SETS
from handouts.model.noun import Noun
from handouts.model.validation import validate
from handouts.model.vocabulary import (
    BODIES,
    CLEARANCES,
    LIMITS,
    SIDES,
    Body,
    Direction,
    Ink,
    Level,
    PainScheme,
    Paper,
    Posture,
    Side,
    Size,
    Symptoms,
    Toward,
)


class Findings(Noun):
    """The therapist's findings, by which the rules choose."""

    posture: Annotated[Posture, one_of("posture", get_args(Posture))] | None = None
    direction: Annotated[Direction, one_of("direction", get_args(Direction))] | None = None
    symptoms: Annotated[Symptoms, one_of("strength of symptoms", get_args(Symptoms))] | None = None
    floor: YesNo | None = None
    level: Annotated[Level, one_of("level", get_args(Level))] | None = None
    weight_goal: YesNo | None = None
    neck_problem: YesNo | None = None


_limit_words = words(60)


class Limit(Noun):
    """What the sheet says of one limit, and the exercises that the therapist closes by it.

    `closes` is None where the therapist judged nothing: then the rules go by the words alone.
    """

    says: Annotated[str, _limit_words]
    closes: Many[Slug] | None = None


def _limit(value: Any) -> Any:
    """Return a limit as a mapping: `bend: no` is short for `bend: {says: no}`."""
    return value if isinstance(value, dict | Limit) else {"says": _limit_words.func(value)}  # type: ignore[call-arg]


LimitField = Annotated[Limit, BeforeValidator(_limit)] | None


class Limits(Noun):
    """The limits that a surgeon or therapist sets; an empty one is printed as a blank line, never as a number of ours."""

    lift: LimitField = None
    sit: LimitField = None
    drive: LimitField = None
    bend: LimitField = None
    neck_movement: LimitField = None
    collar: LimitField = None
    brace: LimitField = None
    front_lying: LimitField = None
    wash: LimitField = None
    work: LimitField = None
    sport: LimitField = None
    walk: LimitField = None
    swim_stroke: LimitField = None
    stairs: LimitField = None
    sex: LimitField = None
    twist: LimitField = None

    def entries(self) -> dict[str, Limit | None]:
        """Return the limits that the patient file names, by their key in the file."""
        return {key: getattr(self, key.replace("-", "_")) for key in LIMITS if key.replace("-", "_") in self.model_fields_set}

    def named(self) -> dict[str, str | None]:
        """Return the words of the limits that the patient file names; None for a blank line."""
        return {key: limit.says if limit else None for key, limit in self.entries().items()}


def _entry(value: Any) -> Any:
    """Return a list entry as a mapping: `- prone-leg-lift` is short for `- {exercise: prone-leg-lift}`."""
    return {"exercise": value} if isinstance(value, str) else value


class Prescription(Noun):
    """One exercise that a therapist chose, with the values that differ from its file.

    A number that is written here stays as it is, and so do all the others of the dose, unless `build_up` says otherwise; a
    range climbs from its low end to its high end.
    """

    exercise: Slug
    sets: Annotated[Range, span(*SETS)] | None = None
    reps: Annotated[Range, span(*REPS)] | None = None
    hold: Annotated[Range, span(*HOLD)] | None = None
    minutes: Annotated[Range, span(*MINUTES)] | None = None
    rest: Annotated[int, amount(*REST)] | None = None
    per_day: Annotated[int, amount(*PER_DAY)] | None = None
    days_per_week: Annotated[int, amount(*DAYS_PER_WEEK)] | None = None
    build_up: YesNo | None = None  # whether the numbers above climb; a range of its own always does
    load: Annotated[str, words(60)] | None = None
    side: Annotated[Side, one_of("side", SIDES)] | None = None
    toward: Annotated[Toward, one_of("toward", get_args(Toward))] | None = None  # only on this entry: see ExerciseSide
    note: Annotated[str, words(300)] | None = None
    allow: Annotated[str, words(200)] | None = None


class Print(Noun):
    """How the sheet is printed."""

    paper: Annotated[Paper, one_of("paper", get_args(Paper))] = "a4"
    layout: Slug = "full"  # that it exists is checked later, against the templates
    size: Annotated[Size, one_of("size", get_args(Size))] = "normal"
    ink: Annotated[Ink, one_of("ink", get_args(Ink))] = "grey"
    sources: YesNo | None = None  # print the list of sources at the end
    figure: Annotated[Body, one_of("figure", BODIES)] | None = None  # who is drawn; otherwise as the clinic says


class PatientFrontMatter(Noun):
    """The keys of a patient file."""

    id: Identity
    name: Annotated[str, words(80)] | None = None
    language: Language = SOURCE_LANGUAGE
    condition: Slug
    procedure: Slug | None = None
    phase: Slug | None = None  # after surgery its date can propose one
    allow_phase: Annotated[str, words(200)] | None = None  # the reason to print a phase that is too early
    surgery_date: Day | None = None
    issued: Day | None = None
    review: Day | None = None
    goal: Annotated[str, words(200)] | None = None
    therapist: Annotated[str, words(80)] | None = None
    screened: Day | None = None  # when the therapist asked about the red flags
    since: Annotated[str, words(200)] | None = None  # the sheet before this one: its id, or the file name of its record
    side: Annotated[Side, one_of("side", SIDES)] | None = None
    findings: Findings = Findings()
    red_flags: Many[Slug] = ()
    age: Annotated[int, amount(1, 120)] | None = None
    precautions: Many[Slug] = ()
    pregnancy_week: Annotated[int, amount(1, 42)] | None = None  # on the day of issue
    cleared: Many[Annotated[str, one_of("clearance", CLEARANCES)]] = ()
    limits: Limits = Limits()
    traffic_light: Annotated[PainScheme, one_of("traffic light", get_args(PainScheme))] = "A"
    exercises: Many[Annotated[Prescription, BeforeValidator(_entry)]] = ()
    topics: Many[Slug] = ()
    questions: Many[Slug] = ()
    print: Print = Print()


class Patient(PatientFrontMatter):
    """One person's parameters, from one file, one row or one mapping."""

    document: Document
    made_with: str | None = None  # the content version of the record it was read from
    made_for: str | None = None  # the version of the clinic in that record
    own_doses: Mapping[str, tuple[str, ...]] | None = None  # by exercise: what a therapist wrote of its dose

    @classmethod
    def from_document(cls, document: Document) -> Patient:
        """Return the patient that one document describes; raises ProblemsError with every fault."""
        return cls.model_construct(**dict(validate(PatientFrontMatter, document)), document=document)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Patient:
        """Return the patient that a mapping with the keys of a patient file describes.

        Numbers, dates, True and False may stand for themselves, as JSON, YAML and programs give them. Raises ProblemsError;
        each of its problems names the path of the fault, such as `exercises[0].reps`.
        """
        return cls.from_document(DataDocument.from_dict(data))

    @property
    def lists_nothing(self) -> bool:
        """Return True if the file has an empty list of exercises, which may mean none, or whatever the rules choose."""
        return "exercises" in self.document.data and self.document.data["exercises"] == []

    @property
    def condition_id(self) -> str:
        """Return the id of the condition: `lumbar`, `cervical` or `post-op/<procedure>`."""
        return f"{self.condition}/{self.procedure}" if self.procedure else self.condition

    @property
    def phase_id(self) -> str:
        """Return the id of the phase, such as `lumbar/subacute` or `post-op/fusion/protect`."""
        return f"{self.condition_id}/{self.phase or ''}"

    def weeks_after_surgery(self, day: date) -> int | None:
        """Return the whole weeks between surgery and a day: days 0 to 6 are week 0; None before surgery or without it."""
        if not self.surgery_date or day < self.surgery_date:
            return None
        return (day - self.surgery_date).days // 7
