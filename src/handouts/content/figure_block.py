"""The `figure:` of an exercise file, held against the illustration engine: each fault at its own line."""

from __future__ import annotations

import re
from typing import Any

from handouts.errors import ProblemsError
from handouts.figure import Figure, FigureError, PoseError, parse_figure
from handouts.files.document import Document

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")


def read_figure(document: Document) -> Figure | None:
    """The figure of a content file, None where it has none; raises ProblemsError with every fault of it."""
    return figure_of(document) if "figure" in document.data else None


def figure_of(document: Document) -> Figure:
    """The figure under `figure:` (or the whole file, where there is none); raises ProblemsError with every fault of it."""
    where = _where(document)
    try:
        return parse_figure(_typed(document.data["figure"] if where else document.data))
    except FigureError as error:
        problems = [document.problem(f"figure: {said}", "figure", (*where, *path)) for path, said in error.faults]
        raise ProblemsError(problems) from None


def figure_problem(document: Document, error: PoseError) -> ProblemsError:
    """A pose that cannot be shown, at the place of its panel."""
    return ProblemsError([document.problem(f"figure: {error}", "figure", (*_where(document), "panels", error.panel))])


def _where(document: Document) -> tuple[str, ...]:
    return ("figure",) if "figure" in document.data else ()


def _typed(value: Any) -> Any:
    """Numbers as numbers: our YAML keeps every scalar as text, and the engine knows nothing of YAML."""
    match value:
        case dict():
            return {key: _typed(inner) for key, inner in value.items()}
        case list():
            return [_typed(inner) for inner in value]
        case str() if _NUMBER.fullmatch(value):
            return float(value) if "." in value else int(value)
        case "true" | "false":
            return value == "true"
        case "null":
            return None
    return value
