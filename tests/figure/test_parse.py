"""A figure is checked whole before anything is drawn."""

from __future__ import annotations

import copy

import pytest
from support.samples import LEG_LIFT

from handouts.figure import FigureError, parse_figure


def faults(**changes) -> dict:
    mapping = copy.deepcopy(LEG_LIFT)
    mapping["panels"][1] |= changes
    with pytest.raises(FigureError) as caught:
        parse_figure(mapping)
    return dict(caught.value.faults)


def test_a_good_figure_is_read_and_merged():
    figure = parse_figure(LEG_LIFT)
    first, second = figure.panels
    assert figure.position == "prone"
    assert second.joints["hip_l"] == {"abd": 4.0, "ext": 18.0}
    assert second.joints["shoulder_r"] == first.joints["shoulder_r"]
    assert second.contact == {"pelvis": 0, "thorax": 0, "thigh_r": 0, "toe_r": 0}
    assert second.hold == "6 s"
    assert not first.arrows


def test_a_later_word_of_the_same_axis_replaces_the_earlier():
    mapping = {"panels": [{"joints": {"hips": "flex 40"}}, {"joints": {"hip_r": "ext 5"}}]}
    assert parse_figure(mapping).panels[1].joints == {"hip_r": {"ext": 5}, "hip_l": {"flex": 40}}


def test_all_faults_come_at_once_with_their_places():
    found = faults(joints={"knea_l": "flex 5", "hip_l": "flx 20", "hip_r": "flex 200"}, contact=["pelvs"], holt="6 s")
    assert found[("panels", 1, "joints", "knea_l")] == "unknown joint 'knea_l'; did you mean 'knee_l'?"
    assert "unknown movement of hip_l 'flx'; did you mean 'flex'?" in found[("panels", 1, "joints", "hip_l")]
    assert found[("panels", 1, "joints", "hip_r")] == "flex 200 is beyond the limit: flex goes to 130 degrees"
    assert found[("panels", 1, "contact", "pelvs")] == "unknown region 'pelvs'; did you mean 'pelvis'?"
    assert found[("panels", 1, "holt")] == "unknown key of a panel 'holt'; did you mean 'hold'?"


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"place": {"hand_l": "kne_l"}}, ("place", "hand_l", "spot"), "did you mean 'knee_l'?"),
        ({"place": {"hand_l": {"gap": 1}}}, ("place", "hand_l"), "needs one of spot, at, plane"),
        ({"arrows": [{"dir": [0, 1]}]}, ("arrows", 0), "an arrow needs one of track, turn, from"),
        ({"arrows": [{"track": "fot_l"}]}, ("arrows", 0, "track"), "did you mean 'foot_l'?"),
        ({"muscles": ["glute"]}, ("muscles", 0), "did you mean 'glutes'?"),
        ({"hands": "claw"}, ("hands",), "unknown hand shape 'claw'"),
        ({"hold": "long"}, ("hold",), "must be a time such as '5 s'"),
        ({"turn": {"z": "much"}}, ("turn", "z"), "must be a number"),
        ({"anchor": "food"}, ("anchor",), "unknown region 'food'"),
        ({"keep": ["hend_l"]}, ("keep", 0), "did you mean 'hand_l'?"),
        ({"contact": [["pelvis"]]}, ("contact", "['pelvis']"), "unknown region"),
        ({"joints": "hip_l: ext 5"}, ("joints",), "must be a mapping"),
        ({"muscles": [5]}, ("muscles", 0), "unknown muscle '5'"),
        ({"belly": 9}, ("belly",), "0 to 4 cm"),
    ],
)
def test_each_kind_of_fault_is_said_plainly(changes, place, words):
    assert words in faults(**changes)[("panels", 1, *place)]


def test_unknown_views_positions_and_props_are_faults():
    with pytest.raises(FigureError) as caught:
        parse_figure({"position": "prown", "view": "lef", "props": ["matt", {"bed": {"lenght": 2}}], "panels": [{}]})
    found = dict(caught.value.faults)
    assert "did you mean 'prone'?" in found[("position",)]
    assert "did you mean 'left'?" in found[("view",)]
    assert "did you mean 'mat'?" in found[("props", 0)]
    assert "did you mean 'length'?" in found[("props", 1, "bed", "lenght")]


def test_a_prop_says_what_it_lacks():
    with pytest.raises(FigureError, match="pillow needs x"):
        parse_figure({"props": ["pillow"], "panels": [{}]})


def test_a_helper_and_a_scar_say_what_is_wrong_with_them():
    props = [{"helper": {"spot": "lowbak", "way": [0, 1]}}, {"scar": {"length": 0.1}}]
    with pytest.raises(FigureError) as caught:
        parse_figure({"props": props, "panels": [{}]})
    found = dict(caught.value.faults)
    assert "did you mean 'lowback'?" in found[("props", 0, "helper", "spot")]
    assert "3 numbers" in found[("props", 0, "helper", "way")]
    assert "scar needs spot" in found[("props", 1, "scar")]


def test_two_pictures_of_the_same_pose_are_a_fault():
    with pytest.raises(FigureError, match="shows the same as the panel before"):
        parse_figure({"panels": [{"contact": ["feet"]}, {"caption": "Hold.", "hold": "5 s"}]})


def test_a_figure_needs_a_panel():
    with pytest.raises(FigureError, match="one panel or more"):
        parse_figure({"panels": []})
