"""The README is kept true by tests: every command, every path and every key in it exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from handouts.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def commands(group: click.Group, prefix: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


@pytest.mark.parametrize(("name", "command"), list(commands(main, "handouts")))
def test_every_command_is_in_the_readme_and_has_help(name: str, command: click.Command) -> None:
    assert f"`{name}" in README or f"\n    {name}" in README
    assert command.help


@pytest.mark.parametrize(("name", "command"), list(commands(main, "handouts")))
def test_every_option_of_a_command_has_help(name: str, command: click.Command) -> None:
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_every_path_in_the_readme_exists() -> None:
    paths = re.findall(r"`((?:src|templates|content|examples|tests|setup|docs)/[\w./-]*)`", README)
    assert len(paths) > 5
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_target_of_make_in_the_readme_exists() -> None:
    targets = set(re.findall(r"(?:`|    )make ([\w-]+)", README))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert {"demo", "test"} <= targets
    assert [target for target in targets if f"\n{target}:" not in makefile] == []


def test_no_file_names_a_package_registry_or_a_path_of_a_machine() -> None:
    # Written in pieces, so that this file does not name them either.
    banned = re.compile("|".join(["py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.", "/ro" + "ot/", "/wo" + "rk/"]))
    folders = ("src", "templates", "content", "examples", "tests", "setup", ".ci")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]  # in a worktree: where git is
    texts = {path: path.read_bytes().decode("utf-8", "ignore") for path in files if "__pycache__" not in path.parts}
    assert len(texts) > 100
    assert [str(path) for path, text in texts.items() if banned.search(text)] == []
