"""`handouts draw`: the drawings of an exercise or of a pose being written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from handouts.cli.processes import PROCESSORS, executor_of
from handouts.cli.terminal import (
    FOLDER,
    overlays,
)

BODIES = ("short-hair", "long-hair", "full-figure")  # as in the model, which --help does not wait for


@click.command()
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
    from handouts.app.layers import Layers
    from handouts.app.poses import POSE_ENDINGS, Look, draw_exercise, draw_file
    from handouts.files.writing import PUBLIC, write_file

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
    from handouts.app.poses import contact_sheet
    from handouts.files.writing import PUBLIC, write_file
    from handouts.pictures.drawings import draw_ahead, site_tasks

    library = layers.library()
    with executor_of(PROCESSORS) as executor:
        if executor:
            draw_ahead((task for task in site_tasks(library) if not task.moving), executor)
    write_file(target, contact_sheet(library, layers.environment()), PUBLIC)
    return target
