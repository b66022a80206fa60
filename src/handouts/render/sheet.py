"""A plan composed for the printer or for a screen: its HTML, its style, its pictures, and the texts that must not be lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, cast

from handouts.figure import Drawing
from handouts.model import Plan
from handouts.pdf.rules import PageRules
from handouts.pictures.picture_files import PictureFile, draw_artwork
from handouts.render.composing import Composer
from handouts.render.handout import red_flag_words, render_handout, render_screen, render_screen_style, render_style
from handouts.render.layouts import Layout, layout_for
from handouts.render.templates import Templates


class Sheet(NamedTuple):
    """The arguments of `write_pdf` or `write_screen` for one sheet, in their order."""

    html: str
    demanded: tuple[str, ...]
    files: Mapping[str, bytes]
    style: str
    rules: PageRules | None = None


def compose(plan: Plan, templates: Templates, drawings: Mapping[str, Drawing], logo: PictureFile | None = None) -> Sheet:
    """Return one sheet, ready to be printed; `drawings` are those of its exercises, by slug."""
    layouts = cast("Mapping[str, Layout]", templates.globals["layouts"])
    artwork, layout = draw_artwork(plan, drawings, logo), layout_for(plan.patient.print, layouts)
    style = render_style(plan, layout, templates)
    composed = Composer(plan, layout, templates, artwork, style).compose()
    html = render_handout(plan, layout, templates, artwork, composed)
    return Sheet(html, red_flag_words(plan), artwork.files(), style, PageRules(layout.least_letters, layout.cards.facing))


def compose_screen(
    plan: Plan, templates: Templates, drawings: Mapping[str, Drawing], logo: PictureFile | None = None
) -> Sheet:
    """Return the sheet for a screen, complete, whatever layout was chosen for its paper. Pure."""
    artwork = draw_artwork(plan, drawings, logo)
    html = render_screen(plan, templates, artwork)
    return Sheet(html, red_flag_words(plan), artwork.files(), render_screen_style(plan, templates))
