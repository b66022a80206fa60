"""The gates: each yields the problems that keep a sheet from being built, as what it asks for must not be printed.

A therapist overrides the gates of an exercise with `allow: <reason>`, and a phase that comes too early after surgery with
`allow-phase: <reason>`; the reason stays with the plan. Nothing overrides a red flag, a missing date or a name that does
not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handouts.errors import Problem, unknown
from handouts.files.document import Loc
from handouts.fonts import unprintable
from handouts.model import Exercise, Library, Patient, Prescription
from handouts.planning.case import Case
from handouts.planning.groups import job_of
from handouts.planning.limits import limit_faults, prescription_over, surgeons_yes
from handouts.planning.rules import BARS, GATES, reason_of
from handouts.planning.weeks import week_faults

ANY_OTHER = "other"  # a red flag that has no page of its own
OVERRIDE = "To print it all the same, add 'allow: <your reason>' to it."


def patient_faults(patient: Patient, library: Library, issued: date) -> Iterator[Problem]:
    """Yield everything that keeps this patient's sheet from being built, apart from the exercises."""
    yield from _surgery_faults(patient, issued)
    yield from _phase_faults(patient, library, issued)
    yield from week_faults(patient, library, issued)
    yield from _red_flag_faults(patient, library)
    yield from _topic_faults(patient, library)
    yield from _unprintable_text(patient)
    for key, message in limit_faults(patient):
        yield patient.document.problem(f"limits: {message}", "limit", ("limits", key))
    if patient.print.layout == "booklet" and patient.print.size == "large":
        message = "print: the pages of a booklet are too small for large print: choose 'layout: large'"
        yield patient.document.problem(message, "layout", ("print",))
    if patient.review and patient.review <= issued:
        yield patient.document.problem("review: must be after the day of issue", "date", ("review",))


def _unprintable_text(patient: Patient) -> Iterator[Problem]:
    """Yield the texts with letters that the font lacks, which would be printed as empty boxes: it has Latin ones only."""
    texts: list[tuple[Loc, str | None]] = [
        (("name",), patient.name),
        (("goal",), patient.goal),
        (("therapist",), patient.therapist),
        *((("limits", key), value) for key, value in patient.limits.named().items()),
        *((("exercises", number, "note"), chosen.note) for number, chosen in enumerate(patient.exercises)),
        *((("exercises", number, "load"), chosen.load) for number, chosen in enumerate(patient.exercises)),
    ]
    for loc, text in texts:
        if missing := unprintable(text or ""):
            codes = ", ".join(f"U+{ord(character):04X}" for character in missing)
            detail = "" if loc == ("name",) else f" ({codes})"  # the code points of a name would reveal it
            message = f"{loc[-1]}: the sheet's font lacks {len(missing)} of its characters{detail}: write it in Latin letters"
            yield patient.document.problem(message, "font", loc)


def _surgery_faults(patient: Patient, issued: date) -> Iterator[Problem]:
    document = patient.document
    if patient.condition != "post-op":
        for key, value in (("procedure", patient.procedure), ("surgery-date", patient.surgery_date)):
            if value:
                yield document.problem(f"{key}: is only for 'condition: post-op'", "surgery", (key,))
        return
    if not patient.procedure:
        yield document.problem("post-op needs 'procedure': discectomy, fusion or acdf", "surgery", ("condition",))
    if not patient.surgery_date:
        yield document.problem("post-op needs 'surgery-date', such as 2026-10-01", "surgery", ("condition",))
    elif patient.surgery_date > issued:
        yield document.problem("surgery-date: is after the day of issue", "date", ("surgery-date",))


def _phase_faults(patient: Patient, library: Library, issued: date) -> Iterator[Problem]:
    if patient.condition == "post-op" and not patient.procedure:
        return  # already reported; without a procedure there are no phases to compare with
    if patient.condition != "post-op" and patient.procedure:
        return
    if not patient.phase and patient.weeks_after_surgery(issued) is None:
        return  # already reported: the date from which a phase is proposed is missing or wrong
    if patient.phase_id not in library.phases:
        phases = [phase.stem for phase in library.phases_of(patient.condition_id)]
        message = f"phase: {unknown(f'phase of {patient.condition_id}', patient.phase or '', phases)}"
        yield patient.document.problem(message, "phase", ("phase",))


def _red_flag_faults(patient: Patient, library: Library) -> Iterator[Problem]:
    known = [*library.red_flags, ANY_OTHER]
    for number, name in enumerate(patient.red_flags):
        if name not in known:
            message = f"red-flags: {unknown('red flag', name, known)} Write [] for none."
            yield patient.document.problem(message, "red-flag", ("red-flags", number))


def _topic_faults(patient: Patient, library: Library) -> Iterator[Problem]:
    known = [topic.slug for topic in library.topics_for(patient.condition_id)]
    for number, name in enumerate(patient.topics):
        if name not in known:
            message = f"topics: {unknown(f'topic for {patient.condition_id}', name, known)}"
            yield patient.document.problem(message, "topic", ("topics", number))
        elif name in patient.topics[:number]:
            yield patient.document.problem(f"topics: '{name}' stands twice", "topic", ("topics", number))


def exercise_faults(case: Case) -> Iterator[Problem]:
    """Yield a problem for each reason why this patient must not do an exercise of the list."""
    for number, chosen in enumerate(case.patient.exercises):
        for rule, message in _entry_faults(number, chosen, case):
            yield case.patient.document.problem(f"exercises: {message}", rule, ("exercises", number))


def _entry_faults(number: int, chosen: Prescription, case: Case) -> Iterator[tuple[str, str]]:
    library, patient = case.library, case.patient
    if chosen.exercise not in library.exercises:
        yield "exercise", unknown("exercise", chosen.exercise, library.exercises)
        return
    exercise = library.exercises[chosen.exercise]
    if chosen.exercise in (earlier.exercise for earlier in patient.exercises[:number]):
        yield "exercise", f"'{exercise.slug}' stands twice"
    yield from _dose_faults(chosen, exercise)
    yield from _side_faults(chosen, exercise, patient)
    if not chosen.allow:
        yield from _closed_gates(exercise, case)
        yield from (("limit", f"{message} {OVERRIDE}") for message in prescription_over(chosen, exercise, case))


def _closed_gates(exercise: Exercise, case: Case) -> Iterator[tuple[str, str]]:
    """Yield each gate that this exercise does not pass, with why, what would be allowed and how to override it."""
    for name in GATES:
        finding = BARS[name](exercise, case)
        if finding and not (name == "R2" and surgeons_yes(exercise, case)):
            refusal = _refusal(exercise, name, finding, case)
            yield _rule_name(name), f"{refusal} {_alternatives(exercise, name, case)} {OVERRIDE}"


def _alternatives(exercise: Exercise, gate: str, case: Case) -> str:
    """Name what this phase offers and no gate refuses; outside the phase gate only what does the same job, if anything."""
    offered = [other for other in case.library.exercises_of(case.phase.slug) if other is not exercise]
    free = [other for other in offered if not any(BARS[name](other, case) for name in GATES)]
    same_job = [other for other in free if gate != "R2" and job_of(other) == job_of(exercise)]
    names = ", ".join(other.slug for other in same_job or free) or "none"
    return f"{'For the same purpose' if same_job else 'This phase offers'}: {names}."


def _rule_name(name: str) -> str:
    return {"R2": "phase-gate", "precaution": "precaution-gate"}.get(name, name)


def _refusal(exercise: Exercise, gate: str, finding: str, case: Case) -> str:
    """Return the sentence that says why a gate refuses this exercise."""
    if gate == "precaution":
        precautions = [name for name in exercise.contraindications if name in case.precautions]
        return f"'{exercise.slug}' is not for a patient with '{', '.join(precautions)}'."
    if gate != "R2":
        return f"'{exercise.slug}' is refused ({finding}). {reason_of(gate)}"
    if case.phase.slug in exercise.ask_first:
        reason = f"'{exercise.slug}' needs a therapist's or surgeon's yes in {case.phase.slug}"
    else:
        where = ", ".join(exercise.phases) or "no phase without a therapist's yes"
        reason = f"'{exercise.slug}' is not for {case.phase.slug}; it is for {where}"
    return f"{reason}."


def _dose_faults(chosen: Prescription, exercise: Exercise) -> Iterator[tuple[str, str]]:
    if exercise.dose.minutes and (chosen.sets or chosen.reps or chosen.hold):
        yield "dose", f"'{exercise.slug}' is dosed in minutes: write 'minutes: 10 min'"
    if not exercise.dose.minutes and chosen.minutes:
        yield "dose", f"'{exercise.slug}' is dosed in sets and reps, not in minutes"


def _side_faults(chosen: Prescription, exercise: Exercise, patient: Patient) -> Iterator[tuple[str, str]]:
    if exercise.side == "marked" and not (chosen.side or patient.side):
        yield "side", f"'{exercise.slug}' needs a side: add 'side: left', 'side: right' or 'side: both'"
    if exercise.side == "none" and chosen.side:
        yield "side", f"'{exercise.slug}' has no side: leave 'side' out"
    one_way = exercise.side == "direction"
    if one_way and chosen.side:
        yield "side", f"'{exercise.slug}' goes one way: in place of 'side' write 'toward: left' or 'toward: right'"
    elif one_way and not chosen.toward:
        yield "side", f"'{exercise.slug}' needs its way, tested with the patient: add 'toward: left' or 'toward: right'"
    if chosen.toward and not one_way:
        yield "side", f"'{exercise.slug}' does not go one way: leave 'toward' out"
