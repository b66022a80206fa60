"""Starts of new content files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handouts.content.places import SLUG
from handouts.content.skeletons import exercise_skeleton
from handouts.errors import HandoutsError, display_path, unknown
from handouts.files.writing import PUBLIC, write_file
from handouts.model import CATEGORIES, POSITIONS, PRECAUTIONS, SPINE_MOVES


def start_exercise(slug: str, category: str, content: Path, today: date) -> Path:
    """Write the skeleton of a new exercise; raises HandoutsError where the name is wrong or taken."""
    if category not in CATEGORIES:
        raise HandoutsError(unknown("category", category, CATEGORIES))
    if not SLUG.fullmatch(slug):
        raise HandoutsError(f"'{slug}' is no slug: use small letters, digits and single hyphens")
    target = content / "exercises" / category / f"{slug}.md"
    if target.exists():
        raise HandoutsError(f"{display_path(target)} is there already: choose another slug")
    words = (", ".join(names) for names in (POSITIONS, SPINE_MOVES, PRECAUTIONS))
    write_file(target, exercise_skeleton(slug, today, *words).encode(), PUBLIC)
    return target
