"""`handouts new`: write the starts of new files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from handouts.cli.terminal import FOLDER


@click.group()
def new() -> None:
    """Start a new file: an exercise, or the clinic whose sheets these are."""


@new.command("exercise")
@click.argument("slug")
@click.option("--category", required=True, help="The folder it goes into, such as extension.")
@click.option("--into", type=FOLDER, default=Path("content"), show_default=True, help="The content folder.")
def new_exercise(slug: str, category: str, into: Path) -> None:
    """Write a commented skeleton for the exercise SLUG."""
    from handouts.app.starting import start_exercise

    click.echo(start_exercise(slug, category, into, date.today()))


@new.command("clinic")
@click.option("--name", prompt="Name of the clinic", help="As it stands at the head of each sheet.")
@click.option("--phone", prompt="Telephone number that patients call", help="As patients dial it.")
@click.option("--emergency", prompt="Emergency number", help="Such as 112, 999 or 911.")
@click.option(
    "--hours", prompt="When somebody answers (Enter for none)", default="", show_default=False, help="Opening hours."
)
@click.option("--address", prompt="Address (Enter for none)", default="", help="Street and town.")
@click.option("--into", type=FOLDER, default=Path(), show_default=True, help="The folder of your patients' files.")
def new_clinic(name: str, phone: str, emergency: str, hours: str, address: str, into: Path) -> None:
    """Write the clinic.yaml of your clinic: what is not given as an option is asked for."""
    from handouts.app.starting import start_clinic

    values = {"name": name, "phone": phone, "emergency": emergency, "hours": hours, "address": address}
    click.echo(start_clinic({key: value.strip() for key, value in values.items() if value.strip()}, into))
