"""All content as one library."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from handouts.model.clinic import Clinic
from handouts.model.content import (
    Condition,
    Exercise,
    Page,
    PainRule,
    Phase,
    Question,
    RedFlag,
    SourceFrontMatter,
    Topic,
)
from handouts.model.translation import Address, Translation


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
    questions: Mapping[str, Question]
    pain_rule: PainRule
    sources: Mapping[str, SourceFrontMatter]
    glossary: Mapping[str, str]  # clinical word -> the plain words a patient reads in its place
    clinic: Clinic
    version: str
    translations: Mapping[Address, Translation] = field(default_factory=dict)  # of all languages

    def pages(self) -> Iterator[Page]:
        """Every content page, whatever it is."""
        for group in (self.exercises, self.conditions, self.phases, self.red_flags, self.topics, self.questions):
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

    def questions_for(self, condition: str) -> tuple[Question, ...]:
        """The everyday questions of a condition or procedure, in order."""
        return tuple(question for question in self.questions.values() if _concerns(question.for_, condition))

    def questions_in(self, phase: Phase, named: Collection[str] = ()) -> tuple[Question, ...]:
        """The everyday questions of one phase: a question is over after the last phase whose limits name its own.

        What no phase limits is asked in all of them. `named` are the limits of a patient's file, which keep a question open.
        """
        phases = self.phases_of(phase.condition)
        still = {limit for other in phases if other.order >= phase.order for limit in other.limits}
        over = {limit for other in phases for limit in other.limits} - still - {*named}
        return tuple(question for question in self.questions_for(phase.condition) if question.limit not in over)


def _concerns(named: tuple[str, ...], condition: str) -> bool:
    """`post-op` concerns every procedure, `post-op/acdf` only its own; a page on `post-op` shows what all share."""
    return condition in named or condition.partition("/")[0] in named
