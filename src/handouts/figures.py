"""The `figure:` of an exercise file, held against the illustration engine: each fault at its own line."""

from __future__ import annotations

import re
from typing import Any

from handouts.errors import ProblemsError
from handouts.figure import Figure, FigureError, parse_figure
from handouts.frontmatter import Document

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")


def read_figure(document: Document) -> Figure | None:
    """The figure of a content file, None where it has none; raises ProblemsError with every fault of it."""
    if "figure" not in document.data:
        return None
    try:
        return parse_figure(_typed(document.data["figure"]))
    except FigureError as error:
        problems = [document.problem(f"figure: {said}", "figure", ("figure", *path)) for path, said in error.faults]
        raise ProblemsError(problems) from None


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
