"""The body as data: segment lengths, joints with their limits, surface tables.

Lengths are metres of a person 1.70 m tall. Axes are those of the ISB: x forward, y up, z to the person's right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

HEIGHT = 1.70

# Fractions of height: taken as those of Drillis & Contini 1966 in Winter, Biomechanics and Motor Control of Human Movement,
# figure 4.1 (we saw that the figure is there, not its numbers). Marked `own`: the figure gives outer widths or nothing;
# these are joint centres, shaped by eye.
FRACTIONS = {
    "hip_half": 0.050,  # own: hip joint from the midline
    "lumbar_up": 0.058,  # own: L5/S1 above the hip joints
    "lumbar_forward": -0.018,  # own
    "lumbar": 0.100,  # own: L5/S1 to T12/L1
    "thorax": 0.157,  # own: T12/L1 to C7
    "neck": 0.079,  # own: C7 to the joint of head and neck
    "shoulder_up": 0.808 - 0.530,  # own: the joint lies a little below the table's shoulder, 0.818
    "shoulder_half": 0.100,  # own: the table's 0.129 is the outer shoulder
    "shoulder_forward": -0.012,
    "uarm": 0.186,
    "farm": 0.146,
    "hand": 0.108,
    "thigh": 0.245,
    "shank": 0.246,
    "ankle_height": 0.039,
    "foot": 0.152,
}
LENGTH = {name: share * HEIGHT for name, share in FRACTIONS.items()}

HEAD_SCALE = 1.06  # own: a head a little larger than life reads better at 6 cm
LUMBAR_STEPS, THORAX_STEPS, NECK_STEPS = 14, 22, 8
SPINE_STEPS = LUMBAR_STEPS + THORAX_STEPS


@dataclass(frozen=True)
class Motion:
    """One way a joint moves: its axis, the words of either direction, and how far it goes.

    *low* and *high* are degrees (of the girdle: centimetres), positive towards *plus*.
    """

    axis: str
    plus: str
    minus: str
    low: float
    high: float


# Ranges: own; the end of what a pose may say, not what a patient should reach. Held against two tables,
# which we saw only as excerpts that a search showed, not in the whole publication:
# - Apti, Colak & Akcay 2023, 300 healthy adults of 18 to 29 years, mean (standard deviation): neck with head flexion 58 (8),
#   extension 59 (10), side 42 (8), turn 71 (11); low back flexion 70 (15), extension 40 (10), side 36 (6), turn 38 (9).
# - Merck Manual, Normal Values for Range of Motion of Joints: hip flexion 125, extension 15, abduction 45, rotation 45 each
#   way; knee 130; ankle 20 up, 50 down; inversion 35, eversion 25; elbow 160; forearm 90 each way; wrist 90 and 70.
# Wider than these where a hand, the floor or the body's weight helps, by numbers taken as ours: heels under the seat
# (knee 155), a foot laid flat (ankle 70 down), a hand that bears weight (wrist 92 back), a crossed leg (hip abduction 70,
# rotation 72), an arm overhead with its shoulder blade (185). How the spine shares a bend among its parts is ours, too.
_TRUNK = ("flex", "ext"), ("right", "left"), ("turn_right", "turn_left")


def _trunk(flex: tuple[float, float], side: float, turn: float) -> tuple[Motion, ...]:
    ranges = flex, (-side, side), (-turn, turn)
    return tuple(
        Motion(axis, *words, *ends) for axis, words, ends in zip(("flex", "side", "rot"), _TRUNK, ranges, strict=True)
    )


TRUNK_JOINTS: dict[str, tuple[Motion, ...]] = {
    "lumbar": _trunk((-50, 60), 30, 20),
    "thorax": _trunk((-35, 45), 30, 45),
    "neck": _trunk((-45, 50), 40, 60),
    "head": _trunk((-25, 30), 15, 40),
}
LIMB_JOINTS: dict[str, tuple[Motion, ...]] = {
    "girdle": (Motion("elev", "elev", "dep", -3, 5), Motion("pro", "pro", "ret", -4, 5)),
    "shoulder": (
        Motion("flex", "flex", "ext", -65, 185),
        Motion("abd", "abd", "add", -50, 185),
        Motion("rot", "ir", "er", -100, 95),
    ),
    "elbow": (Motion("flex", "flex", "ext", -3, 150),),
    "forearm": (Motion("pron", "pron", "sup", -90, 90),),
    "wrist": (Motion("flex", "flex", "ext", -92, 85), Motion("dev", "radial", "ulnar", -35, 25)),
    "hip": (
        Motion("flex", "flex", "ext", -30, 130),
        Motion("abd", "abd", "add", -35, 70),
        Motion("rot", "ir", "er", -72, 50),
    ),
    "knee": (Motion("flex", "flex", "ext", -3, 155),),
    "ankle": (Motion("dors", "df", "pf", -70, 35), Motion("inv", "inv", "ev", -25, 35)),
    "toes": (Motion("ext", "ext", "flex", -15, 80),),
}
PLURAL = {
    "girdles": "girdle", "shoulders": "shoulder", "elbows": "elbow", "forearms": "forearm", "wrists": "wrist",
    "hips": "hip", "knees": "knee", "ankles": "ankle", "toes": "toes",
}  # fmt: skip

# ---------------------------------------------------------------------- surface: own tables, shaped by eye
# Trunk: height above the hip joints, front, back, half width.
TRUNK = np.array([
    [-.100, .022, -.050, .016], [-.082, .045, -.068, .052], [-.060, .064, -.085, .105], [-.030, .083, -.108, .145],
    [.000, .094, -.120, .158], [.030, .100, -.122, .162], [.070, .100, -.112, .158], [.110, .101, -.095, .148],
    [.150, .100, -.082, .138], [.190, .098, -.077, .132], [.230, .100, -.080, .131], [.280, .106, -.092, .138],
    [.330, .112, -.106, .147], [.380, .114, -.116, .153], [.420, .107, -.121, .155], [.450, .094, -.121, .152],
    [.480, .074, -.117, .143], [.505, .055, -.106, .120], [.530, .036, -.088, .088], [.550, .022, -.072, .062],
])  # fmt: skip
# Limbs: share of the length from the upper joint, radius to the front, back, inner and outer side.
THIGH = np.array([
    [0, .080, .088, .068, .078], [.12, .082, .090, .072, .080], [.30, .079, .083, .070, .074],
    [.55, .068, .069, .060, .063], [.80, .056, .056, .051, .052], [.93, .053, .052, .048, .050],
    [1, .052, .048, .047, .049],
])  # fmt: skip
SHANK = np.array([
    [0, .050, .050, .047, .049], [.07, .050, .052, .048, .050], [.18, .046, .062, .050, .052],
    [.32, .042, .066, .052, .052], [.48, .039, .058, .047, .047], [.65, .036, .044, .038, .038],
    [.82, .033, .036, .031, .031], [.93, .033, .036, .031, .031], [1, .034, .038, .034, .034],
])  # fmt: skip
UPPER_ARM = np.array([
    [0, .054, .056, .050, .052], [.15, .053, .055, .047, .054], [.35, .049, .050, .043, .047],
    [.60, .045, .046, .041, .042], [.85, .038, .039, .038, .038], [1, .036, .037, .037, .037],
])  # fmt: skip
FOREARM = np.array([
    [0, .037, .037, .038, .038], [.10, .040, .040, .040, .040], [.25, .042, .041, .042, .043],
    [.50, .036, .036, .036, .037], [.75, .028, .029, .027, .028], [.92, .027, .027, .022, .022],
    [1, .027, .027, .021, .021],
])  # fmt: skip
# Foot: forward of the ankle, height of the top above the sole, half width.
FOOT = np.array([
    [-.058, .050, .022], [-.045, .070, .029], [-.020, .088, .034], [.015, .092, .035], [.045, .082, .037],
    [.080, .067, .041], [.110, .054, .045], [.138, .043, .047],
])  # fmt: skip
TOE_LINE = 0.138  # where the toes bend, forward of the ankle
# Head: height above its joint with the neck, front, back, half width; the vault above is one ellipsoid.
FACE = np.array([
    [.070, .1005, -.087, .0740], [.055, .1020, -.088, .0755], [.040, .1025, -.088, .0755], [.024, .0985, -.086, .0750],
    [.010, .0955, -.081, .0735], [-.005, .0960, -.072, .0715], [-.022, .0970, -.058, .0690],
    [-.040, .0965, -.040, .0655], [-.056, .0955, -.020, .0600], [-.070, .0940, .002, .0520],
    [-.082, .0890, .024, .0410], [-.090, .0800, .040, .0280],
])  # fmt: skip
VAULT = (0.007, 0.055, 0.0), (0.0945, 0.080, 0.0755)
HAIR = np.array([
    [.070, .066, -.0965, .0800], [.050, .044, -.0970, .0805], [.030, .016, -.0955, .0800], [.010, .002, -.0915, .0765],
    [-.010, -.012, -.0840, .0700], [-.028, -.028, -.0745, .0600], [-.040, -.038, -.0665, .0480],
])  # fmt: skip
HAIR_VAULT = (-0.004, 0.054, 0.0), (0.0945, 0.092, 0.0815)
# Hairline painted on the skull: height, foremost x that is still hair.
HAIRLINE = np.array([
    [-.046, -.060], [-.040, -.036], [-.020, -.020], [-.006, -.012], [-.003, .024], [.010, .032], [.030, .038],
    [.045, .046], [.060, .053], [.075, .058], [.086, .068], [.094, .084], [.100, .110], [.150, .120],
])  # fmt: skip
COLLAR = (0.030, 0.020, 0.0), (0.074, 0.088, 0.084)  # what is skin at the neckline: centre and semi-axes from C7
# Fingers: sideways place at the knuckles, length, radius; they overlap, so that a hand is no comb.
FINGERS = ((0.0255, 0.071, 0.0125), (0.0095, 0.076, 0.0125), (-0.0070, 0.074, 0.0125), (-0.0225, 0.065, 0.0120))
# Hand shapes: bend in degrees of knuckle, middle and end joint of the fingers; thumb out and in.
HANDS = {
    "flat": (0, 0, 0, 48, 4), "relaxed": (16, 26, 14, 32, 20), "curl": (35, 55, 35, 22, 34),
    "grip": (70, 80, 40, 22, 58), "fist": (85, 95, 40, 22, 58),
}  # fmt: skip
SLEEVE, SHORTS, HEM = 0.56, 0.50, 0.045  # sleeve and shorts as a share of the limb; shirt hem above the hips


@dataclass(frozen=True)
class Build:
    """Whose body is drawn: widths as factors of the tables, and the hair (`short`, `bun`, `tail`)."""

    girth: float = 1.0
    hips: float = 1.0
    shoulders: float = 1.0
    hair: str = "short"


# By names a clinic can choose from; the first is the usual one.
BUILDS = {
    "short-hair": Build(),
    "long-hair": Build(hips=1.06, shoulders=0.93, hair="tail"),
    "full-figure": Build(girth=1.16, hair="bun"),
}
