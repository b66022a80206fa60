"""How the time and memory of a site grow with its content, beside MkDocs on the same Markdown in the same run.

Run by hand: `python tests/benchmarks/site.py [exercises ...]` (89, 1000 and 5000, if none is given). MkDocs is no dependency
of ours: install it into the same environment to see its line (`pip install mkdocs`).

Each size runs in a process of its own, so that its memory is its own. `once` is the yardstick: every text of the content
through Python-Markdown once, each with a parser of its own, and every template of the site filled once.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

SIZES = (89, 1000, 5000)
PATIENCE = 600  # seconds for MkDocs, whose navigation stands on every page: its time grows with the square of the pages


def grow(folder: Path, count: int) -> Path:
    """An overlay in which the exercises are `count`: copies of ours under names of their own."""
    from handouts.files.folders import bundled

    ours = sorted((bundled("content") / "exercises").rglob("*.md"))
    ours = [path for path in ours if path.stem.isascii() and "." not in path.stem]
    for number in range(count - len(ours)):
        source = ours[number % len(ours)]
        copy = folder / source.relative_to(bundled("content")).with_name(f"{source.stem}-{number}.md")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(source.read_text("utf-8").replace("name: ", f"name: {number} ", 1), "utf-8")
    return folder


def timed(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def once(folder: Path) -> float:
    """CPU seconds of the yardstick; drawings and libraries are ready before."""
    import markdown

    from handouts.app.layers import Layers
    from handouts.files.folders import bundled
    from handouts.pictures.site import site_pictures
    from handouts.site.render import render_site

    layers = Layers((folder,))
    library = layers.library()
    templates, pictures = layers.environment(), site_pictures(library)
    pages = [path for root in (bundled("content"), folder) for path in root.rglob("*.md")]
    texts = [path.read_text("utf-8").split("---", 2)[2] for path in pages]
    render_site(library, templates, pictures)  # from here on, every text is converted and every template parsed
    converting = timed(lambda: [markdown.markdown(text, extensions=["sane_lists", "smarty"]) for text in texts])
    return converting + timed(lambda: render_site(library, templates, pictures))


def whole(folder: Path, out: Path) -> float:
    """CPU seconds of the whole site, from files to files."""
    from handouts.app.layers import Layers
    from handouts.app.site import build_site

    return timed(lambda: build_site(Layers((folder,), clinic=Path(__file__).parents[2] / "examples" / "clinic.yaml"), out))


def measure(kind: str, folder: str, out: str) -> None:
    """What a process of its own prints: CPU seconds and peak memory in MB."""
    seconds = once(Path(folder)) if kind == "once" else whole(Path(folder), Path(out))
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def in_own_process(*arguments: str) -> tuple[float, float]:
    """What `measure` prints for these arguments."""
    done = subprocess.run([sys.executable, __file__, "--measure", *arguments], capture_output=True, text=True, check=True)
    seconds, memory = json.loads(done.stdout.splitlines()[-1])
    return float(seconds), float(memory)


def mkdocs(content: Path, overlay: Path, folder: Path) -> float:
    """CPU seconds of `mkdocs build` on the same Markdown, with its plainest theme; infinite where patience ends."""
    for source in (content, overlay):
        shutil.copytree(source, folder / "docs", dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.yaml"))
    (folder / "mkdocs.yml").write_text("site_name: Same\ntheme: readthedocs\nplugins: [search]\n", "utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    try:
        subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return float("inf")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(sizes: tuple[int, ...]) -> None:
    """Print the curve."""
    from handouts.files.folders import bundled

    print(f"{'exercises':>9} {'once':>8} {'site':>8} {'ratio':>6} {'ms each':>8} {'MB':>6} {'mkdocs':>8} {'ratio':>6}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = grow(Path(name, "content"), size)
            folder.mkdir(exist_ok=True)
            in_own_process("whole", str(folder), str(Path(name, "warm")))  # draws, if this machine has not yet
            yardstick, _ = in_own_process("once", str(folder), "")
            site, memory = in_own_process("whole", str(folder), str(Path(name, "site")))
            line = f"{size:>9} {yardstick:>7.2f}s {site:>7.2f}s {site / yardstick:>6.2f}"
            line += f" {site / size * 1000:>8.2f} {memory:>6.0f}"
            if find_spec("mkdocs"):
                other = mkdocs(bundled("content"), folder, Path(name))
                line += f" {other:>7.2f}s {site / other:>6.2f}"
            print(line, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(*sys.argv[2:5])
    else:
        main(tuple(map(int, sys.argv[1:])) or SIZES)
