"""Library -> the files of the public site. It is never given a patient, so it cannot print one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handouts.figure import Drawing
from handouts.fonts import FONT_FILES, font_bytes
from handouts.model import Exercise, Library, Phase
from handouts.render import Templates, render

SITE_FONTS = FONT_FILES[:2]  # regular and bold: all the site uses


def render_site(library: Library, templates: Templates, drawings: Mapping[str, Drawing]) -> dict[str, bytes]:
    """Every file of the site by its path, `/` between folders; `drawings` are those of the exercises, by slug.

    Links are relative and end in `index.html`, so that the folder works from a disk as from any server.
    """
    pages = {path: _page(templates, template, path, library, **context) for path, template, context in _pages(library)}
    files = {path: text.encode() for path, text in pages.items()}
    for slug, drawing in drawings.items():
        files |= {f"exercises/{slug}/{number}.svg": panel.encode() for number, panel in enumerate(drawing.panels, 1)}
    files["style/site.css"] = render(templates, "style/site.css").encode()
    return files | {f"style/{name}": font_bytes(name) for name in SITE_FONTS}


def _pages(library: Library) -> list[tuple[str, str, dict[str, Any]]]:
    """Path, template and context of every page."""
    pages: list[tuple[str, str, dict[str, Any]]] = [
        ("index.html", "site/home.html", {}),
        ("exercises/index.html", "site/exercises.html", {}),
        ("topics/index.html", "site/topics.html", {}),
        ("red-flags/index.html", "site/red-flags.html", {}),
        ("about/index.html", "site/about.html", {"used": library.used_sources()}),
    ]
    for condition in library.conditions.values():
        pages.append((f"{condition.slug}/index.html", "site/condition.html", {"condition": condition}))
    for phase in library.phases.values():
        condition = library.conditions[phase.condition]
        pages.append((f"{phase.slug}/index.html", "site/phase.html", {"phase": phase, "condition": condition}))
    for exercise in library.exercises.values():
        context = {"exercise": exercise, "phases": _phases_of(exercise, library)}
        pages.append((f"exercises/{exercise.slug}/index.html", "site/exercise.html", context))
    for topic in library.topics.values():
        pages.append((f"topics/{topic.slug}/index.html", "site/topic.html", {"topic": topic}))
    for flag in library.red_flags.values():
        pages.append((f"red-flags/{flag.slug}/index.html", "site/red-flag.html", {"flag": flag}))
    return pages


def _phases_of(exercise: Exercise, library: Library) -> tuple[Phase, ...]:
    return tuple(phase for phase in library.phases.values() if phase.slug in exercise.phases)


def _page(templates: Templates, template: str, path: str, library: Library, **context: Any) -> str:
    depth = path.count("/")
    return render(templates, template, library=library, root="../" * depth, path=path, **context)
