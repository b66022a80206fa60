"""The nouns, frozen: what content and patient files hold, and what a plan is made of.

Every class whose name ends in `Matter` is the set of keys that one kind of front matter may have; the noun of the same
name adds where it lives and what its body says. Values arrive as text (see `frontmatter`) and are read by `values`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from handouts.errors import Problem
from handouts.frontmatter import Document, Loc, Section
from handouts.values import Day, Identity, Line, Range, Slug, YesNo, amount, entries, many, one_of, span, words

# Closed vocabularies -------------------------------------------------------------------------------------------------

POSITIONS = ("face-down", "face-up", "side-lying", "hands-and-knees", "kneeling", "sitting", "standing", "walking")
CATEGORIES = (
    "recovery", "extension", "abdominal", "mobility", "strengthening", "stretching", "aerobic", "education",
)  # fmt: skip
SPINE_MOVES = ("neutral", "extension", "flexion", "side-bend", "rotation")
PROCEDURES = ("discectomy", "fusion", "acdf")
CONDITIONS = ("lumbar", "cervical", "post-op")
LIMITS = (
    "lift", "sit", "drive", "bend", "neck-movement", "collar", "brace", "front-lying", "wash", "work", "sport", "walk",
)  # fmt: skip
PRECAUTIONS = (
    "osteoporosis", "pregnancy", "hip-replacement", "heart-condition", "clot-risk", "poor-balance", "neck-problem",
    "shoulder-problem", "wrist-problem", "knee-problem", "slipped-vertebra", "spinal-narrowing", "large-lumbar-curve",
    "open-wound",
)  # fmt: skip
CLEARANCES = ("trunk-range", "neck-range", "front-lying", "extension", "flexion", "resistance", "pool", "scar-care")
URGENCIES = ("emergency", "same-day", "call")
SIDES = ("left", "right", "both")


class Noun(BaseModel):
    """Keys in kebab-case, none unknown, nothing changed after reading."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        populate_by_name=False,
        arbitrary_types_allowed=True,
    )


# Content ---------------------------------------------------------------------------------------------------------------


Sources = Annotated[tuple[Slug, ...], BeforeValidator(entries), Field(min_length=1)]


class Matter(Noun):
    """The front matter that every content file shares."""

    headings: ClassVar[Mapping[str, str]] = {}  # `## heading` -> attribute that holds its Section
    lists: ClassVar[frozenset[str]] = frozenset()  # attributes whose section must be a list

    name: words(80)
    sources: Sources
    reviewed: Day
    reviewer: words(120) | None = None


class Page(Matter):
    """A content file: its front matter, its slug, and the document that knows where every value stands."""

    slug: str
    document: Document

    def problem(self, message: str, rule: str, loc: Loc = (), *, warning: bool = False) -> Problem:
        """A fault at one of this file's values."""
        return self.document.problem(message, rule, loc, warning=warning)


class DoseRange(Noun):
    """How much of an exercise: each value starts low and may climb; the bounds are hard limits for any patient."""

    sets: span(1, 6) | None = None
    reps: span(1, 50) | None = None
    hold: span(1, 120, "s") | None = None
    minutes: span(1, 60, "min") | None = None
    per_day: span(1, 12)
    days_per_week: span(1, 7)
    when: words(60) | None = None  # printed in place of the two before: "every time you get out of bed"


class ExerciseMatter(Matter):
    """The keys of `exercises/<category>/<slug>.md`."""

    headings = {
        "Steps": "steps",
        "You should feel": "feel",
        "Watch out": "watch_out",
        "Stop if": "stop_if",
        "For the therapist": "therapist",
    }
    lists = frozenset({"steps", "feel", "watch_out", "stop_if"})

    also: many(words(80)) = ()
    aim: words(160)
    position: one_of("position", POSITIONS)
    equipment: many(words(60))
    muscles: many(words(60))
    side: one_of("side", ("none", "each", "marked"))
    spine: many(one_of("spine move", SPINE_MOVES))
    phases: many(Slug)
    ask_first: many(Slug) = ()
    contraindications: many(one_of("precaution", PRECAUTIONS))
    dose: DoseRange
    easier: many(Slug) = ()
    harder: many(Slug) = ()


class Exercise(ExerciseMatter, Page):
    """One movement: what it is for, how it is done, when to stop, and for whom."""

    category: str
    steps: Section
    feel: Section
    watch_out: Section
    stop_if: Section
    therapist: Section


class ConditionMatter(Matter):
    """The keys of `conditions/<condition>/_index.md` (and of a procedure's)."""

    headings = {
        "What it is": "what",
        "How it goes": "course",
        "What helps": "helps",
        "For the therapist": "therapist",
    }

    short: words(30)
    order: amount(1, 99)
    summary: words(200)


class Condition(ConditionMatter, Page):
    """A condition (`lumbar`) or, after surgery, a procedure (`post-op/fusion`)."""

    what: Section
    course: Section
    helps: Section
    therapist: Section

    @property
    def parent(self) -> str:
        """The condition that a procedure belongs to; empty for a condition."""
        return self.slug.rpartition("/")[0]

    @property
    def top(self) -> bool:
        """Is it a condition, not a procedure?"""
        return not self.parent


class PhaseMatter(Matter):
    """The keys of `conditions/<condition>/<phase>.md`."""

    headings = {
        "Is this you?": "is_this_you",
        "Goals": "goals",
        "Do": "do",
        "Do not": "do_not",
        "Move on when": "move_on",
        "What comes next": "comes_next",
        "For the therapist": "therapist",
    }
    lists = frozenset({"is_this_you", "goals", "do", "do_not", "move_on"})

    order: amount(1, 9)
    time_hint: words(120)
    next: Slug | None = None
    limits: many(one_of("limit", LIMITS)) = ()


class Phase(PhaseMatter, Page):
    """One step of the way back: `slug` is its id, such as `lumbar/subacute` or `post-op/fusion/protect`."""

    is_this_you: Section
    goals: Section
    do: Section
    do_not: Section
    move_on: Section
    comes_next: Section
    therapist: Section

    @property
    def condition(self) -> str:
        """The id of the condition or procedure it belongs to: `lumbar`, `post-op/fusion`."""
        return self.slug.rpartition("/")[0]

    @property
    def stem(self) -> str:
        """Its own word in a patient file: `subacute`."""
        return self.slug.rpartition("/")[2]


class RedFlagMatter(Matter):
    """The keys of `red-flags/<slug>.md`."""

    headings = {"Signs": "signs", "What to do": "what_to_do", "For the therapist": "therapist"}
    lists = frozenset({"signs"})

    urgency: one_of("urgency", URGENCIES)
    advice: words(160) | None = None  # what the sheet says beside "call": only what is special to these signs
    for_: many(Slug) = Field(alias="for")
    order: amount(1, 99)


class RedFlag(RedFlagMatter, Page):
    """Signs that mean stop and get help, and how fast."""

    signs: Section
    what_to_do: Section
    therapist: Section


class TopicMatter(Matter):
    """The keys of `education/<slug>.md`."""

    headings = {"In short": "in_short", "More": "more", "For the therapist": "therapist"}
    lists = frozenset({"in_short"})

    for_: many(Slug) = Field(alias="for")
    summary: words(200)
    order: amount(1, 99)


class Topic(TopicMatter, Page):
    """A short subject a patient should know about, such as sitting or lifting."""

    in_short: Section
    more: Section
    therapist: Section


class Lights(Noun):
    """A text for each light of the traffic light."""

    green: Line
    amber: Line
    red: Line


class Schemes(Noun):
    """The pain scores of each published scheme (clinical notes, section 5.7)."""

    a: Lights = Field(alias="A")
    b: Lights = Field(alias="B")
    c: Lights = Field(alias="C")


class PainRuleMatter(Matter):
    """The keys of `pain-rule.yaml`: the traffic light and the words that outrank its numbers."""

    nerve_rule: Line
    good_sign: Line
    next_day: Line
    words: Lights
    schemes: Schemes


class PainRule(PainRuleMatter, Page):
    """How much pain is all right, and what to do when it is more."""

    def scores(self, scheme: str) -> Lights:
        """The scores of scheme A, B or C."""
        return getattr(self.schemes, scheme.lower())


class SourceMatter(Noun):
    """One entry of `sources.yaml`: what a tag stands for."""

    title: Line
    where: words(400)
    trust: one_of("trust grade", ("strong", "good", "fair", "weak", "seed", "own"))


class Clinic(Noun):
    """The keys of `clinic.yaml`: who hands the sheet out, and whom to call."""

    name: words(80)
    address: words(160) | None = None
    phone: words(40)
    hours: words(80) | None = None
    email: words(80) | None = None
    emergency: words(40)
    site_url: words(200) | None = None


@dataclass(frozen=True)
class Library:
    """All content, read and cross-checked; every mapping is read-only and in its printed order.

    `version` is eight hex digits made from the bytes of every content file: the same content, the same version.
    """

    exercises: Mapping[str, Exercise]
    conditions: Mapping[str, Condition]
    phases: Mapping[str, Phase]
    red_flags: Mapping[str, RedFlag]
    topics: Mapping[str, Topic]
    pain_rule: PainRule
    sources: Mapping[str, SourceMatter]
    clinic: Clinic
    version: str

    def pages(self) -> Iterator[Page]:
        """Every content page, whatever it is."""
        for group in (self.exercises, self.conditions, self.phases, self.red_flags, self.topics):
            yield from group.values()
        yield self.pain_rule

    def used_sources(self) -> frozenset[str]:
        """The tags of `sources` that some page names."""
        return frozenset(source.partition("/")[0] for page in self.pages() for source in page.sources)

    def phases_of(self, condition: str) -> tuple[Phase, ...]:
        """The phases of a condition or procedure, in order."""
        return tuple(phase for phase in self.phases.values() if phase.condition == condition)

    def exercises_of(self, phase: str) -> tuple[Exercise, ...]:
        """The exercises that name a phase as theirs, lying before standing."""
        return tuple(exercise for exercise in self.exercises.values() if phase in exercise.phases)

    def red_flags_for(self, condition: str) -> tuple[RedFlag, ...]:
        """The red flags of a condition or procedure, most urgent first."""
        return tuple(flag for flag in self.red_flags.values() if _concerns(flag.for_, condition))

    def topics_for(self, condition: str) -> tuple[Topic, ...]:
        """The topics of a condition or procedure, in order."""
        return tuple(topic for topic in self.topics.values() if _concerns(topic.for_, condition))


def _concerns(named: tuple[str, ...], condition: str) -> bool:
    """`post-op` concerns every procedure, `post-op/acdf` only its own; a page on `post-op` shows what all share."""
    return condition in named or condition.partition("/")[0] in named


# Patients --------------------------------------------------------------------------------------------------------------


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


class Print(Noun):
    """How the sheet is printed."""

    paper: one_of("paper", ("a4", "letter")) = "a4"
    layout: one_of("layout", ("full",)) = "full"
    size: one_of("size", ("normal", "large")) = "normal"
    ink: one_of("ink", ("grey", "colour")) = "grey"


class PatientMatter(Noun):
    """The keys of a patient file (design: one patient, one file)."""

    id: Identity
    name: words(80) | None = None
    language: one_of("language", ("en",)) = "en"
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


class Patient(PatientMatter):
    """One person's parameters, from one file or one row."""

    document: Document

    @property
    def condition_id(self) -> str:
        """`lumbar`, `cervical` or `post-op/<procedure>`."""
        return f"{self.condition}/{self.procedure}" if self.procedure else self.condition

    @property
    def phase_id(self) -> str:
        """`lumbar/subacute`, `post-op/fusion/protect`."""
        return f"{self.condition_id}/{self.phase}"


# Plans -----------------------------------------------------------------------------------------------------------------


class Dose(NamedTuple):
    """How much of an exercise this patient does: whole numbers; `hold` in seconds, `minutes` a bout."""

    sets: int | None
    reps: int | None
    hold: int | None
    minutes: int | None
    per_day: int
    days_per_week: int


def _range(numbers: list[int]) -> Range:
    return Range(min(numbers), max(numbers))


REVIEW_YEARS = 3


@dataclass(frozen=True)
class Item:
    """One exercise on one patient's sheet; `rest` in seconds between sets, `load` such as a band's colour."""

    exercise: Exercise
    dose: Dose
    side: Literal["left", "right", "both"] | None
    rest: int | None = None
    load: str | None = None
    note: str | None = None
    allow: str | None = None


@dataclass(frozen=True)
class Plan:
    """Everything a sheet prints, decided: no rule is left to a template.

    With `emergency` set there are no items: the sheet only says where to get help.
    `seconds` is about how long all items take when done once (0 without items).
    """

    patient: Patient
    clinic: Clinic
    condition: Condition
    phase: Phase
    next_phase: Phase | None
    items: tuple[Item, ...]
    emergency: tuple[RedFlag, ...]
    red_flags: tuple[RedFlag, ...]
    topics: tuple[Topic, ...]
    limits: tuple[tuple[str, str | None], ...]
    pain_rule: PainRule
    issued: date
    review: date | None
    seconds: int
    version: str
    content_reviewed: date
    reviewer: str | None

    @property
    def sheet_id(self) -> str:
        """What names the file and stands in the footer: never a patient's name."""
        return f"{self.patient.id}-{self.issued.isoformat()}"

    @property
    def per_day(self) -> Range:
        """How often a day, over all exercises that are done at set times."""
        return _range([item.dose.per_day for item in self._scheduled])

    @property
    def days_per_week(self) -> Range:
        """How many days a week, over all exercises that are done at set times."""
        return _range([item.dose.days_per_week for item in self._scheduled])

    @property
    def _scheduled(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.exercise.dose.when) or self.items

    @property
    def minutes(self) -> int:
        """About how long one session takes, in whole minutes: to the next five from ten on."""
        minutes = -(-self.seconds // 60)
        return minutes if minutes < 10 else -(-minutes // 5) * 5

    @property
    def weeks(self) -> int:
        """How many weeks the tick chart covers: until the next visit, 4 at most; 2 where no visit is set."""
        days = (self.review - self.issued).days if self.review else 14
        return min(max(-(-days // 7), 1), 4)

    @property
    def equipment(self) -> tuple[str, ...]:
        """What all exercises together need, each thing once."""
        return tuple(dict.fromkeys(thing for item in self.items for thing in item.exercise.equipment))

    @property
    def content_due(self) -> date:
        """When the content must be checked again: after three years at the latest (PIF TICK, criterion on review)."""
        day = self.content_reviewed
        return day.replace(year=day.year + REVIEW_YEARS, day=min(day.day, 28))

    @property
    def draft(self) -> bool:
        """No therapist has put a name to it yet."""
        return self.patient.therapist is None


