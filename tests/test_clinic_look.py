"""What a clinic's own clinic.yaml changes on paper: logo, colour, and codes for a phone that open its site."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import segno
from click.testing import Result
from PIL import Image
from support.conformance import failed_rules
from support.layouts import LAYOUTS
from support.pdf_structure import bare, figures, page_texts, texts
from support.printing import printed
from support.sheets import PATIENTS, POINTS_A_MM, make_pdfs
from support.written import CLINIC, EXAMPLES

from handouts.app.layers import Layers
from handouts.app.plans import Overrides, plan_handouts
from handouts.pictures.drawings import illustrate
from handouts.pictures.logo import read_logo
from handouts.render.sheet import compose

SITE = "https://back.example.org"
SCALE = 8
HOSPITAL = ("Northern Example University Hospital, Physiotherapy after Spine Surgery", "+44 (0)20 7946 0000, ext. 41234")
HOUSE = ("University Physiotherapy Rehabilitation", "020 7946 0000 1234")
WIDE_LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 90"><circle cx="45" cy="45" r="40"/></svg>'


def lay(folder: Path, old: str = "", new: str = "") -> Path:
    """The sample clinic and one patient beside it, with one thing changed in clinic.yaml."""
    shutil.copytree(CLINIC, folder)
    (folder / "clinic.yaml").write_text((CLINIC / "clinic.yaml").read_text("utf-8").replace(old, new), "utf-8")
    patient = (EXAMPLES / "lumbar-subacute-flat-back.yaml").read_text("utf-8")
    (folder / "patient.yaml").write_text(patient.replace("ink: grey", "ink: colour"), "utf-8")
    return folder


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sheet of a clinic that uses every key."""
    folder = tmp_path_factory.mktemp("clinic")
    (made,) = make_pdfs(folder / "out", lay(folder / "in")).values()
    return made


def modules(pdf: bytes, page: int, box: list[float], count: int) -> np.ndarray:
    """The code as printed: True where the middle of a module is dark."""
    document = pypdfium2.PdfDocument(pdf)
    pixels = document[page].render(scale=SCALE, grayscale=True).to_numpy().squeeze()
    left, bottom, right, _ = box
    side, height = right - left, document[page].get_size()[1]
    middles = (np.arange(count) + 0.5) * side / count
    rows = ((height - bottom - side + middles) * SCALE).astype(int)
    columns = ((left + middles) * SCALE).astype(int)
    return pixels[np.ix_(rows, columns)] < 128


@pytest.mark.pdf
@pytest.mark.parametrize("path", ["lumbar", "exercises/walking", "exercises/prone-leg-lift"])
def test_a_code_opens_the_page_that_is_named_beside_it(pdf: bytes, path: str) -> None:
    page, box = figures(pdf)[f"Square code that opens back.example.org/{path}"]
    code = segno.make(f"{SITE}/{path}/", error="m", micro=False, boost_error=False)
    wanted = np.array([list(row) for row in code.matrix_iter(border=4)], dtype=bool)
    assert (modules(pdf, page, box, len(wanted)) == wanted).all()
    assert box[2] - box[0] >= 20 * POINTS_A_MM
    if not path.startswith("exercises/"):  # the sheet's own code says it; a card has no room for an address
        assert bare(f"back.example.org/{path}") in bare(page_texts(pdf)[page])


@pytest.mark.pdf
def test_a_code_a_sheet_and_one_an_exercise(pdf: bytes) -> None:
    assert sum(said.startswith("Square code") for said in figures(pdf)) == 1 + 5


@pytest.mark.pdf
def test_a_clinic_without_a_site_prints_no_code(tmp_path: Path) -> None:
    (made,) = make_pdfs(tmp_path / "out", lay(tmp_path / "in", "site-url: https://back.example.org/\n")).values()
    assert [said for said in figures(made) if said.startswith("Square code")] == []


@pytest.mark.pdf
def test_the_logo_stands_on_the_first_page_and_the_sheet_stays_accessible(pdf: bytes) -> None:
    assert figures(pdf)["Logo of Second Sample Clinic"][0] == 0
    assert failed_rules(pdf) == []


@pytest.mark.pdf
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_logo_is_seen_in_every_layout_beside_a_long_name(tmp_path: Path, layout: str) -> None:
    """A booklet before it is folded: afterwards nothing says where its figures are."""
    clinic = lay(tmp_path / "in", "Second Sample Clinic", "Second Sample Clinic of the Long Valley Road and Hill")
    (plan,) = plan_handouts([clinic / "patient.yaml"], Layers(), date(2026, 11, 21), Overrides(layout=layout))
    sheet = compose(plan, Layers().environment(), illustrate(plan), read_logo(plan.clinic))
    page, (left, bottom, right, top) = next(found for said, found in figures(printed(sheet)).items() if "Logo" in said)
    assert page == 0
    assert min(right - left, top - bottom) > 8 * POINTS_A_MM


def sheet_under(letterhead: tuple[str, str], folder: Path, patient: Path, layout: str) -> bytes:
    """The sheet of a clinic with this name and telephone number, a wide logo and a long address: too much for one row."""
    name, phone = letterhead
    clinic = lay(folder, "Second Sample Clinic", name)
    text = (clinic / "clinic.yaml").read_text("utf-8").replace("phone: 555-0177", f'phone: "{phone}"')
    (clinic / "clinic.yaml").write_text(
        text.replace("2 Sample Street,", "Building 14, Second Floor, 2 Sample Street,"), "utf-8"
    )
    (clinic / "logo.svg").write_text(WIDE_LOGO, "utf-8")
    (clinic / "patient.yaml").write_bytes(patient.read_bytes())
    (plan,) = plan_handouts([clinic / "patient.yaml"], Layers(), date(2026, 11, 21), Overrides(layout=layout))
    return printed(compose(plan, Layers().environment(plan.patient.language), illustrate(plan), read_logo(plan.clinic)))


@pytest.mark.pdf
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("letterhead", [HOSPITAL, HOUSE], ids=["hospital", "house"])
def test_a_letterhead_breaks_no_word_and_leaves_the_page_to_the_patient(
    tmp_path: Path, layout: str, letterhead: tuple[str, str]
) -> None:
    """A booklet before it is folded."""
    name, phone = letterhead
    pdf = sheet_under(letterhead, tmp_path / "in", EXAMPLES / "lumbar-subacute-flat-back.yaml", layout)
    page, (left, bottom, right, top) = figures(pdf)[f"Logo of {name}"]
    assert page == 0
    assert min((right - left) / 30, (top - bottom) / 6) > POINTS_A_MM
    said = page_texts(pdf)[0]
    assert [word for word in name.split() if word not in said.split()] == []
    assert phone in said
    (title,) = (text for text in texts(pdf) if text.text == "Your exercises")
    assert title.page == 0
    assert title.box[3] > 0.7 * pypdfium2.PdfDocument(pdf)[0].get_height()


@pytest.mark.pdf
@pytest.mark.parametrize("layout", LAYOUTS)
def test_whom_to_call_today_is_printed_however_long_the_number_is(tmp_path: Path, layout: str) -> None:
    """In the largest letters of the sheet; a booklet before it is folded."""
    name, phone = HOSPITAL
    patient = tmp_path / "patient.yaml"
    patient.write_text(
        (PATIENTS / "emergency.yaml").read_text("utf-8").replace("[cauda-equina, weakness]", "[unwell]"), "utf-8"
    )
    assert bare(phone) in bare(page_texts(sheet_under((name, phone), tmp_path / "in", patient, layout))[0])


@pytest.mark.pdf
@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if "fridge" not in layout])
def test_the_plan_below_a_letterhead_stands_on_the_page_of_its_name(tmp_path: Path, layout: str) -> None:
    pdf = sheet_under(HOSPITAL, tmp_path / "in", EXAMPLES / "es-lumbar-late.yaml", layout)
    (name,) = (text.page for text in texts(pdf) if text.text == "Su plan")
    assert bare("Levantar la pierna boca abajo") in bare(page_texts(pdf)[name])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("logo.svg", "other.svg", "clinic.yaml:9:7: logo: there is no file 'other.svg' beside this file [logo]"),
        ("logo.svg", "clinic.yaml", "clinic.yaml:9:7: logo: 'clinic.yaml' is no SVG or PNG picture [logo]"),
        ('"#5c2d0b"', '"#e07020"', "is too pale on white paper (contrast 3.2, 7 is needed): choose a darker one"),
        ('"#5c2d0b"', "brown", "'brown' must be # and six hex digits in quotation marks"),
    ],
)
def test_a_clinic_file_that_cannot_be_printed_is_refused(
    run: Callable[..., Result], tmp_path: Path, old: str, new: str, said: str
) -> None:
    result = run("pdf", lay(tmp_path / "in", old, new))
    assert result.exit_code == 1
    assert said in result.stderr
    assert not list(tmp_path.rglob("*.pdf"))


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
LINK = 'xmlns:x="http://www.w3.org/1999/xlink" x:href'


def png() -> bytes:
    """A whole PNG picture, 40 by 20."""
    out = io.BytesIO()
    Image.effect_noise((40, 20), 90).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "logo", "said"),
    [
        ("cut.png", png()[:200], "is no PNG picture, or it is damaged: save it anew"),
        ("head.png", png()[:8], "is no PNG picture, or it is damaged: save it anew"),
        ("other.png", b"\xff\xd8\xff\xe0 a photograph", "is no PNG picture, or it is damaged: save it anew"),
        ("photo.jpg", b"\xff\xd8\xff\xe0 a photograph", "is no SVG or PNG picture"),
        ("cut.svg", SVG.format("<g>").encode()[:-9], "is no SVG picture, or it is damaged: save it anew"),
        ("page.svg", b"<html/>", "is no SVG picture"),
        (
            "bare.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>',
            "has no size: give its <svg> a viewBox",
        ),
        ("name.svg", SVG.format("<text>Hill</text>").encode(), "has letters in a font that the sheet has not"),
        ("web.svg", SVG.format('<image href="https://example.org/a.png"/>').encode(), "holds or names another file"),
        ("inside.svg", SVG.format(f'<image {LINK}="data:image/png;base64,AA=="/>').encode(), "holds or names another file"),
        ("style.svg", SVG.format("<style>@import 'a.css'</style>").encode(), "holds or names another file"),
    ],
)
def test_a_logo_that_would_not_print_as_it_was_drawn_is_refused(
    run: Callable[..., Result], tmp_path: Path, name: str, logo: bytes, said: str
) -> None:
    clinic = lay(tmp_path / "in", "logo.svg", name)
    (clinic / name).write_bytes(logo)
    result = run("pdf", clinic)
    assert result.exit_code == 1
    assert f"clinic.yaml:9:7: logo: '{name}' {said}" in result.stderr
    assert not list(tmp_path.rglob("*.pdf"))


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("name", "logo"),
    [
        ("whole.png", png()),
        ("said.svg", b"\xef\xbb\xbf<!-- drawn by hand -->" + SVG.format('<path d="M0 0h9v9"/>').encode()),
        ("typed.svg", b"<?xml version='1.0'?><!DOCTYPE svg>" + SVG.format('<path d="M0 0h9v9"/>').encode()),
        (
            "shaded.svg",
            SVG.format(
                '<linearGradient id="a"><stop stop-color="#000"/></linearGradient>'
                """<g id="b"><path d="M0 0h9v9" fill="url( '#a')"/></g><use href="#b"/>"""
            ).encode(),
        ),
    ],
)
def test_a_logo_as_drawing_programs_save_it_is_printed(tmp_path: Path, name: str, logo: bytes) -> None:
    clinic = lay(tmp_path / "in", "logo.svg", name)
    (clinic / name).write_bytes(logo)
    (made,) = make_pdfs(tmp_path / "out", clinic).values()
    assert "Logo of Second Sample Clinic" in figures(made)
