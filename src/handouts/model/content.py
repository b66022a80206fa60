"""What content files hold.

A class whose name ends in `FrontMatter` is the set of keys that one kind of front matter may have; the noun of the same name
adds where it lives and what its body says.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, get_args

from pydantic import BeforeValidator, Field

from handouts.errors import Problem
from handouts.fields import Day, Line, Many, Slug, amount, entries, one_of, words
from handouts.files.document import Document, Loc
from handouts.files.markdown import Section
from handouts.locales import SOURCE_LANGUAGE
from handouts.model.dose import DoseRange
from handouts.model.noun import Noun, WithSections
from handouts.model.vocabulary import (
    LIMITS,
    POSITIONS,
    PRECAUTIONS,
    SPINE_MOVES,
    URGENCIES,
    Amplitude,
    ExerciseSide,
    PainScheme,
    Position,
    SpineMove,
    Urgency,
)

REVIEW_YEARS = 3  # content is reviewed again at least this often (PIF TICK, criterion on review)

Sources = Annotated[tuple[Slug, ...], BeforeValidator(entries), Field(min_length=1)]


class FrontMatter(WithSections):
    """The front matter that every content file shares."""

    name: Annotated[str, words(80)]
    sources: Sources
    reviewed: Day
    reviewer: Annotated[str, words(120)] | None = None
    of: Annotated[str, words(8)] | None = None  # the edition that the reviewer saw; `handouts check` prints it


class Page(FrontMatter):
    """A content file: its front matter, its slug, and the document that has the place of every value.

    `document` is the translation's where the words are in another `language`; `unreviewed` then says that no human
    translator has checked them against the English text as it is now.
    """

    slug: str
    document: Document
    edition: str = ""  # eight hex digits; `reviewer` is None unless they saw this one
    language: str = SOURCE_LANGUAGE
    unreviewed: bool = False

    def problem(self, message: str, rule: str, loc: Loc = (), *, warning: bool = False) -> Problem:
        """Return a fault at one of this file's values."""
        return self.document.problem(message, rule, loc, warning=warning)


class ExerciseFrontMatter(FrontMatter):
    """The keys of `exercises/<category>/<slug>.md`."""

    headings: ClassVar = {
        "Steps": "steps",
        "You should feel": "feel",
        "Watch out": "watch_out",
        "Stop if": "stop_if",
        "For the therapist": "therapist",
    }
    lists: ClassVar = frozenset({"steps", "feel", "watch_out", "stop_if"})

    also: Many[Annotated[str, words(80)]] = ()
    aim: Annotated[str, words(160)]
    position: Annotated[Position, one_of("position", POSITIONS)]
    equipment: Many[Annotated[str, words(60)]]
    muscles: Many[Annotated[str, words(60)]]
    side: Annotated[ExerciseSide, one_of("side", get_args(ExerciseSide))]
    spine: Many[Annotated[SpineMove, one_of("spine move", SPINE_MOVES)]]
    phases: Many[Slug]
    ask_first: Many[Slug] = ()
    contraindications: Many[Annotated[str, one_of("precaution", PRECAUTIONS)]]
    dose: DoseRange
    easier: Many[Slug] = ()
    harder: Many[Slug] = ()
    figure: Any = None  # a mapping in the file; a `figure.Figure` once it is read


class Exercise(ExerciseFrontMatter, Page):
    """One movement: what it is for, how it is done, when to stop, and for whom."""

    category: str
    steps: Section
    feel: Section
    watch_out: Section
    stop_if: Section
    therapist: Section


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
    limit: Annotated[str, one_of("limit", LIMITS)]  # what a surgeon decides: as the patient file says, or a blank line


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
