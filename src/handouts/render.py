"""Plan or Library -> HTML text; the only home of Jinja and Markdown. Pure: nothing is read but templates."""

from __future__ import annotations

import re
import traceback
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import markdown as python_markdown
import nh3
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from handouts.errors import HandoutsError
from handouts.frontmatter import Section
from handouts.model import Plan

Templates = Environment  # what the modules above fill pages with, without knowing Jinja
_ALLOWED_TAGS = {"p", "ul", "ol", "li", "strong", "em", "h3", "br"}
_TAG = re.compile(r"<([A-Za-z!?][^\s/>]*)")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def load_templates(layers: Sequence[Path]) -> Templates:
    """The templates of all layers, a later one's file in place of ours of the same name.

    A clinic's `handout/sheet.html` may say `{% extends "bundled/handout/sheet.html" %}` to change only a part.
    """
    ours, *clinics = [_TemplateFolder(layer) for layer in layers]
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*reversed(clinics), PrefixLoader({"bundled": ours}), ours]),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_null_translations(newstyle=True)  # the fixed words as they stand in the templates
    environment.filters.update(markdown=markdown, inline=inline, items=items, day=long_day)
    return environment


def render(templates: Templates, name: str, **context: Any) -> str:
    """Fill one template; raises HandoutsError that names the template and its line."""
    try:
        return templates.get_template(name).render(context)
    except HandoutsError:
        raise
    except Exception as error:  # a template can make Python raise anything
        raise HandoutsError(_template_fault(name, error)) from error


def _template_fault(name: str, error: Exception) -> str:
    """`path:line:column: message` of the deepest template frame (an undefined name carries no line of its own).

    Only Jinja's own message is repeated: another one may quote a patient.
    """
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith((".html", ".css"))]
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else getattr(error, "filename", None) or name
    line = getattr(error, "lineno", None)
    said = f"{type(error).__name__} in this line"
    if isinstance(error, TemplateError):  # what is quoted is a word of the template, or what a patient wrote
        said = re.sub(
            r"'([^']*)'",
            lambda word: word[0] if re.fullmatch(r"[\w. ]*object|[a-z_][\w.]*", word[1]) else "this",
            str(error.message),
        )
    return f"{where}{f':{line}' if line and not frames else ''}:1: {said} [template]"


class _TemplateFolder(FileSystemLoader):
    """A folder of templates that says which file is no text."""

    def get_source(self, environment: Environment, template: str) -> Any:
        """The text of one template; raises HandoutsError where it is not UTF-8."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError:
            path = Path(self.searchpath[0], template)
            raise HandoutsError(f"{path}:1:1: is not UTF-8 text: save it as UTF-8 in your editor [template]") from None


def render_handout(plan: Plan, templates: Templates) -> str:
    """The whole sheet as one HTML text with its styles."""
    return render(templates, "handout/sheet.html", plan=plan)


def red_flag_words(plan: Plan) -> tuple[str, ...]:
    """The signs that this sheet must print, as a reader sees them, whatever a clinic's own template does."""
    flags = plan.emergency or plan.red_flags
    return tuple(inline(sign).striptags() for flag in flags for sign in flag.signs.items)


def markdown(text: str | Section) -> Markup:
    """Content Markdown as clean HTML; never for a patient's text."""
    return _markdown(text.markdown if isinstance(text, Section) else text)


@lru_cache(maxsize=50_000)  # the same sign stands on many pages, and a preview renders all of them again and again
def _markdown(source: str) -> Markup:
    html = _converter().reset().convert(source)
    if foreign := set(_TAG.findall(html)) - _ALLOWED_TAGS:
        raise HandoutsError(f"content asks for <{min(foreign)}>, which is not printed: 'handouts check' says in which line")
    return Markup(nh3.clean(html, tags=_ALLOWED_TAGS, attributes={}))


@cache
def _converter() -> Any:
    """One for all texts: to build it takes as long as to convert a paragraph."""
    return python_markdown.Markdown(extensions=["sane_lists", "smarty"], output_format="html")


def inline(text: str) -> Markup:
    """One line of content Markdown without the paragraph around it."""
    html = markdown(text)
    return Markup(html.removeprefix("<p>").removesuffix("</p>")) if html.count("<p>") == 1 else html


def items(section: Section) -> tuple[Markup, ...]:
    """The entries of a section's list, each as one line of HTML."""
    return tuple(inline(item) for item in section.items)


def long_day(day: date) -> str:
    """`21 November 2026`: the month as a word, so that no reader takes it for the day."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
