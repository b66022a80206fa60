"""Checks across content files: names that lead nowhere, and what every library must have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from handouts.errors import Problem, nearest, unknown
from handouts.model import JOBS, KINDS, NUMBERS, POSITIONS, Condition, Exercise, Library, Phase, Precaution


def cross_check(library: Library, unread: Mapping[type, Collection[str]]) -> Iterator[Problem]:
    """Yield faults of names that lead nowhere, of sides and doses that cannot be printed, and of what is missing.

    `unread` are the slugs of files that have faults, by kind; the library has nothing, or None, in their place.
    """
    phases = {*library.phases, *unread[Phase]}
    exercises = {*library.exercises, *unread[Exercise]}
    conditions = {*library.conditions, *unread[Condition]}
    precautions = {*library.precautions, *unread[Precaution]}
    for exercise in library.exercises.values():
        yield from _unknown_names(exercise, "phases", phases, "phase")
        yield from _unknown_names(exercise, "ask-first", phases, "phase")
        yield from _unknown_names(exercise, "easier", exercises, "exercise")
        yield from _unknown_names(exercise, "harder", exercises, "exercise")
        yield from _unknown_names(exercise, "twins", exercises, "exercise")
        yield from _unknown_from_week(exercise, "contraindications", precautions, "precaution")
        yield from _dose_faults(exercise)
        yield from _side_faults(exercise)
    for page in (*library.red_flags.values(), *library.topics.values(), *library.questions.values()):
        yield from _unknown_names(page, "for", conditions, "condition or procedure")
    for flag in library.red_flags.values():
        yield from _unknown_names(flag, "with", precautions, "precaution")
    for phase in library.phases.values():
        if phase.condition not in conditions:
            message = f"belongs to '{phase.condition}', which has no _index.md"
            yield phase.problem(message, "name")
        if phase.next and phase.next not in phases:
            yield phase.problem(f"next: {unknown('phase', phase.next, phases)}", "name", ("next",))
        yield from _week_faults(phase)
        yield from _phase_dose_faults(phase, library, exercises)
        yield from _unknown_names(phase, "exercises", exercises, "exercise")
        yield from _unknown_names(phase, "ask-first", exercises, "exercise")
        yield from _unknown_names(phase, "implies", precautions, "precaution")
    for precaution in library.precautions.values():
        yield from _precaution_faults(precaution, exercises)
    yield from _unknown_parents(library, conditions)
    yield from _unknown_sources(library)
    if not any(unread.values()):
        yield from _without_red_flags(library)


def _unknown_names(page: Any, key: str, known: Collection[str], what: str) -> Iterator[Problem]:
    names = getattr(page, {"for": "for_", "with": "with_"}.get(key, key.replace("-", "_")))
    for number, name in enumerate(names):
        if name not in known:
            yield page.problem(f"{key}: {unknown(what, name, known)}", "name", (key, number))


def _unknown_from_week(exercise: Exercise, key: str, known: Collection[str], what: str) -> Iterator[Problem]:
    for number, (name, _) in enumerate(exercise.contraindications):
        if name not in known:
            yield exercise.problem(f"{key}: {unknown(what, name, known)}", "name", (key, number))


def _precaution_faults(precaution: Precaution, exercises: Collection[str]) -> Iterator[Problem]:
    """Yield faults of the kinds of movement that a precaution bars, and of what it says to change."""
    kinds = (*KINDS, *POSITIONS)
    for number, (name, _) in enumerate(precaution.bars):
        if name not in kinds:
            yield precaution.problem(f"bars: {unknown('kind of movement', name, kinds)}", "name", ("bars", number))
    for place, change in enumerate(precaution.changes):
        for number, (name, _) in enumerate(change.for_):
            if name not in kinds and name not in exercises:
                message = f"changes: {unknown('kind of movement or exercise', name, kinds)}"
                yield precaution.problem(message, "name", ("changes", place, "for", number))
    if bool(precaution.eased_by) != bool(precaution.eased):
        yield precaution.problem("needs both 'eased-by' and 'eased', or neither", "value")


def _unknown_parents(library: Library, conditions: Collection[str]) -> Iterator[Problem]:
    """Yield a fault for each procedure in a folder that is no condition, and for a condition that has both."""
    for condition in library.conditions.values():
        if condition.like is not None and condition.like not in conditions:
            yield condition.problem(f"like: {unknown('condition', condition.like, conditions)}", "name", ("like",))
        if condition.parent and condition.parent not in conditions:
            yield condition.problem(f"belongs to '{condition.parent}', which has no _index.md", "name")
        if library.procedures_of(condition.slug) and library.phases_of(condition.slug):
            yield condition.problem("has both phases and procedures: keep one kind, or nobody knows which is meant", "place")


def _unknown_sources(library: Library) -> Iterator[Problem]:
    if library.sources is None:  # already reported by the loader
        return
    for page in filter(None, library.pages()):
        for number, source in enumerate(page.sources):
            tag = source.partition("/")[0]
            if tag not in library.sources:
                near = nearest(tag, library.sources)
                hint = f" Did you mean '{near}'?" if near else ""
                yield page.problem(f"the source '{tag}' is not in sources.yaml.{hint}", "name", ("sources", number))


def _dose_faults(exercise: Exercise) -> Iterator[Problem]:
    if fault := exercise.dose.fault():
        yield exercise.problem(f"dose: {fault}", "dose", ("dose",))


def _phase_dose_faults(phase: Phase, library: Library, exercises: Collection[str]) -> Iterator[Problem]:
    """Yield faults of the doses that differ in a phase, and of what "Move on when" asks of its exercises."""
    for key, named in (("doses", phase.doses), ("reach", phase.reach)):
        for name in named:
            exercise = library.exercises.get(name)
            if exercise and phase.slug not in (*exercise.phases, *exercise.ask_first):
                yield phase.problem(f"{key}: '{name}' is not for {phase.slug}: leave it out", "name", (key, name))
            elif name not in exercises and not (key == "reach" and name in JOBS):
                yield phase.problem(f"{key}: {unknown('exercise', name, exercises)}", "name", (key, name))
    for name, differs in phase.doses.items():
        if (exercise := library.exercises.get(name)) and (fault := differs.of(exercise.dose).fault()):
            yield phase.problem(f"doses: '{name}' {fault}", "dose", ("doses", name))
    for name, goal in phase.reach.items():
        for number in NUMBERS:
            exercise = library.exercises.get(name)
            if exercise and getattr(goal, number) and not getattr(exercise.dose, number):
                message = f"reach: the dose of '{name}' has no {number}: leave it out"
                yield phase.problem(message, "dose", ("reach", name, number))


def _week_faults(phase: Phase) -> Iterator[Problem]:
    """Yield faults of the weeks after surgery, by which a patient's phase is held against the date of the operation."""
    weeks = phase.weeks
    if phase.surgery and not weeks:
        yield phase.problem("a phase after surgery needs 'weeks', such as {earliest: 4, usual: 6}", "weeks")
    elif weeks and not phase.surgery:
        message = "weeks: is only for a phase after surgery: leave it out, or say what was done with 'surgery'"
        yield phase.problem(message, "weeks", ("weeks",))
    elif weeks:
        in_order = [week for week in (weeks.earliest, weeks.usual, weeks.end, weeks.late) if week is not None]
        agreed = weeks.usual if weeks.agreed is None else weeks.agreed
        if in_order != sorted(in_order) or agreed < weeks.usual:
            message = "weeks: must not fall from 'earliest' to 'usual', 'end' and 'late', or from 'usual' to 'agreed'"
            yield phase.problem(message, "weeks", ("weeks",))


def _side_faults(exercise: Exercise) -> Iterator[Problem]:
    """Yield faults of a figure's side: a drawing is mirrored for a patient, so it must be known which side it shows."""
    if exercise.figure and exercise.side != "none" and not exercise.figure.side:
        yield exercise.problem(
            "figure: the exercise has a side: add 'side: left' or 'side: right', whichever is seen to do it",
            "figure", ("figure",),
        )  # fmt: skip
    if exercise.figure and exercise.side == "none" and exercise.figure.side:
        yield exercise.problem("figure: the exercise has no side: leave 'side' out", "figure", ("figure", "side"))


def _without_red_flags(library: Library) -> Iterator[Problem]:
    """Yield a fault for each condition or procedure that has phases and no red flags: no sheet may lack them."""
    for condition in {phase.condition: None for phase in library.phases.values()}:
        if condition in library.conditions and not library.red_flags_for(condition):
            page = library.conditions[condition]
            yield page.problem(f"no file in red-flags/ is for '{condition}'", "red-flag")
