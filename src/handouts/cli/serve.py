"""`handouts serve`: preview the site and poses being written, rebuilt whenever a file is saved."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import click

from handouts.cli.terminal import of_clinic, overlays


@click.command()
@click.argument("poses", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@overlays
@of_clinic
def serve(
    poses: tuple[Path, ...], port: int, content: tuple[Path, ...], templates: tuple[Path, ...], clinic: Path | None
) -> None:
    """Show the site on this machine, and POSES being written (YAML files); a saved file shows at once. Stop with Ctrl-C."""
    from handouts.app.layers import Layers
    from handouts.app.poses import drawing_pages, page_folder
    from handouts.app.site import site_files
    from handouts.site.preview import Build, Part, Preview, Server
    from handouts.site.preview import serve as serve_until_stopped

    layers = Layers(content, templates, clinic)
    site_part = Part(lambda: site_files(layers), layers.folders)
    poses_part = Part(lambda: drawing_pages(poses, layers.environment()), layers.template_folders, poses)
    preview = Preview([site_part, poses_part])
    server = Server(preview, port)

    def report_build(build: Build) -> None:
        if build.fault:
            click.echo(build.fault, err=True)
        if build.version == 1:
            click.echo(f"{server.address}  (stop with Ctrl-C)")
            for pose in poses:
                click.echo(f"{server.address}{quote(page_folder(pose))}  ({pose})")
        elif not build.fault:
            click.echo("Built anew.")

    with suppress(KeyboardInterrupt):  # Ctrl-C is how a user stops the server
        serve_until_stopped(preview, server, report_build)
