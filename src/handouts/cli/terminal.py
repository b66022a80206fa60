"""How a command talks with whoever typed it: faults in plain lines, exit codes, a bar where the work is long."""

from __future__ import annotations

import os
import stat
import sys
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from getpass import GetPassWarning
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.errors import HandoutsError, Problem, ProblemsError

if TYPE_CHECKING:  # the command must start without the libraries behind it
    from handouts.model import Library, Reason

# Whether a path can be read is said by the reader, in our own form.
FOLDER = click.Path(file_okay=False, readable=False, path_type=Path)
ANY_PATH = click.Path(readable=False, path_type=Path)
SLOW = 4  # sheets; from here on the work takes more than two seconds and shows its progress


BOOKLETS = "A booklet is for paper only: it has no tags for a screen reader."
NOT_FOR_SCREENS = {
    "--encrypt": "an HTML file cannot be locked with a password: make a PDF",
    "--layout": "an HTML file has one layout, for screens of any size",
    "--paper": "an HTML file has no paper",
}


class Commands(click.Group):
    """Turns what a user can mend into plain lines and exit code 1; everything else keeps its traceback for --debug."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command given."""
        try:
            return super().invoke(ctx)
        except HandoutsError as error:
            if ctx.params["debug"]:
                raise
            click.echo(str(error), err=True)
            if isinstance(error, ProblemsError):
                click.echo(count_of(error.problems), err=True)
            sys.exit(1)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params["debug"]:
                raise
            # No message of a foreign exception is shown: it may quote a patient.
            click.echo(
                f"handouts has a fault of its own ({type(error).__name__}). Run it with --debug and tell us.", err=True
            )
            sys.exit(1)


def overlays(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that lay a clinic's own folders over ours."""
    content = click.option(
        "--content", type=FOLDER, multiple=True, help="A clinic's content folder: its files win over ours, file by file."
    )
    templates = click.option(
        "--templates", type=FOLDER, multiple=True, help="A clinic's templates folder: its files win over ours, file by file."
    )
    return content(templates(command))


class AddressType(click.ParamType):
    """`https://example.org/back/`: where a site stands."""

    name = "address"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """The address with a slash at its end, or a usage error."""
        from handouts.fields import site_address

        try:
            return site_address(str(value))
        except ValueError:
            return self.fail(f"'{value}' must be the address of a site, such as https://example.org/back/", param, ctx)


class ShardType(click.ParamType):
    """`2/8`: part two of eight."""

    name = "part/of"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, int]:
        """The two numbers, or a usage error."""
        number, slash, of = str(value).partition("/")
        if slash and number.isdigit() and of.isdigit() and 1 <= int(number) <= int(of):
            return int(number), int(of)
        return self.fail(f"'{value}' must be a part and a whole, such as 2/8", param, ctx)


@contextmanager
def progress(label: str, steps: int) -> Iterator[Callable[[], None]]:
    """A bar on the terminal where the work is long; silence in a pipe."""
    if steps < SLOW or not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=steps, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def ask_password(file: Path | None) -> str:
    """From its file, or asked for twice: never an argument, which other users of the machine could read."""
    from handouts.pdf.access import read_password
    from handouts.pdf.finishing import password_fault

    if file:
        password = read_password(file)
        if os.name == "posix" and file.stat().st_mode & stat.S_IROTH:
            click.echo(f"{file}: everyone on this computer can read it: type 'chmod 600 {file}' (warning)", err=True)
        return password
    password = _typed_password()
    if fault := password_fault(password):
        raise HandoutsError(fault)
    return password


def _typed_password() -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)  # else it shows what is typed
        try:
            return str(click.prompt("Password for the sheets", hide_input=True, confirmation_prompt="The same again"))
        except GetPassWarning:
            raise click.UsageError("--encrypt asks for a password, and there is no terminal: use --password-file") from None


def refuse_for_screens(given: Mapping[str, object]) -> None:
    """A usage error for the first option given that an HTML file cannot obey."""
    for option, value in given.items():
        if value:
            raise click.UsageError(f"{option} and --format html: {NOT_FOR_SCREENS[option]}")


def count_of(problems: Collection[Problem]) -> str:
    """`2 problems, 1 warning`."""
    warnings = sum(problem.warning for problem in problems)
    faults = len(problems) - warnings
    parts = [f"{faults} {'problem' if faults == 1 else 'problems'}"] * bool(faults or not warnings)
    return ", ".join(parts + [f"{warnings} {'warning' if warnings == 1 else 'warnings'}"] * bool(warnings))


def explain_choice(reasons: Iterable[Reason]) -> None:
    """The plan's reasoning, one exercise a line, those on the sheet first."""
    for reason in sorted(reasons, key=lambda reason: not reason.chosen):
        what = "chosen  " if reason.chosen else "left out"
        click.echo(f"  {what}  {reason.exercise:<28} {reason.rule:<10} ({reason.finding}) {reason.because}")


def listing(library: Library, phase: str | None, category: str | None) -> Iterator[str]:
    """The exercises under each of their phases, a line each; only those of one phase or category where one is named."""
    for slug, page in library.phases.items():
        if phase not in (None, slug):
            continue
        yield f"{slug}  ({page.name})"
        for exercise in library.exercises.values():
            if slug in (*exercise.phases, *exercise.ask_first) and category in (None, exercise.category):
                ask = "" if slug in exercise.phases else "  needs 'allow:'"
                yield f"  {exercise.slug:<24} {exercise.category:<14} {exercise.name}{ask}"
