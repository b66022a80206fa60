"""Limits: what is understood acts, what is not is printed and opens nothing, what was meant and is not understood is said."""

from __future__ import annotations

import pytest
from support.library import LIBRARY
from support.matrix import EASED_BY
from support.patients import ISSUED, case, patient, plan, reason, refused, slugs

from handouts.model import CLEARANCES, LIMITS
from handouts.planning.limits import limit_faults, limited, surgeons_yes


def faults(phase: str, *lines: str) -> list[str]:
    return [message for _, message in limit_faults(patient(phase, *lines), LIBRARY, ISSUED)]


# limits of the patient's file | phase | exercise | the limit that bars it
BARRED = [
    ("{front-lying: no}", "lumbar/late", "prone-leg-lift", "front-lying"),
    ("{front-lying: no}", "lumbar/late", "half-bridge", None),
    ("{neck-movement: no}", "cervical/subacute", "neck-rotation", "neck-movement"),
    ("{neck-movement: not yet}", "post-op/acdf/return", "neck-isometrics", "neck-movement"),
    ("{neck-movement: no}", "lumbar/late", "supine-head-lift", "neck-movement"),
    ("{neck-movement: no}", "cervical/subacute", "scapular-retraction", None),
    ("{bend: no bending}", "lumbar/late", "single-knee-to-chest", "bend"),
    ("{bend: no}", "lumbar/late", "knee-rolls", "bend"),
    ("{bend: no}", "lumbar/late", "mobility-side-bend", "bend"),
    ("{bend: no}", "lumbar/acute", "rest-90-90", None),
    ("{bend: no}", "lumbar/late", "half-bridge", None),
    ("{bend: no}", "cervical/late", "neck-rotation", None),
    ("{bend: a little}", "lumbar/late", "knee-rolls", None),
    ("{sit: 5 min}", "lumbar/keep", "stationary-bike", "sit"),
    ("{sit: 10 min}", "lumbar/keep", "stationary-bike", None),
    ("{sit: not yet}", "lumbar/keep", "stationary-bike", "sit"),
    ("{sit: 5 min}", "lumbar/late", "sit-to-stand", None),  # counted in repeats, not in minutes
    ("{walk: no}", "lumbar/late", "walking", "walk"),
    ("{walk: 3 min}", "lumbar/late", "walking", None),
    ("{lift: 5 kg}", "post-op/discectomy/return", "strength-training", "lift"),
    ("{lift: no}", "post-op/fusion/return", "strength-training", "lift"),
    ("{lift: ~}", "post-op/fusion/return", "strength-training", None),
    ("{lift: ask us}", "post-op/fusion/return", "strength-training", None),  # waits for a yes there anyway
    ("{lift: 10 kg}", "lumbar/keep", "strength-training", None),
    ("{drive: no, work: no, sport: no, wash: no, collar: no, brace: no}", "lumbar/late", "mobility-side-bend", None),
    ("{swim-stroke: backstroke only}", "lumbar/late", "swimming", None),  # printed, and left to the swimmer
    ("{stairs: with someone, sex: not yet}", "lumbar/late", "walking", None),
    ("{lift: no}", "lumbar/keep", "strength-training", "lift"),  # a plain no to lifting, with or without surgery
    ("{twist: no}", "lumbar/late", "knee-rolls", "twist"),
    ("{twist: no}", "cervical/late", "neck-rotation", "twist"),
    ("{twist: no}", "lumbar/late", "single-knee-to-chest", None),
    ("{walk: 3 min a day}", "lumbar/late", "walking", None),  # three walks of a minute
    ("{walk: 2 min a day}", "lumbar/late", "walking", "walk"),
    ("{sit: 1/2 h}", "lumbar/keep", "stationary-bike", None),
    ("{sit: 1/4 h, lift: '5 kg, no twisting'}", "lumbar/late", "mobility-rotation-arm-sweep", "lift"),
]


@pytest.mark.parametrize(("limits", "phase", "slug", "key"), BARRED)
def test_a_limit_that_is_understood_bars_what_it_names(limits: str, phase: str, slug: str, key: str | None) -> None:
    assert limited(LIBRARY.exercises[slug], case(phase, f"limits: {limits}")) == (f"limits, {key}" if key else None)


def test_a_barred_exercise_listed_by_hand_is_refused_and_can_be_allowed() -> None:
    said = refused("lumbar/late", "limits: {bend: no}", "exercises: [knee-rolls]")
    assert "'knee-rolls' is refused (limits, bend)." in said
    assert "add 'allow: <your reason>'" in said
    assert "[limit]" in said
    allowed = plan("lumbar/late", "limits: {bend: no}", "exercises: [{exercise: knee-rolls, allow: Lying only.}]")
    assert slugs(allowed) == ["knee-rolls"]


def test_a_limit_keeps_the_rules_from_choosing_and_is_named() -> None:
    made = plan("lumbar/late", "limits: {bend: no}")
    assert reason(made, "mobility-flexion-extension").rule == "limit"
    assert all(limited(item.exercise, case("lumbar/late", "limits: {bend: no}")) is None for item in made.items)


def test_a_walk_starts_and_climbs_within_its_limit() -> None:
    free, short = (
        plan("lumbar/late", "review: 2026-12-19", f"limits: {{walk: {most}}}") for most in ("as you like", "12 min")
    )
    minutes = [
        [step.dose.minutes for step in next(i for i in p.items if i.exercise.slug == "walking").ladder] for p in (free, short)
    ]
    assert minutes == [[5, 10, 15, 20], [5, 10, 12]]
    tiny = plan("lumbar/late", "limits: {walk: 3 min}", "exercises: [walking]").items[0]
    assert (tiny.dose.minutes, tiny.ladder) == (3, ())


def test_a_therapists_own_number_beyond_a_limit_is_refused() -> None:
    said = refused("lumbar/late", "limits: {walk: 10 min}", "exercises: [{exercise: walking, minutes: 20 min}]")
    assert "'walking' is set to 20 min, more than the limit of 10 min." in said
    said = refused("cervical/late", "limits: {lift: 2 kg}", "exercises: [{exercise: shoulder-row, load: 3 kg}]")
    assert "the load of 'shoulder-row' is more than the limit on lifting." in said
    assert "3 kg" not in said
    within = plan("cervical/late", "limits: {lift: 10 lb}", "exercises: [{exercise: shoulder-row, load: 4 kg}]")
    assert within.items[0].load == "4 kg"
    words = plan("cervical/late", "limits: {lift: 2 kg}", "exercises: [{exercise: shoulder-row, load: red band}]")
    assert words.items[0].load == "red band"
    allowed = "exercises: [{exercise: walking, minutes: 20 min, allow: Tried in clinic.}]"
    assert plan("lumbar/late", "limits: {walk: 10 min}", allowed).items[0].dose.minutes == 20


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ("{lift: 5}", "lift: this number has no unit we know: write a weight such as '5 kg' or '10 lb', or say it in words"),
        (
            "{lift: 5 kgg}",
            "lift: this number has no unit we know: write a weight such as '5 kg' or '10 lb', or say it in words",
        ),
        ("{sit: 20}", "sit: this number has no unit we know: write a time such as '20 min', or say it in words"),
        ("{sit: 20 mniutes}", "sit: this number has no unit we know: write a time such as '20 min', or say it in words"),
        ("{walk: 15}", "walk: this number has no unit we know: write a time such as '20 min', or say it in words"),
        ("{bend: none}", "bend: can mean two things: write 'no', or 'no limit'"),
        ("{lift: none}", "lift: can mean two things: write 'no', or 'no limit'"),
        ("{front-lying: y}", "front-lying: can mean two things: write 'no', or 'no limit'"),
    ],
)
def test_a_value_that_was_meant_and_is_not_understood_is_told_its_forms(limits: str, said: str) -> None:
    assert faults("lumbar/late", f"limits: {limits}") == [said]
    assert f"limits: {said} [limit]" in refused("lumbar/late", f"limits: {limits}")


@pytest.mark.parametrize(
    "limits",
    [
        "{lift: a full kettle, sit: until it hurts, walk: to the pier}",
        "{walk: 2 km}", "{walk: 3 blocks}", "{drive: 3 weeks, work: 2 days, collar: none, brace: 6}", "{lift: ~, bend: ~}",
        "{bend: no limit}", "{sit: 20 min at most}",
    ],
)  # fmt: skip
def test_words_of_the_therapists_own_are_left_in_peace(limits: str) -> None:
    assert faults("lumbar/late", f"limits: {limits}") == []


def test_a_limit_that_contradicts_a_clearance_is_refused() -> None:
    surgery = "post-op/discectomy/load"
    said = refused(surgery, "limits: {front-lying: no}", "cleared: [front-lying]")
    assert "limits: front-lying: says no, but 'cleared' holds 'front-lying': keep one of them [limit]" in said
    assert slugs(plan(surgery, "limits: {front-lying: no}", "cleared: [trunk-range]"))


def test_a_yes_among_the_limits_opens_nothing_and_says_so() -> None:
    surgery = "post-op/discectomy/load"
    said = "limits, front-lying: is printed, but opens no exercise. For that write 'cleared: [front-lying]'."
    made = plan(surgery, "limits: {front-lying: 'yes, since Monday'}")
    assert said in made.warnings
    assert reason(made, "prone-leg-lift").rule == "D21"
    assert said not in plan(surgery, "limits: {front-lying: yes}", "cleared: [front-lying]").warnings


# phase | what the surgeon has cleared | an exercise that waits for a yes there | is this the yes?
CLEARED = [
    ("post-op/discectomy/load", "pool", "swimming", True),
    ("post-op/discectomy/load", "resistance", "swimming", False),
    ("post-op/discectomy/load", "scar-care", "scar-massage", True),
    ("post-op/acdf/gentle-start", "resistance", "shoulder-row", True),
    ("post-op/acdf/return", "resistance", "strength-training", True),
    ("post-op/acdf/gentle-start", "neck-range", "neck-rotation", True),
    ("post-op/acdf/gentle-start", "trunk-range", "neck-rotation", False),
    ("post-op/discectomy/load", "extension", "backward-bend", True),
    ("post-op/discectomy/load", "flexion", "single-knee-to-chest", True),
    ("post-op/discectomy/load", "flexion", "backward-bend", False),
    ("post-op/discectomy/load", "flexion", "mobility-flexion-extension", False),  # it bends both ways
    ("post-op/discectomy/load", "flexion, extension", "mobility-flexion-extension", True),
    ("post-op/discectomy/load", "trunk-range", "mobility-rotation-arm-sweep", True),
    ("post-op/discectomy/load", "trunk-range", "dead-bug", False),  # a still trunk: no movement to clear
    ("post-op/discectomy/load", "trunk-range", "toe-touch", False),  # never after surgery
    ("lumbar/late", "trunk-range", "arch-bridge", False),  # no surgery: the therapist's yes, by name
]


@pytest.mark.parametrize(("phase", "cleared", "slug", "opens"), CLEARED)
def test_a_clearance_is_the_yes_that_an_exercise_waits_for(phase: str, cleared: str, slug: str, opens: bool) -> None:
    assert surgeons_yes(LIBRARY.exercises[slug], case(phase, f"cleared: [{cleared}]")) is opens
    assert not surgeons_yes(LIBRARY.exercises[slug], case(phase))


def test_a_cleared_exercise_is_printed_when_listed_and_never_chosen() -> None:
    swim = ("post-op/discectomy/load", "cleared: [pool]")
    assert slugs(plan(*swim, "exercises: [swimming]")) == ["swimming"]
    assert "[phase-gate]" in refused(swim[0], "exercises: [swimming]")
    assert "swimming" not in slugs(plan(*swim))
    assert reason(plan(*swim), "swimming").rule == "R2"


def test_a_sheet_with_swimming_asks_for_the_stroke() -> None:
    swim = ("lumbar/late", "exercises: [swimming]")
    assert ("swim-stroke", None) in plan(*swim).limits
    assert ("swim-stroke", "backstroke") in plan(*swim, "limits: {swim-stroke: backstroke}").limits
    assert "swim-stroke" not in dict(plan("lumbar/late", "exercises: [walking]").limits)


def test_no_clearance_opens_what_is_off_by_default() -> None:
    everything = f"cleared: [{', '.join(CLEARANCES)}]"
    for phase in LIBRARY.phases:
        off = (exercise for exercise in LIBRARY.exercises.values() if exercise.off_by_default)
        assert not any(surgeons_yes(exercise, case(phase, everything)) for exercise in off)


def test_every_limit_and_clearance_that_rules_act_on_is_a_word_of_the_files() -> None:
    assert {key for limits, *_ in BARRED for key in LIMITS if f"{key}:" in limits} == set(LIMITS)
    assert {name for _, names, *_ in CLEARED for name in names.split(", ")} == {*CLEARANCES} - {
        "front-lying",
        *EASED_BY.values(),
    }  # D21


def test_strength_training_without_a_written_plan_is_a_warning() -> None:
    """The founding document wants a therapist to design it: no written plan, no print."""
    said = "strength-training: has no plan of its own. Write its moves and weights into 'note:'."
    assert said in plan("lumbar/keep", "exercises: [strength-training, walking]").warnings
    planned = "exercises: [{exercise: strength-training, note: 'Row 10 times, 5 kg.'}, walking]"
    assert said not in plan("lumbar/keep", planned).warnings
