"""What is done to a finished PDF; the only home of pikepdf, imported when it is needed: that takes a tenth of a second."""

from __future__ import annotations

import io
import re

SHORTEST_PASSWORD = 8  # characters (NIST SP 800-63B)
LONGEST_PASSWORD = 127  # bytes that AES-256 in PDF takes (ISO 32000-2, 7.6.4.3.3)
_PASSWORD = re.compile(r"[!-~](?:[ -~]*[!-~])?")  # programs differ on how they read any other letter


def password_fault(password: str) -> str | None:
    """Why a text cannot be the password of a PDF, without repeating it; None where it can."""
    if not password:
        return "the password is empty"
    if not _PASSWORD.fullmatch(password):
        return "a password has plain letters without accents, digits and signs, and no space at its ends"
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return f"the password has {len(password)} characters: {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} are needed"
    return None


def encrypt(pdf: bytes, password: str) -> bytes:
    """The same document behind a password: AES-256 (revision 6), its metadata too; tags, language and title are kept.

    Whoever opens it may read, copy and print it and fill in the chart; a screen reader may read it (PDF/UA-1, 7.16). The key
    is drawn by chance, so two runs never give the same bytes.
    """
    import pikepdf

    rights = pikepdf.Permissions(accessibility=True, extract=True, modify_form=True, print_highres=True, print_lowres=True)
    lock = pikepdf.Encryption(user=password, owner=password, R=6, aes=True, metadata=True, allow=rights)
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(locked, encryption=lock)
    return locked.getvalue()


def impose(pdf: bytes) -> bytes:
    """Small pages two by two on sheets of twice their width, in the order of a booklet folded once and stapled.

    Print both sides, turned on the short edge. The last pages stay blank where their number is no multiple of four. What
    comes out is for paper only: it has no tags, no outline and no links. Same input, same bytes.
    """
    import pikepdf

    folded = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document, pikepdf.new() as booklet:
        width, height = (float(edge) for edge in document.pages[0].mediabox[2:])
        for sides in fold(len(document.pages)):
            sheet = booklet.add_blank_page(page_size=(2 * width, height))
            shown = [(place, number) for place, number in enumerate(sides) if number is not None]
            forms = {
                f"/Page{place}": booklet.copy_foreign(document.pages[number].as_form_xobject()) for place, number in shown
            }
            sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(forms))
            content = "".join(f"q 1 0 0 1 {place * width:.3f} 0 cm /Page{place} Do Q " for place, _ in shown)
            sheet.Contents = booklet.make_stream(content.encode())
        with booklet.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = str(document.docinfo.get("/Title", ""))
        booklet.docinfo["/Title"] = str(document.docinfo.get("/Title", ""))
        booklet.Root.Lang = pikepdf.String(str(document.Root.get("/Lang", "")))
        booklet.save(folded, deterministic_id=True)
    return folded.getvalue()


def fold(pages: int) -> list[tuple[int | None, int | None]]:
    """Which two pages stand on each side of each sheet of paper, left and right, counted from 0; None is a blank."""
    full = -(-pages // 4) * 4
    sides = [(full - 1 - side, side) if side % 2 == 0 else (side, full - 1 - side) for side in range(full // 2)]
    return [tuple(number if number < pages else None for number in pair) for pair in sides]  # type: ignore[misc]


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)
