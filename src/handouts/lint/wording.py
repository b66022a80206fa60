"""Rules on the words a patient reads: length, hard words, numbers, and letters that the font lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from handouts.errors import Problem
from handouts.fonts import unprintable
from handouts.lint.readability import FORMULAS, Sentence, sentences
from handouts.lint.text import PageText, Passage, Reading, any_of
from handouts.model import Condition, Library, Page, Phase

ENOUGH_WORDS = 30  # formulas made for whole texts say nothing about a shorter one
LONGEST_SENTENCE = 20
AVERAGE_SENTENCE = 12

SentenceIn = tuple[Passage, Sentence]  # a sentence with its passage, which knows its place


def _sentences(passages: Iterable[Passage]) -> list[SentenceIn]:
    return [(passage, sentence) for passage in passages for sentence in sentences(passage.text) if sentence.words]


def _parts(text: PageText) -> Iterator[tuple[str, list[SentenceIn]]]:
    """Yield the steps and the other text separately: in one average short steps would hide long sentences."""
    yield "the steps", _sentences(text.of("step"))
    yield "the text", _sentences(text.of("prose"))


def hard_to_read(reading: Reading) -> Iterator[Problem]:
    """Half of all adults read no better than a sixth-grader, and pain and fear lower that: short sentences, short words."""
    if not (formula := FORMULAS.get(reading.language)):
        return  # a formula belongs to one language
    for text in reading.texts:
        for part, placed in _parts(text):
            sample = [sentence for _, sentence in placed]
            if sum(len(sentence.words) for sentence in sample) < ENOUGH_WORDS:
                continue
            level = formula.score(sample)
            if formula.harder(level, formula.advised):
                passage, hardest = max(placed, key=lambda pair: -formula.easier * formula.score([pair[1]]))
                report = formula.report.format(level=level, advised=formula.advised, limit=formula.limit)
                message = f"{part} of this page {report}. The hardest sentence starts here"
                warning = not formula.harder(level, formula.limit)
                yield passage.problem(message, "hard-to-read", hardest.at, warning=warning)


def long_sentence(reading: Reading) -> Iterator[Problem]:
    """Whoever reads a line while lying on the floor in pain has lost its start by the twentieth word: make two sentences."""
    for passage, sentence in _sentences(reading.passages("prose", "step")):
        if (count := len(sentence.words)) > LONGEST_SENTENCE:
            message = f"this sentence has {count} words: at most {LONGEST_SENTENCE}; make two of it"
            yield passage.problem(message, "long-sentence", sentence.at)


def long_average(reading: Reading) -> Iterator[Problem]:
    """One sentence of twenty words is fine, a page of them is not: 12 words on average, steps and other text apart."""
    for text in reading.texts:
        for part, placed in _parts(text):
            counts = [len(sentence.words) for _, sentence in placed]
            if sum(counts) >= ENOUGH_WORDS and sum(counts) / len(counts) > AVERAGE_SENTENCE:
                passage, longest = placed[counts.index(max(counts))]
                message = (
                    f"the sentences of {part} have {sum(counts) / len(counts):.1f} words on average: "
                    f"at most {AVERAGE_SENTENCE}. The longest starts here"
                )
                yield passage.problem(message, "long-average", longest.at)


def clinical_word(reading: Reading) -> Iterator[Problem]:
    """A word from the clinic is a locked door: say the plain word, or explain the term on the page where it stands.

    The words and their plain ones are in glossary.yaml. A term counts as explained where the page, or a condition's
    page above it, says what it means ("this is called a fusion", "ACDF is short for ...", "back passage (anus)"). A
    page may be named by one whose plain words it uses: "Prone leg lift" says "Lie face down".
    """
    pattern = _terms(reading.library.glossary)
    texts = {text.page.document.path: text for text in reading.texts}
    for text in reading.texts:
        above = [texts[page.document.path] for page in _pages_above(text.page, reading.library)]
        explained = {term for page_text in (text, *above) for term in _explained(page_text, pattern)}
        for passage in text.passages:
            for match in pattern.finditer(passage.text):
                plain = reading.library.glossary[match[1].lower()]
                if match[1].lower() not in explained and not _is_name(passage, plain, text):
                    message = f"'{match[0]}' is a clinical word: write '{plain}', or explain it on this page"
                    yield passage.problem(message, "clinical-word", match.start())


def _terms(glossary: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(rf"\b({any_of(glossary)})s?\b", re.IGNORECASE)


_INTRODUCES = re.compile(
    r"\((?=$)|\b(?:called|call (?:this|it|them|these)|known as|is short for|stands for|in (?:plain|other) words)\b",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(r" ?\(| (?:means|is short for|stands for|(?:is|are) an?|is the)\b")


def _explained(text: PageText, pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield the terms that the page explains, before them in the sentence ("called a ...") or right after ("means")."""
    for _, sentence in _sentences(text.of("prose", "step")):
        for match in pattern.finditer(sentence.text):
            if _INTRODUCES.search(sentence.text[: match.start()]) or _EXPLAINS.match(sentence.text, match.end()):
                yield match[1].lower()


def _pages_above(page: Page, library: Library) -> Iterator[Condition]:
    """Yield the condition's page that introduces this one, and the one above that."""
    slug = page.condition if isinstance(page, Phase) else page.parent if isinstance(page, Condition) else ""
    while slug in library.conditions:
        yield library.conditions[slug]
        slug = library.conditions[slug].parent


def _is_name(passage: Passage, plain: str, text: PageText) -> bool:
    """Return True for the name of a page that also says the plain word, and for a name to look the page up by (`also`)."""
    if passage.key == "name":
        return any(plain in body.text.lower() for body in text.of("prose", "step"))
    return passage.key == "also"


_AMOUNT = r"\d+(?:[.,]\d+)?(?: ?(?:to|or|and|-|–) ?\d+(?:[.,]\d+)?)?"
_NUMBER = re.compile(
    rf"""
    (?<![\w.,:/°-])  (?!(?:19|20)\d\d\b)                 # not within a word or a time of day; no year
    ({_AMOUNT.replace(" ", "[ ]")})
    (?P<glued>(?!(?:st|nd|rd|th)\b)[A-Za-z]+)?  (?!\w|[:/]\d)
    (?P<after>[ -]?[°%A-Za-z]+)?
    """,
    re.VERBOSE,
)
_SCORED = re.compile(r"\b(?:scores?|scale|rate)\b", re.IGNORECASE)
# "Week 6", "3 out of 10": what is counted stands before the number.
_COUNTED_BEFORE = re.compile(
    r"\b(?:weeks?|months?|days?|steps?|stage|phase|number|level|page|grade|part|line|age|out of) $", re.IGNORECASE
)
_NO_UNIT = (
    "a", "about", "after", "again", "all", "an", "and", "are", "as", "at", "back", "be", "before", "but", "by", "down",
    "each", "every", "for", "from", "go", "if", "into", "is", "it", "its", "left", "no", "on", "onto", "or", "over",
    "per", "right", "so", "than", "that", "the", "then", "this", "to", "until", "up", "when", "while", "with", "you",
    "your",
)  # fmt: skip


def bare_number(reading: Reading) -> Iterator[Problem]:
    """A bare "Hold 10" can be breaths, seconds or minutes: a number says of what, in whole words."""
    for passage in reading.passages("prose", "step"):
        for match in _NUMBER.finditer(passage.text):
            if match["glued"]:
                message = f"'{match[0]}': write the unit as a word of its own, such as '6 seconds'"
                yield passage.problem(message, "bare-number", match.start())
            elif not _has_unit(passage.text, match):
                message = f"'{match[1]}' has no unit: say of what, such as '10 times' or '6 seconds'"
                yield passage.problem(message, "bare-number", match.start())


def _has_unit(text: str, match: re.Match[str]) -> bool:
    if _COUNTED_BEFORE.search(text[: match.start()]) or _SCORED.search(text):
        return True
    unit = (match["after"] or "").strip(" -").lower()
    return bool(unit) and unit not in _NO_UNIT and not unit.endswith("ly")


_SHORTHAND = re.compile(r"\d+ ?[-–] ?\d+|\d+ ?%|\b\d+/\d+")


def number_shorthand(reading: Reading) -> Iterator[Problem]:
    """Some read "6-10" as a sum, and "50 %" or "1/2" ask for one: write "6 to 10" or "half", and leave no sum to do."""
    for passage in reading.passages("prose", "step"):
        for match in _SHORTHAND.finditer(passage.text):
            message = f"'{match[0]}': write it in words, such as '6 to 10' or 'half'"
            yield passage.problem(message, "number-shorthand", match.start())


_WEIGHT = re.compile(
    rf"\b(?:{_AMOUNT}|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty)"
    r"[ -]?(?:kg|kgs|kilos?|kilogram(?:me)?s?|lbs?|pounds?)\b",
    re.IGNORECASE,
)


_LOSES_WEIGHT = re.compile(r"\blos(?:e|ing|t)\b", re.IGNORECASE)


def surgeons_number(reading: Reading) -> Iterator[Problem]:
    """How much a patient may lift is the surgeon's to say, and surgeons differ: a weight in our words would overrule them.

    Write "your lifting limit": the sheet prints the limit of this patient, or a blank line for it.
    """
    for passage in reading.passages("label", "prose", "step"):
        for sentence in sentences(passage.text):
            for match in () if _LOSES_WEIGHT.search(sentence.text) else _WEIGHT.finditer(sentence.text):
                message = f"'{match[0]}' is a number of the surgeon's or therapist's: write 'your lifting limit'"
                yield passage.problem(message, "surgeons-number", sentence.at + match.start(), warning=False)


def unprintable_letter(reading: Reading) -> Iterator[Problem]:
    """A letter that the sheet's font lacks is printed as an empty box, or not at all: no dose may hang on a box."""
    for passage in reading.passages("label", "prose", "step"):
        for letter in unprintable(passage.text):
            message = f"the sheet's font has no '{letter}' (U+{ord(letter):04X}): write it another way"
            yield passage.problem(message, "unprintable-letter", passage.text.index(letter), warning=False)
