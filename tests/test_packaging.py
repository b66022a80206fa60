"""What is shipped works: the wheel carries content and templates, and finds them where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from handouts.app.layers import Layers
from handouts.pictures.drawings import draw_ahead, shipped_tasks

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_carries_every_content_file_and_template(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("content", "templates"):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
        assert len(files) > 15
        assert {f"handouts/bundled/{path.relative_to(ROOT).as_posix()}" for path in files} <= names


def test_the_installed_wheel_finds_its_own_content(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(installed)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    code = "from handouts.files.folders import bundled; print(bundled('content'))"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    assert found.stdout.strip() == str(installed / "handouts" / "bundled" / "content")
    command = [sys.executable, "-m", "handouts", "site", "--no-sheets"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert (tmp_path / "build" / "site" / "index.html").is_file()


def test_locks_hold_hashes_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        lines = (ROOT / name).read_text("utf-8").splitlines()
        pins = [line for line in lines if "==" in line and not line.startswith((" ", "#"))]
        assert len(pins) > 15
        assert sum("--hash=sha256:" in line for line in lines) >= len(pins)
        assert not [line for line in lines if "://" in line or line.startswith(("-i", "--index", "--extra", "--find"))]


DRAWN = ("prone-leg-lift", "mobility-side-bend")  # two exercises stand for all of them
NOTHING_IS_DRAWN = f"""
from dataclasses import replace
import handouts.figure.cache as cache
from handouts.app.layers import Layers
from handouts.pictures.drawings import AMPLITUDES, draw_all, folders
from handouts.figure import cached_animate, cached_draw

def never(*_, **__):
    raise SystemExit("a panel was drawn")

cache.solve_and_trace = cache.solve_and_animate = never
library = Layers().library()
library = replace(library, exercises={{slug: library.exercises[slug] for slug in {DRAWN}}})
print(len(draw_all(library)))
for exercise in library.exercises.values():
    cached_animate(exercise.figure, folders(), build="short-hair")
cached_draw(library.exercises["mobility-side-bend"].figure, folders(), amplitude=AMPLITUDES["small"], mirror=True, seconds=8)
"""


def test_the_wheel_brings_its_drawings_so_that_nothing_is_drawn(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name in ("src", "content", "templates"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("bundled", "__pycache__"))
    for name in ("pyproject.toml", "README.md", ".gitignore"):
        shutil.copy(ROOT / name, source)
    library = Layers().library()
    few = replace(library, exercises={slug: library.exercises[slug] for slug in DRAWN})
    with ThreadPoolExecutor(1) as executor:
        draw_ahead(shipped_tasks(few), executor, [source / "src" / "handouts" / "bundled" / "drawings"])
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(tmp_path / "lib")]
    subprocess.run([*install, *tmp_path.glob("*.whl")], check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "lib"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-c", NOTHING_IS_DRAWN]
    found = subprocess.run(command, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True)
    assert found.stdout.strip() == "2", found.stderr
    shutil.rmtree(tmp_path / "lib" / "handouts" / "bundled" / "drawings")  # without them it would be seen
    found = subprocess.run(command, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True)
    assert "a panel was drawn" in found.stderr
