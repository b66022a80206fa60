"""Validation of a document by a model: each fault at its line and column, in plain words."""

from __future__ import annotations

from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from handouts.errors import Problem, ProblemsError, unknown
from handouts.files.document import Document, Loc

Model = TypeVar("Model", bound=BaseModel)


def validate(kind: type[Model], document: Document, loc: Loc = ()) -> Model:
    """Return the value of `document` at `loc` as a `kind`; raises ProblemsError with every fault."""
    data: Any = document.data
    for step in loc:
        data = data[step]
    try:
        return kind.model_validate({} if data is None else data)
    except ValidationError as error:
        problems = [_problem(kind, document, loc, fault) for fault in error.errors(include_url=False)]
        raise ProblemsError(problems) from None


def _problem(kind: type[BaseModel], document: Document, base: Loc, fault: Any) -> Problem:
    inner: Loc = fault["loc"]
    loc = (*base, *inner)
    key = next((step for step in reversed(loc) if isinstance(step, str)), "the file")
    match fault["type"]:
        case "extra_forbidden":
            message = unknown("key", str(key), _keys_at(kind, inner[:-1]))
            return document.problem(message, "key", loc, key=True)
        case "missing":
            return document.problem(f"the key '{key}' is missing", "key", loc)
        case "handouts":
            return document.problem(f"{key}: {fault['msg']}", "value", loc)
        case "too_short":
            return document.problem(f"{key}: the list is empty: name at least one", "value", loc)
        case "model_type" | "model_attributes_type":
            return document.problem(f"{key}: must hold 'key: value' lines", "value", loc)
        case _:
            return document.problem(f"{key}: {fault['msg']}", "value", loc)


def _keys_at(kind: type[BaseModel], loc: Loc) -> list[str]:
    """Return the keys of the model at `loc`, as they are written in files."""
    for step in loc:
        if isinstance(step, str):
            field = next((field for field in kind.model_fields.values() if field.alias == step), None)
            kind = (field and _model_in(field.annotation)) or kind
    return [field.alias or name for name, field in kind.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)
