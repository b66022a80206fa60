"""A record -> what the next patient file says: the same person and exercises, each dose where it stood.

"Next phase starts at the old dose, not at zero": the notes 2, section 10. Nothing is dropped in silence: what the new phase
does not allow is named with the reason. What to make easier or harder is proposed; a therapist decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from handouts.fields import Range
from handouts.model import NUMBERS, Dose, DoseRange, Exercise, Library, Patient, Prescription, Reason, Record, in_short
from handouts.patients.file_words import own_numbers
from handouts.planning.case import Case
from handouts.planning.choosing import bar, propose
from handouts.planning.dosing import dose_and_ladder, phase_span, starting_dose
from handouts.planning.gates import closed_gates
from handouts.planning.ladders import are_twins
from handouts.planning.limits import prescription_over
from handouts.planning.visits import Stood, where_it_stood

MOST_PREGNANT_WEEK = 42


class Carried(NamedTuple):
    """An exercise of the next file, with what a therapist should know of it."""

    entry: Prescription
    notes: tuple[str, ...]


class Left(NamedTuple):
    """An exercise of the old sheet that is not on the next one: what was done of it, and why it goes."""

    slug: str
    was: str
    why: str


class NextSheet(NamedTuple):
    """What the next file says: `patient` has no exercises; `added` is what the rules would choose in a new phase."""

    patient: Patient
    carried: tuple[Carried, ...]
    left: tuple[Left, ...]
    added: tuple[Reason, ...]


def next_patient(record: Record, library: Library, issued: date, review: date | None, phase: str) -> Patient:
    """Return the same person on the day of the next sheet, with the findings, limits and precautions of the old one.

    Who checked the old sheet has not checked this one, and the red flags were asked about on another day.
    """
    old = record.patient
    later = library.phases[f"{old.condition_id}/{phase}"]
    week = old.weeks_after_surgery(issued)
    return old.model_copy(
        update={
            "issued": issued,
            "review": review,
            "phase": phase,
            "allow_phase": old.allow_phase if phase == old.phase and later.is_too_early(week) else None,
            "pregnancy_week": _pregnancy_week(old, (issued - record.issued).days // 7),
            "therapist": None,
            "screened": None,
            "exercises": (),
            "since": record.sheet_id,
        }
    )


def _pregnancy_week(old: Patient, weeks: int) -> int | None:
    return min(old.pregnancy_week + weeks, MOST_PREGNANT_WEEK) if old.pregnancy_week else None


def next_sheet(record: Record, patient: Patient, case: Case, issued: date) -> NextSheet:
    """Return what the next file says of the exercises; `case` is that patient in the new phase."""
    visit = _Visit(record, case, issued)
    carried: list[Carried] = []
    left: list[Left] = []
    for chosen in record.patient.exercises:
        one = visit.carry_on(chosen)
        (carried if isinstance(one, Carried) else left).append(one)  # type: ignore[arg-type]
    return NextSheet(patient, tuple(carried), tuple(left), tuple(visit.added(carried)))


@dataclass(frozen=True)
class _Visit:
    record: Record
    case: Case
    day: date
    proposed: set[str] = field(default_factory=set)  # so that each easier or harder exercise is proposed once

    @property
    def same_phase(self) -> bool:
        return self.record.patient.phase == self.case.phase.stem

    def carry_on(self, chosen: Prescription) -> Carried | Left:
        """Return the entry of an exercise in the next file, or why there is none."""
        case = self.case
        stood = where_it_stood(chosen, self.record, case.library, self.day)
        exercise = case.library.exercises.get(chosen.exercise)
        if exercise is None:
            return Left(chosen.exercise, in_short(stood.dose), "the content has no such exercise any more.")
        dose, notes = self._dose(chosen, exercise, stood)
        side = chosen.side if chosen.side != _usual_side(exercise, case.patient) else None
        allow = chosen.allow if self.same_phase and any(closed_gates(exercise, case)) else None
        entry = chosen.model_copy(update={**dose, "side": side, "allow": allow})
        if why := [] if allow else self._refusals(entry, exercise):
            if chosen.allow:
                why.append(f"On the old sheet it was allowed: {chosen.allow}")
            return Left(exercise.slug, in_short(stood.dose), " ".join(why))
        return Carried(entry, (*notes, *self._steps(entry, exercise)))

    def _refusals(self, entry: Prescription, exercise: Exercise) -> list[str]:
        gates = [refusal for _, refusal in closed_gates(exercise, self.case)]
        return [*gates, *prescription_over(entry, exercise, self.case)]

    def _dose(self, chosen: Prescription, exercise: Exercise, stood: Stood) -> tuple[dict[str, Any], list[str]]:
        """Return the numbers to write, and what to say of them; those that the content gives anyway are left out."""
        all_own = self.record.patient.own_doses
        # A record of an earlier form does not tell whose the numbers are: none of them may climb by itself.
        own = own_numbers(chosen) if all_own is None else all_own.get(exercise.slug, ())
        often = {
            "per_day": chosen.per_day if "per-day" in own else None,
            "days_per_week": chosen.days_per_week if "days-per-week" in own else None,
        }
        written = [name for name in NUMBERS if name in own]
        if exercise.dose.when:
            numbers, notes = _as_written(chosen, stood.dose, written), []
        elif written and not chosen.build_up:
            numbers = _as_written(chosen, stood.dose, written)
            notes = [f"your own dose, as it was: {in_short(stood.dose)}"]
        else:
            numbers, notes = self._climbing(chosen, exercise, stood)
        if not stood.sure:
            notes.append("the content has changed since the old sheet: this is the dose of its first week, so check it")
        return {**dict.fromkeys(NUMBERS), **often, **numbers}, notes

    def _climbing(self, chosen: Prescription, exercise: Exercise, stood: Stood) -> tuple[dict[str, Any], list[str]]:
        """Return the numbers of a dose that the content sets: where they stood, and from there they climb."""
        span = phase_span(exercise, self.case)
        start, was = starting_dose(span), f"was {in_short(stood.dose)} in week {stood.week}"
        climbs = self.case.phase.climbs or exercise.job == "walk"
        if not climbs and not (self.same_phase and chosen.build_up):
            return {"build_up": None}, [f"{was}; nothing climbs in this phase, which starts at {in_short(start)}"]
        here = _within(stood.dose, span)
        notes = [was, *_differences(stood.dose, here, start)]
        if climbs and here == _within(start, span):
            return {"build_up": None}, notes
        numbers = {name: Range(value, value) for name, value in here.items()}
        return {**numbers, "build_up": True}, notes

    def _steps(self, entry: Prescription, exercise: Exercise) -> Iterator[str]:
        """Yield what could be made more of it: one step of the dose, then what is harder and what is easier than it."""
        dose, ladder = dose_and_ladder(entry, exercise, Case(self.case.patient, self.case.phase, self.case.library, 2))
        if ladder:
            yield f"one step more: {in_short(ladder[1].dose)}"
        top = in_short(_top(dose, phase_span(exercise, self.case)))
        for slug in self._open(exercise.harder, exercise):
            yield f"harder: {slug}, once {top} is easy"
        for slug in self._open(exercise.easier, exercise):
            yield f"easier: {slug}, if this one is too hard or hurts"

    def _open(self, slugs: tuple[str, ...], beside: Exercise) -> Iterator[str]:
        """Yield those that this phase offers, that no rule bars, and that the old sheet does not have already."""
        known = {chosen.exercise for chosen in self.record.patient.exercises} | self.proposed
        for slug in slugs:
            other = self.case.library.exercises.get(slug)
            offered = other and self.case.phase.slug in other.phases and slug not in known
            if other and offered and not bar(other, self.case) and not are_twins(other, beside):
                self.proposed.add(slug)
                yield slug

    def added(self, carried: list[Carried]) -> Iterator[Reason]:
        """Yield what the rules would also choose; nothing in a phase that the old sheet was for."""
        if self.same_phase:
            return
        mine = {one.entry.exercise for one in carried}
        chosen = propose(self.case)
        yield from (chosen.reasons[one.slug] for one in chosen.exercises if one.slug not in mine)


def _usual_side(exercise: Exercise, patient: Patient) -> str | None:
    return patient.side if exercise.side == "marked" else "both" if exercise.side == "each" else None


def _as_written(chosen: Prescription, stood: Dose, written: list[str]) -> dict[str, Any]:
    """Return the numbers that a therapist wrote; what is left of a range that climbs."""
    numbers = {}
    for name in written:
        own, value = getattr(chosen, name), getattr(stood, name)
        numbers[name] = Range(min(max(own.low, value), own.high), own.high) if own.low < own.high else own
    return numbers


def _within(dose: Dose, span: DoseRange) -> dict[str, int]:
    """Return the numbers of a dose, none above the top of its range in this phase."""
    numbers = {name: (getattr(dose, name), getattr(span, name)) for name in NUMBERS}
    return {name: min(value, most.high) for name, (value, most) in numbers.items() if value and most}


def _top(dose: Dose, span: DoseRange) -> Dose:
    """Return a dose with repeats, hold and minutes at the top of their ranges, above which a therapist's own number stays."""
    numbers = {name: (getattr(dose, name), getattr(span, name)) for name in NUMBERS if name != "sets"}
    return dose._replace(**{name: max(value, most.high) for name, (value, most) in numbers.items() if value and most})


def _differences(stood: Dose, here: dict[str, int], start: Dose) -> Iterator[str]:
    """Yield where a dose is not what it was, and where the new phase usually starts higher."""
    if any(getattr(stood, name) > value for name, value in here.items()):
        yield f"{in_short(stood._replace(**here))} is the most of this phase, or of a limit or precaution"
    if any((getattr(start, name) or 0) > value for name, value in here.items()):
        yield f"this phase usually starts at {in_short(start)}: is the patient ready for it?"
