"""The selection rules R1 to R27 of the clinical notes, section 4. Each is a function; its docstring is the reason printed.

Order of force: red flags, surgeon's limits, symptom response, phase, posture, preference. A rule that bars an exercise
returns the finding it rests on, else None; the others return what they decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from handouts.fields import Range
from handouts.model import Exercise, phrase
from handouts.model.vocabulary import Amplitude
from handouts.planning.case import Case
from handouts.planning.ladders import EFFORT, are_twins
from handouts.planning.limits import limited
from handouts.planning.precautions import barring

Bar = Callable[[Exercise, Case], str | None]

FIRST_CLIMB = 2  # the first step of the extension ladder that is more than lying on the front: rule R5
FEWER_FROM_AGE = 65  # people over 65 did 2 exercises better than 8, and 5 lay between (HENRY, 15 people: fair)
MOST_IN_OLD_AGE = 5

# Red flags -------------------------------------------------------------------------------------------------------------


def red_flag_stop(case: Case) -> tuple[str, ...]:
    """A red flag was found: no exercises, only where to get help."""
    return case.patient.red_flags


# Surgeon's limits, and what no one may do with this body ----------------------------------------------------------------


def precaution(exercise: Exercise, case: Case) -> str | None:
    """The exercise must not be done with this precaution."""
    names = [one.slug for one in barring(exercise, case.held)]
    return f"precaution {', '.join(names)}" if names else None


def fusion_neutral(exercise: Exercise, case: Case) -> str | None:
    """After a fusion nothing bends, arches or turns the fused level until the surgeon clears trunk range."""
    fused = case.lumbar_spine and case.phase.surgery == "fusion"
    guarded = fused and case.phase.stage != "return" and not case.cleared("trunk-range")
    return f"fusion, {case.phase.stem}; trunk-range is not cleared" if guarded and exercise.does("trunk-range") else None


def neck_surgery(exercise: Exercise, case: Case) -> str | None:
    """After neck surgery no exercise lifts or loads the head, or presses against it, until the surgeon clears it."""
    guarded = case.after_surgery and not case.lumbar_spine and not case.cleared("neck-range")
    loads = exercise.does("loads-head", "resists-neck")
    return "surgery of the neck; neck-range is not cleared" if guarded and loads else None


def neck_shield(exercise: Exercise, case: Case) -> str | None:
    """With a neck disc problem, exercises that load the head are left out."""
    return "neck-problem" if "neck-problem" in case.precautions and exercise.does("loads-head") else None


def front_lying(exercise: Exercise, case: Case) -> str | None:
    """Surgeons differ on lying on the front after an operation: it needs the surgeon's yes (dispute D21)."""
    barred = case.after_surgery and exercise.position == "face-down" and not case.cleared("front-lying")
    return "after surgery; front-lying is not cleared" if barred else None


# Symptom response -------------------------------------------------------------------------------------------------------


def centralise(exercise: Exercise, case: Case) -> str | None:
    """Keep the direction that draws pain back toward the spine; drop the other while the limb is irritable."""
    if not case.early or case.after_surgery or exercise.does("hardly-moves"):
        return None
    opposite = {"extension": "flexion", "flexion": "extension"}.get(case.direction)
    if opposite and opposite in exercise.spine:  # also one that moves both ways: half of it is the wrong one
        return f"direction {case.direction}"
    if exercise.job == "direction" and case.direction in ("none", "unknown", "flexion", "side"):
        needed = "side-bend" if case.direction == "side" else case.direction
        return None if needed in exercise.spine else f"direction {case.direction}"
    return None


def eases(exercise: Exercise, case: Case) -> bool:
    """A relief position is taken in the direction that eases the limb (R4 and R5: the belly rest before the press-up)."""
    return exercise.job == "relief" and case.direction in exercise.spine


def extension_ladder(exercise: Exercise, case: Case) -> str | None:
    """The extension ladder is climbed only where the step before eased the limb."""
    climbs = (exercise.extension_step or 0) >= FIRST_CLIMB
    return f"direction {case.direction}" if climbs and case.direction != "extension" else None


def posture_vs_response(case: Case) -> str | None:
    """Where posture asks for one direction and the symptoms for the other, the symptoms win until the limb is quiet."""
    clash = {("flat", "flexion"), ("large-curve", "extension")}
    return f"posture {case.posture}, direction {case.direction}" if (case.posture, case.direction) in clash else None


def side_set(exercise: Exercise, case: Case) -> str | None:
    """A sideways move is printed only when the therapist has set its side."""
    unset = {"direction": "no direction is set", "marked": None if case.patient.side else "no side is set"}
    return unset.get(exercise.side)  # the sore side says nothing of a direction: only the therapist's own list does


# Phase ------------------------------------------------------------------------------------------------------------------


def phase_gate(exercise: Exercise, case: Case) -> str | None:
    """An exercise is offered only in its own phases, or where the therapist allows it by name."""
    return None if case.phase.slug in exercise.phases else f"phase {case.phase.slug}"


def acute_minimal(exercise: Exercise, case: Case) -> str | None:
    """In the acute phase: walking, one relief position, one easing direction; while symptoms are heavy not even that one."""
    hard = exercise.category in ("strengthening", "stretching", "abdominal", "extension")
    gentle = exercise.does("gentle")  # "a gentle shoulder blade squeeze is fine"
    if case.phase.stage != "acute":
        return None
    if case.patient.findings.symptoms == "heavy" and exercise.job not in ("walk", "relief"):
        return f"phase {case.phase.slug}, symptoms heavy"
    return f"phase {case.phase.slug}" if hard and not gentle else None


def no_large_bend(exercise: Exercise, case: Case) -> str | None:
    """In the subacute phase nothing bends or arches the trunk far: uneven force on the disc makes symptoms worse."""
    early = case.lumbar_spine and case.phase.stage in ("acute", "subacute")
    return f"phase {case.phase.slug}" if early and exercise.does("large-reach") else None


def amplitude(exercise: Exercise, case: Case) -> str | None:
    """Mobility drills are small loose swings at first and go as far as is easy later, never with more pain."""
    if not _swings(exercise, case):
        return None
    if case.phase.range == "small":
        return phrase("Small, loose swings only. Stop before your pain rises.")
    far = phrase("Go as far as you easily can each way. Stop before your pain rises.")
    return far if case.phase.stage == "late" else None


def _swings(exercise: Exercise, case: Case) -> bool:
    return exercise.category == "mobility" and exercise.job != "nerve" and case.lumbar_spine


def drawn_range(exercise: Exercise, case: Case) -> Amplitude:
    """Return how far the picture shows the movement: as far as the words of `amplitude` say."""
    return case.phase.range if _swings(exercise, case) else "full"


def start_low(span: Range) -> int:
    """Every dose starts at the low end; repeats go up first, then the hold."""
    return span.low


def late_intensive(case: Case) -> int:
    """From the late phase on, sets may go up as well: muscle training is the main thing."""
    return 3 if case.intensive else 1


def not_all(case: Case) -> int:
    """Nobody does all: a sheet carries few exercises, 3 when acute, 5 when subacute, 7 later (numbers: ours)."""
    few = case.patient.age is not None and case.patient.age >= FEWER_FROM_AGE
    return min(case.phase.most, MOST_IN_OLD_AGE) if few else case.phase.most


def back_first(case: Case) -> bool:
    """After minimally invasive surgery a back-muscle exercise is on every sheet once the phase allows it."""
    return "back" in case.phase.demands


def fusion_dynamic(exercise: Exercise, case: Case) -> bool:
    """After a fusion, strength comes from keeping the trunk still while arms and legs move."""
    return case.lumbar_spine and case.phase.surgery == "fusion" and exercise.spine == ("neutral",)


# Posture ----------------------------------------------------------------------------------------------------------------


def floor_hard(exercise: Exercise, case: Case) -> str | None:
    """Who cannot get to the floor gets no floor exercise; the standing backward bend stands in for floor extension."""
    low = exercise.does("face-down", "face-up", "side-lying", "hands-and-knees", "kneeling")
    ladder = exercise.extension_step is not None and exercise.position == "face-down"
    out_of_reach = low and (not exercise.does("on-bed") or ladder)
    return "floor no" if case.patient.findings.floor is False and out_of_reach else None


def posture_flat(case: Case) -> tuple[str, ...]:
    """A flat low back with weaker back muscles: stress extension, two of three strength exercises train the back (ours)."""
    return ("back", "belly", "back")


def posture_large_curve(case: Case) -> tuple[str, ...]:
    """A large low back curve with a weaker belly: about two of three strength exercises work the belly. The share is ours."""
    return ("belly", "back", "belly")


def curve_stretch(exercise: Exercise, case: Case) -> bool:
    """With a large curve the stretch is for the front of the hip (R8)."""
    return case.posture == "large-curve" and exercise.does("front-of-hip")


def posture_neutral(case: Case) -> tuple[str, ...]:
    """No posture finding: back and belly muscles get an even share."""
    return ("back", "belly", "")  # the third slot stays empty: 1 to 1


# Preference -------------------------------------------------------------------------------------------------------------


def person(case: Case) -> float:
    """Age, fitness, disease and treatment set the effort: an easier or a harder exercise of the same kind (which: ours).

    0 is the easiest place on the ladder of a job, 1 the hardest.
    """
    early, late = EFFORT[case.level]
    return late if late_intensive(case) > 1 else early  # from the late phase on, the easiest exercises are too easy (R14)


def one_nerve_move(exercise: Exercise, chosen: Iterable[Exercise]) -> Exercise | None:
    """A nerve slider or a hamstring stretch, never both while the nerve may be irritable."""
    pulls = exercise.does("pulls-nerve")
    return next((other for other in chosen if pulls and other.does("pulls-nerve")), None)


def no_duplicates(exercise: Exercise, chosen: Iterable[Exercise]) -> Exercise | None:
    """Of two near twins only one is printed."""
    return next((other for other in chosen if are_twins(exercise, other)), None)


def morning(exercise: Exercise, case: Case) -> str | None:
    """Discs are fuller on waking: bending exercises wait for one to two hours."""
    bends = "flexion" in exercise.spine and case.lumbar_spine and not exercise.does("hardly-moves")
    return phrase("Not in the first 1 to 2 hours after you wake up.") if bends else None


def weight_goal(case: Case) -> tuple[str, ...]:
    """With a weight goal, walking and one more fitness training are built up to their weekly numbers."""
    if not case.patient.findings.weight_goal or case.early:
        return ()
    return ("aerobic",)  # one at a time: walking, swimming and strength training at once are an hour a day


def for_weight(exercise: Exercise, case: Case) -> bool:
    """Swimming and strength training come before other fitness training where there is a weight goal (R26)."""
    return bool(case.patient.findings.weight_goal) and exercise.weight_aim is not None and exercise.job == "aerobic"


def weight_hint(exercise: Exercise, case: Case) -> str | None:
    """The seed's weekly numbers for a weight goal, as an aim over time."""
    return exercise.weight_aim if case.patient.findings.weight_goal else None


def red_next_day() -> tuple[str, str]:
    """Pain that lasts into the next day means one step back; red means leaving the exercise out."""
    return (
        phrase("Move up one week when 3 sessions in a row were green."),
        phrase("Go back one week when amber pain lasts into the next day. Red: leave the exercise out, and call us."),
    )


# In the order of their force.
BARS: Mapping[str, Bar] = {
    "precaution": precaution,
    "limit": limited,
    "R18": fusion_neutral,
    "R20": neck_surgery,
    "R21": neck_shield,
    "D21": front_lying,
    "R4": centralise,
    "R5": extension_ladder,
    "R22": side_set,
    "R2": phase_gate,
    "R3": acute_minimal,
    "R12": no_large_bend,
    "R6": floor_hard,
}
# Those that also refuse an exercise listed by hand, unless its entry says `allow`.
GATES = ("precaution", "limit", "R18", "R20", "R21", "D21", "R2", "R12")

RULES: Mapping[str, Callable[..., object]] = {
    "R1": red_flag_stop,
    "R2": phase_gate,
    "R3": acute_minimal,
    "R4": centralise,
    "R5": extension_ladder,
    "R6": floor_hard,
    "R7": posture_flat,
    "R8": posture_large_curve,
    "R9": posture_neutral,
    "R10": posture_vs_response,
    "R11": amplitude,
    "R12": no_large_bend,
    "R13": start_low,
    "R14": late_intensive,
    "R15": not_all,
    "R16": person,
    "R17": back_first,
    "R18": fusion_neutral,
    "R19": fusion_dynamic,
    "R20": neck_surgery,
    "R21": neck_shield,
    "R22": side_set,
    "R23": one_nerve_move,
    "R24": no_duplicates,
    "R25": morning,
    "R26": weight_goal,
    "R27": red_next_day,
    "D21": front_lying,
    "precaution": precaution,
    "limit": limited,
}


def reason_of(rule: str) -> str:
    """Return the sentence that `--explain` prints for a rule."""
    return (RULES[rule].__doc__ or "").split("\n")[0]
