"""The base class of everything that is read from files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Noun(BaseModel):
    """A frozen set of keys, written in kebab-case in files; unknown keys are refused."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        populate_by_name=False,
        arbitrary_types_allowed=True,
    )


class WithSections(Noun):
    """The front matter of a Markdown file whose body has a closed set of headings."""

    headings: ClassVar[Mapping[str, str]] = {}  # `## heading` -> attribute that holds its Section
    lists: ClassVar[frozenset[str]] = frozenset()  # attributes whose section must be a list
