"""From visit to visit: the next patient file from a record, and the line on the sheet that says what is new."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from support.command import Run
from support.library import LIBRARY
from support.patients import surgery
from support.written import EXAMPLES

from handouts.app.layers import Layers
from handouts.app.plans import plan_handouts
from handouts.errors import ProblemsError
from handouts.model import Dose, Phase, Plan
from handouts.patients.reader import read_patients
from handouts.patients.record import plan_record
from handouts.planning.case import Case
from handouts.planning.choosing import bar

DAY = date(2026, 11, 3)
CLINIC = EXAMPLES / "clinic.yaml"
LUMBAR = ("id: T-1", "name: Ann Example", "condition: lumbar", "therapist: Pat Placeholder, PT", "screened: 2026-11-03")


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def write(folder: Path, *lines: str, name: str = "t.yaml") -> Path:
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    return folder / name


def planned(file: Path) -> Plan:
    (plan,) = plan_handouts([file], Layers(clinic=CLINIC), DAY)
    return plan


def recorded(plan: Plan, folder: Path) -> Path:
    """The record that lies beside the sheet of a plan, without the sheet."""
    path = folder / f"{plan.sheet_id}.plan.yaml"
    path.write_text(plan_record(plan), "utf-8")
    return path


def first_visit(folder: Path, *lines: str) -> Path:
    """The record of a sheet for two weeks, handed out on DAY."""
    return recorded(planned(write(folder, *LUMBAR, f"issued: {DAY}", f"review: {after(14)}", *lines)), folder)


def next_file(run: Run, record: Path, day: date, *options: str) -> Path:
    """The file that the command writes, with nothing left to do in it."""
    said = run("next", record, "--date", day, "--clinic", CLINIC, *options)
    assert said.exit_code == 0, said.output
    return Path(said.stdout.strip()).absolute()


def entries(file: Path) -> dict[str, dict[str, str]]:
    listed = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)["exercises"]
    return {one["exercise"]: one for one in ({"exercise": one} if isinstance(one, str) else one for one in listed)}


def doses(plan: Plan) -> dict[str, list[Dose]]:
    """The dose of each week, by exercise: one that climbs no further has no step for the week."""
    return {item.exercise.slug: [step.dose for step in item.ladder] or [item.dose] for item in plan.items}


# Doses ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", ["subacute", "late"])
def test_three_visits_climb_as_one_long_ladder_says(run: Run, tmp_path: Path, phase: str) -> None:
    lines = (*LUMBAR, f"phase: {phase}", f"issued: {DAY}", "findings: {floor: yes, direction: extension}")
    long = doses(planned(write(tmp_path, *lines, f"review: {after(42)}", name="long.yaml")))
    assert sum(len(weeks) >= 4 for weeks in long.values()) >= 2

    plan = planned(write(tmp_path, *lines, f"review: {after(14)}"))
    for visit in range(3):
        for slug, weeks in doses(plan).items():
            reached = min(visit, len(long[slug]) - 1)  # each sheet begins with the week in which the last one ended
            assert weeks == long[slug][reached : reached + 2], (visit, slug)
        day, review = after(14 * (visit + 1)), after(14 * (visit + 2))
        plan = planned(next_file(run, recorded(plan, tmp_path), day, "--review", str(review)))


@pytest.mark.parametrize(("days", "weeks_done"), [(1, 1), (7, 1), (8, 2), (14, 2), (60, 2)])
def test_a_dose_starts_where_it_stood_on_the_day_and_never_beyond_the_sheet(
    run: Run, tmp_path: Path, days: int, weeks_done: int
) -> None:
    record = first_visit(tmp_path, "phase: subacute", "exercises: [bridge, walking]")
    stood = {slug: weeks[weeks_done - 1] for slug, weeks in doses(planned(tmp_path / "t.yaml")).items()}
    plan = planned(next_file(run, record, after(days)))
    assert {item.exercise.slug: item.dose for item in plan.items} == stood


def test_what_a_therapist_wrote_stays_and_a_range_goes_on(run: Run, tmp_path: Path) -> None:
    listed = "exercises: [{exercise: bridge, reps: 8, per-day: 3}, {exercise: walking, minutes: 10-20 min}]"
    record = first_visit(tmp_path, "phase: subacute", listed)
    later = entries(next_file(run, record, after(14)))
    assert later["bridge"] == {"exercise": "bridge", "reps": "8", "per-day": "3"}
    assert later["walking"] == {"exercise": "walking", "minutes": "15-20 min"}
    again = recorded(planned(tmp_path / "T-1-2026-11-17.yaml"), tmp_path)
    last = entries(next_file(run, again, after(28)))
    assert last["bridge"] == later["bridge"]
    assert last["walking"] == {"exercise": "walking", "minutes": "20 min"}


def test_what_could_not_climb_in_the_first_phase_climbs_in_the_next(run: Run, tmp_path: Path) -> None:
    record = first_visit(tmp_path, "phase: acute", "exercises: [abdominal-bracing]")
    same = next_file(run, record, after(14))
    assert entries(same) == {"abdominal-bracing": {"exercise": "abdominal-bracing"}}
    assert not planned(same).items[0].ladder
    again = recorded(planned(same), tmp_path)
    assert planned(next_file(run, again, after(28), "--phase", "subacute")).items[0].ladder


def test_nothing_climbs_by_itself_after_a_record_that_does_not_tell_whose_the_numbers_are(run: Run, tmp_path: Path) -> None:
    record = first_visit(tmp_path, "phase: subacute", "exercises: [{exercise: bridge, reps: 8, hold: 3 s}]")
    text = record.read_text("utf-8")
    whose = "own-doses:\n  bridge: [reps, hold]\n"
    assert whose in text
    record.write_text(text.replace(whose, ""), "utf-8")
    file = next_file(run, record, after(14))
    assert entries(file)["bridge"]["reps"] == "8"
    assert not planned(file).items[0].ladder


def test_a_record_of_other_doses_than_todays_content_gives_the_first_weeks_and_says_so(run: Run, tmp_path: Path) -> None:
    record = first_visit(tmp_path, "phase: subacute", "exercises: [bridge]")
    first, second = doses(planned(tmp_path / "t.yaml"))["bridge"]
    assert first != second
    record.write_text(record.read_text("utf-8").replace("week 2: ", "week 2: 9"), "utf-8")
    file = next_file(run, record, after(14))
    assert planned(file).items[0].dose == first
    assert "the content has changed since the old sheet" in file.read_text("utf-8")


def test_a_new_phase_starts_at_the_old_dose_and_asks_where_it_is_lower_than_usual(run: Run, tmp_path: Path) -> None:
    record = first_visit(tmp_path, "phase: subacute", "exercises: [walking]")
    stood = doses(planned(tmp_path / "t.yaml"))["walking"][-1]
    file = next_file(run, record, after(14), "--phase", "late")
    assert planned(file).items[0].dose.minutes == stood.minutes == 15
    assert "# this phase usually starts at 20 min: is the patient ready for it?" in file.read_text("utf-8")


def test_a_limit_cuts_what_a_dose_has_reached(run: Run, tmp_path: Path) -> None:
    record = first_visit(tmp_path, "phase: subacute", "exercises: [walking]")
    record.write_text(record.read_text("utf-8").replace("limits: {}", "limits: {walk: 12 min}"), "utf-8")
    file = next_file(run, record, after(14))
    assert {step.dose.minutes for step in planned(file).items[0].ladder} <= {10, 12}


# Exercises -----------------------------------------------------------------------------------------------------------------


def phases_in_a_row() -> list[tuple[Phase, Phase]]:
    """Each phase with itself, with the one after it, and with the one before it."""
    pairs = []
    for phase in LIBRARY.phases.values():
        row = LIBRARY.phases_of(phase.condition)
        at = row.index(phase)
        pairs += [(phase, other) for other in row[max(at - 1, 0) : at + 2]]
    return pairs


@pytest.mark.parametrize(("old", "new"), phases_in_a_row(), ids=lambda phase: phase.slug)
def test_every_exercise_goes_on_or_is_named_and_proposals_are_allowed(
    run: Run, tmp_path: Path, old: Phase, new: Phase
) -> None:
    condition, *procedure = old.condition.split("/")
    operated = [f"procedure: {procedure[0]}", f"surgery-date: {surgery(old.slug) - timedelta(weeks=3)}"] if procedure else []
    lines = ("id: T-1", f"condition: {condition}", *operated, f"phase: {old.stem}", f"issued: {DAY}", "side: left")
    before = planned(write(tmp_path, *lines, "allow-phase: A test."))
    said = run("next", recorded(before, tmp_path), "--date", after(14), "--phase", new.stem, "--clinic", CLINIC)
    assert {line for line in said.stderr.splitlines() if line.endswith("]")} == {
        line for line in said.stderr.splitlines() if line.endswith("[phase-weeks]")
    }, said.output
    file = tmp_path / f"T-1-{after(14)}.yaml"
    text = file.read_text("utf-8")
    named = re.findall(r"^# - (\S+) \(was .+\): \S.+$", text, re.MULTILINE)
    kept = list(entries(file)) if "\nexercises:\n" in text else []
    assert sorted([*kept, *named]) == sorted(item.exercise.slug for item in before.items)

    (patient,), _ = read_patients([file])
    case = Case(patient, new, LIBRARY)
    proposed = re.findall(r"^    # (?:harder|easier): ([a-z0-9-]+),", text, re.MULTILINE)
    assert len(set(proposed)) == len(proposed)
    for slug in proposed:
        exercise = LIBRARY.exercises[slug]
        assert new.slug in exercise.phases
        assert not bar(exercise, case)
        assert slug not in [item.exercise.slug for item in before.items]


def test_proposals_are_made_and_say_why(run: Run, tmp_path: Path) -> None:
    text = next_file(run, first_visit(tmp_path, "phase: subacute", "exercises: [bridge]"), after(14)).read_text("utf-8")
    assert re.search(r"# easier: gluteal-set, if this one is too hard or hurts", text)
    text = next_file(run, first_visit(tmp_path, "phase: late", "exercises: [abdominal-bracing]"), after(15)).read_text(
        "utf-8"
    )
    assert re.search(r"# harder: \S+, once 1 x 10, hold 10 s is easy", text)


def test_a_new_phase_names_what_it_forbids_and_what_the_rules_would_add(run: Run, tmp_path: Path) -> None:
    record = first_visit(tmp_path, "phase: subacute", "exercises: [bridge, walking]")
    text = next_file(run, record, after(14), "--phase", "acute").read_text("utf-8")
    assert re.search(
        r"# - bridge \(was 1 x 10, hold \d s\): 'bridge' is not for lumbar/acute; it is for lumbar/subacute", text
    )
    assert "# The rules would choose these here." in text
    assert "The rules would" not in next_file(run, record, after(14), "--out", "same.yaml").read_text("utf-8")


def test_a_reason_to_allow_holds_in_its_own_phase_only(run: Run, tmp_path: Path) -> None:
    allowed = "exercises: [walking, {exercise: cat-camel, allow: Tested and fine.}]"
    record = first_visit(tmp_path, "phase: acute", allowed)
    assert entries(next_file(run, record, after(14)))["cat-camel"]["allow"] == "Tested and fine."
    later = next_file(run, record, after(15), "--phase", "late")
    assert "allow" not in entries(later).get("cat-camel", {})
    heavy = first_visit(tmp_path, "phase: late", "exercises: [walking, {exercise: swallow, allow: Tested and fine.}]")
    text = next_file(run, heavy, after(16), "--phase", "acute").read_text("utf-8")
    assert re.search(r"# - swallow .+ On the old sheet it was allowed: Tested and fine\.", text)


# The rest of the file ------------------------------------------------------------------------------------------------------


def test_the_same_person_and_findings_and_nothing_that_was_checked_on_another_day(run: Run, tmp_path: Path) -> None:
    person = ("phase: subacute", "side: left", "goal: 'Walk: to the shop'", "precautions: [pregnancy]", "pregnancy-week: 12")
    words = ("findings: {posture: flat, floor: yes}", "limits: {lift: 5 kg, bend: 'no', drive: ~}", "print: {layout: fridge}")
    file = next_file(run, first_visit(tmp_path, *person, *words), after(15))
    data = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
    old = yaml.load((tmp_path / "t.yaml").read_text("utf-8"), yaml.BaseLoader)
    for key in ("id", "condition", "phase", "side", "goal", "precautions", "findings", "limits"):
        assert data[key] == old[key], key
    assert data["print"]["layout"] == "fridge"
    assert data["pregnancy-week"] == "14"
    assert data["since"] == "T-1-2026-11-03"
    assert data["issued"] == "2026-11-18"
    assert not {"name", "therapist", "screened", "review"} & set(data)
    text = file.read_text("utf-8")
    assert "Ann" not in text
    assert "# screened: 2026-11-18\n# therapist: 'Pat Placeholder, PT'\n" in text
    file.write_text(
        re.sub(r"^# (screened|therapist|name): ", r"\1: ", text, flags=re.MULTILINE).replace("name: \n", ""), "utf-8"
    )
    assert not planned(file).draft
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_is_never_written_over(run: Run, tmp_path: Path) -> None:
    record = first_visit(tmp_path, "phase: subacute", "exercises: [bridge]")
    file = write(tmp_path, "mine", name="T-1-2026-11-17.yaml")
    for options in ([], ["--out", "."], ["--out", file]):
        said = run("next", record, "--date", after(14), "--clinic", CLINIC, *options)
        assert said.exit_code == 1
        assert "T-1-2026-11-17.yaml is there already: choose another name with '--out'" in said.stderr
    assert file.read_text("utf-8") == "mine\n"


def test_all_that_is_wrong_is_said_at_once_with_its_place(run: Run, tmp_path: Path) -> None:
    record = first_visit(tmp_path, "phase: subacute", "exercises: [bridge]")
    said = run("next", record, "--date", DAY, "--review", after(-4), "--phase", "lat")
    assert said.exit_code == 1
    assert re.search(r"plan\.yaml:8:10: --phase: 'lat' is not a known phase of lumbar\. Did you mean 'late'\?", said.stderr)
    assert re.search(r"plan\.yaml:9:11: --date: 2026-11-03 is not after the day of the old sheet", said.stderr)
    assert re.search(r"plan\.yaml:9:11: --review: 2026-10-30 is not after the day of issue", said.stderr)
    assert list(tmp_path.glob("T-1*.yaml")) == [record]


def test_faults_of_content_and_record_are_said_in_one_run(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path, *LUMBAR, "phase: late")
    said = run("next", file, "--content", "nowhere")
    assert "t.yaml:1:1: is not the record of a sheet: a record lies beside its PDF" in said.stderr
    assert "nowhere" in said.stderr


def test_no_file_follows_an_emergency_sheet(run: Run, tmp_path: Path) -> None:
    record = first_visit(tmp_path, "phase: subacute", "red-flags: [other]")
    said = run("next", record, "--date", after(14))
    assert "the record is of an emergency sheet: see the patient, and start a new file [red-flag]" in said.stderr


def test_what_the_written_file_still_needs_is_said_at_its_place(run: Run, tmp_path: Path) -> None:
    lines = (
        "id: T-1",
        "condition: post-op",
        "procedure: fusion",
        f"surgery-date: {after(-7)}",
        "phase: protect",
        f"issued: {DAY}",
    )
    record = recorded(planned(write(tmp_path, *lines, "exercises: [walking]")), tmp_path)
    said = run("next", record, "--date", after(7), "--phase", "strength", "--clinic", CLINIC)
    assert said.exit_code == 1
    assert re.search(r"T-1-2026-11-10\.yaml:\d+:8: phase: 'strength' is too early in week 2", said.stderr)
    assert (tmp_path / "T-1-2026-11-10.yaml").exists()


# since ---------------------------------------------------------------------------------------------------------------------


SECOND = after(14)


def second_visit(folder: Path, *lines: str, since: str = "T-1-2026-11-03", day: date = SECOND) -> Plan:
    head = ("id: T-1", "condition: lumbar", f"since: {since}", f"issued: {day}")
    return planned(write(folder, *head, *lines, name="u.yaml"))


def test_the_sheet_says_what_is_new_what_has_changed_and_what_is_gone(tmp_path: Path) -> None:
    first_visit(tmp_path, "phase: subacute", "exercises: [bridge, walking, {exercise: heel-slide, reps: 8, per-day: 2}]")
    reached = doses(planned(tmp_path / "t.yaml"))["walking"][-1].minutes
    heel_slide = "{exercise: heel-slide, reps: 8, per-day: 3}"
    listed = f"exercises: [clamshell, {{exercise: walking, minutes: {reached} min}}, {heel_slide}]"
    news = second_visit(tmp_path, "phase: subacute", listed).news
    assert news
    assert news.since == DAY
    assert [one.slug for one in news.new] == ["clamshell"]
    assert [one.slug for one in news.gone] == ["bridge"]
    (change,) = news.changed
    assert change.item.exercise.slug == "heel-slide"
    assert change[1:] == (False, True, False, False, False)


def html_of(run: Run, file: str) -> str:
    said = run("pdf", file, "--clinic", CLINIC, "--format", "html", "--out", "out", "--allow-fallback")
    assert said.exit_code == 0, said.output
    (path,) = Path("out").glob("*.html")
    body = path.read_text("utf-8").partition('<p class="news">')[2].partition("</p>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split()).replace(" ,", ",").replace(" ;", ";").replace(" .", ".")


def test_the_line_is_printed_in_plain_words(run: Run, tmp_path: Path) -> None:
    first_visit(tmp_path, "phase: subacute", "exercises: [bridge, {exercise: heel-slide, reps: 8}]")
    listed = "exercises: [clamshell, {exercise: heel-slide, reps: 10}]"
    second_visit(tmp_path, "phase: subacute", listed)
    name = LIBRARY.exercises
    assert html_of(run, "u.yaml") == (
        f"Since 3 November 2026 New: {name['clamshell'].name}."
        f" Changed: {name['heel-slide'].name}, 10 times. Gone: {name['bridge'].name}."
    )


def test_a_sheet_with_nothing_new_says_so_in_spanish_too(run: Run, tmp_path: Path) -> None:
    record = first_visit(tmp_path, "phase: subacute", "exercises: [bridge]", "language: es")
    next_file(run, record, after(14), "--out", "u.yaml")
    assert html_of(run, "u.yaml").startswith("Desde el 3 de noviembre de 2026 Los mismos ejercicios.")


@pytest.mark.parametrize("place", ["", "sheets", "build/handouts"])
def test_the_record_is_found_beside_the_file_and_where_sheets_are_written(tmp_path: Path, place: str) -> None:
    patients = tmp_path / "patients"
    patients.mkdir()
    home = (patients if not place else tmp_path) / place
    home.mkdir(parents=True, exist_ok=True)
    first_visit(tmp_path, "phase: subacute", "exercises: [bridge]").replace(home / "T-1-2026-11-03.plan.yaml")
    assert second_visit(patients, "phase: subacute", "exercises: [bridge]").news


def test_a_record_elsewhere_is_named_by_its_path_which_no_record_repeats(run: Run, tmp_path: Path) -> None:
    record = first_visit(tmp_path, "phase: subacute", "exercises: [bridge]")
    (tmp_path / "Ann").mkdir()
    file = next_file(run, record.replace(tmp_path / "Ann" / record.name), after(14))
    assert "since: Ann/T-1-2026-11-03.plan.yaml\n" in file.read_text("utf-8")
    plan = planned(file)
    assert plan.news
    assert yaml.safe_load(plan_record(plan))["patient"]["since"] == "T-1-2026-11-03"
    assert "Ann" not in plan_record(plan)


@pytest.mark.parametrize(
    ("since", "day", "said"),
    [
        ("T-1-2026-11-04", after(14), "since: there is no such record beside this file"),
        ("Ann/x.plan.yaml", after(14), "since: there is no such record beside this file"),
        ("T-1-2026-11-03", DAY, "since: is the record of 2026-11-03, which is not before the day of issue, 2026-11-03"),
        ("T-2-2026-11-03", after(14), "since: is the record of another patient"),
    ],
)
def test_a_since_that_cannot_be_right_is_a_problem(tmp_path: Path, since: str, day: date, said: str) -> None:
    record = first_visit(tmp_path, "phase: subacute", "exercises: [bridge]")
    other = record.read_text("utf-8").replace("id: T-1", "id: T-2")
    (tmp_path / "T-2-2026-11-03.plan.yaml").write_text(other, "utf-8")
    with pytest.raises(ProblemsError) as error:
        second_visit(tmp_path, "phase: subacute", "exercises: [bridge]", since=since, day=day)
    assert f"u.yaml:3:8: {said}" in str(error.value)
    assert "Ann" not in str(error.value)


def test_two_sheets_of_a_patient_lie_in_one_folder_if_one_follows_the_other(tmp_path: Path) -> None:
    first = write(tmp_path, *LUMBAR, "phase: late", f"issued: {DAY}", name="a.yaml")
    second = write(tmp_path, *LUMBAR, "phase: late", f"issued: {after(14)}", "since: T-1-2026-11-03", name="b.yaml")
    assert read_patients([first, second])[1] == ()
    for lines in (["since: T-1-2026-11-03"], [f"issued: {after(14)}"], [f"issued: {DAY}", "since: T-1-2026-11-03"]):
        second = write(tmp_path, *LUMBAR, "phase: late", *lines, name="b.yaml")
        assert "this id is also used" in str(read_patients([first, second])[1])


def test_a_record_made_again_keeps_whose_the_doses_were(tmp_path: Path) -> None:
    record = first_visit(tmp_path, "phase: subacute", "exercises: [bridge, {exercise: heel-slide, reps: 8}]")
    again = plan_record(planned(record))
    assert (
        yaml.safe_load(again)["own-doses"]
        == yaml.safe_load(record.read_text("utf-8"))["own-doses"]
        == {"heel-slide": ["reps"]}
    )
