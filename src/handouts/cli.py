"""The `handouts` command: with `terminal`, the only home of Click, the terminal, the clock and exit codes.

Exit 0: done; 1: problems in the user's files; 2: usage.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import nullcontext, suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from handouts.terminal import (
    ANY_PATH,
    BOOKLETS,
    FOLDER,
    AddressType,
    Commands,
    ShardType,
    ask_password,
    count_of,
    explain_choice,
    listing,
    overlays,
    progress,
    refuse_for_screens,
)

BODIES = ("short-hair", "long-hair", "full-figure")  # as in the model, which --help does not wait for
LAYOUTS = ("full", "compact", "fridge", "large", "booklet")  # likewise
PROCESSORS = min(os.cpu_count() or 1, 8)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="handouts")
@click.option("--debug", is_flag=True, help="Show the traceback of a fault. It may hold a patient's words.")
def main(debug: bool) -> None:
    """Make physiotherapy handouts and a patient-education site from text files."""


@main.command()
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
    from handouts.access import Access
    from handouts.batch import Shard
    from handouts.build import Layers, Overrides, build_handouts, plan_handouts

    if password_file and not encrypt:
        raise click.UsageError("--password-file needs --encrypt")
    if form == "html":
        refuse_for_screens({"--encrypt": encrypt, "--layout": layout, "--paper": paper})
    layers = Layers(content, templates)
    size = "large" if large_print else None
    overrides = Overrides(issued.date() if issued else None, paper, size, layout, sources, allow_fallback)
    plans = plan_handouts(patients, layers, date.today(), overrides, Shard(*shard))
    access = Access(share, ask_password(password_file) if encrypt else None)
    with progress("Making sheets", len(plans)) as step, _executor(jobs) as executor:
        targets = build_handouts(plans, layers, out, access, executor, step, form)
    for plan, target in zip(plans, targets, strict=True):
        click.echo(target)
        for warning in plan.warnings:
            click.echo(f"{plan.patient.id}: {warning} (warning)", err=True)
        if explain:
            explain_choice(plan.reasons)
    if form == "pdf" and any(plan.layout == "booklet" for plan in plans):
        click.echo(BOOKLETS, err=True)


def _executor(jobs: int) -> Any:
    """Fresh processes: a fork of a process that has threads can hang."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) if jobs > 1 else nullcontext()


@main.command()
@click.option("--out", type=FOLDER, default=Path("build/site"), show_default=True, help="Folder for the site.")
@click.option("--base-url", type=AddressType(), help="Where it will stand; else 'site-url' of clinic.yaml.")
@click.option("--sheets/--no-sheets", default=True, help="With or without a general sheet to print for each step.")
@overlays
def site(out: Path, base_url: str | None, sheets: bool, content: tuple[Path, ...], templates: tuple[Path, ...]) -> None:
    """Make the public patient-education site: no patient is in it."""
    from handouts.build import Layers, build_site
    from handouts.ready import PAPERS, ready_sheets
    from handouts.site import NO_SHEETS

    def make_ready(library: Any, form: Any, logo: Any) -> Any:
        if not sheets:
            return NO_SHEETS
        with progress("Making general sheets", len(library.phases) * len(PAPERS)) as step:
            return ready_sheets(library, form, executor, step, logo)

    with _executor(PROCESSORS) as executor:
        pages = build_site(Layers(content, templates), out, base_url, executor, make_ready)
    click.echo(f"{out / 'index.html'} ({pages} pages)")


@main.command()
@click.argument("poses", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@overlays
def serve(poses: tuple[Path, ...], port: int, content: tuple[Path, ...], templates: tuple[Path, ...]) -> None:
    """Show the site on this machine, and POSES being written (YAML files); a saved file shows at once. Stop with Ctrl-C."""
    from handouts.build import Layers, site_files
    from handouts.draw import drawing_pages, page_folder
    from handouts.serve import Build, Part, Preview, Server
    from handouts.serve import serve as serve_until_stopped

    layers = Layers(content, templates)
    drawings = Part(lambda: drawing_pages(poses, layers.environment()), layers.template_folders, poses)
    preview = Preview([Part(lambda: site_files(layers), layers.folders), drawings])
    server = Server(preview, port)

    def tell(build: Build) -> None:
        if build.fault:
            click.echo(build.fault, err=True)
        if build.version == 1:
            click.echo(f"{server.address}  (stop with Ctrl-C)")
            for pose in poses:
                click.echo(f"{server.address}{quote(page_folder(pose))}  ({pose})")
        elif not build.fault:
            click.echo("Built anew.")

    with suppress(KeyboardInterrupt):  # Ctrl-C is the way out, no fault
        serve_until_stopped(preview, server, tell)


@main.command()
@click.argument("patients", nargs=-1, type=ANY_PATH)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to say it."
)
@click.option("--strict", is_flag=True, help="Warnings count as problems.")
@overlays
def check(
    patients: tuple[Path, ...], form: str, strict: bool, content: tuple[Path, ...], templates: tuple[Path, ...]
) -> None:
    """Say everything that is wrong with the content, and with the patient files in PATIENTS. Nothing is written."""
    from handouts.build import Layers, check_all

    problems = check_all(patients, Layers(content, templates), date.today())
    if form == "json":
        click.echo(json.dumps([asdict(problem) for problem in problems], indent=2))
    else:
        for problem in problems:
            click.echo(f"{problem}{' (warning)' if problem.warning else ''}")
        click.echo(count_of(problems), err=True)
    sys.exit(1 if any(strict or not problem.warning for problem in problems) else 0)


@main.command()
@click.argument("what", metavar="SLUG|FILE", required=False)
@click.option("--sheet", is_flag=True, help="Instead: all exercises, eight a page, as one PDF.")
@click.option("--out", type=FOLDER, default=Path("build/figures"), show_default=True, help="Folder for the drawings.")
@click.option("--side", type=click.Choice(["left", "right"]), help="Which side does it; as the file shows it, if left out.")
@click.option("--figure", "body", type=click.Choice(BODIES), default=BODIES[0], show_default=True, help="Who is drawn.")
@click.option("--moving", is_flag=True, help="The movement as well, as one SVG file that plays by itself.")
@overlays
def draw(
    what: str | None,
    sheet: bool,
    out: Path,
    side: str | None,
    body: str,
    moving: bool,
    content: tuple[Path, ...],
    templates: tuple[Path, ...],
) -> None:
    """Write the drawings of the exercise SLUG, or of a pose being written (FILE.yaml), as SVG and PNG files.

    Says of each picture how well the pose was met: how far a part is from what it rests on, how deep the body sinks, and
    which joint had to change most.
    """
    from handouts.build import Layers
    from handouts.disk import PUBLIC, write_file
    from handouts.draw import POSE_ENDINGS, Look, draw_exercise, draw_file

    if sheet == bool(what):
        raise click.UsageError("Name an exercise or a FILE.yaml, or say --sheet.")
    if not what:
        click.echo(_draw_sheet(Layers(content, templates), out / "contact-sheet.pdf"))
        return
    look = Look(side, body, moving)
    is_pose = what.endswith(POSE_ENDINGS)
    drawn = draw_file(Path(what), look) if is_pose else draw_exercise(what, Layers(content, templates).library(), look)
    for name, data in drawn.files.items():
        write_file(out / name, data, PUBLIC)
        click.echo(out / name)
    for report in drawn.reports:
        click.echo(report, err=True)


def _draw_sheet(layers: Any, target: Path) -> Path:
    from handouts.disk import PUBLIC, write_file
    from handouts.draw import contact_sheet
    from handouts.drawings import draw_ahead, site_tasks

    library = layers.library()
    with _executor(PROCESSORS) as executor:
        if executor:
            draw_ahead((task for task in site_tasks(library) if not task.moving), executor)
    write_file(target, contact_sheet(library, layers.environment()), PUBLIC)
    return target


@main.command("list")
@click.option("--phase", help="Only one phase, such as lumbar/subacute.")
@click.option("--category", help="Only one category, such as extension.")
@click.option("--plans", is_flag=True, help="What the rules choose in each phase, by posture and direction, as Markdown.")
@overlays
def list_exercises(
    phase: str | None, category: str | None, plans: bool, content: tuple[Path, ...], templates: tuple[Path, ...]
) -> None:
    """List the exercises by condition and phase, with their categories: the words a patient file uses."""
    from handouts.build import Layers
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


@main.group()
def new() -> None:
    """Start a new content file."""


@new.command("exercise")
@click.argument("slug")
@click.option("--category", required=True, help="The folder it goes into, such as extension.")
@click.option("--into", type=FOLDER, default=Path("content"), show_default=True, help="The content folder.")
def new_exercise(slug: str, category: str, into: Path) -> None:
    """Write a commented skeleton for the exercise SLUG."""
    from handouts.build import start_exercise

    click.echo(start_exercise(slug, category, into, date.today()))


@main.command()
@click.argument("files", nargs=-1, required=True, type=ANY_PATH)
@click.option("--language", required=True, help="The short code of the language, such as es.")
@overlays
def translate(files: tuple[Path, ...], language: str, content: tuple[Path, ...], templates: tuple[Path, ...]) -> None:
    """Start the translation of each content file in FILES, beside it.

    Where one is there already and its English file has changed since: say that it agrees again, once you have changed it too.
    """
    from handouts.build import Layers
    from handouts.translating import translate_file

    for file in files:
        target, done = translate_file(file, language, Layers(content, templates))
        click.echo(f"{target} {done}")


@main.command()
def doctor() -> None:
    """Say what this machine lacks to make PDFs, and the command that mends it."""
    from handouts.doctor import examine

    findings = examine()
    for finding in findings:
        click.echo(f"{'ok     ' if finding.ok else 'MISSING'}  {finding.what}")
        if not finding.ok:
            click.echo(f"         {finding.remedy}")
    sys.exit(0 if all(finding.ok for finding in findings) else 1)
