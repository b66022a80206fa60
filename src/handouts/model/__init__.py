"""The frozen types: what content and patient files hold, and what a plan is made of."""

from handouts.model.clinic import Clinic, ClinicFrontMatter
from handouts.model.content import (
    Condition,
    ConditionFrontMatter,
    Lights,
    PainRule,
    PainRuleFrontMatter,
    Phase,
    PhaseFrontMatter,
    Question,
    QuestionFrontMatter,
    RedFlag,
    RedFlagFrontMatter,
    Schemes,
    SourceFrontMatter,
    Topic,
    TopicFrontMatter,
)
from handouts.model.dose import (
    NUMBERS,
    Dose,
    DoseRange,
)
from handouts.model.exercise import (
    Exercise,
    ExerciseFrontMatter,
)
from handouts.model.library import (
    Library,
)
from handouts.model.noun import (
    Noun,
)
from handouts.model.page import (
    REVIEW_YEARS,
    FrontMatter,
    Page,
)
from handouts.model.patient import (
    Findings,
    Limit,
    Limits,
    Patient,
    PatientFrontMatter,
    Prescription,
    Print,
)
from handouts.model.plan import (
    Item,
    Plan,
    Reason,
    SheetFile,
    Step,
    phrase,
)
from handouts.model.precaution import (
    Precaution,
    PrecautionFrontMatter,
)
from handouts.model.translation import (
    Address,
    ExerciseWords,
    Translation,
    Words,
    words_kind,
)
from handouts.model.vocabulary import (
    CATEGORIES,
    CLEARANCES,
    GRADED,
    JOBS,
    KINDS,
    LIMITS,
    POSITIONS,
    SIDES,
    SPINE_MOVES,
    STRENGTH,
    URGENCIES,
)

__all__ = [
    "CATEGORIES",
    "CLEARANCES",
    "GRADED",
    "JOBS",
    "KINDS",
    "LIMITS",
    "NUMBERS",
    "POSITIONS",
    "REVIEW_YEARS",
    "SIDES",
    "SPINE_MOVES",
    "STRENGTH",
    "URGENCIES",
    "Address",
    "Clinic",
    "ClinicFrontMatter",
    "Condition",
    "ConditionFrontMatter",
    "Dose",
    "DoseRange",
    "Exercise",
    "ExerciseFrontMatter",
    "ExerciseWords",
    "Findings",
    "FrontMatter",
    "Item",
    "Library",
    "Lights",
    "Limit",
    "Limits",
    "Noun",
    "Page",
    "PainRule",
    "PainRuleFrontMatter",
    "Patient",
    "PatientFrontMatter",
    "Phase",
    "PhaseFrontMatter",
    "Plan",
    "Precaution",
    "PrecautionFrontMatter",
    "Prescription",
    "Print",
    "Question",
    "QuestionFrontMatter",
    "Reason",
    "RedFlag",
    "RedFlagFrontMatter",
    "Schemes",
    "SheetFile",
    "SourceFrontMatter",
    "Step",
    "Topic",
    "TopicFrontMatter",
    "Translation",
    "Words",
    "phrase",
    "words_kind",
]
