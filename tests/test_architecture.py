"""The layout of the code is a promise: imports go one way, and each foreign library has its home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "handouts"

# A module imports only from lines above its own.
LAYERS = (
    ("errors", "figure", "places", "qr", "reviews", "tags", "telephone"),
    ("fonts", "frontmatter", "textfile", "values"),
    ("model.vocabulary", "model.noun"),
    ("model.content", "model.patient"),
    ("model.plan", "model.translation"),
    ("model.library",),
    ("model",),
    ("validation", "crosscheck", "tables"),
    ("figures", "raster_image"),
    ("pages",),
    ("translations",),
    ("skeleton",),
    ("library", "lint.readability", "lint.text"),
    ("languages",),
    ("patients", "planning", "planning.groups", "planning.case"),
    ("planning.limits",),
    ("planning.rules", "lint", "lint.markdown", "lint.steps", "lint.structure", "lint.translation", "lint.wording"),
    ("planning.choosing", "planning.dosing", "planning.gates", "lint.rules"),
    ("planning.resolve",),
    ("planning.general", "planning.overview", "planning.language", "record", "drawings"),
    ("artwork", "pdf_file", "disk"),
    ("access", "room", "logo", "kept", "fields"),
    ("render", "pdf"),
    ("pictures", "sheet", "screen", "doctor"),
    ("batch",),
    ("ready",),
    ("site.search", "site.filters"),
    ("site.pages",),
    ("site.metadata",),
    ("site",),
    ("build", "serve", "draw"),
    ("terminal", "translating", "shipping"),
    ("cli",),
    ("__main__", "__init__"),
)
HOMES = {
    "babel": {"languages"},
    "click": {"cli", "terminal"},
    "PIL": {"raster_image"},
    "fontTools": {"fonts"},
    "jinja2": {"render"},
    "markdown": {"render"},
    "markupsafe": {"render", "room"},
    "nh3": {"render"},
    "openpyxl": {"tables"},
    "pikepdf": {"pdf_file"},
    "pydyf": {"fields"},
    "platformdirs": {"places"},
    "pydantic": {"model.content", "model.noun", "model.patient", "model.translation", "translations", "validation", "values"},
    "pydantic_core": {"values"},
    "resvg_py": {"raster_image"},
    "segno": {"qr"},
    "watchfiles": {"serve"},
    "weasyprint": {"pdf"},
    "yaml": {"frontmatter", "record"},
}
LEVEL = {module: number for number, layer in enumerate(LAYERS) for module in layer}


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


def upward(name: str, imported: list[str]) -> list[str]:
    own = [module.removeprefix("handouts.") for module in imported if module.startswith("handouts.")]
    return [module for module in own if LEVEL[module] >= LEVEL[name]]


@pytest.mark.parametrize(("name", "path"), modules())
def test_imports_go_one_way(name: str, path: Path) -> None:
    assert name in LEVEL, f"{name} has no layer yet: put it into the table"
    assert upward(name, list(imports(path))) == []


def test_an_upward_import_would_be_found() -> None:
    assert upward("model", ["handouts.errors", "handouts.cli"]) == ["cli"]


@pytest.mark.parametrize(("name", "path"), modules())
def test_each_foreign_library_has_its_home(name: str, path: Path) -> None:
    foreign = {module.partition(".")[0] for module in imports(path)} & HOMES.keys()
    assert {library for library in foreign if name not in HOMES[library]} == set()


def test_no_module_outgrows_its_reader() -> None:
    lengths = {name: len(path.read_text("utf-8").splitlines()) for name, path in modules()}
    assert {name: length for name, length in lengths.items() if length > 320} == {}


def test_the_site_is_never_given_a_patient() -> None:
    sources = [SOURCE / "pictures.py", *sorted((SOURCE / "site").glob("*.py"))]
    assert len(sources) > 4
    for source in sources:
        assert not {module for module in imports(source) if "patients" in module or "planning" in module}, source
        assert "Patient" not in source.read_text("utf-8").replace('"audienceType": "Patient"', ""), source
