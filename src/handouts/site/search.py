"""What the site's search looks through: one list of everything, as a script, so that it works from a disk as well."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from handouts.files.markdown import Section
from handouts.model import Exercise, Library, Question
from handouts.render.markdown import inline

KINDS = ("Exercise", "Good to know", "Condition", "Step", "Warning sign", "Word", "Question")
_EXERCISE, _TOPIC, _CONDITION, _STEP, _FLAG, _WORD, _QUESTION = range(len(KINDS))
# A word that people type -> the word of ours that they mean.
SAME = {
    "abdominal": "belly", "abs": "belly", "core": "belly", "stomach": "belly", "tummy": "belly",
    "bottom": "buttock", "bum": "buttock", "butt": "buttock", "glute": "buttock",
    "pee": "urine", "wee": "urine", "poo": "stool", "poop": "stool", "toilet": "bladder",
    "drugs": "medicines", "painkillers": "medicines", "pills": "medicines", "tablets": "medicines",
    "mattress": "sleep", "insomnia": "sleep", "night": "sleep",
    "computer": "screens", "laptop": "screens", "mobile": "phone", "desk": "sitting", "office": "sitting",
    "drive": "car", "driving": "car", "bicycle": "bike", "cycle": "bike", "cycling": "bike", "swim": "swimming",
    "operation": "surgery", "temperature": "fever", "cigarettes": "smoking", "tobacco": "smoking", "vaping": "smoking",
    "twist": "turn", "rotate": "turn", "rotation": "turn", "lower": "low", "prolapse": "slipped", "herniated": "slipped",
    "bulging": "slipped", "hernia": "slipped", "relapse": "flares", "setback": "flares", "hurts": "pain", "sore": "pain",
}  # fmt: skip
_DULL = """
a about after all an and any are as at be before but by can do does for from get has have how if in into is it its
no not of on one only or other our out so than that the their them then this to too up us was we what when where
which who will with you your
"""  # words that tell nothing apart


def search_script(library: Library) -> str:
    """A script that sets one global: the kinds, what means the same, and everything that can be found.

    An entry is its kind, folder, name, summary, further words, and other names with `|` between them.
    """
    entries = [*_exercises(library), *_conditions(library), *_texts(library), *_glossary(library)]
    said = {"kinds": KINDS, "same": SAME, "entries": entries}
    return f"var siteIndex = {json.dumps(said, ensure_ascii=False, separators=(',', ':'))};\n"


def _entry(kind: int, folder: str, name: str, summary: str, words: Iterable[str], also: Iterable[str] = ()) -> list[Any]:
    """One entry; `words` are further texts, of which each word is kept once that name and summary lack."""
    known = {*_words(f"{name} {summary}"), *_DULL.split()}
    more = sorted({word for text in words for word in _words(text)} - known)
    return [kind, folder, name, summary, " ".join(more), "|".join(also)]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _plain(section: Section) -> Iterator[str]:
    return (inline(text).striptags() for text in section.items)


def _exercises(library: Library) -> Iterator[list[Any]]:
    for exercise in library.exercises.values():
        folder, words = f"exercises/{exercise.slug}", _about(exercise, library)
        yield _entry(_EXERCISE, folder, exercise.name, exercise.aim, words, exercise.also)


def _about(exercise: Exercise, library: Library) -> list[str]:
    conditions = {phase.partition("/")[0] for phase in exercise.phases}
    places = [library.conditions[slug].short for slug in sorted(conditions)]
    position = exercise.position.replace("-", " ")
    return [*exercise.muscles, *exercise.equipment, *places, exercise.slug, position, exercise.category]


def _conditions(library: Library) -> Iterator[list[Any]]:
    for condition in library.conditions.values():
        words = [condition.slug, inline(condition.what.markdown).striptags()]
        yield _entry(_CONDITION, condition.slug, condition.name, condition.summary, words, [condition.short])
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
    for question, place in answered(library):
        yield _entry(_QUESTION, place, question.name, inline(question.answer.markdown).striptags(), [question.slug])


def _glossary(library: Library) -> Iterator[list[Any]]:
    for word, plain in sorted(library.glossary.items()):
        yield [_WORD, f"glossary#{anchor(word)}", word, plain, "", ""]


def answered(library: Library) -> Iterator[tuple[Question, str]]:
    """Each everyday question, and its place on the page of the first condition or operation that it is for."""
    return (
        (question, f"{question.for_[0]}#question-{slug}") for slug, question in library.questions.items() if question.for_
    )


def anchor(word: str) -> str:
    """The place of a word on the glossary's page."""
    return "word-" + re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-")
