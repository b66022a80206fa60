"""Patient files -> Plan, with every fault of every file in one run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from handouts.app.batch import ALL, Shard
from handouts.app.layers import Layers
from handouts.content.loader import load_clinic
from handouts.content.translations import clinic_in, in_language
from handouts.errors import Problem, ProblemsError, unknown
from handouts.files.text import is_file
from handouts.locales import SOURCE_LANGUAGE
from handouts.model import Clinic, Library, Patient, Plan
from handouts.patients.reader import read_patients
from handouts.planning.language import missing_words
from handouts.planning.resolve import resolve


@dataclass(frozen=True)
class Overrides:
    """What the command line says instead of the patient files; None leaves the file's word."""

    issued: date | None = None
    paper: str | None = None
    size: str | None = None
    layout: str | None = None
    sources: bool = False  # list where the words come from
    fallback: bool = False  # print what has no translation in English, marked

    def apply(self, patient: Patient) -> Patient:
        """The patient with these words in place of the file's."""
        said = {"paper": self.paper, "size": self.size, "layout": self.layout, "sources": self.sources}
        changed = patient.print.model_copy(update={key: value for key, value in said.items() if value})
        return patient.model_copy(update={"print": changed})


NO_OVERRIDES = Overrides()


def plan_handouts(
    paths: Iterable[Path], layers: Layers, today: date, overrides: Overrides = NO_OVERRIDES, shard: Shard = ALL
) -> tuple[Plan, ...]:
    """The plans of all patients in the files and folders given; raises ProblemsError with every fault of every file.

    `today` is the day of issue of a patient file that names none.
    """
    patients, library, problems = read_all(paths, layers)
    plans = resolve_all(with_supported_language(patients, layers.languages(), problems), library, problems, today, overrides)
    problems.extend(missing_phrases({plan.patient.language for plan in plans}, layers))
    if problems:
        raise ProblemsError(problems)
    return tuple(plan for plan in plans if shard.holds(plan.patient.id))


def with_supported_language(patients: Iterable[Patient], languages: Sequence[str], problems: list[Problem]) -> list[Patient]:
    """The patients whose language has its fixed words; for the others a reason is added to `problems`."""
    for patient in (patient for patient in patients if patient.language not in languages):
        message = f"language: {unknown('language', patient.language, languages)}"
        problems.append(patient.document.problem(message, "value", ("language",)))
    return [patient for patient in patients if patient.language in languages]


def missing_phrases(languages: Iterable[str], layers: Layers) -> Iterator[Problem]:
    """The fixed words that these languages lack, or have in a form that cannot be printed."""
    for language in languages:
        try:
            if language != SOURCE_LANGUAGE:
                layers.environment(language)
        except ProblemsError as error:
            yield from error.problems


def resolve_all(
    patients: Sequence[Patient], library: Library | None, problems: list[Problem], today: date, overrides: Overrides
) -> list[Plan]:
    """A plan for every patient who may have one; the reasons why the others may not are added to `problems`."""
    clinics, more = _clinics_beside(patients)
    problems.extend(more)
    plans: list[Plan] = []
    libraries = {patient.language: in_language(library, patient.language) for patient in patients} if library else {}
    for patient in patients if library else ():
        own = clinics.get(Path(patient.document.path).parent)
        said = libraries[patient.language]
        said = replace(said, clinic=clinic_in(own, patient.language)) if own else said
        try:
            plans.append(resolve(overrides.apply(patient), said, overrides.issued or patient.issued or today))
            problems.extend(() if overrides.fallback else missing_words(plans[-1]))
        except ProblemsError as error:
            problems.extend(error.problems)
    return plans


def read_all(paths: Iterable[Path], layers: Layers) -> tuple[tuple[Patient, ...], Library | None, list[Problem]]:
    """Patients and library, and the faults of both: one run shows them all."""
    patients, problems = read_patients(paths)
    try:
        return patients, layers.library(), [*problems]
    except ProblemsError as error:
        return patients, None, [*problems, *error.problems]


def _clinics_beside(patients: Iterable[Patient]) -> tuple[dict[Path, Clinic], list[Problem]]:
    """The `clinic.yaml` that lies beside patient files, by folder: the clinic that hands these sheets out."""
    clinics: dict[Path, Clinic] = {}
    problems: list[Problem] = []
    for folder in {Path(patient.document.path).parent for patient in patients}:
        if is_file(folder / "clinic.yaml"):
            try:
                clinics[folder] = load_clinic(folder / "clinic.yaml")
            except ProblemsError as error:
                problems.extend(error.problems)
    return clinics, problems
