"""The same input gives the same bytes: whoever runs it, wherever, in whatever order, with however many processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from support.sheets import PATIENTS, make_pdfs
from support.written import EXAMPLES

pytestmark = pytest.mark.pdf

Pdfs = Callable[[str, str], Mapping[str, bytes]]
WORLDS = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"},
]
PATIENT = EXAMPLES / "cervical-acute-left.yaml"


def run_elsewhere(arguments: list[object], folder: Path, world: Mapping[str, str]) -> None:
    """The real command in a process and a working folder of its own."""
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "handouts", *map(str, arguments)]
    said = subprocess.run(command, cwd=folder, env={**os.environ, **world}, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def same(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> bool:
    """Whether two folders hold the same; `==` would print the bytes."""
    return one == other


@pytest.mark.parametrize("world", WORLDS, ids=["east", "west"])
def test_another_process_place_time_zone_language_and_hash_seed_give_the_same_pdf(
    example_pdfs: Pdfs, tmp_path: Path, world: Mapping[str, str]
) -> None:
    homes = {name: str(tmp_path / "home") for name in ("HOME", "XDG_CACHE_HOME")}
    run_elsewhere(["pdf", PATIENT, "--out", "out"], tmp_path / "a place" / world["TZ"], {**world, **homes})
    made = files(tmp_path / "a place" / world["TZ"] / "out")
    ((name, pdf),) = ((name, data) for name, data in made.items() if name.endswith(".pdf"))
    assert same({"pdf": pdf}, {"pdf": example_pdfs("a4", "normal")[Path(name).stem]})


def test_two_sites_made_in_different_worlds_are_the_same(tmp_path: Path) -> None:
    for number, world in enumerate(WORLDS):
        run_elsewhere(["site", "--no-sheets", "--out", "site"], tmp_path / str(number), world)
    one, other = (files(tmp_path / str(number) / "site") for number in range(len(WORLDS)))
    assert len(one) > 50
    assert same(one, other)


@pytest.mark.usefixtures("real_printing")
@pytest.mark.parametrize("options", [(), ("--jobs", 2)], ids=["one process", "two processes"])
def test_company_order_and_number_of_processes_do_not_matter(
    odd_pdf: Callable[[str], bytes], tmp_path: Path, options: tuple[object, ...]
) -> None:
    alone = {name: odd_pdf(name) for name in ("emergency", "hostile", "emergency-other")}
    together = make_pdfs(tmp_path, *(PATIENTS / f"{name}.yaml" for name in alone), *options)
    assert len(together) == 3
    assert same(together, {f"{name.upper()}-2026-11-21": pdf for name, pdf in alone.items()})


@pytest.mark.usefixtures("real_printing")
def test_a_date_on_the_command_line_is_as_good_as_one_in_the_file(tmp_path: Path) -> None:
    dated = PATIENTS / "emergency.yaml"
    undated = tmp_path / "undated.yaml"
    undated.write_text(dated.read_text("utf-8").replace("issued: 2026-11-21\n", ""), "utf-8")
    one = make_pdfs(tmp_path / "one", dated, "--date", "2026-12-24")
    other = make_pdfs(tmp_path / "other", undated, "--date", "2026-12-24")
    assert list(one) == ["EMERGENCY-2026-12-24"]
    assert same(one, other)


def test_another_patient_file_gives_another_pdf(example_pdfs: Pdfs, tmp_path: Path) -> None:
    """What the tests above compare is able to differ."""
    changed = tmp_path / "changed.yaml"
    changed.write_text(PATIENT.read_text("utf-8").replace("\ngoal: ", "\ngoal: X "), "utf-8")
    ((name, pdf),) = make_pdfs(tmp_path / "out", changed).items()
    assert not same({name: pdf}, {name: example_pdfs("a4", "normal")[name]})
