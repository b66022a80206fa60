"""The printed sheet: everything on it that the authors wrote, in order, whole, and inside the page."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import written
from pdf_structure import Element, bare, differences, html_facts, page_texts, pdf_facts, structure, texts
from sheets import PATIENTS, POINTS_A_MM, blank_edges, make_pdfs, overprinted

from handouts.build import Layers, Overrides, plan_handouts
from handouts.render import render_handout

SIZES = {"a4": (210 * POINTS_A_MM, 297 * POINTS_A_MM), "letter": (8.5 * 72, 11 * 72)}
VARIANTS = [(paper, size) for paper in SIZES for size in ("normal", "large")]
ODD = sorted(path.stem for path in PATIENTS.glob("*.yaml"))
EMERGENCIES = [name for name in ODD if name.startswith("emergency")]
DRAFT = "DRAFT: a therapist must check this sheet before anyone uses it"
DAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Sheet:
    """One PDF, the patient file behind it, and what the PDF says."""

    patient: Mapping[str, Any]
    pdf: bytes
    paper: str

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, as copied from the PDF, without spaces."""
        return [bare(text) for text in page_texts(self.pdf)]

    @cached_property
    def text(self) -> str:
        """The text of all pages."""
        return "".join(self.pages)

    @cached_property
    def tree(self) -> Element:
        """The structure tree."""
        return structure(self.pdf)

    def part(self, heading: str) -> Element:
        """All from a heading of the second level to the next, on however many pages."""
        elements = list(self.tree.walk())
        heads = [number for number, element in enumerate(elements) if element.kind == "H2"]
        (start,) = [number for number in heads if bare(elements[number].text) == bare(heading)]
        end = next((number for number in heads if number > start), len(elements))
        own = tuple(replace(element, children=()) for element in elements[start:end])
        text = "".join(element.text for element in own if element.kind == "")
        return Element("part", text, frozenset().union(*(element.pages for element in own)), own)


Sheets = Mapping[str, Sheet]


def odd_patient(name: str) -> Mapping[str, Any]:
    """A file in tests/patients as its author wrote it."""
    return written.yaml.load((PATIENTS / f"{name}.yaml").read_text("utf-8"), written.yaml.BaseLoader)


@pytest.fixture(scope="session", params=VARIANTS, ids=["-".join(variant) for variant in VARIANTS])
def sheets(request: pytest.FixtureRequest, example_pdfs: Callable[[str, str], Mapping[str, bytes]]) -> Sheets:
    """All example patients' sheets, in one paper and one size after the other."""
    pdfs = example_pdfs(*request.param)
    paper, size = request.param
    said = {"print": {"paper": paper, "size": size}}
    return {sheet: Sheet({**written.examples()[sheet], **said}, pdf, paper) for sheet, pdf in pdfs.items()}


@pytest.fixture(scope="session")
def odd(odd_pdf: Callable[[str], bytes]) -> Callable[[str], Sheet]:
    """The sheet of one file in tests/patients."""

    def make(name: str) -> Sheet:
        patient = odd_patient(name)
        return Sheet(patient, odd_pdf(name), patient.get("print", {}).get("paper", "a4"))

    return make


def plain(text: str) -> str:
    """A line of content as it is printed, without spaces: no emphasis marks, typographic quotes."""
    text = re.sub(r"\*\*?(\S.*?)\*\*?", r"\1", text)
    text = re.sub(r"(^|[\s(])'", r"\1‘", re.sub(r'(^|[\s(])"', r"\1“", text))
    return bare(text.replace("'", "’").replace('"', "”").replace("...", "…").replace("---", "—").replace("--", "–"))


def check(sheets: Sheets, find: Callable[[Sheet], list[str]]) -> None:
    """Fail with all that `find` finds on all sheets."""
    accept([f"{name}: {fault}" for name, sheet in sheets.items() for fault in find(sheet)])


def accept(faults: list[str]) -> None:
    """Fail with a list of faults, a line each."""
    assert not faults, "\n" + "\n".join(faults)


# What is on it ---------------------------------------------------------------------------------------------------------


def test_every_example_patient_gets_one_sheet_named_by_its_id(
    example_pdfs: Callable[[str, str], Mapping[str, bytes]],
) -> None:
    assert {patient["id"] for patient in written.examples().values()} >= {f"EX-0{number}" for number in range(1, 9)}
    for variant in (("a4", "normal"), ("letter", "large")):
        assert set(example_pdfs(*variant)) == set(written.examples())


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
                *(bare(word) for word in dose_words(own, page.front)),
                *(plain(entry) for name in names for entry in page.lists[name]),
            ]:
                found.append(f"{page.slug}: {items}")
            said = {"note": "A note for you", "load": "With"}
            texts = [f"{said[key]}: {own[key]}" for key in said if key in own]
            found += [f"{page.slug}: {text}" for text in texts if bare(text) not in bare(card.text)]
        return found

    check(sheets, wrong)


def dose_words(own: Mapping[str, str], front: Mapping[str, Any]) -> list[str]:
    """The dose strip of a card: the therapist's own number, else the low end of the exercise's range."""
    given = {**front["dose"], **own}
    number = {key: int(re.match(r"\d+", str(given[key]))[0]) for key in given if key in DOSE_KEYS}  # type: ignore[index]

    def counted(key: str, one: str, many: str) -> list[str]:
        return [f"{number[key]} {one if number[key] == 1 else many}"] if key in number else []

    side = own.get("side", "both" if front["side"] == "each" else "none")
    sides = {"none": [], "both": ["each side"], "left": ["left side only"], "right": ["right side only"]}[side]
    if "when" in given:
        return [*sides, given["when"]]
    often = {1: "once a day", 2: "twice a day"}.get(number["per-day"], f"{number['per-day']} times a day")
    week = {7: "every day", 1: "1 day a week"}.get(number["days-per-week"], f"{number['days-per-week']} days a week")
    much = counted("minutes", "minute", "minutes") or [
        *counted("reps", "time", "times"),
        *(f"hold {held}" for held in counted("hold", "second", "seconds")),
        *counted("sets", "set", "sets"),
        *(f"rest {rest} between sets" for rest in counted("rest", "second", "seconds")),
    ]
    return [*much, *sides, often, week]


DOSE_KEYS = ("minutes", "reps", "hold", "sets", "rest", "per-day", "days-per-week")

DOSES = [
    ("{exercise: bird-dog}", "6 times | hold 6 seconds | 1 set | each side | once a day | 5 days a week"),
    (
        "{exercise: bird-dog, sets: 2, reps: 1, hold: 1 s, rest: 1 s, side: left, per-day: 2, days-per-week: 1}",
        "1 time | hold 1 second | 2 sets | rest 1 second between sets | left side only | twice a day | 1 day a week",
    ),
    (
        "{exercise: dead-bug, side: right, per-day: 12, days-per-week: 7}",
        "8 times | hold 2 seconds | 1 set | right side only | 12 times a day | every day",
    ),
    ("{exercise: walking, minutes: 1 min, per-day: 1}", "1 minute | once a day | every day"),
    (
        "{exercise: mobility-side-bend, sets: 3, rest: 30 s, side: both}",
        "8 times | 3 sets | rest 30 seconds between sets | each side | twice a day | every day",
    ),
]


def test_a_dose_is_printed_in_words_that_fit_its_numbers(tmp_path: Path) -> None:
    head = "id: DOSES\ncondition: lumbar\nphase: late\nissued: 2026-11-21\nexercises:\n"
    entries = [chosen.replace("}", ", allow: This is a test}") for chosen, _ in DOSES[:1] + DOSES[2:]]
    again = DOSES[1][0].replace("}", ", allow: This is a test}")
    (tmp_path / "one.yaml").write_text(head + "".join(f"- {entry}\n" for entry in entries), "utf-8")
    (tmp_path / "two.yaml").write_text(head.replace("DOSES", "AGAIN") + f"- {again}\n", "utf-8")
    pdfs = make_pdfs(tmp_path / "out", tmp_path)
    cards = [*structure(pdfs["DOSES-2026-11-21"]).all("Art"), *structure(pdfs["AGAIN-2026-11-21"]).all("Art")]
    strips = [[bare(item.text) for item in next(card.all("L")).all("LI")] for card in cards]
    wanted = [words for _, words in DOSES[:1] + DOSES[2:]] + [DOSES[1][1]]
    assert strips == [[bare(word) for word in words.split("|")] for words in wanted]


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
        wanted |= {f"Call us soon: {clinic['phone']}"} if "call" in urgencies else set()
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
        minutes = int(re.fullmatch(r"about(\d+)minuteseachtime", glance[1])[1])  # type: ignore[index]
        least = sum(int(own.get("minutes", "0").split()[0]) for own in chosen)
        equipment = ", ".join(dict.fromkeys(thing for front in fronts for thing in front["equipment"]))
        faults = [] if glance[0] == f"{len(chosen)}exercises" else [glance[0]]
        faults += [] if least <= minutes <= 90 else [glance[1]]
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


def test_pages_have_the_paper_that_was_asked_for(sheets: Sheets) -> None:
    check(sheets, lambda sheet: wrong_sizes(sheet.pdf, sheet.paper))


@pytest.mark.parametrize("name", ODD)
def test_the_patient_file_chooses_the_paper(odd: Callable[[str], Sheet], name: str) -> None:
    accept(wrong_sizes(odd(name).pdf, odd(name).paper))


def wrong_sizes(pdf: bytes, paper: str) -> list[str]:
    """The pages that are not of a paper's size, with the size they have."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        boxes = [[float(edge) for edge in page.mediabox] for page in file.pages]
    width, height = SIZES[paper]
    return [
        f"page {number} is {right - left} x {top - bottom} points"
        for number, (left, bottom, right, top) in enumerate(boxes, 1)
        if abs(right - left - width) > 0.1 or abs(top - bottom - height) > 0.1
    ]


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
        "call": f"call us, {clinic['phone']}",
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
        assert [page for page in file.pages if "/Annots" in page] == [], "a link came of it"


@pytest.mark.parametrize(("paper", "size"), [("letter", "normal"), ("a4", "large")], ids=["lowest", "narrowest"])
def test_the_longest_texts_are_printed_whole_and_inside_the_page(tmp_path: Path, paper: str, size: str) -> None:
    large = ["--large-print"] if size == "large" else []
    (pdf,) = make_pdfs(tmp_path, PATIENTS / "longest.yaml", "--paper", paper, *large).values()
    patient = odd_patient("longest")
    texts = [patient["name"], patient["goal"], patient["therapist"], *patient["limits"].values()]
    texts += [own[key] for own in written.chosen(patient) for key in ("note", "load") if key in own]
    text = bare(structure(pdf).text)  # without the margins between two pages
    faults = [f"lost: {one}" for one in texts if bare(one) not in text] + outside_margins(pdf)
    faults += [f"{one!r} is printed over {other!r}" for one, other in overprinted(pdf)]
    if size == "normal":  # in large print the longest notes leave no room for the steps
        faults += split_cards(Sheet(patient | {"print": {"size": size}}, pdf, paper))
    accept(faults)


# Where it is on the page -------------------------------------------------------------------------------------------------


def test_no_card_is_split(sheets: Sheets) -> None:
    check(sheets, split_cards)


def split_cards(sheet: Sheet) -> list[str]:
    """The exercises that do not stand on one page, from the heading to the last "Stop if".

    In large print a card may be longer than a page: then it may go on to the next, but not in mid-steps, and not in what
    follows them.
    """
    found = []
    for own in written.chosen(sheet.patient):
        page = written.exercise(own["exercise"])
        card = sheet.part(page.front["name"]).children
        ends = [number for number, one in enumerate(card) if bare(one.text) == plain(page.lists["Stop if"][-1])]
        middle = next(number for number, one in enumerate(card) if bare(one.text) == bare("You should feel"))
        do, mind = (pages_of(card[start:end]) for start, end in ((0, middle), (middle, ends[-1])))
        allowed = {0, 1} if sheet.patient["print"]["size"] == "large" else {0}
        if len(do) != 1 or len(mind) != 1 or min(mind) - min(do) not in allowed:
            found.append(f"{page.slug} is on pages {sorted(do)} and {sorted(mind)}")
    return found


def pages_of(elements: tuple[Element, ...]) -> set[int]:
    """The pages of the texts among these elements, counted from 1."""
    return {number + 1 for element in elements if not element.kind for number in element.pages}


def test_the_call_of_a_red_flag_box_is_on_the_page_of_its_first_sign(sheets: Sheets) -> None:
    def torn(sheet: Sheet) -> list[str]:
        found, heading = [], None
        for element in sheet.part("Stop and get help").children:
            if element.kind in ("H2", "H3", "H4"):
                heading = heading or element
            elif element.kind == "LI":
                if heading and heading.pages != element.pages:
                    found.append(f"'{heading.text}' is on page {max(heading.pages) + 1}, its first sign on the next")
                heading = None
        return found

    check(sheets, torn)


def test_nothing_is_printed_in_the_margins_or_where_holes_are_punched(sheets: Sheets) -> None:
    check(sheets, lambda sheet: outside_margins(sheet.pdf))


@pytest.mark.parametrize("name", ODD)
def test_no_odd_sheet_prints_in_the_margins(odd: Callable[[str], Sheet], name: str) -> None:
    accept(outside_margins(odd(name).pdf))


def outside_margins(pdf: bytes) -> list[str]:
    """Pages with ink in the outer 20 mm at the sides (punched holes, on either side of a leaf) or 12.7 mm above and below.

    A point is let pass: half of a line that a table draws around itself.
    """
    least = {"left": 20, "right": 20, "top": 12.7, "bottom": 12.7}
    return [
        f"page {number}: {getattr(blank, side) / POINTS_A_MM:.1f} mm are blank at the {side}, not {wanted}"
        for number, blank in enumerate(blank_edges(pdf), 1)
        for side, wanted in least.items()
        if getattr(blank, side) < wanted * POINTS_A_MM - 1
    ]


def test_no_text_is_printed_over_another(sheets: Sheets) -> None:
    check(sheets, lambda sheet: [f"{one!r} over {other!r}" for one, other in overprinted(sheet.pdf)])


PAPER = {"normal": "a4", "large": "letter"}  # the two on which all examples are printed
SMALLEST = {"normal": 12, "large": 16}  # points: RNIB Clear Print


def test_what_is_read_out_is_printed_large_enough(example_pdfs: Callable[[str, str], Mapping[str, bytes]]) -> None:
    for size, least in SMALLEST.items():
        sheets = {
            name: Sheet(written.examples()[name], pdf, PAPER[size]) for name, pdf in example_pdfs(PAPER[size], size).items()
        }
        check(sheets, lambda sheet, least=least: too_small(sheet, least))  # type: ignore[misc]


def too_small(sheet: Sheet, least: float) -> list[str]:
    """What is smaller than this; margins do not count, nor the chart, whose eight columns must fit the page."""
    chart = pages_of(sheet.part("Your chart").children)
    own = {piece.text for piece in sheet.tree.walk() if not piece.kind}
    return [
        f"{run.text!r} in {run.size:.1f} points"
        for run in texts(sheet.pdf)
        if run.text in own and round(run.size, 1) < (SMALLEST["normal"] if run.page + 1 in chart else least)
    ]


# What a screen reader is told --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", ["normal", "large"])
def test_the_pdf_tells_a_screen_reader_what_the_html_says(
    example_pdfs: Callable[[str, str], Mapping[str, bytes]], size: str
) -> None:
    layers = Layers()
    templates = layers.environment()
    plans = plan_handouts([written.EXAMPLES], layers, DAY, Overrides(paper=PAPER[size], size=size))
    pdfs = example_pdfs(PAPER[size], size)
    assert {plan.sheet_id for plan in plans} == set(written.examples())
    accept(
        [
            f"{plan.sheet_id}: {fault}"
            for plan in plans
            for fault in differences(html_facts(render_handout(plan, templates)), pdf_facts(pdfs[plan.sheet_id]))
        ]
    )


@pytest.mark.parametrize("name", ODD)
def test_an_odd_sheet_tells_a_screen_reader_what_its_html_says(odd: Callable[[str], Sheet], name: str) -> None:
    layers = Layers()
    (plan,) = plan_handouts([PATIENTS / f"{name}.yaml"], layers, DAY)
    accept(differences(html_facts(render_handout(plan, layers.environment())), pdf_facts(odd(name).pdf)))


def test_language_title_and_headings_are_set(sheets: Sheets) -> None:
    def wrong(sheet: Sheet) -> list[str]:
        facts = pdf_facts(sheet.pdf)
        levels = [level for level, _ in facts.headings]
        names = [plain(written.exercise(own["exercise"]).front["name"]) for own in written.chosen(sheet.patient)]
        skipped = [text for (level, text), before in zip(facts.headings, [0, *levels], strict=False) if level > before + 1]
        faults = [] if (facts.language, facts.title) == ("en", "Your exercise sheet") else [facts.language, facts.title]
        faults += [] if levels.count(1) == 1 and levels[0] == 1 else [f"headings of level 1: {levels.count(1)}"]
        faults += (
            [] if [text for level, text in facts.headings if level == 2 and text in names] == names else ["exercise headings"]
        )
        return faults + skipped

    check(sheets, wrong)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_sheet_has_one_first_heading_and_skips_no_level(odd: Callable[[str], Sheet], name: str) -> None:
    levels = [level for level, _ in pdf_facts(odd(name).pdf).headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [after for before, after in pairwise(levels) if after > before + 1] == []


def test_every_row_of_a_table_has_its_head(sheets: Sheets) -> None:
    check(sheets, lambda sheet: [row.text for row in sheet.tree.all("TR") if not list(row.all("TH"))])


def spanish(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("es")


def other_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Something else"


def heading_of_another_level(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/H3").S = pikepdf.Name("/H2")


def head_as_cell(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/TH").S = pikepdf.Name("/TD")


def entry_as_paragraph(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/LI").S = pikepdf.Name("/P")


def other_order(pdf: pikepdf.Pdf) -> None:
    document = first(pdf, "/Document")
    document.K = pikepdf.Array(reversed(list(document.K)))


def lost_paragraph(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "/P").K


def first(pdf: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    """The first element of a kind in the file."""
    return next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == kind)


LOSSES = (spanish, other_title, heading_of_another_level, head_as_cell, entry_as_paragraph, other_order, lost_paragraph)


@pytest.mark.parametrize("loss", LOSSES, ids=[loss.__name__ for loss in LOSSES])
def test_the_comparison_with_the_html_finds_what_is_lost(
    odd_pdf: Callable[[str], bytes], loss: Callable[[pikepdf.Pdf], None]
) -> None:
    layers = Layers()
    (plan,) = plan_handouts([PATIENTS / "hostile.yaml"], layers, DAY)
    spoilt = io.BytesIO()
    with pikepdf.open(io.BytesIO(odd_pdf("hostile"))) as pdf:
        loss(pdf)
        pdf.save(spoilt)
    assert differences(html_facts(render_handout(plan, layers.environment())), pdf_facts(spoilt.getvalue())) != []
