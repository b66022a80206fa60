"""Library -> the index that the site's search reads: a script and no JSON file, so that it also works from a disk."""

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
# A word that people type -> the word that our pages use for it.
SYNONYMS = {
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
_STOP_WORDS = """
a about after all an and any are as at be before but by can do does for from get has have how if in into is it its
no not of on one only or other our out so than that the their them then this to too up us was we what when where
which who will with you your
"""  # words that are on nearly every page


def search_script(library: Library) -> str:
    """Return a script that sets one global: the kinds of entries, the synonyms, and the entries.

    An entry is its kind, folder, name, summary, further words, and other names with `|` between them.
    """
    entries = [*_exercises(library), *_conditions(library), *_short_texts(library), *_glossary(library)]
    index = {"kinds": KINDS, "same": SYNONYMS, "entries": entries}
    return f"var siteIndex = {json.dumps(index, ensure_ascii=False, separators=(',', ':'))};\n"


def _entry(kind: int, folder: str, name: str, summary: str, texts: Iterable[str], also: Iterable[str] = ()) -> list[Any]:
    """Return one entry; of the further `texts` it holds each word once that name and summary lack."""
    known = {*_words(f"{name} {summary}"), *_STOP_WORDS.split()}
    further = sorted({word for text in texts for word in _words(text)} - known)
    return [kind, folder, name, summary, " ".join(further), "|".join(also)]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _item_texts(section: Section) -> Iterator[str]:
    return (inline(text).striptags() for text in section.items)


def _exercises(library: Library) -> Iterator[list[Any]]:
    for exercise in library.exercises.values():
        folder, texts = f"exercises/{exercise.slug}", _texts_about(exercise, library)
        yield _entry(_EXERCISE, folder, exercise.name, exercise.aim, texts, exercise.also)


def _texts_about(exercise: Exercise, library: Library) -> list[str]:
    conditions = {phase.partition("/")[0] for phase in exercise.phases}
    condition_names = [library.conditions[slug].short for slug in sorted(conditions)]
    position = exercise.position.replace("-", " ")
    return [*exercise.muscles, *exercise.equipment, *condition_names, exercise.slug, position, exercise.category]


def _conditions(library: Library) -> Iterator[list[Any]]:
    for condition in library.conditions.values():
        texts = [condition.slug, inline(condition.what.markdown).striptags()]
        yield _entry(_CONDITION, condition.slug, condition.name, condition.summary, texts, [condition.short])
    for phase in library.phases.values():
        condition = library.conditions[phase.condition]
        texts = [condition.short, condition.slug, phase.stem, *_item_texts(phase.goals)]
        yield _entry(_STEP, phase.slug, phase.name, f"{condition.name}. {phase.time_hint}", texts)


def _short_texts(library: Library) -> Iterator[list[Any]]:
    for topic in library.topics.values():
        texts = [topic.slug, *_item_texts(topic.in_short)]
        yield _entry(_TOPIC, f"topics/{topic.slug}", topic.name, topic.summary, texts)
    for flag in library.red_flags.values():
        signs = [*_item_texts(flag.signs)]
        yield _entry(_FLAG, f"red-flags/{flag.slug}", flag.name, signs[0], [flag.slug, *signs[1:]])
    for question, place in question_places(library):
        yield _entry(_QUESTION, place, question.name, inline(question.answer.markdown).striptags(), [question.slug])


def _glossary(library: Library) -> Iterator[list[Any]]:
    for word, plain in sorted(library.glossary.items()):
        yield [_WORD, f"glossary#{anchor(word)}", word, plain, "", ""]


def question_places(library: Library) -> Iterator[tuple[Question, str]]:
    """Yield each everyday question with its anchor on the page of the first condition or operation that it is for."""
    for slug, question in library.questions.items():
        if question.for_:
            yield question, f"{question.for_[0]}#question-{slug}"


def anchor(word: str) -> str:
    """Return the anchor of a word on the page of the glossary."""
    return "word-" + re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-")
