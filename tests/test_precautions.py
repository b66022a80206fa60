"""The precautions of our content against the matrix of the clinical notes, and what a sheet and a therapist are told."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from support.library import LIBRARY
from support.matrix import BARRED, CHANGED, EASED_BY, bars
from support.patients import ISSUED, patient, plan, refused, slugs

from handouts.fields import FromWeek
from handouts.model import Library
from handouts.planning.precautions import held
from handouts.planning.resolve import resolve

WEEKS = (0, 10, 12, 13, 15, 16, 27, 28, 40)
ARMS_HIGH = {"bird-dog", "mobility-rotation-arm-sweep", "pectoral-stretch", "hand-on-head-relief"}
# Where a card says more than the notes ask: it does no harm, and the kind of movement is the same.
MORE = {
    "osteoporosis": {"pelvic-tilt"},
    "hip-replacement-front": {
        "knees-to-armpits", "single-knee-to-chest", "mobility-standing-knee-hug", "piriformis-stretch", "toe-touch",
        "mobility-bend-and-turn", "supine-sit-up",
    },
    "pregnancy": {"strength-training", "log-roll", "single-leg-balance", "clamshell", "stationary-bike", "ankle-pumps",
                  "diaphragmatic-breathing", "abdominal-bracing"},
    "spinal-narrowing": {"prone-lying-pillow", "water-walking"},
    "slipped-vertebra": {"prone-lying-pillow", "water-walking"},
    "heart-condition": {*ARMS_HIGH, "water-walking"},
    "high-blood-pressure": {*ARMS_HIGH, "water-walking"},
    "poor-balance": {slug for slug, one in LIBRARY.exercises.items() if one.does("on-bed")},
}  # fmt: skip


def test_every_precaution_of_the_notes_is_there() -> None:
    assert LIBRARY.precautions.keys() == BARRED.keys() == CHANGED.keys()
    assert {name: one.eased_by for name, one in LIBRARY.precautions.items() if one.eased_by} == EASED_BY


@pytest.mark.parametrize("name", sorted(BARRED))
def test_a_precaution_bars_exactly_what_the_notes_bar(name: str) -> None:
    precaution = LIBRARY.precautions[name]
    for week in WEEKS:
        barred = {slug for slug, one in LIBRARY.exercises.items() if held(precaution, week, ()).verdict(one).barred}
        assert barred == {slug for slug in LIBRARY.exercises if bars(name, slug, week)}, week


@pytest.mark.parametrize("name", sorted(CHANGED))
def test_a_card_says_what_the_notes_ask_to_change_and_little_more(name: str) -> None:
    precaution = LIBRARY.precautions[name]
    for week in WEEKS:
        free = {slug: one for slug, one in LIBRARY.exercises.items() if not bars(name, slug, week)}
        changed = {slug for slug, one in free.items() if held(precaution, week, ()).verdict(one).changes}
        wanted = {slug for slug in free if week >= CHANGED[name].get(slug, 99)}
        assert wanted - changed == set(), week
        assert changed - wanted <= MORE.get(name, set()), week


@pytest.mark.parametrize(("name", "clearance"), EASED_BY.items())
def test_a_clearance_opens_what_its_precaution_bars_and_the_card_says_how(name: str, clearance: str) -> None:
    precaution = LIBRARY.precautions[name]
    for slug in BARRED[name]:
        found = held(precaution, 0, (clearance,)).verdict(LIBRARY.exercises[slug])
        assert (found.barred, found.changes) == (False, (precaution.eased,))
        assert held(precaution, 0, ("pool",)).verdict(LIBRARY.exercises[slug]).barred


def with_own(**changed: object) -> Library:
    """Our library with a clinic's own exercise in it, which is our cat and camel by another name."""
    own = LIBRARY.exercises["cat-camel"].model_copy(update={"slug": "our-cat", **changed})
    return replace(LIBRARY, exercises=MappingProxyType({**LIBRARY.exercises, "our-cat": own}))


def test_a_clinics_own_exercise_is_gated_as_ours_by_what_it_does() -> None:
    for name, precaution in LIBRARY.precautions.items():
        for week in WEEKS:
            ours = {slug: held(precaution, week, ()).verdict(one) for slug, one in LIBRARY.exercises.items()}
            for slug, one in LIBRARY.exercises.items():
                own = one.model_copy(update={"slug": "our-own"})
                found = held(precaution, week, ()).verdict(own)
                named = any(slug == word for change in precaution.changes for word, _ in change.for_)
                assert found.barred >= ours[slug].barred, (name, slug)  # a kind is barred where no name opens it
                assert named or found == ours[slug], (name, slug)


def test_the_fused_level_is_guarded_by_what_an_exercise_does() -> None:
    someone = patient("post-op/fusion/strength", "exercises: [our-cat]")
    home = {"phases": ("post-op/fusion/strength",)}
    assert slugs(resolve(someone, with_own(**home, kinds=()), ISSUED)) == ["our-cat"]
    with pytest.raises(Exception, match="R18"):
        resolve(someone, with_own(**home), ISSUED)


def test_thin_bones_never_get_loaded_rounding_by_the_rules() -> None:
    for posture in ("flat", "large-curve", "neutral"):
        for level in ("low", "mid", "high"):
            findings = f"findings: {{posture: {posture}, level: {level}, direction: none}}"
            for phase in ("lumbar/subacute", "lumbar/late", "lumbar/keep"):
                assert not {*slugs(plan(phase, findings, "precautions: [osteoporosis]"))} & BARRED["osteoporosis"].keys()


def test_a_card_says_what_to_change_and_the_therapist_is_told() -> None:
    made = plan("lumbar/late", "precautions: [osteoporosis]", "exercises: [cat-camel, bridge]")
    assert "Leave out the half where your back rounds." in made.items[0].changes
    assert made.items[1].changes == ()
    assert "osteoporosis: the sheet says what to change in cat-camel." in made.warnings


def test_an_allowed_exercise_that_a_precaution_is_against_is_named() -> None:
    made = plan(
        "lumbar/late", "precautions: [osteoporosis]", "exercises: [{exercise: mcgill-curl-up, allow: Tested.}, bridge]"
    )
    assert "osteoporosis: is against mcgill-curl-up, which you allow." in made.warnings


def test_a_refusal_says_which_clearance_opens_it() -> None:
    said = refused("lumbar/late", "precautions: [hip-replacement]", "exercises: [single-knee-to-chest]")
    assert "'single-knee-to-chest' is not for a patient with 'hip-replacement'." in said
    assert "add 'cleared: [hip]'" in said
    assert plan("lumbar/late", "precautions: [hip-replacement]", "cleared: [hip]", "exercises: [single-knee-to-chest]")


def test_pregnancy_goes_by_the_week_in_which_the_sheet_ends() -> None:
    assert "needs the week of pregnancy: add 'pregnancy-week: 20'" in refused("lumbar/late", "precautions: [pregnancy]")
    assert "add 'precautions: [pregnancy]'" in refused("lumbar/late", "pregnancy-week: 20")
    twelve = ("precautions: [pregnancy]", "pregnancy-week: 12", "exercises: [prone-leg-lift]")
    assert slugs(plan("lumbar/late", *twelve, "review: 2026-12-05")) == ["prone-leg-lift"]  # two weeks: until week 14
    assert "is not for a patient with 'pregnancy'" in refused("lumbar/late", *twelve, "review: 2026-12-19")  # until week 16
    for week in (16, 25, 33):
        for phase in ("lumbar/acute", "lumbar/subacute", "lumbar/late", "lumbar/keep"):
            lines = ("precautions: [pregnancy]", f"pregnancy-week: {week}", "findings: {direction: extension, level: high}")
            assert not any(item.exercise.position == "face-down" for item in plan(phase, *lines).items)


def test_a_heart_that_is_not_cleared_holds_ten_seconds_at_most() -> None:
    lines = ("exercises: [{exercise: front-plank-knees, allow: Seen.}]", "review: 2027-02-13")
    longest = [
        max(step.dose.hold or 0 for step in plan("lumbar/late", *more, *lines).items[0].ladder)
        for more in ((), ("precautions: [heart-condition]",))
    ]
    assert longest[0] > longest[1] == 10
    made = plan("lumbar/late", "precautions: [heart-condition]", *lines)
    assert "Count aloud" in " ".join(made.items[0].changes)


def test_a_precaution_that_nobody_knows_is_refused_with_the_nearest() -> None:
    said = refused("lumbar/late", "precautions: [osteoporosys]")
    assert "'osteoporosys' is not a known precaution. Did you mean 'osteoporosis'?" in said


def test_a_condition_of_the_neck_bars_and_changes_no_card() -> None:
    made = plan("cervical/late", "exercises: [{exercise: median-slider, side: left}]")
    assert not any("Keep your head still" in hint for hint in made.items[0].changes)


# Age: what it changes is written down in docs/therapists ------------------------------------------------------------------


def test_an_older_patient_gets_five_exercises_at_most() -> None:
    assert len(plan("lumbar/late", "age: 64").items) == 7
    assert len(plan("lumbar/late", "age: 65").items) == 5


@pytest.mark.parametrize(
    ("age", "words"), [(15, "for adults"), (65, "poor-balance"), (70, "osteoporosis"), (40, None), (64, None)]
)
def test_age_asks_what_it_should(age: int, words: str | None) -> None:
    told = [line for line in plan("lumbar/late", f"age: {age}").warnings if line.startswith("age ")]
    assert any(words in line for line in told) if words else not told
    known = plan("lumbar/late", "age: 80", "precautions: [osteoporosis, poor-balance]").warnings
    assert not any(line.startswith("age ") for line in known)


def test_a_week_stands_in_the_words_of_the_file() -> None:
    assert FromWeek("pregnancy", 13) in LIBRARY.exercises["swallow"].contraindications
