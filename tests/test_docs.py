"""The documentation is kept true by tests: every command, option, path, link, target and key in it exists."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import click
import pytest
from support.layouts import LAYOUTS
from support.library import PRECAUTIONS

from handouts.cli import main
from handouts.figure.body.body import HANDS
from handouts.figure.body.landmarks import MUSCLES
from handouts.figure.body.pose import POSITIONS
from handouts.figure.spec.models import PROPS, Block, PanelBlock
from handouts.figure.spec.parse import _CLOSEUPS, VIEWS, FigureBlock
from handouts.lint.rules import RULES
from handouts.model import (
    CATEGORIES,
    JOBS,
    KINDS,
    ClinicFrontMatter,
    ConditionFrontMatter,
    DoseRange,
    ExerciseFrontMatter,
    Findings,
    Limits,
    Noun,
    PhaseFrontMatter,
    PrecautionFrontMatter,
    Prescription,
    QuestionFrontMatter,
    RedFlagFrontMatter,
    TopicFrontMatter,
)
from handouts.model.patient import PatientFrontMatter, Print
from handouts.model.vocabulary import CLEARANCES

ROOT = Path(__file__).parents[1]
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
}
README = PAGES["README.md"]
COMMANDS = PAGES["docs/therapists/commands.md"]
BASES = ("", "src/handouts/", "templates/", "content/")  # folders that a path in the documentation may be relative to
TOP = ("src", "templates", "content", "examples", "tests", "setup", "docs")
ENDINGS = (".py", ".md", ".yaml", ".html", ".css", ".js", ".csv", ".po", ".sh", ".toml", ".txt", ".png")
CREATED = {  # files that do not exist until the reader has typed the commands of a page
    "content/exercises/stretching/calf-stretch.es.md",
    "templates/locale/fr/LC_MESSAGES/handouts.po",
}
LINK = re.compile(r"\]\(([^)\s]+)\)")


def commands(group: click.Group, prefix: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


def option_names(command: click.Command) -> set[str]:
    options = [option for option in command.params if isinstance(option, click.Option)]
    return {name for option in options for name in (*option.opts, *option.secondary_opts)}


def spans(page: str) -> Iterator[str]:
    """Yield the words in backticks, outside blocks of code."""
    prose = "\n".join(line for line in page.split("\n") if not line.startswith("    "))
    yield from (" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose))


def typed(page: str) -> Iterator[str]:
    """Yield every call of `handouts` on a page, in a block of code or in backticks."""
    for line in page.split("\n"):
        call = re.match(r" {4,}(?:\.venv[/\\](?:bin|Scripts)[/\\])?(handouts .*)", line)
        if call:
            yield re.split(r" {2,}", call[1])[0]
    yield from (span for span in spans(page) if re.match(r"handouts (?=-|[a-z])", span))


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def fault(call: str) -> str | None:
    """Return why a call of `handouts` would be refused as mistyped, None if it would not."""
    command: click.Command = main
    words = [word.strip(".") for word in shlex.split(re.sub(r"[\[\]]|\.\.\.|>.*", "", call))][1:]
    while words and isinstance(command, click.Group):
        if words[0].startswith("-"):
            known = {name for option in command.params for name in option.opts} | {"--help", "-h"}
            if words[0] not in known:
                return f"no option {words[0]}"
            words = words[1:]
            continue
        if words[0] not in command.commands:
            return f"no command {words[0]}"
        command, words = command.commands[words[0]], words[1:]
    options = {name: option for option in command.params for name in (*option.opts, *option.secondary_opts)}
    for word, value in pairwise([*words, ""]):
        if word.startswith("-") and word != "--help":
            if word not in options:
                return f"no option {word}"
            kind = options[word].type
            if isinstance(kind, click.Choice) and value and value not in kind.choices:
                return f"no {word} {value}"
    return None


def existing(path: str) -> bool:
    return path in CREATED or any((ROOT / base / path).exists() for base in BASES)


def keys(*kinds: type[Noun]) -> Iterator[str]:
    for kind in kinds:
        yield from (field.alias or name.replace("_", "-") for name, field in kind.model_fields.items())


@pytest.mark.parametrize(("name", "command"), list(commands(main, "handouts")))
def test_every_command_and_option_is_documented_and_has_help(name: str, command: click.Command) -> None:
    assert f"\n    {name} " in COMMANDS
    assert command.help
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []
    lines = [line for line in COMMANDS.split("\n") if line.startswith(f"| `{name}` |")]
    documented = {*re.findall(r"--[a-z-]+", "".join(lines)), "--content", "--templates"}
    assert option_names(command) <= documented


@pytest.mark.parametrize("page", PAGES)
def test_every_call_of_the_command_is_real(page: str) -> None:
    assert {call: fault(call) for call in typed(PAGES[page]) if fault(call)} == {}


def test_a_mistyped_call_would_be_found() -> None:
    assert len([call for page in PAGES.values() for call in typed(page)]) > 60
    assert fault("handouts pfd x.yaml") == "no command pfd"
    assert fault("handouts pdf x.yaml --papier a4") == "no option --papier"
    assert fault("handouts pdf x.yaml --paper a3") == "no --paper a3"
    assert fault("handouts pdf x.yaml --layout compact") is None
    assert fault("handouts new exercise heel-slide --category mobility") is None


@pytest.mark.parametrize("page", PAGES)
def test_every_option_alone_in_backticks_is_one_of_a_command(page: str) -> None:
    known = {name for _, command in commands(main, "") for name in option_names(command)}
    named = {span.split()[0] for span in spans(PAGES[page]) if span.startswith("--") and len(span) > 3}
    assert named - known == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_path_exists(page: str) -> None:
    text = PAGES[page]
    paths = [span for span in spans(text) if re.fullmatch(r"[\w./-]+", span)]
    paths += re.findall(r"(?:examples|content|tests|docs|setup)/[\w./-]*\w", "\n".join(typed(text)))
    paths = [path for path in paths if not path.startswith(("build/", "my/", "dist/"))]
    named = [path for path in paths if "/" in path and (path.split("/")[0] in TOP or path.endswith(ENDINGS))]
    assert [path for path in named if not existing(path)] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file_and_its_heading(page: str) -> None:
    broken = []
    for link in LINK.findall(PAGES[page]):
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_page_is_reached_from_the_readme() -> None:
    reached, new = set(), {"README.md"}
    while new:
        reached |= new
        linked = {(ROOT / page).parent / link.partition("#")[0] for page in new for link in LINK.findall(PAGES[page])}
        new = {path.resolve().relative_to(ROOT).as_posix() for path in linked} & PAGES.keys() - reached
    assert PAGES.keys() - reached == set()


def test_every_target_of_make_exists() -> None:
    targets = {target for page in PAGES.values() for target in re.findall(r"(?:`|\n    )make ([\w-]+)", page)}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert {"demo", "test", "check"} <= targets
    assert [target for target in targets if f"\n{target}:" not in makefile] == []


def test_every_key_of_a_patients_file_is_documented() -> None:
    page = PAGES["docs/therapists/patients.md"]
    wanted = [*keys(PatientFrontMatter, Findings, Limits, Prescription, Print), *PRECAUTIONS, *CLEARANCES]
    assert [key for key in wanted if f"`{key}`" not in page] == []
    assert [layout for layout in LAYOUTS if f"| `{layout}` |" not in PAGES["docs/layouts.md"]] == []


def test_every_key_of_content_is_documented() -> None:
    page = PAGES["docs/authors/content.md"]
    kinds = (
        ExerciseFrontMatter,
        ConditionFrontMatter,
        PhaseFrontMatter,
        RedFlagFrontMatter,
        TopicFrontMatter,
        PrecautionFrontMatter,
    )
    page += PAGES["docs/authors/kinds.md"]
    assert [key for key in keys(*kinds, QuestionFrontMatter) if f"`{key}`" not in page] == []
    assert [word for word in (*JOBS, *KINDS) if f"`{word}`" not in page] == []
    assert [category for category in CATEGORIES if f"`{category}`" not in page] == []
    assert [key for key in keys(DoseRange) if not re.search(rf"[`{{ ]{key}[:`]", page)] == []
    headings = {heading for kind in (*kinds, QuestionFrontMatter) for heading in kind.headings}
    assert [heading for heading in headings if f'"{heading}"' not in " ".join(page.split())] == []
    assert [key for key in keys(ClinicFrontMatter) if f"`{key}`" not in PAGES["docs/therapists/clinic.md"]] == []


def written(block: type[Block]) -> list[str]:
    return [field.alias or name for name, field in block.model_fields.items()]


def test_every_word_of_the_pose_language_is_documented() -> None:
    page = PAGES["docs/authors/figures.md"]
    wanted = {*written(FigureBlock), *written(PanelBlock), *PROPS, *POSITIONS, *VIEWS, *_CLOSEUPS, *HANDS, *MUSCLES}
    assert [word for word in wanted if f"`{word}`" not in page] == []
    for prop, block in PROPS.items():
        (line,) = [line for line in page.split("\n") if line.startswith(f"| `{prop}` |")]
        assert [setting for setting in written(block) if not re.search(rf"`{setting}[`:]", line)] == []


def test_every_rule_on_words_is_documented() -> None:
    names = {rule.__name__.replace("_", "-") for rule in RULES}
    assert [name for name in names if f"`{name}`" not in PAGES["docs/authors/checks.md"]] == []


def test_the_version_is_in_the_changelog() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert re.search(rf"^## {re.escape(version)} - \d{{4}}-\d\d-\d\d$", PAGES["CHANGELOG.md"], re.M)


def test_the_readme_is_the_front_door_only() -> None:
    assert len(README.splitlines()) <= 150


def test_the_picture_of_a_sheet_is_small() -> None:
    assert (ROOT / "docs" / "pictures" / "sheet.png").stat().st_size < 80_000


def test_no_file_names_a_package_registry_or_a_path_of_a_machine() -> None:
    # Written in pieces, so that this file does not name them either.
    banned = re.compile("|".join(["py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.", "/ro" + "ot/", "/wo" + "rk/"]))
    folders = ("src", "templates", "content", "examples", "tests", "setup", "docs", ".ci")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]  # in a worktree: where git is
    texts = {path: path.read_bytes().decode("utf-8", "ignore") for path in files if "__pycache__" not in path.parts}
    assert len(texts) > 100
    assert [str(path) for path, text in texts.items() if banned.search(text)] == []
