"""A few words of the user -> the start of a new content file, or of the clinic's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from handouts.app.clinics import NAME
from handouts.content.places import SLUG
from handouts.content.single_files import read_clinic
from handouts.content.skeletons import clinic_skeleton, exercise_skeleton
from handouts.errors import HandoutsError, display_path, unknown
from handouts.files.writing import PUBLIC, write_file
from handouts.model import CATEGORIES, JOBS, POSITIONS, SPINE_MOVES


def start_exercise(slug: str, category: str, content: Path, today: date) -> Path:
    """Write the skeleton of a new exercise and return its path; raises HandoutsError where the slug is wrong or taken."""
    if category not in CATEGORIES:
        raise HandoutsError(unknown("category", category, CATEGORIES))
    if not SLUG.fullmatch(slug):
        raise HandoutsError(f"'{slug}' is no slug: use small letters, digits and single hyphens")
    path = content / "exercises" / category / f"{slug}.md"
    if path.exists():
        raise HandoutsError(f"{display_path(path)} is there already: choose another slug")
    vocabularies = (", ".join(words) for words in (POSITIONS, SPINE_MOVES, JOBS))
    write_file(path, exercise_skeleton(slug, today, *vocabularies).encode(), PUBLIC)
    return path


def start_clinic(values: Mapping[str, str], folder: Path) -> Path:
    """Write the clinic.yaml of these values and return its path; raises HandoutsError where one is there, or one is wrong."""
    path = folder / NAME
    if path.exists():
        raise HandoutsError(f"{display_path(path)} is there already: change it in an editor")
    text = clinic_skeleton(values)
    read_clinic(text, display_path(path))
    write_file(path, text.encode(), PUBLIC)
    return path
