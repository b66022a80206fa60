"""The `handouts` command: the only package that uses Click, the terminal, the clock and exit codes.

Each command has a module, which imports the rest of the program only when the command runs, so that `--help` is quick.
Exit code 0: done; 1: problems in the user's files; 2: wrong usage.
"""

from __future__ import annotations

import click

from handouts.cli.check import check
from handouts.cli.doctor import doctor
from handouts.cli.draw import draw
from handouts.cli.list import list_exercises
from handouts.cli.new import new
from handouts.cli.next import next_visit
from handouts.cli.pdf import pdf
from handouts.cli.serve import serve
from handouts.cli.site import site
from handouts.cli.terminal import CommandGroup
from handouts.cli.translate import translate


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="handouts")
@click.option("--debug", is_flag=True, help="Show the traceback of a fault. It may hold a patient's words.")
def main(debug: bool) -> None:
    """Make physiotherapy handouts and a patient-education site from text files."""


for command in (check, doctor, draw, list_exercises, new, next_visit, pdf, serve, site, translate):
    main.add_command(command)
