"""`handouts site`: the public site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from handouts.cli.processes import PROCESSORS, executor_of
from handouts.cli.terminal import (
    FOLDER,
    AddressType,
    overlays,
    progress,
)


@click.command()
@click.option("--out", type=FOLDER, default=Path("build/site"), show_default=True, help="Folder for the site.")
@click.option("--base-url", type=AddressType(), help="Where it will stand; else 'site-url' of clinic.yaml.")
@click.option("--sheets/--no-sheets", default=True, help="With or without a general sheet to print for each step.")
@overlays
def site(out: Path, base_url: str | None, sheets: bool, content: tuple[Path, ...], templates: tuple[Path, ...]) -> None:
    """Make the public patient-education site: no patient is in it."""
    from handouts.app.general_sheets import PAPERS, general_sheets
    from handouts.app.layers import Layers
    from handouts.app.site import build_site
    from handouts.site.render import NO_SHEETS

    def make_ready(library: Any, form: Any, logo: Any) -> Any:
        if not sheets:
            return NO_SHEETS
        with progress("Making general sheets", len(library.phases) * len(PAPERS)) as step:
            return general_sheets(library, form, executor, step, logo)

    with executor_of(PROCESSORS) as executor:
        pages = build_site(Layers(content, templates), out, base_url, executor, make_ready)
    click.echo(f"{out / 'index.html'} ({pages} pages)")
