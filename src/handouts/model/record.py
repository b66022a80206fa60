"""What the record of a sheet tells of it, for the sheet that comes after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handouts.files.document import Document
from handouts.model.patient import Patient


@dataclass(frozen=True)
class Record:
    """One sheet that was made: for whom, on which day, and what was printed of each week.

    `weeks` has, by exercise, the line that tells the dose of each week; empty in a record of an earlier form.
    """

    patient: Patient
    issued: date
    weeks: Mapping[str, str]
    document: Document

    @property
    def sheet_id(self) -> str:
        """Return the id of the sheet."""
        return f"{self.patient.id}-{self.issued.isoformat()}"
