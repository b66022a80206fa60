"""What a translation holds: the words of a content file in another language, and no more.

A class whose name ends in `Words` is the set of keys that one kind of translation may have; its headings are those of the
English file without the part for the therapist, which no patient sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, NamedTuple, get_args

from pydantic import BeforeValidator

from handouts.fields import Line, Many, entries, one_of, words
from handouts.files.document import Document
from handouts.files.markdown import Section
from handouts.model.content import Condition, Lights, PainRule, Phase, Question, RedFlag, Schemes, Topic
from handouts.model.exercise import Exercise
from handouts.model.noun import Noun, WithSections
from handouts.model.page import FrontMatter, Page
from handouts.model.precaution import Precaution
from handouts.model.vocabulary import ReviewState


class Review(Noun):
    """The state of a translation; `of` is the fingerprint of the English words that it was made from.

    An unfinished one is never printed. A draft is printed with a line that says so, until a human translator reviews it.
    """

    state: Annotated[ReviewState, one_of("state", get_args(ReviewState))]
    by: Annotated[str, words(120)] | None = None
    of: Annotated[str, words(8)]


class Words(WithSections):
    """The keys that every translation has."""

    name: Annotated[str, words(80)]
    translation: Review


def _headings(matter: type[FrontMatter]) -> dict[str, str]:
    return {heading: key for heading, key in matter.headings.items() if key != "therapist"}


class ExerciseWords(Words):
    """The words of an exercise; `captions` are those of its pictures, `when` is that of its dose."""

    headings: ClassVar = _headings(Exercise)
    lists: ClassVar = Exercise.lists

    also: Many[Annotated[str, words(80)]] = ()
    aim: Annotated[str, words(160)] | None = None
    equipment: Many[Annotated[str, words(60)]] = ()
    when: Annotated[str, words(60)] | None = None
    captions: Annotated[tuple[Line, ...], BeforeValidator(entries)] = ()
    weight_aim: Line | None = None


class ConditionWords(Words):
    """The words of a condition or procedure."""

    headings: ClassVar = _headings(Condition)

    short: Annotated[str, words(30)] | None = None
    summary: Annotated[str, words(200)] | None = None


class PhaseWords(Words):
    """The words of a phase."""

    headings: ClassVar = _headings(Phase)
    lists: ClassVar = Phase.lists

    time_hint: Annotated[str, words(120)] | None = None


class RedFlagWords(Words):
    """The words of a red flag."""

    headings: ClassVar = _headings(RedFlag)
    lists: ClassVar = RedFlag.lists

    advice: Annotated[str, words(160)] | None = None


class TopicWords(Words):
    """The words of a topic."""

    headings: ClassVar = _headings(Topic)
    lists: ClassVar = Topic.lists

    summary: Annotated[str, words(200)] | None = None


class QuestionWords(Words):
    """The words of an everyday question."""

    headings: ClassVar = _headings(Question)


class PrecautionWords(Words):
    """The words of a precaution; `changes` has the sentence of each of its changes, in order."""

    headings: ClassVar = _headings(Precaution)

    changes: Annotated[tuple[Line, ...], BeforeValidator(entries)] = ()
    eased: Line | None = None


class PainRuleWords(Words):
    """The words of the pain rule."""

    nerve_rule: Line | None = None
    good_sign: Line | None = None
    next_day: Line | None = None
    words: Lights | None = None
    schemes: Schemes | None = None


_KINDS: Mapping[type[Page], type[Words]] = {
    Exercise: ExerciseWords,
    Condition: ConditionWords,
    Phase: PhaseWords,
    RedFlag: RedFlagWords,
    Topic: TopicWords,
    Question: QuestionWords,
    Precaution: PrecautionWords,
    PainRule: PainRuleWords,
}


def words_kind(kind: type[Page]) -> type[Words]:
    """Return the set of translation keys of a kind of page."""
    return _KINDS[kind]


class Address(NamedTuple):
    """Which page a translation is of, and its language."""

    kind: type[Page]
    slug: str
    language: str


@dataclass(frozen=True)
class Translation:
    """One translation as its file has it: its keys, its sections by attribute, and the document with all places."""

    words: Words
    sections: Mapping[str, Section]
    document: Document
