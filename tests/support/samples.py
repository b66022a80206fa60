"""Figures that several tests draw."""

from __future__ import annotations

LEGS = {"hips": "abd 4", "ankles": "pf 56"}
HOOK = {"hips": "flex 52", "knees": "flex 100", "shoulders": "abd 14, ext 2", "elbows": "flex 8", "forearms": "pron 70"}
FOURS = {
    "hips": "flex 80", "knees": "flex 90", "shoulders": "flex 78", "elbows": "flex 3", "ankles": "pf 50",
    "neck": "ext 2", "wrists": "ext 86", "forearms": "pron 84",
}  # fmt: skip

# One plain pose of every position, resting on what it rests on.
BASES = {
    "standing": ({"hips": "abd 4", "shoulders": "abd 8"}, ["feet"]),
    "sitting": ({"hips": "flex 90", "knees": "flex 92", "shoulders": "abd 8"}, {"pelvis": 0.45, "feet": 0}),
    "supine": (HOOK, ["pelvis", "thorax", "head", "feet", "hands"]),
    "prone": (LEGS | {"shoulders": "abd 12", "neck": "ext 10"}, ["pelvis", "thorax", "thighs", "toes"]),
    "hands-and-knees": (FOURS, ["hands", "knees", "toes"]),
    "kneeling": ({"knees": "flex 90", "ankles": "pf 50"}, ["knees", "toes"]),
    "half-kneeling": ({"knees": "flex 88", "hip_r": "flex 88", "ankle_l": "pf 50"}, ["knee_l", "toe_l", "foot_r"]),
    "long-sitting": ({"hips": "flex 88", "knees": "flex 4", "shoulders": "abd 8"}, ["pelvis", "heels"]),
    "side-lying-right": (
        {"hips": "flex 45", "knees": "flex 80", "hip_r": "flex 45, add 9", "shoulder_r": "flex 90"},
        ["hip_r"],
    ),
}

LEG_LIFT = {
    "position": "prone",
    "view": "left",
    "props": ["mat"],
    "panels": [
        {
            "caption": "Lie face down.",
            "joints": LEGS | {"shoulders": "abd 12", "neck": "ext 10"},
            "contact": ["pelvis", "thorax", "thighs", "toes"],
        },
        {
            "caption": "Lift your left leg.",
            "joints": {"hip_l": "ext 18"},
            "contact": ["pelvis", "thorax", "thigh_r", "toe_r"],
            "arrows": [{"track": "foot_l"}],
            "muscles": [["glutes", "l"]],
            "hold": "6 s",
        },
    ],
}
SQUAT = {
    "view": "right",
    "props": ["chair"],
    "panels": [
        {"caption": "Stand.", "joints": {"hips": "abd 4", "shoulders": "abd 6"}, "contact": ["feet"]},
        {
            "caption": "Bend & reach.",
            "joints": {"hips": "flex 70", "knees": "flex 78", "shoulders": "flex 80"},
            "turn": {"z": -28},
            "arrows": [{"track": "pelvis"}],
        },
    ],
}
TURN = {
    "view": {"az": 8, "el": 18},
    "panels": [
        {"caption": "Stand.", "joints": {"hips": "abd 6", "shoulders": "abd 10"}, "contact": ["feet"]},
        {
            "caption": "Turn left.",
            "joints": {"lumbar": "turn_left 12", "thorax": "turn_left 36"},
            "arrows": [{"turn": "thorax"}],
        },
    ],
}


def base(position: str) -> dict:
    """A figure of one plain pose."""
    joints, contact = BASES[position]
    return {"position": position, "panels": [{"caption": position, "joints": joints, "contact": contact}]}
