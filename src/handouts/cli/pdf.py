"""`handouts pdf`: make a sheet for every patient."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.processes import executor_of
from handouts.cli.terminal import ANY_PATH, FOLDER, ask_password, of_clinic, overlays, progress, say_warning

if TYPE_CHECKING:
    from handouts.model import Plan

BOOKLET_HINT = "A booklet is for paper only: it has no tags for a screen reader. Print both sides, turned on the short edge."
NOT_FOR_SCREENS = {  # option -> why an HTML file cannot obey it
    "--encrypt": "an HTML file cannot be locked with a password: make a PDF",
    "--layout": "an HTML file has one layout, for screens of any size",
    "--paper": "an HTML file has no paper",
}


def _read_shard(context: click.Context, option: click.Parameter, text: str) -> tuple[int, int]:
    """Return `2/8` as two numbers, part two of eight; raises a usage error where it is none."""
    number, slash, of = text.partition("/")
    if slash and number.isdigit() and of.isdigit() and 1 <= int(number) <= int(of):
        return int(number), int(of)
    raise click.BadParameter(f"'{text}' must be a part and a whole, such as 2/8", context, option)


@click.command()
@click.argument("patients", nargs=-1, required=True, type=ANY_PATH)
@click.option("--out", type=FOLDER, default=Path("build/handouts"), show_default=True, help="Folder for the sheets.")
@click.option(
    "--format", "output_format", type=click.Choice(["pdf", "html"]), default="pdf", help="html: one file for a screen."
)
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="Instead of the paper in the patient files.")
@click.option("--layout", help="Instead of the layout in the patient files; 'handouts list --layouts' says what there is.")
@click.option("--large-print", is_flag=True, help="Large letters, whatever the patient files say.")
@click.option("--sources", is_flag=True, help="List at the end where the words come from.")
@click.option("--date", "issued", type=click.DateTime(["%Y-%m-%d"]), help="Day of issue, for all sheets.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes to use for many sheets.")
@click.option("--explain", is_flag=True, help="Say for every exercise why it is on the sheet, or is not.")
@click.option("--allow-fallback", is_flag=True, help="Print what has no translation in English, and mark it.")
@click.option("--encrypt", is_flag=True, help="Lock each PDF with a password, which is asked for.")
@click.option("--password-file", type=ANY_PATH, help="With --encrypt: a file whose only line is the password.")
@click.option("--share", is_flag=True, help="Let your group on this computer read the sheets; else only you can.")
@click.option("--replace", is_flag=True, help="Write over earlier sheets, even where one is made again from its record.")
@click.option(
    "--shard",
    metavar="PART/OF",
    callback=_read_shard,
    default="1/1",
    help="Make only part 2 of 8 (2/8), to share work among machines.",
)
@overlays
@of_clinic
def pdf(
    patients: tuple[Path, ...],
    out: Path,
    output_format: str,
    paper: str | None,
    layout: str | None,
    large_print: bool,
    sources: bool,
    issued: datetime | None,
    jobs: int,
    explain: bool,
    allow_fallback: bool,
    encrypt: bool,
    password_file: Path | None,
    share: bool,
    replace: bool,
    shard: tuple[int, int],
    content: tuple[Path, ...],
    templates: tuple[Path, ...],
    clinic: Path | None,
) -> None:
    """Make a sheet for every patient in PATIENTS: YAML, CSV or XLSX files, or folders of them."""
    from handouts.app.batch import Shard
    from handouts.app.layers import Layers
    from handouts.app.plans import Overrides, plan_handouts
    from handouts.app.sheets import build_handouts, refuse_to_replace
    from handouts.errors import unknown
    from handouts.pdf.access import Access

    if password_file and not encrypt:
        raise click.UsageError("--password-file needs --encrypt")
    if output_format == "html":
        _refuse_paper_options({"--encrypt": encrypt, "--layout": layout, "--paper": paper})
    layers = Layers(content, templates, clinic)
    layouts = layers.layouts()
    if layout and layout not in layouts:
        raise click.BadParameter(unknown("layout", layout, layouts), param_hint="--layout")
    size = "large" if large_print else None
    overrides = Overrides(issued.date() if issued else None, paper, size, layout, sources, allow_fallback)
    plans = plan_handouts(patients, layers, date.today(), overrides, Shard(*shard), say_warning)
    if not replace:
        refuse_to_replace(plans, out, output_format)
    access = Access(share, ask_password(password_file) if encrypt else None)
    with progress("Making sheets", len(plans)) as step, executor_of(jobs) as executor:
        made = build_handouts(plans, layers, out, access, executor, step, output_format)
    for plan, sheet in zip(plans, made, strict=True):
        click.echo(f"{sheet.path}{_pages(sheet.pages)}")
        for warning in plan.warnings:
            click.echo(f"{plan.patient.id}: {warning} (warning)", err=True)
        if explain:
            _explain(plan)
    if any(sheet.folded for sheet in made):
        click.echo(BOOKLET_HINT, err=True)


def _pages(number: int) -> str:
    """Return how many pages a sheet has, to stand behind its path; a file for a screen has none."""
    return f"  ({number} page{'s' * (number > 1)})" if number else ""


def _refuse_paper_options(options: Mapping[str, object]) -> None:
    """Raise a usage error for the first of these options that was given: an HTML file cannot obey it."""
    for option, value in options.items():
        if value:
            raise click.UsageError(f"{option} and --format html: {NOT_FOR_SCREENS[option]}")


def _explain(plan: Plan) -> None:
    """Print why each exercise is on the sheet or is not, one a line, those on the sheet first; then what climbs."""
    for reason in sorted(plan.reasons, key=lambda reason: not reason.chosen):
        outcome = "chosen  " if reason.chosen else "left out"
        click.echo(f"  {outcome}  {reason.exercise:<28} {reason.rule:<10} ({reason.finding}) {reason.because}")
    for item in plan.items:
        click.echo(f"  dose      {item.exercise.slug:<28} {item.weeks_in_short}")
