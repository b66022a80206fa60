"""What the commands share: their options, problems as plain lines, exit codes, a progress bar, the password prompt."""

from __future__ import annotations

import os
import stat
import sys
import warnings
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from handouts.errors import Problem

# Click must not check that a path can be read: the reader does, and reports it as a problem with line and rule.
FOLDER = click.Path(file_okay=False, readable=False, path_type=Path)
ANY_PATH = click.Path(readable=False, path_type=Path)
MANY_SHEETS = 4  # from here on the work takes more than two seconds and shows its progress


class CommandGroup(click.Group):
    """A group that prints a HandoutsError as plain lines and exits with 1; only --debug shows a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command."""
        from handouts.errors import HandoutsError, ProblemsError

        try:
            return super().invoke(ctx)
        except HandoutsError as error:
            if ctx.params["debug"]:
                raise
            if isinstance(error, ProblemsError):
                click.echo("\n".join([*map(line_of, error.problems), count_of(error.problems)]), err=True)
            else:
                click.echo(str(error), err=True)
            sys.exit(1)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params["debug"]:
                raise
            # The message of any other exception is left out: it may quote a patient.
            click.echo(
                f"handouts has a fault of its own ({type(error).__name__}). Run it with --debug and tell us.", err=True
            )
            sys.exit(1)


def overlays(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that lay a clinic's own folders over ours."""
    content = click.option(
        "--content", type=FOLDER, multiple=True, help="A clinic's content folder: its files win over ours, file by file."
    )
    templates = click.option(
        "--templates", type=FOLDER, multiple=True, help="A clinic's templates folder: its files win over ours, file by file."
    )
    return content(templates(command))


def of_clinic(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that names the clinic whose sheets or site it is."""
    words = "The clinic.yaml to use; else it is looked for beside the patients, in the folders above, and here."
    return click.option("--clinic", type=ANY_PATH, help=words)(command)


@contextmanager
def progress(label: str, steps: int) -> Iterator[Callable[[], None]]:
    """Show a progress bar on a terminal if there are many steps, nothing in a pipe; yields what to call after each step."""
    if steps < MANY_SHEETS or not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=steps, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def ask_password(file: Path | None) -> str:
    """Return the password from its file, or ask for it twice.

    It is never an option of the command, which other users of the machine could read in the list of processes.
    """
    from handouts.errors import HandoutsError
    from handouts.pdf.access import read_password
    from handouts.pdf.finishing import password_fault

    if file:
        password = read_password(file)
        if os.name == "posix" and file.stat().st_mode & stat.S_IROTH:
            click.echo(f"{file}: everyone on this computer can read it: type 'chmod 600 {file}' (warning)", err=True)
        return password
    password = _prompt_for_password()
    if fault := password_fault(password):
        raise HandoutsError(fault)
    return password


def _prompt_for_password() -> str:
    from getpass import GetPassWarning

    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)  # without a terminal getpass would only warn, and show what is typed
        try:
            return str(click.prompt("Password for the sheets", hide_input=True, confirmation_prompt="The same again"))
        except GetPassWarning:
            raise click.UsageError("--encrypt asks for a password, and there is no terminal: use --password-file") from None


def line_of(problem: Problem) -> str:
    """Return a problem or a warning as one line."""
    return f"{problem}{' (warning)' if problem.warning else ''}"


def say_warning(warning: Problem) -> None:
    """Print a warning beside what the command does all the same."""
    click.echo(line_of(warning), err=True)


def count_of(problems: Collection[Problem]) -> str:
    """Return how many problems and warnings there are: `2 problems, 1 warning`."""
    warning_count = sum(problem.warning for problem in problems)
    problem_count = len(problems) - warning_count
    parts = []
    if problem_count or not warning_count:
        parts.append(f"{problem_count} {'problem' if problem_count == 1 else 'problems'}")
    if warning_count:
        parts.append(f"{warning_count} {'warning' if warning_count == 1 else 'warnings'}")
    return ", ".join(parts)
