"""How the engine is built: one way of imports, nothing from outside but numpy."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import handouts.figure

FOLDER = Path(handouts.figure.__file__).parent
ORDER = (
    "geometry", "body", "pose", "surface", "hand", "dress", "landmarks", "wish", "solve", "props", "spec", "reader",
    "entries", "parse", "helper", "scene", "raster", "trace", "ink", "labels", "lines", "face", "arrows", "marks",
    "picture", "lettering", "svg", "wording", "motion", "drawing", "cache", "__init__",
)  # fmt: skip


def imports(path: Path) -> set[str]:
    """The modules a file imports, those of the engine by their short names."""
    out = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            out |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "handouts.figure":
            out |= {f"handouts.figure.{name.name}" for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            out.add(node.module)
    return out


def test_every_module_has_its_place():
    assert {p.stem for p in FOLDER.glob("*.py")} == set(ORDER)


def test_imports_go_one_way():
    for path in FOLDER.glob("*.py"):
        below = ORDER[: ORDER.index(path.stem)]
        for name in imports(path):
            if name.startswith("handouts."):
                assert name.removeprefix("handouts.figure.") in below, f"{path.stem} imports {name}"


def test_numpy_is_the_only_library():
    foreign = {n.split(".")[0] for p in FOLDER.glob("*.py") for n in imports(p)} - {"handouts", "numpy"}
    assert foreign <= set(sys.stdlib_module_names)


def test_every_public_name_says_what_it_is_for():
    for path in FOLDER.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        assert ast.get_docstring(tree), path.stem
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{path.stem}.{node.name}"
