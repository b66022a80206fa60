"""The layout of the code is a promise: imports go one way, and each foreign library has its home."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "handouts"

# A package, or a module that stands alone, imports only from lines above its own; inside a package, imports make no circle.
PACKAGES = (
    "errors",
    "fonts",
    "locales",
    "fields",
    "figure",
    "files",
    "model",
    "pdf",
    "content",
    "patients",
    "planning",
    "lint",
    "pictures",
    "render",
    "site",
    "app",
    "cli",
    "__init__",
    "__main__",
)
STRANGERS = {  # a package that stands lower, and still must not be known here
    "pdf": {"model", "figure"},
    "lint": {"planning", "patients"},
    "pictures": {"lint", "planning", "patients"},
    "render": {"lint", "patients"},
    "site": {"lint", "patients", "planning"},
}
HOMES = {
    "babel": {"locales", "render.phrases"},
    "cffi": {"pdf.weasy"},
    "click": {"cli"},
    "PIL": {"pictures.raster"},
    "fontTools": {"fonts"},
    "jinja2": {"render.templates"},
    "markdown": {"render.markdown"},
    "markupsafe": {"render"},
    "nh3": {"render.markdown"},
    "openpyxl": {"files.workbooks"},
    "pikepdf": {"pdf.finishing"},
    "pydyf": {"pdf.fields"},
    "pypdfium2": {"pdf.ink"},
    "platformdirs": {"files.folders"},
    "pydantic": {"fields", "figure.spec", "model", "content.translations"},
    "pydantic_core": {"fields"},
    "resvg_py": {"pictures.raster"},
    "segno": {"pictures.qr"},
    "watchfiles": {"site.preview"},
    "weasyprint": {"pdf.weasy"},
    "yaml": {"files.yaml_reader", "patients.file_words"},
}


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(set(SOURCE.rglob("*.py")) - set((SOURCE / "figure").rglob("*.py"))):  # the engine has its own test
        name = path.relative_to(SOURCE).with_suffix("").as_posix().replace("/", ".")
        found.append((name.removesuffix(".__init__"), path))
    return found


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield str(node.module)


def package(module: str) -> str:
    return module.partition(".")[0]


def own(imported: Iterable[str]) -> list[str]:
    return [module.removeprefix("handouts.") for module in imported if module.startswith("handouts.")]


def upward(name: str, imported: Iterable[str]) -> list[str]:
    allowed = PACKAGES[: PACKAGES.index(package(name)) + 1]
    return [module for module in own(imported) if package(module) not in allowed]


@pytest.mark.parametrize(("name", "path"), modules())
def test_imports_go_one_way(name: str, path: Path) -> None:
    assert package(name) in PACKAGES, f"{name} has no place yet: put its package into the table"
    assert upward(name, imports(path)) == []


@pytest.mark.parametrize(("name", "path"), modules())
def test_strangers_stay_strangers(name: str, path: Path) -> None:
    known = {package(module) for module in own(imports(path))}
    assert known & STRANGERS.get(package(name), set()) == set()


def test_an_upward_import_would_be_found() -> None:
    assert upward("model", ["handouts.errors", "handouts.cli"]) == ["cli"]


@pytest.mark.parametrize("wing", sorted({package(name) for name, _ in modules() if "." in name}))
def test_inside_a_package_imports_make_no_circle(wing: str) -> None:
    needs = {name: set(own(imports(path))) - {name, wing} for name, path in modules() if package(name) == wing}
    assert list(TopologicalSorter(needs).static_order())  # raises CycleError


@pytest.mark.parametrize(("name", "path"), modules())
def test_each_foreign_library_has_its_home(name: str, path: Path) -> None:
    foreign = {module.partition(".")[0] for module in imports(path)} & HOMES.keys()
    assert {library for library in foreign if not HOMES[library] & {name, package(name)}} == set()


def test_no_module_outgrows_its_reader() -> None:
    lengths = {name: len(path.read_text("utf-8").splitlines()) for name, path in modules()}
    assert {name: length for name, length in lengths.items() if length > 320} == {}


def test_the_site_is_never_given_a_patient() -> None:
    sources = [SOURCE / "pictures" / "site.py", *sorted((SOURCE / "site").glob("*.py"))]
    assert len(sources) > 4
    for source in sources:
        assert not {module for module in imports(source) if "patients" in module or "planning" in module}, source
        assert "Patient" not in source.read_text("utf-8").replace('"audienceType": "Patient"', ""), source
