"""`handouts next`: the patient file of the next visit, from the record of the sheet before."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from handouts.cli.terminal import ANY_PATH, of_clinic, overlays

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("next")
@click.argument("record", type=ANY_PATH)
@click.option("--phase", help="The phase of the next sheet, such as late; that of the old sheet, if left out.")
@click.option("--review", type=DAY, help="The visit after this one.")
@click.option("--date", "issued", type=DAY, help="Day of issue of the next sheet; today, if left out.")
@click.option("--out", type=ANY_PATH, help="The file to write, or a folder for it; else a file in the current folder.")
@overlays
@of_clinic
def next_visit(
    record: Path,
    phase: str | None,
    review: datetime | None,
    issued: datetime | None,
    out: Path | None,
    content: tuple[Path, ...],
    templates: tuple[Path, ...],
    clinic: Path | None,
) -> None:
    """Write the patient file that comes after RECORD (its name ends in .plan.yaml): each dose starts where it stood."""
    from handouts.app.layers import Layers
    from handouts.app.next_file import start_next_file
    from handouts.errors import ProblemsError

    day = issued.date() if issued else date.today()
    layers = Layers(content, templates, clinic)
    target, lacks = start_next_file(record, layers, day, phase, review.date() if review else None, out)
    click.echo(target)
    if lacks:
        click.echo("It is written, and needs this before it prints:", err=True)
        raise ProblemsError(lacks)
