"""What a rule is given: one patient in one phase, the library, and findings with their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from handouts.model import Library, Patient, Phase
from handouts.model.vocabulary import Direction, Level, Posture
from handouts.planning.precautions import Held, all_held


@dataclass(frozen=True)
class Case:
    """One patient in one phase; `weeks` is how long the sheet is for."""

    patient: Patient
    phase: Phase
    library: Library
    weeks: int = 2

    @property
    def lumbar_spine(self) -> bool:
        """True if the phase is about the low back, with or without surgery."""
        return self.phase.region == "lumbar"

    @property
    def after_surgery(self) -> bool:
        """True if the phase is one after an operation."""
        return self.phase.surgery is not None

    @property
    def early(self) -> bool:
        """True while the nerve may still be irritable."""
        return self.phase.irritable

    @property
    def intensive(self) -> bool:
        """True from the phase on in which muscle training is the main thing (rule R14)."""
        return self.phase.stage in ("late", "keep", "build", "return")

    @property
    def direction(self) -> Direction:
        """The direction that eases the limb; `unknown` until a therapist has found one."""
        return self.patient.findings.direction or "unknown"

    @property
    def posture(self) -> Posture:
        """`flat`, `large-curve` or `neutral`, which also stands for not assessed: posture is one of the low back."""
        return (self.patient.findings.posture if self.lumbar_spine else None) or "neutral"

    @property
    def level(self) -> Level:
        """`low` until a therapist says otherwise: a start is made low."""
        return self.patient.findings.level or "low"

    @property
    def pregnancy_week(self) -> int:
        """The week of pregnancy in which the sheet ends, as what it bars grows from week to week; 0 without pregnancy."""
        return self.patient.pregnancy_week + self.weeks if self.patient.pregnancy_week else 0

    @cached_property
    def own_precautions(self) -> tuple[str, ...]:
        """The precautions that the file names, and those that its findings amount to."""
        findings = self.patient.findings
        found = ((findings.neck_problem, "neck-problem"), (findings.posture == "large-curve", "large-lumbar-curve"))  # R8
        return tuple(dict.fromkeys((*self.patient.precautions, *(name for holds, name in found if holds))))

    @cached_property
    def precautions(self) -> tuple[str, ...]:
        """The patient's own precautions, and those that the phase implies for everyone (rules R20 and R21)."""
        return tuple(dict.fromkeys((*self.own_precautions, *self.phase.implies)))

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """Those precautions as they hold for this patient on this sheet."""
        return all_held(self.precautions, self.library, self.pregnancy_week, self.patient.cleared)

    @cached_property
    def limits(self) -> Mapping[str, str | None]:
        """The limits that the file names."""
        return self.patient.limits.named()

    def cleared(self, what: str) -> bool:
        """Return True if the surgeon has cleared it."""
        return what in self.patient.cleared
