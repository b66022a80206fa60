"""What the site's search looks through: one list of everything, as a script, so that it works from a disk as well."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from handouts.frontmatter import Section
from handouts.model import Exercise, Library
from handouts.render import inline

KINDS = ("Exercise", "Good to know", "Condition", "Step", "Warning sign", "Word")
_EXERCISE, _TOPIC, _CONDITION, _STEP, _FLAG, _WORD = range(len(KINDS))
# Words that people type, by the word of ours that they mean.
SAME = {
    "belly": "abdominal abs core stomach tummy",
    "buttock": "bottom bum butt glute",
    "buttocks": "bottom bum butt glutes",
    "urine": "pee wee",
    "stool": "poo poop",
    "medicines": "drugs painkillers pills tablets",
    "walking": "stroll walk",
    "weakness": "weak",
    "sleep": "bed mattress night",
    "screens": "computer desk laptop",
    "sitting": "desk office",
    "car": "drive driving",
    "bike": "bicycle cycle cycling",
    "swimming": "pool swim",
    "leg": "sciatica",
    "surgery": "operation",
    "operation": "surgery",
    "breathing": "breath breathe",
    "fever": "temperature",
    "smoking": "cigarettes tobacco vaping",
    "collar": "brace",
    "twisting": "twist",
    "turn": "rotation twist",
    "squat": "squats",
    "bridge": "bridges",
}
_DULL = """
a about after all an and any are as at be before but by can do does for from get has have how if in into is it its
no not of on one only or other our out so than that the their them then this to too up us was we what when where
which who will with you your
"""  # words that tell nothing apart


def search_script(library: Library) -> str:
    """A script that sets one global: the kinds, and for each entry its kind, folder, name, summary and further words."""
    said = {"kinds": KINDS, "entries": [*_exercises(library), *_conditions(library), *_texts(library), *_glossary(library)]}
    return f"var siteIndex = {json.dumps(said, ensure_ascii=False, separators=(',', ':'))};\n"


def _entry(kind: int, folder: str, name: str, summary: str, words: Iterable[str]) -> list[Any]:
    """One entry; `words` are further texts, of which each word is kept once that name and summary lack."""
    known = set(_words(f"{name} {summary}"))
    more = dict.fromkeys(word for text in words for word in _words(text))
    same = " ".join(SAME[word] for word in (*known, *more) if word in SAME)
    kept = [word for word in dict.fromkeys([*more, *same.split()]) if word not in known and word not in _DULL.split()]
    return [kind, folder, name, summary, " ".join(sorted(kept))]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _plain(section: Section) -> Iterator[str]:
    return (inline(text).striptags() for text in section.items)


def _exercises(library: Library) -> Iterator[list[Any]]:
    for exercise in library.exercises.values():
        yield _entry(_EXERCISE, f"exercises/{exercise.slug}", exercise.name, exercise.aim, _about(exercise, library))


def _about(exercise: Exercise, library: Library) -> list[str]:
    conditions = {phase.partition("/")[0] for phase in exercise.phases}
    places = [library.conditions[slug].short for slug in sorted(conditions)]
    position = exercise.position.replace("-", " ")
    return [*exercise.also, *exercise.muscles, *exercise.equipment, *places, exercise.slug, position, exercise.category]


def _conditions(library: Library) -> Iterator[list[Any]]:
    for condition in library.conditions.values():
        yield _entry(_CONDITION, condition.slug, condition.name, condition.summary, [condition.short, condition.slug])
    for phase in library.phases.values():
        condition = library.conditions[phase.condition]
        where = [condition.short, condition.slug, phase.stem, *_plain(phase.goals)]
        yield _entry(_STEP, phase.slug, phase.name, f"{condition.name}. {phase.time_hint}", where)


def _texts(library: Library) -> Iterator[list[Any]]:
    for topic in library.topics.values():
        words = [topic.slug, *_plain(topic.in_short)]
        yield _entry(_TOPIC, f"topics/{topic.slug}", topic.name, topic.summary, words)
    for flag in library.red_flags.values():
        signs = [*_plain(flag.signs)]
        yield _entry(_FLAG, f"red-flags/{flag.slug}", flag.name, signs[0], [flag.slug, *signs[1:]])


def _glossary(library: Library) -> Iterator[list[Any]]:
    for word, plain in sorted(library.glossary.items()):
        yield [_WORD, f"glossary#{anchor(word)}", word, plain, ""]


def anchor(word: str) -> str:
    """The place of a word on the glossary's page."""
    return "word-" + re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-")
