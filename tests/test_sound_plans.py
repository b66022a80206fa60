"""What a physiotherapist who read hundreds of plans found wrong in them: each fault as a test."""

from __future__ import annotations

import itertools

import pytest
from support.library import LIBRARY
from support.patients import plan, slugs

from handouts.planning.general import general_plan

LEVELS = ("low", "mid", "high")
POSTURES = ("flat", "large-curve", "neutral")


def test_two_of_three_strength_exercises_train_what_the_posture_asks_for() -> None:
    for posture, job, level in (("flat", "back", ""), ("large-curve", "belly", "")):
        for phase, level in itertools.product(("lumbar/subacute", "lumbar/late"), LEVELS):
            made = plan(phase, f"findings: {{posture: {posture}, direction: none, level: {level}}}")
            jobs = [item.exercise.job for item in made.items]
            other = {"back": "belly", "belly": "back"}[job]
            assert (jobs.count(job), jobs.count(other)) == (2, 1), (phase, posture, level)


@pytest.mark.parametrize(("direction", "opposite"), [("extension", "flexion"), ("flexion", "extension")])
def test_while_a_nerve_is_irritable_nothing_goes_the_wrong_way_not_even_half_of_it(direction: str, opposite: str) -> None:
    for phase, posture, level in itertools.product(("lumbar/acute", "lumbar/subacute"), POSTURES, LEVELS):
        made = plan(phase, f"findings: {{posture: {posture}, direction: {direction}, level: {level}}}")
        wrong = [one.exercise.slug for one in made.items if opposite in one.exercise.spine]
        assert [slug for slug in wrong if not LIBRARY.exercises[slug].does("hardly-moves")] == []


def test_a_weight_goal_does_not_make_an_hour_a_day() -> None:
    for phase in ("lumbar/late", "lumbar/keep", "cervical/late", "cervical/keep"):
        made = plan(phase, "findings: {weight-goal: yes}")
        assert made.minutes <= 45  # a whole day, walks apart
        assert sum(item.exercise.job == "aerobic" for item in made.items) == 1


def test_to_keep_it_up_takes_fewer_exercises_than_to_build_it() -> None:
    for condition in ("lumbar", "cervical"):
        for level in LEVELS:
            late, keep = (plan(f"{condition}/{stem}", f"findings: {{level: {level}}}") for stem in ("late", "keep"))
            assert len(keep.items) < len(late.items)
            assert keep.minutes <= late.minutes


def test_the_rest_on_the_belly_is_chosen_wherever_arching_eases() -> None:
    for phase, level in itertools.product(("lumbar/acute", "lumbar/subacute"), LEVELS):
        assert "rest-on-belly" in slugs(plan(phase, f"findings: {{direction: extension, level: {level}}}"))


def test_the_endurance_of_the_neck_is_never_chosen_unasked() -> None:
    for phase, level in itertools.product(("cervical/late", "cervical/keep"), LEVELS):
        assert "neck-flexor-endurance" not in slugs(plan(phase, f"findings: {{level: {level}}}"))


def test_no_general_sheet_holds_what_waits_for_a_yes_or_strains() -> None:
    for phase in LIBRARY.phases.values():
        for item in general_plan(phase, LIBRARY).items:
            assert phase.slug in item.exercise.phases
            assert not item.exercise.off_by_default
            if phase.surgery and phase.region == "cervical":
                assert not item.exercise.does("moves-neck", "loads-head"), (phase.slug, item.exercise.slug)


def test_a_posture_of_the_low_back_says_nothing_about_a_neck() -> None:
    made = plan("cervical/subacute", "findings: {posture: flat, direction: flexion}")
    assert not any("posture" in line for line in made.warnings)
