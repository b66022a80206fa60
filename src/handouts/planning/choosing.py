"""Choose exercises where the therapist lists none: bar, fill the phase's slots up to the cap, and give every reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handouts.model import GRADED, STRENGTH, Exercise, Reason
from handouts.planning import rules
from handouts.planning.case import Case
from handouts.planning.ladders import difficulty, extension_step, top_rung

# What forbids a rung of a ladder to this patient's body, so that nobody climbs past it.
_STOPS_THE_CLIMB = frozenset({"precaution", "limit", "R20", "R21", "R6"})
# Waits for a surgeon's yes only: it keeps a rung off, and says nothing against a harder one of another kind.
_WAITS = frozenset({"R18", "D21"})


def propose(case: Case) -> Chosen:
    """Return the exercises for this case in the order of need, with what tells the reasons."""
    offered = case.library.exercises_of(case.phase.slug)
    barred = {exercise.slug for exercise in offered if any(rule(exercise, case) for rule in rules.BARS.values())}
    free = [exercise for exercise in offered if exercise.slug not in barred]
    missing_rungs = [exercise for exercise in offered if exercise.slug in barred and _is_missing_rung(exercise, case)]
    chosen = Chosen(case, free, {rung.slug: rung for rung in missing_rungs})
    for job in filter(None, slots(case)):
        chosen.fill(job)
    chosen.add_demanded_back_exercise()
    return chosen


def bar(exercise: Exercise, case: Case) -> Reason | None:
    """Return the strongest rule that bars an exercise, if one does; for one of another condition always the phase gate."""
    related = any(phase.startswith(f"{case.phase.condition}/") for phase in (*exercise.phases, *exercise.ask_first))
    for name, rule in rules.BARS.items() if related else [("R2", rules.phase_gate)]:
        if finding := rule(exercise, case):
            return Reason(exercise.slug, False, name, finding, rules.reason_of(name))
    return None


def _is_missing_rung(exercise: Exercise, case: Case) -> bool:
    """Return True if only this patient's body keeps a graded exercise off: level and phase could give it.

    Where the floor is out of reach the standing backward bend takes the place of the ladder on the floor (rule R6).
    """
    if exercise.job not in GRADED:
        return False
    barring = {name for name, rule in rules.BARS.items() if rule(exercise, case)}
    if exercise.job == "direction":
        barring.discard("R6")
    return bool(barring & _STOPS_THE_CLIMB) and barring <= _STOPS_THE_CLIMB | _WAITS


def slots(case: Case) -> Iterator[str]:
    """Yield the jobs to fill, most needed first; each "strength" becomes back, belly or an empty slot by posture."""
    strength = iter(_strength_split(case) * 3)
    for number, job in enumerate(case.phase.slots):
        yield next(strength) if job == STRENGTH else job
        if number == 0:
            yield from rules.weight_goal(case)


def _strength_split(case: Case) -> tuple[str, ...]:
    if rules.posture_vs_response(case):
        return rules.posture_neutral(case)
    by_posture = {"flat": rules.posture_flat, "large-curve": rules.posture_large_curve}
    return by_posture.get(case.posture, rules.posture_neutral)(case)


class Chosen:
    """What is on the sheet so far, slot by slot, and why."""

    def __init__(self, case: Case, free: list[Exercise], missing_rungs: Mapping[str, Exercise]) -> None:
        self.case = case
        self.free = free
        self.missing_rungs = missing_rungs
        self.exercises: list[Exercise] = []
        self.reasons: dict[str, Reason] = {}

    @property
    def room(self) -> int:
        """How many more exercises the sheet may carry (rule R15)."""
        return rules.not_all(self.case) - len(self.exercises)

    def fill(self, job: str) -> None:
        """Choose an exercise for a slot, with the steps of its ladder that must stand above it; none where it has no room."""
        best = self._pick(job)
        steps = self._with_steps_below(best) if best else ()
        if len(steps) > self.room:
            return
        for exercise in steps:
            self.exercises.append(exercise)
            self.reasons[exercise.slug] = _chosen(exercise, job, self.case)

    def _with_steps_below(self, exercise: Exercise) -> tuple[Exercise, ...]:
        """Return an exercise after the step of the extension ladder that leads to it; none where that step is barred.

        Standing has no step below it: it is chosen only where the floor is out of reach (rule R6).
        """
        if (exercise.extension_step or 0) < rules.FIRST_CLIMB or exercise.position != "face-down":
            return (exercise,)
        wanted = extension_step(exercise) - 1
        if any(extension_step(other) == wanted for other in self.exercises):
            return (exercise,)
        below = next((other for other in self.free if extension_step(other) == wanted), None)
        return (*self._with_steps_below(below), exercise) if below else ()

    def _options(self, job: str) -> list[Exercise]:
        """Return those of a job that are free, or missing only for this patient's body, and may stand beside the others."""
        return [
            exercise
            for exercise in (*self.free, *self.missing_rungs.values())
            if exercise.job == job
            and exercise.slug not in self.reasons
            and not rules.one_nerve_move(exercise, self.exercises)
            and not rules.no_duplicates(exercise, self.exercises)
        ]

    def _pick(self, job: str) -> Exercise | None:
        """Return the free exercise of this job that suits the level best, or the most usual one where it is not graded.

        Where a missing rung would suit best, the climb stops below it: the hardest of the easier ones stands in, or none,
        and never a harder one.
        """
        options = self._options(job)
        preferred = sorted(self._preferred(options), key=difficulty)
        target = self._target(job)
        # Of two that are equally near to the target, min() takes the first: the easier one.
        best = min(preferred, key=lambda exercise: abs(exercise.rung - target), default=None)
        if best is None or best.slug not in self.missing_rungs:
            return best
        easier = [one for one in options if one.slug not in self.missing_rungs and difficulty(one) < difficulty(best)]
        return max(easier, key=lambda one: (any(one is other for other in preferred), difficulty(one)), default=None)

    def _target(self, job: str) -> float:
        """Return the rung that suits the level; the first of a job that is not graded, and of a direction.

        A direction starts with its easiest move: a harder one is for a later visit, or for the therapist to name (R5).
        """
        if job not in GRADED or job == "direction":
            return 1
        return 1 + rules.person(self.case) * (top_rung(job, self.case.library) - 1)

    def _preferred(self, options: list[Exercise]) -> list[Exercise]:
        """Return those of the options that a rule prefers; all of them where none does."""
        preferences = (rules.fusion_dynamic, rules.eases, rules.curve_stretch, rules.for_weight)
        return [exercise for exercise in options if any(rule(exercise, self.case) for rule in preferences)] or options

    def add_demanded_back_exercise(self) -> None:
        """Put a back exercise in the place of the last one, where rule R17 demands one and none is chosen yet."""
        if not rules.back_first(self.case) or any(exercise.job == "back" for exercise in self.exercises):
            return
        if exercise := self._pick("back"):
            if not self.room:
                del self.reasons[self.exercises.pop().slug]
            self.exercises.append(exercise)
            finding = f"phase {self.case.phase.slug}"
            self.reasons[exercise.slug] = Reason(exercise.slug, True, "R17", finding, rules.reason_of("R17"))

    def all_reasons(self) -> tuple[Reason, ...]:
        """Return a reason for each exercise of the library."""
        exercises = self.case.library.exercises
        return tuple(
            self.reasons.get(slug) or bar(one, self.case) or self._passed_over(one) for slug, one in exercises.items()
        )

    def _passed_over(self, exercise: Exercise) -> Reason:
        """Return why a free exercise is not on the sheet."""
        rule, finding = self._why_not(exercise)
        return Reason(exercise.slug, False, rule, finding, rules.reason_of(rule))

    def _why_not(self, exercise: Exercise) -> tuple[str, str]:
        level = f"level {self.case.level}"
        if twin := rules.no_duplicates(exercise, self.exercises):
            return "R24", f"{twin.slug} is on the sheet"
        if nerve := rules.one_nerve_move(exercise, self.exercises):
            return "R23", f"{nerve.slug} is on the sheet"
        if same_job := _names(other for other in self.exercises if other.job == exercise.job):
            return "R16", f"{level}: {same_job}"
        if rungs := _names(rung for rung in self.missing_rungs.values() if rung.job == exercise.job):
            return "R16", f"{level}: {rungs} is barred, and nothing harder stands in"
        return "R15", f"at most {rules.not_all(self.case)}"


def _names(exercises: Iterable[Exercise]) -> str:
    return ", ".join(exercise.slug for exercise in exercises)


def _chosen(exercise: Exercise, job: str, case: Case) -> Reason:
    rule, finding = _supporting_rule(exercise, job, case)
    return Reason(exercise.slug, True, rule, finding, rules.reason_of(rule))


def _supporting_rule(exercise: Exercise, job: str, case: Case) -> tuple[str, str]:
    """Return the strongest rule that speaks for an exercise in a slot of this job, and the finding it rests on."""
    place = f"phase {case.phase.slug}: {job}"
    if job in ("back", "belly") and STRENGTH in case.phase.slots:
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
