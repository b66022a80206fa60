"""What the tests share."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Browser
from support import printing
from support.browser import chromium
from support.command import Run
from support.faults import EARLIER, SHEETS, lay_content
from support.library import reading_pages_once
from support.sheets import PATIENTS, VARIANTS, Sheet, Sheets, make_pdfs
from support.written import EXAMPLES, examples, patient

from handouts.cli import main

BROWSING = {"browser"}
PRINTING = {"sheets", "odd", "example_pdfs", "odd_pdf"}


def pytest_sessionstart(session: pytest.Session) -> None:
    """Keep no PDF of an earlier code; one process sees to that, before the others start."""
    if not hasattr(session.config, "workerinput"):
        printing.forget_other_makers()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a fixture that prints or opens a browser; what prints by itself says so with the mark `pdf`."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & PRINTING:
            item.add_marker("pdf")
        if fixtures & BROWSING:
            item.add_marker("browser")


def pytest_collection_finish() -> None:
    """Let Python look for garbage less often: laying out a sheet makes millions of objects, and takes a third longer else."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Make a test that prints without the mark `pdf` fail, so that `make check` stays short."""
    with printing.allowed_to_print(item.name, item.get_closest_marker("pdf") is not None):
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def kept_pdfs() -> Iterator[None]:
    """The command lays out each sheet once; tests of the printing itself ask for `real_printing`."""
    with printing.keeping_pdfs():
        yield


@pytest.fixture(scope="session", autouse=True)
def kept_pages() -> Iterator[None]:
    """Our content is read once, however many commands the tests run over it."""
    with reading_pages_once():
        yield


@pytest.fixture
def real_printing() -> Iterator[None]:
    """The command lays out every sheet anew."""
    with printing.really_writing():
        yield


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The real command, run in an empty folder: `run("pdf", "patient.yaml")`."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return command


@pytest.fixture(scope="session", autouse=True)
def clinic_above_all_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The made-up clinic lies above the folder of each test, as it may lie above a folder of patients."""
    (tmp_path_factory.getbasetemp() / "clinic.yaml").write_bytes((EXAMPLES / "clinic.yaml").read_bytes())


@pytest.fixture
def small_world(run: Run, tmp_path: Path) -> None:
    """The small content in `content/`, to lay over the shipped one, and sheets that were made before."""
    lay_content(tmp_path, "sources.yaml", "glossary.yaml")
    for name in SHEETS:
        earlier = tmp_path / "build" / "handouts" / name
        earlier.parent.mkdir(parents=True, exist_ok=True)
        earlier.write_bytes(EARLIER)


@pytest.fixture(scope="session")
def example_pdfs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Mapping[str, bytes]]:
    """The sheets of examples/ by their id, on one paper and in one size: `example_pdfs("letter", "large")`.

    All of them on A4 in normal and on Letter in large print; to save time, only some in the other two ways.
    """
    some = [EXAMPLES / name for name in ("patients.csv", "post-op-fusion-week-3.yaml", "post-op-acdf-week-8.yaml")]

    @cache
    def make(paper: str, size: str) -> Mapping[str, bytes]:
        large = ["--large-print"] if size == "large" else []
        files = [EXAMPLES] if (paper, size) in (("a4", "normal"), ("letter", "large")) else some
        return make_pdfs(tmp_path_factory.mktemp(f"{paper}-{size}"), *files, "--paper", paper, *large)

    return make


@pytest.fixture(scope="session")
def odd_pdf(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """The sheet of one file in tests/patients: `odd_pdf("draft")`."""

    @cache
    def make(name: str) -> bytes:
        (pdf,) = make_pdfs(tmp_path_factory.mktemp(name), PATIENTS / f"{name}.yaml").values()
        return pdf

    return make


@pytest.fixture(scope="session", params=VARIANTS, ids=["-".join(variant) for variant in VARIANTS])
def sheets(request: pytest.FixtureRequest, example_pdfs: Callable[[str, str], Mapping[str, bytes]]) -> Sheets:
    """The example patients' sheets in English by their id, in one paper and one size after the other."""
    paper, size = request.param
    said = {"print": {"paper": paper, "size": size}}
    pdfs = example_pdfs(paper, size)
    return {sheet: Sheet({**examples()[sheet], **said}, pdf) for sheet, pdf in pdfs.items() if sheet in examples()}


@pytest.fixture(scope="session")
def odd(odd_pdf: Callable[[str], bytes]) -> Callable[[str], Sheet]:
    """The sheet of one file in tests/patients, with the file."""
    return lambda name: Sheet(patient(PATIENTS / f"{name}.yaml"), odd_pdf(name))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, started once."""
    with chromium() as started:
        yield started
