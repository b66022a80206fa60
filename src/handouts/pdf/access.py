"""Who may read a sheet: the file mode and the password."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handouts.errors import HandoutsError, display_path
from handouts.files.text import read_text
from handouts.files.writing import PRIVATE, SHARED
from handouts.pdf.finishing import encrypt, password_fault


@dataclass(frozen=True)
class Access:
    """Who may read the sheets: the owner or, `shared`, the clinic's group too; and whoever knows the password."""

    shared: bool = False
    password: str | None = None

    @property
    def mode(self) -> int:
        """Return the file mode of sheets and records."""
        return SHARED if self.shared else PRIVATE

    def lock(self, document: bytes) -> bytes:
        """Return a PDF as it is stored: encrypted where there is a password."""
        return encrypt(document, self.password) if self.password else document


OWNER_ONLY = Access()


def read_password(path: Path) -> str:
    """Return the password in a file of one line; raises HandoutsError, which never repeats it."""
    text = read_text(path, display_path(path)).removesuffix("\n")
    fault = "holds more than one line" if "\n" in text else password_fault(text)
    if fault:
        raise HandoutsError(f"{display_path(path)}:1:1: {fault} [password]")
    return text
