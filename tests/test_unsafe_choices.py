"""Choices that would hurt: moves that go one way, rungs that are barred, neck work after a neck fusion.

Each case is one that a clinician found in earlier plans; the lists are those of the clinical notes, not of the rules.
"""

from __future__ import annotations

import pytest
import yaml
from support.library import LIBRARY
from support.matrix import BARRED
from support.patients import ISSUED, plan, refused, slugs

from handouts.files.yaml_reader import parse_yaml
from handouts.patients.reader import patient_of
from handouts.patients.record import plan_record
from handouts.pictures.drawings import is_other_side
from handouts.planning.general import general_plan
from handouts.planning.resolve import resolve

ONE_WAY = ("lateral-neck-flexion", "side-glide-wall")
HOMES = {"lateral-neck-flexion": "cervical/acute", "side-glide-wall": "lumbar/acute"}
ALLOWED = "allow: Tested today"
NECK_WORK = {
    "cervical-retraction", "deep-neck-nod", "lateral-neck-flexion", "median-slider", "neck-flex-ext", "neck-flexor-endurance",
    "neck-isometrics", "neck-rotation", "retraction-extension", "supine-chin-tuck", "upper-trap-stretch",
}  # fmt: skip
LOADED_OR_TURNED = {"neck-isometrics", "neck-rotation", "neck-flexor-endurance", "lateral-neck-flexion", "upper-trap-stretch"}


@pytest.mark.parametrize("slug", ONE_WAY)
def test_a_one_way_move_never_takes_the_sore_side(slug: str) -> None:
    lines = refused(HOMES[slug], "side: left", f"exercises: [{{exercise: {slug}, {ALLOWED}}}]")
    assert f"'{slug}' needs its way, tested with the patient: add 'toward: left' or 'toward: right'" in lines


@pytest.mark.parametrize("side", ["left", "right", "both"])
@pytest.mark.parametrize("slug", ONE_WAY)
def test_a_one_way_move_has_no_side(slug: str, side: str) -> None:
    lines = refused(HOMES[slug], f"exercises: [{{exercise: {slug}, side: {side}, {ALLOWED}}}]")
    assert "in place of 'side' write 'toward: left' or 'toward: right'" in lines


def test_only_a_one_way_move_has_a_way() -> None:
    lines = refused("lumbar/subacute", "exercises: [{exercise: bridge, toward: left}]")
    assert "'bridge' does not go one way: leave 'toward' out" in lines


@pytest.mark.parametrize("direction", ["side", "extension", "flexion", "unknown"])
@pytest.mark.parametrize("side", ["left", "right", "both"])
@pytest.mark.parametrize("phase", ["cervical/acute", "cervical/subacute", "lumbar/acute", "lumbar/subacute"])
def test_the_rules_never_choose_a_one_way_move(phase: str, side: str, direction: str) -> None:
    assert not {*ONE_WAY} & {*slugs(plan(phase, f"side: {side}", f"findings: {{direction: {direction}}}"))}


@pytest.mark.parametrize("toward", ["left", "right"])
@pytest.mark.parametrize("slug", ONE_WAY)
def test_a_way_that_is_set_is_drawn_printed_and_recorded(slug: str, toward: str) -> None:
    entry = f"exercises: [{{exercise: {slug}, toward: {toward}, {ALLOWED}}}]"
    made = plan(HOMES[slug], "side: right", entry)
    (item,) = made.items
    assert (item.side, item.toward) == (None, toward)
    assert is_other_side(item) == (item.exercise.figure.side != toward)
    record = yaml.safe_load(plan_record(made))
    assert record["patient"]["exercises"][0]["toward"] == toward
    again = patient_of(parse_yaml(plan_record(made), "r.yaml").part("patient"))
    assert resolve(again, LIBRARY, ISSUED).items == made.items


@pytest.mark.parametrize("level", ["low", "mid", "high"])
@pytest.mark.parametrize("precaution", ["spinal-narrowing", "slipped-vertebra"])
@pytest.mark.parametrize("phase", ["lumbar/acute", "lumbar/subacute", "lumbar/late"])
def test_a_barred_rung_stops_the_climb(phase: str, precaution: str, level: str) -> None:
    chosen = slugs(plan(phase, f"findings: {{direction: extension, level: {level}}}", f"precautions: [{precaution}]"))
    assert not {*BARRED[precaution]} & {*chosen}


def test_the_belly_rest_comes_before_the_elbows_and_the_press_up() -> None:
    for level in ("low", "mid", "high"):
        chosen = slugs(plan("lumbar/acute", f"findings: {{direction: extension, level: {level}}}"))
        assert chosen == ["walking", "rest-on-belly", "prone-on-elbows"]


@pytest.mark.parametrize("phase", ["protect", "gentle-start", "control", "return"])
def test_after_a_neck_fusion_nothing_turns_or_loads_the_neck_before_the_surgeons_yes(phase: str) -> None:
    slug = f"post-op/acdf/{phase}"
    assert not LOADED_OR_TURNED & {*slugs(plan(slug))}
    general = general_plan(LIBRARY.phases[slug], LIBRARY, "a4")
    assert not LOADED_OR_TURNED & {*slugs(general)}


def test_no_neck_work_is_offered_unasked_in_the_last_phase_after_a_neck_fusion() -> None:
    assert not NECK_WORK & {*slugs(plan("post-op/acdf/return"))}
    assert "needs a therapist's or surgeon's yes" in refused("post-op/acdf/return", "exercises: [neck-isometrics]")
    cleared = plan("post-op/acdf/return", "cleared: [neck-range]", "exercises: [neck-isometrics, neck-rotation]")
    assert slugs(cleared) == ["neck-isometrics", "neck-rotation"]
