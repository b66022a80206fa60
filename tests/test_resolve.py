"""From a patient and the library to a plan: what is decided, whatever was typed."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from support.faults import PATIENTS, SMALL, change_files, lay_content, replaced

from handouts.content.loader import load_library
from handouts.errors import ProblemsError
from handouts.fields import Range
from handouts.files.markdown import split_front_matter
from handouts.files.yaml_reader import parse_yaml
from handouts.model import Dose, DoseRange, Library, Patient, Plan
from handouts.model.reviews import edition
from handouts.patients.reader import read_patient_file
from handouts.planning.resolve import resolve

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library([SMALL])


def read(folder: Path, text: str, name: str = "patient.yaml") -> Patient:
    path = folder / name
    path.write_bytes(text.encode())
    (patient,) = read_patient_file(path)
    return patient


def planned(folder: Path, library: Library, text: str, issued: date = TODAY) -> Plan:
    return resolve(read(folder, text), library, issued)


def lumbar(*exercises: str, phase: str = "early", more: str = "") -> str:
    """A patient file with these exercises."""
    entries = "".join(f"  - {exercise}\n" for exercise in exercises)
    return f"id: T-01\ncondition: lumbar\nphase: {phase}\n{more}exercises:\n{entries}"


# Doses and sides ----------------------------------------------------------------------------------------------------------

STARTS_LOW = Dose(sets=2, reps=6, hold=5, minutes=None, per_day=2, days_per_week=5)
WALKS = Dose(sets=None, reps=None, hold=None, minutes=5, per_day=3, days_per_week=7)


@pytest.mark.parametrize(
    ("entry", "dose"),
    [
        ("heel-press", STARTS_LOW),
        ("{exercise: heel-press}", STARTS_LOW),
        ("{exercise: heel-press, sets: 4}", STARTS_LOW._replace(sets=4)),
        ("{exercise: heel-press, reps: 20}", STARTS_LOW._replace(reps=20)),
        ("{exercise: heel-press, hold: 7 s}", STARTS_LOW._replace(hold=7)),
        ("{exercise: heel-press, per-day: 1}", STARTS_LOW._replace(per_day=1)),
        ("{exercise: heel-press, days-per-week: 3}", STARTS_LOW._replace(days_per_week=3)),
        ("{exercise: heel-press, sets: 1, reps: 1, hold: 1 s, per-day: 12, days-per-week: 7}", Dose(1, 1, 1, None, 12, 7)),
        ("hall-walk", WALKS),
        ("{exercise: hall-walk, minutes: 12 min, per-day: 1}", WALKS._replace(minutes=12, per_day=1)),
    ],
)
def test_a_dose_starts_at_the_low_end_and_the_therapists_numbers_win(
    library: Library, tmp_path: Path, entry: str, dose: Dose
) -> None:
    (item,) = planned(tmp_path, library, lumbar(entry)).items
    assert item.dose == dose


@pytest.mark.parametrize(
    ("entry", "of_patient", "side"),
    [
        ("heel-press", "left", "both"),  # each side in turn, whichever is sore
        ("{exercise: heel-press, side: left}", "right", "left"),
        ("knee-circle", "left", "left"),
        ("knee-circle", "both", "both"),
        ("{exercise: knee-circle, side: right}", "left", "right"),
        ("{exercise: knee-circle, side: right}", None, "right"),
        ("{exercise: hall-walk, allow: Walks anyway.}", "left", None),
    ],
)
def test_the_side_is_the_exercises_the_therapists_or_the_patients(
    library: Library, tmp_path: Path, entry: str, of_patient: str | None, side: str | None
) -> None:
    own = f"side: {of_patient}\n" if of_patient else ""
    (item,) = planned(tmp_path, library, lumbar(entry, phase="later", more=own)).items
    assert item.side == side


def test_what_the_therapist_writes_to_an_exercise_stays_with_it(library: Library, tmp_path: Path) -> None:
    entry = "{exercise: knee-circle, side: left, rest: 45 s, load: red band, note: Go slowly., allow: Seen in clinic.}"
    first, second = planned(tmp_path, library, lumbar("hall-walk", entry)).items
    assert (second.rest, second.load, second.note, second.allow) == (45, "red band", "Go slowly.", "Seen in clinic.")
    assert (first.rest, first.load, first.note, first.allow) == (None, None, None, None)
    assert [item.exercise.slug for item in (first, second)] == ["hall-walk", "knee-circle"]  # as listed, not as sorted


# Limits -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "limits"),
    [
        ("", [("lift", None), ("sit", None)]),
        ("limits: {lift: 5 kg}\n", [("lift", "5 kg"), ("sit", None)]),
        ("limits: {sit: ~, lift: ''}\n", None),
        ("limits: {sit: ~}\n", [("lift", None), ("sit", None)]),
        ("limits: {walk: to the pier, collar: ~, sit: 20 min}\n", [
            ("lift", None), ("sit", "20 min"), ("collar", None), ("walk", "to the pier"),
        ]),
    ],
    ids=["the phase's", "one filled in", "an empty text", "one left blank", "others of the patient's own"],
)  # fmt: skip
def test_a_limit_that_nobody_filled_in_is_a_blank_line_and_never_a_number(
    library: Library, tmp_path: Path, given: str, limits: list[tuple[str, str | None]] | None
) -> None:
    text = lumbar("hall-walk", more=given)
    if limits is None:
        with pytest.raises(ProblemsError, match="lift: is empty: write a value or leave the key out"):
            planned(tmp_path, library, text)
    else:
        assert planned(tmp_path, library, text).limits == tuple(limits)


# Red flags ----------------------------------------------------------------------------------------------------------------


def test_a_red_flag_stops_every_exercise(library: Library, tmp_path: Path) -> None:
    text = lumbar(
        "heel-press", "knee-circle", "no-such-thing", more="red-flags: [numb-saddle]\nprecautions: [knee-problem]\n"
    )
    plan = planned(tmp_path, library, text)
    assert plan.items == ()
    assert [flag.slug for flag in plan.emergency] == ["numb-saddle"]
    assert (plan.seconds, plan.minutes, plan.equipment) == (0, 0, ())


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("[red-scar]", ["red-scar"]),
        ("[red-scar, numb-saddle, red-scar]", ["numb-saddle", "red-scar"]),  # the most urgent first, each once
        ("[other]", ["numb-saddle"]),  # no page of its own: all that concern the patient
        ("[other, red-scar]", ["numb-saddle", "red-scar"]),
    ],
)
def test_an_emergency_sheet_shows_the_signs_that_were_found(
    library: Library, tmp_path: Path, found: str, shown: list[str]
) -> None:
    plan = planned(tmp_path, library, lumbar("heel-press", more=f"red-flags: {found}\n"))
    assert [flag.slug for flag in plan.emergency] == shown
    assert plan.items == ()


def test_a_red_flag_makes_no_wrong_phase_or_date_right(library: Library, tmp_path: Path) -> None:
    text = "id: T-01\ncondition: post-op\nprocedure: fusion\nphase: early\nred-flags: [numb-saddle]\n"
    with pytest.raises(ProblemsError) as caught:
        planned(tmp_path, library, text)
    assert [(problem.line, problem.rule) for problem in caught.value.problems] == [(2, "surgery"), (4, "phase")]


def test_every_sheet_carries_the_red_flags_of_its_condition_and_procedure(library: Library, tmp_path: Path) -> None:
    assert [flag.slug for flag in planned(tmp_path, library, lumbar("hall-walk")).red_flags] == ["numb-saddle"]
    plan = planned(tmp_path, library, (PATIENTS / "post-op.yaml").read_text("utf-8"))
    assert [flag.slug for flag in plan.red_flags] == ["numb-saddle", "red-scar"]  # the emergency first
    assert plan.emergency == ()


# Overrides ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (lumbar("{exercise: knee-circle, side: left, allow: Seen in clinic.}"), "phase-gate"),
        (lumbar("{exercise: heel-press, allow: Seen in clinic.}", more="precautions: [knee-problem]\n"), "precaution-gate"),
        (
            lumbar(
                "{exercise: knee-circle, side: left, allow: Seen in clinic.}",
                phase="later",
                more="findings: {posture: large-curve}\n",
            ),
            "precaution-gate",
        ),
        (
            replaced(
                (PATIENTS / "post-op.yaml").read_text("utf-8"), "hall-walk", "{exercise: heel-press, allow: Seen in clinic.}"
            ),
            "phase-gate",
        ),
    ],
    ids=["another phase", "a precaution", "a finding", "ask first"],
)
def test_a_reason_opens_a_gate_and_is_kept(library: Library, tmp_path: Path, text: str, rule: str) -> None:
    (item,) = planned(tmp_path, library, text).items
    assert item.allow == "Seen in clinic."
    with pytest.raises(ProblemsError) as caught:
        planned(tmp_path, library, replaced(text, ", allow: Seen in clinic.", ""))
    assert {problem.rule for problem in caught.value.problems} == {rule}


@pytest.mark.parametrize(
    ("given", "opened"),
    [
        ("precautions: [osteoporosis]\n", False),
        ("precautions: [pregnancy]\n", True),
        ("findings: {posture: flat, neck-problem: no}\n", True),
        ("findings: {posture: large-curve}\n", False),
        ("findings: {neck-problem: yes}\n", False),
    ],
)
def test_only_a_precaution_of_the_exercise_closes_its_gate(
    library: Library, tmp_path: Path, given: str, opened: bool
) -> None:
    text = lumbar("{exercise: knee-circle, side: left}", phase="later", more=given)
    if opened:
        assert len(planned(tmp_path, library, text).items) == 1
    else:
        with pytest.raises(ProblemsError, match=r"\[precaution-gate\]"):
            planned(tmp_path, library, text)


# What the sheet says at a glance ------------------------------------------------------------------------------------------


def test_a_day_is_counted_in_seconds(library: Library, tmp_path: Path) -> None:
    move, set_up, pause, both_sides = 4, 40, 30, 2
    press = 2 * 6 * (5 + move) * both_sides + pause + set_up
    twice = "{exercise: heel-press, sets: 2, reps: 6}"
    assert planned(tmp_path, library, lumbar(twice)).seconds == 2 * press
    assert planned(tmp_path, library, lumbar(twice, "hall-walk")).seconds == 2 * press  # walks are told apart
    one_side = planned(tmp_path, library, lumbar("{exercise: heel-press, sets: 2, reps: 6, side: left, rest: 90 s}"))
    assert one_side.seconds == 2 * (2 * 6 * (5 + move) + 90 + set_up)
    circle = planned(tmp_path, library, lumbar("knee-circle", phase="later", more="side: both\n"))
    assert circle.seconds == 8 * move * both_sides + set_up


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [(0, 0), (1, 1), (60, 1), (61, 2), (540, 9), (541, 10), (600, 10), (601, 15), (900, 15), (901, 20)],
)
def test_minutes_are_rounded_up_and_to_fives_from_ten_on(
    library: Library, tmp_path: Path, seconds: int, minutes: int
) -> None:
    assert replace(planned(tmp_path, library, lumbar("hall-walk")), seconds=seconds).minutes == minutes


@pytest.mark.parametrize(
    ("review", "weeks"),
    [
        (None, 2),
        ("2026-11-22", 1),
        ("2026-11-28", 1),
        ("2026-11-29", 2),
        ("2026-12-19", 4),
        ("2026-12-20", 5),
        ("2027-02-13", 12),
        ("2027-02-14", 12),
        ("2027-06-01", 12),
    ],
)
def test_the_chart_reaches_to_the_next_visit_and_twelve_weeks_at_most(
    library: Library, tmp_path: Path, review: str | None, weeks: int
) -> None:
    given = f"review: {review}\n" if review else ""
    assert planned(tmp_path, library, lumbar("hall-walk", more=given)).weeks == weeks


def test_a_visit_further_away_than_the_chart_is_a_warning(library: Library, tmp_path: Path) -> None:
    near, far = (planned(tmp_path, library, lumbar("hall-walk", more=f"review: 2027-02-{day}\n")) for day in (13, 14))
    said = "the next visit is 13 weeks away: chart and doses cover 12. See the patient by then."
    assert said in far.warnings
    assert not any("weeks away" in warning for warning in near.warnings)


def test_the_day_of_issue_is_the_one_given_and_names_the_sheet(library: Library, tmp_path: Path) -> None:
    text = lumbar("hall-walk", more="issued: 2026-01-01\nreview: 2026-12-05\n")
    plan = planned(tmp_path, library, text, date(2026, 12, 1))
    assert (plan.issued, plan.sheet_id, plan.weeks) == (date(2026, 12, 1), "T-01-2026-12-01", 1)
    with pytest.raises(ProblemsError, match="review: must be after the day of issue"):
        planned(tmp_path, library, text, date(2026, 12, 5))


def test_the_minutes_of_a_day_are_told_without_what_has_a_time_of_its_own(tmp_path: Path) -> None:
    content = lay_content(tmp_path)
    changes = (
        "exercises/mobility/knee-circle.md",
        "per-day: 1, days-per-week: 7}",
        "per-day: 12, days-per-week: 1, when: at night}",
    )
    change_files(dict(zip(("file", "old", "new"), changes, strict=True)), content)
    library = load_library([content])
    all_three = ("{exercise: heel-press, allow: A}", "{exercise: knee-circle, allow: A, side: left}", "hall-walk")
    plan = planned(tmp_path, library, lumbar(*all_three))
    assert plan.minutes > 0
    alone = planned(tmp_path, library, lumbar(all_three[1]))
    assert alone.minutes == 0


def test_equipment_is_named_once_and_in_the_order_of_need(library: Library, tmp_path: Path) -> None:
    plan = planned(tmp_path, library, lumbar("{exercise: knee-circle, side: left}", "heel-press", phase="later"))
    assert plan.equipment == ("mat", "cushion")


THERAPIST, SCREENED = "therapist: Pat Placeholder\n", "screened: 2026-11-21\n"


@pytest.mark.parametrize(("more", "draft"), [("", True), (THERAPIST, True), (SCREENED, True), (THERAPIST + SCREENED, False)])
def test_a_sheet_without_a_therapist_who_asked_about_the_red_flags_is_a_draft(
    library: Library, tmp_path: Path, more: str, draft: bool
) -> None:
    assert planned(tmp_path, library, lumbar("hall-walk", more=more)).draft is draft
    assert not planned(tmp_path, library, lumbar("hall-walk", more=f"{more}red-flags: [numb-saddle]\n")).draft


@pytest.mark.parametrize(("day", "warned"), [("2026-11-21", False), ("2026-11-07", False), ("2026-11-06", True)])
def test_red_flags_that_were_asked_about_long_ago_are_a_warning(
    library: Library, tmp_path: Path, day: str, warned: bool
) -> None:
    plan = planned(tmp_path, library, lumbar("hall-walk", more=f"screened: {day}\n"))
    assert any(warning.startswith("screened: 15 days before") for warning in plan.warnings) is warned


def test_the_next_phase_is_the_one_the_phase_names(library: Library, tmp_path: Path) -> None:
    early = planned(tmp_path, library, lumbar("hall-walk"))
    later = planned(tmp_path, library, lumbar("heel-press", phase="later"))
    assert (early.phase.slug, early.next_phase) == ("lumbar/early", later.phase)
    assert later.next_phase is None


# How old the content is -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phase", "entry", "reviewed"),
    [("early", "heel-press", date(2026, 11, 21)), ("later", "{exercise: knee-circle, side: left}", date(2026, 11, 20))],
)
def test_the_oldest_page_on_the_sheet_says_how_old_the_content_is(
    library: Library, tmp_path: Path, phase: str, entry: str, reviewed: date
) -> None:
    plan = planned(tmp_path, library, lumbar(entry, phase=phase))
    assert plan.content_reviewed == reviewed
    assert plan.content_due == reviewed.replace(year=2029)


@pytest.mark.parametrize(
    ("reviewed", "due"),
    [
        (date(2026, 1, 1), date(2029, 1, 1)),
        (date(2028, 2, 29), date(2031, 2, 28)),
        (date(2026, 12, 31), date(2029, 12, 28)),
    ],
)
def test_content_is_due_after_three_years_at_the_latest(library: Library, tmp_path: Path, reviewed: date, due: date) -> None:
    plan = replace(planned(tmp_path, library, lumbar("hall-walk")), content_reviewed=reviewed)
    assert plan.content_due == due
    assert (plan.content_due - reviewed).days <= 3 * 365 + 1


def test_a_reviewer_is_named_only_where_every_page_on_the_sheet_has_one(tmp_path: Path) -> None:
    content = lay_content(tmp_path)
    pages = ("conditions/lumbar/early.md", "exercises/aerobic/hall-walk.md", "red-flags/numb-saddle.md", "pain-rule.yaml")
    for number, name in enumerate(pages):
        assert planned(tmp_path, load_library([content]), lumbar("hall-walk")).reviewer is None
        who = ("Robin Reviewer", "Ash Alsoreviewing")[number % 2]
        of = edition((content / name).read_text("utf-8"))
        change_files({"file": name, "old": "sources:", "new": f"reviewer: {who}\nof: {of}\nsources:"}, content)
    library = load_library([content])
    assert planned(tmp_path, library, lumbar("hall-walk")).reviewer == "Ash Alsoreviewing; Robin Reviewer"
    assert planned(tmp_path, library, lumbar("hall-walk", "heel-press")).reviewer is None


def test_a_review_ends_when_the_words_change(tmp_path: Path) -> None:
    content = lay_content(tmp_path)
    name = "exercises/aerobic/hall-walk.md"
    of = edition((content / name).read_text("utf-8"))
    for wrong in ("", f"of: {of[::-1]}\n"):
        change_files({"file": name, "old": "sources:", "new": f"reviewer: Robin Reviewer\n{wrong}sources:"}, content)
        assert load_library([content]).exercises["hall-walk"].reviewer is None
        change_files({"file": name, "old": f"reviewer: Robin Reviewer\n{wrong}", "new": ""}, content)
    change_files({"file": name, "old": "sources:", "new": f"reviewer: Robin Reviewer\nof: {of}\nsources:"}, content)
    page = load_library([content]).exercises["hall-walk"]
    assert (page.reviewer, page.edition) == ("Robin Reviewer", of)
    change_files({"file": name, "old": "reviewed: 2026-11-21", "new": "reviewed: 2026-11-22"}, content)
    assert load_library([content]).exercises["hall-walk"].reviewer == "Robin Reviewer"
    change_files({"file": name, "old": "minutes: 5", "new": "minutes: 6"}, content)
    assert load_library([content]).exercises["hall-walk"].reviewer is None


def test_an_edition_is_all_but_the_review_and_the_pictures() -> None:
    page = "---\nname: A\nreviewed: 2026-11-21\n---\n## Steps\n\n1. Walk.\n"
    figure = "figure:\n  position: standing\n  panels:\n    - caption: Walk.\n"
    same = [
        page.replace("reviewed:", "reviewer: Pat Placeholder\nof: 1a2b3c4d\nreviewed:"),
        page.replace("reviewed:", f"{figure}reviewed:"),
        page.replace("\n---\n##", f"\n{figure}---\n##"),
    ]
    assert {edition(text) for text in same} == {edition(page)}
    other = [page.replace("name: A", "name: B"), page.replace("Walk.", "Run."), page.replace("1. Walk.", "of: 1")]
    assert len({edition(text) for text in (page, *other)}) == 4


# Whatever is typed ----------------------------------------------------------------------------------------------------------

typed_text = st.text(st.characters(exclude_categories=("Cs",)), max_size=400)
sheets = settings(deadline=None, max_examples=150, derandomize=True)  # the same texts in every run

FIELDS: Mapping[str, Any] = {  # a place for a text in a patient file, and where it is found again
    "name": ("name: {}\n", "heel-press", lambda patient: patient.name),
    "goal": ("goal: {}\n", "heel-press", lambda patient: patient.goal),
    "therapist": ("therapist: {}\n", "heel-press", lambda patient: patient.therapist),
    "limit": ("limits: {{lift: {}}}\n", "heel-press", lambda patient: patient.limits.lift.says),
    "note": ("", "{{exercise: heel-press, note: {}}}", lambda patient: patient.exercises[0].note),
    "load": ("", "{{exercise: heel-press, load: {}}}", lambda patient: patient.exercises[0].load),
    "allow": ("", "{{exercise: heel-press, allow: {}}}", lambda patient: patient.exercises[0].allow),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("typed")


@pytest.mark.parametrize(("more", "entry", "found"), FIELDS.values(), ids=FIELDS)
@sheets
@given(text=typed_text)
def test_any_text_in_quotes_arrives_as_typed_or_is_refused_without_being_repeated(
    library: Library, folder: Path, more: str, entry: str, found: Any, text: str
) -> None:
    quoted = json.dumps(text, ensure_ascii=False)
    source = lumbar(entry.format(quoted), more=more.format(quoted))
    try:
        patient = read(folder, source)
        assert found(patient) == " ".join(text.split())
        resolve(patient, library, TODAY)
    except ProblemsError as error:
        point_into(source, error)
        said = "\n".join(problem.message for problem in error.problems)
        assert len(text.strip()) < 8 or text.strip() not in said


@sheets
@given(text=typed_text, name=st.sampled_from(["id", "phase", "language", "surgery-date", "side", "topics", "red-flags"]))
def test_any_text_in_any_other_field_gives_a_plan_or_problems(library: Library, folder: Path, text: str, name: str) -> None:
    lines = {"id": "T-01", "condition": "lumbar", "phase": "early", "exercises": ["hall-walk"], name: text}
    source = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items())
    try:
        assert isinstance(resolve(read(folder, source), library, TODAY), Plan)
    except ProblemsError as error:
        point_into(source, error)


@sheets
@given(text=typed_text)
def test_any_text_in_a_cell_arrives_as_typed_or_is_refused(folder: Path, text: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([("id", "condition", "phase", "goal"), ("T-01", "lumbar", "early", text)])
    try:
        goal = read(folder, file.getvalue(), "patients.csv").goal
        assert (goal or "") == ("" if text.strip() == "~" else " ".join(text.split()))
    except ProblemsError as error:
        point_into(file.getvalue(), error)


PIECES = [
    *"{}[],:#-?!&*|>%@`'\"~\\ \t\n\r\u0085\u2028\u2029\u00a0\ufeff\u0000\u0007é\U0001f6b6",
    "\n  ", "\n- ", ": ", " #", "---\n", "...\n", "<<: ", "&a ", "*a", "!!python/object:os.system ", "%YAML 1.1\n", "? ",
    '"', "'", "id: T-01\n", "condition: lumbar\n", "phase: early\n", "exercises:\n", "  - heel-press\n", "limits: ",
    "findings: ", "yes", "1:30", "010", "## Steps\n", "1. ", "- ", "name: ", "sets: 99", "hold: 5-1 s",
]  # fmt: skip
yamlish = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=40).map("".join)
raw_bytes = st.one_of(st.binary(max_size=200), yamlish.map(lambda text: text.encode("utf-8", "surrogatepass")))


def point_into(text: str, error: ProblemsError) -> None:
    """Every problem points to a line of the file, or to the one behind its end."""
    assert error.problems
    last = len(re.split("\r\n|\r|\n", text)) + 1
    assert all(1 <= problem.line <= last and problem.column >= 1 for problem in error.problems)


@settings(sheets, max_examples=400)
@given(head=st.sampled_from(["", "id: T-01\ncondition: lumbar\nphase: early\n"]), data=raw_bytes)
def test_any_bytes_in_a_patient_file_give_a_patient_or_problems(folder: Path, head: str, data: bytes) -> None:
    path = folder / "patient.yaml"
    path.write_bytes(head.encode() + data)
    try:
        (patient,) = read_patient_file(path)
        assert isinstance(patient, Patient)
    except ProblemsError as error:
        point_into(path.read_bytes().decode("utf-8", "replace"), error)


@sheets
@given(
    data=st.one_of(
        raw_bytes,
        st.lists(st.sampled_from([*'",;\t\n\r=', "id", "phase", "T-01"])).map(lambda parts: "".join(parts).encode()),
    )
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_any_bytes_in_a_table_give_patients_or_problems(folder: Path, ending: str, data: bytes) -> None:
    path = folder / f"patients.{ending}"
    path.write_bytes(data)
    with pytest.raises(ProblemsError):  # no such soup holds a whole patient
        read_patient_file(path)


@settings(sheets, max_examples=400)
@given(head=st.sampled_from(["", "---\n", "---\nname: A\n---\n", "---\nname: A\n---\n## Steps\n"]), text=yamlish)
def test_any_text_in_a_content_file_gives_its_parts_or_problems(head: str, text: str) -> None:
    try:
        front, sections = split_front_matter(head + text, "page.md")
        assert isinstance(parse_yaml(front, "page.md", first_line=2).data, dict)
        assert all(1 < section.line <= (head + text).count("\n") + 2 for section in sections)
    except ProblemsError as error:
        point_into(head + text, error)


# Ranges of a dose -----------------------------------------------------------------------------------------------------------

BOUNDS = {
    "sets": (6, ""),
    "reps": (50, ""),
    "hold": (120, "s"),
    "minutes": (60, "min"),
    "per-day": (12, ""),
    "days-per-week": (7, ""),
}


def dose_range(key: str, text: str) -> Range | None:
    values = {"per-day": "1", "days-per-week": "1", key: text}
    return getattr(DoseRange.model_validate(values), key.replace("-", "_"))


@sheets
@given(st.data())
def test_every_range_within_the_bounds_is_read_as_written(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(BOUNDS)))
    most, unit = BOUNDS[key]
    low = data.draw(st.integers(1, most))
    high = data.draw(st.integers(low, most))
    dash = data.draw(st.sampled_from(["-", "–", " - ", " – "]))
    space = data.draw(st.sampled_from(["", " "]))
    assert dose_range(key, f"{low}{dash}{high}{space}{unit}") == Range(low, high)
    assert dose_range(key, f"{low}{space}{unit}") == Range(low, low)


@sheets
@given(key=st.sampled_from(sorted(BOUNDS)), low=st.integers(0, 10**9), high=st.integers(0, 10**9))
def test_no_range_beyond_the_bounds_or_backwards_is_read(key: str, low: int, high: int) -> None:
    most, unit = BOUNDS[key]
    if 1 <= low <= high <= most:
        assert dose_range(key, f"{low}-{high} {unit}") == Range(low, high)
    else:
        with pytest.raises(ValidationError):
            dose_range(key, f"{low}-{high} {unit}")


@sheets
@given(
    key=st.sampled_from(sorted(BOUNDS)),
    text=st.one_of(typed_text, st.from_regex(r"[0-9]{1,4}[-– ]{0,3}[0-9]{0,4} ?(s|min)?", fullmatch=True)),
)
def test_any_text_as_a_dose_is_a_range_within_the_bounds_or_refused(key: str, text: str) -> None:
    most, _ = BOUNDS[key]
    try:
        found = dose_range(key, text)
    except ValidationError:
        return
    assert found is not None
    assert 1 <= found.low <= found.high <= most
