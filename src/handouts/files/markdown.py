"""A content file in Markdown, split into its front matter and its `##` sections, with the line of everything."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handouts.errors import Problem, ProblemsError
from handouts.files.text import hidden_characters

_ITEM = re.compile(r"(?:[-*]|\d+\.) +")
_HEADING = re.compile(r"## +(.+?) *$")


@dataclass(frozen=True)
class Section:
    """One `## heading` of a Markdown body and the text below it, with the lines on which both start."""

    heading: str
    line: int
    markdown: str
    heading_line: int

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
    return Section(heading, heading_line + 1 + blank, "\n".join(lines[blank:]).rstrip(), heading_line)
