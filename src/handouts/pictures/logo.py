"""The clinic's logo: a file beside its clinic.yaml, read from the disk and never fetched."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from handouts.errors import ProblemsError, display_path
from handouts.files.text import is_file, read_bytes, read_text
from handouts.files.yaml_reader import parse_yaml
from handouts.model import Clinic
from handouts.pictures.picture_files import PictureFile

MAX_BYTES = 500_000  # a logo is printed 13 mm wide
_SVG = "{http://www.w3.org/2000/svg}"
_FOREIGN = re.compile(r"@import|url\((?!\s*['\"]?#)", re.IGNORECASE)


def read_logo(clinic: Clinic) -> PictureFile | None:
    """Return the logo that a clinic names, from beside its clinic.yaml; None where it names none.

    Raises ProblemsError where there is no such file, or it is no SVG or PNG picture that can be printed as it is meant.
    """
    if not clinic.logo:
        return None
    home = Path(clinic.document.path).parent
    path, ending = home / clinic.logo, clinic.logo.rpartition(".")[2].lower()
    if not is_file(path):
        raise _clinic_error(home, f"there is no file '{clinic.logo}' beside this file")
    data = read_bytes(path, display_path(path), MAX_BYTES)
    if fault := _logo_fault(data, ending):
        raise _clinic_error(home, f"'{clinic.logo}' {fault}")
    return PictureFile(data, ending)


def _logo_fault(data: bytes, ending: str) -> str | None:
    """Return why a picture cannot be a logo; None where it can."""
    if ending == "svg":
        return _svg_fault(data)
    if ending == "png":
        from handouts.pictures.raster import png_fault  # imports resvg and Pillow, which an SVG logo does not need

        return png_fault(data)
    return "is no SVG or PNG picture"


def _svg_fault(data: bytes) -> str | None:
    """Return why an SVG file cannot be a logo: WeasyPrint would print nothing of it, or not as it was drawn."""
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, LookupError, ValueError):  # ValueError: an unknown encoding
        return "is no SVG picture, or it is damaged: save it anew"
    if root.tag != f"{_SVG}svg":
        return "is no SVG picture"
    if "viewBox" not in root.attrib and not {"width", "height"} <= root.attrib.keys():
        return "has no size: give its <svg> a viewBox"
    if any(element.tag == f"{_SVG}text" for element in root.iter()):
        return "has letters in a font that the sheet has not: turn them into paths in your drawing program"
    if any(_reaches_out(element) for element in root.iter()):
        return "holds or names another file: save it as a PNG picture"
    return None


def _reaches_out(element: ElementTree.Element) -> bool:
    """Return True if an element of a drawing needs something outside of the file."""
    targets = (value for name, value in element.attrib.items() if name.rpartition("}")[2] == "href")
    is_drawn = element.tag != f"{_SVG}a"
    return (is_drawn and any(not target.startswith("#") for target in targets)) or any(
        _FOREIGN.search(text) for text in (element.text or "", *element.attrib.values())
    )


def _clinic_error(home: Path, message: str) -> ProblemsError:
    """Return the error that points at the `logo` of a clinic.yaml."""
    path = home / "clinic.yaml"
    document = parse_yaml(read_text(path, display_path(path)), display_path(path))
    return ProblemsError([document.problem(f"logo: {message}", "logo", ("logo",))])
