"""A content file in Markdown, split into its front matter and its `##` sections, with the line of everything."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from handouts.errors import Problem, ProblemsError
from handouts.files.text import hidden_characters

_ITEM = re.compile(r"(?:[-*]|\d+\.) +")
_READERS = re.compile(r"^((?:[-*]|\d+\.) +)\{([^{}]*)\} *")  # "- {after back surgery} Roll in one piece."
_HEADING = re.compile(r"## +(.+?) *$")


@dataclass(frozen=True)
class Section:
    """One `## heading` of a Markdown body and the text below it, with the lines on which both start.

    `readers` says by the line of an entry for whom alone it is: what stood in braces before it, which `markdown` has not.
    """

    heading: str
    line: int
    markdown: str
    heading_line: int
    readers: tuple[tuple[int, str], ...] = ()

    @property
    def items(self) -> tuple[str, ...]:
        """The entries of the section's list, without their markers."""
        return tuple(text for _, text in self.numbered_items)

    @property
    def numbered_items(self) -> tuple[tuple[int, str], ...]:
        """The entries of the section's list, each with its line in the file."""
        items: list[tuple[int, str]] = []
        for number, line in enumerate(self.markdown.splitlines(), self.line):
            if match := _ITEM.match(line):
                items.append((number, line[match.end() :].strip()))
            elif items and line.strip():
                items[-1] = (items[-1][0], f"{items[-1][1]} {line.strip()}")
        return tuple(items)

    def items_for(self, readers: Collection[str] | None) -> tuple[str, ...]:
        """Return the entries that are for everyone or for one of these kinds of readers; None is anyone at all."""
        only = dict(self.readers)
        return tuple(
            text
            for line, text in self.numbered_items
            if readers is None or line not in only or any(kind.strip() in readers for kind in only[line].split(","))
        )

    def read_by(self, source: Section) -> Section:
        """Return this translation of a list with the readers of its source, whose entries are in the same order."""
        only = dict(source.readers)
        lines = [line for line, _ in self.numbered_items]
        kinds = [only.get(line) for line, _ in source.numbered_items]
        return replace(self, readers=tuple((line, kind) for line, kind in zip(lines, kinds, strict=False) if kind))


def split_front_matter(text: str, path: str) -> tuple[str, tuple[Section, ...]]:
    """Return the text of a Markdown file's front matter, which starts in line 2, and its `##` sections.

    Raises ProblemsError.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise ProblemsError([Problem(path, 1, 1, "must start with a line '---' and its front matter", "front-matter")])
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        message = "the front matter is never closed: end it with a line '---'"
        raise ProblemsError([Problem(path, 1, 1, message, "front-matter")])
    if problems := hidden_characters("\n".join(lines[end + 1 :]), path, end + 2):
        raise ProblemsError(problems)
    return "\n".join(lines[1:end]), _sections(lines[end + 1 :], path, end + 2)


def _sections(lines: list[str], path: str, first_line: int) -> tuple[Section, ...]:
    headings: list[tuple[str, int, list[str]]] = []  # the heading, its line and the lines below it
    for number, line in enumerate(lines, first_line):
        if line.startswith("## ") and (match := _HEADING.match(line)):
            headings.append((match[1], number, []))
        elif headings:
            headings[-1][2].append(line)
        elif line.strip():
            raise ProblemsError([Problem(path, number, 1, "there is text before the first '## ' heading", "heading")])
    return tuple(_section(heading, line, below) for heading, line, below in headings)


def _section(heading: str, heading_line: int, lines: list[str]) -> Section:
    blank = next((count for count, text in enumerate(lines) if text.strip()), len(lines))
    first = heading_line + 1 + blank
    readers = tuple((number, match[2]) for number, line in enumerate(lines[blank:], first) if (match := _READERS.match(line)))
    markdown = "\n".join(_READERS.sub(r"\1", line, count=1) for line in lines[blank:]).rstrip()
    return Section(heading, first, markdown, heading_line, readers)
