"""The gates: each yields the problems that keep a sheet from being built, as what it asks for must not be printed.

A therapist overrides the gates of an exercise with `allow: <reason>`, and a phase that comes too early after surgery with
`allow-phase: <reason>`; the reason stays with the plan. Nothing overrides a red flag, a missing date or a name that does
not exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from handouts.errors import Problem, unknown
from handouts.files.document import Loc
from handouts.fonts import unprintable
from handouts.model import NUMBERS, Exercise, Library, Patient, Prescription
from handouts.planning.case import Case
from handouts.planning.limits import limit_faults, prescription_over, surgeons_yes
from handouts.planning.precautions import barring
from handouts.planning.rules import BARS, GATES, reason_of
from handouts.planning.weeks import week_faults

ANY_OTHER = "other"  # a red flag that has no page of its own
OVERRIDE = "To print it all the same, add 'allow: <your reason>' to it."


def patient_faults(patient: Patient, library: Library, issued: date) -> Iterator[Problem]:
    """Yield everything that keeps this patient's sheet from being built, apart from the exercises."""
    yield from _condition_faults(patient, library)
    yield from _surgery_faults(patient, library, issued)
    yield from _precaution_faults(patient, library)
    yield from _phase_faults(patient, library, issued)
    yield from week_faults(patient, library, issued)
    yield from _red_flag_faults(patient, library)
    yield from _topic_faults(patient, library)
    yield from _unprintable_text(patient)
    for loc, message in limit_faults(patient, library, issued):
        yield patient.document.problem(f"limits: {message}", "limit", ("limits", *loc))
    if patient.review and patient.review <= issued:
        yield patient.document.problem("review: must be after the day of issue", "date", ("review",))
    if patient.screened and patient.screened > issued:
        message = f"screened: is after the day of issue, {issued}: write the day on which you asked about the warning signs"
        yield patient.document.problem(message, "date", ("screened",))


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


def _condition_faults(patient: Patient, library: Library) -> Iterator[Problem]:
    """Yield what is wrong with the condition and the procedure: without them there are no phases to compare with."""
    document, name = patient.document, patient.condition
    procedures = library.procedures_of(name)
    if name not in library.conditions or library.conditions[name].parent:
        known = [condition.slug for condition in library.conditions.values() if condition.top]
        yield document.problem(f"condition: {unknown('condition', name, known)}", "condition", ("condition",))
    elif procedures and not patient.procedure:
        yield document.problem(f"{name} needs 'procedure': {_either(procedures)}", "surgery", ("condition",))
    elif procedures and patient.procedure not in procedures:
        message = f"procedure: {unknown(f'procedure of {name}', patient.procedure or '', procedures)}"
        yield document.problem(message, "surgery", ("procedure",))
    elif patient.procedure and not procedures:
        with_procedures = [one.slug for one in library.conditions.values() if library.procedures_of(one.slug)]
        message = f"procedure: is only for 'condition: {_either(with_procedures)}'"
        yield document.problem(message, "surgery", ("procedure",))


def _either(names: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _surgery_faults(patient: Patient, library: Library, issued: date) -> Iterator[Problem]:
    if patient.condition not in library.conditions:
        return  # already reported
    after_surgery = library.is_after_surgery(patient.condition)
    if patient.surgery_date and not after_surgery:
        message = f"surgery-date: is not for '{patient.condition}', which is without surgery: leave it out"
        yield patient.document.problem(message, "surgery", ("surgery-date",))
    elif after_surgery and not patient.surgery_date:
        message = f"{patient.condition} needs 'surgery-date', such as 2026-10-01"
        yield patient.document.problem(message, "surgery", ("condition",))
    elif patient.surgery_date and patient.surgery_date > issued:
        yield patient.document.problem("surgery-date: is after the day of issue", "date", ("surgery-date",))


def _phase_faults(patient: Patient, library: Library, issued: date) -> Iterator[Problem]:
    phases = library.phases_of(patient.condition_id)
    if not phases:
        return  # already reported: the condition or the procedure is wrong
    stems = [phase.stem for phase in phases]
    if patient.phase is None:
        dated = patient.weeks_after_surgery(issued) is not None
        if dated or not phases[0].surgery:  # else reported: the date from which a phase is proposed is missing or wrong
            message = f"the key 'phase' is missing: write one of {', '.join(stems)}"
            yield patient.document.problem(message, "phase", ("condition",))
    elif patient.phase not in stems:
        message = f"phase: {unknown(f'phase of {patient.condition_id}', patient.phase, stems)}"
        yield patient.document.problem(message, "phase", ("phase",))


def _precaution_faults(patient: Patient, library: Library) -> Iterator[Problem]:
    """Yield the precautions that nobody knows, and a week of pregnancy that is missing or stands for nothing."""
    document, counted = patient.document, []
    for number, name in enumerate(patient.precautions):
        if not (precaution := library.precautions.get(name)):
            message = f"precautions: {unknown('precaution', name, library.precautions)}"
            yield document.problem(message, "precaution", ("precautions", number))
        elif precaution.by_week:
            counted.append(name)
            if patient.pregnancy_week is None:
                message = f"precautions: '{name}' needs the week of pregnancy: add 'pregnancy-week: 20' with the right number"
                yield document.problem(message, "precaution", ("precautions", number))
    if patient.pregnancy_week is not None and not counted:
        message = "pregnancy-week: add 'precautions: [pregnancy]' as well, or leave it out"
        yield document.problem(message, "precaution", ("pregnancy-week",))


def _red_flag_faults(patient: Patient, library: Library) -> Iterator[Problem]:
    known = [*library.red_flags, ANY_OTHER]
    for number, name in enumerate(patient.red_flags):
        if name not in known:
            message = f"red-flags: {unknown('red flag', name, known)} Write [] for none."
            yield patient.document.problem(message, "red-flag", ("red-flags", number))


def _topic_faults(patient: Patient, library: Library) -> Iterator[Problem]:
    """Yield the topics and questions that the condition does not have, and those that stand twice."""
    if patient.condition not in library.conditions:
        return  # already reported
    topics = [topic.slug for topic in library.topics_for(patient.condition_id)]
    questions = [question.slug for question in library.questions_for(patient.condition_id)]
    for what, names, known in (("topic", patient.topics, topics), ("question", patient.questions, questions)):
        for number, name in enumerate(names):
            loc = (f"{what}s", number)
            if name not in known:
                message = f"{what}s: {unknown(f'{what} for {patient.condition_id}', name, known)}"
                yield patient.document.problem(message, what, loc)
            elif name in names[:number]:
                yield patient.document.problem(f"{what}s: '{name}' stands twice", what, loc)


def exercise_faults(case: Case) -> Iterator[Problem]:
    """Yield a problem for each reason why this patient must not do an exercise of the list."""
    if case.patient.lists_nothing:
        message = "exercises: the list is empty: name at least one, or leave 'exercises' out, and the rules choose"
        yield case.patient.document.problem(message, "exercise", ("exercises",))
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
        for gate, refusal in closed_gates(exercise, case):
            yield _rule_name(gate), f"{refusal} {_alternatives(exercise, gate, case)} {OVERRIDE}"
        yield from (("limit", f"{message} {OVERRIDE}") for message in prescription_over(chosen, exercise, case))


def closed_gates(exercise: Exercise, case: Case) -> Iterator[tuple[str, str]]:
    """Yield each gate that this exercise does not pass, with the sentence that says why."""
    for name in GATES:
        finding = BARS[name](exercise, case)
        if finding and not (name == "R2" and surgeons_yes(exercise, case)):
            yield name, _refusal(exercise, name, finding, case)


def _alternatives(exercise: Exercise, gate: str, case: Case) -> str:
    """Name what this phase offers and no gate refuses; outside the phase gate only what does the same job, if anything."""
    offered = [other for other in case.library.exercises_of(case.phase.slug) if other is not exercise]
    free = [other for other in offered if not any(BARS[name](other, case) for name in GATES)]
    same_job = [other for other in free if gate != "R2" and other.job == exercise.job]
    names = ", ".join(other.slug for other in same_job or free) or "none"
    return f"{'For the same purpose' if same_job else 'This phase offers'}: {names}."


def _rule_name(name: str) -> str:
    return {"R2": "phase-gate", "precaution": "precaution-gate"}.get(name, name)


def _refusal(exercise: Exercise, gate: str, finding: str, case: Case) -> str:
    """Return the sentence that says why a gate refuses this exercise."""
    if gate == "precaution":
        barred = barring(exercise, case.held)
        eased = [one.eased_by for one in barred if one.eased_by]
        unless = f" If that is right for this patient, add 'cleared: [{eased[0]}]'." if eased else ""
        return f"'{exercise.slug}' is not for a patient with '{', '.join(one.slug for one in barred)}'.{unless}"
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
    for name in NUMBERS:
        own = getattr(chosen, name)
        if chosen.build_up is False and own and own.low < own.high:
            yield (
                "dose",
                f"'{exercise.slug}': 'build-up: no', but {name} is a range: write one number, or 'build-up: yes'",
            )
    if chosen.build_up and exercise.dose.when:
        yield "dose", f"'{exercise.slug}' is done '{exercise.dose.when}', and nothing builds up: leave 'build-up' out"


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
