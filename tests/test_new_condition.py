"""A condition that we do not have is a folder of content: no code, and never a wrong plan in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.library import LIBRARY
from support.matrix import bars
from support.patients import ISSUED
from support.written import EXAMPLES, ROOT

from handouts.app.layers import Layers
from handouts.errors import ProblemsError
from handouts.model import Library, Patient, Plan
from handouts.planning.resolve import resolve
from handouts.render.sheet import compose

FIXTURE = ROOT / "tests" / "fixtures" / "stenosis"


def library_with(folder: Path) -> Library:
    return Layers(content=(folder,), clinic=EXAMPLES / "clinic.yaml").library()


STENOSIS = library_with(FIXTURE)


def planned(**keys: object) -> Plan:
    return resolve(Patient.from_dict({"id": "T-1", "condition": "stenosis", "phase": "start", **keys}), STENOSIS, ISSUED)


def names(plan: Plan) -> list[str]:
    return [item.exercise.slug for item in plan.items]


def test_the_rules_plan_it_by_what_its_files_say() -> None:
    assert names(planned()) == ["walking", "rest-90-90", "abdominal-bracing", "pelvic-tilt", "sit-to-stand"]
    assert names(planned(phase="build", findings={"level": "low"}))[0] == "walking"


def test_what_its_narrowing_bars_is_barred_although_its_files_offer_it() -> None:
    for phase in ("start", "build"):
        for level in ("low", "mid", "high"):
            for direction in ("extension", "flexion", "none"):
                plan = planned(phase=phase, findings={"level": level, "direction": direction})
                assert not [slug for slug in names(plan) if bars("spinal-narrowing", slug, 0)]
    with pytest.raises(ProblemsError, match="'prone-press-up' is not for a patient with 'spinal-narrowing'"):
        planned(exercises=["prone-press-up"])


def test_the_cards_say_what_narrowing_asks_for() -> None:
    walk = next(item for item in planned().items if item.exercise.slug == "walking")
    assert "Walk in short bouts. If your legs ache, sit or lean forward, then go on." in walk.changes


def test_it_has_the_red_flags_and_topics_of_the_condition_that_it_is_like() -> None:
    assert STENOSIS.red_flags_for("stenosis") == STENOSIS.red_flags_for("lumbar") != ()
    assert STENOSIS.topics_for("stenosis") == STENOSIS.topics_for("lumbar") != ()
    assert "Narrow spinal canal" in compose(planned(), Layers().environment(), {}).html


def test_a_surgery_date_and_a_phase_of_another_condition_are_refused() -> None:
    with pytest.raises(ProblemsError, match="surgery-date: is not for 'stenosis', which is without surgery"):
        planned(**{"surgery-date": "2026-11-01"})
    with pytest.raises(ProblemsError, match="'acute' is not a known phase of stenosis"):
        planned(phase="acute")


CHANGES = [
    ("like: lumbar\n", "", "no file in red-flags/ is for 'stenosis'"),
    ("like: lumbar", "like: lumber", "like: 'lumber' is not a known condition"),
    ("stage: subacute\n", "", "the key 'stage' is missing"),
    ("slots: [walk, relief, belly, belly, legs, aerobic, stretch]\n", "", "the key 'slots' is missing"),
    ("implies: [spinal-narrowing]", "implies: [narrowing]", "implies: 'narrowing' is not a known precaution"),
    ("swallow]", "swalow]", "exercises: 'swalow' is not a known exercise"),
    ("region: lumbar", "region: lumber", "region: 'lumber' is not a known region"),
]


@pytest.mark.parametrize(("old", "new", "fault"), CHANGES)
def test_what_its_files_lack_is_said(tmp_path: Path, old: str, new: str, fault: str) -> None:
    folder = tmp_path / "own"
    shutil.copytree(FIXTURE, folder)
    changed = [path for path in folder.rglob("*.md") if old in path.read_text("utf-8")]
    for path in changed[:1] if "like" in old else changed:
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(ProblemsError) as error:
        library_with(folder)
    assert fault in str(error.value)


def test_our_own_content_is_not_touched_by_it() -> None:
    assert "stenosis" not in LIBRARY.conditions
    assert not any("stenosis/start" in exercise.phases for exercise in LIBRARY.exercises.values())
