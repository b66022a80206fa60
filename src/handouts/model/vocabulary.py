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
ReviewState = Literal["unfinished", "draft", "reviewed"]

POSITIONS: tuple[Position, ...] = get_args(Position)
SPINE_MOVES: tuple[SpineMove, ...] = get_args(SpineMove)
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
SIDES: tuple[Side, ...] = get_args(Side)
BODIES: tuple[Body, ...] = get_args(Body)

CATEGORIES = (
    "recovery", "extension", "abdominal", "mobility", "strengthening", "stretching", "aerobic", "education",
)  # fmt: skip
PROCEDURES = ("discectomy", "fusion", "acdf")
CONDITIONS = ("lumbar", "cervical", "post-op")
LIMITS = (
    "lift", "sit", "drive", "bend", "neck-movement", "collar", "brace", "front-lying", "wash", "work", "sport", "walk",
    "swim-stroke", "stairs", "sex",
)  # fmt: skip
PRECAUTIONS = (
    "osteoporosis", "pregnancy", "hip-replacement", "heart-condition", "clot-risk", "poor-balance", "neck-problem",
    "shoulder-problem", "wrist-problem", "knee-problem", "slipped-vertebra", "spinal-narrowing", "large-lumbar-curve",
    "open-wound",
)  # fmt: skip
CLEARANCES = ("trunk-range", "neck-range", "front-lying", "extension", "flexion", "resistance", "pool", "scar-care")
