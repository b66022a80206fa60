"""HTML -> one self-contained HTML file, for a patient who reads on a screen."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache

from handouts.errors import HandoutsError
from handouts.fonts import WEB_FONTS, glyphs, web_font
from handouts.pdf.addresses import PICTURE_SCHEME, PICTURE_TYPES
from handouts.pdf.rules import PageRules
from handouts.pdf.writer import refuse_hidden

_PICTURE = re.compile(f'src="{PICTURE_SCHEME}([^"]*)"')


def write_screen(
    html: str, demanded: Sequence[str], files: Mapping[str, bytes], style: str, rules: PageRules | None = None
) -> bytes:
    """Return one file with its style, fonts and pictures inside; the same input gives the same bytes.

    A browser that opens it asks for nothing and runs no script: the file's own policy forbids both.
    The parameters are those of `write_pdf`, but a screen has no pages to hold to `rules`. What is a HandoutsError there is
    one here: a lost text, a foreign address.
    """
    refuse_hidden(html, demanded, files, style)
    head, end, body = html.partition("</head>")
    if not end:
        raise HandoutsError("the handout's template has no </head>, where its style goes")
    css = _font_faces() + _minified(style)
    page = f"{head}{_policy(css)}<style>{css}</style>\n{end}{body}"
    return _PICTURE.sub(lambda match: f'src="{_picture(match[1], files)}"', page).encode()


def _policy(style: str) -> str:
    """Return the policy that lets a browser use this one style and what is in the file, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    rules = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; font-src data:"
    rules += "; base-uri 'none'; form-action 'none'"
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}">\n'


def _minified(style: str) -> str:
    """Return the style without comments and needless space."""
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)).strip()


def _picture(name: str, files: Mapping[str, bytes]) -> str:
    return _data_url(PICTURE_TYPES[name.rpartition(".")[2]], files[name])


@cache
def _font_faces() -> str:
    """Return the style rules of the two fonts with all their letters: a subset would tell which a patient's words have."""
    fonts = {name: _data_url("font/woff2", web_font(name, glyphs())) for name in WEB_FONTS}
    weights = {name: "bold" if "bold" in name else "normal" for name in fonts}
    return "".join(
        f'@font-face{{font-family:Atkinson;font-weight:{weights[name]};src:url({data}) format("woff2")}}'
        for name, data in fonts.items()
    )


def _data_url(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
