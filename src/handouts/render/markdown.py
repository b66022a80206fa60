"""Content Markdown -> clean HTML; the only module that imports `markdown` or `nh3`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import markdown as python_markdown
import nh3
from markupsafe import Markup, escape

from handouts.errors import HandoutsError
from handouts.files.markdown import Section
from handouts.locales import SOURCE_LANGUAGE, quotes

_ALLOWED_TAGS = {"p", "ul", "ol", "li", "strong", "em", "h3", "br"}
_BLOCK_TAGS = ("p", "ul", "ol")
_TAG = re.compile(r"<([A-Za-z!?][^\s/>]*)")
_LAST_TWO = re.compile(r"(?<=[\s>])([^\s<>&]+) ([^\s<>&]+)\s*(?=</(?:p|li)>|\Z)")
_TOGETHER = 14  # letters: a longer pair might not fit a narrow column


def markdown(text: str | Section, spoken: str | None = None, *, language: str = SOURCE_LANGUAGE) -> Markup:
    """Return content Markdown as clean HTML for a sheet in `language`; never for a patient's text.

    `spoken` is the language of the text itself, where it is another one: its quotation marks are used, and each paragraph
    and list names it.
    """
    source = text.markdown if isinstance(text, Section) else text
    spoken = spoken or language
    return _clean_html(source, quotes(spoken), named_language=spoken if spoken != language else None)


def inline(text: str, *, language: str = SOURCE_LANGUAGE) -> Markup:
    """Return one line of content Markdown as HTML without the paragraph around it."""
    return _clean_html(text, quotes(language), paragraphs=False)


@lru_cache(maxsize=50_000)  # the same sign stands on many pages, and a preview renders all of them again and again
def _clean_html(source: str, marks: str, *, named_language: str | None = None, paragraphs: bool = True) -> Markup:
    """Convert and clean one text; raises HandoutsError where it asks for a tag that is not printed.

    `marks` are the opening and the closing quotation mark. With `named_language`, each paragraph and list has it as `lang`.
    """
    html = _converter(marks).reset().convert(source)
    if unprinted := set(_TAG.findall(html)) - _ALLOWED_TAGS:
        raise HandoutsError(f"content asks for <{min(unprinted)}>, which is not printed: 'handouts check' says in which line")
    tags = _ALLOWED_TAGS if paragraphs else _ALLOWED_TAGS - {"p"}
    languages = {tag: {"lang": named_language} for tag in _BLOCK_TAGS} if named_language else None
    return Markup(nh3.clean(html, tags=tags, attributes={}, set_tag_attribute_values=languages))


@cache
def _converter(marks: str) -> python_markdown.Markdown:
    """Return the converter for texts with these quotation marks: to build one takes as long as to convert a paragraph."""
    smarty = {"substitutions": {"left-double-quote": marks[0], "right-double-quote": marks[1]}}
    return python_markdown.Markdown(
        extensions=["sane_lists", "smarty"], extension_configs={"smarty": smarty}, output_format="html"
    )


def items(section: Section, *, language: str = SOURCE_LANGUAGE) -> tuple[Markup, ...]:
    """Return the entries of a section's list, each as one line of HTML."""
    return tuple(inline(item, language=language) for item in section.items)


def together(text: str) -> Markup:
    """Return a text, or HTML, in which no paragraph or list entry ends with one short word on a line of its own."""

    def join(pair: re.Match[str]) -> str:
        return f"{pair[1]}\u00a0{pair[2]}" if len(pair[1] + pair[2]) < _TOGETHER else pair[0]

    return Markup(_LAST_TWO.sub(join, str(escape(text))))


def foreign(spoken: str, language: str) -> Markup:
    """Return the `lang` attribute for an element that prints content; empty where the content is in the sheet's language."""
    return Markup(' lang="{}"').format(spoken) if spoken != language else Markup("")
