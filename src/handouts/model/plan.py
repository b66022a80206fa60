"""What a sheet prints, decided from a patient and the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from handouts.fields import Range
from handouts.files.markdown import Section
from handouts.model.clinic import Clinic
from handouts.model.content import Condition, PainRule, Phase, Question, RedFlag, SourceFrontMatter, Topic
from handouts.model.dose import NUMBERS, Dose, in_short
from handouts.model.exercise import Exercise
from handouts.model.page import REVIEW_YEARS, Page
from handouts.model.patient import Patient, Prescription
from handouts.model.precaution import Precaution
from handouts.model.vocabulary import Amplitude, Side, Toward


def phrase(text: str) -> str:
    """Return a fixed sentence that a plan prints, unchanged: `make messages` collects the calls for the translators."""
    return text


class Step(NamedTuple):
    """What to do in one week; weeks count from 1."""

    week: int
    dose: Dose


@dataclass(frozen=True)
class Reason:
    """Why one exercise is on the sheet, or is not: the rule, the finding it rests on, and the rule's own sentence."""

    exercise: str
    chosen: bool
    rule: str
    finding: str
    because: str


@dataclass(frozen=True)
class Item:
    """One exercise on one patient's sheet; `rest` in seconds between sets, `load` such as a band's colour.

    `range` is how far the movement is drawn to go. `changes` are words of the content: what to do otherwise for a precaution,
    and what the move is built up to. `hints` are fixed phrases of the rules.
    """

    exercise: Exercise
    dose: Dose
    side: Side | None
    toward: Toward | None = None  # the way of a move that goes one way only; such a move has no side
    rest: int | None = None
    load: str | None = None
    note: str | None = None
    allow: str | None = None
    ladder: tuple[Step, ...] = ()
    changes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    range: Amplitude = "full"
    chosen: Prescription | None = field(default=None, compare=False)  # what the therapist wrote for it

    @property
    def seconds(self) -> int | None:
        """Return how long it is held, where that is the same in every week."""
        return self.dose.hold if all(step.dose.hold == self.dose.hold for step in self.ladder) else None

    @property
    def minutes(self) -> int | None:
        """Return how long it is done, where that is the same in every week."""
        return self.dose.minutes if all(step.dose.minutes == self.dose.minutes for step in self.ladder) else None

    @property
    def own_ranges(self) -> dict[str, Range]:
        """Return the numbers that the therapist wrote as a range."""
        numbers = {name: getattr(self.chosen, name) for name in NUMBERS} if self.chosen else {}
        return {name: own for name, own in numbers.items() if own and own.low < own.high}

    def dose_in(self, week: int) -> Dose:
        """Return what is done in one week; weeks count from 1."""
        steps = [step.dose for step in self.ladder if step.week <= week]
        return steps[-1] if steps else self.dose

    def rests_on(self, day: int) -> bool:
        """Return True if a week of its exercise days, spread evenly from the first on, leaves this day out (0 to 6)."""
        days = self.dose.days_per_week
        return day not in {number * 7 // days for number in range(days)}

    @property
    def weeks_in_short(self) -> str:
        """Return in one line for a therapist what is done in each week: "week 1: 1 x 6; week 2: 1 x 8"."""
        steps = [f"week {step.week}: {in_short(step.dose)}" for step in self.ladder]
        return "; ".join(steps) or self.exercise.dose.when or f"every week: {in_short(self.dose)}"

    @property
    def builds_up(self) -> bool:
        """Return True if its numbers climb to the top of the content's ranges, so that an entry must say `build-up: yes`."""
        asked = self.chosen.build_up if self.chosen else None
        return bool(asked or (self.ladder and not self.own_ranges))


class Change(NamedTuple):
    """An exercise that the sheet before had too, and what of it is not as it was then."""

    item: Item
    amount: bool
    often: bool
    week: bool
    side: bool
    load: bool


@dataclass(frozen=True)
class News:
    """What a sheet changes for a patient who has the one before it, of the day `since`."""

    since: date
    new: tuple[Exercise, ...]
    changed: tuple[Change, ...]
    gone: tuple[Exercise, ...]


@dataclass(frozen=True)
class Plan:
    """Everything that a sheet prints; templates decide nothing.

    `why` tells the reasons, which are worked out when they are asked for; `warnings` are for the therapist, never printed.
    With `emergency` set there are no items: the sheet only says where to get help.
    `everyday` has each question that people ask, with what this patient may do; None: the line among `limits` is blank.
    `precautions` are those whose words stand on a card.
    `sources` are those of all pages that it prints from, where the patient file asks for them; none on an emergency sheet.
    `weeks` is how many weeks the tick chart and the ladders cover: until the review, at most 12.
    `news` is what has changed since the sheet before, where the patient file names one.
    `seconds` is about how long the exercises of a full day take, walks apart (0 without items).
    A `general` plan is for anyone in its phase: it was made without a patient.
    `readers` says which entries of the content are for this patient, beside those that are for everyone.
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
    everyday: tuple[tuple[Question, str | None], ...]
    limits: tuple[tuple[str, str | None], ...]
    pain_rule: PainRule
    issued: date
    review: date | None
    weeks: int
    seconds: int
    version: str
    why: Callable[[], tuple[Reason, ...]] = field(compare=False, repr=False)
    warnings: tuple[str, ...]
    step_words: tuple[str, str]
    content_reviewed: date
    reviewer: str | None
    sources: tuple[SourceFrontMatter, ...] = ()
    precautions: tuple[Precaution, ...] = ()
    general: bool = False
    news: News | None = None
    readers: frozenset[str] = frozenset()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return a reason for each exercise of the library: why it is on the sheet, or is not."""
        return self.why()

    @property
    def sheet_id(self) -> str:
        """Return the id that names the file and is printed in the footer; it never holds a patient's name."""
        return f"{self.patient.id}-{self.issued.isoformat()}"

    @property
    def week_after_surgery(self) -> int | None:
        """Return the week after surgery in which the sheet is issued, from 0 on; None without surgery."""
        return self.patient.weeks_after_surgery(self.issued)

    def day(self, week: int, day: int) -> date:
        """Return one day of the chart, which starts on the day of issue: weeks count from 1, days from 0."""
        return self.issued + timedelta(days=7 * (week - 1) + day)

    @property
    def minutes(self) -> int:
        """Return about how many minutes a day the exercises take in all, from ten on rounded up to the next five."""
        minutes = -(-self.seconds // 60)
        return minutes if minutes < 10 else -(-minutes // 5) * 5

    @property
    def walks_apart(self) -> bool:
        """Return True if there are walks beside the exercises whose minutes are told."""
        walks = [item.exercise.job == "walk" for item in self.items if not item.exercise.dose.when]
        return any(walks) and not all(walks)

    def lines(self, section: Section) -> tuple[str, ...]:
        """Return the entries of a list that are for this patient; a general sheet has all of them."""
        return section.items_for(None if self.general else self.readers)

    @property
    def stop_signs(self) -> tuple[str, ...]:
        """Return the signs to stop for that two cards or more have: they are said once for all exercises."""
        signs = [sign for item in self.items for sign in self.lines(item.exercise.stop_if)]
        return tuple(dict.fromkeys(sign for sign in signs if signs.count(sign) > 1))

    @property
    def equipment(self) -> tuple[str, ...]:
        """Return what all exercises together need, each thing once."""
        return tuple(dict.fromkeys(thing for item in self.items for thing in item.exercise.equipment))

    @property
    def content_due(self) -> date:
        """Return when the content must be reviewed again: after three years at the latest (PIF TICK, criterion on review)."""
        day = self.content_reviewed
        return day.replace(year=day.year + REVIEW_YEARS, day=min(day.day, 28))

    @property
    def pages(self) -> tuple[Page, ...]:
        """Return every content page that the sheet prints from, each once."""
        return tuple({id(page): page for page in _pages_in(self)}.values())

    @property
    def unreviewed_words(self) -> bool:
        """Return True if any of its pages is a translation that nobody has reviewed."""
        return any(page.unreviewed for page in self.pages)

    @property
    def draft(self) -> bool:
        """Return True until a therapist signed it and asked about red flags; emergency and general sheets need neither."""
        checked = self.patient.therapist and self.patient.screened
        return not checked and not self.emergency and not self.general


def _pages_in(value: Any) -> Iterator[Page]:
    """Yield the content pages in a value at any depth, so that new fields of a plan need no change here."""
    if isinstance(value, Page):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from _pages_in(inner)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _pages_in(getattr(value, field.name))


class SheetFile(NamedTuple):
    """A ready sheet that the site offers: its file name, the usual name of its paper, the PDF and its number of pages."""

    name: str
    paper: str
    pdf: bytes
    pages: int

    @property
    def kilobytes(self) -> int:
        """Return its size in kilobytes, printed beside the link."""
        return -(-len(self.pdf) // 1000)
