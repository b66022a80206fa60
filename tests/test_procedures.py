"""Every operation has its own phases: what is not yet allowed is never chosen, and needs a reason where it is listed."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from support.library import LIBRARY, PROCEDURES
from support.matrix import bars
from support.patients import ISSUED

from handouts.errors import ProblemsError
from handouts.model import Patient, Plan
from handouts.planning.resolve import resolve

NECK = [name for name in PROCEDURES if LIBRARY.phases_of(f"post-op/{name}")[0].region == "cervical"]
LOW_BACK = [name for name in PROCEDURES if name not in NECK]
HEAD = {"resists-neck", "loads-head"}
BENT = {"bends-loaded", "arches-far"}


def planned(procedure: str, day: int, phase: str | None = None, **keys: object) -> Plan:
    data = {"id": "T-1", "condition": "post-op", "procedure": procedure, **keys}
    data |= {"surgery-date": (ISSUED - timedelta(days=day)).isoformat(), **({"phase": phase} if phase else {})}
    return resolve(Patient.from_dict(data), LIBRARY, ISSUED)


def kinds(plan: Plan) -> set[str]:
    return {kind for item in plan.items for kind in item.exercise.kinds}


def test_there_are_the_operations_that_clinics_see() -> None:
    assert {*NECK} == {"acdf", "neck-disc-replacement", "neck-foraminotomy", "neck-posterior"}
    assert {*LOW_BACK} == {"discectomy", "fusion", "laminectomy"}


@pytest.mark.parametrize(("procedure", "level"), [*product(PROCEDURES, ("low", "mid", "high"))])
def test_on_the_first_day_nothing_is_chosen_but_what_protects(procedure: str, level: str) -> None:
    plan = planned(procedure, 1, findings={"level": level})
    assert plan.phase.stem == "protect"
    assert not kinds(plan) & (HEAD | BENT | {"moves-neck", "neck-end", "turns", "kneels", "on-hands", "in-water", "strains"})
    assert not [item.exercise.slug for item in plan.items if item.exercise.position == "face-down"]


@pytest.mark.parametrize("procedure", NECK)
def test_no_phase_after_neck_surgery_chooses_to_load_the_head_or_to_press_against_it(procedure: str) -> None:
    for phase in LIBRARY.phases_of(f"post-op/{procedure}"):
        plan = planned(procedure, 7 * (phase.weeks.usual + 1 if phase.weeks else 1), phase.stem, findings={"level": "high"})
        assert not kinds(plan) & HEAD, phase.slug


@pytest.mark.parametrize("procedure", NECK)
def test_neck_presses_are_refused_until_the_surgeon_has_cleared_the_neck(procedure: str) -> None:
    last = LIBRARY.phases_of(f"post-op/{procedure}")[-1].stem
    listed = [{"exercise": "neck-isometrics", "allow": "Seen."}, "walking"]
    for phase, cleared in ((last, ["neck-range"]),):
        assert planned(procedure, 7 * 30, phase, exercises=listed, cleared=cleared).items
    with pytest.raises(ProblemsError, match="'neck-isometrics' is refused"):
        planned(procedure, 7 * 30, last, exercises=["neck-isometrics", "walking"])


@pytest.mark.parametrize("week", range(8))
def test_after_a_decompression_nothing_arches_far_or_turns_before_week_8(week: int) -> None:
    """One protocol bars range in extension and in turning until then (clinical notes on lumbar decompression)."""
    for phase in LIBRARY.phases_of("post-op/laminectomy"):
        if not phase.is_too_early(week):
            plan = planned("laminectomy", 7 * week, phase.stem, findings={"level": "high"})
            assert not kinds(plan) & {"arches-far", "turns"}, phase.slug


@pytest.mark.parametrize("procedure", PROCEDURES)
@pytest.mark.parametrize("precaution", ["osteoporosis", "poor-balance", "shoulder-problem", "slipped-vertebra"])
def test_the_matrix_of_precautions_holds_after_every_operation(procedure: str, precaution: str) -> None:
    for phase in LIBRARY.phases_of(f"post-op/{procedure}"):
        day = 7 * (phase.weeks.usual + 1 if phase.weeks else 1)
        plan = planned(procedure, day, phase.stem, precautions=[precaution], findings={"level": "high"})
        assert [item.exercise.slug for item in plan.items if bars(precaution, item.exercise.slug, 0)] == []


@pytest.mark.parametrize(
    ("procedure", "swallows"), [("acdf", True), ("neck-disc-replacement", True), ("neck-posterior", False)]
)
def test_signs_of_the_throat_are_for_operations_from_the_front(procedure: str, swallows: bool) -> None:
    flags = {flag.slug for flag in LIBRARY.red_flags_for(f"post-op/{procedure}")}
    assert ("acdf-breathing" in flags) is ("acdf-swallowing" in flags) is swallows
    assert {"spinal-cord", "arm-after-neck-surgery", "wound", "fluid-leak", "cauda-equina"} <= flags
