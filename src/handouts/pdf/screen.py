"""HTML -> one HTML file that is whole by itself, for a patient who reads on a screen."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache

from handouts.errors import HandoutsError
from handouts.fonts import WEB_FONTS, glyphs, web_font
from handouts.pdf.writer import PICTURE_SCHEME, PICTURE_TYPES, refuse_hidden

_PICTURE = re.compile(f'src="{PICTURE_SCHEME}([^"]*)"')


def write_screen(html: str, demanded: Sequence[str], files: Mapping[str, bytes], style: str) -> bytes:
    """One file with its style, fonts and pictures inside; the same input gives the same bytes.

    A browser that opens it asks for nothing and runs no script: the file's own policy forbids both.
    The parameters are those of `pdf.write_pdf`, and so is what raises HandoutsError: a lost text, a foreign address.
    """
    refuse_hidden(html, demanded, files, style)
    head, end, body = html.partition("</head>")
    if not end:
        raise HandoutsError("the handout's template has no </head>, where its style goes")
    whole = _font_faces() + _lean(style)
    dressed = f"{head}{_policy(whole)}<style>{whole}</style>\n{end}{body}"
    return _PICTURE.sub(lambda found: f'src="{_picture(found[1], files)}"', dressed).encode()


def _policy(style: str) -> str:
    """What a browser may do with the file: use this one style, and what lies in the file itself."""
    known = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    rules = f"default-src 'none'; style-src 'sha256-{known}'; img-src data:; font-src data:"
    rules += "; base-uri 'none'; form-action 'none'"
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}">\n'


def _lean(style: str) -> str:
    """Without comments and needless space."""
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)).strip()


def _picture(name: str, files: Mapping[str, bytes]) -> str:
    return _data(PICTURE_TYPES[name.rpartition(".")[2]], files[name])


@cache
def _font_faces() -> str:
    """The two fonts with all their letters: which letters a patient's words have is told by none."""
    fonts = {name: _data("font/woff2", web_font(name, glyphs())) for name in WEB_FONTS}
    weights = {name: "bold" if "bold" in name else "normal" for name in fonts}
    return "".join(
        f'@font-face{{font-family:Atkinson;font-weight:{weights[name]};src:url({data}) format("woff2")}}'
        for name, data in fonts.items()
    )


def _data(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
