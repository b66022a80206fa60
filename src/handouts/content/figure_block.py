"""The `figure:` block of an exercise file, checked by the illustration engine: each fault at its own line."""

from __future__ import annotations

import re
from typing import Any

from handouts.errors import ProblemsError
from handouts.figure import Figure, FigureError, PoseError, parse_figure
from handouts.files.document import Document

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")


def read_figure(document: Document) -> Figure | None:
    """Return the figure of a content file, None where it has none; raise ProblemsError with every fault of it."""
    return figure_of(document) if "figure" in document.data else None


def figure_of(document: Document) -> Figure:
    """Return the figure under `figure:`, or of the whole file without that key; raise ProblemsError with every fault."""
    start = _start(document)
    try:
        return parse_figure(_typed(document.data["figure"] if start else document.data))
    except FigureError as error:
        problems = [document.problem(f"figure: {text}", "figure", (*start, *path)) for path, text in error.faults]
        raise ProblemsError(problems) from None


def figure_problem(document: Document, error: PoseError) -> ProblemsError:
    """Return the problem of a pose that cannot be shown, at the place of its panel."""
    return ProblemsError([document.problem(f"figure: {error}", "figure", (*_start(document), "panels", error.panel))])


def _start(document: Document) -> tuple[str, ...]:
    """Return the path of the figure in its file."""
    return ("figure",) if "figure" in document.data else ()


def _typed(value: Any) -> Any:
    """Return numbers as numbers and true and false as such: our YAML keeps every scalar as text."""
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
