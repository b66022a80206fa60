"""`handouts translate`: start translations of content files, or mark them as up to date."""

from __future__ import annotations

from pathlib import Path

import click

from handouts.cli.terminal import ANY_PATH, overlays


@click.command()
@click.argument("files", nargs=-1, required=True, type=ANY_PATH)
@click.option("--language", required=True, help="The short code of the language, such as es.")
@overlays
def translate(files: tuple[Path, ...], language: str, content: tuple[Path, ...], templates: tuple[Path, ...]) -> None:
    """Start the translation of each content file in FILES, beside it.

    Where one is there already and its English file has changed since: say that it agrees again, once you have changed it too.
    """
    from handouts.app.layers import Layers
    from handouts.app.translating import translate_file

    for file in files:
        target, outcome = translate_file(file, language, Layers(content, templates))
        click.echo(f"{target} {outcome}")
