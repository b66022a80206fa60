"""What must hold for every patient: a second reading of the clinical notes, held against gates, choice, record and sheet.

`refusals` is written from the notes and shares no code with the gates. A gate that is taken out is missed here: the last
tests do so, one gate after the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from support.library import LIBRARY, PRECAUTIONS
from support.matrix import bars
from support.patients import ISSUED, patient, slugs

from handouts.app.layers import Layers
from handouts.errors import Problem, ProblemsError
from handouts.model import CLEARANCES, LIMITS, POSITIONS, SIDES, Exercise, Findings, Patient, Plan, Prescription
from handouts.patients.reader import read_patient_file
from handouts.patients.record import plan_record
from handouts.planning import choosing, gates, rules
from handouts.planning.gates import ANY_OTHER
from handouts.planning.resolve import resolve
from handouts.render.handout import red_flag_words, render_screen

# The notes, section 4 (R12, R18, R20) and section 7.1.
LARGE_BENDS = ("arch-bridge", "swallow", "toe-touch", "supine-sit-up", "knees-to-armpits", "mobility-bend-and-turn")
FUSED_LEVEL = (
    "mobility-flexion-extension", "mobility-rotation-arm-sweep", "mobility-side-bend", "mobility-standing-knee-hug",
    "mobility-bend-and-turn", "mobility-waist-circles", "cat-camel", "knee-rolls", "prone-press-up",
)  # fmt: skip
HEAD_LIFTS = (
    "supine-head-lift", "prone-head-lift", "mcgill-curl-up", "arch-bridge", "chest-raise", "supine-sit-up",
    "padded-pelvis-trunk-lift", "swallow",
)  # fmt: skip
NECK = (
    "cervical-retraction", "deep-neck-nod", "lateral-neck-flexion", "median-slider", "neck-flex-ext",
    "neck-flexor-endurance", "neck-isometrics", "neck-rotation", "retraction-extension", "supine-chin-tuck",
    "upper-trap-stretch",
)  # fmt: skip
PRESSED = ("neck-isometrics", "neck-flexor-endurance")  # resisted neck work: rule R20
OFF_BY_DEFAULT = (
    "toe-touch", "supine-sit-up", "knees-to-armpits", "mobility-bend-and-turn", "supine-double-leg-lift", "arch-bridge",
)  # fmt: skip
NEAR_TWINS = (
    ("half-bridge", "bridge"), ("supine-sit-up", "mcgill-curl-up"), ("toe-touch", "hamstring-stretch"),
    ("bird-dog", "bird-dog-single-limb"), ("supine-march", "dead-bug"), ("single-leg-bridge", "half-bridge"),
)  # fmt: skip
EARLIEST = {  # week after surgery: the notes' week windows
    "post-op/discectomy/protect": 0, "post-op/discectomy/switch-on": 1, "post-op/discectomy/load": 4,
    "post-op/discectomy/return": 6, "post-op/fusion/protect": 0, "post-op/fusion/stability": 4, "post-op/fusion/strength": 8,
    "post-op/fusion/return": 16, "post-op/acdf/protect": 0, "post-op/acdf/gentle-start": 1, "post-op/acdf/control": 4,
    "post-op/acdf/return": 10, "post-op/laminectomy/protect": 0, "post-op/laminectomy/restart": 1,
    "post-op/laminectomy/build": 4, "post-op/laminectomy/return": 6, "post-op/neck-disc-replacement/protect": 0,
    "post-op/neck-disc-replacement/gentle": 1, "post-op/neck-disc-replacement/control": 2,
    "post-op/neck-disc-replacement/return": 6, "post-op/neck-foraminotomy/protect": 0, "post-op/neck-foraminotomy/gentle": 1,
    "post-op/neck-foraminotomy/control": 3, "post-op/neck-foraminotomy/return": 6, "post-op/neck-posterior/protect": 0,
    "post-op/neck-posterior/gentle": 1, "post-op/neck-posterior/control": 4, "post-op/neck-posterior/return": 12,
}  # fmt: skip
NECK_SURGERY = ("acdf", "neck-disc-replacement", "neck-foraminotomy", "neck-posterior")
MOST = {
    "gentle": 5,
    "restart": 5,
    "acute": 3,
    "subacute": 5,
    "keep": 5,
    "protect": 5,
    "switch-on": 5,
    "stability": 5,
    "gentle-start": 5,
    "control": 5,
}

CHOICES: Mapping[str, tuple[str, ...]] = {
    "posture": ("flat", "large-curve", "neutral"),
    "direction": ("extension", "flexion", "side", "none", "unknown"),
    "floor": ("yes", "no"),
    "symptoms": ("heavy", "moderate", "light"),
    "level": ("low", "mid", "high"),
    "weight-goal": ("yes", "no"),
    "neck-problem": ("yes", "no"),
}
LIMIT_WORDS = ("no", "not yet", "no limit", "ask us", "5 kg", "3 min", "12 min", "~")
UNDERSTOOD = {"lift": ("5 kg",), "sit": ("3 min", "12 min"), "bend": (), "twist": (), "neck-movement": (), "front-lying": ()}
RED_FLAGS = (*LIBRARY.red_flags, ANY_OTHER)
TEMPLATES = Layers().environment()

some = settings(deadline=None, max_examples=150, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
lists = {"unique": True, "max_size": 4}


@st.composite
def patients(draw: st.DrawFn) -> Patient:
    """Any patient whose file is valid: every phase, finding, precaution, clearance, limit and side there is."""
    findings = draw(st.fixed_dictionaries({}, optional={key: st.sampled_from(words) for key, words in CHOICES.items()}))
    limits = draw(st.dictionaries(st.sampled_from(LIMITS), st.sampled_from(LIMIT_WORDS), max_size=4))
    cleared = draw(st.lists(st.sampled_from(CLEARANCES), **lists))
    opposed = {"bend": "trunk-range", "neck-movement": "neck-range", "front-lying": "front-lying"}
    limits = {key: said for key, said in limits.items() if opposed.get(key) not in cleared}
    precautions = draw(st.lists(st.sampled_from(PRECAUTIONS), **lists))
    side = draw(st.sampled_from(["", *(f"side: {side}" for side in SIDES)]))
    phase = draw(st.sampled_from(sorted(LIBRARY.phases)))
    if phase.startswith("post-op/"):  # words that no rule understands are refused there
        clear = {key: ("no", "not yet", "no limit", "~", *more) for key, more in UNDERSTOOD.items()}
        limits = {key: said for key, said in limits.items() if said in clear.get(key, LIMIT_WORDS)}
    days = 7 * EARLIEST.get(phase, 0) + draw(st.integers(0, 400))
    return patient(
        phase,
        f"findings: {{{', '.join(f'{key}: {word}' for key, word in findings.items())}}}",
        f"precautions: [{', '.join(precautions)}]",
        f"pregnancy-week: {draw(st.integers(1, 40))}" if "pregnancy" in precautions else "",
        f"cleared: [{', '.join(cleared)}]",
        f"limits: {{{', '.join(f'{key}: {said}' for key, said in limits.items())}}}",
        f"review: 2026-{draw(st.sampled_from(['11-23', '12-05', '12-31']))}",
        f"traffic-light: {draw(st.sampled_from('ABC'))}",
        side,
        operated=ISSUED - timedelta(days=days),
    )


def refusals(someone: Patient, exercise: Exercise) -> set[str]:
    """The rules that the notes set against an exercise for this patient, by the name the gates give them."""
    findings, limits = someone.findings, someone.limits.named()
    no = {key for key, said in limits.items() if said in ("no", "not yet")}
    fusion, neck_surgery = someone.procedure == "fusion", someone.procedure in NECK_SURGERY
    neck = findings.neck_problem or someone.condition == "cervical" or neck_surgery or "neck-problem" in someone.precautions
    has = {*someone.precautions, *(["neck-problem"] if neck else [])}
    has |= {"large-lumbar-curve"} if findings.posture == "large-curve" else set()
    face_down = exercise.position == "face-down"
    head = exercise.slug in HEAD_LIFTS
    bends = {*exercise.spine} & {"flexion", "rotation", "side-bend"} or exercise.slug == "mcgill-curl-up"  # loaded bending
    bends = bends and exercise.slug not in [*NECK, "rest-90-90"]
    shortest = exercise.dose.minutes.low if exercise.dose.minutes else 0
    most_sitting = {"no": 0, "not yet": 0, "3 min": 3, "12 min": 12}.get(limits.get("sit") or "", 99)
    surgeon_limits = (
        ("front-lying" in no and face_down)
        or ("neck-movement" in no and (exercise.slug in NECK or head))
        or ("bend" in no and bends)
        or (exercise.position == "sitting" and shortest > most_sitting)
        or ("walk" in no and exercise.position == "walking")
        or ("twist" in no and "rotation" in exercise.spine)
        or ("lift" in no and exercise.slug == "strength-training")
        or (someone.procedure and exercise.slug == "strength-training" and limits.get("lift") == "5 kg")
    )
    weeks = -(-(someone.review - ISSUED).days // 7) if someone.review else 2
    week = someone.pregnancy_week + weeks if someone.pregnancy_week else 0  # the week in which the sheet ends
    early = someone.phase in ("acute", "subacute")
    found = {
        "phase-gate": someone.phase_id not in exercise.phases and not has_yes(someone, exercise),
        "precaution-gate": any(bars(name, exercise.slug, week, someone.cleared) for name in has),
        "limit": bool(surgeon_limits),
        "R12": someone.condition == "lumbar" and early and exercise.slug in LARGE_BENDS,
        "R18": fusion and someone.phase != "return" and "trunk-range" not in someone.cleared and exercise.slug in FUSED_LEVEL,
        "R20": neck_surgery and "neck-range" not in someone.cleared and (head or exercise.slug in PRESSED),
        "R21": bool(neck) and head,
        "D21": someone.condition == "post-op" and face_down and "front-lying" not in someone.cleared,
    }
    return {rule for rule, holds in found.items() if holds}


def has_yes(someone: Patient, exercise: Exercise) -> bool:
    """Has the surgeon given the yes that an exercise waits for in this phase?"""
    if someone.phase_id not in exercise.ask_first or someone.condition != "post-op" or exercise.slug in OFF_BY_DEFAULT:
        return False
    cleared, moves = {*someone.cleared}, {*exercise.spine} - {"neutral"}
    by_name = {
        "pool": exercise.slug in ("swimming", "water-walking"),
        "scar-care": exercise.slug == "scar-massage",
        "resistance": exercise.slug in ("shoulder-row", "strength-training"),
        "neck-range": exercise.slug in NECK,
    }
    back = someone.procedure not in NECK_SURGERY and bool(moves) and ("trunk-range" in cleared or moves <= cleared)
    return back or any(by_name.get(name, False) for name in cleared)


def check_choice(someone: Patient) -> Plan | None:
    """Everything that must hold of a plan that the rules chose; None where the limits leave nothing to choose."""
    if problems := problems_of(someone):
        assert ["the rules leave no exercise" in problem.message for problem in problems] == [True]
        return None
    made = resolve(someone, LIBRARY, ISSUED)
    chosen = slugs(made)
    assert made == resolve(someone, LIBRARY, ISSUED)
    assert 1 <= len(chosen) == len(set(chosen)) <= MOST.get(someone.phase, 7)
    assert {item.exercise.slug: refusals(someone, item.exercise) for item in made.items} == {slug: set() for slug in chosen}
    assert not set(chosen) & set(OFF_BY_DEFAULT)
    assert all(someone.phase_id in item.exercise.phases for item in made.items)
    assert all(item.exercise.side != "marked" or item.side for item in made.items)
    assert all(item.exercise.side != "direction" for item in made.items)  # its way is a therapist's to set
    places = [POSITIONS.index(item.exercise.position) for item in made.items if item.exercise.slug != "walking"]
    assert places == sorted(places)
    assert "walking" not in chosen[1:]  # it warms up
    climbs = {"prone-on-elbows": "rest-on-belly", "prone-press-up": "prone-on-elbows"}
    assert all(below in chosen for rung, below in climbs.items() if rung in chosen)
    assert not any({*pair} <= set(chosen) for pair in NEAR_TWINS)
    assert len({"sciatic-slider", "hamstring-stretch", "median-slider"} & set(chosen)) <= 1
    assert [reason.exercise for reason in made.reasons if reason.chosen] == [s for s in LIBRARY.exercises if s in chosen]
    assert len(made.reasons) == len(LIBRARY.exercises)
    assert made.red_flags == LIBRARY.red_flags_for(someone.condition_id, someone.precautions) != ()
    if someone.phase == "acute" and someone.findings.symptoms == "heavy":
        assert all(item.exercise.job in ("walk", "relief") for item in made.items)  # the notes, A14
    check_doses(made)
    return made


def check_doses(made: Plan) -> None:
    """Every dose of every week lies within the range of its exercise in this phase, and never falls."""
    for item in made.items:
        differs = made.phase.doses.get(item.exercise.slug)
        span = differs.of(item.exercise.dose) if differs else item.exercise.dose
        first = not any(phase.order < made.phase.order for phase in LIBRARY.phases_of(made.phase.condition))
        doses = [item.dose, *(step.dose for step in item.ladder)]
        assert len(item.ladder) <= made.weeks
        for key in ("sets", "reps", "hold"):
            numbers, bounds = [getattr(dose, key) or 0 for dose in doses], getattr(span, key)
            assert numbers == sorted(numbers)
            low = bounds.low if bounds else 0
            assert numbers[0] == low if first else numbers[0] >= low  # later phases start where the ones before ended
            assert numbers[-1] <= (bounds.high if bounds else 0)
        minutes = [dose.minutes or 0 for dose in doses]
        limit = {"sitting": "sit", "walking": "walk"}.get(item.exercise.position, "")
        most = {"3 min": 3, "12 min": 12}.get(made.patient.limits.named().get(limit) or "", 60)
        assert minutes == sorted(minutes)
        assert minutes[-1] <= min(most, span.minutes.high if span.minutes else 0)


def check_listed(someone: Patient, exercise: Exercise) -> None:
    """An exercise listed by hand is refused by exactly the rules that the notes set against it."""
    side = "left" if exercise.side == "marked" else None
    toward = "left" if exercise.side == "direction" else None
    listed = someone.model_copy(update={"exercises": (Prescription(exercise=exercise.slug, side=side, toward=toward),)})
    problems = problems_of(listed)
    assert {problem.rule for problem in problems} == refusals(someone, exercise)
    assert all("add 'allow: <your reason>'" in problem.message for problem in problems)
    assert problems or slugs(resolve(listed, LIBRARY, ISSUED)) == [exercise.slug]
    allowed = Prescription(exercise=exercise.slug, side=side, toward=toward, allow="Seen in clinic.")
    assert slugs(resolve(someone.model_copy(update={"exercises": (allowed,)}), LIBRARY, ISSUED)) == [exercise.slug]


def problems_of(someone: Patient) -> tuple[Problem, ...]:
    """Why a patient's sheet cannot be made; empty where it can."""
    try:
        resolve(someone, LIBRARY, ISSUED)
    except ProblemsError as error:
        return error.problems
    return ()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("record") / "T-1.plan.yaml"


def check_round_trip(made: Plan, record: Path) -> None:
    """A record gives the same plan; only the reasons differ, since its exercises are now listed."""

    def again(plan: Plan) -> Plan:
        record.write_text(plan_record(plan), "utf-8")
        (copy,) = read_patient_file(record)
        return resolve(copy, LIBRARY, ISSUED)

    same = again(made)
    aside: dict[str, Any] = {"patient": made.patient, "warnings": ()}
    assert replace(same, **aside) == replace(made, **aside)
    dropped = {
        "document": made.patient.document,
        "exercises": (),
        "issued": None,
        "made_with": None,
        "made_for": None,
        "own_doses": None,
    }
    assert same.patient.model_copy(update=dropped) == made.patient.model_copy(update=dropped)
    assert plan_record(again(same)) == plan_record(same)


@some
@given(someone=patients())
def test_what_the_rules_choose_holds_for_every_patient(record: Path, someone: Patient) -> None:
    if made := check_choice(someone):
        check_round_trip(made, record)


@some
@given(patients(), st.sampled_from(list(LIBRARY.exercises.values())))
def test_a_listed_exercise_is_refused_by_exactly_the_rules_that_the_notes_name(someone: Patient, exercise: Exercise) -> None:
    check_listed(someone, exercise)


@some
@given(patients(), st.lists(st.sampled_from(RED_FLAGS), min_size=1, max_size=3), st.sampled_from(list(LIBRARY.exercises)))
def test_a_red_flag_leaves_no_exercise_whatever_else_holds(someone: Patient, flags: list[str], slug: str) -> None:
    found = {"red_flags": tuple(flags), "exercises": (Prescription(exercise=slug, allow="All the same."),)}
    made = resolve(someone.model_copy(update=found), LIBRARY, ISSUED)
    assert made.items == ()
    assert {flag.slug for flag in made.emergency} >= {*flags} - {ANY_OTHER}
    assert made.emergency
    assert {reason.rule for reason in made.reasons} == {"R1"}


@settings(some, max_examples=25)
@given(patients(), st.lists(st.sampled_from(RED_FLAGS), max_size=1))
def test_every_sheet_prints_every_red_flag_of_its_patient(someone: Patient, flags: list[str]) -> None:
    # Two exercises that no gate can refuse, so that the sheet is built whatever the limits are.
    free = tuple(Prescription(exercise=slug, allow="Seen in clinic.") for slug in ("walking", "abdominal-bracing"))
    made = resolve(someone.model_copy(update={"red_flags": tuple(flags), "exercises": free}), LIBRARY, ISSUED)
    html = render_screen(made, TEMPLATES)
    signs = [sign for flag in (made.emergency or made.red_flags) for sign in flag.signs.items]
    assert len(red_flag_words(made)) == len(signs) > 0
    assert [words for words in red_flag_words(made) if words not in plain(html)] == []


def plain(html: str) -> str:
    """The words of a page, as its reader sees them."""

    return Markup(html).striptags()


@some
@given(patients(), st.integers(0, 200), st.booleans())
def test_a_phase_is_refused_in_exactly_the_weeks_that_the_notes_call_too_early(
    someone: Patient, days: int, allowed: bool
) -> None:
    reason = "The surgeon asks for it." if allowed else None
    free = (Prescription(exercise="walking", allow="Seen in clinic."),)
    changed = {"surgery_date": ISSUED - timedelta(days=days), "allow_phase": reason, "exercises": free}
    someone = someone.model_copy(update=changed if someone.procedure else {"exercises": free})
    too_early = bool(someone.procedure) and days // 7 < EARLIEST[someone.phase_id]
    assert [problem.rule for problem in problems_of(someone)] == ["phase-weeks"] * (too_early and not allowed)


# The strategy reaches everything there is ---------------------------------------------------------------------------------


def test_patients_are_made_of_every_word_that_a_file_may_hold() -> None:
    assert {name.replace("_", "-") for name in Findings.model_fields} == CHOICES.keys()
    for key, words in CHOICES.items():
        for word in words:
            assert patient("lumbar/late", f"findings: {{{key}: {word}}}")
        with pytest.raises(ProblemsError):
            patient("lumbar/late", f"findings: {{{key}: other}}")
    seen: list[Patient] = []

    @settings(some, max_examples=600)
    @given(patients())
    def look(someone: Patient) -> None:
        seen.append(someone)

    look()
    assert {someone.phase_id for someone in seen} == LIBRARY.phases.keys()
    assert {name for someone in seen for name in someone.precautions} == set(PRECAUTIONS)
    assert {name for someone in seen for name in someone.cleared} == set(CLEARANCES)
    assert {key for someone in seen for key in someone.limits.named()} == set(LIMITS)
    for key, words in CHOICES.items():
        found = {getattr(someone.findings, key.replace("-", "_")) for someone in seen}
        assert found == {None, *({"yes": True, "no": False}.get(word, word) for word in words)}


# And each gate, taken out, is missed --------------------------------------------------------------------------------------

SWEEP = [
    patient(phase, *lines)
    for phase in LIBRARY.phases
    for lines in (
        (),
        ("findings: {posture: large-curve, neck-problem: yes, level: high, direction: extension}", "side: left"),
        ("precautions: [spinal-narrowing, hip-replacement, shoulder-problem]", "findings: {direction: extension}"),
        ("limits: {bend: no, twist: no, sit: 3 min, neck-movement: no, front-lying: not yet, walk: no, lift: 5 kg}",),
        ("findings: {level: high, weight-goal: yes, direction: extension}", "cleared: [trunk-range]"),
        ("findings: {posture: flat}",),
    )
]


def list_all() -> None:
    """Check every exercise listed by hand for the whole sweep."""
    for someone in SWEEP:
        for exercise in LIBRARY.exercises.values():
            check_listed(someone, exercise)


def choose_all() -> None:
    """Check what the rules choose for the whole sweep."""
    for someone in SWEEP:
        check_choice(someone)


def test_the_sweep_is_sound_with_every_gate_in_place() -> None:
    list_all()
    choose_all()


@pytest.mark.parametrize("gate", rules.GATES)
def test_a_gate_that_is_taken_out_is_missed(gate: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "BARS", {**rules.BARS, gate: lambda *_: None})
    with pytest.raises(AssertionError):
        list_all()


@pytest.mark.parametrize("name", ["precaution", "limit", "D21", "R22"])
def test_a_rule_that_no_longer_bars_shows_in_what_is_chosen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "BARS", {**rules.BARS, name: lambda *_: None})
    with pytest.raises(AssertionError):
        choose_all()


BROKEN = [("not_all", lambda _: 9), ("no_duplicates", lambda *_: None)]  # of nerve moves no phase has room for two


@pytest.mark.parametrize(("name", "broken"), BROKEN)
def test_a_cap_or_a_pair_that_is_lost_shows_in_what_is_chosen(
    name: str, broken: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing.rules, name, broken)
    with pytest.raises(AssertionError):
        choose_all()
