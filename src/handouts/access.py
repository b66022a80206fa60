"""Who may read a sheet: by the rights of its file, and by its password."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handouts.disk import PRIVATE, SHARED
from handouts.errors import HandoutsError
from handouts.library import shown
from handouts.pdf_file import encrypt, password_fault
from handouts.textfile import read_text


@dataclass(frozen=True)
class Access:
    """Who may read the sheets: the owner or, `shared`, the clinic's group too; and whoever knows the password."""

    shared: bool = False
    password: str | None = None

    @property
    def mode(self) -> int:
        """The rights of sheets and records as files."""
        return SHARED if self.shared else PRIVATE

    def lock(self, document: bytes) -> bytes:
        """A PDF as it may lie on the disk."""
        return encrypt(document, self.password) if self.password else document


OWNER_ONLY = Access()


def read_password(path: Path) -> str:
    """The password in a file of one line; raises HandoutsError, which never repeats it."""
    text = read_text(path, shown(path)).removesuffix("\n")
    fault = "holds more than one line" if "\n" in text else password_fault(text)
    if fault:
        raise HandoutsError(f"{shown(path)}:1:1: {fault} [password]")
    return text
