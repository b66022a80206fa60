"""Patient files -> plans, with every problem of every file in one run.

Steps 1 to 3: load the library, read the patients, resolve each patient against the library.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from handouts.app.batch import ALL, Shard
from handouts.app.clinics import nearest_clinic
from handouts.app.layers import Layers
from handouts.app.visits import with_news
from handouts.content.translations import clinic_in, in_language
from handouts.errors import Problem, ProblemsError, unknown
from handouts.locales import SOURCE_LANGUAGE
from handouts.model import Clinic, Library, Patient, Plan
from handouts.patients.reader import read_patients
from handouts.planning.language import missing_words
from handouts.planning.resolve import resolve


@dataclass(frozen=True)
class Overrides:
    """What the command line sets in place of the patient files; None or False leaves the file's value."""

    issued: date | None = None
    paper: str | None = None
    size: str | None = None
    layout: str | None = None
    sources: bool = False  # list where the words come from
    fallback: bool = False  # print what has no translation in English, marked

    def apply(self, patient: Patient) -> Patient:
        """Return the patient printed as the command line says."""
        options = {"paper": self.paper, "size": self.size, "layout": self.layout, "sources": self.sources}
        given = {key: value for key, value in options.items() if value}
        return patient.model_copy(update={"print": patient.print.model_copy(update=given)})


NO_OVERRIDES = Overrides()


@dataclass(frozen=True)
class Outcome:
    """The plans that could be made, the library they were made from, and everything that is wrong.

    `library` is None where the content has problems; there are no plans then.
    """

    plans: tuple[Plan, ...]
    library: Library | None
    problems: tuple[Problem, ...]


def plan_handouts(
    paths: Iterable[Path],
    layers: Layers,
    today: date,
    overrides: Overrides = NO_OVERRIDES,
    shard: Shard = ALL,
    warn: Callable[[Problem], object] = lambda warning: None,
) -> tuple[Plan, ...]:
    """Return the plans of all patients in the files and folders given; raises ProblemsError with every problem.

    `today` is the day of issue of a patient file that names none. `warn` is told what was left out of files and folders.
    """
    outcome = plan_all(paths, layers, today, overrides)
    languages = {plan.patient.language for plan in outcome.plans}
    problems = [*outcome.problems, *missing_phrases(languages, layers)]
    if not all(problem.warning for problem in problems):
        raise ProblemsError(problems)
    for warning in sorted(set(problems)):
        warn(warning)
    return tuple(plan for plan in outcome.plans if shard.holds(plan.patient.id))


def plan_all(paths: Iterable[Path], layers: Layers, today: date, overrides: Overrides = NO_OVERRIDES) -> Outcome:
    """Read, load and resolve: return every plan that can be made, and the problems of all files and patients."""
    patients, patient_problems = read_patients(paths)
    library, content_problems = _load_library(layers)
    languages = layers.languages()
    language_problems = [*_unsupported_languages(patients, languages), *_layout_faults(patients, layers, overrides)]
    patients = tuple(patient for patient in patients if patient.language in languages)
    clinics, clinic_problems = _clinics_of(patients, layers, library)
    plans, plan_problems = _resolve_all(patients, library, clinics, today, overrides) if library else ((), ())
    problems = (*patient_problems, *content_problems, *language_problems, *clinic_problems, *plan_problems)
    return Outcome(plans, library, problems)


def plan_patient(patient: Patient, library: Library, layers: Layers, issued: date, fallback: bool = False) -> Plan:
    """Return the plan of one patient; raises ProblemsError with every reason why there must be no such sheet."""
    _refuse(_unsupported_languages([patient], layers.languages()))
    _refuse(missing_phrases([patient.language], layers))
    clinics, problems = _clinics_of([patient], layers, library)
    _refuse(problems)
    clinic = clinics.get(_folder_of(patient))
    own_library = _handed_out_by(clinic, in_language(library, patient.language), patient.language)
    plan = with_news(resolve(patient, own_library, issued), own_library)
    _refuse(() if fallback else missing_words(plan))
    return plan


def _refuse(problems: Iterable[Problem]) -> None:
    """Raise ProblemsError if there is any problem."""
    if every_problem := tuple(problems):
        raise ProblemsError(every_problem)


def missing_phrases(languages: Iterable[str], layers: Layers) -> Iterator[Problem]:
    """Yield the fixed phrases that the templates lack in these languages, or have in a form that cannot be printed."""
    for language in languages:
        try:
            if language != SOURCE_LANGUAGE:
                layers.environment(language)
        except ProblemsError as error:
            yield from error.problems


def _load_library(layers: Layers) -> tuple[Library | None, tuple[Problem, ...]]:
    try:
        return layers.library(), ()
    except ProblemsError as error:
        return None, error.problems


def _unsupported_languages(patients: Iterable[Patient], languages: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each patient whose language the templates have no phrases for."""
    for patient in patients:
        if patient.language not in languages:
            message = f"language: {unknown('language', patient.language, languages)}"
            yield patient.document.problem(message, "value", ("language",))


def _layout_faults(patients: Iterable[Patient], layers: Layers, overrides: Overrides) -> Iterator[Problem]:
    """Yield a problem for each patient whose layout no templates folder has, or has in no letters of that size."""
    layouts = layers.layouts()
    for patient in patients:
        look = overrides.apply(patient).print
        if look.layout not in layouts:
            yield patient.document.problem(
                f"layout: {unknown('layout', look.layout, layouts)}", "layout", ("print", "layout")
            )
        elif look.size == "large" and not layouts[look.layout].has_large_print:
            message = f"print: the pages of '{look.layout}' are too small for large print: choose 'layout: full'"
            yield patient.document.problem(message, "layout", ("print",))


def _clinics_of(
    patients: Iterable[Patient], layers: Layers, library: Library | None
) -> tuple[dict[Path, Clinic | None], tuple[Problem, ...]]:
    """Return the clinic of each folder with patients that has one, None where its file has faults, and these.

    The one that is named counts before the one nearest to the patient's file, and that before the one in a content folder.
    """
    clinics: dict[Path, Clinic | None] = {}
    problems: list[Problem] = []
    in_content = library.clinic if library else None
    for folder in {_folder_of(patient) for patient in patients}:
        try:
            clinic = in_content if layers.clinic else nearest_clinic(folder) or in_content
        except ProblemsError as error:
            problems.extend(error.problems)
            clinics[folder] = None
        else:
            clinics |= {folder: clinic} if clinic else {}
    return clinics, tuple(problems)


def _folder_of(patient: Patient) -> Path:
    return Path(patient.document.path).parent


def _resolve_all(
    patients: Collection[Patient], library: Library, clinics: Mapping[Path, Clinic | None], today: date, overrides: Overrides
) -> tuple[tuple[Plan, ...], tuple[Problem, ...]]:
    """Return a plan for every patient who may have one, and the problems of all of them."""
    plans: list[Plan] = []
    problems: list[Problem] = []
    translated = {language: in_language(library, language) for language in {patient.language for patient in patients}}
    for patient in patients:
        folder = _folder_of(patient)
        own_library = _handed_out_by(clinics.get(folder), translated[patient.language], patient.language)
        try:
            plan = resolve(overrides.apply(patient), own_library, overrides.issued or patient.issued or today)
            plan = with_news(plan, own_library)
        except ProblemsError as error:
            # A clinic.yaml with faults is there, and its faults are said.
            problems.extend(problem for problem in error.problems if problem.rule != "clinic" or folder not in clinics)
        else:
            plans.append(plan)
            problems.extend(() if overrides.fallback else missing_words(plan))
    return tuple(plans), tuple(problems)


def _handed_out_by(clinic: Clinic | None, library: Library, language: str) -> Library:
    """Return the library with the clinic that hands a sheet out, in the sheet's language; with none where none was found."""
    return replace(library, clinic=clinic_in(clinic, language) if clinic else None)
