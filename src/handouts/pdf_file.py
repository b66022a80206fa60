"""What is done to a finished PDF; the only home of pikepdf."""

from __future__ import annotations

import io
import re
from typing import Any

from handouts.errors import HandoutsError

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

    A screen reader may still read it (PDF/UA-1, 7.16). The key is drawn by chance, so two runs never give the same bytes.
    Raises HandoutsError where pikepdf is not installed.
    """
    pikepdf = _pikepdf()
    rights = pikepdf.Permissions(accessibility=True, extract=True)
    lock = pikepdf.Encryption(user=password, owner=password, R=6, aes=True, metadata=True, allow=rights)
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(locked, encryption=lock)
    return locked.getvalue()


def _pikepdf() -> Any:
    try:
        import pikepdf
    except ImportError:
        raise HandoutsError("pikepdf is missing: type 'python -m pip install pikepdf', with the python of handouts") from None
    return pikepdf
