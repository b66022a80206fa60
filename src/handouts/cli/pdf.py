"""`handouts pdf`: a sheet for every patient."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from handouts.cli.processes import executor_of
from handouts.cli.terminal import (
    ANY_PATH,
    BOOKLETS,
    FOLDER,
    ShardType,
    ask_password,
    explain_choice,
    overlays,
    progress,
    refuse_for_screens,
)

LAYOUTS = ("full", "compact", "fridge", "large", "booklet")  # as in the model, which --help does not wait for


@click.command()
@click.argument("patients", nargs=-1, required=True, type=ANY_PATH)
@click.option("--out", type=FOLDER, default=Path("build/handouts"), show_default=True, help="Folder for the sheets.")
@click.option("--format", "form", type=click.Choice(["pdf", "html"]), default="pdf", help="html: one file for a screen.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="Instead of the paper in the patient files.")
@click.option("--layout", type=click.Choice(LAYOUTS), help="Instead of the layout in the patient files.")
@click.option("--large-print", is_flag=True, help="Large letters, whatever the patient files say.")
@click.option("--sources", is_flag=True, help="List at the end where the words come from.")
@click.option("--date", "issued", type=click.DateTime(["%Y-%m-%d"]), help="Day of issue, for all sheets.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes to use for many sheets.")
@click.option("--explain", is_flag=True, help="Say for every exercise why it is on the sheet, or is not.")
@click.option("--allow-fallback", is_flag=True, help="Print what has no translation in English, and mark it.")
@click.option("--encrypt", is_flag=True, help="Lock each PDF with a password, which is asked for.")
@click.option("--password-file", type=ANY_PATH, help="With --encrypt: a file whose only line is the password.")
@click.option("--share", is_flag=True, help="Let your group on this computer read the sheets; else only you can.")
@click.option("--shard", type=ShardType(), default="1/1", help="Make only part 2 of 8 (2/8), to share work among machines.")
@overlays
def pdf(
    patients: tuple[Path, ...],
    out: Path,
    form: str,
    paper: str | None,
    layout: str | None,
    large_print: bool,
    sources: bool,
    issued: Any,
    jobs: int,
    explain: bool,
    allow_fallback: bool,
    encrypt: bool,
    password_file: Path | None,
    share: bool,
    shard: tuple[int, int],
    content: tuple[Path, ...],
    templates: tuple[Path, ...],
) -> None:
    """Make a sheet for every patient in PATIENTS: YAML, CSV or XLSX files, or folders of them."""
    from handouts.app.batch import Shard
    from handouts.app.layers import Layers
    from handouts.app.plans import Overrides, plan_handouts
    from handouts.app.sheets import build_handouts
    from handouts.pdf.access import Access

    if password_file and not encrypt:
        raise click.UsageError("--password-file needs --encrypt")
    if form == "html":
        refuse_for_screens({"--encrypt": encrypt, "--layout": layout, "--paper": paper})
    layers = Layers(content, templates)
    size = "large" if large_print else None
    overrides = Overrides(issued.date() if issued else None, paper, size, layout, sources, allow_fallback)
    plans = plan_handouts(patients, layers, date.today(), overrides, Shard(*shard))
    access = Access(share, ask_password(password_file) if encrypt else None)
    with progress("Making sheets", len(plans)) as step, executor_of(jobs) as executor:
        targets = build_handouts(plans, layers, out, access, executor, step, form)
    for plan, target in zip(plans, targets, strict=True):
        click.echo(target)
        for warning in plan.warnings:
            click.echo(f"{plan.patient.id}: {warning} (warning)", err=True)
        if explain:
            explain_choice(plan.reasons)
    if form == "pdf" and any(plan.layout == "booklet" for plan in plans):
        click.echo(BOOKLETS, err=True)
