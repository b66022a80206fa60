"""Rules on the steps of an exercise, which a patient reads while doing them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.errors import Problem
from handouts.lint.readability import sentences
from handouts.lint.text import PageText, Passage, Reading, any_of
from handouts.model import Exercise

MOST_STEPS = 7
TOO_MANY_MOVES = 3


def too_many_steps(reading: Reading) -> Iterator[Problem]:
    """More than seven steps do not stay in the mind, and the card has room for seven: merge, or make two exercises."""
    for _, steps in _exercises(reading):
        if len(steps) > MOST_STEPS:
            message = f"this is step {MOST_STEPS + 1} of {len(steps)}: at most {MOST_STEPS}"
            yield steps[MOST_STEPS].problem(message, "too-many-steps", warning=False)


def _exercises(reading: Reading) -> Iterator[tuple[Exercise, tuple[Passage, ...]]]:
    """Yield each exercise with its steps."""
    for text in reading.texts:
        if isinstance(text.page, Exercise):
            yield text.page, text.of("step")


# Words that steps begin with in place of a verb: "Your knee bends", "With straight legs".
_NO_VERB = (
    "a", "an", "the", "your", "you", "both", "one", "two", "three", "each", "every", "all", "this", "that", "these",
    "those", "it", "its", "there", "then", "now", "next", "first", "finally", "when", "while", "if", "as", "after",
    "before", "once", "until", "with", "without", "from", "in", "on", "at", "to", "by", "for", "of", "into", "over",
    "under", "and", "or", "but", "not", "feet", "knees", "legs", "arms", "hands", "heels", "toes", "hips", "palms",
    "elbows", "shoulders", "fingers", "chin", "head", "left", "right", "slow", "gentle",
)  # fmt: skip
_VERBS_IN_LY_OR_ING = ("apply", "rely", "fly", "bring", "swing", "spring", "cling", "sling", "ring")


def no_verb_first(reading: Reading) -> Iterator[Problem]:
    """The first word of a step is read by everyone: let it say what to do ("Lift your leg", not "The leg is lifted")."""
    for passage in reading.passages("step"):
        first = re.match(r"[*_\"'“‘(]*([^\W_]+)", passage.text)
        word = first[1].lower() if first else ""
        if word in _NO_VERB or not word.isalpha() or (word.endswith(("ly", "ing")) and word not in _VERBS_IN_LY_OR_ING):
            message = f"a step starts with what to do, not with '{first[1] if first else passage.text[:1]}'"
            yield passage.problem(message, "no-verb-first")


_PASSIVE = re.compile(
    r"(?<!\byou )\b(?:is|are|be|being|was|were|been) (?:not |now |then |\w+ly )?"
    r"(?P<done>\w{2,}ed|held|kept|put|brought|drawn|taken|done|made|led|hung|swung|spread)\b",
    re.IGNORECASE,
)
# Participles that state how something is, not what is done to it: "your back is supported", "if both sides are marked".
_STATES = (
    "supported", "relaxed", "tired", "crossed", "closed", "marked", "needed", "used", "rounded", "pointed",
)  # fmt: skip


def passive_voice(reading: Reading) -> Iterator[Problem]:
    """Nobody knows who lifts in "The leg is lifted", the patient or a helper: tell the patient to lift it."""
    for passage in reading.passages("step"):
        for match in _PASSIVE.finditer(passage.text):
            if match["done"].lower() not in _STATES:
                message = f"'{match[0]}' does not say who does it: tell the patient what to do"
                yield passage.problem(message, "passive-voice", match.start())


# Verbs that move a limb or the whole body. "Keep", "let", "look", "hold" and "breathe" only accompany a movement.
_MOVES = (
    "lie", "sit", "stand", "kneel", "lift", "lower", "raise", "drop", "bend", "straighten", "stretch", "press", "push",
    "pull", "squeeze", "tighten", "roll", "turn", "twist", "tip", "tilt", "lean", "slide", "step", "walk", "climb",
    "put", "place", "bring", "draw", "tuck", "reach", "nod", "rise", "sink", "swing", "sweep", "wrap", "cross", "curl",
    "arch", "round", "prop",
)  # fmt: skip
_MOVE = re.compile(rf"(?:^|[.!?;] |, (?:and |then )*| and (?:then )?| then )(?:{any_of(_MOVES)})\b", re.IGNORECASE)
_THEN = re.compile(r"[.!?] (?=(?:Then|Next(?! time)|After that|Now)\b)")
_SAME_AGAIN = re.compile(r"\b(?:change|changing|swap|same|again|other)\b", re.IGNORECASE)


def two_actions(reading: Reading) -> Iterator[Problem]:
    """One action a step: a patient looks up, does it, and looks for the next line.

    Meant are steps that hide a second step: a second sentence that begins with "Then", more than two sentences, or
    three movements. Not meant are what goes along with a move ("Tighten your belly and lift", "Keep breathing"), and
    changing sides or starting again.
    """
    for passage in reading.passages("step"):
        parts = list(sentences(passage.text))
        then = _THEN.search(passage.text)
        if len(parts) > 2:
            yield passage.problem("this step has more than two sentences: split it", "two-actions", parts[2].at)
        elif then and not _SAME_AGAIN.search(passage.text[then.end() :]):
            message = "a second action begins here: make it a step of its own"
            yield passage.problem(message, "two-actions", then.end())
        elif len(moves := list(_MOVE.finditer(passage.text))) >= TOO_MANY_MOVES:
            message = f"this step holds {len(moves)} movements: one or two fit into a step"
            yield passage.problem(message, "two-actions")


_COUNT = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)"
_DOSE = re.compile(
    rf"\b{_COUNT}(?: ?(?:to|or|-|–) ?{_COUNT})?(?: (?:more|slow|easy|full|deep))?[ -]?"
    r"(?:times|repeats?|repetitions?|reps?|sets?|rounds?|seconds?|secs?|s)\b"
    rf"|\b(?:hold|stay|count)(?: \w+)?(?: for| to) {_COUNT}\b|\brepeat(?: \w+)? (?:twice|{_COUNT})\b|\b\d+ ?[x×](?!\w)",
    re.IGNORECASE,
)
_MINUTES = re.compile(
    rf"(?<!warm up )(?<!cool down )\bfor {_COUNT}(?: ?(?:to|or|-|–) ?{_COUNT})? min(?:ute)?s?\b", re.IGNORECASE
)


def dose_in_steps(reading: Reading) -> Iterator[Problem]:
    """Sets, repeats and hold times stand in the dose strip, where the therapist changes them: a number in a step as well
    would tell the patient two things. Write "Hold for your set time" or "Do all your repeats".
    """
    for exercise, steps in _exercises(reading):
        for passage in steps:
            match = _DOSE.search(passage.text) or (exercise.dose.minutes and _MINUTES.search(passage.text))
            if match:
                message = f"'{match[0]}' is a dose, which the dose strip prints: write 'your set time' or 'your repeats'"
                yield passage.problem(message, "dose-in-steps", match.start(), warning=False)


_LIMBS = r"(?:sides?|legs?|arms?|foot|feet|hands?|knees?|heels?|hips?|shoulders?|elbows?|thighs?|calf)"
_CHANGES = re.compile(
    rf"\bchang(?:e|ing) (?:over|{_LIMBS})\b|\b(?:swap|switch) {_LIMBS}\b|\beach (?:side|leg|arm)\b(?! of)", re.IGNORECASE
)
_BOTH = re.compile(
    rf"{_CHANGES.pattern}|\b(?:the|your) other (?:{_LIMBS}|way|direction)\b|\bboth sides\b|\bside to side\b", re.IGNORECASE
)
_MARKED = re.compile(rf"\bmarked {_LIMBS}\b|\bsides? (?:is|are) marked\b", re.IGNORECASE)


def side_words(reading: Reading) -> Iterator[Problem]:
    """The sheet prints the side from `side:`; steps that say something else send the patient to the wrong leg.

    `each` needs words that change sides, or a left and a right. `marked` needs "your marked side", and no change of
    sides unless both are marked; so does `direction`, where both never are. `none` needs neither.
    """
    for text in reading.texts:
        if isinstance(text.page, Exercise):
            yield from _side_faults(text.page, text)


def _side_faults(exercise: Exercise, text: PageText) -> Iterator[Problem]:
    steps = " ".join(passage.text for passage in text.of("step"))
    left_and_right = re.search(r"\bleft\b", steps) and re.search(r"\bright\b", steps)
    if exercise.side == "each" and not _BOTH.search(steps) and not left_and_right:
        message = "side: 'each', but no step says to change sides"
        yield exercise.problem(message, "side-words", ("side",), warning=True)
    if exercise.side in ("marked", "direction") and not _MARKED.search(steps):
        message = f"side: '{exercise.side}', but no step says 'your marked side'"
        yield exercise.problem(message, "side-words", ("side",), warning=True)
    for passage in text.of("prose", "step"):
        if match := _wrong_side(exercise, passage):
            message = f"'{match[0]}' does not agree with 'side: {exercise.side}'"
            yield passage.problem(message, "side-words", match.start())


def _wrong_side(exercise: Exercise, passage: Passage) -> re.Match[str] | None:
    if exercise.side not in ("marked", "direction") and (match := _MARKED.search(passage.text)):
        return match
    both_marked = exercise.side == "marked" and "both" in passage.text
    return None if exercise.side == "each" or passage.kind != "step" or both_marked else _CHANGES.search(passage.text)
