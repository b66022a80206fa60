"""The selection rules: finding in, exercise in or out, reason named; and what must hold for every patient."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.build import Layers
from handouts.errors import ProblemsError
from handouts.frontmatter import parse_yaml
from handouts.model import PRECAUTIONS, Library, Patient, Plan, Prescription, Reason
from handouts.patients import patient_of
from handouts.planning.groups import CAPS, JOBS, NERVE_MOVES, SLOTS, TWINS, job_of
from handouts.planning.overview import overview
from handouts.planning.resolve import resolve
from handouts.planning.rules import GATES, RULES, reason_of

LIBRARY: Library = Layers().library()
ISSUED = date(2026, 11, 21)
SURGERY = "surgery-date: 2026-09-01"


def patient(phase: str, *lines: str) -> Patient:
    """A patient file of few lines, such as `findings: {posture: flat}`."""
    condition, *between, stem = phase.split("/")
    surgery = [f"procedure: {between[0]}", SURGERY] if between else []
    text = "\n".join(["id: T-1", f"condition: {condition}", f"phase: {stem}", *surgery, *lines])
    return patient_of(parse_yaml(text, "t.yaml"))


def plan(phase: str, *lines: str) -> Plan:
    return resolve(patient(phase, *lines), LIBRARY, ISSUED)


def slugs(of: Plan) -> list[str]:
    return [item.exercise.slug for item in of.items]


def reason(of: Plan, slug: str) -> Reason:
    return next(reason for reason in of.reasons if reason.exercise == slug)


def refused(phase: str, *lines: str) -> str:
    with pytest.raises(ProblemsError) as error:
        plan(phase, *lines)
    return str(error.value)


def test_every_rule_of_the_notes_has_a_function_and_a_reason() -> None:
    assert {f"R{number}" for number in range(1, 28)} <= RULES.keys()
    assert all(reason_of(name).endswith(".") for name in RULES)


def test_every_name_in_the_data_of_the_rules_is_an_exercise_or_a_phase() -> None:
    named = {slug for ladder in JOBS.values() for slug in ladder} | NERVE_MOVES | {slug for pair in TWINS for slug in pair}
    assert named - LIBRARY.exercises.keys() == set()
    assert CAPS.keys() == SLOTS.keys() == LIBRARY.phases.keys()
    listed = [slug for ladder in JOBS.values() for slug in ladder]
    assert len(listed) == len(set(listed))
    assert {job for wanted in SLOTS.values() for job in wanted} <= {*JOBS, "strength"}


# phase | lines of the patient file | exercise | on the sheet? | rule named
CASES = [
    ("lumbar/acute", "red-flags: [cauda-equina]", "walking", False, "R1"),
    ("lumbar/subacute", "", "swallow", False, "R2"),
    ("lumbar/subacute", "", "dead-bug", False, "R2"),
    ("lumbar/subacute", "", "neck-rotation", False, "R2"),
    ("lumbar/acute", "", "abdominal-bracing", False, "R3"),
    ("cervical/acute", "side: left", "sitting-reset", False, "R15"),
    ("lumbar/subacute", "findings: {direction: extension}", "pelvic-tilt", False, "R4"),
    ("lumbar/subacute", "findings: {direction: flexion}", "prone-leg-lift", False, "R4"),
    ("lumbar/acute", "findings: {direction: extension}", "prone-on-elbows", True, "R4"),
    ("lumbar/acute", "findings: {direction: extension}", "prone-lying-pillow", True, "R2"),
    ("lumbar/acute", "findings: {direction: unknown}", "prone-press-up", False, "R4"),
    ("lumbar/late", "findings: {direction: none}", "prone-press-up", False, "R5"),
    ("lumbar/acute", "findings: {direction: extension, floor: no}", "prone-on-elbows", False, "R6"),
    ("lumbar/acute", "findings: {direction: extension, floor: no}", "backward-bend", True, "R4"),
    ("lumbar/subacute", "findings: {posture: flat}", "bridge", True, "R7"),
    ("lumbar/subacute", "findings: {posture: large-curve}", "abdominal-bracing", True, "R8"),
    ("lumbar/late", "findings: {posture: large-curve, level: high}", "swallow", False, "precaution"),
    ("lumbar/subacute", "", "abdominal-bracing", True, "R9"),
    ("lumbar/subacute", "findings: {posture: flat, direction: flexion}", "abdominal-bracing", True, "R10"),
    ("lumbar/late", "findings: {level: low}", "swallow", False, "R16"),
    ("post-op/fusion/strength", "", "cat-camel", False, "R2"),
    ("post-op/acdf/return", "", "supine-head-lift", False, "R2"),
    ("lumbar/late", "findings: {neck-problem: yes}", "mcgill-curl-up", False, "precaution"),
    ("post-op/discectomy/load", "", "prone-leg-lift", False, "D21"),
    ("cervical/acute", "", "lateral-neck-flexion", False, "R4"),
    ("cervical/acute", "findings: {direction: side}", "lateral-neck-flexion", False, "R22"),
    ("cervical/acute", "findings: {direction: side}\nside: left", "lateral-neck-flexion", True, "R4"),
    ("lumbar/late", "findings: {weight-goal: yes, level: high}", "swimming", True, "R26"),
]


@pytest.mark.parametrize(("phase", "lines", "slug", "chosen", "rule"), CASES)
def test_a_rule_decides_and_is_named(phase: str, lines: str, slug: str, chosen: bool, rule: str) -> None:
    made = plan(phase, lines)
    found = reason(made, slug)
    assert (found.chosen, found.rule) == (chosen, rule)
    assert (slug in slugs(made)) == chosen
    assert found.because == reason_of(rule)


def test_a_twin_and_a_second_nerve_move_are_named_as_such() -> None:
    late = plan("lumbar/late", "findings: {posture: flat, level: low}")
    twins = {entry.exercise: entry.finding for entry in late.reasons if entry.rule == "R24"}
    assert twins or any(entry.rule == "R16" for entry in late.reasons)
    fusion = plan("post-op/fusion/return")
    assert "hamstring-stretch" in slugs(fusion)


def test_flat_backs_get_two_of_three_strength_exercises_for_the_back() -> None:
    for posture, more, less in (("flat", "back", "belly"), ("large-curve", "belly", "back")):
        jobs = [job_of(item.exercise) for item in plan("lumbar/late", f"findings: {{posture: {posture}}}").items]
        assert (jobs.count(more), jobs.count(less)) == (2, 1)


def test_after_disc_surgery_a_back_exercise_is_always_there() -> None:
    for stem in ("load", "return"):
        for level in ("low", "mid", "high"):
            made = plan(f"post-op/discectomy/{stem}", f"findings: {{level: {level}}}")
            assert "back" in [job_of(item.exercise) for item in made.items]


def test_the_surgeons_clearance_opens_what_it_names() -> None:
    assert reason(plan("post-op/discectomy/load", "cleared: [front-lying]"), "prone-leg-lift").rule != "D21"
    assert "R18" in refused("post-op/fusion/strength", "exercises: [cat-camel]")
    allowed = plan("post-op/fusion/strength", "exercises: [{exercise: cat-camel, allow: Cleared on 12 November.}]")
    assert reason(allowed, "cat-camel").finding == "allow: Cleared on 12 November."


def test_a_listed_exercise_that_is_refused_says_why_and_how_to_override() -> None:
    said = refused("lumbar/subacute", "exercises: [swallow]")
    assert "phase-gate" in said
    assert "R12" in said
    assert "This phase offers:" in said
    assert "add 'allow: <your reason>'" in said


def test_lying_exercises_come_before_standing_ones() -> None:
    order = ["face-down", "face-up", "side-lying", "hands-and-knees", "kneeling", "sitting", "standing", "walking"]
    for phase in LIBRARY.phases:
        places = [order.index(item.exercise.position) for item in plan(phase).items]
        assert places == sorted(places)


def test_a_bending_exercise_carries_the_morning_note_and_a_small_nod_does_not() -> None:
    made = plan("lumbar/late", "exercises: [single-knee-to-chest, supine-head-lift]")
    knee, head = made.items
    assert "1 to 2 hours" in " ".join(knee.hints)
    assert head.hints == ()


def test_mobility_is_small_when_subacute_and_large_later() -> None:
    small = plan("lumbar/subacute", "exercises: [mobility-side-bend]").items[0].hints
    large = plan("lumbar/late", "exercises: [mobility-side-bend]").items[0].hints
    assert "Small, loose swings" in small[0]
    assert "as far as you easily can" in large[0].lower()


def test_the_ladder_adds_repeats_then_hold_then_sets() -> None:
    made = plan("lumbar/late", "review: 2026-12-19", "exercises: [{exercise: half-bridge, reps: 18, hold: 9 s}]")
    doses = [(step.dose.reps, step.dose.hold, step.dose.sets) for step in made.items[0].ladder]
    top = LIBRARY.exercises["half-bridge"].dose
    assert doses[:3] == [(18, 9, 1), (20, 9, 1), (20, 10, 1)]
    assert doses[3] == (20, 10, min(2, top.sets.high if top.sets else 1))


def test_an_acute_sheet_has_no_ladder() -> None:
    assert all(item.ladder == () for item in plan("lumbar/acute", "findings: {direction: extension}").items)


def test_walking_climbs_in_minutes() -> None:
    walk = plan("lumbar/subacute", "review: 2026-12-19", "exercises: [walking]").items[0]
    assert [step.dose.minutes for step in walk.ladder] == [5, 10, 15, 20]


def test_the_therapist_is_warned_of_a_long_session_and_of_a_clash() -> None:
    long = plan("lumbar/late", "exercises: [{exercise: walking, minutes: 40 min}, half-bridge]")
    assert any("more than 30" in warning for warning in long.warnings)
    clash = plan("lumbar/subacute", "findings: {posture: flat, direction: flexion}")
    assert any("symptoms win" in warning for warning in clash.warnings)


def test_a_minimal_file_gives_a_plan_in_each_of_the_twenty_phases() -> None:
    assert len(LIBRARY.phases) == 20
    for phase in LIBRARY.phases:
        made = plan(phase)
        assert 2 <= len(made.items) <= CAPS[phase], phase
        assert "walking" in slugs(made), phase
        assert made.draft
        assert len(made.reasons) == len(LIBRARY.exercises)


FINDINGS = st.fixed_dictionaries(
    {},
    optional={
        "posture": st.sampled_from(["flat", "large-curve", "neutral"]),
        "direction": st.sampled_from(["extension", "flexion", "side", "none", "unknown"]),
        "floor": st.sampled_from(["yes", "no"]),
        "level": st.sampled_from(["low", "mid", "high"]),
        "weight-goal": st.sampled_from(["yes", "no"]),
        "neck-problem": st.sampled_from(["yes", "no"]),
    },
)


@st.composite
def patients(draw: st.DrawFn) -> Patient:
    findings = ", ".join(f"{key}: {value}" for key, value in draw(FINDINGS).items())
    precautions = ", ".join(draw(st.lists(st.sampled_from(PRECAUTIONS), unique=True, max_size=4)))
    cleared = ", ".join(draw(st.lists(st.sampled_from(["trunk-range", "neck-range", "front-lying"]), unique=True)))
    side = draw(st.sampled_from(["", "side: left", "side: right", "side: both"]))
    lines = [f"findings: {{{findings}}}", f"precautions: [{precautions}]", f"cleared: [{cleared}]", side]
    return patient(draw(st.sampled_from(sorted(LIBRARY.phases))), *lines)


@settings(max_examples=300, deadline=None)
@given(patients())
def test_no_patient_gets_what_a_gate_forbids(someone: Patient) -> None:
    made = resolve(someone, LIBRARY, ISSUED)
    chosen = slugs(made)
    assert len(chosen) == len(set(chosen)) <= CAPS[made.phase.slug]
    assert made == resolve(someone, LIBRARY, ISSUED)
    assert made.red_flags
    assert not any(pair <= set(chosen) for pair in TWINS)
    assert len(NERVE_MOVES & set(chosen)) <= 1
    for item in made.items:
        assert made.phase.slug in item.exercise.phases
        assert not set(item.exercise.contraindications) & set(someone.precautions)
        assert item.exercise.side != "marked" or item.side
    # The same choice listed by hand passes every gate: what the rules choose, a gate never refuses.
    if chosen:
        by_hand = tuple(Prescription(exercise=slug) for slug in chosen)
        listed = someone.model_copy(update={"exercises": by_hand})
        assert slugs(resolve(listed, LIBRARY, ISSUED)) == chosen


def test_every_gate_is_a_rule() -> None:
    assert set(GATES) <= RULES.keys()


def test_the_table_in_docs_is_what_the_rules_choose() -> None:
    assert (ROOT / "docs" / "plans.md").read_text("utf-8") == overview(LIBRARY)


def test_rules_that_leave_nothing_say_so() -> None:
    bare = {"exercises": {slug: page for slug, page in LIBRARY.exercises.items() if slug == "swallow"}}
    library = LIBRARY.__class__(**{**vars(LIBRARY), **bare})
    with pytest.raises(ProblemsError, match=r"the rules leave no exercise: .* For lumbar/acute: none\. \[exercise\]"):
        resolve(patient("lumbar/acute"), library, ISSUED)
