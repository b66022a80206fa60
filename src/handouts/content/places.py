"""Where content files lie: the place of a file says what kind of page it holds, and its slug."""

from __future__ import annotations

import re
from typing import NamedTuple

from handouts.errors import unknown
from handouts.model import (
    CATEGORIES,
    Condition,
    ConditionFrontMatter,
    Exercise,
    ExerciseFrontMatter,
    FrontMatter,
    Page,
    Phase,
    PhaseFrontMatter,
    Precaution,
    PrecautionFrontMatter,
    Question,
    QuestionFrontMatter,
    RedFlag,
    RedFlagFrontMatter,
    Topic,
    TopicFrontMatter,
)

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PLACES = (
    "exercises/<category>/<slug>.md, conditions/<condition>/<phase>.md, conditions/<condition>/<procedure>/<phase>.md, "
    "precautions/<slug>.md, education/<slug>.md, everyday/<slug>.md, red-flags/<slug>.md, clinic.yaml, glossary.yaml, "
    "pain-rule.yaml, seeds.yaml, sources.yaml; "
    "a translation beside its source: <slug>.<language>.md, pain-rule.<language>.yaml"
)


class PagePlace(NamedTuple):
    """What a file is by where it lies."""

    front_matter: type[FrontMatter]
    page: type[Page]
    slug: str


def page_place(name: str) -> PagePlace | None:
    """Return what the file of this name below its layer is; None where no page lies there."""
    parts = tuple(name.removesuffix(".md").split("/"))
    if not name.endswith(".md"):
        return None
    match parts:
        case ("exercises", _, stem):
            return PagePlace(ExerciseFrontMatter, Exercise, stem)
        case ("education", stem):
            return PagePlace(TopicFrontMatter, Topic, stem)
        case ("everyday", stem):
            return PagePlace(QuestionFrontMatter, Question, stem)
        case ("precautions", stem):
            return PagePlace(PrecautionFrontMatter, Precaution, stem)
        case ("red-flags", stem):
            return PagePlace(RedFlagFrontMatter, RedFlag, stem)
        case ("conditions", *above, "_index") if 1 <= len(above) <= 2:
            return PagePlace(ConditionFrontMatter, Condition, "/".join(above))
        case ("conditions", *above, stem) if 1 <= len(above) <= 2:
            return PagePlace(PhaseFrontMatter, Phase, "/".join((*above, stem)))
    return None


def name_fault(name: str, page: type[Page]) -> str | None:
    """Return what is wrong with a file's folder or slug; None where nothing is."""
    parts = name.removesuffix(".md").split("/")
    if page is Exercise and parts[1] not in CATEGORIES:
        return unknown("category", parts[1], CATEGORIES)
    names = [part for part in parts[1:] if part != "_index"]
    wrong = next((part for part in names if not SLUG.fullmatch(part)), None)
    return f"'{wrong}' is no slug: use small letters, digits and single hyphens" if wrong else None
