"""What the next sheet is to say -> the text of a patient file, with comments for the therapist who reads it through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handouts.model import Patient, Prescription, Reason
from handouts.patients.file_words import as_yaml, entry_keys, patient_keys

Entry = tuple[Prescription, Iterable[str]]  # with what to say of it
Gone = tuple[str, str, str]  # the slug, what was done of it, and why it goes


def patient_file_text(
    patient: Patient, checked: str | None, entries: Iterable[Entry], gone: Iterable[Gone], added: Iterable[Reason]
) -> str:
    """Return the text of the next patient file; `checked` is who checked the old sheet, and has yet to check this one."""
    return "".join(f"{line}\n" for line in (*_person(patient, checked), *_exercises(entries), *_gone(gone), *_added(added)))


def _person(patient: Patient, checked: str | None) -> Iterator[str]:
    keys = patient_keys(patient, skip=("name", "therapist"))
    yield f"# The sheet after {patient.since}. Read this file through, change what you found today, then type:"
    yield "# handouts pdf and the name of this file."
    yield from _block("id", keys.pop("id"))
    yield "# Records hold no name. Write it here and take the # away:"
    yield "# name: "
    for key, value in keys.items():
        if comment := _COMMENTS.get(key):
            yield f"# {comment}"
        yield from _block(key, value)
    if "review" not in keys:
        yield "# When is the next visit? Without one the sheet is for two weeks:"
        yield "# review: "
    yield "# Ask about the red flags again. When all of this file is right, take both # away:"
    yield f"# screened: {patient.issued}"
    yield f"# therapist: {_inline(checked or 'Your Name, PT')}"


_COMMENTS = {
    "limits": "As on the old sheet. Are they still right?",
    "findings": "As on the old sheet. What did you find today?",
    "precautions": "As on the old sheet. Is there a new one?",
    "cleared": "As on the old sheet. Has the surgeon cleared more?",
    "pregnancy-week": "Counted on from the old sheet.",
}


def _block(key: str, value: object) -> Iterator[str]:
    one_line = not isinstance(value, dict) or not value
    yield from as_yaml({key: value}).rstrip("\n").split("\n") if not one_line else [f"{key}: {_inline(value)}"]


def _inline(value: object) -> str:
    return as_yaml([value], one_line=True).strip()[1:-1]


def _exercises(entries: Iterable[Entry]) -> Iterator[str]:
    listed = list(entries)
    if not listed:
        yield "# No exercise of the old sheet goes on, so the rules choose. List your own under 'exercises:' instead."
        return
    yield "# Each dose starts where it stood. After a flare, halve it for a week, then go on from there."
    yield "exercises:"
    for chosen, notes in listed:
        keys = entry_keys(chosen)
        yield f"  - {chosen.exercise if len(keys) == 1 else _inline(keys)}"
        yield from (f"    # {note}" for note in notes)


def _gone(gone: Iterable[Gone]) -> Iterator[str]:
    for number, (slug, was, why) in enumerate(gone):
        if number == 0:
            yield "# Not carried on from the old sheet:"
        yield f"# - {slug} (was {was}): {why}"


def _added(added: Iterable[Reason]) -> Iterator[str]:
    for number, reason in enumerate(added):
        if number == 0:
            yield "# The rules would choose these here. Start one or two new ones in the first week, low:"
        yield f"# - {reason.exercise}: {reason.because}"
