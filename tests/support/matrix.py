"""The precaution matrix of the clinical notes, section 4, exercise by exercise: written from the notes, not from our content.

Each exercise is followed by the week of pregnancy from which it holds; 0 is always.
"""

from __future__ import annotations

from support.library import LIBRARY


def _of(names: str, week: int = 0) -> dict[str, int]:
    return dict.fromkeys(names.replace(",", " ").split(), week)


def _lying(position: str) -> str:
    return " ".join(slug for slug, one in LIBRARY.exercises.items() if one.position == position and slug != "log-roll")


_ARCHING = """prone-press-up, backward-bend, prone-on-elbows, swallow, arch-bridge, chest-raise, supine-lumbar-arch,
    prone-head-lift, mobility-waist-circles"""
_STRAINING = """arch-bridge, swallow, supine-double-leg-lift, supine-sit-up, strength-training, single-leg-bridge, side-plank,
    front-plank-knees"""
_HOLDING = """side-plank, side-plank-knees, side-plank-wall, front-plank-knees, partial-wall-squat, swallow, arch-bridge,
    half-bridge, bridge, single-leg-bridge, padded-pelvis-trunk-lift, prone-head-lift, supine-double-leg-lift, supine-sit-up,
    bird-dog, neck-isometrics, neck-flexor-endurance, strength-training"""
_STANDING_FREE = """backward-bend, mobility-flexion-extension, mobility-rotation-arm-sweep, mobility-side-bend,
    mobility-standing-knee-hug, mobility-bend-and-turn, mobility-waist-circles, hip-hinge, shoulder-row"""
_STANDING_HELD = """slight-flex-squat, partial-wall-squat, heel-raise, single-leg-balance, calf-stretch, side-plank-wall,
    side-glide-wall, wall-slide, pectoral-stretch"""

BARRED: dict[str, dict[str, int]] = {
    "osteoporosis": _of(
        """supine-sit-up, toe-touch, mobility-bend-and-turn, knees-to-armpits, mcgill-curl-up, supine-head-lift,
        slight-flex-squat, supine-double-leg-lift, mobility-standing-knee-hug, arch-bridge, swallow, mobility-waist-circles"""
    ),
    "hip-replacement": _of(
        """knees-to-armpits, single-knee-to-chest, mobility-standing-knee-hug, piriformis-stretch, toe-touch,
        mobility-bend-and-turn, supine-sit-up, knee-rolls"""
    ),
    "hip-replacement-front": {},
    "pregnancy": {
        **_of(_lying("face-up"), 28),
        **_of(_lying("face-down"), 16),
        **_of("front-plank-knees, side-plank, single-leg-bridge, mobility-waist-circles, backward-bend", 28),
        **_of("rest-90-90, neck-flexor-endurance, mobility-standing-knee-hug, mobility-bend-and-turn, toe-touch", 16),
        **_of("swallow, padded-pelvis-trunk-lift, prone-head-lift, mcgill-curl-up, supine-head-lift", 13),
        **_of("knees-to-armpits, chest-raise", 13),
        **_of("arch-bridge, supine-sit-up, supine-double-leg-lift"),
    },
    "poor-balance": _of(
        """mobility-waist-circles, mobility-bend-and-turn, mobility-standing-knee-hug, mobility-rotation-arm-sweep,
        backward-bend"""
    ),
    "shoulder-problem": _of("side-plank, pectoral-stretch, arch-bridge, wall-slide"),
    "wrist-problem": _of("arch-bridge"),
    "knee-problem": _of("slight-flex-squat"),
    "spinal-narrowing": _of(f"{_ARCHING}, retraction-extension"),
    "slipped-vertebra": _of(f"{_ARCHING}, toe-touch, supine-sit-up, mobility-bend-and-turn, supine-double-leg-lift"),
    "heart-condition": _of(_STRAINING),
    "high-blood-pressure": _of(_STRAINING),
    "clot-risk": {},
    "open-wound": _of(
        """swimming, water-walking, scar-massage, thoracic-extension-chair, arch-bridge, toe-touch, retraction-extension,
        neck-flex-ext, upper-trap-stretch, lateral-neck-flexion"""
    ),
    # The endurance of the neck waits for a yes in its own phases, which the notes ask for in other words.
    "neck-problem": _of(
        """arch-bridge, chest-raise, supine-head-lift, supine-sit-up, mcgill-curl-up, prone-head-lift,
        padded-pelvis-trunk-lift, swallow"""
    ),
    "large-lumbar-curve": _of("arch-bridge, swallow"),
    "neck-surgery": {},
}
for _free in ("ankle-pumps", "diaphragmatic-breathing", "abdominal-bracing"):
    del BARRED["pregnancy"][_free]

_NARROW = """rest-on-belly, prone-leg-lift, padded-pelvis-trunk-lift, mobility-flexion-extension, cat-camel,
    seated-pelvic-tilt, hip-flexor-stretch, bridge, half-bridge, single-leg-bridge, thoracic-extension-chair, swimming,
    walking, sitting-reset"""
# What the sheet must say something about, where it is not barred.
CHANGED: dict[str, dict[str, int]] = {
    "osteoporosis": _of(
        """cat-camel, mobility-flexion-extension, seated-pelvic-tilt, single-knee-to-chest, rest-90-90, piriformis-stretch,
        hamstring-stretch, mobility-rotation-arm-sweep, knee-rolls, backward-bend, single-leg-balance, strength-training"""
    ),
    "hip-replacement": _of(
        """rest-90-90, hamstring-stretch, dead-bug, sciatic-slider, sit-to-stand, stationary-bike, sitting-reset,
        slight-flex-squat, partial-wall-squat, hip-hinge, cat-camel, bird-dog, bird-dog-single-limb, front-plank-knees,
        clamshell, log-roll, side-plank-knees, mobility-rotation-arm-sweep"""
    ),
    "hip-replacement-front": _of(
        """prone-leg-lift, hip-flexor-stretch, bridge, half-bridge, single-leg-bridge, swallow, bent-knee-fallout,
        clamshell"""
    ),
    "pregnancy": {
        **_of(_lying("face-up"), 13),
        **_of(_lying("face-down")),
        **_of(_STANDING_FREE, 28),
        **_of("single-leg-balance, clamshell, stationary-bike", 28),
        **_of(_HOLDING),
    },
    "poor-balance": _of(
        f"""{_STANDING_FREE}, {_STANDING_HELD}, hip-flexor-stretch, sit-to-stand, walking, water-walking,
        strength-training"""
    ),
    "shoulder-problem": _of(
        """side-plank-knees, side-plank-wall, front-plank-knees, prone-on-elbows, half-bridge, chest-raise, bird-dog,
        bird-dog-single-limb, cat-camel, prone-press-up, dead-bug, mobility-rotation-arm-sweep, mobility-bend-and-turn,
        median-slider, hand-on-head-relief, thoracic-extension-chair, shoulder-row, scar-massage, swimming,
        strength-training, log-roll"""
    ),
    "wrist-problem": _of(
        """bird-dog, bird-dog-single-limb, cat-camel, prone-press-up, sit-to-stand, slight-flex-squat, median-slider,
        shoulder-row, strength-training"""
    ),
    "knee-problem": _of(
        """bird-dog, bird-dog-single-limb, cat-camel, front-plank-knees, side-plank-knees, hip-flexor-stretch,
        partial-wall-squat, sit-to-stand, single-leg-bridge, single-leg-balance, heel-raise, piriformis-stretch,
        knees-to-armpits, single-knee-to-chest, stationary-bike, swimming, strength-training"""
    ),
    "spinal-narrowing": _of(f"{_NARROW}, neck-flex-ext"),
    "slipped-vertebra": _of(
        f"""{_NARROW}, knees-to-armpits, single-knee-to-chest, knee-rolls, mobility-rotation-arm-sweep, front-plank-knees,
        dead-bug, bird-dog, strength-training"""
    ),
    "heart-condition": _of(
        f"""{_HOLDING}, {_lying("face-up")}, {_lying("face-down")}, toe-touch, mobility-bend-and-turn, sit-to-stand, log-roll,
        wall-slide, dead-bug, walking, stationary-bike, swimming"""
    ),
    "high-blood-pressure": _of(
        f"""{_HOLDING}, toe-touch, mobility-bend-and-turn, sit-to-stand, log-roll, wall-slide, dead-bug, walking,
        stationary-bike, swimming"""
    ),
    "clot-risk": _of(f"calf-stretch, heel-raise, scar-massage, rest-90-90, sitting-reset, {_STANDING_FREE}"),
    "open-wound": _of(
        """half-bridge, bridge, supine-march, dead-bug, mcgill-curl-up, cat-camel, single-knee-to-chest, hamstring-stretch,
        piriformis-stretch, stationary-bike"""
    ),
    # The arm's nerve slider tips the head by its own steps: its notes say which of them to strike.
    "neck-problem": _of(
        """backward-bend, prone-press-up, prone-on-elbows, rest-on-belly, prone-lying-pillow, prone-leg-lift,
        prone-abdominal-contraction, half-bridge, bridge, single-leg-bridge, bird-dog, cat-camel, sciatic-slider,
        mobility-rotation-arm-sweep, thoracic-extension-chair, swimming, toe-touch, knees-to-armpits,
        side-plank-knees, side-plank, strength-training"""
    ),
    "large-lumbar-curve": _of("backward-bend, prone-press-up, supine-lumbar-arch, chest-raise"),
    "neck-surgery": _of("median-slider"),  # section 2.1 and the date gates of section 3
}
# The clearance after which what is barred may be done with care.
EASED_BY = {
    "hip-replacement": "hip",
    "spinal-narrowing": "arching",
    "slipped-vertebra": "arching",
    "heart-condition": "heart",
    "high-blood-pressure": "heart",
}


def bars(precaution: str, exercise: str, week: int, cleared: tuple[str, ...] = ()) -> bool:
    """Do the notes bar an exercise for this precaution, in this week of pregnancy?"""
    since = BARRED[precaution].get(exercise)
    return since is not None and week >= since and EASED_BY.get(precaution) not in cleared
