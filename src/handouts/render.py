"""Plan or Library -> HTML text; the only home of Jinja and Markdown. Pure: nothing is read but templates."""

from __future__ import annotations

import re
import traceback
from collections.abc import Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

import markdown as python_markdown
import nh3
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from handouts.artwork import NO_ARTWORK, Artwork
from handouts.errors import HandoutsError, Problem, ProblemsError
from handouts.frontmatter import Section
from handouts.languages import Phrases, language_name, list_of_things, load_phrases, long_day, quotes, untranslated
from handouts.library import shown
from handouts.model import SOURCE_LANGUAGE, Plan, phrase
from handouts.room import SHARES, WIDTHS, fit
from handouts.telephone import tel

Templates = Environment  # what the modules above fill pages with, without knowing Jinja
SCREEN = "screen"  # the layout of a sheet that is read in a browser
_ALLOWED_TAGS = {"p", "ul", "ol", "li", "strong", "em", "h3", "br"}
_TAG = re.compile(r"<([A-Za-z!?][^\s/>]*)")
_LAST_TWO = re.compile(r"(?<=[\s>])([^\s<>&]+) ([^\s<>&]+)\s*(?=</(?:p|li)>|\Z)")
_TOGETHER = 14  # letters: a longer pair might not fit a narrow column


def load_templates(layers: Sequence[Path], language: str = SOURCE_LANGUAGE) -> Templates:
    """The templates of all layers with their words in one language, a later one's file in place of ours of the same name.

    A clinic's `handout/sheet.html` may say `{% extends "bundled/handout/sheet.html" %}` to change only a part.
    Raises ProblemsError with every phrase of a sheet that has no text in the language.
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
    phrases = load_phrases(layers, language)
    environment.install_gettext_translations(phrases, newstyle=True)
    environment.globals.update(language=language, language_name=language_name(language), draft_words=phrases.draft)
    environment.filters.update(
        fit=fit,
        markdown=partial(markdown, language=language),
        inline=partial(inline, language=language),
        items=partial(items, language=language),
        together=together,
        call=call,
        day=partial(long_day, language=language),
        things=partial(list_of_things, language=language),
        foreign=partial(foreign, language=language),
        untranslated=partial(untranslated_mark, phrases=phrases),
    )
    if language != SOURCE_LANGUAGE:
        _refuse_untranslated(environment, phrases)
    return environment


def _refuse_untranslated(environment: Environment, phrases: Phrases) -> None:
    """Every phrase of every template of a sheet, before the first is printed: one run names all that are missing."""
    problems: list[Problem] = []
    for name in environment.list_templates(filter_func=lambda name: name.startswith("handout/")):
        source, path, _ = environment.loader.get_source(environment, name)
        for line, _, message in environment.extract_translations(source):
            text = message[0] if isinstance(message, tuple) and message else message  # the singular of two
            if isinstance(text, str) and not phrases.knows(text):  # else it is the plan's, such as a hint
                problems.append(Problem(shown(Path(path)), line, 1, untranslated(text, phrases.language), "translation"))
    if problems:
        raise ProblemsError(problems)


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


def render_handout(plan: Plan, templates: Templates, artwork: Artwork = NO_ARTWORK, layout: str = "") -> str:
    """The whole sheet as one HTML text, without its style; pictures are named as `pdf` fetches them.

    `layout` stands in place of the plan's own.
    """
    return render(templates, f"handout/{layout or plan.layout}.html", plan=plan, artwork=artwork, on_screen=layout == SCREEN)


def render_style(plan: Plan, templates: Templates) -> str:
    """The style of a sheet: it depends on how it is printed, and on no word of the patient."""
    room = {"widths": WIDTHS, "shares": SHARES}
    return render(templates, "style/sheet.css", look=plan.patient.print, layout=plan.layout, clinic=plan.clinic, **room)


def render_screen_style(plan: Plan, templates: Templates) -> str:
    """The style of a sheet on a screen, without its fonts."""
    return render(templates, "style/screen.css", clinic=plan.clinic)


def red_flag_words(plan: Plan) -> tuple[str, ...]:
    """The signs that this sheet must print, as a reader sees them, whatever a clinic's own template does."""
    flags = plan.emergency or plan.red_flags
    return tuple(inline(sign, language=plan.patient.language).striptags() for flag in flags for sign in flag.signs.items)


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


def call(number: str) -> Markup:
    """A telephone number, as a link that a phone calls when it is touched; as plain text where it is not clearly one."""
    address = tel(number)
    return Markup('<a class="tel" href="{}">{}</a>').format(address, number) if address else escape(number)


def untranslated_mark(spoken: str, phrases: Phrases) -> Markup:
    """What is printed beside content that is not in the sheet's language: a line that says so."""
    if spoken == phrases.language:
        return Markup("")
    return Markup('<p class="untranslated">{}</p>').format(phrases.gettext(phrase("This part is in English only.")))
