"""A patient's words are on the paper and nowhere else, whether a run succeeds or fails."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from support import written
from support.command import Run
from support.pdf_structure import bare, page_texts, unpacked
from support.privacy import OWN, PATIENT, Outcome, given, run_alone, tells
from support.sheets import PATIENTS, make_pdfs

# The name ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["in English", "in Spanish, shared"])
def canary(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The sheet of a patient whose words are easy to find."""
    folder = tmp_path_factory.mktemp("alone")
    text, options = (PATIENT, []) if request.param == "in English" else (PATIENT + "language: es\n", ["--share"])
    return run_alone(folder, "pdf", given(folder, "patients/patient.yaml", text), "--out", "out", *options)


@pytest.mark.pdf
def test_the_patients_words_are_on_the_paper(canary: Outcome) -> None:
    assert canary.code == 0, canary.said
    text = bare("".join(page_texts(canary.pdfs[0].read_bytes())))
    assert [word for word in OWN if bare(word) not in text] == []


@pytest.mark.pdf
def test_no_field_tells_a_word_of_the_patients(canary: Outcome) -> None:
    with pikepdf.open(canary.pdfs[0]) as pdf:
        fields = [[str(field[key]) for key in ("/T", "/TU", "/DA")] for field in pdf.Root.AcroForm.Fields]
        filled = [field for field in pdf.Root.AcroForm.Fields if str(field.get("/V", ""))]
    assert len(fields) == (1 + 1) * 7 * 2, "an exercise and the pain, for two weeks"
    assert [words for words in fields if tells(" ".join(words).encode())] == []
    assert [name for name, _, _ in fields if not re.fullmatch(r"week-\d-(exercise-\d|pain)-day-\d", name)] == []
    assert [spoken for _, spoken, _ in fields if "lumbar" in spoken.lower() or "C-1" in spoken] == []
    assert filled == []


@pytest.mark.pdf
def test_nothing_but_the_paper_tells_the_patients_words(canary: Outcome) -> None:
    assert [path.name for path in canary.pdfs] == ["C-1-2026-11-21.pdf"]
    assert not tells(canary.said)
    record = canary.pdfs[0].with_suffix(".plan.yaml")
    telling = [path for name in canary.telling_files() if (path := canary.folder / name).is_file()]
    assert [path for path in telling if path.read_bytes() != record.read_bytes()] == []
    assert b"Canaryname" not in record.read_bytes(), "a record makes the sheet again, so it holds goal and notes, but no name"


@pytest.mark.pdf
def test_nothing_is_left_in_the_temporary_folder_or_beside_the_sheet(canary: Outcome) -> None:
    assert list((canary.folder / "tmpdir").iterdir()) == []
    assert sorted(path.name for path in canary.folder.iterdir()) == [
        "given",
        "home",
        "keep",
        "out",
        "tmpdir",
        "xdg_cache_home",
    ]
    assert [path.name for path in (canary.folder / "given").rglob("*") if path.is_file()] == ["patient.yaml"]


@pytest.mark.pdf
def test_what_is_deleted_on_the_way_was_looked_at(canary: Outcome) -> None:
    """The test of telling files would prove little if the watcher had kept nothing."""
    kept = [path.read_bytes() for path in (canary.folder / "keep").rglob("*") if path.is_file()]
    assert canary.pdfs[0].read_bytes() in kept, "the sheet before it got its name"
    assert any(data.startswith(b"\0\1\0\0") for data in kept), "the font that WeasyPrint unpacks"


@pytest.mark.pdf
def test_no_object_of_the_pdf_tells_the_patients_words(canary: Outcome) -> None:
    assert not tells(unpacked(canary.pdfs[0].read_bytes()))


TELLING = re.compile(r"disc|back|neck|spin|surg|operat|fusion|nerve|wound|bowel|clot|lumbar|cervical", re.IGNORECASE)


def outline(pdf: bytes) -> list[str]:
    """Every entry, at whatever depth."""
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_outline() as found:
        entries = list(found.root)
        for entry in entries:
            entries.extend(entry.children)
        return [entry.title for entry in entries]


@pytest.mark.pdf
@pytest.mark.parametrize("layout", ["full", "compact", "fridge"])
def test_the_outline_names_parts_and_exercises_and_nothing_of_what_the_patient_has(tmp_path: Path, layout: str) -> None:
    examples = [path for path in written.EXAMPLES.glob("[!e]*.yaml") if path.name != "clinic.yaml"]
    made = make_pdfs(tmp_path, *examples, PATIENTS / "emergency.yaml", "--layout", layout)
    assert len(made) == 7
    names = "|".join(re.escape(page.front["name"]) for page in written.all_exercises())
    found = {name: [re.sub(rf"^(\d+\.? )?({names})$", "", entry) for entry in outline(pdf)] for name, pdf in made.items()}
    assert {name: tells for name, entries in found.items() if (tells := list(filter(TELLING.search, entries)))} == {}
    assert all("" in entries for name, entries in found.items() if not name.startswith("EMERGENCY")), "its exercises"


def title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Sheet of Zzyzx"


def accented_author(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = "Zzyzx Canarynämé\u4e00"


def metadata(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as found:
        found["dc:description"] = "For Zzyzx"


def bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Zzyzx", 0))


def alternative_text(pdf: pikepdf.Pdf) -> None:
    next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/H1").Alt = "Zzyzx"


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["notes.txt"] = b"Zzyzx"


@pytest.mark.pdf
@pytest.mark.parametrize("leak", [title, accented_author, metadata, bookmark, alternative_text, attachment])
def test_a_leak_into_the_pdf_would_be_found(canary: Outcome, leak: Callable[[pikepdf.Pdf], None]) -> None:
    leaking = io.BytesIO()
    with pikepdf.open(canary.pdfs[0]) as pdf:
        leak(pdf)
        pdf.save(leaking)
    assert tells(unpacked(leaking.getvalue()))


def test_the_site_beside_a_patient_tells_nothing_of_the_patient(tmp_path: Path) -> None:
    given(tmp_path, "clinic/patient.yaml", PATIENT)
    content = given(tmp_path, "content/education/.keep", "").parents[1]
    made = run_alone(
        tmp_path, "site", "--out", "site", "--content", content, own=("TMPDIR",)
    )  # the user's cache has drawings
    assert made.code == 0, made.said
    assert (tmp_path / "site" / "index.html").is_file()
    assert not tells(made.said)
    assert made.telling_files() == []


HEAD = "{% extends 'bundled/handout/sheet.html' %}{% block head %}{{ EXPRESSION }}{% endblock %}"
SURNAME, LOOK_UP, DAY = "patient.name.surname", "words.limits[patient.name]", "plan.issued.fromisoformat(patient.name)"
FAILING_RUNS = {  # patient file, overlay of handout/sheet.html, what the message must say
    "a phase of another condition": (PATIENT.replace("phase: acute", "phase: switch-on"), "", "not a known phase of lumbar"),
    "a broken template": (PATIENT, HEAD.replace("EXPRESSION", SURNAME), "handout/sheet.html:1:"),
    "a template that looks a name up": (PATIENT, HEAD.replace("EXPRESSION", LOOK_UP), "handout/sheet.html:1:"),
    "a template that takes a name for a day": (PATIENT, HEAD.replace("EXPRESSION", DAY), "handout/sheet.html:1:"),
    "a name typed as the id": (PATIENT.replace("id: C-1", "id: Zzyzx Canaryname"), "", ":1:5: id: must be"),
}


@pytest.mark.pdf
@pytest.mark.parametrize("kind", FAILING_RUNS)
def test_a_run_that_fails_tells_nothing_of_the_patient(tmp_path: Path, kind: str) -> None:
    patient, template, said = FAILING_RUNS[kind]
    given(tmp_path, "templates/handout/sheet.html", template or "{% extends 'bundled/handout/sheet.html' %}")
    file = given(tmp_path, "patients/patient.yaml", patient)
    failed = run_alone(tmp_path, "pdf", file, "--out", "out", "--templates", tmp_path / "given" / "templates")
    assert failed.code == 1
    assert said in failed.said.decode()
    assert not tells(failed.said)
    assert failed.telling_files() == []
    assert failed.pdfs == []


TABLE_HEAD = "id,name,language,condition,phase,issued,goal,therapist,side,exercises\n"
TABLE_ROW = 'C-1,Zzyzx Canaryname,en,lumbar,acute,2026-11-21,Zzyzx-goal,"Zzyzx Canarytherapist, PT",left,walking\n'
MISTAKES = {  # file name, its text
    "a name as the language": ("p.yaml", PATIENT + "language: Zzyzx Canaryname\n"),
    "a name as the condition": ("p.yaml", PATIENT.replace("condition: lumbar", "condition: Zzyzx Canaryname")),
    "a name as the side": ("p.yaml", PATIENT + "side: Zzyzx Canaryname\n"),
    "a name as the day": ("p.yaml", PATIENT.replace("2026-11-21", "Zzyzx Canaryname")),
    "a name as a number": ("p.yaml", PATIENT.replace("note: Zzyzx-note for the canary.", "minutes: Zzyzx")),
    "a key without its colon": ("p.yaml", PATIENT.replace("name: ", "name ")),
    "a colon in the name": ("p.yaml", PATIENT.replace("Zzyzx Canaryname", "Zzyzx: Canaryname")),
    "a quote that is never closed": ("p.yaml", PATIENT.replace("name: ", 'name: "')),
    "a text after a quote": ("p.yaml", PATIENT.replace("name: Zzyzx", 'name: "Zzyzx"')),
    "an unknown escape": ("p.yaml", PATIENT.replace("name: Zzyzx Canaryname", 'name: "Zzyzx \\Canaryname"')),
    "a name as a tag": ("p.yaml", PATIENT.replace("name: Zzyzx", "name: !Zzyzx")),
    "a name as an anchor": ("p.yaml", PATIENT.replace("name: Zzyzx", "name: &Zzyzx")),
    "a name as an alias": ("p.yaml", PATIENT.replace("name: Zzyzx", "name: *Zzyzx")),
    "a comment in the name": ("p.yaml", PATIENT.replace("Zzyzx Canaryname", "Zzyzx #Canaryname")),
    "a tab in the name": ("p.yaml", PATIENT.replace("Zzyzx Canaryname", "Zzyzx\tCanaryname")),
    "a name twice": ("p.yaml", PATIENT + "name: Zzyzx Canaryname\n"),
    "a name as a list": ("p.yaml", PATIENT.replace("name: Zzyzx Canaryname", "name: [Zzyzx, Canaryname]")),
    "a control character": ("p.yaml", PATIENT.replace("Zzyzx Canaryname", '"Zzyzx Canaryname \\u202e"')),
    "a name that is too long": ("p.yaml", PATIENT.replace("Zzyzx Canaryname", "Zzyzx Canaryname " * 20)),
    "a note that is too long": ("p.yaml", PATIENT.replace("Zzyzx-note", "Zzyzx-note " * 40)),
    "a note that is a mapping": ("p.yaml", PATIENT.replace("note: Zzyzx-note for the canary.", "note: {a: Zzyzx-note}")),
    "a name in a file that is no text": ("p.yaml", PATIENT.replace("Zzyzx", "\0Zzyzx")),
    "a row that is shifted to the right": ("p.csv", TABLE_HEAD + TABLE_ROW.replace("C-1,", "C-1,,")),
    "a row that is shifted to the left": ("p.csv", TABLE_HEAD + TABLE_ROW.replace("C-1,", "")),
    "a row with a cell too many": ("p.csv", TABLE_HEAD + TABLE_ROW.replace("walking", "walking,Zzyzx Canaryname")),
    "a table without its head": ("p.csv", TABLE_ROW * 2),
    "two rows of one id": ("p.csv", TABLE_HEAD + TABLE_ROW * 2),
    "a brace that is never closed": ("p.csv", TABLE_HEAD + TABLE_ROW.replace("walking", '"walking {note: Zzyzx-note"')),
    "a quote that is never closed in a table": ("p.csv", TABLE_HEAD + TABLE_ROW.replace("Zzyzx-goal", '"Zzyzx-goal')),
}


def test_no_mistake_in_a_patient_file_brings_the_patients_words_to_the_terminal(run: Run, tmp_path: Path) -> None:
    files = {f"{mistake.replace(' ', '-')}-{name}": text for mistake, (name, text) in MISTAKES.items()}
    for name, text in files.items():
        given(tmp_path, name, text)
    said = run("pdf", "given", "--out", "out")
    assert said.exit_code == 1
    assert [line for line in said.output.splitlines() if tells(line.encode())] == []
    faulty = set(re.findall(r"^given/(.+?):\d+:\d+: .+ \[[a-z-]+\]$", said.stderr, re.MULTILINE))
    assert faulty == set(files), "each file is said to have a fault"
    assert not (tmp_path / "out").exists()


def test_a_name_that_the_font_cannot_print_is_not_told_either(run: Run, tmp_path: Path) -> None:
    file = given(tmp_path, "p.yaml", PATIENT.replace("Zzyzx Canaryname", "Zzyzx Canaryname \u4e00"))
    said = run("pdf", file, "--out", "out")
    assert said.exit_code == 1
    assert "[font]" in said.stderr
    assert not tells(said.output.encode())


@pytest.mark.pdf
def test_nothing_is_asked_of_the_network(canary: Outcome) -> None:
    assert (canary.folder / "keep" / "network").read_text("utf-8") == ""
