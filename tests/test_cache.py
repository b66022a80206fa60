"""The cache on the disk: bounded, shared by writers, never half a file; and the name of the code that makes what is in it."""

from __future__ import annotations

import os
import shutil
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import pytest

from handouts.files import provenance
from handouts.files.cache import DAY, Cache, content_key
from handouts.files.provenance import SOURCE, library_versions, source_digest
from handouts.pictures import drawing_cache, thumbnails

LONG = b"x" * 500_000


def age(path: Path, days: float) -> None:
    """Let a file have been used so many days ago."""
    moment = time.time() - days * DAY
    os.utime(path, (moment, moment))


def test_a_result_is_made_once(tmp_path: Path) -> None:
    cache, made = Cache(tmp_path / "new"), []
    for _ in range(2):
        assert cache.get_or_make("one", lambda: made.append(1) or b"data") == b"data"  # type: ignore[func-returns-value]
    assert made == [1]
    assert cache.has("one")
    assert not cache.has("two")
    assert cache.get("two") is None


def test_a_read_only_folder_is_looked_into_and_never_written(tmp_path: Path) -> None:
    (tmp_path / "shipped").mkdir()
    (tmp_path / "shipped" / "one").write_bytes(b"data")
    age(tmp_path / "shipped" / "one", 400)
    cache = Cache(tmp_path / "mine", (tmp_path / "shipped",))
    assert cache.has("one")
    assert cache.get("one") == b"data"
    cache.tidy()
    assert (tmp_path / "shipped" / "one").stat().st_mtime < time.time() - 300 * DAY
    assert not (tmp_path / "mine").exists()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert Cache(tmp_path / "file").get_or_make("one", lambda: b"data") == b"data"


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most_bytes=1000)
    for number in range(4):
        (tmp_path / str(number)).write_bytes(b"x" * 300)
        age(tmp_path / str(number), 10 - number)
    assert cache.get("0"), "which marks it as used today"
    cache.put("new", b"x" * 300)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0", "3", "new"]


def test_a_folder_stays_bounded_however_much_is_written(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most_bytes=1000)
    for number in range(40):
        cache.put(str(number), b"x" * 100)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 1000 + 1000 // 8 + 100


def test_a_killed_writers_file_is_never_read_and_goes_after_a_day(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    old, new = tmp_path / ".one-a.part", tmp_path / ".one-b.part"
    for path in (old, new):
        path.write_bytes(b"ha")
    age(old, 1.1)
    assert cache.get("one") is None
    cache.put("two", b"data")
    assert sorted(path.name for path in tmp_path.iterdir()) == [new.name, "two"]


def write_and_read(folder: Path, number: int) -> set[int]:
    """The lengths that are seen of a file while several processes write it again and again."""
    cache, lengths = Cache(folder), set()
    for _ in range(20):
        cache.put("shared", bytes([number]) * len(LONG))
        lengths.add(len(cache.get("shared") or b""))
    return lengths


def test_two_writers_at_once_never_show_half_a_file(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        assert set.union(*executor.map(write_and_read, repeat(tmp_path), range(2))) == {len(LONG)}
    assert [path.name for path in tmp_path.iterdir()] == ["shared"]


def test_parts_of_a_key_do_not_run_together() -> None:
    assert content_key("ab", "c") != content_key("a", "bc")
    assert len(content_key("a")) == 32


# The name of the code --------------------------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of our source that may be changed."""
    folder = tmp_path / "handouts"
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("bundled", "__pycache__"))
    monkeypatch.setattr(provenance, "SOURCE", folder)
    return folder


def fresh_digest(module: str) -> str:
    source_digest.cache_clear()
    digest = source_digest(module)
    source_digest.cache_clear()
    return digest


ON_THE_WAY = {
    "handouts.pdf.writer": ("pdf/writer", "pdf/tags", "pdf/fields", "pdf/weasy", "pdf/addresses", "fonts", "errors"),
    drawing_cache.__name__: (
        "pictures/drawing_cache",
        "figure/drawing",
        "figure/body/solve",
        "figure/ink/trace",
        "files/cache",
    ),
    thumbnails.__name__: ("pictures/thumbnails", "pictures/raster", "fonts"),
}
OFF_THE_WAY = ("cli/pdf", "planning/rules", "render/packing", "site/render", "__init__", "pdf/screen", "pdf/finishing")


@pytest.mark.parametrize("module", ON_THE_WAY)
def test_a_digest_follows_the_imports(copy: Path, module: str) -> None:
    first = fresh_digest(module)
    for name in ON_THE_WAY[module]:
        path = copy / f"{name}.py"
        source = path.read_bytes()
        path.write_bytes(source + b"# changed\n")
        assert fresh_digest(module) != first, name
        path.write_bytes(source)
    for name in OFF_THE_WAY:
        path = copy / f"{name}.py"
        path.write_bytes(path.read_bytes() + b"# changed\n")
    assert fresh_digest(module) == first


def test_every_way_to_import_is_followed(copy: Path) -> None:
    (copy / "new.py").write_text(
        "import handouts.locales as words, os.path\n"
        "from handouts import fonts  # why\n"
        "from handouts.files import (\n    text as text_files,  # from a import b\n    folders,\n)\n"
        "def late():\n    import handouts.fields\n    from PIL import Image\n    return files('x')\n",
        "utf-8",
    )
    modules = set(provenance._modules("handouts.new"))
    assert modules >= {f"handouts.{name}" for name in ("new", "locales", "fonts", "files.text", "files.folders", "fields")}
    names = [entry.partition(" ")[0] for entry in library_versions("handouts.new").split(", ")]
    assert "PIL" in names
    assert "Image" not in names


def test_every_foreign_library_has_a_version() -> None:
    modules = [path.relative_to(SOURCE).with_suffix("").as_posix().replace("/", ".") for path in SOURCE.rglob("*.py")]
    versions = ", ".join(library_versions(f"handouts.{name}") for name in modules)
    assert "missing" not in versions
    writer = library_versions("handouts.pdf.writer")
    for name in ("weasyprint 70", "pydyf ", "fontTools ", "fontpkg_atkinson_hyperlegible ", "cffi "):
        assert name in writer


def test_a_digest_is_quick() -> None:
    def seconds() -> float:
        start = time.process_time()
        for module in ON_THE_WAY:
            fresh_digest(module)
        return time.process_time() - start

    assert min(seconds() for _ in range(5)) < 0.03
