"""The texts of new content files, with comments for their authors."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from string import Template

from handouts.content.translations import fingerprint, sections_of, words_of
from handouts.model import Noun, Page, PainRule

# `name` is filled from the slug; every other value is an example the author replaces.
_EXERCISE = Template("""\
---
name: $name
aim: Say in one sentence what it does for the patient.
position: face-up  # $positions
equipment: [mat]  # [] for none
muscles: [gluteus maximus]  # for the therapist
side: none  # none; each (both sides in turn); marked (the therapist sets the side); direction (and the way)
spine: [neutral]  # $spine_moves
phases: [lumbar/subacute]  # in which it may be chosen: see 'handouts list'
ask-first: []  # in which a therapist must allow it by name
contraindications: []  # precautions against it beyond what its kinds say, such as osteoporosis
job: limb  # $jobs
rung: 50  # its place among those of the same job: 1 is the easiest; ours stand in the files of content/exercises
kinds: []  # how it loads or moves the body: see docs/authors/kinds.md; by these the precautions bar it
dose: {sets: 1, reps: 6-10, hold: 5 s, per-day: 1, days-per-week: 7}  # a range starts low and climbs
easier: []
harder: []
sources: [own]  # tags of sources.yaml
reviewed: $today
---
## Steps
1. Lie on your back with both knees bent.
2. Say one movement in each step, and at most seven steps.

## You should feel
- What the right muscle feels like.

## Watch out
- The most common mistake.

## Stop if
- Pain, tingling or numbness moves further down your leg.

## For the therapist
How far it progresses, precautions, sources. This part is never printed for patients.
""")


def exercise_skeleton(slug: str, today: date, positions: str, spine_moves: str, jobs: str) -> str:
    """Return the text of a new exercise file, which loads as it is; comments say what belongs in each line."""
    name = slug.replace("-", " ").capitalize()
    return _EXERCISE.substitute(name=name, today=today.isoformat(), positions=positions, spine_moves=spine_moves, jobs=jobs)


_CLINIC = """\
# Who hands the sheets out, and whom to call. It counts for the patients' files in this folder and in those below it.
{values}
# More that you may add; take the # away:
# email: hello@clinic.example
# site-url: https://www.clinic.example/back/  # where your site of exercises stands; each sheet has a code that opens it
# logo: logo.svg  # a file beside this one
# colour: "#0b3d5c"  # of headings and lines, where a patient's file says 'print: {{ink: colour}}'
"""


def clinic_skeleton(values: Mapping[str, str]) -> str:
    """Return the text of a new clinic.yaml with these values."""
    return _CLINIC.format(
        values="\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    )


_HOW = """\
# Write the {language} words in place of the English ones, here and below. What stands before a colon stays as it is, and so
# do the lines that begin with ##. When all is done, write 'draft' in place of 'unfinished', and let 'handouts check' read it.
"""


def translation_skeleton(page: Page, language: str) -> str:
    """Return the text of a new, unfinished translation with the English words; `language` is its name in English."""
    keys = [f"{key.replace('_', '-')}: {_yaml(value)}" for key, value in words_of(page).items() if value]
    review = f"translation: {{state: unfinished, by: ~, of: {fingerprint(page)}}}"
    front = _HOW.format(language=language) + "\n".join([*keys, review]) + "\n"
    if isinstance(page, PainRule):
        return front
    body = "\n\n".join(f"## {section.heading}\n\n{section.markdown}" for section in sections_of(page).values())
    return f"---\n{front}---\n{body}\n"


def _yaml(value: object) -> str:
    """Return a value on one line, as JSON, which is YAML too."""
    return json.dumps(value.model_dump(by_alias=True) if isinstance(value, Noun) else value, ensure_ascii=False)


def renewed_translation(text: str, page: Page) -> str:
    """Return a translation marked as made from the page as it is; a reviewed one is a draft again."""
    before, key, after = text.partition("\ntranslation:")
    after = re.sub(r"\bof: *[\"']?\w+[\"']?", f"of: {fingerprint(page)}", after, count=1)
    return before + key + re.sub(r"\bstate: *[\"']?reviewed[\"']?", "state: draft", after, count=1)
