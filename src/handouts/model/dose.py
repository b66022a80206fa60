"""Doses: the bounds that no dose may leave, the range in an exercise's file, and what one patient does."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from handouts.fields import Range, amount, span, words
from handouts.model.noun import Noun

# The least and the most of each value, for any patient (own numbers): what is beyond them is a slip of the keyboard.
SETS = (1, 6)
REPS = (1, 50)
HOLD = (1, 120, "s")
MINUTES = (1, 60, "min")
REST = (1, 300, "s")
PER_DAY = (1, 12)
DAYS_PER_WEEK = (1, 7)
WAYS = (1, 8)

NUMBERS = ("minutes", "reps", "hold", "sets")  # those that may climb, in the order in which they do (rule R13)


class DoseRange(Noun):
    """How much of an exercise, as its file says it: each value starts low and may rise to the end of its range."""

    sets: Annotated[Range, span(*SETS)] | None = None
    reps: Annotated[Range, span(*REPS)] | None = None
    hold: Annotated[Range, span(*HOLD)] | None = None
    minutes: Annotated[Range, span(*MINUTES)] | None = None
    per_day: Annotated[Range, span(*PER_DAY)]
    days_per_week: Annotated[Range, span(*DAYS_PER_WEEK)]
    when: Annotated[str, words(60)] | None = None  # printed in place of the two above: "every time you get out of bed"
    ways: Annotated[int, amount(*WAYS)] = 1  # movements, each with its hold, that one repeat is made of: four neck presses

    def fault(self) -> str | None:
        """Return what is wrong with the range of an exercise's file; None where it is one of minutes, or of sets and reps."""
        if self.minutes and (self.sets or self.reps or self.hold):
            return "has both minutes and sets, reps or hold: keep one kind"
        if not self.minutes and not (self.sets and self.reps):
            return "needs sets and reps, or minutes"
        return None


class DoseInPhase(Noun):
    """What differs in one phase from the dose in an exercise's file."""

    sets: Annotated[Range, span(*SETS)] | None = None
    reps: Annotated[Range, span(*REPS)] | None = None
    hold: Annotated[Range, span(*HOLD)] | None = None
    minutes: Annotated[Range, span(*MINUTES)] | None = None
    per_day: Annotated[Range, span(*PER_DAY)] | None = None
    days_per_week: Annotated[Range, span(*DAYS_PER_WEEK)] | None = None

    def of(self, dose: DoseRange) -> DoseRange:
        """Return the dose of an exercise in this phase."""
        return dose.model_copy(update={key: getattr(self, key) for key in self.model_fields_set})


class Goal(Noun):
    """How much of an exercise a patient can do who moves on to the next phase."""

    sets: Annotated[int, amount(*SETS)] | None = None
    reps: Annotated[int, amount(*REPS)] | None = None
    hold: Annotated[int, amount(*HOLD)] | None = None
    minutes: Annotated[int, amount(*MINUTES)] | None = None


class Dose(NamedTuple):
    """How much of an exercise this patient does: whole numbers; `hold` in seconds, `minutes` each time."""

    sets: int | None
    reps: int | None
    hold: int | None
    minutes: int | None
    per_day: int
    days_per_week: int


def in_short(dose: Dose) -> str:
    """Return a dose in one line for a therapist, without how often: "10 min", "2 x 10, hold 6 s"."""
    if dose.minutes:
        return f"{dose.minutes} min"
    hold = f", hold {dose.hold} s" if dose.hold else ""
    return f"{dose.sets} x {dose.reps}{hold}"
