"""What the content files hold that are no exercise and no precaution: conditions, phases, red flags, topics, questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field

from handouts.fields import Line, Many, Slug, YesNo, amount, one_of, words
from handouts.files.markdown import Section
from handouts.model.dose import DoseInPhase, Goal
from handouts.model.exercise import Exercise
from handouts.model.noun import Noun
from handouts.model.page import FrontMatter, Page
from handouts.model.vocabulary import (
    JOBS,
    LIMITS,
    STRENGTH,
    URGENCIES,
    Amplitude,
    Job,
    PainScheme,
    Region,
    Stage,
    Surgery,
    Urgency,
)


class ConditionFrontMatter(FrontMatter):
    """The keys of `conditions/<condition>/_index.md` (and of a procedure's)."""

    headings: ClassVar = {
        "What it is": "what",
        "How it goes": "course",
        "What helps": "helps",
        "For the therapist": "therapist",
    }

    short: Annotated[str, words(30)]
    order: Annotated[int, amount(1, 99)]
    summary: Annotated[str, words(200)]
    ranges: Mapping[Annotated[str, one_of("limit", LIMITS)], Line] = {}  # by limit, what sources say: for therapists only
    like: Slug | None = None  # the condition whose red flags, topics and questions it shares


class Condition(ConditionFrontMatter, Page):
    """A condition (`lumbar`) or, after surgery, a procedure (`post-op/fusion`)."""

    what: Section
    course: Section
    helps: Section
    therapist: Section

    @property
    def parent(self) -> str:
        """Return the condition that a procedure belongs to; empty for a condition."""
        return self.slug.rpartition("/")[0]

    @property
    def top(self) -> bool:
        """Return True for a condition, False for a procedure."""
        return not self.parent


class Weeks(Noun):
    """When people are in a phase after surgery, in whole weeks since it: days 0 to 6 are week 0.

    `earliest` is the lowest week of any source, `usual` the usual start, `end` the usual end; after `late` the phase or the
    date is probably wrong. Sources that differ widely all let the phase start from week `agreed` on.
    """

    earliest: Annotated[int, amount(0, 104)]
    usual: Annotated[int, amount(0, 104)]
    agreed: Annotated[int, amount(0, 104)] | None = None
    end: Annotated[int, amount(0, 104)] | None = None
    late: Annotated[int, amount(0, 104)] | None = None


class PhaseFrontMatter(FrontMatter):
    """The keys of `conditions/<condition>/<phase>.md`."""

    headings: ClassVar = {
        "Is this you?": "is_this_you",
        "Goals": "goals",
        "Do": "do",
        "Do not": "do_not",
        "Move on when": "move_on",
        "What comes next": "comes_next",
        "For the therapist": "therapist",
    }
    lists: ClassVar = frozenset({"is_this_you", "goals", "do", "do_not", "move_on"})

    order: Annotated[int, amount(1, 9)]
    time_hint: Annotated[str, words(120)]
    weeks: Weeks | None = None  # after surgery, and only there
    next: Slug | None = None
    range: Annotated[Amplitude, one_of("range", get_args(Amplitude))] = "full"  # how far swings go: rule R11
    limits: Many[Annotated[str, one_of("limit", LIMITS)]] = ()
    stage: Annotated[Stage, one_of("stage", get_args(Stage))]
    region: Annotated[Region, one_of("region", get_args(Region))]
    surgery: Annotated[Surgery, one_of("surgery", get_args(Surgery))] | None = None
    irritable: YesNo  # a nerve may still be
    climbs: YesNo  # doses go up from week to week
    most: Annotated[int, amount(1, 9)]  # exercises on one sheet (rule R15)
    slots: Many[Annotated[Job | Literal["strength"], one_of("job", (*JOBS, STRENGTH))]]  # in order of need
    demands: Many[Annotated[Job, one_of("job", JOBS)]] = ()  # jobs that every sheet has an exercise of
    implies: Many[Slug] = ()  # precautions that hold for everyone in it
    exercises: Many[Slug] = ()  # that it offers though their own files do not name it
    ask_first: Many[Slug] = ()  # as `exercises`, after a therapist's yes
    keep_up: YesNo = False  # strength is only kept up: trunk moves on few days a week
    doses: Mapping[Slug, DoseInPhase] = {}  # exercise -> what differs here from the dose in its file
    reach: Mapping[Slug, Goal] = {}  # exercise or job -> what "Move on when" asks of it: the dose climbs to that first


class Phase(PhaseFrontMatter, Page):
    """One stage of recovery: `slug` is its id, such as `lumbar/subacute` or `post-op/fusion/protect`."""

    is_this_you: Section
    goals: Section
    do: Section
    do_not: Section
    move_on: Section
    comes_next: Section
    therapist: Section

    @property
    def condition(self) -> str:
        """Return the id of the condition or procedure it belongs to: `lumbar`, `post-op/fusion`."""
        return self.slug.rpartition("/")[0]

    @property
    def stem(self) -> str:
        """Return its name in a patient file: `subacute`."""
        return self.slug.rpartition("/")[2]

    def goal(self, exercise: Exercise) -> Goal:
        """Return what "Move on when" asks of an exercise, or of all of its job; an empty goal where it asks nothing."""
        return self.reach.get(exercise.slug) or self.reach.get(exercise.job) or Goal()

    def is_too_early(self, week: int | None) -> bool:
        """Return True in a week after surgery in which no source has this phase yet; False without surgery (None)."""
        return self.weeks is not None and week is not None and week < self.weeks.earliest


class RedFlagFrontMatter(FrontMatter):
    """The keys of `red-flags/<slug>.md`."""

    headings: ClassVar = {"Signs": "signs", "What to do": "what_to_do", "For the therapist": "therapist"}
    lists: ClassVar = frozenset({"signs"})

    urgency: Annotated[Urgency, one_of("urgency", URGENCIES)]
    advice: Annotated[str, words(160)] | None = None  # what the sheet says beside "call": only what is special to these signs
    for_: Many[Slug] = Field(alias="for")
    with_: Many[Slug] = Field(default=(), alias="with")  # precautions: without one of them a patient's sheet leaves it out
    order: Annotated[int, amount(1, 99)]


class RedFlag(RedFlagFrontMatter, Page):
    """Signs that mean stop and get help, and how fast."""

    signs: Section
    what_to_do: Section
    therapist: Section


class TopicFrontMatter(FrontMatter):
    """The keys of `education/<slug>.md`."""

    headings: ClassVar = {"In short": "in_short", "More": "more", "For the therapist": "therapist"}
    lists: ClassVar = frozenset({"in_short"})

    for_: Many[Slug] = Field(alias="for")
    summary: Annotated[str, words(200)]
    order: Annotated[int, amount(1, 99)]


class Topic(TopicFrontMatter, Page):
    """A short subject a patient should know about, such as sitting or lifting."""

    in_short: Section
    more: Section
    therapist: Section


class QuestionFrontMatter(FrontMatter):
    """The keys of `everyday/<slug>.md`."""

    headings: ClassVar = {"Answer": "answer", "For the therapist": "therapist"}

    for_: Many[Slug] = Field(alias="for")
    order: Annotated[int, amount(1, 99)]
    limit: Annotated[str, one_of("limit", LIMITS)] | None = None  # what somebody decides: the patient file, or a blank line


class Question(QuestionFrontMatter, Page):
    """What people ask about everyday life, such as when they may drive; `name` is the question."""

    answer: Section
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


class PainRuleFrontMatter(FrontMatter):
    """The keys of `pain-rule.yaml`: the traffic light, and the words that matter more than its numbers."""

    nerve_rule: Line
    good_sign: Line
    next_day: Line
    words: Lights
    schemes: Schemes


class PainRule(PainRuleFrontMatter, Page):
    """How much pain is all right, and what to do when it is more."""

    def scores(self, scheme: PainScheme) -> Lights:
        """Return the scores of scheme A, B or C."""
        return {"A": self.schemes.a, "B": self.schemes.b, "C": self.schemes.c}[scheme]


class SourceFrontMatter(Noun):
    """One entry of `sources.yaml`: what a tag stands for."""

    title: Line
    where: Annotated[str, words(400)]
    trust: Annotated[str, one_of("trust grade", ("strong", "good", "fair", "weak", "seed", "own"))]
