"""The drawings of a plan: the patient's own side, the phase's range, the dose's time, the body that was asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from support.library import LIBRARY
from support.written import ROOT

from handouts.app.layers import Layers
from handouts.app.plans import plan_handouts
from handouts.figure import Drawing, Figure, draw
from handouts.figure.body.body import BUILDS
from handouts.figure.body.pose import DOF, INDEX, angles
from handouts.figure.scene.settle import settle_panels
from handouts.model import Plan
from handouts.model.vocabulary import BODIES
from handouts.pictures.drawings import AMPLITUDES, draw_all, illustrate

DRAWN = [exercise for exercise in LIBRARY.exercises.values() if exercise.figure]
SIDED = [exercise for exercise in DRAWN if exercise.side != "none"]
# Here the limb that moves most is not the side that is meant: why.
MEANT = {
    "single-leg-bridge": "the leg that stays down does the work",
    "single-leg-balance": "the leg that stands does the work",
    "bird-dog": "the arm of the other side moves with the leg",
    "piriformis-stretch": "both legs move together",
    "calf-stretch": "the back leg is stretched, the front leg bends",
    "side-plank": "only the arms move, and those of the side below hardly",
    "side-plank-knees": "only the arms move, and those of the side below hardly",
}


def moved(figure: Figure, side: str) -> float:
    """How far the limbs of a side move, in degrees, over all joints."""
    poses = np.degrees([angles(panel.joints) for panel in figure.panels])
    limbs = [k for k, name in enumerate(DOF) if f"_{side[0]}." in name]
    return float(np.abs(poses - poses[0]).max(0)[limbs].sum())


def plan_of(folder: Path, *lines: str) -> Plan:
    """The plan of a patient in the subacute phase whose file ends with these lines."""
    file = folder / "patient.yaml"
    file.write_text("\n".join(["id: T-1", "condition: lumbar", *lines]), "utf-8")
    (plan,) = plan_handouts([file], Layers(), date(2026, 11, 21))
    return plan


def leg_lift(folder: Path, *lines: str, **settings: str) -> Drawing:
    """The drawing of the leg lift on such a sheet."""
    said = "".join(f", {key.replace('_', '-')}: {value}" for key, value in settings.items())
    item = f"exercises: [{{exercise: prone-leg-lift{said}}}]"
    return illustrate(plan_of(folder, "phase: late", item, *lines))["prone-leg-lift"]


def test_the_bodies_of_a_clinic_are_those_of_the_engine():
    assert tuple(BUILDS) == BODIES


@pytest.mark.parametrize("exercise", SIDED, ids=lambda exercise: exercise.slug)
def test_the_side_a_figure_names_is_the_one_that_moves(exercise):
    figure = exercise.figure
    own, other = (moved(figure, side) for side in (figure.side, {"left": "right", "right": "left"}[figure.side]))
    if max(own, other) > 1.5 * min(own, other) and exercise.slug not in MEANT:
        assert own > other


def test_the_side_of_the_item_is_the_one_that_is_lifted(tmp_path):
    left, right = (leg_lift(tmp_path, side=side) for side in ("left", "right"))
    drawn_left = LIBRARY.exercises["prone-leg-lift"].figure.side == "left"
    mirrored, plain = (right, left) if drawn_left else (left, right)
    assert "matrix(-1 0 0 1" in mirrored.panels[1]
    assert "matrix(-1" not in plain.panels[1]
    assert "left foot" in left.alternatives[1]
    assert "right foot" in right.alternatives[1]


def test_the_words_of_the_other_side_say_the_other_side(tmp_path):
    figure = replace_caption(LIBRARY.exercises["prone-leg-lift"].figure, "Lift your left leg.")
    assert draw(figure, mirror=True).captions[1] == "Lift your right leg."
    assert "<title>Lift your right leg.</title>" in draw(figure, mirror=True).panels[1]
    assert "left" not in draw(figure, mirror=True).alternatives[1]


def replace_caption(figure: Figure, caption: str) -> Figure:
    first, second = figure.panels
    return replace(figure, panels=(first, replace(second, caption=caption)))


def test_both_sides_are_shown_as_the_file_shows_them(tmp_path):
    assert leg_lift(tmp_path).panels == leg_lift(tmp_path, side=LIBRARY.exercises["prone-leg-lift"].figure.side).panels


def test_the_time_is_that_of_the_dose(tmp_path):
    assert "A watch shows 8 s." in leg_lift(tmp_path, hold="8 s").alternatives[1]


def test_the_body_is_the_one_that_the_patient_or_the_clinic_asks_for(tmp_path):
    usual = leg_lift(tmp_path)
    own = leg_lift(tmp_path, "print: {figure: long-hair}")
    (tmp_path / "clinic.yaml").write_text("name: C\nphone: 555-0100\nemergency: '112'\nfigure: full-figure\n", "utf-8")
    clinics = leg_lift(tmp_path)
    assert leg_lift(tmp_path, "print: {figure: long-hair}").panels == own.panels
    assert len({usual.panels, own.panels, clinics.panels}) == 3


@pytest.mark.parametrize("slug", ["mobility-side-bend", "mobility-flexion-extension"])
def test_a_swing_is_drawn_small_in_the_phase_that_asks_for_it(tmp_path, slug):
    def lean(phase: str) -> float:
        plan = plan_of(tmp_path, f"phase: {phase}", f"exercises: [{slug}]")
        poses = settle_panels(plan.items[0].exercise.figure, BUILDS["short-hair"], AMPLITUDES[plan.items[0].range])
        return float(np.abs(poses[1].q - poses[0].q)[[INDEX["lumbar.side"], INDEX["lumbar.flex"]]].max())

    assert lean("subacute") == pytest.approx(AMPLITUDES["small"] * lean("late"), rel=0.05)
    drawn = [illustrate(plan_of(tmp_path, f"phase: {p}", f"exercises: [{slug}]"))[slug].panels for p in ("subacute", "late")]
    assert drawn[0] != drawn[1]


def test_the_words_and_the_picture_of_a_swing_agree(tmp_path):
    """Rule R11 prints 'small' where, and only where, the swing is drawn small."""
    for phase in ("subacute", "late"):
        plan = plan_of(tmp_path, f"phase: {phase}", "exercises: [mobility-side-bend, prone-leg-lift]")
        for item in plan.items:
            assert (item.range == "small") == any("mall" in hint for hint in item.hints)


@pytest.mark.parametrize("exercise", DRAWN, ids=lambda exercise: exercise.slug)
def test_every_picture_has_words_of_its_own(exercise):
    drawing = draw_all(replace(LIBRARY, exercises={exercise.slug: exercise}))[exercise.slug]
    for caption, words in zip(drawing.captions, drawing.alternatives, strict=True):
        assert caption
        assert caption not in words
        assert words.startswith("Picture")
        assert not re.search(r"[_{}]|\b[rl]\b", words), words


def test_a_figure_must_say_its_side(run, tmp_path):
    text = (ROOT / "content/exercises/extension/prone-leg-lift.md").read_text("utf-8")
    file = tmp_path / "content/exercises/extension/prone-leg-lift.md"
    file.parent.mkdir(parents=True)
    file.write_text(re.sub(r"\n  side: \w+", "", text, count=1), "utf-8")
    result = run("check", "--content", "content")
    assert result.exit_code == 1
    line = text[: text.index("\nfigure:")].count("\n") + 3
    assert f"prone-leg-lift.md:{line}:" in result.stdout
    assert "add 'side: left' or 'side: right'" in result.stdout
