"""Plan or Library -> HTML text; the only home of Jinja and Markdown. Pure: nothing is read but templates."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import markdown as python_markdown
import nh3
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from handouts.errors import HandoutsError
from handouts.frontmatter import Section
from handouts.model import Plan, RedFlag

Templates = Environment  # what the modules above fill pages with, without knowing Jinja
_ALLOWED_TAGS = {"p", "ul", "ol", "li", "strong", "em", "h3", "a", "br"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def load_templates(layers: Sequence[Path]) -> Templates:
    """The templates of all layers, a later one's file in place of ours of the same name.

    A clinic's `handout/sheet.html` may say `{% extends "bundled/handout/sheet.html" %}` to change only a part.
    """
    ours, *clinics = [FileSystemLoader(layer) for layer in layers]
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*reversed(clinics), PrefixLoader({"bundled": ours}), ours]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(markdown=markdown, inline=inline, items=items, day=long_day)
    return environment


def render(templates: Templates, name: str, **context: Any) -> str:
    """Fill one template; raises HandoutsError that names the template and its line."""
    try:
        return templates.get_template(name).render(context)
    except TemplateError as error:
        raise HandoutsError(_template_fault(name, error)) from error


def _template_fault(name: str, error: TemplateError) -> str:
    """`path:line: message` of the deepest template frame (an undefined name carries no line of its own)."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith((".html", ".css"))]
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else getattr(error, "filename", None) or name
    line = getattr(error, "lineno", None)
    return f"{where}{f':{line}' if line and not frames else ''}:1: {error.message} [template]"


def render_handout(plan: Plan, templates: Templates) -> str:
    """The whole sheet as one HTML text with its styles; raises HandoutsError where a template lost a red flag."""
    html = render(templates, "handout/sheet.html", plan=plan)
    _demand_red_flags(html, plan.emergency or plan.red_flags)
    return html


def _demand_red_flags(html: str, flags: Iterable[RedFlag]) -> None:
    """A clinic's own template must not print a sheet without the signs that mean stop."""
    text = " ".join(html.split())
    for flag in flags:
        for sign in flag.signs.items:
            if " ".join(inline(sign).split()) not in text:
                raise HandoutsError(
                    f"the handout template leaves out a red flag of red-flags/{flag.slug}.md: every sheet prints them all"
                )


def markdown(text: str | Section) -> Markup:
    """Content Markdown as clean HTML; never for a patient's text."""
    source = text.markdown if isinstance(text, Section) else text
    html = python_markdown.markdown(source, extensions=["sane_lists", "smarty"], output_format="html")
    return Markup(nh3.clean(html, tags=_ALLOWED_TAGS, attributes={"a": {"href"}}, link_rel=None))


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
