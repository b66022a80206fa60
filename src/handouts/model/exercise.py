"""What an exercise file holds: the movement, and what the rules and the precautions need to know of it."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, get_args

from pydantic import BeforeValidator

from handouts.fields import FromWeek, Line, Many, Slug, YesNo, amount, from_week, one_of, words
from handouts.files.markdown import Section
from handouts.model.dose import DoseRange
from handouts.model.page import FrontMatter, Page
from handouts.model.vocabulary import (
    CLEARANCES,
    JOBS,
    KINDS,
    LIMITS,
    POSITIONS,
    SPINE_MOVES,
    ExerciseSide,
    Job,
    Kind,
    Position,
    SpineMove,
)


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
    contraindications: Many[Annotated[FromWeek, BeforeValidator(from_week)]]  # beyond what its kinds say
    job: Annotated[Job, one_of("job", JOBS)]
    rung: Annotated[int, amount(1, 99)]  # its place among the exercises of its job: easy first, or the most usual first
    kinds: Many[Annotated[Kind, one_of("kind of movement", KINDS)]]
    twins: Many[Slug] = ()  # so alike that one is enough (rule R24)
    extension_step: Annotated[int, amount(0, 9)] | None = None  # its step on the ladder of rule R5, lowest first
    opened_by: Many[Annotated[str, one_of("clearance", CLEARANCES)]] = ()  # which yes of a surgeon stands for one to it
    off_by_default: YesNo = False  # only a therapist who names it can allow it (notes, section 7.1)
    asks: Many[Annotated[str, one_of("limit", LIMITS)]] = ()  # what the therapist must fill in where it is on the sheet
    weight_aim: Line | None = None  # what it is built up to where there is a weight goal (rule R26)
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

    def does(self, *kinds: Kind | Position) -> bool:
        """Return True if it is of one of these kinds of movement, among which its position counts."""
        return self.position in kinds or any(kind in self.kinds for kind in kinds)
