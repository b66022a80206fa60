"""What a rule is given: one patient in one phase, the library, and findings with their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from handouts.model import Library, Patient, Phase
from handouts.model.vocabulary import Direction, Level, Posture
from handouts.planning.limit_words.reading import ACTED_ON, Reading, is_over, read
from handouts.planning.precautions import Held, all_held


@dataclass(frozen=True)
class Case:
    """One patient in one phase; `weeks` is how long the sheet is for, from the day it is `issued`."""

    patient: Patient
    phase: Phase
    library: Library
    weeks: int = 2
    issued: date | None = None  # without a day of issue no limit is over

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

    @property
    def readers(self) -> frozenset[str]:
        """The kinds of readers that this patient is, as content names them."""
        neck_surgery = (self.after_surgery and not self.lumbar_spine) or "neck-surgery" in self.precautions
        neck = not self.lumbar_spine or neck_surgery or "neck-problem" in self.precautions
        kinds = {
            "after surgery": self.after_surgery or neck_surgery,
            "after back surgery": self.after_surgery and self.lumbar_spine,
            "after neck surgery": neck_surgery,
            "neck problem": neck,
        }
        return frozenset(kind for kind, holds in kinds.items() if holds)

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """Those precautions as they hold for this patient on this sheet."""
        return all_held(self.precautions, self.library, self.pregnancy_week, self.patient.cleared)

    @cached_property
    def week(self) -> int | None:
        """The week after surgery, from 0 on; None without surgery or without a day of issue."""
        return self.patient.weeks_after_surgery(self.issued) if self.issued else None

    @cached_property
    def limits(self) -> Mapping[str, Reading]:
        """What the patient's limits mean to the rules, those that are over left out; see `limit_words`."""
        said = self.patient.limits.named()
        readings = {key: read(key, words) for key in ACTED_ON if (words := said.get(key))}
        return {key: reading for key, reading in readings.items() if not is_over(reading, self.week, self.issued)}

    @cached_property
    def judged(self) -> Mapping[str, tuple[str, ...]]:
        """The exercises that the therapist closes by name, for each limit with a `closes`."""
        entries = self.patient.limits.entries().items()
        return {key: limit.closes for key, limit in entries if limit and limit.closes is not None}

    def cleared(self, what: str) -> bool:
        """Return True if the surgeon has cleared it."""
        return what in self.patient.cleared
