"""What a precaution bars, and what the sheet says to change: kinds of movement, never the names of exercises alone."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from handouts.fields import FromWeek, Line, Many, YesNo, amount, from_week, one_of
from handouts.files.markdown import Section
from handouts.model.dose import HOLD
from handouts.model.noun import Noun
from handouts.model.page import FrontMatter, Page
from handouts.model.vocabulary import CLEARANCES


class Change(Noun):
    """What the sheet says to change in some exercises: `for` names kinds of movement, positions and single exercises."""

    for_: Many[Annotated[FromWeek, BeforeValidator(from_week)]] = Field(alias="for")
    words: Line


class PrecautionFrontMatter(FrontMatter):
    """The keys of `precautions/<slug>.md`.

    `bars` names kinds of movement and positions. A week counts from the start of pregnancy. What a change says of one
    exercise outranks what its kinds say, in both ways. `eased_by` is the clearance after which nothing is barred any more,
    and the card says `eased` in its place. `most_hold` is the longest hold in seconds.
    """

    headings: ClassVar = {"For the therapist": "therapist"}

    bars: Many[Annotated[FromWeek, BeforeValidator(from_week)]]
    changes: Many[Change]
    eased_by: Annotated[str, one_of("clearance", CLEARANCES)] | None = None
    eased: Line | None = None
    by_week: YesNo = False  # what it bars depends on the week of pregnancy
    most_hold: Annotated[int, amount(*HOLD)] | None = None


class Precaution(PrecautionFrontMatter, Page):
    """What asks for care with a patient, whatever the condition: thin bones, pregnancy, a weak shoulder."""

    therapist: Section
