"""A slug -> the skeleton of a new content file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handouts.content.places import SLUG
from handouts.content.skeletons import exercise_skeleton
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
