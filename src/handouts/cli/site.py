"""`handouts site`: make the public site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.processes import PROCESSORS, executor_of
from handouts.cli.terminal import FOLDER, of_clinic, overlays, progress

if TYPE_CHECKING:
    from handouts.model import Library
    from handouts.pictures.picture_files import PictureFile
    from handouts.render.templates import Templates
    from handouts.site.render import GeneralSheets


def _read_address(context: click.Context, option: click.Parameter, text: str | None) -> str | None:
    """Return the address of a site with a slash at its end; raises a usage error where it is none."""
    from handouts.fields import site_address

    try:
        return site_address(text) if text is not None else None
    except ValueError:
        message = f"'{text}' must be the address of a site, such as https://example.org/back/"
        raise click.BadParameter(message, context, option) from None


@click.command()
@click.option("--out", type=FOLDER, default=Path("build/site"), show_default=True, help="Folder for the site.")
@click.option(
    "--base-url", metavar="ADDRESS", callback=_read_address, help="Where it will stand; else 'site-url' of clinic.yaml."
)
@click.option("--sheets/--no-sheets", default=True, help="With or without a general sheet to print for each step.")
@overlays
@of_clinic
def site(
    out: Path,
    base_url: str | None,
    sheets: bool,
    content: tuple[Path, ...],
    templates: tuple[Path, ...],
    clinic: Path | None,
) -> None:
    """Make the public patient-education site: no patient is in it."""
    from handouts.app.general_sheets import PAPERS, general_sheets
    from handouts.app.layers import Layers
    from handouts.app.site import build_site
    from handouts.site.render import NO_SHEETS

    def make_sheets(library: Library, loaded: Templates, logo: PictureFile | None) -> GeneralSheets:
        if not sheets:
            return NO_SHEETS
        with progress("Making general sheets", len(library.phases) * len(PAPERS)) as step:
            return general_sheets(library, loaded, executor, step, logo)

    with executor_of(PROCESSORS) as executor:
        page_count = build_site(Layers(content, templates, clinic), out, base_url, executor, make_sheets)
    click.echo(f"{out / 'index.html'} ({page_count} pages)")
