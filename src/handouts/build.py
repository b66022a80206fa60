"""The sentences that join the steps, from files to files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from handouts.access import OWNER_ONLY, Access
from handouts.artwork import Picture
from handouts.batch import ALL, Shard, make_documents
from handouts.disk import PUBLIC, write_file, write_tree
from handouts.drawings import draw_ahead, illustrate, shipped_tasks, site_tasks
from handouts.errors import HandoutsError, Problem, ProblemsError, unknown
from handouts.languages import languages_of
from handouts.library import SLUG, load_clinic, load_library, shown
from handouts.lint.rules import lint
from handouts.logo import read_logo
from handouts.model import (
    CATEGORIES,
    POSITIONS,
    PRECAUTIONS,
    SOURCE_LANGUAGE,
    SPINE_MOVES,
    Clinic,
    Library,
    Patient,
    Plan,
)
from handouts.patients import RECORD_ENDING, read_patients
from handouts.pdf import write_pdf
from handouts.pdf_file import impose
from handouts.pictures import site_pictures
from handouts.places import shipped_drawings
from handouts.planning.language import missing_words
from handouts.planning.resolve import resolve
from handouts.record import plan_record
from handouts.render import Templates, load_templates
from handouts.screen import write_screen
from handouts.sheet import compose, compose_screen
from handouts.site import NO_SHEETS, ReadySheets, render_site
from handouts.skeleton import exercise_skeleton
from handouts.textfile import is_file, no_folder
from handouts.translations import clinic_in, in_language

_PACKAGE = Path(__file__).parent


def bundled(name: str) -> Path:
    """Our own `content` or `templates`: inside the installed package, or at the top of the checkout."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parents[1] / name


@dataclass(frozen=True)
class Layers:
    """Where content and templates come from: ours first, a clinic's own folders over them, file by file."""

    content: tuple[Path, ...] = ()
    templates: tuple[Path, ...] = ()

    def library(self) -> Library:
        """Read all content; raises ProblemsError."""
        return load_library([bundled("content"), *self.content])

    def environment(self, language: str = SOURCE_LANGUAGE) -> Templates:
        """Open all templates in a language; raises HandoutsError where a folder or a phrase is missing."""
        for folder in self.templates:
            if message := no_folder(folder, "templates"):
                raise HandoutsError(f"{shown(folder)}:1:1: {message} [file]")
        return load_templates(self.template_folders, language)

    def languages(self) -> tuple[str, ...]:
        """The languages that a sheet can be in."""
        return languages_of(self.template_folders)

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Every folder that templates come from, ours first."""
        return (bundled("templates"), *self.templates)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder that content and templates come from."""
        return (bundled("content"), *self.content, *self.template_folders)


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


FILES_WORD = Overrides()


def plan_handouts(
    paths: Iterable[Path], layers: Layers, today: date, overrides: Overrides = FILES_WORD, shard: Shard = ALL
) -> tuple[Plan, ...]:
    """The plans of all patients in the files and folders given; raises ProblemsError with every fault of every file.

    `today` is the day of issue of a patient file that names none.
    """
    patients, library, problems = _read(paths, layers)
    plans = _resolve_all(_speaking(patients, layers.languages(), problems), library, problems, today, overrides)
    problems.extend(_unsaid({plan.patient.language for plan in plans}, layers))
    if problems:
        raise ProblemsError(problems)
    return tuple(plan for plan in plans if shard.holds(plan.patient.id))


def _speaking(patients: Iterable[Patient], languages: Sequence[str], problems: list[Problem]) -> list[Patient]:
    """The patients whose language has its fixed words; for the others a reason is added to `problems`."""
    for patient in (patient for patient in patients if patient.language not in languages):
        message = f"language: {unknown('language', patient.language, languages)}"
        problems.append(patient.document.problem(message, "value", ("language",)))
    return [patient for patient in patients if patient.language in languages]


def _unsaid(languages: Iterable[str], layers: Layers) -> Iterator[Problem]:
    """The fixed words that these languages lack, or have in a form that cannot be printed."""
    for language in languages:
        try:
            if language != SOURCE_LANGUAGE:
                layers.environment(language)
        except ProblemsError as error:
            yield from error.problems


def _unspoken(library: Library, languages: Sequence[str]) -> Iterator[Problem]:
    """Translations into a language that no sheet can be in: perhaps its code is mistyped."""
    for address, translation in library.translations.items():
        if address.language not in languages:
            message = f"{unknown('language', address.language, languages)} See docs/translating.md"
            yield translation.document.problem(message, "translation", warning=True)


def _resolve_all(
    patients: Sequence[Patient], library: Library | None, problems: list[Problem], today: date, overrides: Overrides
) -> list[Plan]:
    """A plan for every patient who may have one; the reasons why the others may not are added to `problems`."""
    clinics, more = _own_clinics(patients)
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


def _read(paths: Iterable[Path], layers: Layers) -> tuple[tuple[Patient, ...], Library | None, list[Problem]]:
    """Patients and library, and the faults of both: one run shows them all."""
    patients, problems = read_patients(paths)
    try:
        return patients, layers.library(), [*problems]
    except ProblemsError as error:
        return patients, None, [*problems, *error.problems]


def _own_clinics(patients: Iterable[Patient]) -> tuple[dict[Path, Clinic], list[Problem]]:
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


def build_handouts(
    plans: Sequence[Plan],
    layers: Layers,
    out: Path,
    access: Access = OWNER_ONLY,
    executor: Executor | None = None,
    progress: Callable[[], None] = lambda: None,
    form: str = "pdf",
) -> tuple[Path, ...]:
    """One file a plan in `out`, named by sheet id, with its record beside it; all are made before the first is written.

    `form` is pdf or html. `progress` is called once a sheet. Raises HandoutsError and then has written nothing.
    """
    templates = {language: layers.environment(language) for language in {plan.patient.language for plan in plans}}
    logos = [read_logo(plan.clinic, _clinic_folders(plan, layers)) for plan in plans]
    composed, write = (compose_screen, write_screen) if form == "html" else (compose, write_pdf)
    sheets = [
        composed(plan, templates[plan.patient.language], illustrate(plan), logo)
        for plan, logo in zip(plans, logos, strict=True)
    ]
    documents: list[bytes] = []
    for plan, document in zip(plans, make_documents(sheets, executor, write), strict=True):
        documents.append(document if form == "html" else _finish(plan, document, access))
        progress()
    targets = tuple(out / f"{plan.sheet_id}.{form}" for plan in plans)
    for plan, target, document in zip(plans, targets, documents, strict=True):
        write_file(target, document, access.mode)
        write_file(out / f"{plan.sheet_id}{RECORD_ENDING}", plan_record(plan).encode(), access.mode)
    return targets


def _finish(plan: Plan, pdf: bytes, access: Access) -> bytes:
    """A PDF as it lies on the disk."""
    return access.lock(impose(pdf) if plan.layout == "booklet" else pdf)


def _clinic_folders(plan: Plan, layers: Layers) -> tuple[Path, ...]:
    """Where the clinic.yaml of a plan may lie, that which counts first."""
    return (Path(plan.patient.document.path).parent, *_content_folders(layers))


def _content_folders(layers: Layers) -> tuple[Path, ...]:
    return (*reversed(layers.content), bundled("content"))


def build_site(
    layers: Layers,
    out: Path,
    base_url: str | None = None,
    executor: Executor | None = None,
    make_ready: Callable[[Library, Templates, Picture | None], ReadySheets] = lambda *_: NO_SHEETS,
) -> int:
    """The whole site in `out`, in place of the old one; returns how many pages it has.

    Drawings that were never made are made first, in the processes of `executor` where there is one. `make_ready` makes the
    sheets that the phases offer, with the clinic's logo. Raises HandoutsError and then has written nothing.
    """
    library, templates = layers.library(), layers.environment()
    logo = read_logo(library.clinic, _content_folders(layers))
    if executor:
        draw_ahead(site_tasks(library), executor)
    files = _site(library, templates, base_url, make_ready(library, templates, logo))
    write_tree(out, files)
    return sum(name.endswith(".html") for name in files)


def site_files(layers: Layers) -> dict[str, bytes]:
    """Every file of the site by its path, without the ready sheets; raises HandoutsError."""
    return _site(layers.library(), layers.environment())


def _site(
    library: Library, templates: Templates, base_url: str | None = None, ready: ReadySheets = NO_SHEETS
) -> dict[str, bytes]:
    """`base_url` is where it will stand; without it the clinic's own `site-url` counts, if there is one."""
    address = base_url or library.clinic.site_url or ""
    return render_site(library, templates, site_pictures(library, bool(address)), address, ready)


def ship_drawings(executor: Executor) -> Path:
    """Draw what travels in the wheel anew, into the package; returns the folder."""
    folder = shipped_drawings()
    shutil.rmtree(folder, ignore_errors=True)
    draw_ahead(shipped_tasks(Layers().library()), executor, [folder])
    return folder


def _doubts(plans: Iterable[Plan]) -> Iterator[Problem]:
    """What a therapist should know before handing these sheets out, at the start of each patient's file or row."""
    for plan in plans:
        for warning in plan.warnings:
            yield plan.patient.document.problem(warning, "plan", warning=True)


def check_all(paths: Iterable[Path], layers: Layers, today: date) -> tuple[Problem, ...]:
    """Everything wrong with the content and with these patients, in the order of their files; nothing is written."""
    patients, library, problems = _read(paths, layers)
    plans = _resolve_all(_speaking(patients, layers.languages(), problems), library, problems, today, FILES_WORD)
    problems.extend(_doubts(plans))
    problems.extend(_unsaid(layers.languages(), layers))
    if library:
        problems.extend(lint(library, today))
        problems.extend(_unspoken(library, layers.languages()))
    return tuple(sorted(set(problems)))


def start_exercise(slug: str, category: str, content: Path, today: date) -> Path:
    """Write the skeleton of a new exercise; raises HandoutsError where the name is wrong or taken."""
    if category not in CATEGORIES:
        raise HandoutsError(unknown("category", category, CATEGORIES))
    if not SLUG.fullmatch(slug):
        raise HandoutsError(f"'{slug}' is no slug: use small letters, digits and single hyphens")
    target = content / "exercises" / category / f"{slug}.md"
    if target.exists():
        raise HandoutsError(f"{shown(target)} is there already: choose another slug")
    words = (", ".join(names) for names in (POSITIONS, SPINE_MOVES, PRECAUTIONS))
    write_file(target, exercise_skeleton(slug, today, *words).encode(), PUBLIC)
    return target
