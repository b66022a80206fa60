"""What one content file says about another: names that lead nowhere, and what no library may lack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handouts.errors import Problem, nearest, unknown
from handouts.model import Exercise, Library


def cross_check(library: Library) -> Iterator[Problem]:
    """Names that lead nowhere, sides and doses that cannot be printed, and what no library may lack."""
    for exercise in library.exercises.values():
        yield from _unknown_names(exercise, "phases", library.phases, "phase")
        yield from _unknown_names(exercise, "ask-first", library.phases, "phase")
        yield from _unknown_names(exercise, "easier", library.exercises, "exercise")
        yield from _unknown_names(exercise, "harder", library.exercises, "exercise")
        yield from _dose_faults(exercise)
    for page in (*library.red_flags.values(), *library.topics.values()):
        yield from _unknown_names(page, "for", library.conditions, "condition or procedure")
    for phase in library.phases.values():
        if phase.condition not in library.conditions:
            message = f"belongs to '{phase.condition}', which has no _index.md"
            yield phase.problem(message, "name")
        if phase.next and phase.next not in library.phases:
            yield phase.problem(f"next: {unknown('phase', phase.next, library.phases)}", "name", ("next",))
    for page in library.pages():
        tags = [source.partition("/")[0] for source in page.sources]
        for number, tag in enumerate(tags):
            if tag not in library.sources:
                near = nearest(tag, library.sources)
                hint = f" Did you mean '{near}'?" if near else ""
                message = f"the source '{tag}' is not in sources.yaml.{hint}"
                yield page.problem(message, "name", ("sources", number))
    yield from _unguarded(library)


def _unknown_names(page: Any, key: str, known: Mapping[str, Any], what: str) -> Iterator[Problem]:
    names = getattr(page, {"for": "for_"}.get(key, key.replace("-", "_")))
    for number, name in enumerate(names):
        if name not in known:
            yield page.problem(f"{key}: {unknown(what, name, known)}", "name", (key, number))


def _dose_faults(exercise: Exercise) -> Iterator[Problem]:
    dose = exercise.dose
    if dose.minutes and (dose.sets or dose.reps or dose.hold):
        yield exercise.problem("dose: has both minutes and sets, reps or hold: keep one kind", "dose", ("dose",))
    elif not dose.minutes and not (dose.sets and dose.reps):
        yield exercise.problem("dose: needs sets and reps, or minutes", "dose", ("dose",))


def _unguarded(library: Library) -> Iterator[Problem]:
    """No sheet without red flags: every condition and procedure with phases must have some."""
    for condition in {phase.condition: None for phase in library.phases.values()}:
        if condition in library.conditions and not library.red_flags_for(condition):
            page = library.conditions[condition]
            yield page.problem(f"no file in red-flags/ is for '{condition}'", "red-flag")
