"""A pose -> its drawings for the author: as files, as a page of the preview, on a contact sheet of all exercises.

Files and pages come with a report of how well each pose was met.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handouts.content.figure_block import figure_of, figure_problem
from handouts.errors import HandoutsError, Problem, ProblemsError, display_path, unknown
from handouts.figure import Drawing, Figure, PoseError, Report, animate, draw
from handouts.files.document import Document
from handouts.files.text import read_text
from handouts.files.yaml_reader import parse_yaml
from handouts.model import Library
from handouts.pdf.writer import write_pdf
from handouts.pictures.drawings import USUAL_BODY, draw_all
from handouts.pictures.picture_files import PictureFile, panels_of
from handouts.pictures.raster import svg_to_png
from handouts.render.templates import Templates, render

POSE_ENDINGS = (".yaml", ".yml")
PIXELS = 1200  # width of a PNG
CELL = 84.0, 48.0  # millimetres for the pictures of one exercise on the contact sheet, two by four a page


@dataclass(frozen=True)
class Look:
    """How a figure is drawn; `side` is left or right, or None for the side that the file shows."""

    side: str | None = None
    body: str = USUAL_BODY
    moving: bool = False


@dataclass(frozen=True)
class DrawingFiles:
    """The files of one figure by name, and for each panel a line that says how well its pose was met."""

    files: dict[str, bytes]
    reports: tuple[str, ...]


def draw_exercise(slug: str, library: Library, look: Look) -> DrawingFiles:
    """Return the drawings of an exercise; raises HandoutsError where there is none, or where a pose cannot be shown."""
    if slug not in library.exercises:
        raise HandoutsError(unknown("exercise", slug, library.exercises))
    exercise = library.exercises[slug]
    if not exercise.figure:
        raise HandoutsError(f"{exercise.document.path}:1:1: has no 'figure:' yet [figure]")
    return _drawing_files(slug, exercise.figure, exercise.document, look)


def draw_file(path: Path, look: Look) -> DrawingFiles:
    """Return the drawings of a pose being written: a YAML file that holds the `figure:` of an exercise file."""
    document = _read_pose(path)
    return _drawing_files(path.stem, figure_of(document), document, look)


def drawing_pages(paths: Sequence[Path], templates: Templates) -> dict[str, bytes]:
    """Return a page and its pictures for each pose, by their path in the preview; raises HandoutsError with all problems."""
    if len({page_folder(path) for path in paths}) < len(paths):
        raise HandoutsError("two poses have the same file name, after which their pages are named: rename one")
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            files |= _page_files(path, templates)
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return files


def page_folder(path: Path) -> str:
    """Return the folder of a pose's page in the preview."""
    return f"drawings/{path.stem}/"


def _read_pose(path: Path) -> Document:
    return parse_yaml(read_text(path, display_path(path)), display_path(path))


def _page_files(path: Path, templates: Templates) -> dict[str, bytes]:
    document = _read_pose(path)
    drawing = _draw(figure_of(document), document, Look())
    reports = [report_line(report) for report in drawing.reports]
    page = render(templates, "site/drawing.html", stem=path.stem, drawing=drawing, reports=reports)
    panels = {f"{number}.svg": panel.encode() for number, panel in enumerate(drawing.panels, 1)}
    return {page_folder(path) + name: data for name, data in {"index.html": page.encode(), **panels}.items()}


def _drawing_files(name: str, figure: Figure, document: Document, look: Look) -> DrawingFiles:
    drawing = _draw(figure, document, look)
    files = dict(_still_files(name, drawing))
    if look.moving:
        files[f"{name}-moving.svg"] = animate(figure, mirror=_is_mirrored(figure, look), build=look.body).encode()
    reports = (f"{name} {number}: {report_line(report)}" for number, report in enumerate(drawing.reports, 1))
    return DrawingFiles(files, tuple(reports))


def _draw(figure: Figure, document: Document, look: Look) -> Drawing:
    if look.side and not figure.side:
        raise HandoutsError(f"{document.path}:1:1: the figure has no 'side:': leave --side out [figure]")
    try:
        return draw(figure, mirror=_is_mirrored(figure, look), build=look.body)
    except PoseError as error:
        raise figure_problem(document, error) from None


def _is_mirrored(figure: Figure, look: Look) -> bool:
    return look.side not in (None, figure.side)


def _still_files(name: str, drawing: Drawing) -> Iterator[tuple[str, bytes]]:
    for number, panel in enumerate(drawing.panels, 1):
        yield f"{name}-{number}.svg", panel.encode()
        yield f"{name}-{number}.png", svg_to_png(panel, PIXELS)


def contact_sheet(library: Library, templates: Templates) -> bytes:
    """Return a tagged PDF with every exercise that has a figure and its name, eight a page; raises as `draw_all` does."""
    drawings = draw_all(library)
    exercises = [exercise for slug, exercise in library.exercises.items() if slug in drawings]
    panels = {slug: panels_of(drawing) for slug, drawing in drawings.items()}
    html = render(templates, "drawings/contact-sheet.html", exercises=exercises, panels=panels, width=picture_width)
    files = {picture.name: picture.data for pictures in panels.values() for picture in pictures}
    return write_pdf(html, files=files)


def picture_width(panels: Sequence[PictureFile]) -> float:
    """Return how wide each panel can be (millimetres) if all fill one cell, in the number of rows that leaves them widest."""
    count, ratio = len(panels), max(panel.ratio for panel in panels)
    width, height = CELL
    widths = (min(width / columns, height / -(-count // columns) * ratio) for columns in range(1, count + 1))
    return round(max(widths) - 1, 1)  # leaves a gap of one millimetre between two panels


def report_line(report: Report) -> str:
    """Return one line for the author that says how well a pose was met."""
    (region, gap), (joint, degrees) = report.contact, report.changed
    contact = f"{region} is {gap:.1f} mm from what it rests on" if gap else "nothing to rest on"
    unit = "cm" if joint.startswith("girdle") else "degrees"
    return f"{contact}; sinks {report.sinking:.1f} mm; most changed: {joint} by {degrees:.0f} {unit}"
