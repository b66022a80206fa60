"""The words on the printed sheet: all that the authors wrote, in order, and nothing that they did not."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from support import written
from support.pdf_structure import bare, page_texts, pdf_facts, structure
from support.sheets import ODD, PATIENTS, Sheet, Sheets, check, make_pdfs, plain

pytestmark = pytest.mark.pdf

EMERGENCIES = [name for name in ODD if name.startswith("emergency")]
DRAFT = "DRAFT: a therapist must check this sheet before anyone uses it"


# What is on it ---------------------------------------------------------------------------------------------------------


def test_every_example_patient_gets_one_sheet_named_by_its_id(
    example_pdfs: Callable[[str, str], Mapping[str, bytes]],
) -> None:
    assert {patient["id"] for patient in written.examples().values()} >= {f"EX-0{number}" for number in range(1, 9)}
    for variant in (("a4", "normal"), ("letter", "large")):
        assert set(example_pdfs(*variant)) == {*written.examples(), *written.spanish_examples()}


def test_chosen_exercises_and_their_steps_are_all_there_in_order(sheets: Sheets) -> None:
    def missing(sheet: Sheet) -> list[str]:
        wanted, at = [], sheet.text.index(bare("How it may feel"))
        for chosen in written.chosen(sheet.patient):
            page = written.exercise(chosen["exercise"])
            wanted += [page.front["name"], *page.lists["Steps"]]
        found = []
        for text in wanted:
            here = sheet.text.find(plain(text), at)
            found += [] if here >= 0 else [text]
            at = max(here, at)
        return found

    check(sheets, missing)


def test_a_card_holds_the_dose_and_every_list_of_its_exercise_and_no_more(sheets: Sheets) -> None:
    def wrong(sheet: Sheet) -> list[str]:
        found = []
        for own in written.chosen(sheet.patient):
            page = written.exercise(own["exercise"])
            names = ("Steps", "You should feel", "Watch out", "Stop if")
            card = sheet.part(page.front["name"])
            items = [bare(item.text) for item in card.all("LI")]
            if items != [
                *(bare(word) for word in dose_words(own, page.front, sheet.patient)),
                *(plain(entry) for name in names for entry in page.lists[name]),
            ]:
                found.append(f"{page.slug}: {items}")
            said = {"note": "A note for you", "load": "With"}
            texts = [f"{said[key]}: {own[key]}" for key in said if key in own]
            found += [f"{page.slug}: {text}" for text in texts if bare(text) not in bare(card.text)]
        return found

    check(sheets, wrong)


def dose_words(own: Mapping[str, str], front: Mapping[str, Any], patient: Mapping[str, Any]) -> list[str]:
    """The dose strip of a card: the therapist's own number, else the phase's, else the low end of the exercise's range."""
    phase = written.phase(patient).front
    trained = front["job"] in ("back", "belly", "trunk-side") and phase["stage"] in ("late", "keep", "build", "return")
    rhythm = {"per-day": 1, "days-per-week": 5} if trained else {}
    if trained and f"{patient['condition']}/subacute" in front["phases"] and int(front["dose"]["reps"].split("-")[-1]) >= 10:
        rhythm["reps"] = 10  # the patient knows it
    given = {**front["dose"], **rhythm, **phase.get("doses", {}).get(own["exercise"], {}), **own}
    number = {key: int(re.match(r"\d+", str(given[key]))[0]) for key in given if key in DOSE_KEYS}  # type: ignore[index]

    def counted(key: str, one: str, many: str) -> list[str]:
        return [f"{number[key]} {one if number[key] == 1 else many}"] if key in number else []

    side = own.get("side") or {"none": None, "direction": None, "each": "both"}.get(front["side"], patient.get("side"))
    both = "each side" if front["side"] == "each" else "both sides"
    sides = [both if side == "both" else f"{side} side only"] if side else []
    if "when" in given:
        return [*sides, given["when"]]
    often = {1: "once a day", 2: "twice a day"}.get(number["per-day"], f"{number['per-day']} times a day")
    week = {7: "every day", 1: "1 day a week"}.get(number["days-per-week"], f"{number['days-per-week']} days a week")
    much = counted("minutes", "minute", "minutes") or [
        *counted("reps", "time", "times"),
        *(f"{held} hold" for held in counted("hold", "second", "seconds")),
        *counted("sets", "set", "sets"),
        *(f"{rest} rest between sets" for rest in counted("rest", "second", "seconds")),
    ]
    return [*much, *sides, often, week]


DOSE_KEYS = ("minutes", "reps", "hold", "sets", "rest", "per-day", "days-per-week")

DOSES = {  # what a patient file says, what the card says
    "{exercise: bird-dog}": "6 times | 6 seconds hold | 1 set | each side | once a day | 5 days a week",
    "{exercise: prone-leg-lift, sets: 2, reps: 1, hold: 1 s, rest: 1 s, side: left, per-day: 2, days-per-week: 1}": (
        "1 time | 1 second hold | 2 sets | 1 second rest between sets | left side only | twice a day | 1 day a week"
    ),
    "{exercise: dead-bug, side: right, per-day: 12, days-per-week: 7}": (
        "8 times | 2 seconds hold | 1 set | right side only | 12 times a day | every day"
    ),
    "{exercise: walking, minutes: 1 min, per-day: 1}": "1 minute | once a day | every day",
    "{exercise: mobility-side-bend, sets: 3, rest: 30 s, side: both}": (
        "8 times | 3 sets | 30 seconds rest between sets | each side | twice a day | every day"
    ),
}


def test_a_dose_is_printed_in_words_that_fit_its_numbers(tmp_path: Path) -> None:
    entries = "".join(f"- {entry}\n" for entry in DOSES).replace("}", ", allow: This is a test}")
    head = "id: DOSES\ncondition: lumbar\nphase: late\nissued: 2026-11-21\nexercises:\n"
    (tmp_path / "patient.yaml").write_text(head + entries, "utf-8")
    (pdf,) = make_pdfs(tmp_path / "out", tmp_path).values()
    strips = [[bare(item.text) for item in next(card.all("L")).all("LI")] for card in structure(pdf).all("Art")]
    assert strips == [[bare(word) for word in words.split("|")] for words in DOSES.values()]


def test_every_sign_of_every_red_flag_stands_in_the_box_before_the_exercises(sheets: Sheets) -> None:
    def missing(sheet: Sheet) -> list[str]:
        box = {bare(item.text) for item in sheet.part("Stop and get help").all("LI")}
        signs = {plain(sign) for flag in written.red_flags(sheet.patient) for sign in flag.lists["Signs"]}
        assert signs, "the content has no red flags for this patient"
        first_card = min(min(card.pages) for card in sheet.tree.all("Art"))
        late = [] if max(sheet.part("Stop and get help").pages) <= first_card else ["the box comes after the exercises"]
        return [*late, *(sorted(signs ^ box))]

    check(sheets, missing)


def test_the_red_flag_box_names_the_emergency_number_and_the_clinics_phone(sheets: Sheets) -> None:
    clinic = written.clinic()

    def missing(sheet: Sheet) -> list[str]:
        box = bare(sheet.part("Stop and get help").text)
        wanted = {f"Call {clinic['emergency']} now"}
        urgencies = {flag.front["urgency"] for flag in written.red_flags(sheet.patient)}
        wanted |= {f"Call us today: {clinic['phone']}"} if "same-day" in urgencies else set()
        wanted |= {f"Call us within 2 days: {clinic['phone']}"} if "call" in urgencies else set()
        head = sheet.pages[0][: sheet.pages[0].index(bare("Your exercises"))]
        return [
            *(text for text in wanted if bare(text) not in box),
            *([] if bare(clinic["phone"]) in head else ["phone in head"]),
        ]

    check(sheets, missing)


def test_what_the_patient_file_says_is_printed(sheets: Sheets) -> None:
    def missing(sheet: Sheet) -> list[str]:
        texts = [sheet.patient["name"], sheet.patient["goal"], sheet.patient["therapist"]]
        texts += [value for value in sheet.patient["limits"].values() if value not in ("", "~")]
        return [text for text in texts if bare(text) not in sheet.text]

    check(sheets, missing)


def test_a_limit_without_a_value_leaves_a_cell_to_write_in(sheets: Sheets) -> None:
    def wrong(sheet: Sheet) -> list[str]:
        cells = [bare(cell.text) for cell in sheet.part("Your limits").all("TD")] if sheet.patient["limits"] else []
        given = [bare(value) for value in sheet.patient["limits"].values() if value not in ("", "~")]
        return [] if sorted(filter(None, cells)) == sorted(given) and len(cells) >= len(given) else [str(cells)]

    check(sheets, wrong)
    assert any("" in [cell.text for cell in sheet.part("Your limits").all("TD")] for sheet in sheets.values())


def test_the_line_at_a_glance_counts_exercises_and_minutes_and_names_the_equipment(sheets: Sheets) -> None:
    def wrong(sheet: Sheet) -> list[str]:
        chosen = written.chosen(sheet.patient)
        fronts = [written.exercise(own["exercise"]).front for own in chosen]
        glance = [bare(item.text) for item in next(sheet.tree.all("L")).all("LI")]
        told = re.fullmatch(r"about(\d+)minutesadayinall(,andyourwalks)?", glance[1])
        assert told
        minutes = int(told[1])
        apart = [own for own in chosen if own["exercise"] != "walking"]
        least = sum(int(own.get("minutes", "0").partition("-")[0].split()[0]) for own in apart)
        things = dict.fromkeys(thing for front in fronts for thing in front["equipment"])
        kept = [thing for thing in things if " or " not in thing or things.keys().isdisjoint(thing.split(" or "))]
        equipment = ("; " if any(" or " in thing for thing in kept) else ", ").join(kept)
        faults = [] if glance[0] == f"{len(chosen)}exercises" else [glance[0]]
        faults += [] if least <= minutes <= 90 and bool(told[2]) is (len(apart) < len(chosen)) else [glance[1]]
        return faults if bare(f"You need {equipment or 'nothing'}") in sheet.text else [*faults, equipment]

    check(sheets, wrong)


def test_the_chart_has_a_row_for_every_exercise_and_a_week_for_every_week_until_the_next_visit(sheets: Sheets) -> None:
    def wrong(sheet: Sheet) -> list[str]:
        heads = [bare(head.text) for head in sheet.part("Your chart").all("TH")]
        days = date.fromisoformat(sheet.patient["review"]) - date.fromisoformat(sheet.patient["issued"])
        weeks = heads.count(bare("Pain, 0 to 10"))
        names = [written.exercise(own["exercise"]).front["name"] for own in written.chosen(sheet.patient)]
        rows = [sum(head.startswith(bare(f"{number}. {name}")) for head in heads) for number, name in enumerate(names, 1)]
        return [] if weeks == days.days // 7 and set(rows) == {weeks} else [f"{weeks} weeks, rows {rows}"]

    check(sheets, wrong)


# Every page ------------------------------------------------------------------------------------------------------------


def test_every_page_names_its_number_and_the_number_of_pages_the_sheet_and_the_content(sheets: Sheets) -> None:
    versions = {match for sheet in sheets.values() for match in re.findall(r"Content([0-9a-f]{8}),checked", sheet.text)}
    assert len(versions) == 1
    (version,) = versions

    def missing(sheet: Sheet) -> list[str]:
        reviewed = min(written.exercise(own["exercise"]).front["reviewed"] for own in written.chosen(sheet.patient))
        due = reviewed.replace(reviewed[:4], str(int(reviewed[:4]) + 3))
        identity = f"Sheet {sheet.patient['id']}-{sheet.patient['issued']}"
        return [
            f"page {number}: {text}"
            for number, page in enumerate(sheet.pages, 1)
            for text in (
                f"Page {number} of {len(sheet.pages)}",
                identity,
                f"Content {version}, checked {reviewed}, next by {due}",
            )
            if bare(text) not in page
        ]

    check(sheets, missing)


def test_the_oldest_review_of_all_that_is_printed_dates_the_sheet(tmp_path: Path, odd_pdf: Callable[[str], bytes]) -> None:
    walking = written.CONTENT / "exercises/aerobic/walking.md"
    older = tmp_path / "content" / walking.relative_to(written.CONTENT)
    older.parent.mkdir(parents=True)
    older.write_text(re.sub(r"reviewed: .*", "reviewed: 2024-02-29", walking.read_text("utf-8")), "utf-8")
    (pdf,) = make_pdfs(tmp_path / "out", PATIENTS / "hostile.yaml", "--content", tmp_path / "content").values()
    old, new = footer_dates(odd_pdf("hostile")), footer_dates(pdf)
    assert new[1:] == ("2024-02-29", "2027-02-28")
    assert new[1:] != old[1:]
    assert new[0] != old[0], "other content, the same content version"


def footer_dates(pdf: bytes) -> tuple[str, ...]:
    """Content version, day of review and day of the next, the same on all pages."""
    line = re.compile(r"Content(\w+),checked(.{10}),nextby(.{10})")
    (found,) = {line.findall(bare(text))[0] for text in page_texts(pdf)}
    return found


@pytest.mark.parametrize("name", ODD)
def test_a_sheet_that_no_therapist_checked_is_marked_as_a_draft_on_every_page(odd: Callable[[str], Sheet], name: str) -> None:
    draft = "therapist" not in odd(name).patient and name not in EMERGENCIES  # an emergency waits for nobody
    marked = [bare(DRAFT) in page for page in odd(name).pages]
    assert marked == [draft] * len(marked)
    assert ("Draft." in odd(name).text) is draft, "margins are not read out: the text says it too"


def test_a_sheet_that_a_therapist_checked_is_no_draft(sheets: Sheets) -> None:
    check(sheets, lambda sheet: ["draft"] if "draft" in sheet.text.lower() else [])


def test_a_sheet_without_name_or_goal_leaves_lines_to_write_on(odd: Callable[[str], Sheet]) -> None:
    text = odd("draft").text
    assert bare("For From Date 21 November 2026 Next visit Draft.") in text
    assert "None" not in text
    assert bare("Your goal") not in text


# Emergency -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EMERGENCIES)
def test_an_emergency_sheet_holds_no_exercise(odd: Callable[[str], Sheet], name: str) -> None:
    sheet = odd(name)
    names = [page.front["name"] for page in written.all_exercises()]
    steps = [step for page in written.all_exercises() for step in page.lists["Steps"]]
    headings = {text for _, text in pdf_facts(sheet.pdf).headings}
    assert [name for name in (*names, "Your chart", "Your limits") if bare(name) in headings] == []
    assert [step for step in steps if plain(step) in sheet.text] == []
    assert list(sheet.tree.all("Art")) == []
    assert bare("Do not exercise. Get help first.") in sheet.pages[0]


@pytest.mark.parametrize("name", EMERGENCIES)
def test_an_emergency_sheet_says_every_sign_that_was_found_and_whom_to_call(odd: Callable[[str], Sheet], name: str) -> None:
    sheet, clinic = odd(name), written.clinic()
    found = sheet.patient["red-flags"]
    flags = [flag for flag in written.red_flags(sheet.patient) if flag.slug in found or "other" in found]
    items = {bare(item.text) for item in sheet.tree.all("LI")}
    assert {plain(sign) for flag in flags for sign in flag.lists["Signs"]} == items
    calls = {
        "emergency": f"call {clinic['emergency']} now",
        "same-day": f"call us today, {clinic['phone']}",
        "call": f"call us within 2 days, {clinic['phone']}",
    }
    headings = {bare(f"{flag.front['name']}: {calls[flag.front['urgency']]}") for flag in flags}
    assert headings == {text for _, text in pdf_facts(sheet.pdf).headings if text.endswith(tuple(map(bare, calls.values())))}


def test_the_clinic_beside_the_patient_files_is_the_one_to_call(tmp_path: Path) -> None:
    (tmp_path / "clinic.yaml").write_text('name: Second Sample Clinic\nphone: 555-0177\nemergency: "999"\n', "utf-8")
    (tmp_path / "patient.yaml").write_bytes((PATIENTS / "emergency.yaml").read_bytes())
    (pdf,) = make_pdfs(tmp_path / "out", tmp_path).values()
    text = bare("".join(page_texts(pdf)))
    assert [call for call in ("call 999 now", "call us today, 555-0177") if bare(call) not in text] == []
    assert written.clinic()["phone"] not in text


# Texts that a patient file may hold --------------------------------------------------------------------------------------


def test_html_jinja_and_markdown_in_a_patient_file_are_printed_as_they_stand(odd: Callable[[str], Sheet]) -> None:
    sheet = odd("hostile")
    own = written.chosen(sheet.patient)[0]
    texts = [sheet.patient[key] for key in ("name", "goal", "therapist")]
    texts += [own["load"], own["note"], *sheet.patient["limits"].values()]
    assert [text for text in texts if bare(text) not in sheet.text] == []
    with pikepdf.open(io.BytesIO(sheet.pdf)) as file:
        links = {str(one.A.URI) for page in file.pages for one in page.obj.get("/Annots", ()) if one.Subtype == "/Link"}
    ours = {f"tel:{re.sub(r'[^0-9+]', '', str(written.clinic()[key]))}" for key in ("phone", "emergency")}
    assert links <= ours, "a link came of it"


def test_a_telephone_number_is_a_link_that_calls(sheets: Sheets) -> None:
    """For whoever reads the sheet on a phone; on paper nothing is seen of it."""
    clinic = written.clinic()
    calls = {f"tel:{re.sub(r'[^0-9]', '', clinic[key])}" for key in ("phone", "emergency")}

    def wrong(sheet: Sheet) -> list[str]:
        with pikepdf.open(io.BytesIO(sheet.pdf)) as document:
            links = [one for page in document.pages for one in page.get("/Annots", []) if one.Subtype == "/Link"]
            found = {str(link.A.URI) for link in links if str(link.A.URI).startswith("tel:")}
            borders = {int(link.BS.W) for link in links}
        return [] if (found, borders) == (calls, {0}) else [f"{found} {borders}"]

    check(sheets, wrong)
