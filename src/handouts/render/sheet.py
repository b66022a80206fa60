"""A plan composed for the printer or for a screen: its HTML, its style, its pictures, and the texts that must not be lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from handouts.figure import Drawing
from handouts.model import Plan
from handouts.pictures.picture_files import PictureFile, draw_artwork
from handouts.render.handout import SCREEN, red_flag_words, render_handout, render_screen_style, render_style
from handouts.render.templates import Templates


class Sheet(NamedTuple):
    """The arguments of `write_pdf` or `write_screen` for one sheet, in their order."""

    html: str
    demanded: tuple[str, ...]
    files: Mapping[str, bytes]
    style: str


def compose(plan: Plan, templates: Templates, drawings: Mapping[str, Drawing], logo: PictureFile | None = None) -> Sheet:
    """Return one sheet, ready to be printed; `drawings` are those of its exercises, by slug. Pure."""
    artwork = draw_artwork(plan, drawings, logo)
    html = render_handout(plan, templates, artwork)
    return Sheet(html, red_flag_words(plan), artwork.files(), render_style(plan, templates))


def compose_screen(
    plan: Plan, templates: Templates, drawings: Mapping[str, Drawing], logo: PictureFile | None = None
) -> Sheet:
    """Return the sheet for a screen, complete, whatever layout was chosen for its paper. Pure."""
    artwork = draw_artwork(plan, drawings, logo)
    html = render_handout(plan, templates, artwork, SCREEN)
    return Sheet(html, red_flag_words(plan), artwork.files(), render_screen_style(plan, templates))
