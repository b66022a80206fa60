"""Drawings for whoever writes poses: as files, as a page in the preview, on a sheet of all; how well each pose was met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handouts.content.figure_block import figure_of, figure_problem
from handouts.errors import HandoutsError, Problem, ProblemsError, display_path, unknown
from handouts.figure import Drawing, Figure, PoseError, Report, animate, draw
from handouts.files.documents import Document, parse_yaml
from handouts.files.text import read_text
from handouts.model import Library
from handouts.pdf.writer import write_pdf
from handouts.pictures.drawings import USUAL_BODY, draw_all
from handouts.pictures.raster import svg_to_png
from handouts.pictures.sheet import PictureFile, panels_of
from handouts.render.templates import Templates, render

POSE_ENDINGS = (".yaml", ".yml")
PIXELS = 1200  # width of a PNG
CELL = 84.0, 48.0  # millimetres for the pictures of one exercise on the contact sheet, two by four a page


@dataclass(frozen=True)
class Look:
    """How a figure is drawn for a look at it: `side` is left or right, None as the file shows it."""

    side: str | None = None
    body: str = USUAL_BODY
    moving: bool = False


@dataclass(frozen=True)
class Drawn:
    """The files of one figure by name, and a line for each panel on how well its pose was met."""

    files: dict[str, bytes]
    reports: tuple[str, ...]


def draw_exercise(slug: str, library: Library, look: Look) -> Drawn:
    """The drawings of an exercise; raises HandoutsError where there is none, or where a pose cannot be shown."""
    if slug not in library.exercises:
        raise HandoutsError(unknown("exercise", slug, library.exercises))
    exercise = library.exercises[slug]
    if not exercise.figure:
        raise HandoutsError(f"{exercise.document.path}:1:1: has no 'figure:' yet [figure]")
    return _drawn(slug, exercise.figure, exercise.document, look)


def draw_file(path: Path, look: Look) -> Drawn:
    """The drawings of a pose being written: a YAML file that holds the `figure:` of an exercise file."""
    document = parse_yaml(read_text(path, display_path(path)), display_path(path))
    return _drawn(path.stem, figure_of(document), document, look)


def drawing_pages(paths: Sequence[Path], templates: Templates) -> dict[str, bytes]:
    """A page with its pictures for each pose being written, by path in the preview; raises HandoutsError with all faults."""
    if len({page_folder(path) for path in paths}) < len(paths):
        raise HandoutsError("two poses have the same file name, after which their pages are named: rename one")
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            files |= _page(path, templates)
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return files


def page_folder(path: Path) -> str:
    """Where the page of a pose being written stands."""
    return f"drawings/{path.stem}/"


def _page(path: Path, templates: Templates) -> dict[str, bytes]:
    document = parse_yaml(read_text(path, display_path(path)), display_path(path))
    drawing = _drawing(figure_of(document), document, Look())
    reports = [met(report) for report in drawing.reports]
    page = render(templates, "site/drawing.html", stem=path.stem, drawing=drawing, reports=reports)
    panels = {f"{number}.svg": panel.encode() for number, panel in enumerate(drawing.panels, 1)}
    return {page_folder(path) + name: data for name, data in {"index.html": page.encode(), **panels}.items()}


def _drawn(name: str, figure: Figure, document: Document, look: Look) -> Drawn:
    drawing = _drawing(figure, document, look)
    files = dict(_stills(name, drawing))
    if look.moving:
        files[f"{name}-moving.svg"] = animate(figure, mirror=_mirrored(figure, look), build=look.body).encode()
    reports = (f"{name} {number}: {met(report)}" for number, report in enumerate(drawing.reports, 1))
    return Drawn(files, tuple(reports))


def _drawing(figure: Figure, document: Document, look: Look) -> Drawing:
    if look.side and not figure.side:
        raise HandoutsError(f"{document.path}:1:1: the figure has no 'side:': leave --side out [figure]")
    try:
        return draw(figure, mirror=_mirrored(figure, look), build=look.body)
    except PoseError as error:
        raise figure_problem(document, error) from None


def _mirrored(figure: Figure, look: Look) -> bool:
    return look.side not in (None, figure.side)


def _stills(name: str, drawing: Drawing) -> Iterator[tuple[str, bytes]]:
    for number, panel in enumerate(drawing.panels, 1):
        yield f"{name}-{number}.svg", panel.encode()
        yield f"{name}-{number}.png", svg_to_png(panel, PIXELS)


def contact_sheet(library: Library, templates: Templates) -> bytes:
    """Every exercise that has a figure, eight a page, named, as a tagged PDF; raises as `draw_all` does."""
    drawings = draw_all(library)
    exercises = [exercise for slug, exercise in library.exercises.items() if slug in drawings]
    panels = {slug: panels_of(drawing) for slug, drawing in drawings.items()}
    html = render(templates, "drawings/contact-sheet.html", exercises=exercises, panels=panels, width=picture_width)
    return write_pdf(html, files={picture.name: picture.data for each in panels.values() for picture in each})


def picture_width(panels: Sequence[PictureFile]) -> float:
    """How wide each panel can be (millimetres) where all stand in one cell, in as many rows as suits them best."""
    count, widest = len(panels), max(panel.ratio for panel in panels)
    wide, high = CELL
    fits = (min(wide / n, high / -(-count // n) * widest) for n in range(1, count + 1))
    return round(max(fits) - 1, 1)  # a millimetre lies between two


def met(report: Report) -> str:
    """How well a pose was met, in one line for its author."""
    (region, off), (joint, degrees) = report.contact, report.changed
    touch = f"{region} is {off:.1f} mm from what it rests on" if off else "nothing to rest on"
    unit = "cm" if joint.startswith("girdle") else "degrees"
    return f"{touch}; sinks {report.sinking:.1f} mm; most changed: {joint} by {degrees:.0f} {unit}"
