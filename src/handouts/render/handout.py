"""Plan -> the HTML text and the style of its sheet."""

from __future__ import annotations

from handouts.model import Plan
from handouts.pictures.picture_files import NO_ARTWORK, Artwork
from handouts.render.composing import Composed
from handouts.render.layouts import Layout
from handouts.render.markdown import inline
from handouts.render.templates import Templates, render

SCREEN = "screen"  # the layout of a sheet that is read in a browser


def render_handout(plan: Plan, layout: Layout, templates: Templates, artwork: Artwork, composed: Composed) -> str:
    """Return the sheet as one HTML text, without its style; pictures have the addresses that `pdf` fetches."""
    names = {"plan": plan, "layout": layout, "artwork": artwork, "composed": composed, "on_screen": False}
    return render(templates, f"handout/{layout.template}.html", **names)


def render_screen(plan: Plan, templates: Templates, artwork: Artwork = NO_ARTWORK) -> str:
    """Return the sheet for a screen as one HTML text, without its style."""
    return render(templates, f"handout/{SCREEN}.html", plan=plan, artwork=artwork, on_screen=True)


def render_style(plan: Plan, layout: Layout, templates: Templates) -> str:
    """Return the style of a sheet; it depends on how it is printed, and on no word of the patient."""
    look = plan.patient.print
    return render(templates, "style/sheet.css", layout=layout, paper=look.paper, ink=look.ink, clinic=plan.clinic)


def render_screen_style(plan: Plan, templates: Templates) -> str:
    """Return the style of a sheet on a screen, without its fonts."""
    return render(templates, "style/screen.css", clinic=plan.clinic)


def red_flag_words(plan: Plan) -> tuple[str, ...]:
    """Return the signs that this sheet must print, as a reader sees them, whatever a clinic's own template does."""
    flags = plan.emergency or plan.red_flags
    return tuple(inline(sign, language=plan.patient.language).striptags() for flag in flags for sign in flag.signs.items)
