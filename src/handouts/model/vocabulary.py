"""The closed lists of words that content and patient files may use."""

POSITIONS = ("face-down", "face-up", "side-lying", "hands-and-knees", "kneeling", "sitting", "standing", "walking")
CATEGORIES = (
    "recovery", "extension", "abdominal", "mobility", "strengthening", "stretching", "aerobic", "education",
)  # fmt: skip
SPINE_MOVES = ("neutral", "extension", "flexion", "side-bend", "rotation")
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
URGENCIES = ("emergency", "same-day", "call")
SIDES = ("left", "right", "both")
BODIES = ("short-hair", "long-hair", "full-figure")  # who is drawn: names of the illustration engine
RANGES = ("small", "full")
