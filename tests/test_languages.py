"""The fixed words of a sheet in another language: complete, whole, and never English in their midst."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Mapping
from datetime import date
from itertools import chain
from pathlib import Path

import html5lib
import pikepdf
import pytest
from babel.messages.pofile import read_po
from support import written
from support.command import Run
from support.library import LIBRARY
from support.pdf_structure import bare, page_texts, structure

from handouts.app.layers import Layers
from handouts.app.plans import Overrides, plan_handouts
from handouts.errors import HandoutsError, ProblemsError
from handouts.figure.spec.wording import other_side
from handouts.files.folders import bundled
from handouts.locales import list_of_things, long_day
from handouts.render.markdown import inline, markdown
from handouts.render.phrases import Phrases, languages_of, load_phrases
from handouts.render.sheet import compose
from handouts.render.templates import load_templates

TEMPLATES = bundled("templates")
ROOT = Path(__file__).parents[1]
HEAD = """\
# State: draft
msgid ""
msgstr ""
"Language: es\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def catalogue(folder: Path, entries: str, head: str = HEAD, language: str = "es") -> Path:
    """A templates folder whose only words are these."""
    path = folder / "locale" / language / "LC_MESSAGES" / "handouts.po"
    path.parent.mkdir(parents=True)
    path.write_text(head + entries, "utf-8")
    return folder


def test_a_language_is_a_folder_with_a_catalogue(tmp_path: Path) -> None:
    assert languages_of([TEMPLATES]) == ("en", "es")
    (tmp_path / "locale" / "de").mkdir(parents=True)
    assert languages_of([TEMPLATES, catalogue(tmp_path, "", language="fr")]) == ("en", "es", "fr")


def test_the_shipped_catalogues_have_every_phrase_of_a_sheet() -> None:
    """`load_templates` refuses one that lacks a phrase; what the rules say stands in the code, after `phrase(`."""
    for language in languages_of([TEMPLATES]):
        load_templates([TEMPLATES], language)
        phrases = load_phrases([TEMPLATES], language)
        said = re.findall(r'phrase\(\s*"([^"]+)"', "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py")))
        assert len(said) > 6
        assert [phrase for phrase in said if not phrases.knows(phrase)] == []


def test_the_shipped_catalogues_hold_nothing_that_no_sheet_says() -> None:
    """`make messages` takes out what is not used any more: a translator works on nothing in vain."""
    templates = "".join(path.read_text("utf-8") for path in (TEMPLATES / "handout").glob("*.html"))
    code = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    with (TEMPLATES / "locale/es/LC_MESSAGES/handouts.po").open(encoding="utf-8") as file:
        phrases = [message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file) if message.id]
    as_written = {phrase: re.sub(r"%\((\w+)\)s", r"{{ \1 }}", phrase) for phrase in phrases}
    assert [phrase for phrase, tag in as_written.items() if tag not in templates and phrase not in templates + code] == []


def test_numbers_choose_their_form() -> None:
    phrases = load_phrases([TEMPLATES], "es")
    assert [phrases.ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n} for n in (1, 2, 5)] == [
        "1 minuto",
        "2 minutos",
        "5 minutos",
    ]


def test_a_language_with_three_forms_uses_all_three(tmp_path: Path) -> None:
    head = HEAD.replace("nplurals=2; plural=(n != 1)", "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2)")
    entry = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "a %(n)s"\nmsgstr[1] "b %(n)s"\nmsgstr[2] "c %(n)s"\n'
    phrases = load_phrases([catalogue(tmp_path, entry, head, "pl")], "pl")
    assert [phrases.ngettext("%(n)s day", "%(n)s days", n)[0] for n in (1, 3, 5, 22)] == ["a", "b", "c", "b"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "21 November 2026"), ("es", "21 de noviembre de 2026"), ("pt-BR", "21 de novembro de 2026")],
)
def test_a_day_is_said_as_its_readers_say_it(language: str, said: str) -> None:
    assert long_day(date(2026, 11, 21), language) == said


@pytest.mark.parametrize(
    ("language", "things", "said"),
    [
        ("en", ["mat", "pillow", "mat"], "mat, pillow"),
        ("en", ["bed or mat", "pillow"], "bed or mat; pillow"),
        ("en", ["bed or mat", "pillow", "mat"], "pillow, mat"),
        ("en", ["bed or mat", "mat or bed"], "bed or mat"),
        ("en", ["bed or mat", "mat or rug"], "bed or mat; mat or rug"),
        ("en", ["bands, dumbbells or machines", "dumbbells"], "dumbbells"),
        ("es", ["cama o colchoneta", "colchoneta"], "colchoneta"),
        ("es", ["cama or mat", "mat"], "cama or mat, mat"),
        ("pt-BR", ["cama ou tapete", "tapete"], "tapete"),
        ("en", [], ""),
    ],
)
def test_a_choice_is_not_asked_for_where_one_of_its_things_is_needed_anyway(
    language: str, things: list[str], said: str
) -> None:
    assert list_of_things(things, language) == said


def test_quotation_marks_are_those_of_the_language() -> None:
    assert markdown('Diga "sí".', language="es") == "<p>Diga «sí».</p>"
    assert markdown('Say "yes". Don\'t.') == "<p>Say “yes”. Don’t.</p>"


def test_paragraphs_and_lists_name_the_language_of_their_text_where_it_is_not_that_of_the_sheet() -> None:
    html = '<p lang="en">Say “yes”:</p>\n<ul lang="en">\n<li>once</li>\n</ul>'
    assert markdown('Say "yes":\n\n- once', "en", language="es") == html


def test_a_line_of_content_has_no_paragraph_around_it() -> None:
    assert inline('**Say** "yes".') == "<strong>Say</strong> “yes”."


# What is missing or wrong -------------------------------------------------------------------------------------------------


def test_a_phrase_that_no_catalogue_has_is_an_error_and_never_english(tmp_path: Path) -> None:
    phrases = load_phrases([catalogue(tmp_path, "")], "es")
    assert isinstance(phrases, Phrases)
    for ask in (lambda: phrases.gettext("Walk."), lambda: phrases.ngettext("Walk.", "Walks.", 2)):
        with pytest.raises(HandoutsError, match=r"'Walk.' has no Spanish text in locale/es/LC_MESSAGES/handouts.po"):
            ask()


def test_one_run_names_every_phrase_that_is_missing_with_its_template(tmp_path: Path) -> None:
    own = tmp_path / "handout" / "_next.html"
    own.parent.mkdir()
    own.write_text("{% trans %}Come back soon.{% endtrans %}\n\n{{ _('Bring water.') }}\n", "utf-8")
    load_templates([TEMPLATES, tmp_path], "en")
    with pytest.raises(ProblemsError) as raised:
        load_templates([TEMPLATES, tmp_path], "es")
    assert [(fault.path, fault.line, fault.message.partition(" has no")[0]) for fault in raised.value.problems] == [
        (str(own), 1, "'Come back soon.'"),
        (str(own), 3, "'Bring water.'"),
    ]


@pytest.mark.parametrize(
    ("empty", "what"),
    [
        ('msgid "Stop if"\nmsgstr ""\n', "an empty one"),
        ('#, fuzzy\nmsgid "Stop if"\nmsgstr "Pare si"\n', "a guess of a translator's program"),
        ('msgid "Stop if"\nmsgid_plural "Stops if"\nmsgstr[0] "Pare si"\nmsgstr[1] ""\n', "a plural with one form"),
    ],
)
def test_a_phrase_that_is_not_done_is_missing(tmp_path: Path, empty: str, what: str) -> None:
    assert not load_phrases([catalogue(tmp_path, empty)], "es").knows("Stop if"), what


SAME = "must have the same marks as the English phrase:"
FAULTS = {
    'msgid "Week %(week)s"\nmsgstr "Semana %(semana)s"\n': "'%(semana)s' is not in the English phrase: use '%(week)s'",
    'msgid "Week %(week)s"\nmsgstr "Semana"\n': "'%(week)s' is missing: it stands for what is filled in",
    'msgid "Week %(week)s"\nmsgstr "Semana %(week)s, 100 % s"\n': "there is a '%' that is no place to fill in: write '%%'",
    'msgid "<strong>Up:</strong>"\nmsgstr "<strong>Más:"\n': f"{SAME} <strong> </strong>",
    'msgid "Up"\nmsgstr "<script>Más"\n': f"{SAME} none",
    'msgid "Up"\nmsgstr "a < b"\n': f"{SAME} none",
}


@pytest.mark.parametrize(("entry", "said"), FAULTS.items(), ids=range(len(FAULTS)))
def test_an_entry_that_cannot_be_printed_is_said_at_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, said: str
) -> None:
    catalogue(tmp_path / "own", entry)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProblemsError) as raised:
        load_phrases([Path("own")], "es")
    assert str(raised.value) == f"own/locale/es/LC_MESSAGES/handouts.po:7:1: {said} [translation]"


def test_a_singular_may_say_its_number_as_a_word(tmp_path: Path) -> None:
    entry = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "un día"\nmsgstr[1] "%(n)s días"\n'
    assert load_phrases([catalogue(tmp_path, entry)], "es").ngettext("%(n)s day", "%(n)s days", 1) == "un día"


def test_a_file_that_is_no_catalogue_is_said_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as raised:
        load_phrases([catalogue(tmp_path, 'msgid "Up"\nmsgstr "Más"\nnonsense\n')], "es")
    assert raised.value.problems[0].line == 9
    assert raised.value.problems[0].message.startswith("is no line of a catalogue")


def test_a_clinics_phrases_win_over_ours(tmp_path: Path) -> None:
    own = catalogue(tmp_path, 'msgid "Stop if"\nmsgstr "Deténgase si"\n')
    phrases = load_phrases([TEMPLATES, own], "es")
    assert (phrases.gettext("Stop if"), phrases.gettext("Watch out")) == ("Deténgase si", "Cuidado")


def test_only_a_named_reviewer_ends_the_draft(tmp_path: Path) -> None:
    reviewed = "# State: reviewed by Eva Example, 2026-12-01"
    for number, (line, draft) in enumerate({reviewed: False, "# State: reviewed by ": True, "#": True}.items()):
        own = catalogue(tmp_path / str(number), "", HEAD.replace("# State: draft", line))
        assert load_phrases([own], "es").draft is draft, line
    assert load_phrases([TEMPLATES], "es").draft, "the shipped words await a reviewer"
    assert not load_phrases([TEMPLATES], "en").draft


def test_check_reads_the_catalogues_too(run: Run, tmp_path: Path) -> None:
    catalogue(tmp_path / "own", 'msgid "Stop if"\nmsgstr "Pare si %(x)s"\n')
    result = run("check", "--templates", "own")
    assert result.exit_code == 1
    said = "own/locale/es/LC_MESSAGES/handouts.po:7:1: '%(x)s' is not in the English phrase: use none"
    assert result.stdout.startswith(said)


def test_a_translation_into_a_mistyped_language_is_said(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own" / "education"
    own.mkdir(parents=True)
    for name in ("sitting.md", "sitting.es.md"):
        shutil.copy(ROOT / "content" / "education" / name, own / name.replace(".es.", ".ex."))
    result = run("check", "--content", "own")
    said = "'ex' is not a known language. Allowed: en, es. See docs/translating.md [translation] (warning)"
    assert result.stdout == f"own/education/sitting.ex.md:2:1: {said}\n"


@pytest.mark.pdf
def test_one_run_names_the_pages_and_the_phrases_that_a_new_language_lacks(run: Run, tmp_path: Path) -> None:
    catalogue(tmp_path / "own", "", language="fr")
    text = (ROOT / "examples" / "es-lumbar-acute.yaml").read_text("utf-8").replace("language: es", "language: fr")
    Path("p.yaml").write_text(text, "utf-8")
    said = run("pdf", "p.yaml", "--templates", "own").stderr
    assert "'handouts translate " in said
    assert "'Stop if' has no French text in locale/fr/LC_MESSAGES/handouts.po: 'make messages' adds it" in said


# The Spanish example sheets -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def spanish(example_pdfs) -> Mapping[str, bytes]:
    """The Spanish sheets of examples/, by their id."""
    return {sheet: pdf for sheet, pdf in example_pdfs("a4", "normal").items() if sheet in written.spanish_examples()}


@pytest.mark.pdf
def test_there_are_two_whole_spanish_sheets(spanish: Mapping[str, bytes]) -> None:
    assert len(spanish) == 2


ENGLISH = re.compile(
    r"\b(?:the|and|your|you|with|of|to|if|is|are|week|day|stop|pain|back|leg|hold|times|call|sheet|page|next|for)\b",
    re.IGNORECASE,
)


NAMES = re.compile(r"Example Spine Clinic|Sample Street|Exampletown|hello@example\.org|\w+ Example|Spanish|Placeholder, PT")


@pytest.mark.pdf
def test_no_english_word_is_on_a_spanish_sheet(spanish: Mapping[str, bytes]) -> None:
    """But for names: of the clinic, and of people."""
    for sheet, pdf in spanish.items():
        text = NAMES.sub("", " ".join(" ".join(page_texts(pdf)).split()))
        assert len(text) > 5000
        assert ENGLISH.findall(text) == [], sheet


@pytest.mark.pdf
def test_a_spanish_sheet_says_that_its_words_await_a_translators_review(spanish: Mapping[str, bytes]) -> None:
    for sheet, pdf in spanish.items():
        assert bare("Ningún traductor ha revisado aún las palabras.") in bare(page_texts(pdf)[0]), sheet


@pytest.mark.pdf
def test_a_spanish_sheet_is_in_spanish_for_a_screen_reader(spanish: Mapping[str, bytes]) -> None:
    for sheet, pdf in spanish.items():
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert str(document.Root.Lang) == "es", sheet
            assert str(document.docinfo.Title) == "Su hoja de ejercicios", sheet
        heads = [element.text for element in structure(pdf).walk() if element.kind == "H1"]
        assert [bare(head) for head in heads] == [bare("Sus ejercicios")]


@pytest.mark.pdf
def test_no_picture_on_a_spanish_sheet_is_told_in_english(spanish: Mapping[str, bytes]) -> None:
    for sheet, pdf in spanish.items():
        with pikepdf.open(io.BytesIO(pdf)) as document:
            said = [str(one.Alt) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
        drawn = [alt for alt in said if re.fullmatch(r"Dibujo \d+ de \d+", alt)]
        assert len(drawn) > 5, sheet
        assert [alt for alt in said if ENGLISH.search(alt)] == [], sheet


@pytest.mark.pdf
@pytest.mark.parametrize("layout", ["compact", "fridge"])
def test_the_other_layouts_are_in_spanish_too(run: Run, layout: str) -> None:
    result = run("pdf", ROOT / "examples" / "es-lumbar-late.yaml", "--layout", layout, "--out", "out")
    assert result.exit_code == 0, result.output
    pdf = Path("out/EX-10-2026-11-21.pdf").read_bytes()
    text = NAMES.sub("", " ".join(" ".join(page_texts(pdf)).split()))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        said = [str(one.Alt) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert len(said) > 4
    assert ENGLISH.findall(" ".join([text, *said])) == []


@pytest.mark.pdf
def test_every_red_flag_of_the_condition_is_on_a_spanish_sheet(spanish: Mapping[str, bytes]) -> None:
    flags = [written.page(path) for path in sorted((written.CONTENT / "red-flags").glob("*.es.md"))]
    english = {flag.slug for flag in written.red_flags({"condition": "lumbar"})}
    mine = [flag for flag in flags if flag.slug.removesuffix(".es") in english]
    assert flags
    assert len(mine) == len(english)
    for sheet, pdf in spanish.items():
        text = bare("".join(page_texts(pdf)))
        assert [sign for flag in mine for sign in flag.lists["Signs"] if bare(sign) not in text] == [], sheet


@pytest.mark.pdf
def test_an_emergency_sheet_is_in_spanish_too(run: Run) -> None:
    patient = (ROOT / "examples" / "es-lumbar-acute.yaml").read_text("utf-8")
    Path("p.yaml").write_text(patient.replace("red-flags: []", "red-flags: [cauda-equina]"), "utf-8")
    result = run("pdf", "p.yaml", "--out", "out")
    assert result.exit_code == 0, result.output
    text = " ".join(" ".join(page_texts(Path("out/EX-09-2026-11-21.pdf").read_bytes())).split())
    assert "No haga ejercicio. Primero busque ayuda." in text
    assert ENGLISH.findall(NAMES.sub("", text)) == []


@pytest.mark.pdf
def test_a_clinic_whose_hours_have_no_spanish_is_told_what_to_write(run: Run, tmp_path: Path) -> None:
    shutil.copy(ROOT / "examples" / "es-lumbar-acute.yaml", "p.yaml")
    Path("clinic.yaml").write_text("name: Own\nphone: 555-0143\nemergency: '112'\nhours: Mornings\n", "utf-8")
    result = run("pdf", "p.yaml", "--out", "out")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == (
        "p.yaml:4:11: the clinic's hours have no Spanish text: "
        "add 'translations: {es: {hours: ...}}' to clinic.yaml [translation]"
    )
    with Path("clinic.yaml").open("a", encoding="utf-8") as file:
        file.write("translations: {es: {hours: Por la mañana}}\n")
    assert run("pdf", "p.yaml", "--out", "out").exit_code == 0
    assert "Por la mañana" in page_texts(Path("out/EX-09-2026-11-21.pdf").read_bytes())[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Lift your left leg. Left side!", "Lift your right leg. Right side!"),
        ("Levante la pierna izquierda y el brazo derecho.", "Levante la pierna derecha y el brazo izquierdo."),
        ("Derechas e izquierdas", "Izquierdas e derechas"),
        ("leftover", "leftover"),
    ],
)
def test_a_mirrored_picture_has_the_words_of_the_other_side(words: str, said: str) -> None:
    assert other_side(words) == said


# What is allowed to stay in English ---------------------------------------------------------------------------------------

OWN = (  # a clinic's own English pages, which nobody has translated: one of each kind that this sheet prints
    "conditions/lumbar/_index.md",
    "conditions/lumbar/acute.md",
    "education/sleep.md",
    "exercises/aerobic/walking.md",
    "pain-rule.yaml",
    "red-flags/weakness.md",
)
MARK = "Esta parte está solo en inglés."


@pytest.fixture
def half_english(run: Run, tmp_path: Path) -> Path:
    """A patient's file beside a content folder `own` that lacks translations."""
    for name in OWN:
        (tmp_path / "own" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "content" / name, tmp_path / "own" / name)
    shutil.copy(ROOT / "examples" / "es-lumbar-acute.yaml", "p.yaml")
    return Path("p.yaml")


@pytest.mark.pdf
def test_without_the_option_each_english_page_is_named(run: Run, half_english: Path) -> None:
    said = run("pdf", half_english, "--content", "own", "--out", "out").stderr.splitlines()
    assert sorted(line.partition(":")[0] for line in said[:-1]) == [f"own/{name}" for name in OWN]


@pytest.mark.pdf
def test_with_the_option_each_english_passage_is_marked(run: Run, half_english: Path) -> None:
    result = run("pdf", half_english, "--content", "own", "--out", "out", "--allow-fallback")
    assert result.exit_code == 0, result.output
    text = " ".join(" ".join(page_texts(Path("out/EX-09-2026-11-21.pdf").read_bytes())).split())
    passages = ("title", "things to fetch", "red flag", "pain rule", "do and do not", "exercise", "topic", "move on")
    passages += ("week 1", "week 2")
    assert text.count(MARK) == len(passages)
    assert "<" not in text
    assert "Stand tall on flat ground" in text


@pytest.mark.pdf
@pytest.mark.parametrize("layout", ["compact", "fridge"])
def test_the_other_layouts_mark_it_too(run: Run, half_english: Path, layout: str) -> None:
    options = ("--content", "own", "--out", "out", "--allow-fallback", "--layout", layout)
    assert run("pdf", half_english, *options).exit_code == 0
    text = " ".join(" ".join(page_texts(Path("out/EX-09-2026-11-21.pdf").read_bytes())).split())
    passages = {"compact": ["pain rule", "do and do not", "exercise", "week 1", "week 2"], "fridge": []}[layout]
    assert text.count(MARK) == len(["title", "things to fetch", "red flag", *passages])


@pytest.mark.pdf
def test_a_spanish_sheet_after_surgery_marks_what_is_english_up_to_hours_and_sources(run: Run) -> None:
    text = (ROOT / "examples" / "post-op-acdf-week-8.yaml").read_text("utf-8").replace("language: en", "language: es")
    Path("p.yaml").write_text(text, "utf-8")
    Path("clinic.yaml").write_text("name: Own\nphone: 555-0143\nemergency: '112'\nhours: Mornings\n", "utf-8")
    result = run("pdf", "p.yaml", "--allow-fallback", "--sources", "--out", "out")
    assert result.exit_code == 0, result.output
    said = " ".join(" ".join(page_texts(Path("out/EX-06-2026-11-21.pdf").read_bytes())).split())
    parts = (
        "Mornings",
        "Steady your neck",
        "firm chair; cama; almohada",
        "Por ahora",
        "Seated chin tuck",
        "De dónde viene esto",
    )
    for english in parts:
        assert re.search(re.escape(english) + r"\W+(?:\w+\W+){0,12}?" + MARK, said), english
    questions = LIBRARY.questions_in(LIBRARY.phases["post-op/acdf/control"], ["lift", "drive"])
    answers = [" ".join(inline(question.answer.markdown).striptags().split())[:30] for question in questions]
    assert len(answers) > 3
    assert [answer for answer in answers if not re.search(MARK + r"\W*" + re.escape(answer), said)] == []


def test_every_english_element_says_its_language(half_english: Path) -> None:
    (plan,) = plan_handouts([half_english], Layers((Path("own"),)), date(2026, 11, 21), Overrides(fallback=True))
    html = html5lib.parse(compose(plan, Layers().environment("es"), {}).html, namespaceHTMLElements=False)
    english = ("Walking", "Sleep", "Weakness that is new or getting worse", "How it may feel", "Keep moving a little")
    parents = {child: parent for parent in html.iter() for child in parent}
    for element in html.iter():
        if any(word in (element.text or "") for word in english) and element.tag not in ("title", "style", "svg"):
            chain = [element]
            while chain[-1] in parents:
                chain.append(parents[chain[-1]])
            assert next(one.get("lang") for one in chain if one.get("lang")) == "en", element.text


@pytest.mark.pdf
def test_a_whole_spanish_sheet_has_no_mark(spanish: Mapping[str, bytes]) -> None:
    assert [sheet for sheet, pdf in spanish.items() if MARK in " ".join(page_texts(pdf))] == []


@pytest.mark.pdf
def test_no_card_of_a_spanish_sheet_is_split(spanish: Mapping[str, bytes]) -> None:
    """Spanish says the same in more letters than English: what fits there must fit here."""
    for sheet, pdf in spanish.items():
        pages = [bare(text) for text in page_texts(pdf)]
        for chosen in written.chosen(written.spanish_examples()[sheet]):
            (path,) = written.CONTENT.glob(f"exercises/*/{chosen['exercise']}.es.md")
            card = written.page(path)
            (own,) = [text for text in pages if bare(card.front["aim"]) in text]
            source, mine = written.exercise(chosen["exercise"]), written.spanish_examples()[sheet]
            kept = [entry for heading in source.lists for entry in source.lines(heading, mine)]
            pairs = zip(chain(*source.lists.values()), chain(*card.lists.values()), strict=False)
            parts = [bare(said) for english, said in pairs if english in kept and "tiempo indicado" not in said]
            assert len(parts) > 8
            assert [part for part in parts if part not in own] == [], (sheet, card.slug)
