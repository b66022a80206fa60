"""`handouts check`: report everything that is wrong, without writing anything."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from handouts.cli.terminal import ANY_PATH, count_of, line_of, of_clinic, overlays


@click.command()
@click.argument("patients", nargs=-1, type=ANY_PATH)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to say it.",
)
@click.option("--strict", is_flag=True, help="Warnings count as problems.")
@overlays
@of_clinic
def check(
    patients: tuple[Path, ...],
    output_format: str,
    strict: bool,
    content: tuple[Path, ...],
    templates: tuple[Path, ...],
    clinic: Path | None,
) -> None:
    """Say everything that is wrong with the content, and with the patient files in PATIENTS. Nothing is written."""
    import json
    from dataclasses import asdict

    from handouts.app.checking import check_all
    from handouts.app.layers import Layers

    report = check_all(patients, Layers(content, templates, clinic), date.today())
    problems = report.problems
    if output_format == "json":
        click.echo(json.dumps([asdict(problem) for problem in problems], indent=2))
    else:
        for problem in problems:
            click.echo(line_of(problem))
        for note in report.notes:
            click.echo(f"{note} (note)")
        click.echo(count_of(problems), err=True)
    sys.exit(1 if any(strict or not problem.warning for problem in problems) else 0)
