"""How the engine is built: one way of imports, nothing from outside but numpy."""

from __future__ import annotations

import ast
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import handouts.figure

FOLDER = Path(handouts.figure.__file__).parent
ROOMS = ("geometry", "body", "spec", "scene", "ink", "picture", "svg", "motion", "drawing", "__init__")


def modules() -> dict[str, Path]:
    """The files of the engine by their dotted names."""
    names = {path.relative_to(FOLDER).with_suffix("").as_posix().replace("/", "."): path for path in FOLDER.rglob("*.py")}
    return {name.removesuffix(".__init__") or "__init__": path for name, path in names.items()}


def room(name: str) -> str:
    return name.partition(".")[0]


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


def own(path: Path) -> set[str]:
    return {name.removeprefix("handouts.figure.") for name in imports(path) if name.startswith("handouts.")}


def test_every_module_has_its_room():
    assert {room(name) for name in modules()} == set(ROOMS)


def test_imports_go_one_way():
    for name, path in modules().items():
        allowed = ROOMS[: ROOMS.index(room(name)) + 1]
        assert {room(other) for other in own(path)} <= set(allowed), name


def test_inside_a_room_imports_make_no_circle():
    needs = {name: own(path) - {name} for name, path in modules().items()}
    assert list(TopologicalSorter(needs).static_order())  # raises CycleError


def test_numpy_is_the_only_library():
    foreign = {n.split(".")[0] for p in FOLDER.rglob("*.py") for n in imports(p)} - {"handouts", "numpy"}
    assert foreign <= set(sys.stdlib_module_names)


def test_every_public_name_says_what_it_is_for():
    for path in FOLDER.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        assert ast.get_docstring(tree), path.stem
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{path.stem}.{node.name}"
