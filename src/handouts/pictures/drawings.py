"""The drawings of a sheet or of the site: side, range, time and body come from the plan; each is drawn once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from itertools import repeat

from handouts.content.figure_block import figure_problem
from handouts.errors import Problem, ProblemsError
from handouts.figure import Drawing, Figure, PoseError
from handouts.files.cache import Cache
from handouts.model import Exercise, Item, Library, Plan
from handouts.pictures.drawing_cache import cached_animate, cached_draw, drawing_cache, is_drawn

# How much of the drawn movement is shown where the phase's `range` is small. Rule R11 suggests about a third of the
# easy range; half of what the figures show comes near it, since none of them goes to the end of the range.
AMPLITUDES = {"small": 0.5, "full": 1.0}
USUAL_BODY = "short-hair"


def draw_all(library: Library) -> dict[str, Drawing]:
    """Return the drawing of every exercise that has a figure, by slug, for readers of whom nothing is known.

    They show no seconds: a therapist says how long to hold. Raises ProblemsError with every pose that cannot be
    drawn as its file describes it.
    """

    def draw(exercise: Exercise) -> Drawing:
        return cached_draw(exercise.figure, drawing_cache(), seconds=0, build=library.body or USUAL_BODY)

    return _drawings(library.exercises.values(), draw)


@dataclass(frozen=True)
class DrawingTask:
    """One drawing to make: of which figure, still or moving, with which settings."""

    figure: Figure
    moving: bool
    amplitude: float
    build: str


def site_tasks(library: Library) -> Iterator[DrawingTask]:
    """Yield the drawings that the site shows of each exercise."""
    body = library.body or USUAL_BODY
    for exercise in library.exercises.values():
        if exercise.figure:
            yield DrawingTask(exercise.figure, False, AMPLITUDES["full"], body)
            if exercise.figure.moves:
                yield DrawingTask(exercise.figure, True, AMPLITUDES["full"], body)


def shipped_tasks(library: Library) -> Iterator[DrawingTask]:
    """Yield the drawings in the wheel: what the site shows, and the small movements that sheets print."""
    yield from site_tasks(library)
    for exercise in library.exercises.values():
        if exercise.figure and exercise.category == "mobility":
            yield DrawingTask(exercise.figure, False, AMPLITUDES["small"], USUAL_BODY)


def draw_ahead(tasks: Iterable[DrawingTask], executor: Executor, cache: Cache | None = None) -> None:
    """Draw what the cache does not have yet, in the processes of `executor`; the user's cache where none is given.

    A pose that cannot be shown is left out: whoever asks for its drawing reports it at its place in the file.
    """
    cache = cache or drawing_cache()
    new = [t for t in tasks if not is_drawn(t.figure, cache, t.moving, amplitude=t.amplitude, build=t.build)]
    list(executor.map(_draw_into, new, repeat(cache), chunksize=2))


def _draw_into(task: DrawingTask, cache: Cache) -> None:
    with suppress(PoseError):
        draw = cached_animate if task.moving else cached_draw
        draw(task.figure, cache, amplitude=task.amplitude, build=task.build)


def illustrate(plan: Plan) -> dict[str, Drawing]:
    """Return the drawings of a plan's exercises, by slug, as this patient does them; raises as `draw_all` does.

    The item's side is the one that is seen to move, its way the one that the move goes; the time to hold is that of
    the dose; the phase's range is drawn; the body is the one that the patient's file or the clinic asks for.
    """
    items = {item.exercise.slug: item for item in plan.items}
    body = plan.patient.print.figure or plan.clinic.figure or USUAL_BODY
    return _drawings((item.exercise for item in plan.items), lambda exercise: _draw_item(items[exercise.slug], body))


def _draw_item(item: Item, body: str) -> Drawing:
    return cached_draw(
        item.exercise.figure,
        drawing_cache(),
        mirror=is_other_side(item),
        seconds=item.dose.hold or 0,
        amplitude=AMPLITUDES[item.range],
        build=body,
    )


def is_other_side(item: Item) -> bool:
    """Return True if the figure of the file shows the side that this patient does not train, or the other way."""
    side = item.toward or item.side
    return side in ("left", "right") and item.exercise.figure.side not in (None, side)


def _drawings(exercises: Iterable[Exercise], draw: Callable[[Exercise], Drawing]) -> dict[str, Drawing]:
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
