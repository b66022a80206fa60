"""What a rule is given: one patient in one phase, the library, and findings with their defaults."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.model import Library, Patient, Phase
from handouts.model.vocabulary import Direction, Level, Posture

EARLY = ("acute", "subacute", "protect", "switch-on", "stability", "gentle-start")  # a nerve may still be irritable


@dataclass(frozen=True)
class Case:
    """One patient in one phase."""

    patient: Patient
    phase: Phase
    library: Library

    @property
    def condition(self) -> str:
        """`lumbar`, `cervical`, `post-op/fusion` ..."""
        return self.phase.condition

    @property
    def lumbar_spine(self) -> bool:
        """True if the condition is one of the low back, with or without surgery."""
        return self.condition in ("lumbar", "post-op/discectomy", "post-op/fusion")

    @property
    def after_surgery(self) -> bool:
        """True if this patient has had an operation."""
        return self.patient.condition == "post-op"

    @property
    def early(self) -> bool:
        """True while the nerve may still be irritable."""
        return self.phase.stem in EARLY

    @property
    def direction(self) -> Direction:
        """The direction that eases the limb; `unknown` until a therapist has found one."""
        return self.patient.findings.direction or "unknown"

    @property
    def posture(self) -> Posture:
        """`flat`, `large-curve` or `neutral`, which also stands for not assessed."""
        return self.patient.findings.posture or "neutral"

    @property
    def level(self) -> Level:
        """`low` until a therapist says otherwise: a start is made low."""
        return self.patient.findings.level or "low"

    @property
    def precautions(self) -> tuple[str, ...]:
        """The precautions that the file names, and those that its findings amount to."""
        findings = self.patient.findings
        implied = (
            (findings.neck_problem, "neck-problem"),
            (self.condition in ("cervical", "post-op/acdf"), "neck-problem"),  # rules R20 and R21
            (findings.posture == "large-curve", "large-lumbar-curve"),  # rule R8
        )
        return tuple(dict.fromkeys((*self.patient.precautions, *(name for holds, name in implied if holds))))

    def cleared(self, what: str) -> bool:
        """Return True if the surgeon has cleared it."""
        return what in self.patient.cleared
