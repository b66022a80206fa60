"""One sign, one answer: warning signs on cards, phases, topics, questions and precautions say what the red flags say.

The table is a second reading of the clinical notes (their table of signs and urgencies), in words that a patient reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.faults import replaced
from support.library import LIBRARY
from support.written import CONTENT

from handouts.content.loader import load_library
from handouts.content.translations import sections_of, words_of
from handouts.model import Library, Page, RedFlag

# In this order: what is found is taken out of the sentence, so that "growing leg weakness" is not found as "weakness" too.
SIGNS = {
    # the emergency number now
    r"fever.*(weakness|numbness|bladder)|confused|blotchy": "emergency",
    r"serious accident": "emergency",
    r"tearing|throbbing pain in your belly": "emergency",
    r"(pain|numbness|weakness|signs) in both legs|^in both legs": "emergency",
    r"inner thighs|back passage|between your legs|genital|wiping|erection": "emergency",
    r"\burine\b|bladder|bowel|\bstool\b": "emergency",
    r"bad constipation": "emergency",
    r"leg weakness (is getting worse|that is getting worse|grows)": "emergency",
    r"chest (pain|feels)|with chest pain|your heart races|cough up blood|collapse": "emergency",
    r"(suddenly|sudden) (short of breath|breathlessness)": "emergency",
    r"noisy breathing|breathing (is hard|that is hard work)": "emergency",
    r"swallow your own spit|neck that is getting bigger|tight feeling, as if|voice (that )?quickly gets worse": "emergency",
    r"(dizziness that|it) is new and lasts": "emergency",
    r"see double|your sight changes|speech is slurred|face feels numb|drop to the ground": "emergency",
    r"worst headache|new trouble with swallowing|stays hard|heavy bleeding": "emergency",
    r"clumsy.*gets? worse|gets worse fast": "emergency",
    # the same day
    r"clumsy|walk(ing turns)? unsteadi?ly?|heavy or stiff|numbness in your arms and legs|electric shock": "same-day",
    r"cannot lift your arm|one foot drags|grip fails|weakness in an arm that is getting worse": "same-day",
    r"rising on one foot gets harder|weakness that is new or grows|new (numbness or )?weakness": "same-day",
    r"fever|chills|small fall or lift": "same-day",
    r"(calf|thigh|leg).*(swollen|swelling|sore|warm|hot|painful)|(swelling in|swollen) (one )?calf": "same-day",
    r"(scar|wound).*(red|leak|open|hot|bulge)|redness|\bpus\b": "same-day",
    r"bulge under the scar|edges of the wound|red streaks": "same-day",
    r"pain that is suddenly much worse": "same-day",
    r"headache that eases lying down|such a headache|stiff neck|watery fluid": "same-day",
    r"chokes? |voice sounds wet|food sticks|not eating": "same-day",
    r"^bleeding|fluid that leaks|belly tightens|faint, or have a bad headache": "same-day",
    r"out of breath before|baby moves less": "same-day",
    # within 2 days
    r"pain at night|losing weight|had cancer|new lump|between your shoulder blades": "call",
    r"pain from before|old leg pain": "call",
    r"dizz": "call",
}
ACTIONS = {
    "emergency": r"emergency number|emergency department|is an emergency|help at once",
    "same-day": r"today|the same day",
    "call": r"within 2 days",
    "no urgency": r"\b(call|tell|ask|see) (us|the clinic|your [a-z ]*(team|therapist|surgeon))|get (help|checked)|, and call",
}
NOT_AN_ANSWER = r"If no one answers, go to the emergency department\.|Tell us (too )?of .*?\."


def sentences(page: Page) -> Iterator[list[str]]:
    """Yield the sentences of every paragraph and list entry that a patient reads."""
    words = [value if isinstance(value, tuple) else (value,) for value in words_of(page).values()]
    texts = [text for value in words for text in value if isinstance(text, str)]
    texts += [line for section in sections_of(page).values() for line in section.markdown.split("\n")]
    for text in texts:
        plain = re.sub(NOT_AN_ANSWER, "", re.sub(r"^(- |\d+\. )", "", text))
        yield [sentence for sentence in re.split(r"(?<=[.:])\s+", plain) if sentence]


def signs_in(sentence: str) -> dict[str, str]:
    """The signs that a sentence names, with the urgency of each."""
    found = {}
    for sign, tier in SIGNS.items():
        rest = re.sub(sign, " ", sentence, flags=re.IGNORECASE)
        if rest != sentence:
            found[sign], sentence = tier, rest
    return found


def action_in(sentence: str) -> str | None:
    """What a sentence tells the patient to do: the first of ACTIONS that is in it."""
    return next((tier for tier, words in ACTIONS.items() if re.search(words, sentence, re.IGNORECASE)), None)


def contradictions(library: Library) -> list[str]:
    """The sentences that answer a sign otherwise than the table does; one without a sign is about the sign before it."""
    found = []
    for page in library.pages():
        for paragraph in sentences(page):
            named = {"": str(page.urgency)} if isinstance(page, RedFlag) else {}
            for sentence in paragraph:
                named = signs_in(sentence) or named
                action = action_in(sentence)
                if action and named and action not in named.values():
                    found.append(f"{page.slug}: '{sentence}' says {action}, not {' or '.join(sorted({*named.values()}))}")
    return found


def wrong_tiers(library: Library) -> list[str]:
    """The signs of red flags that the table does not know, or knows as another urgency than that of their file."""
    signs = [(flag, sign) for flag in library.red_flags.values() for sign in flag.signs.items]
    told = [(flag, sign, {*signs_in(sign).values()}) for flag, sign in signs]
    return [
        f"{flag.slug}: '{sign}' is {flag.urgency}, not {tiers}" for flag, sign, tiers in told if flag.urgency not in tiers
    ]


def test_every_sign_of_the_red_flags_has_the_urgency_of_the_notes() -> None:
    assert wrong_tiers(LIBRARY) == []


def test_no_page_gives_a_sign_another_answer_than_the_red_flags() -> None:
    assert contradictions(LIBRARY) == []


def test_the_answers_are_found_on_many_pages() -> None:
    """The comparison must see what it compares: cards, phases, topics and red flags that name a sign and say what to do."""
    kinds = set()
    for page in LIBRARY.pages():
        for paragraph in sentences(page):
            if any(map(signs_in, paragraph)) and any(map(action_in, paragraph)):
                kinds.add(type(page).__name__)
    assert {"Exercise", "Phase", "Condition", "Topic", "RedFlag", "Precaution"} <= kinds


WRONG = [  # what was once printed, or nearly
    ("red-flags/acdf-swallowing.md", "Call the clinic today about any", "Call the clinic about any"),
    ("exercises/recovery/cervical-retraction.md", "- You feel dizzy. Sit down", "- You feel dizzy. Call us today. Sit down"),
    ("exercises/aerobic/walking.md", "breathlessness. Call the emergency number.", "breathlessness. Call the clinic."),
    (
        "exercises/stretching/calf-stretch.md",
        "newly sore. Get medical help the same day.",
        "newly sore. Tell us within 2 days.",
    ),
    ("education/swallow-voice.md", "today if you cough or choke on drinks, food", "if you cough or choke on drinks, food"),
    ("education/sleep.md", "Call the clinic within 2 days.", "Call the clinic."),
    ("precautions/clot-risk.md", "call the same day.", "tell us within 2 days."),
    ("conditions/post-op/discectomy/_index.md", "For new weakness, call the same day.", "For new weakness, tell your team."),
    ("red-flags/old-pain-back.md", "call today. With signs", "call the emergency number. With signs"),
]


@pytest.mark.parametrize(("file", "old", "new"), WRONG)
def test_another_answer_on_any_page_is_found(tmp_path: Path, file: str, old: str, new: str) -> None:
    changed = tmp_path / file
    changed.parent.mkdir(parents=True)
    changed.write_text(replaced((CONTENT / file).read_text("utf-8"), old, new), "utf-8")
    assert len(contradictions(load_library([CONTENT, tmp_path]))) > 0


@pytest.mark.parametrize(("slug", "urgency"), [("fever-or-fall", "call"), ("chest", "same-day"), ("unwell", "emergency")])
def test_another_urgency_of_a_red_flag_is_found(slug: str, urgency: str) -> None:
    flag = LIBRARY.red_flags[slug].model_copy(update={"urgency": urgency})
    assert len(wrong_tiers(_with(flag))) == len(flag.signs.items)


def _with(flag: RedFlag) -> Library:
    return replace(LIBRARY, red_flags={**LIBRARY.red_flags, flag.slug: flag})
