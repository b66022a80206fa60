"""The drawings of a sheet or of the site: side, range, time and body come from the plan; each is drawn once and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from handouts.content.figure_block import figure_problem
from handouts.errors import Problem, ProblemsError
from handouts.figure import Drawing, Figure, PoseError, cached_animate, cached_draw, is_kept
from handouts.files.folders import cache_folder, shipped_drawings
from handouts.model import Exercise, Item, Library, Plan

# How much of the drawn movement is shown where the phase's `range` is small. Rule R11 suggests about a third of the
# easy range; half of what the figures show comes near it, since none of them goes to the end of the range.
AMPLITUDES = {"small": 0.5, "full": 1.0}
USUAL_BODY = "short-hair"


def folders() -> tuple[Path, ...]:
    """Where drawings are kept: ours of this machine, and those that came with the program."""
    return cache_folder() / "figures", shipped_drawings()


def draw_all(library: Library) -> dict[str, Drawing]:
    """The drawings of every exercise that has a figure, by slug, for readers of whom nothing is known.

    They show no seconds: how long to hold is the therapist's to say. Raises ProblemsError with every pose that cannot be
    drawn as its file describes it.
    """

    def usual(exercise: Exercise) -> Drawing:
        return cached_draw(exercise.figure, folders(), seconds=0, build=library.clinic.figure or USUAL_BODY)

    return _drawn(library.exercises.values(), usual)


@dataclass(frozen=True)
class Task:
    """One drawing: of which figure, still or moving, how."""

    figure: Figure
    moving: bool
    amplitude: float
    build: str


def site_tasks(library: Library) -> Iterator[Task]:
    """What the site shows of each exercise."""
    body = library.clinic.figure or USUAL_BODY
    for exercise in library.exercises.values():
        if exercise.figure:
            yield Task(exercise.figure, False, AMPLITUDES["full"], body)
            if exercise.figure.moves:
                yield Task(exercise.figure, True, AMPLITUDES["full"], body)


def shipped_tasks(library: Library) -> Iterator[Task]:
    """What travels in the wheel: what the site shows, and the small movements that sheets print."""
    yield from site_tasks(library)
    for exercise in library.exercises.values():
        if exercise.figure and exercise.category == "mobility":
            yield Task(exercise.figure, False, AMPLITUDES["small"], USUAL_BODY)


def draw_ahead(tasks: Iterable[Task], executor: Executor, where: Sequence[Path] = ()) -> None:
    """Draw what is not kept in the folders `where` yet, in the processes of `executor`, into the first; else as `folders`.

    A pose that cannot be shown is left to whoever asks for it: it has its place there.
    """
    where = where or folders()
    new = [t for t in tasks if not is_kept(t.figure, where, t.moving, amplitude=t.amplitude, build=t.build)]
    list(executor.map(_keep, new, repeat(where[0]), chunksize=2))


def _keep(task: Task, folder: Path) -> None:
    with suppress(PoseError):
        made = cached_animate if task.moving else cached_draw
        made(task.figure, [folder], amplitude=task.amplitude, build=task.build)


def illustrate(plan: Plan) -> dict[str, Drawing]:
    """The drawings of a plan's exercises, by slug, as this patient does them; raises as `draw_all` does.

    The item's side is the one that is seen to move; the time to hold is that of the dose; the phase's range is drawn;
    the body is the one that the patient's file or the clinic asks for.
    """
    items = {item.exercise.slug: item for item in plan.items}
    body = plan.patient.print.figure or plan.clinic.figure or USUAL_BODY
    return _drawn((item.exercise for item in plan.items), lambda exercise: _personal(items[exercise.slug], body))


def _personal(item: Item, body: str) -> Drawing:
    return cached_draw(
        item.exercise.figure,
        folders(),
        mirror=is_other_side(item),
        seconds=item.dose.hold or 0,
        amplitude=AMPLITUDES[item.range],
        build=body,
    )


def is_other_side(item: Item) -> bool:
    """Does the figure of the file show the side that this patient does not train?"""
    return item.side in ("left", "right") and item.exercise.figure.side not in (None, item.side)


def _drawn(exercises: Iterable[Exercise], draw: Callable[[Exercise], Drawing]) -> dict[str, Drawing]:
    drawings: dict[str, Drawing] = {}
    problems: list[Problem] = []
    for exercise in exercises:
        if exercise.figure:
            try:
                drawings[exercise.slug] = draw(exercise)
            except PoseError as error:
                problems += figure_problem(exercise.document, error).problems
    if problems:
        raise ProblemsError(problems)
    return drawings
