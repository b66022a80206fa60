"""`handouts new`: write skeletons of new content files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from handouts.cli.terminal import FOLDER


@click.group()
def new() -> None:
    """Start a new content file."""


@new.command("exercise")
@click.argument("slug")
@click.option("--category", required=True, help="The folder it goes into, such as extension.")
@click.option("--into", type=FOLDER, default=Path("content"), show_default=True, help="The content folder.")
def new_exercise(slug: str, category: str, into: Path) -> None:
    """Write a commented skeleton for the exercise SLUG."""
    from handouts.app.starting import start_exercise

    click.echo(start_exercise(slug, category, into, date.today()))
