"""The library: all content."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from handouts.model.clinic import Clinic
from handouts.model.content import Condition, PainRule, Phase, Question, RedFlag, SourceFrontMatter, Topic
from handouts.model.exercise import Exercise
from handouts.model.page import Page
from handouts.model.precaution import Precaution
from handouts.model.translation import Address, Translation
from handouts.model.vocabulary import Body


@dataclass(frozen=True)
class Library:
    """All content, read and cross-checked; every mapping is read-only and in the order in which it is printed.

    `version` is eight hex digits made from all content files: the same content has the same version.
    """

    exercises: Mapping[str, Exercise]
    conditions: Mapping[str, Condition]
    phases: Mapping[str, Phase]
    red_flags: Mapping[str, RedFlag]
    topics: Mapping[str, Topic]
    questions: Mapping[str, Question]
    precautions: Mapping[str, Precaution]
    pain_rule: PainRule
    sources: Mapping[str, SourceFrontMatter]
    glossary: Mapping[str, str]  # clinical word -> the plain words a patient reads in its place
    clinic: Clinic | None  # who hands the sheets out; None until one is found: there is no clinic of ours
    version: str
    translations: Mapping[Address, Translation] = field(default_factory=dict)  # of all languages

    @property
    def body(self) -> Body | None:
        """Return who is drawn where a patient's file does not say; None where the clinic does not either."""
        return self.clinic.figure if self.clinic else None

    def known_clinic(self) -> Clinic:
        """Return the clinic; raises LookupError where none was found, which whoever plans or makes a site asks first."""
        if self.clinic is None:
            raise LookupError("no clinic hands out what is made from this library")
        return self.clinic

    def groups(self) -> tuple[Mapping[str, Page], ...]:
        """Return the pages of each kind that has many, by slug."""
        return (self.exercises, self.conditions, self.phases, self.red_flags, self.topics, self.questions, self.precautions)

    def pages(self) -> Iterator[Page]:
        """Yield every content page of every kind."""
        for group in self.groups():
            yield from group.values()
        yield self.pain_rule

    def used_sources(self) -> frozenset[str]:
        """Return the tags of `sources` that at least one page names."""
        return frozenset(source.partition("/")[0] for page in self.pages() for source in page.sources)

    def procedures_of(self, condition: str) -> tuple[str, ...]:
        """Return the names of the procedures of a condition, as a patient file has them; none where it has phases itself."""
        return tuple(one.slug.rpartition("/")[2] for one in self.conditions.values() if one.parent == condition)

    def phases_of(self, condition: str) -> tuple[Phase, ...]:
        """Return the phases of a condition or procedure, in order."""
        return tuple(phase for phase in self.phases.values() if phase.condition == condition)

    def phases_before(self, phase: Phase) -> tuple[Phase, ...]:
        """Return the phases of the same condition that come before this one, in order."""
        return tuple(other for other in self.phases_of(phase.condition) if other.order < phase.order)

    def exercises_of(self, phase: str) -> tuple[Exercise, ...]:
        """Return the exercises that name a phase, lying before standing."""
        return tuple(exercise for exercise in self.exercises.values() if phase in exercise.phases)

    def red_flags_for(self, condition: str, precautions: Collection[str] = ()) -> tuple[RedFlag, ...]:
        """Return the red flags of a condition or procedure, and those with one of these precautions; most urgent first."""
        flags = (flag for flag in self.red_flags.values() if self._concerns(flag.for_, condition))
        return tuple(flag for flag in flags if not flag.with_ or {*flag.with_} & {*precautions})

    def topics_for(self, condition: str) -> tuple[Topic, ...]:
        """Return the topics of a condition or procedure, in order."""
        return tuple(topic for topic in self.topics.values() if self._concerns(topic.for_, condition))

    def questions_for(self, condition: str) -> tuple[Question, ...]:
        """Return the everyday questions of a condition or procedure, in order."""
        return tuple(question for question in self.questions.values() if self._concerns(question.for_, condition))

    def questions_in(self, phase: Phase, named: Collection[str] = ()) -> tuple[Question, ...]:
        """Return the everyday questions of one phase: a question ends with the last phase that has its limit among its own.

        A question whose limit no phase has is asked in all of them. `named` are the limits of a patient's file, which keep a
        question open.
        """
        phases = self.phases_of(phase.condition)
        to_come = {limit for later in phases if later.order >= phase.order for limit in later.limits}
        over = {limit for any_phase in phases for limit in any_phase.limits} - to_come - {*named}
        return tuple(one for one in self.questions_for(phase.condition) if one.limit and one.limit not in over)

    def _concerns(self, named: tuple[str, ...], condition: str) -> bool:
        """Return True if pages for these conditions are for this one, the one above it, or the one that it is like."""
        page = self.conditions.get(condition)
        like = page.like if page else None
        return condition in named or condition.partition("/")[0] in named or bool(like and self._concerns(named, like))

    def phases_below(self, condition: str) -> tuple[Phase, ...]:
        """Return the phases of a condition and of its procedures."""
        return tuple(phase for phase in self.phases.values() if phase.slug.startswith(f"{condition}/"))

    def is_after_surgery(self, condition: str) -> bool:
        """Return True for a condition or procedure whose phases follow an operation."""
        return any(phase.surgery for phase in self.phases_below(condition))
