"""Reader of one content file in Markdown: checks its front matter by a model and its headings by their closed set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from handouts.content.figure_block import read_figure
from handouts.errors import Problem, ProblemsError, nearest, unknown
from handouts.files.document import Document
from handouts.files.markdown import Section, split_front_matter
from handouts.files.yaml_reader import parse_yaml
from handouts.model import ExerciseFrontMatter, FrontMatter
from handouts.model.noun import WithSections
from handouts.model.reviews import reviewed
from handouts.model.validation import validate
from handouts.model.vocabulary import READERS

_NUMBER = re.compile(r"\d+\. ")
_BULLET = re.compile(r"[-*] ")
_INNER_ITEM = re.compile(r"\s+([-*]|\d+\.) ")
Keys = TypeVar("Keys", bound=WithSections)


def read_page(matter_kind: type[FrontMatter], text: str, path: str) -> dict[str, Any]:
    """Return the values of one Markdown file; raises ProblemsError with the faults of its keys and of its headings."""
    document, matter, body = read_parts(matter_kind, text, path)
    values = dict(matter)
    if matter_kind is ExerciseFrontMatter:
        values["figure"] = read_figure(document)
    return {**reviewed(values, text), **body, "document": document}


def read_parts(kind: type[Keys], text: str, path: str) -> tuple[Document, Keys, dict[str, Section]]:
    """Return a Markdown file's front matter, as a document and as a `kind`, and its sections by their attribute.

    Raises ProblemsError with the faults of both.
    """
    front, sections = split_front_matter(text, path)
    problems = list(_heading_faults(kind, sections, path))
    try:
        document = parse_yaml(front, path, first_line=2)
        matter = validate(kind, document)
    except ProblemsError as error:
        raise ProblemsError([*problems, *error.problems]) from None
    if problems:
        raise ProblemsError(problems)
    return document, matter, {kind.headings[section.heading]: section for section in sections}


def _heading_faults(kind: type[WithSections], sections: Sequence[Section], path: str) -> Iterator[Problem]:
    """Yield faults of the headings, which are a closed set in a fixed order, each with text under it."""
    wanted = list(kind.headings)
    seen: list[str] = []
    for section in sections:
        line = section.heading_line
        if section.heading not in wanted:
            near = nearest(section.heading, wanted)
            hint = f" Did you mean '## {near}'?" if near else ""
            message = f"'## {section.heading}' is not a heading of this file.{hint} Allowed: {', '.join(wanted)}."
            yield Problem(path, line, 1, message, "heading")
        elif section.heading in seen:
            yield Problem(path, line, 1, f"'## {section.heading}' stands here again: keep one", "heading")
        elif not section.markdown:
            yield Problem(path, line, 1, f"'## {section.heading}' has no text under it", "heading")
        elif kind.headings[section.heading] in kind.lists:
            yield from _list_faults(section, path)
        yield from _reader_faults(kind, section, path)
        seen.append(section.heading)
    for missing in (heading for heading in wanted if heading not in seen):
        yield Problem(path, 1, 1, f"the heading '## {missing}' is missing", "heading")
    known = [heading for heading in dict.fromkeys(seen) if heading in wanted]
    if known != [heading for heading in wanted if heading in known]:
        yield Problem(path, 1, 1, f"the headings must stand in this order: {', '.join(wanted)}", "heading")


def _reader_faults(kind: type[WithSections], section: Section, path: str) -> Iterator[Problem]:
    """Yield faults of the readers that entries are for: only the lists of an English exercise may be for some patients."""
    may_choose = kind is ExerciseFrontMatter and kind.headings.get(section.heading) in kind.lists
    for number, readers in section.readers:
        if not may_choose:
            message = f"'{{{readers}}}' works only in the lists of an exercise, in its English file: leave it out"
            yield Problem(path, number, 1, message, "list")
            continue
        for reader in (one.strip() for one in readers.split(",") if one.strip() not in READERS):
            yield Problem(path, number, 1, unknown("kind of reader", reader, READERS), "list")


def _list_faults(section: Section, path: str) -> Iterator[Problem]:
    """Yield faults of a section that is printed as a list: one tight list, steps numbered and all else bulleted."""
    numbered = section.heading == "Steps"
    marker = _NUMBER if numbered else _BULLET
    form = "'1. ', '2. ' ..." if numbered else "'- '"
    for number, line in enumerate(section.markdown.split("\n"), section.line):
        continues = line.startswith("  ") and number > section.line
        if not line.strip():
            yield Problem(path, number, 1, f"an empty line inside the list of '## {section.heading}'", "list")
        elif not marker.match(line) and (not continues or _INNER_ITEM.match(line)):
            yield Problem(path, number, 1, f"each line under '## {section.heading}' must start with {form}", "list")
