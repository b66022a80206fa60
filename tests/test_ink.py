"""Red flags are looked for on the drawn page: whatever hides them, the sheet is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from support.sheets import PATIENTS

from handouts.errors import HandoutsError, HiddenTextError
from handouts.pdf.screen import write_screen
from handouts.pdf.writer import write_pdf

SIGN = "You cannot tell if your bladder is full."
HTML = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Test</title></head>
<body><section class="stop"><h1>Stop</h1><ul><li>Wiping feels different.</li><li>{SIGN}</li></ul></section></body></html>"""
COVER = ".stop { position: relative } .stop::after { content: ''; position: absolute; inset: 0; background: %s }"
HIDING = (
    "li { color: #fff }",
    "li { color: #bbb }",
    ".stop { opacity: 0 }",
    ".stop { opacity: .2 }",
    "li { font-size: .1pt }",
    "li { font-size: 5pt }",
    "li { display: none }",
    "li { visibility: hidden }",
    "ul { transform: scale(.2) }",
    ".stop { transform: scale(0) }",
    "li { transform: translate(-300mm, 0) }",
    "li { position: absolute; left: -400mm }",
    "li { text-indent: -400mm }",
    "ul { height: 0; overflow: hidden }",
    "ul { background: #000 }",
    COVER % "#fff",
    COVER % "#000",
)
HARMLESS = (
    "",
    "li { color: #333; font-size: 7pt }",
    "ul { background: #000; color: #fff }",
    "li { transform: rotate(2deg) }",
    "li { opacity: .9; letter-spacing: .2em }",
    COVER % "transparent",
)


@pytest.mark.pdf
@pytest.mark.parametrize("style", HIDING)
def test_a_style_that_hides_a_red_flag_on_paper_is_refused(style: str) -> None:
    with pytest.raises(HiddenTextError):
        write_pdf(HTML, [SIGN], style=style)


@pytest.mark.pdf
@pytest.mark.parametrize("style", [style for style in HIDING if "scale(0)" not in style])
def test_a_style_that_hides_a_red_flag_on_a_screen_is_refused(style: str) -> None:
    with pytest.raises(HiddenTextError):
        write_screen(HTML, [SIGN], {}, style)


@pytest.mark.pdf
@pytest.mark.parametrize("style", HARMLESS)
def test_a_style_that_hides_nothing_is_printed(style: str) -> None:
    assert write_pdf(HTML, [SIGN], style=style).startswith(b"%PDF")
    assert write_screen(HTML, [SIGN], {}, style).startswith(b"<!DOCTYPE html>")


@pytest.mark.pdf
def test_a_text_that_can_be_seen_once_is_seen(tmp_path: Path) -> None:
    twice = HTML.replace("</section>", f"<p>{SIGN}</p></section>")
    assert write_pdf(twice, [SIGN], style="li { color: #fff }")
    with pytest.raises(HandoutsError, match=f"hides a red flag that every sheet prints: '{SIGN}'"):
        write_pdf(twice, [SIGN], style="li, p { color: #fff }")


@pytest.mark.pdf
@pytest.mark.parametrize(("output", "style"), [("pdf", "print"), ("html", "screen")])
def test_the_refusal_names_the_clinics_own_files(run: Callable[..., Result], tmp_path: Path, output: str, style: str) -> None:
    file = tmp_path / "templates" / "style" / f"{style}.css"
    file.parent.mkdir(parents=True)
    file.write_text(f'{{% include "bundled/style/{style}.css" %}} .stop {{ opacity: 0 }}', "utf-8")
    refused = run("pdf", PATIENTS / "draft.yaml", "--templates", "templates", "--format", output, "--out", "out")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("the handout's template or style hides a red flag that every sheet prints: '")
    assert refused.stderr.endswith(f"Look in templates/style/{style}.css\n")
    assert not (tmp_path / "out").exists()
