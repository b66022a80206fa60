"""Which clinic hands a sheet out: its clinic.yaml is looked for near the patient's file. There is no clinic of ours."""

from __future__ import annotations

from pathlib import Path

from handouts.content.loader import load_clinic
from handouts.files.text import is_file
from handouts.model import Clinic

NAME = "clinic.yaml"


def nearest_clinic(folder: Path) -> Clinic | None:
    """Return the clinic of this folder, of the nearest folder above it, or of the current folder; None where none has one.

    Raises ProblemsError with the faults of the file that counts.
    """
    here = folder.absolute()
    places = (here, *here.parents, Path.cwd())
    found = next((place / NAME for place in places if is_file(place / NAME)), None)
    return load_clinic(found) if found else None
