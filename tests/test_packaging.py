"""What is shipped works: the wheel carries content and templates, and finds them where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from handouts.app.layers import Layers
from handouts.files.cache import Cache
from handouts.pictures.drawings import draw_ahead, shipped_tasks

ROOT = Path(__file__).parents[1]
GENERATED = {"__pycache__", "bundled"}  # made where the code runs, and by `make wheel`


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked source package."""
    out = tmp_path_factory.mktemp("sdist")
    build(ROOT, "sdist", out)
    with tarfile.open(next(out.glob("*.tar.gz"))) as archive:
        archive.extractall(out, filter="data")
    return next(path for path in out.iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it is built from the source package, so that nothing is missing there."""
    out = tmp_path_factory.mktemp("wheel")
    build(sdist, "wheel", out)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that was empty, with the locked packages and the wheel; its Python."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    locked = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / "requirements.txt")]
    subprocess.run([*install, *locked], check=True, capture_output=True)
    subprocess.run([*install, "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    return python


def build(source: Path, target: str, out: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)


def run_alone(python: Path, folder: Path, *arguments: str) -> str:
    """What a command of the installed package assemble, without a word of the checkout in its surroundings."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(python), *arguments]
    return subprocess.run(command, cwd=folder, env=surroundings, check=True, capture_output=True, text=True).stdout


def test_the_source_package_has_all_that_the_tests_and_a_reader_need(sdist: Path) -> None:
    for folder in ("content", "docs", "examples", "src/handouts", "templates", "tests", "setup"):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file() and not GENERATED & {*path.parts}]
        missing = [path for path in files if not (sdist / path.relative_to(ROOT)).is_file()]
        assert files
        assert missing == []
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile", "requirements.txt", "requirements-test.txt"):
        assert (sdist / name).is_file()


def test_the_wheel_carries_every_content_file_and_template(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("content", "templates"):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
        assert len(files) > 15
        assert {f"handouts/bundled/{path.relative_to(ROOT).as_posix()}" for path in files} <= names
    assert "handouts/py.typed" in names


def test_the_installed_wheel_finds_its_own_content(environment: Path, tmp_path: Path) -> None:
    code = "from handouts.files.folders import bundled; print(bundled('content'))"
    found = Path(run_alone(environment, tmp_path, "-c", code).strip())
    assert found.parts[-3:] == ("handouts", "bundled", "content")
    assert found.is_relative_to(environment.parents[1])
    run_alone(environment, tmp_path, "-m", "handouts", "site", "--no-sheets")
    assert (tmp_path / "build" / "site" / "index.html").is_file()


def test_the_installed_wheel_prints_a_sheet(environment: Path, tmp_path: Path) -> None:
    run_alone(environment, tmp_path, "-m", "handouts", "pdf", str(ROOT / "examples" / "lumbar-acute.yaml"))
    (pdf,) = (tmp_path / "build" / "handouts").glob("*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_the_version_is_version_once_and_everywhere(environment: Path, tmp_path: Path) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert run_alone(environment, tmp_path, "-c", "import handouts; print(handouts.__version__)").strip() == version
    assert run_alone(environment, tmp_path, "-m", "handouts", "--version").strip().endswith(version)


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
import handouts.pictures.drawing_cache as drawing_cache
from handouts.app.layers import Layers
from handouts.pictures.drawings import AMPLITUDES, draw_all
from handouts.pictures.drawing_cache import cached_animate, cached_draw

def never(*_, **__):
    raise SystemExit("a panel was drawn")

drawing_cache.solve_and_trace = drawing_cache.solve_and_animate = never
cache = drawing_cache.drawing_cache()
library = Layers().library()
library = replace(library, exercises={{slug: library.exercises[slug] for slug in {DRAWN}}})
print(len(draw_all(library)))
for exercise in library.exercises.values():
    cached_animate(exercise.figure, cache, build="short-hair")
cached_draw(library.exercises["mobility-side-bend"].figure, cache, amplitude=AMPLITUDES["small"], mirror=True, seconds=8)
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
        draw_ahead(shipped_tasks(few), executor, Cache(source / "src" / "handouts" / "bundled" / "drawings"))
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
