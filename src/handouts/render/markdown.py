"""Content Markdown -> sanitised HTML."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import markdown as python_markdown
import nh3
from markupsafe import Markup, escape

from handouts.errors import HandoutsError
from handouts.files.documents import Section
from handouts.locales import SOURCE_LANGUAGE, quotes

_ALLOWED_TAGS = {"p", "ul", "ol", "li", "strong", "em", "h3", "br"}
_TAG = re.compile(r"<([A-Za-z!?][^\s/>]*)")
_LAST_TWO = re.compile(r"(?<=[\s>])([^\s<>&]+) ([^\s<>&]+)\s*(?=</(?:p|li)>|\Z)")
_TOGETHER = 14  # letters: a longer pair might not fit a narrow column


def markdown(text: str | Section, spoken: str | None = None, *, language: str = SOURCE_LANGUAGE) -> Markup:
    """Return content Markdown as sanitised HTML with the language's quotation marks; never for a patient's text.

    Where the text is `spoken` in another language than the sheet's, its paragraphs and lists have a `lang` attribute.
    """
    html = _markdown(text.markdown if isinstance(text, Section) else text, quotes(spoken or language))
    if mark := foreign(spoken or language, language):
        return Markup(re.sub(r"^<(p|ul|ol)>", rf"<\1{mark}>", str(html), flags=re.MULTILINE))
    return html


@lru_cache(maxsize=50_000)  # the same sign is on many pages, and a preview renders all of them each time
def _markdown(source: str, marks: str) -> Markup:
    html = _converter(marks).reset().convert(source)
    if refused := set(_TAG.findall(html)) - _ALLOWED_TAGS:
        raise HandoutsError(f"content asks for <{min(refused)}>, which is not printed: 'handouts check' says in which line")
    return Markup(nh3.clean(html, tags=_ALLOWED_TAGS, attributes={}))


@cache
def _converter(marks: str) -> python_markdown.Markdown:
    """Return the converter for a language's quotation marks; to build one takes as long as to convert a paragraph."""
    smarty = {"substitutions": {"left-double-quote": marks[0], "right-double-quote": marks[1]}}
    return python_markdown.Markdown(
        extensions=["sane_lists", "smarty"], extension_configs={"smarty": smarty}, output_format="html"
    )


def inline(text: str, *, language: str = SOURCE_LANGUAGE) -> Markup:
    """Return one line of content Markdown without the paragraph around it."""
    html = markdown(text, language=language)
    return Markup(html.removeprefix("<p>").removesuffix("</p>")) if html.count("<p>") == 1 else html


def items(section: Section, *, language: str = SOURCE_LANGUAGE) -> tuple[Markup, ...]:
    """Return the entries of a section's list, each as one line of HTML."""
    return tuple(inline(item, language=language) for item in section.items)


def together(text: str) -> Markup:
    """Return a text with no-break spaces, so that no paragraph or list entry ends with one short word on its own line."""

    def join(pair: re.Match[str]) -> str:
        return f"{pair[1]}\u00a0{pair[2]}" if len(pair[1] + pair[2]) < _TOGETHER else pair[0]

    return Markup(_LAST_TWO.sub(join, str(escape(text))))


def foreign(spoken: str, language: str) -> Markup:
    """Return the `lang` attribute of an element with content in another language than the sheet's, else ""."""
    return Markup(' lang="{}"').format(spoken) if spoken != language else Markup("")
