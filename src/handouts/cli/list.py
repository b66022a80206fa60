"""`handouts list`: list the exercises, or what the rules choose in each phase."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.terminal import overlays

if TYPE_CHECKING:
    from handouts.model import Library


@click.command("list")
@click.option("--phase", help="Only one phase, such as lumbar/subacute.")
@click.option("--category", help="Only one category, such as extension.")
@click.option("--plans", is_flag=True, help="What the rules choose in each phase, by posture and direction, as Markdown.")
@click.option("--layouts", is_flag=True, help="The layouts that a sheet can have, and what each is for.")
@overlays
def list_exercises(
    phase: str | None,
    category: str | None,
    plans: bool,
    layouts: bool,
    content: tuple[Path, ...],
    templates: tuple[Path, ...],
) -> None:
    """List the exercises by condition and phase, with their categories: the words a patient file uses."""
    from handouts.app.layers import Layers
    from handouts.errors import unknown
    from handouts.model import CATEGORIES

    layers = Layers(content, templates)
    if layouts:
        for name, layout in layers.layouts().items():
            click.echo(f"{name:<14} {layout.about}")
        return
    library = layers.library()
    if phase and phase not in library.phases:
        raise click.BadParameter(unknown("phase", phase, library.phases), param_hint="--phase")
    if category and category not in CATEGORIES:
        raise click.BadParameter(unknown("category", category, CATEGORIES), param_hint="--category")
    if plans:
        from handouts.planning.overview import overview

        click.echo(overview(library), nl=False)
        return
    for line in _exercise_lines(library, phase, category):
        click.echo(line)


def _exercise_lines(library: Library, only_phase: str | None, only_category: str | None) -> Iterator[str]:
    """Yield a line for each phase and one for each of its exercises, of one phase or category where one is given."""
    for phase in library.phases.values():
        if only_phase not in (None, phase.slug):
            continue
        yield f"{phase.slug}  ({phase.name})"
        for exercise in library.exercises.values():
            in_phase = phase.slug in (*exercise.phases, *exercise.ask_first)
            if in_phase and only_category in (None, exercise.category):
                permission = "" if phase.slug in exercise.phases else "  needs 'allow:'"
                yield f"  {exercise.slug:<24} {exercise.category:<14} {exercise.name}{permission}"
