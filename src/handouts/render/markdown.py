"""Content Markdown -> clean HTML; the only home of Markdown."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

import markdown as python_markdown
import nh3
from markupsafe import Markup, escape

from handouts.errors import HandoutsError
from handouts.files.markdown import Section
from handouts.locales import SOURCE_LANGUAGE, quotes

_ALLOWED_TAGS = {"p", "ul", "ol", "li", "strong", "em", "h3", "br"}
_TAG = re.compile(r"<([A-Za-z!?][^\s/>]*)")
_LAST_TWO = re.compile(r"(?<=[\s>])([^\s<>&]+) ([^\s<>&]+)\s*(?=</(?:p|li)>|\Z)")
_TOGETHER = 14  # letters: a longer pair might not fit a narrow column


def markdown(text: str | Section, spoken: str | None = None, *, language: str = SOURCE_LANGUAGE) -> Markup:
    """Content Markdown as clean HTML with the quotation marks of the sheet's language; never for a patient's text.

    Its paragraphs and lists say the language that they are `spoken` in, where that is another one.
    """
    html = _markdown(text.markdown if isinstance(text, Section) else text, quotes(spoken or language))
    if mark := foreign(spoken or language, language):
        return Markup(re.sub(r"^<(p|ul|ol)>", rf"<\1{mark}>", str(html), flags=re.MULTILINE))
    return html


@lru_cache(maxsize=50_000)  # the same sign stands on many pages, and a preview renders all of them again and again
def _markdown(source: str, marks: str) -> Markup:
    html = _converter(marks).reset().convert(source)
    if foreign := set(_TAG.findall(html)) - _ALLOWED_TAGS:
        raise HandoutsError(f"content asks for <{min(foreign)}>, which is not printed: 'handouts check' says in which line")
    return Markup(nh3.clean(html, tags=_ALLOWED_TAGS, attributes={}))


@cache
def _converter(marks: str) -> Any:
    """One for all texts of a language: to build it takes as long as to convert a paragraph."""
    smarty = {"substitutions": {"left-double-quote": marks[0], "right-double-quote": marks[1]}}
    return python_markdown.Markdown(
        extensions=["sane_lists", "smarty"], extension_configs={"smarty": smarty}, output_format="html"
    )


def inline(text: str, *, language: str = SOURCE_LANGUAGE) -> Markup:
    """One line of content Markdown without the paragraph around it."""
    html = markdown(text, language=language)
    return Markup(html.removeprefix("<p>").removesuffix("</p>")) if html.count("<p>") == 1 else html


def items(section: Section, *, language: str = SOURCE_LANGUAGE) -> tuple[Markup, ...]:
    """The entries of a section's list, each as one line of HTML."""
    return tuple(inline(item, language=language) for item in section.items)


def together(text: str) -> Markup:
    """A text whose paragraphs and list entries do not end with one short word on a line of its own."""

    def joined(pair: re.Match[str]) -> str:
        return f"{pair[1]}\u00a0{pair[2]}" if len(pair[1] + pair[2]) < _TOGETHER else pair[0]

    return Markup(_LAST_TWO.sub(joined, str(escape(text))))


def foreign(spoken: str, language: str) -> Markup:
    """The attribute of an element that prints content: its language, where it is not the sheet's."""
    return Markup(' lang="{}"').format(spoken) if spoken != language else Markup("")
