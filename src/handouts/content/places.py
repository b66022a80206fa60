"""Where content files lie: the place of a file says what kind of page it holds, and its slug."""

from __future__ import annotations

import re
from typing import NamedTuple

from handouts.errors import unknown
from handouts.model import (
    CATEGORIES,
    CONDITIONS,
    PROCEDURES,
    Condition,
    ConditionFrontMatter,
    Exercise,
    ExerciseFrontMatter,
    FrontMatter,
    Page,
    Phase,
    PhaseFrontMatter,
    Question,
    QuestionFrontMatter,
    RedFlag,
    RedFlagFrontMatter,
    Topic,
    TopicFrontMatter,
)

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PLACES = (
    "exercises/<category>/<slug>.md, conditions/<condition>/<phase>.md, conditions/post-op/<procedure>/<phase>.md, "
    "education/<slug>.md, everyday/<slug>.md, red-flags/<slug>.md, clinic.yaml, glossary.yaml, pain-rule.yaml, seeds.yaml, "
    "sources.yaml; "
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
    if page in (Condition, Phase) and parts[1] not in CONDITIONS:
        return unknown("condition", parts[1], CONDITIONS)
    if len(parts) == 4 and (parts[1] != "post-op" or parts[2] not in PROCEDURES):
        return unknown("procedure of post-op", parts[2], PROCEDURES)
    if parts[-1] != "_index" and not SLUG.fullmatch(parts[-1]):
        return f"'{parts[-1]}' is no slug: use small letters, digits and single hyphens"
    return None
