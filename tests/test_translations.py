"""The content in another language: only words, the same shape as the English file, and never English in its place."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from support.command import Run
from support.faults import PATIENTS, SMALL, cases, change_files, lay_content, replaced

from handouts.content.loader import load_library
from handouts.content.translations import fingerprint, in_language
from handouts.errors import ProblemsError
from handouts.model import (
    Condition,
    Exercise,
    Library,
    Page,
    PainRule,
    Phase,
    Precaution,
    Question,
    RedFlag,
    Topic,
    words_kind,
)

HEEL = "exercises/strengthening/heel-press.md"
SPANISH_HEEL = """\
---
name: Presión de talón
also: [Empuje]
aim: Fortalece los glúteos.
equipment: [colchoneta, cojín]
translation: {state: draft, by: Eva Example, of: HASH}
---
## Steps
1. Acuéstese boca arriba con las rodillas dobladas.
2. Presione los talones contra el suelo.
3. Suelte despacio.

## You should feel
- Los glúteos se ponen firmes.

## Watch out
- Mantenga quieta la espalda baja.

## Stop if
- El dolor baja más por la pierna.
"""
SPANISH_RULE = """\
name: Cómo puede sentirse
nerve-rule: El dolor que baja más por la pierna es ROJO siempre.
good-sign: Si la pierna mejora, es buena señal.
next-day: Si al día siguiente está mucho peor, llame.
words: {green: Siga., amber: Haga menos., red: Deje ese ejercicio.}
schemes:
  A: {green: 0 a 3, amber: 4 a 5, red: 6 a 10}
  B: {green: 0 a 3, amber: 4 a 6, red: 7 a 10}
  C: {green: 0 a 3, amber: 4 a 7, red: 8 a 10}
translation: {state: reviewed, by: Eva Example, of: HASH}
"""
ENGLISH = load_library([SMALL])
HASHES = {"heel-press": fingerprint(ENGLISH.exercises["heel-press"]), "pain-rule": fingerprint(ENGLISH.pain_rule)}


def lay_spanish(folder: Path) -> Path:
    """The small content with two translations."""
    content = lay_content(folder)
    heel = SPANISH_HEEL.replace("HASH", HASHES["heel-press"])
    (content / HEEL.replace(".md", ".es.md")).write_text(heel, "utf-8")
    (content / "pain-rule.es.yaml").write_text(SPANISH_RULE.replace("HASH", HASHES["pain-rule"]), "utf-8")
    return content


@pytest.fixture
def spanish(tmp_path: Path) -> Library:
    """The small library in Spanish, as far as it is translated."""
    return in_language(load_library([lay_spanish(tmp_path)]), "es")


def test_a_translation_says_the_words_and_the_source_all_else(spanish: Library) -> None:
    ours, theirs = ENGLISH.exercises["heel-press"], spanish.exercises["heel-press"]
    assert (theirs.name, theirs.aim) == ("Presión de talón", "Fortalece los glúteos.")
    assert theirs.equipment == ("colchoneta", "cojín")
    assert theirs.steps.items[1] == "Presione los talones contra el suelo."
    assert theirs.dose == ours.dose
    assert (theirs.phases, theirs.contraindications, theirs.side) == (ours.phases, ours.contraindications, ours.side)
    assert theirs.therapist == ours.therapist
    assert theirs.language == "es"
    assert spanish.pain_rule.scores("B").amber == "4 a 6"


def test_what_is_not_translated_says_so(spanish: Library) -> None:
    assert [page.slug for page in spanish.pages() if page.language == "es"] == ["heel-press", "pain-rule"]


def test_only_a_reviewed_translation_of_the_words_as_they_are_counts_as_reviewed(tmp_path: Path) -> None:
    content = lay_spanish(tmp_path)
    pages = {page.slug: page for page in in_language(load_library([content]), "es").pages() if page.language == "es"}
    assert {slug: page.unreviewed for slug, page in pages.items()} == {"heel-press": True, "pain-rule": False}
    rule = content / "pain-rule.yaml"
    rule.write_text(replaced(rule.read_text("utf-8"), "Do less.", "Do much less."), "utf-8")
    assert in_language(load_library([content]), "es").pain_rule.unreviewed


def test_the_library_in_english_is_the_library(tmp_path: Path) -> None:
    library = load_library([lay_spanish(tmp_path)])
    assert in_language(library, "en") is library


def said_about(layers: list[Path]) -> list[str]:
    try:
        load_library(layers)
    except ProblemsError as error:
        return str(error).splitlines()
    return []


@pytest.mark.parametrize("case", cases("translations"))
def test_every_fault_of_a_translation_is_said_at_its_line(
    case: Mapping[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_files(case, lay_spanish(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert said_about([Path("content")]) == case["said"]


def test_a_stale_translation_that_fits_no_more_is_no_fault_and_is_not_printed(tmp_path: Path) -> None:
    """Who adds a step knows English: that must not stop every sheet until somebody has translated it."""
    content = lay_spanish(tmp_path)
    heel = content / HEEL
    heel.write_text(replaced(heel.read_text("utf-8"), "3. Let go slowly.", "3. Let go slowly.\n4. Rest."), "utf-8")
    assert in_language(load_library([content]), "es").exercises["heel-press"].language == "en"


def test_a_clinics_own_page_is_not_printed_in_our_translation_of_ours(tmp_path: Path) -> None:
    ours, own = lay_spanish(tmp_path / "ours"), tmp_path / "own"
    (own / HEEL).parent.mkdir(parents=True)
    shutil.copy(ours / HEEL, own / HEEL)
    assert in_language(load_library([ours]), "es").exercises["heel-press"].language == "es"
    assert in_language(load_library([ours, own]), "es").exercises["heel-press"].language == "en"
    shutil.copy(ours / HEEL.replace(".md", ".es.md"), own / HEEL.replace(".md", ".es.md"))
    assert in_language(load_library([ours, own]), "es").exercises["heel-press"].language == "es"


def test_an_unfinished_translation_is_not_printed(tmp_path: Path) -> None:
    content = lay_spanish(tmp_path)
    change_files({"file": HEEL.replace(".md", ".es.md"), "old": "state: draft", "new": "state: unfinished"}, content)
    assert in_language(load_library([content]), "es").exercises["heel-press"].language == "en"


# The fingerprint --------------------------------------------------------------------------------------------------------

HARMLESS = {"reps: 6-20": "reps: 6-21", "[mat, cushion]\n": "[mat, cushion]  # soft\n", "A made-up exercise.": "Made up."}
TELLING = {
    "name: Heel press": "name: Heel push",
    "[Heel push]": "[Heel shove]",
    "Makes your buttocks": "Makes the buttocks",
    "[mat, cushion]": "[mat, pillow]",
    "3. Let go slowly.": "3. Let go.",
    "firm.": "hard.",
    "Keep your low back still.": "Keep still.",
    "Pain moves": "Your pain moves",
}


@pytest.mark.parametrize(("old", "new"), [*HARMLESS.items(), *TELLING.items()])
def test_a_translation_grows_stale_with_any_word_and_with_nothing_else(tmp_path: Path, old: str, new: str) -> None:
    content = lay_content(tmp_path)
    change_files({"file": HEEL, "old": old, "new": new}, content)
    changed = fingerprint(load_library([content]).exercises["heel-press"]) != HASHES["heel-press"]
    assert changed is (old in TELLING)


NOT_WORDS = {
    Exercise: {"position", "muscles", "side", "spine", "phases", "ask_first", "contraindications", "dose", "easier", "harder",
               "figure", "job", "rung", "kinds", "twins", "extension_step", "opened_by", "off_by_default", "asks"},
    Condition: {"order", "like", "ranges"},
    Phase: {"order", "weeks", "next", "limits", "range", "stage", "region", "surgery", "irritable", "climbs", "most", "slots",
            "demands", "keep_up", "implies", "exercises", "ask_first", "doses", "reach"},
    Precaution: {"bars", "eased_by", "by_week", "most_hold"},
    RedFlag: {"urgency", "for_", "with_", "order"},
    Topic: {"for_", "order"},
    Question: {"for_", "order", "limit"},
    PainRule: set(),
}  # fmt: skip
INNER = {Exercise: {"when", "captions"}}  # stand deeper in the English file


@pytest.mark.parametrize("kind", NOT_WORDS)
def test_no_key_of_a_page_is_forgotten_by_its_translations(kind: type[Page]) -> None:
    """A new key of the content must be said to be a word or not, or a Spanish sheet would print it in English."""
    own = set(kind.model_fields) - set(Page.model_fields) - {"category"} - set(kind.headings.values())
    words = set(words_kind(kind).model_fields) - {"name", "translation"} - INNER.get(kind, set())
    assert own - NOT_WORDS[kind] == words
    assert set(words_kind(kind).headings.values()) == set(kind.headings.values()) - {"therapist"}


# handouts translate -----------------------------------------------------------------------------------------------------


@pytest.fixture
def content(run: Run, tmp_path: Path) -> Path:
    """The small content laid over the shipped one, where the command runs."""
    return lay_content(tmp_path, "sources.yaml", "glossary.yaml")


def test_a_start_holds_all_the_words_and_is_printed_by_nobody(run: Run, content: Path) -> None:
    said = run("translate", f"content/{HEEL}", "content/pain-rule.yaml", "--language", "es", "--content", "content")
    assert said.stdout.splitlines() == [
        "content/exercises/strengthening/heel-press.es.md is ready to be translated",
        "content/pain-rule.es.yaml is ready to be translated",
    ]
    assert run("check", "--content", "content").exit_code == 0
    spanish = in_language(load_library([SMALL, content]), "es")
    assert {page.language for page in spanish.pages()} == {"en"}
    text = (content / HEEL.replace(".md", ".es.md")).read_text("utf-8")
    ours = ENGLISH.exercises["heel-press"]
    words = (ours.name, ours.aim, *ours.also, *ours.equipment, *ours.steps.items, *ours.feel.items, *ours.stop_if.items)
    assert [word for word in words if word not in text] == []
    assert "made-up exercise" not in text, "what is for the therapist"


def test_a_start_that_is_called_a_draft_is_still_english(run: Run, content: Path) -> None:
    run("translate", f"content/{HEEL}", "--language", "es", "--content", "content")
    change_files({"file": HEEL.replace(".md", ".es.md"), "old": "state: unfinished", "new": "state: draft"}, content)
    said = run("check", "--content", "content").stdout.splitlines()
    lines = [int(line.split(":")[1]) for line in said if "is still the English text: translate it [translation]" in line]
    assert len(lines) == len(said) == 7


def test_a_changed_source_is_renewed_by_the_same_command(run: Run, tmp_path: Path) -> None:
    content = lay_spanish(tmp_path)
    for name in ("sources.yaml", "glossary.yaml"):
        (content / name).unlink()
    change_files({"file": "pain-rule.yaml", "old": "Do less.", "new": "Do a little less."}, content)
    said = run("check", "--content", "content", "--strict").stdout.splitlines()
    stale = [line for line in said if line.endswith("[stale-translation] (warning)")]
    assert stale == [
        "content/pain-rule.es.yaml:10:1: the English file has changed since: bring this one into line with it, then type "
        "'handouts translate content/pain-rule.yaml --language es' [stale-translation] (warning)"
    ]
    before = (content / "pain-rule.es.yaml").read_text("utf-8")
    said = run("translate", "content/pain-rule.yaml", "--language", "es", "--content", "content")
    assert said.stdout == "content/pain-rule.es.yaml agrees with the English file again: 'draft' until it is reviewed\n"
    after = (content / "pain-rule.es.yaml").read_text("utf-8")
    assert re.sub(r"of: \w+", "", after) == re.sub(r"of: \w+", "", before.replace("reviewed", "draft"))
    said = run("translate", "content/pain-rule.yaml", "--language", "es", "--content", "content")
    assert said.stdout == "content/pain-rule.es.yaml is up to date\n"
    assert (content / "pain-rule.es.yaml").read_text("utf-8") == after


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("content/clinic.yaml", "--language", "es"), "content/clinic.yaml:1:1: is no English page of the content"),
        (("nowhere.md", "--language", "es"), "nowhere.md:1:1: is no English page of the content"),
        ((f"content/{HEEL}", "--language", "en"), f"content/{HEEL}:1:1: is no English page of the content"),
        ((f"content/{HEEL}", "--language", "xx"), "'xx' is not the short code of a language, such as es for Spanish"),
        ((f"content/{HEEL}", "--language", "../x"), "this is not the short code of a language, such as es for Spanish"),
    ],
)
def test_a_start_that_makes_no_sense_is_refused(run: Run, content: Path, arguments: tuple[str, ...], said: str) -> None:
    before = sorted(content.rglob("*"))
    result = run("translate", *arguments, "--content", "content")
    assert result.exit_code == 1
    assert result.stderr.startswith(said)
    assert sorted(content.rglob("*")) == before


# A patient's sheet ------------------------------------------------------------------------------------------------------


def test_a_sheet_names_all_that_has_no_translation_and_is_not_made(run: Run, tmp_path: Path) -> None:
    content = lay_spanish(tmp_path)
    for name in ("sources.yaml", "glossary.yaml"):
        (content / name).unlink()
    shutil.copytree(PATIENTS, "patients")
    patient = Path("patients/lumbar.yaml")
    patient.write_text(patient.read_text("utf-8") + "language: es\n", "utf-8")
    result = run("pdf", patient, "--content", "content", "--out", "out")
    assert result.exit_code == 1
    said = [line for line in result.stderr.splitlines() if line.startswith("content/")]
    path, text = "content/exercises/aerobic/hall-walk.md", "has no Spanish text that fits: type 'handouts translate"
    assert f"{path}:1:1: {text} {path} --language es' [translation]" in said
    assert not [line for line in said if "heel-press" in line or "pain-rule" in line]
    assert not (tmp_path / "out").exists()


@pytest.mark.pdf
def test_a_language_without_its_fixed_words_is_refused(run: Run, tmp_path: Path) -> None:
    shutil.copytree(PATIENTS, "patients")
    patient = Path("patients/lumbar.yaml")
    patient.write_text(patient.read_text("utf-8") + "language: fr\n", "utf-8")
    lay_content(tmp_path, "sources.yaml", "glossary.yaml")
    said = run("pdf", patient, "--content", "content").stderr.splitlines()[0]
    assert re.fullmatch(r".*lumbar\.yaml:\d+:11: language: 'fr' is not a known language\. Allowed: en.*\. \[value\]", said)
