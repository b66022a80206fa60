"""Plan or Library -> HTML text, by Jinja. Pure: nothing is read but templates."""

from __future__ import annotations

import re
import traceback
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from handouts.errors import HandoutsError, Problem, ProblemsError, display_path
from handouts.locales import SOURCE_LANGUAGE, days_from_to, language_name, list_of_things, long_day, short_day
from handouts.model import phrase
from handouts.render.layouts import load_layouts
from handouts.render.markdown import foreign, inline, items, markdown, together
from handouts.render.phrases import Phrases, load_phrases, untranslated
from handouts.render.placing import shares
from handouts.render.telephone import tel

Templates = Environment  # alias: callers need not import jinja2


def load_templates(layers: Sequence[Path], language: str = SOURCE_LANGUAGE) -> Templates:
    """Return the templates of all layers with their words in one language; a later layer's file replaces an earlier's.

    A clinic's `handout/sheet.html` may say `{% extends "bundled/handout/sheet.html" %}` to change only a part.
    Raises ProblemsError with every phrase of a sheet that has no text in the language.
    """
    bundled, *overlays = [_TemplateFolder(layer) for layer in layers]
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*reversed(overlays), PrefixLoader({"bundled": bundled}), bundled]),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    phrases = load_phrases(layers, language)
    environment.install_gettext_translations(phrases, newstyle=True)  # type: ignore[attr-defined]  # jinja2.ext.i18n adds it
    environment.globals.update(
        language=language, language_name=language_name(language), draft_words=phrases.draft, layouts=load_layouts(layers)
    )
    environment.filters.update(
        markdown=partial(markdown, language=language),
        inline=partial(inline, language=language),
        items=partial(items, language=language),
        together=together,
        call=call,
        day=partial(long_day, language=language),
        short_day=partial(short_day, language=language),
        until=partial(days_from_to, language=language),
        sentence=sentence,
        shares=shares,
        things=partial(list_of_things, language=language),
        foreign=partial(foreign, language=language),
        untranslated=partial(untranslated_mark, phrases=phrases),
    )
    if language != SOURCE_LANGUAGE:
        _refuse_untranslated(environment, phrases)
    return environment


def _refuse_untranslated(environment: Environment, phrases: Phrases) -> None:
    """Raise ProblemsError with every untranslated phrase of every template of a sheet, before the first is printed."""
    problems: list[Problem] = []
    for name in environment.list_templates(filter_func=lambda name: name.startswith("handout/")):
        assert environment.loader
        source, path, _ = environment.loader.get_source(environment, name)
        for line, _, message in _phrases_of(environment, name, source):
            text = message[0] if isinstance(message, tuple) and message else message  # singular, plural
            if isinstance(text, str) and not phrases.knows(text):  # else it is text of the plan, such as a hint
                problems.append(
                    Problem(display_path(Path(path or name)), line, 1, untranslated(text, phrases.language), "translation")
                )
    if problems:
        raise ProblemsError(problems)


def _phrases_of(environment: Environment, name: str, source: str) -> list[Any]:
    """Return line, function and text of each phrase of a template; raises HandoutsError where it cannot be read."""
    try:
        return list(environment.extract_translations(source))  # type: ignore[attr-defined]  # by jinja2.ext.i18n
    except TemplateError as error:
        raise HandoutsError(_template_fault(name, error)) from error


def render(templates: Templates, name: str, **context: Any) -> str:
    """Fill one template; raises HandoutsError that names the template and its line."""
    try:
        return templates.get_template(name).render(context)
    except HandoutsError:
        raise
    except Exception as error:  # a template's expressions can raise anything
        raise HandoutsError(_template_fault(name, error)) from error


def _template_fault(name: str, error: Exception) -> str:
    """Return `path:line:column: message` of the deepest template frame (an undefined name carries no line of its own).

    Only Jinja's own message is repeated: any other may quote a patient.
    """
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith((".html", ".css"))]
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else getattr(error, "filename", None) or name
    line = getattr(error, "lineno", None)
    message = f"{type(error).__name__} in this line"
    if isinstance(error, TemplateError):  # a quoted word is of the template, or of a patient
        message = re.sub(
            r"'([^']*)'",
            lambda word: word[0] if re.fullmatch(r"[\w. ]*object|[a-z_][\w.]*", word[1]) else "this",
            str(error.message),
        )
    return f"{where}{f':{line}' if line and not frames else ''}:1: {message} [template]"


class _TemplateFolder(FileSystemLoader):
    """A folder of templates that names a file which is not UTF-8."""

    def get_source(self, environment: Environment, template: str) -> Any:
        """Return the text of one template; raises HandoutsError where it is not UTF-8."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError:
            path = Path(self.searchpath[0], template)
            raise HandoutsError(f"{path}:1:1: is not UTF-8 text: save it as UTF-8 in your editor [template]") from None


def sentence(text: str) -> str:
    """Return a text with a large first letter and a full stop at its end."""
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "." if text else ""


def call(number: str) -> Markup:
    """Return a telephone number as a `tel:` link, or as plain text where it is not clearly one number."""
    address = tel(number)
    return Markup('<a class="tel" href="{}">{}</a>').format(address, number) if address else escape(number)


def untranslated_mark(spoken: str, phrases: Phrases) -> Markup:
    """Return the line printed beside content that is not in the sheet's language, else ""."""
    if spoken == phrases.language:
        return Markup("")
    return Markup('<p class="untranslated">{}</p>').format(phrases.gettext(phrase("This part is in English only.")))
