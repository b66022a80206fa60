"""`handouts draw`: write the drawings of an exercise, of a pose being written, or of all exercises."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.processes import PROCESSORS, executor_of
from handouts.cli.terminal import FOLDER, overlays

if TYPE_CHECKING:
    from handouts.app.layers import Layers

BODIES = ("short-hair", "long-hair", "full-figure")  # repeated from the model, whose import would slow --help


@click.command()
@click.argument("slug_or_file", metavar="SLUG|FILE", required=False)
@click.option("--sheet", is_flag=True, help="Instead: all exercises, eight a page, as one PDF.")
@click.option("--out", type=FOLDER, default=Path("build/figures"), show_default=True, help="Folder for the drawings.")
@click.option("--side", type=click.Choice(["left", "right"]), help="Which side does it; as the file shows it, if left out.")
@click.option("--figure", "body", type=click.Choice(BODIES), default=BODIES[0], show_default=True, help="Who is drawn.")
@click.option("--moving", is_flag=True, help="The movement as well, as one SVG file that plays by itself.")
@overlays
def draw(
    slug_or_file: str | None,
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

    if sheet == bool(slug_or_file):
        raise click.UsageError("Name an exercise or a FILE.yaml, or say --sheet.")
    layers = Layers(content, templates)
    if not slug_or_file:
        click.echo(_write_contact_sheet(layers, out / "contact-sheet.pdf"))
        return
    look = Look(side, body, moving)
    if slug_or_file.endswith(POSE_ENDINGS):
        drawings = draw_file(Path(slug_or_file), look)
    else:
        drawings = draw_exercise(slug_or_file, layers.library(), look)
    for name, data in drawings.files.items():
        write_file(out / name, data, PUBLIC)
        click.echo(out / name)
    for report in drawings.reports:
        click.echo(report, err=True)


def _write_contact_sheet(layers: Layers, target: Path) -> Path:
    """Write the PDF with the drawings of all exercises, and return its path."""
    from handouts.app.poses import contact_sheet
    from handouts.files.writing import PUBLIC, write_file
    from handouts.pictures.drawings import draw_ahead, site_tasks

    library = layers.library()
    with executor_of(PROCESSORS) as executor:
        if executor:
            draw_ahead((task for task in site_tasks(library) if not task.moving), executor)
    write_file(target, contact_sheet(library, layers.environment()), PUBLIC)
    return target
