"""Choose exercises where the therapist lists none: bar, fill the phase's slots up to the cap, and give every reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from handouts.model import Exercise, Reason
from handouts.planning import rules
from handouts.planning.case import Case
from handouts.planning.groups import DEFAULT_SLOTS, EXTENSION_LADDER, GRADED, JOBS, SLOTS, difficulty, job_of

# What forbids a rung of a ladder to this patient's body, so that nobody climbs past it.
_STOPS_THE_CLIMB = frozenset({"precaution", "limit", "R20", "R21", "R6"})
# Waits for a surgeon's yes only: it keeps a rung off, and says nothing against a harder one of another kind.
_WAITS = frozenset({"R18", "D21"})


def propose(case: Case) -> tuple[tuple[Exercise, ...], tuple[Reason, ...]]:
    """Return the exercises for this case in the order of need, and a reason for every exercise of the library."""
    barred = {exercise.slug: reason for exercise in case.library.exercises.values() if (reason := bar(exercise, case))}
    free = [exercise for exercise in case.library.exercises.values() if exercise.slug not in barred]
    missing_rungs = [exercise for exercise in case.library.exercises.values() if _is_missing_rung(exercise, case)]
    chosen: dict[str, Reason] = {}
    for job in filter(None, slots(case)):
        if len(chosen) == rules.not_all(case):
            break
        if exercise := _pick(job, free, missing_rungs, chosen, case):
            chosen[exercise.slug] = _chosen(exercise, job, case)
    _add_demanded_back_exercise(free, missing_rungs, chosen, case)
    left_out = [exercise for exercise in free if exercise.slug not in chosen]
    passed_over = {exercise.slug: _passed_over(exercise, missing_rungs, chosen, case) for exercise in left_out}
    reasons = barred | chosen | passed_over
    exercises = tuple(case.library.exercises[slug] for slug in chosen)
    return exercises, tuple(reasons[slug] for slug in case.library.exercises)


def bar(exercise: Exercise, case: Case) -> Reason | None:
    """Return the strongest rule that bars an exercise, if one does; for one of another condition always the phase gate."""
    related = any(phase.startswith(f"{case.condition}/") for phase in (*exercise.phases, *exercise.ask_first))
    for name, rule in rules.BARS.items() if related else [("R2", rules.phase_gate)]:
        if finding := rule(exercise, case):
            return Reason(exercise.slug, False, name, finding, rules.reason_of(name))
    return None


def _is_missing_rung(exercise: Exercise, case: Case) -> bool:
    """Return True if only this patient's body keeps a graded exercise off: level and phase could give it.

    Where the floor is out of reach the standing backward bend takes the place of the ladder on the floor (rule R6).
    """
    if job_of(exercise) not in GRADED:
        return False
    barring = {name for name, rule in rules.BARS.items() if rule(exercise, case)}
    if job_of(exercise) == "direction":
        barring.discard("R6")
    return bool(barring & _STOPS_THE_CLIMB) and barring <= _STOPS_THE_CLIMB | _WAITS


def slots(case: Case) -> Iterator[str]:
    """Yield the jobs to fill, most needed first; each "strength" becomes back, belly or an empty slot by posture."""
    strength = iter(_strength_split(case) * 3)
    jobs = SLOTS.get(case.phase.slug, DEFAULT_SLOTS)
    for number, job in enumerate(jobs):
        yield next(strength) if job == "strength" else job
        if number == 0:
            yield from rules.weight_goal(case)


def _strength_split(case: Case) -> tuple[str, ...]:
    if rules.posture_vs_response(case):
        return rules.posture_neutral(case)
    by_posture = {"flat": rules.posture_flat, "large-curve": rules.posture_large_curve}
    return by_posture.get(case.posture, rules.posture_neutral)(case)


def _pick(
    job: str, free: list[Exercise], missing_rungs: list[Exercise], chosen: dict[str, Reason], case: Case
) -> Exercise | None:
    """Return the free exercise of this job that suits the level best, or the most usual one where the job is not graded.

    One that is on the sheet already, or may not stand beside one that is, is passed over. Where a missing rung would suit
    best, the climb stops below it: the hardest of the easier ones stands in, or none, and never a harder one.
    """
    options = [
        exercise
        for exercise in (*free, *missing_rungs)
        if job_of(exercise) == job
        and exercise.slug not in chosen
        and not rules.one_nerve_move(exercise, chosen)
        and not rules.no_duplicates(exercise, chosen)
    ]
    preferred = sorted(_preferred(options, chosen, case), key=difficulty)
    target = rules.person(case) * (len(JOBS[job]) - 1) if job in GRADED else 0
    # Of two that are equally near to the target, min() takes the first: the easier one.
    best = min(preferred, key=lambda exercise: abs(difficulty(exercise)[0] - target), default=None)
    if best is None or best not in missing_rungs:
        return best
    easier = [exercise for exercise in options if exercise not in missing_rungs and difficulty(exercise) < difficulty(best)]
    return max(easier, key=lambda exercise: (exercise in preferred, difficulty(exercise)), default=None)


def _is_belly_rest_first(exercise: Exercise, chosen: Collection[str], case: Case) -> bool:
    """Return True for the belly rest where the prop on the elbows or the press-up, which follow it (R5), is chosen."""
    climbs = any(slug in EXTENSION_LADDER[2:4] for slug in chosen)
    return exercise.slug == "rest-on-belly" and climbs and case.phase.stem == "acute"


def _preferred(options: list[Exercise], chosen: dict[str, Reason], case: Case) -> list[Exercise]:
    """Return those of the options that a rule prefers; all of them where none does."""
    if first := [exercise for exercise in options if _is_belly_rest_first(exercise, chosen, case)]:
        return first
    preferences = (rules.fusion_dynamic, rules.eases, rules.curve_stretch, rules.for_weight)
    return [exercise for exercise in options if any(rule(exercise, case) for rule in preferences)] or options


def _chosen(exercise: Exercise, job: str, case: Case) -> Reason:
    rule, finding = _supporting_rule(exercise, job, case)
    return Reason(exercise.slug, True, rule, finding, rules.reason_of(rule))


def _supporting_rule(exercise: Exercise, job: str, case: Case) -> tuple[str, str]:
    """Return the strongest rule that speaks for an exercise in a slot of this job, and the finding it rests on."""
    place = f"phase {case.phase.slug}: {job}"
    if job in ("back", "belly") and case.condition == "lumbar":
        by_posture = {"flat": "R7", "large-curve": "R8"}.get(case.posture, "R9")
        return "R10" if rules.posture_vs_response(case) else by_posture, f"posture {case.posture}"
    if job == "back" and rules.back_first(case):
        return "R17", f"phase {case.phase.slug}"
    if job == "direction" or rules.eases(exercise, case):
        return "R4", f"direction {case.direction}"
    if rules.curve_stretch(exercise, case):
        return "R8", f"posture {case.posture}"
    if job == "aerobic" and rules.weight_goal(case):
        return "R26", "weight-goal yes"
    if job in GRADED:
        return "R19" if rules.fusion_dynamic(exercise, case) else "R16", f"{place}, level {case.level}"
    return "R2", place


def _add_demanded_back_exercise(
    free: list[Exercise], missing_rungs: list[Exercise], chosen: dict[str, Reason], case: Case
) -> None:
    """Put a back exercise in the place of the last one, where rule R17 demands one and none is chosen yet."""
    if not rules.back_first(case) or any(job_of(case.library.exercises[slug]) == "back" for slug in chosen):
        return
    if exercise := _pick("back", free, missing_rungs, chosen, case):
        if len(chosen) == rules.not_all(case):
            chosen.pop(list(chosen)[-1])
        chosen[exercise.slug] = Reason(exercise.slug, True, "R17", f"phase {case.phase.slug}", rules.reason_of("R17"))


def _passed_over(exercise: Exercise, missing_rungs: list[Exercise], chosen: dict[str, Reason], case: Case) -> Reason:
    if twin := rules.no_duplicates(exercise, chosen):
        return Reason(exercise.slug, False, "R24", f"{twin} is on the sheet", rules.reason_of("R24"))
    if nerve := rules.one_nerve_move(exercise, chosen):
        return Reason(exercise.slug, False, "R23", f"{nerve} is on the sheet", rules.reason_of("R23"))
    same_job = [slug for slug in chosen if job_of(case.library.exercises[slug]) == job_of(exercise)]
    if same_job:
        return Reason(exercise.slug, False, "R16", f"level {case.level}: {', '.join(same_job)}", rules.reason_of("R16"))
    if rungs := [rung.slug for rung in missing_rungs if job_of(rung) == job_of(exercise)]:
        finding = f"level {case.level}: {', '.join(rungs)} is barred, and nothing harder stands in"
        return Reason(exercise.slug, False, "R16", finding, rules.reason_of("R16"))
    return Reason(exercise.slug, False, "R15", f"at most {rules.not_all(case)}", rules.reason_of("R15"))
