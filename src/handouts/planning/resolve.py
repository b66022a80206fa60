"""Patient + library -> plan, or every reason why there must be no sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from handouts.errors import Problem, ProblemsError
from handouts.model import (
    LIMITS,
    POSITIONS,
    Exercise,
    FrontMatter,
    Item,
    Library,
    Patient,
    Phase,
    Plan,
    Prescription,
    Question,
    Reason,
    RedFlag,
    SourceFrontMatter,
    phrase,
)
from handouts.model.vocabulary import Side
from handouts.planning.case import Case
from handouts.planning.choosing import propose
from handouts.planning.dosing import dose_and_ladder
from handouts.planning.duration import day_seconds
from handouts.planning.gates import ANY_OTHER, exercise_faults, patient_faults
from handouts.planning.ladders import extension_step
from handouts.planning.limits import limit_warnings
from handouts.planning.precautions import changes
from handouts.planning.rules import (
    amplitude,
    drawn_range,
    morning,
    not_all,
    posture_vs_response,
    reason_of,
    red_flag_stop,
    red_next_day,
    weight_hint,
)
from handouts.planning.weeks import proposal, week_warnings, with_phase

NEW_CLINIC = "type 'handouts new clinic' in your clinic's folder to make one, or name one with '--clinic FILE'"
MAX_MINUTES = 45  # a day, walks apart: more is not done at home (own; notes 2, section 10, advise 20 to 30)
WALK_TO_WARM_UP = phrase("This warms you up: walk easily for 5 minutes before your other exercises.")
WARM_UP = phrase("Warm up first: walk easily or march on the spot for 5 minutes.")
ADULT = 18
FALLS_FROM = 65  # own: as for fewer exercises, rule R15
THIN_BONES_FROM = 70  # from this age a small fall or lift can break a bone (BRIST: good)
MOST_DAYS_SCREENED = 14  # a warning sign can be new since then (own number)
MOST_WEEKS = 12  # what a chart and a ladder cover at most, so that a sheet is never used unseen for longer (own number)


def resolve(patient: Patient, library: Library, issued: date) -> Plan:
    """Return the plan of this patient's sheet; raises ProblemsError with every gate that refuses it.

    A red flag outranks everything: the plan then has no items, whatever the file lists. Without a list of exercises the
    rules choose them. Without a phase the plan is for the one that is usual in this week after surgery, and says so.
    """
    given, patient = patient, with_phase(patient, library, issued)
    problems = [*_clinic_faults(patient, library), *patient_faults(patient, library, issued)]
    phase = library.phases.get(patient.phase_id)
    case = Case(patient, phase, library, weeks_between(issued, patient.review), issued) if phase else None
    if case and not red_flag_stop(case):
        problems.extend(exercise_faults(case))
    if problems or not case:
        raise ProblemsError(problems)
    plan = plan_case(case, issued)
    if given.phase:
        return plan
    return replace(plan, warnings=(proposal(plan.phase, plan.week_after_surgery), *plan.warnings))


def _clinic_faults(patient: Patient, library: Library) -> Iterator[Problem]:
    """Yield a fault where nobody hands the sheet out: its boxes would say to call a number that no one answers."""
    if library.clinic is None:
        where = "beside the patient's file, in the folders above it or in the current folder"
        yield patient.document.problem(f"there is no clinic.yaml {where}: {NEW_CLINIC}", "clinic")


def plan_case(case: Case, issued: date) -> Plan:
    """Return the plan of a case that no gate refuses; raises ProblemsError where the rules leave no exercise."""
    patient, phase, library = case.patient, case.phase, case.library
    prescriptions, why = prescribe(case)
    items = _warmed_up(tuple(_item(chosen, case) for chosen in prescriptions), case)
    red_flags = library.red_flags_for(patient.condition_id, patient.precautions)
    topics = tuple(library.topics[slug] for slug in patient.topics)
    asked = (*library.questions_in(phase, patient.limits.named()), *(library.questions[slug] for slug in patient.questions))
    questions = tuple({question.slug: question for question in asked}.values())
    precautions = tuple({one.slug: one for item in items for one, _ in changes(item.exercise, case.held)}.values())
    pages: list[FrontMatter] = [
        phase,
        *precautions,
        *(item.exercise for item in items),
        *red_flags,
        *topics,
        *questions,
        library.pain_rule,
    ]
    return Plan(
        patient=patient,
        clinic=library.known_clinic(),
        condition=library.conditions[patient.condition_id],
        phase=phase,
        next_phase=library.phases.get(phase.next or ""),
        items=items,
        emergency=_emergency(patient, library),
        red_flags=red_flags,
        topics=topics,
        everyday=tuple((one, patient.limits.named().get(one.limit) if one.limit else None) for one in questions),
        limits=_limits(patient, phase, items, questions),
        pain_rule=library.pain_rule,
        issued=issued,
        review=patient.review,
        weeks=case.weeks,
        seconds=day_seconds(items, case.weeks),
        version=library.version,
        precautions=precautions,
        why=why,
        warnings=tuple(_warnings(case, items, issued)),
        step_words=red_next_day(),
        readers=case.readers,
        content_reviewed=min(page.reviewed for page in pages),
        reviewer=_reviewer(pages),
        sources=_sources(pages, library) if patient.print.sources and not patient.red_flags else (),
    )


def weeks_between(issued: date, review: date | None) -> int:
    """Return how many weeks chart and ladders cover: until the next visit, MOST_WEEKS at most; 2 where none is set."""
    return min(_weeks(issued, review), MOST_WEEKS)


def _weeks(issued: date, review: date | None) -> int:
    days = (review - issued).days if review else 14
    return max(-(-days // 7), 1)


def prescribe(case: Case) -> tuple[tuple[Prescription, ...], Callable[[], tuple[Reason, ...]]]:
    """Return the therapist's own list, or what the rules choose: the walk first, as it warms up, then by position, so that a
    patient gets down and up once. With it comes what tells the reasons.
    """
    if flags := red_flag_stop(case):
        finding = f"red-flags {', '.join(flags)}"
        return (), lambda: tuple(Reason(slug, False, "R1", finding, reason_of("R1")) for slug in case.library.exercises)
    if listed := case.patient.exercises:
        return listed, lambda: tuple(_listed(chosen) for chosen in listed)
    chosen = propose(case)
    if not chosen.exercises:
        offered = ", ".join(exercise.slug for exercise in case.library.exercises_of(case.phase.slug))
        message = f"the rules leave no exercise: list them under 'exercises:'. For {case.phase.slug}: {offered or 'none'}."
        raise ProblemsError([case.patient.document.problem(message, "exercise")])
    ordered = sorted(chosen.exercises, key=_place_on_sheet)
    return tuple(Prescription.model_construct(exercise=exercise.slug) for exercise in ordered), chosen.all_reasons


def _place_on_sheet(exercise: Exercise) -> tuple[bool, int, int]:
    return exercise.job != "walk", POSITIONS.index(exercise.position), extension_step(exercise)


def _listed(chosen: Prescription) -> Reason:
    finding = f"allow: {chosen.allow}" if chosen.allow else "listed by hand"
    return Reason(chosen.exercise, True, "therapist", finding, "The therapist chose it.")


def _item(chosen: Prescription, case: Case) -> Item:
    exercise = case.library.exercises[chosen.exercise]
    dose, ladder = dose_and_ladder(chosen, exercise, case)
    return Item(
        exercise=exercise,
        dose=dose,
        side=_side(chosen, exercise, case.patient),
        toward=chosen.toward,
        rest=chosen.rest,
        load=chosen.load,
        note=chosen.note,
        allow=chosen.allow,
        ladder=ladder,
        changes=_changes(exercise, case),
        hints=tuple(hint for rule in (amplitude, morning) if (hint := rule(exercise, case))),
        range=drawn_range(exercise, case),
        chosen=chosen,
    )


def _warmed_up(items: tuple[Item, ...], case: Case) -> tuple[Item, ...]:
    """Return the items with the warm-up said once, on the walk, or on the first card where there is none.

    From the subacute phase on, and after surgery once the wound is past its first weeks: 5 minutes (AAOS-SC: good).
    """
    if case.phase.stage in ("acute", "protect") or not items:
        return items
    walk = next((number for number, item in enumerate(items) if item.exercise.job == "walk"), None)
    words = WARM_UP if walk is None else WALK_TO_WARM_UP
    at = walk or 0
    return (*items[:at], replace(items[at], hints=(words, *items[at].hints)), *items[at + 1 :])


def _changes(exercise: Exercise, case: Case) -> tuple[str, ...]:
    """Return what the content says to do otherwise for this patient's precautions, and for a weight goal; each text once."""
    careful = (words for _, words in changes(exercise, case.held))
    return tuple(dict.fromkeys(filter(None, (*careful, weight_hint(exercise, case)))))


def _side(chosen: Prescription, exercise: Exercise, patient: Patient) -> Side | None:
    """Return the side that the therapist set for the exercise, else the patient's for a marked one, else both for `each`."""
    marked = patient.side if exercise.side == "marked" else None
    return chosen.side or marked or ("both" if exercise.side == "each" else None)


def _warnings(case: Case, items: Sequence[Item], issued: date) -> Iterator[str]:
    """Yield what a therapist should know before handing the sheet out."""
    made_with, version = case.patient.made_with, case.library.version
    if made_with and made_with != version:
        yield f"the record was made with content {made_with}, which is now {version}: the sheet may differ from the first."
    made_for, clinic = case.patient.made_for, case.library.clinic
    if made_for and clinic and made_for != clinic.version:
        yield f"the record was made with another clinic.yaml: lay that one beside it. This sheet says to call {clinic.name}."
    if clash := posture_vs_response(case):
        yield f"{clash}: {reason_of('R10')}"
    yield from week_warnings(case.patient, case.phase, issued)
    if (weeks := _weeks(issued, case.patient.review)) > MOST_WEEKS:
        yield f"the next visit is {weeks} weeks away: chart and doses cover {MOST_WEEKS}. See the patient by then."
    yield from limit_warnings(case)
    if not items:
        return
    yield from _screening_warnings(case.patient, issued)
    yield from _age_warnings(case)
    yield from _precaution_warnings(case, items)
    for item in items:
        if item.exercise.does("carries-load") and not item.note:
            yield f"{item.exercise.slug}: has no plan of its own. Write its moves and weights into 'note:'."
    if len(items) > not_all(case):
        yield f"{len(items)} exercises, more than the {not_all(case)} of {case.phase.slug}: {reason_of('R15')}"
    if (seconds := day_seconds(items, case.weeks)) > MAX_MINUTES * 60:
        minutes = -(-seconds // 60)
        yield f"the exercises take about {minutes} minutes a day, more than {MAX_MINUTES}: few people do that at home."
    if len(items) == 1:
        yield "only one exercise is on the sheet."


def _precaution_warnings(case: Case, items: Sequence[Item]) -> Iterator[str]:
    """Yield what the sheet says to change for each precaution, and what an `allow` prints that it bars."""
    for one in case.held:
        if (name := one.precaution.slug) in case.own_precautions:
            verdicts = {item.exercise.slug: one.verdict(item.exercise) for item in items}
            if changed := [slug for slug, verdict in verdicts.items() if verdict.changes]:
                yield f"{name}: the sheet says what to change in {', '.join(changed)}."
            if allowed := [slug for slug, verdict in verdicts.items() if verdict.barred]:
                yield f"{name}: is against {', '.join(allowed)}, which you allow."


def _screening_warnings(patient: Patient, issued: date) -> Iterator[str]:
    """Yield a word where the red flags were asked about long ago; where they never were, the sheet itself says so."""
    days = (issued - patient.screened).days if patient.screened else 0
    if days > MOST_DAYS_SCREENED:
        yield f"screened: {days} days before the day of issue: ask about the signs again, then write 'screened: {issued}'."


def _age_warnings(case: Case) -> Iterator[str]:
    """Yield what the age asks the therapist to think of: limits are ours, but for the age of a thin bone (BRIST: good)."""
    age = case.patient.age
    if age is None:
        return
    if age < ADULT:
        yield f"age {age}: the exercises and doses are for adults: check each of them."
    if age >= THIN_BONES_FROM and "osteoporosis" not in case.patient.precautions:
        yield f"age {age}: are the bones thin? If so, or if you do not know, write 'precautions: [osteoporosis]'."
    if age >= FALLS_FROM and "poor-balance" not in case.patient.precautions:
        yield f"age {age}: has the patient fallen, or is unsteady? If so, write 'precautions: [poor-balance]'."


def _emergency(patient: Patient, library: Library) -> tuple[RedFlag, ...]:
    """Return the red flags that were found, most urgent first; all of the condition where one has no page of its own."""
    if not patient.red_flags:
        return ()
    possible = library.red_flags_for(patient.condition_id, patient.precautions)
    slugs = {*patient.red_flags, *(flag.slug for flag in possible if ANY_OTHER in patient.red_flags)}
    return tuple(flag for slug, flag in library.red_flags.items() if slug in slugs)


def _limits(
    patient: Patient, phase: Phase, items: Sequence[Item], questions: Iterable[Question]
) -> tuple[tuple[str, str | None], ...]:
    """Return the patient's own limits, the phase's, and those that an exercise or a question asks for.

    One that is not filled in prints a blank line, here and nowhere else: two lines could be filled in differently.
    """
    filled_in = patient.limits.named()
    asked = {*filled_in, *phase.limits, *(key for item in items for key in item.exercise.asks)}
    asked.update(question.limit for question in questions if question.limit)
    return tuple((key, filled_in.get(key)) for key in LIMITS if key in asked)


def _sources(pages: Iterable[FrontMatter], library: Library) -> tuple[SourceFrontMatter, ...]:
    """Return the sources that these pages name, in the order of `sources.yaml`."""
    tags = {source.partition("/")[0] for page in pages for source in page.sources}
    return tuple(source for tag, source in library.sources.items() if tag in tags)


def _reviewer(pages: Iterable[FrontMatter]) -> str | None:
    """Return the names of the reviewers; None until every page on the sheet has been reviewed."""
    names = [page.reviewer for page in pages]
    return "; ".join(sorted({name for name in names if name})) if all(names) else None
