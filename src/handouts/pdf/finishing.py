"""What is done to a finished PDF, by pikepdf; imported only where it is needed, since that takes a tenth of a second."""

from __future__ import annotations

import io
import re

SHORTEST_PASSWORD = 8  # characters (NIST SP 800-63B)
LONGEST_PASSWORD = 127  # bytes that AES-256 in PDF takes (ISO 32000-2, 7.6.4.3.3)
_PASSWORD = re.compile(r"[!-~](?:[ -~]*[!-~])?")  # programs differ on how they read any other letter


def password_fault(password: str) -> str | None:
    """Return why a text cannot be the password of a PDF, without repeating it; None where it can."""
    if not password:
        return "the password is empty"
    if not _PASSWORD.fullmatch(password):
        return "a password has plain letters without accents, digits and signs, and no space at its ends"
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return f"the password has {len(password)} characters: {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} are needed"
    return None


def encrypt(pdf: bytes, password: str) -> bytes:
    """Return the document encrypted by AES-256 (revision 6), its metadata too; tags, language and title are kept.

    Whoever opens it may read, copy and print it and fill in the chart; a screen reader may read it (PDF/UA-1, 7.16). The key
    is random, so two runs never give the same bytes.
    """
    import pikepdf

    rights = pikepdf.Permissions(accessibility=True, extract=True, modify_form=True, print_highres=True, print_lowres=True)
    lock = pikepdf.Encryption(user=password, owner=password, R=6, aes=True, metadata=True, allow=rights)
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(locked, encryption=lock)
    return locked.getvalue()


def impose(pdf: bytes) -> bytes:
    """Return small pages two by two on sheets of twice their width, in the order of a booklet folded once and stapled.

    Print both sides, turned on the short edge. The last pages stay blank where their number is no multiple of four. The
    result is for paper only: it has no tags, no outline and no links. Same input, same bytes.
    """
    import pikepdf

    folded = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document, pikepdf.new() as booklet:
        width, height = (float(edge) for edge in document.pages[0].mediabox[2:])
        for sides in fold(len(document.pages)):
            sheet = booklet.add_blank_page(page_size=(2 * width, height))
            pages = [(place, number) for place, number in enumerate(sides) if number is not None]
            forms = {
                f"/Page{place}": booklet.copy_foreign(document.pages[number].as_form_xobject()) for place, number in pages
            }
            sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(forms))
            content = "".join(f"q 1 0 0 1 {place * width:.3f} 0 cm /Page{place} Do Q " for place, _ in pages)
            sheet.Contents = booklet.make_stream(content.encode())
        with booklet.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = str(document.docinfo.get("/Title", ""))
        booklet.docinfo["/Title"] = str(document.docinfo.get("/Title", ""))
        # A printer dialog starts with what a booklet needs (ISO 32000-1, table 150).
        booklet.Root.ViewerPreferences = pikepdf.Dictionary(
            Duplex=pikepdf.Name.DuplexFlipShortEdge, PrintScaling=pikepdf.Name("/None")
        )
        booklet.Root.Lang = pikepdf.String(str(document.Root.get("/Lang", "")))
        booklet.save(folded, deterministic_id=True)
    return folded.getvalue()


def fold(pages: int) -> list[tuple[int | None, int | None]]:
    """Return the two pages on each side of each sheet of paper, left and right, counted from 0; None is a blank."""
    places = -(-pages // 4) * 4
    sides = [(places - 1 - side, side) if side % 2 == 0 else (side, places - 1 - side) for side in range(places // 2)]
    return [(left if left < pages else None, right if right < pages else None) for left, right in sides]
