"""The plan: one patient's parameters joined with the library, or every reason why there must be no sheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from handouts.errors import ProblemsError
from handouts.model import LIMITS, Item, Library, Matter, Patient, Phase, Plan, Prescription, RedFlag
from handouts.planning.dosing import session_seconds, starting_dose
from handouts.planning.gates import ANY_OTHER, exercise_faults, patient_faults


def resolve(patient: Patient, library: Library, issued: date) -> Plan:
    """Decide what this patient's sheet holds; raises ProblemsError with every gate that refuses it.

    A red flag outranks everything: the plan then has no items, whatever the file lists.
    """
    problems = list(patient_faults(patient, library, issued))
    phase = library.phases.get(patient.phase_id)
    if phase and not patient.red_flags:
        problems.extend(exercise_faults(patient, phase, library))
    if problems or not phase:
        raise ProblemsError(problems)
    items = () if patient.red_flags else tuple(_item(chosen, patient, library) for chosen in patient.exercises)
    red_flags = library.red_flags_for(patient.condition_id)
    topics = tuple(library.topics[slug] for slug in patient.topics)
    printed: list[Matter] = [phase, *(item.exercise for item in items), *red_flags, *topics, library.pain_rule]
    return Plan(
        patient=patient,
        clinic=library.clinic,
        condition=library.conditions[patient.condition_id],
        phase=phase,
        next_phase=library.phases.get(phase.next or ""),
        items=items,
        emergency=_emergency(patient, library),
        red_flags=red_flags,
        topics=topics,
        limits=_limits(patient, phase),
        pain_rule=library.pain_rule,
        issued=issued,
        review=patient.review,
        seconds=session_seconds(items),
        version=library.version,
        content_reviewed=min(page.reviewed for page in printed),
        reviewer=_reviewer(printed),
    )


def _item(chosen: Prescription, patient: Patient, library: Library) -> Item:
    exercise = library.exercises[chosen.exercise]
    own_side = patient.side if exercise.side == "marked" else None
    side = chosen.side or own_side or ("both" if exercise.side == "each" else None)
    dose = starting_dose(exercise.dose, chosen)
    return Item(exercise, dose, side, chosen.rest, chosen.load, chosen.note, chosen.allow)


def _emergency(patient: Patient, library: Library) -> tuple[RedFlag, ...]:
    """The red flags that were found, most urgent first; all of the condition where one has no page of its own."""
    if not patient.red_flags:
        return ()
    known = library.red_flags_for(patient.condition_id) if ANY_OTHER in patient.red_flags else ()
    shown = {*patient.red_flags, *(flag.slug for flag in known)}
    return tuple(flag for slug, flag in library.red_flags.items() if slug in shown)


def _limits(patient: Patient, phase: Phase) -> tuple[tuple[str, str | None], ...]:
    """The phase's limits and the patient's own; one that nobody has filled in is printed as a blank line."""
    given = patient.limits.named()
    return tuple((key, given.get(key)) for key in LIMITS if key in given or key in phase.limits)


def _reviewer(pages: Iterable[Matter]) -> str | None:
    """Who reviewed the content: nobody, until every page on the sheet has been reviewed."""
    names = [page.reviewer for page in pages]
    return "; ".join(sorted({name for name in names if name})) if all(names) else None
