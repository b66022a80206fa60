"""`handouts list`: the exercises, or what the rules choose."""

from __future__ import annotations

from pathlib import Path

import click

from handouts.cli.terminal import (
    listing,
    overlays,
)


@click.command("list")
@click.option("--phase", help="Only one phase, such as lumbar/subacute.")
@click.option("--category", help="Only one category, such as extension.")
@click.option("--plans", is_flag=True, help="What the rules choose in each phase, by posture and direction, as Markdown.")
@overlays
def list_exercises(
    phase: str | None, category: str | None, plans: bool, content: tuple[Path, ...], templates: tuple[Path, ...]
) -> None:
    """List the exercises by condition and phase, with their categories: the words a patient file uses."""
    from handouts.app.layers import Layers
    from handouts.errors import unknown
    from handouts.model import CATEGORIES

    library = Layers(content, templates).library()
    if phase and phase not in library.phases:
        raise click.BadParameter(unknown("phase", phase, library.phases), param_hint="--phase")
    if category and category not in CATEGORIES:
        raise click.BadParameter(unknown("category", category, CATEGORIES), param_hint="--category")
    if plans:
        from handouts.planning.overview import overview

        click.echo(overview(library), nl=False)
        return
    for line in listing(library, phase, category):
        click.echo(line)
