"""The closed lists of words that content and patient files may use.

A word that code compares with has a type of its own, so that a type checker finds a misspelt one.
"""

from typing import Literal, get_args

Position = Literal["face-down", "face-up", "side-lying", "hands-and-knees", "kneeling", "sitting", "standing", "walking"]
SpineMove = Literal["neutral", "extension", "flexion", "side-bend", "rotation"]
Urgency = Literal["emergency", "same-day", "call"]
Side = Literal["left", "right", "both"]
Toward = Literal["left", "right"]  # the way of a move that goes one way only
# each: both sides in turn; marked: the therapist sets the side; direction: a move that the therapist sends one way only
ExerciseSide = Literal["none", "each", "marked", "direction"]
Body = Literal["short-hair", "long-hair", "full-figure"]  # who is drawn: names of the illustration engine
Amplitude = Literal["small", "full"]  # how far a movement goes
Paper = Literal["a4", "letter"]
Size = Literal["normal", "large"]
Ink = Literal["grey", "colour"]
PainScheme = Literal["A", "B", "C"]
Posture = Literal["flat", "large-curve", "neutral"]
Direction = Literal["extension", "flexion", "side", "none", "unknown"]
Level = Literal["low", "mid", "high"]
Symptoms = Literal["heavy", "moderate", "light"]
ReviewState = Literal["unfinished", "draft", "reviewed"]
# Where in recovery a phase stands: the first four without surgery, the last four after it.
Stage = Literal["acute", "subacute", "late", "keep", "protect", "early", "build", "return"]
Region = Literal["lumbar", "cervical"]  # the part of the spine that a phase is about
Surgery = Literal["disc", "decompression", "fusion", "replacement"]  # what was done to that part
# What an exercise is for: a sheet has a few of each, and the jobs in GRADED run from easy to hard.
Job = Literal[
    "relief", "direction", "back", "belly", "trunk-side", "limb", "legs", "neck", "blades", "circulation", "mobility",
    "nerve", "stretch", "walk", "aerobic", "bed", "habit",
]  # fmt: skip
# How an exercise loads or moves the body, as far as a rule or a precaution asks: docs/authors/kinds.md explains each.
Kind = Literal[
    "bends-loaded", "bends-small", "turns", "arches-far", "arches-small", "large-reach", "trunk-range", "hardly-moves",
    "on-hands", "on-forearms", "arms-high", "kneels", "stands-free", "stands-held", "unsteady", "hip-past-90", "hip-to-90",
    "holds-hard", "strains", "gentle", "carries-load", "loads-head", "moves-neck", "neck-end", "resists-neck", "in-water",
    "pulls-nerve", "front-of-hip", "on-bed",
]  # fmt: skip

POSITIONS: tuple[Position, ...] = get_args(Position)
SPINE_MOVES: tuple[SpineMove, ...] = get_args(SpineMove)
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
SIDES: tuple[Side, ...] = get_args(Side)
BODIES: tuple[Body, ...] = get_args(Body)

JOBS: tuple[Job, ...] = get_args(Job)
GRADED: frozenset[Job] = frozenset({"direction", "back", "belly", "trunk-side", "limb", "legs", "neck", "blades"})
KINDS: tuple[Kind, ...] = get_args(Kind)
STRENGTH = "strength"  # a slot that posture fills with a back or a belly exercise: rules R7 to R9

# For whom alone an entry of a list is, in braces before it: nobody reads what is for another patient.
READERS = ("after surgery", "after back surgery", "after neck surgery", "neck problem")

CATEGORIES = (
    "recovery", "extension", "abdominal", "mobility", "strengthening", "stretching", "aerobic", "education",
)  # fmt: skip
LIMITS = (
    "lift", "sit", "drive", "bend", "neck-movement", "collar", "brace", "front-lying", "wash", "work", "sport", "walk",
    "swim-stroke", "stairs", "sex", "twist",
)  # fmt: skip
# What a surgeon allows, or a therapist has tested; `hip`, `heart` and `arching` ease what a precaution bars.
CLEARANCES = (
    "trunk-range", "neck-range", "front-lying", "extension", "flexion", "resistance", "pool", "scar-care", "hip", "heart",
    "arching",
)  # fmt: skip
