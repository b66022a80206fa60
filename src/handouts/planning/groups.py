"""Which exercises do the same job, from easy to hard, and how many of each job a phase takes: data with its source.

Orders follow the easier/harder links of the exercises; slots follow the "allowed" column of each phase in the clinical
notes, section 3; caps follow rule R15 ("numbers own"); after surgery caps and the order of need are our own as well.
A clinic's own exercise joins the job of its category.
"""

from __future__ import annotations

from collections.abc import Mapping

from handouts.model import Exercise, phrase
from handouts.model.vocabulary import Level

# Job -> exercises from easy to hard; of jobs that are not graded, the most usual first.
JOBS: Mapping[str, tuple[str, ...]] = {
    "relief": ("hand-on-head-relief", "rest-90-90", "diaphragmatic-breathing", "prone-lying-pillow", "rest-on-belly"),
    "direction": (
        "prone-on-elbows", "prone-press-up", "backward-bend", "side-glide-wall",
        "supine-chin-tuck", "cervical-retraction", "lateral-neck-flexion", "retraction-extension",
    ),
    "back": (
        "bridge", "half-bridge", "prone-leg-lift", "prone-head-lift", "bird-dog-single-limb",
        "padded-pelvis-trunk-lift", "bird-dog", "chest-raise", "single-leg-bridge", "swallow", "arch-bridge",
    ),
    "belly": (
        "abdominal-bracing", "pelvic-tilt", "supine-lumbar-arch", "prone-abdominal-contraction", "supine-head-lift",
        "supine-march", "slight-flex-squat", "mcgill-curl-up", "dead-bug", "front-plank-knees",
        "supine-double-leg-lift", "knees-to-armpits", "supine-sit-up", "toe-touch",
    ),
    "trunk-side": ("clamshell", "side-plank-wall", "side-plank-knees", "side-plank"),
    "limb": ("gluteal-set", "quad-set", "bent-knee-fallout", "heel-slide", "straight-leg-raise"),
    "legs": ("sit-to-stand", "heel-raise", "hip-hinge", "partial-wall-squat", "single-leg-balance"),
    "neck": ("deep-neck-nod", "neck-isometrics", "neck-flexor-endurance"),
    "blades": ("shoulder-rolls", "scapular-retraction", "shoulder-row", "wall-slide"),
    "circulation": ("ankle-pumps",),
    "mobility": (
        "mobility-flexion-extension", "seated-pelvic-tilt", "cat-camel", "knee-rolls", "mobility-side-bend",
        "mobility-rotation-arm-sweep", "mobility-waist-circles", "mobility-standing-knee-hug", "mobility-bend-and-turn",
        "neck-rotation", "neck-flex-ext", "thoracic-extension-chair",
    ),
    "nerve": ("sciatic-slider", "median-slider", "hamstring-stretch"),
    "stretch": (
        "piriformis-stretch", "calf-stretch", "hip-flexor-stretch", "single-knee-to-chest", "pectoral-stretch",
        "upper-trap-stretch",
    ),
    "walk": ("walking",),
    "aerobic": ("stationary-bike", "water-walking", "swimming", "strength-training"),
    "bed": ("log-roll",),
    "habit": ("sitting-reset", "scar-massage"),
}  # fmt: skip
GRADED = frozenset({"direction", "back", "belly", "trunk-side", "limb", "legs", "neck", "blades"})
# Level -> its place on the ladder of a job, from 0 (easiest) to 1, at first and from the late phase on (rule R16; own).
EFFORT: Mapping[Level, tuple[float, float]] = {"low": (0.0, 0.4), "mid": (0.2, 0.6), "high": (0.4, 0.9)}
_JOB_OF = {slug: job for job, slugs in JOBS.items() for slug in slugs}
_JOB_OF_CATEGORY = {
    "recovery": "relief", "extension": "back", "abdominal": "belly", "mobility": "mobility",
    "strengthening": "limb", "stretching": "stretch", "aerobic": "aerobic", "education": "habit",
}  # fmt: skip

# Near twins (rule R24) and moves that pull on the same nerve (rule R23): one of each set.
TWINS: tuple[frozenset[str], ...] = (
    frozenset({"half-bridge", "bridge"}),
    frozenset({"supine-sit-up", "mcgill-curl-up"}),
    frozenset({"toe-touch", "hamstring-stretch"}),
    # The same move at two levels (own): one is enough.
    frozenset({"bridge", "single-leg-bridge"}),
    frozenset({"half-bridge", "single-leg-bridge"}),
    frozenset({"bird-dog", "bird-dog-single-limb"}),
    frozenset({"supine-march", "dead-bug"}),
)
NERVE_MOVES = frozenset({"sciatic-slider", "hamstring-stretch", "median-slider"})

# Rule R5, lowest rung first.
EXTENSION_LADDER = ("prone-lying-pillow", "rest-on-belly", "prone-on-elbows", "prone-press-up", "backward-bend")
# Rule R12.
LARGE_BENDS = frozenset(
    {"arch-bridge", "swallow", "toe-touch", "supine-sit-up", "knees-to-armpits", "mobility-bend-and-turn"}
)
# Rule R18.
TRUNK_RANGE = frozenset(
    {
        "mobility-flexion-extension", "mobility-rotation-arm-sweep", "mobility-side-bend", "mobility-standing-knee-hug",
        "mobility-bend-and-turn", "mobility-waist-circles", "cat-camel", "knee-rolls", "prone-press-up",
    }
)  # fmt: skip
# Rules R20 and R21; "three-point bridge" is the arch bridge.
HEAD_LOADING = frozenset({"supine-head-lift", "prone-head-lift", "mcgill-curl-up", "arch-bridge"})
# What a limit on moving the neck closes: every move of the neck itself, and resisted neck work (R20; disputes D11, D12).
NECK_MOVES = frozenset(
    {
        "cervical-retraction", "deep-neck-nod", "lateral-neck-flexion", "median-slider", "neck-flex-ext",
        "neck-flexor-endurance", "neck-isometrics", "neck-rotation", "retraction-extension", "supine-chin-tuck",
        "upper-trap-stretch",
    }
)  # fmt: skip
# Their front matter says flexion, but a rest with raised legs does not bend the back.
RESTS = frozenset({"rest-90-90"})
# Weights: after surgery not before the surgeon lifts the limit on lifting (notes of strength training).
LOADED = frozenset({"strength-training"})
# What only the therapist can fill in: the limit that an exercise asks for (notes, D6: sources differ on the stroke).
FIELDS: Mapping[str, str] = {"swimming": "swim-stroke"}
# Rule R26, and the weekly numbers of the founding document.
WEIGHT_AIMS: Mapping[str, str] = {
    "walking": phrase("Your aim over time: about 250 minutes of walking a week. Any walk is better than none."),
    "swimming": phrase("Your aim over time: half an hour on most days."),
    "strength-training": phrase("Your aim over time: about one hour, 3 to 5 times a week."),
}
# Precautions that ask for care and forbid nothing (the exercises' own notes; extension: field notes, section 2).
CARE: Mapping[str, frozenset[str]] = {
    "poor-balance": frozenset({"backward-bend", "mobility-standing-knee-hug", "single-leg-balance"}),
    "neck-problem": frozenset({"backward-bend"}),
    "wrist-problem": frozenset({"bird-dog", "bird-dog-single-limb"}),
    "clot-risk": frozenset({"calf-stretch"}),
}
CARE_WITH_EXTENSION = ("spinal-narrowing", "slipped-vertebra")
# What each clearance of a surgeon opens where an exercise waits for a yes; the other clearances speak of moves of the spine.
OPENED_BY: Mapping[str, frozenset[str]] = {
    "pool": frozenset({"swimming", "water-walking"}),
    "scar-care": frozenset({"scar-massage"}),
    "resistance": frozenset({"shoulder-row", "strength-training"}),
    "neck-range": NECK_MOVES,
}
# Off by default (notes, section 7.1): only a therapist who names the exercise can allow it.
OFF_BY_DEFAULT = frozenset(
    {
        "arch-bridge", "supine-double-leg-lift", "knees-to-armpits", "toe-touch", "supine-sit-up", "mobility-bend-and-turn",
    }
)  # fmt: skip

# The most exercises a sheet carries (rule R15): acute 3, subacute 4 to 5, late 5 to 7; after surgery by the same sense.
CAPS: Mapping[str, int] = {
    "lumbar/acute": 3, "lumbar/subacute": 5, "lumbar/late": 7, "lumbar/keep": 7,
    "cervical/acute": 3, "cervical/subacute": 5, "cervical/late": 7, "cervical/keep": 7,
    "post-op/discectomy/protect": 5, "post-op/discectomy/switch-on": 5,
    "post-op/discectomy/load": 7, "post-op/discectomy/return": 7,
    "post-op/fusion/protect": 5, "post-op/fusion/stability": 5,
    "post-op/fusion/strength": 7, "post-op/fusion/return": 7,
    "post-op/acdf/protect": 5, "post-op/acdf/gentle-start": 5,
    "post-op/acdf/control": 5, "post-op/acdf/return": 7,
}  # fmt: skip
DEFAULT_CAP = 5

# Phase -> jobs in order of need; "strength" stands for one slot of the back-to-belly split (rules R7 to R9).
SLOTS: Mapping[str, tuple[str, ...]] = {
    "lumbar/acute": ("walk", "direction", "relief"),
    "lumbar/subacute": ("walk", "direction", "strength", "strength", "strength", "mobility", "nerve"),
    "lumbar/late": ("walk", "strength", "strength", "strength", "trunk-side", "mobility", "stretch", "nerve", "aerobic"),
    "lumbar/keep": ("walk", "strength", "strength", "strength", "trunk-side", "stretch", "mobility", "aerobic"),
    "cervical/acute": ("walk", "direction", "relief", "blades"),
    "cervical/subacute": ("walk", "direction", "neck", "blades", "mobility", "nerve"),
    "cervical/late": ("walk", "neck", "neck", "blades", "blades", "stretch", "mobility", "aerobic"),
    "cervical/keep": ("walk", "neck", "blades", "blades", "stretch", "mobility", "aerobic"),
    "post-op/discectomy/protect": ("walk", "bed", "belly", "circulation", "limb"),
    "post-op/discectomy/switch-on": ("walk", "belly", "legs", "trunk-side", "legs"),
    "post-op/discectomy/load": ("walk", "back", "belly", "back", "trunk-side", "legs", "stretch"),
    "post-op/discectomy/return": ("walk", "back", "belly", "back", "trunk-side", "stretch", "mobility"),
    "post-op/fusion/protect": ("walk", "bed", "belly", "limb", "legs"),
    "post-op/fusion/stability": ("walk", "belly", "trunk-side", "legs", "legs"),
    "post-op/fusion/strength": ("walk", "back", "belly", "trunk-side", "legs", "blades", "back"),
    "post-op/fusion/return": ("walk", "back", "trunk-side", "legs", "back", "nerve", "aerobic"),
    "post-op/acdf/protect": ("walk", "bed", "blades", "relief", "legs"),
    "post-op/acdf/gentle-start": ("walk", "blades", "blades", "belly", "legs"),
    "post-op/acdf/control": ("walk", "blades", "blades", "legs", "aerobic"),
    "post-op/acdf/return": ("walk", "blades", "blades", "stretch", "aerobic"),  # no move of the neck before a surgeon's yes
}
DEFAULT_SLOTS = tuple(JOBS)  # a phase of a clinic's own: one of each job, as far as the cap reaches


def job_of(exercise: Exercise) -> str:
    """Return the job of an exercise, by its slug or, for a clinic's own, by its category."""
    return _JOB_OF.get(exercise.slug) or _JOB_OF_CATEGORY[exercise.category]


def difficulty(exercise: Exercise) -> tuple[int, str]:
    """Return the sort key that puts the exercises of a job in order, easy first; a clinic's own come after ours."""
    ladder = JOBS[job_of(exercise)]
    return (ladder.index(exercise.slug) if exercise.slug in ladder else len(ladder), exercise.slug)


def ladder_place(exercise: Exercise) -> int:
    """Return the place of an exercise on the extension ladder (rule R5), lowest rung first; all others come after."""
    return EXTENSION_LADDER.index(exercise.slug) if exercise.slug in EXTENSION_LADDER else len(EXTENSION_LADDER)
