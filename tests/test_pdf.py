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
from support.pdf_structure import Element, bare, page_texts, pdf_facts, structure
from support.sheets import ODD, PATIENTS, Sheet, Sheets, check, make_pdfs, plain, timed

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
        said, wanted = timed(sheet.text), []
        at = said.index(bare("Stop and get help"))
        for chosen in written.chosen(sheet.patient):
            page = written.exercise(chosen["exercise"])
            wanted += [page.front["name"], *page.lines("Steps", sheet.patient)]
        found = []
        for text in wanted:
            here = said.find(timed(plain(text)), at)
            found += [] if here >= 0 else [text]
            at = max(here, at)
        return found

    check(sheets, missing)


def test_a_card_holds_the_dose_and_every_list_of_its_exercise_and_no_more(sheets: Sheets) -> None:
    """What two cards say of when to stop is said once below the cards of each page."""

    def wrong(sheet: Sheet) -> list[str]:
        found = []
        stops = [sign for own in written.chosen(sheet.patient) for sign in stop_signs(own["exercise"], sheet.patient)]
        shared = {sign for sign in stops if stops.count(sign) > 1}
        for own, card in zip(written.chosen(sheet.patient), whole_cards(sheet), strict=True):
            page, text = written.exercise(own["exercise"]), timed(bare(card.text))
            lists = {name: page.lines(name, sheet.patient) for name in ("Steps", "You should feel", "Watch out")}
            lists["Stop if"] = tuple(sign for sign in stop_signs(page.slug, sheet.patient) if sign not in shared)
            entries = [timed(plain(entry)) for lines in lists.values() for entry in lines]
            found += [f"{page.slug}: {entry}" for entry in entries if entry not in text]
            found += [
                f"{page.slug}: too much: {item.text}" for item in card.all("LI") if timed(bare(item.text)) not in entries
            ]
            dose = dose_words(own, page.front, sheet.patient)
            found += [] if bare(dose) in text else [f"{page.slug}: {dose}"]
            said = {"note": "A note for you", "load": "With"}
            texts = [f"{said[key]}: {own[key]}" for key in said if key in own]
            found += [f"{page.slug}: {text}" for text in texts if bare(text) not in bare(card.text)]
            found += [f"{page.slug}: {sign}" for sign in shared if plain(sign) not in sheet.pages[max(card.pages)]]
        return found

    check(sheets, wrong)


def whole_cards(sheet: Sheet) -> list[Element]:
    """The cards of a sheet; in large print one that goes on to the next page is tagged as two."""
    cards: list[Element] = []
    for card in sheet.tree.all("Art"):
        if bare(card.text)[:1].isdigit():
            cards.append(card)
        else:
            before = cards.pop()
            joined = (*before.children, *card.children)
            cards.append(Element("Art", f"{before.text}{card.text}", before.pages | card.pages, joined))
    return cards


def stop_signs(exercise: str, patient: Mapping[str, Any]) -> tuple[str, ...]:
    """What an exercise says of when to stop."""
    return written.exercise(exercise).lines("Stop if", patient)


def dose_words(own: Mapping[str, str], front: Mapping[str, Any], patient: Mapping[str, Any]) -> str:
    """The dose of a card: the therapist's own number, else the phase's, else the low end of the exercise's range."""
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
        return given["when"][:1].upper() + given["when"][1:] + "."
    often = {1: "once a day", 2: "twice a day"}.get(number["per-day"], f"{number['per-day']} times a day")
    week = {7: [], 1: ["1 day a week"]}.get(number["days-per-week"], [f"{number['days-per-week']} days a week"])
    much = counted("minutes", "minute", "minutes") or [
        *counted("reps", "time", "times"),
        *(f"hold {held}" for held in counted("hold", "second", "seconds")),
        *(counted("sets", "set", "sets") if number.get("sets") != 1 else []),
    ]
    rest = [f"{rest} rest between sets" for rest in counted("rest", "second", "seconds")]
    return ", ".join([*much, *sides, *rest, often, *week]) + "."


DOSE_KEYS = ("minutes", "reps", "hold", "sets", "rest", "per-day", "days-per-week")

DOSES = {  # what a patient file says, what the card says
    "{exercise: bird-dog}": "6 times, hold 6 seconds, each side, once a day, 5 days a week.",
    "{exercise: prone-leg-lift, sets: 2, reps: 1, hold: 1 s, rest: 1 s, side: left, per-day: 2, days-per-week: 1}": (
        "1 time, hold 1 second, 2 sets, left side only, 1 second rest between sets, twice a day, 1 day a week."
    ),
    "{exercise: dead-bug, side: right, per-day: 12, days-per-week: 7}": (
        "8 times, hold 2 seconds, right side only, 12 times a day."
    ),
    "{exercise: walking, minutes: 1 min, per-day: 1}": "1 minute, once a day.",
    "{exercise: mobility-side-bend, sets: 3, rest: 30 s, side: both}": (
        "8 times, 3 sets, each side, 30 seconds rest between sets, twice a day."
    ),
}


def test_a_dose_is_printed_in_words_that_fit_its_numbers(tmp_path: Path) -> None:
    entries = "".join(f"- {entry}\n" for entry in DOSES).replace("}", ", allow: This is a test}")
    head = "id: DOSES\ncondition: lumbar\nphase: late\nissued: 2026-11-21\nexercises:\n"
    (tmp_path / "patient.yaml").write_text(head + entries, "utf-8")
    (pdf,) = make_pdfs(tmp_path / "out", tmp_path).values()
    cards = [bare(card.text) for card in structure(pdf).all("Art")]
    assert len(cards) == len(DOSES)
    assert [words for card, words in zip(cards, DOSES.values(), strict=True) if bare(words) not in card] == []


def test_every_sign_of_every_red_flag_stands_in_the_box_before_the_exercises(sheets: Sheets) -> None:
    def missing(sheet: Sheet) -> list[str]:
        box = bare(sheet.part("Stop and get help").text)
        signs = {plain(sign) for flag in written.red_flags(sheet.patient) for sign in flag.lists["Signs"]}
        assert signs, "the content has no red flags for this patient"
        first_card = min(min(card.pages) for card in sheet.tree.all("Art"))
        late = [] if max(sheet.part("Stop and get help").pages) <= first_card else ["the box comes after the exercises"]
        return [*late, *sorted(sign for sign in signs if sign not in box)]

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
        cells = [bare(cell.text) for cell in sheet.part("What I may do").all("TD")] if sheet.patient["limits"] else []
        given = [bare(value) for value in sheet.patient["limits"].values() if value not in ("", "~")]
        return [] if {*given} <= {*cells} and len(cells) >= len(given) else [str(cells)]

    check(sheets, wrong)
    assert any("" in [cell.text for cell in sheet.part("What I may do").all("TD")] for sheet in sheets.values())


def test_the_plan_has_a_row_for_every_exercise_the_minutes_of_a_day_and_the_equipment(sheets: Sheets) -> None:
    def wrong(sheet: Sheet) -> list[str]:
        chosen = written.chosen(sheet.patient)
        fronts = [written.exercise(own["exercise"]).front for own in chosen]
        rows = [bare(head.text) for head in next(sheet.tree.all("Table")).all("TH")]
        faults = [front["name"] for front, row in zip(fronts, rows, strict=True) if not row.startswith(bare(front["name"]))]
        told = re.search(r"About(\d+)minutesadayinall(,andyourwalks)?\.", sheet.pages[0])
        assert told
        apart = [own for own in chosen if own["exercise"] != "walking"]
        least = sum(int(own.get("minutes", "0").partition("-")[0].split()[0]) for own in apart)
        things = dict.fromkeys(thing for front in fronts for thing in front["equipment"])
        kept = [thing for thing in things if " or " not in thing or things.keys().isdisjoint(thing.split(" or "))]
        equipment = ("; " if any(" or " in thing for thing in kept) else ", ").join(kept)
        faults += [] if least <= int(told[1]) <= 90 and bool(told[2]) is (len(apart) < len(chosen)) else [told[0]]
        return faults if bare(f"You need {equipment or 'nothing'}.") in sheet.text else [*faults, equipment]

    check(sheets, wrong)


def test_the_chart_has_a_row_for_every_exercise_and_a_week_for_every_week_until_the_next_visit(sheets: Sheets) -> None:
    def wrong(sheet: Sheet) -> list[str]:
        heads = [bare(head.text) for head in sheet.part("Your chart").all("TH")]
        days = date.fromisoformat(sheet.patient["review"]) - date.fromisoformat(sheet.patient["issued"])
        weeks = heads.count(bare("Worst pain, 0 to 10"))
        fronts = [written.exercise(own["exercise"]).front for own in written.chosen(sheet.patient)]
        names = {number: front["name"] for number, front in enumerate(fronts, 1) if "when" not in front["dose"]}
        rows = [sum(head.startswith(bare(f"{number}. {name}")) for head in heads) for number, name in names.items()]
        return [] if weeks == days.days // 7 and set(rows) == {weeks} else [f"{weeks} weeks, rows {rows}"]

    check(sheets, wrong)


# Every page ------------------------------------------------------------------------------------------------------------


def test_every_page_names_its_number_the_number_of_pages_and_the_sheet(sheets: Sheets) -> None:
    versions = {match for sheet in sheets.values() for match in re.findall(r"Contentversion([0-9a-f]{8})", sheet.text)}
    assert len(versions) == 1

    def missing(sheet: Sheet) -> list[str]:
        identity = f"Sheet {sheet.patient['id']}-{sheet.patient['issued']}"
        return [
            f"page {number}: {text}"
            for number, page in enumerate(sheet.pages, 1)
            for text in (f"Page {number} of {len(sheet.pages)}", identity)
            if bare(text) not in page
        ]

    check(sheets, missing)


def test_the_oldest_review_of_all_that_is_printed_dates_the_sheet(tmp_path: Path, odd_pdf: Callable[[str], bytes]) -> None:
    walking = written.CONTENT / "exercises/aerobic/walking.md"
    older = tmp_path / "content" / walking.relative_to(written.CONTENT)
    older.parent.mkdir(parents=True)
    older.write_text(re.sub(r"reviewed: .*", "reviewed: 2024-02-29", walking.read_text("utf-8")), "utf-8")
    (pdf,) = make_pdfs(tmp_path / "out", PATIENTS / "hostile.yaml", "--content", tmp_path / "content").values()
    old, new = content_dates(odd_pdf("hostile")), content_dates(pdf)
    assert new[1:] == ("29February2024", "28February2027")
    assert new[1:] != old[1:]
    assert new[0] != old[0], "other content, the same content version"


def content_dates(pdf: bytes) -> tuple[str, ...]:
    """The version of the content, the day of its review and of the next."""
    text = bare("".join(page_texts(pdf)))
    (version,) = {*re.findall(r"Contentversion([0-9a-f]{8})", text)}
    (days,) = re.findall(r"Wordslastchecked(.+?)\.Nextcheckby(.+?)\.", text)
    return (version, *days)


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
    assert [name for name in (*names, "Your chart", "What I may do") if bare(name) in headings] == []
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
        "emergency": f"Call {clinic['emergency']} now",
        "same-day": f"Call us today: {clinic['phone']}",
        "call": f"Call us within 2 days: {clinic['phone']}",
    }
    worst = min((flag.front["urgency"] for flag in flags), key=list(calls).index)
    headings = [text for level, text in pdf_facts(sheet.pdf).headings if level == 1]
    assert headings == [bare(calls[worst])], "the largest words, and nothing says otherwise"
    others = {bare(call) for urgency, call in calls.items() if urgency != worst}
    assert [call for call in others if call in sheet.text] == []
    assert [flag.slug for flag in flags if bare(flag.front["name"]) not in sheet.text] == []


def test_the_clinic_beside_the_patient_files_is_the_one_to_call(tmp_path: Path) -> None:
    (tmp_path / "clinic.yaml").write_text('name: Second Sample Clinic\nphone: 555-0177\nemergency: "999"\n', "utf-8")
    (tmp_path / "patient.yaml").write_bytes((PATIENTS / "emergency.yaml").read_bytes())
    (pdf,) = make_pdfs(tmp_path / "out", tmp_path).values()
    text = bare("".join(page_texts(pdf)))
    assert [call for call in ("Call 999 now", "555-0177") if bare(call) not in text] == []
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
