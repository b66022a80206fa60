"""A patient whose words are easy to find, and every place where a run of the command could leave them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

WATCHED = Path(__file__).with_name("watched.py")
PATIENT = """\
id: C-1
name: Zzyzx Canaryname
condition: lumbar
phase: acute
issued: 2026-11-21
goal: Zzyzx-goal, walk to the canary.
therapist: Zzyzx Canarytherapist, PT
exercises:
  - {exercise: walking, note: Zzyzx-note for the canary.}
limits: {sit: Zzyzx-limit}
"""
OWN = (
    "Zzyzx Canaryname",
    "Zzyzx-goal, walk to the canary.",
    "Zzyzx Canarytherapist, PT",
    "Zzyzx-note for the canary.",
    "Zzyzx-limit",
)
WORDS = ("zzyzx", "canary")
CODES = [
    form.lower()
    for word in WORDS
    for text in (word, word.upper(), word.capitalize())
    for form in (
        text.encode(),
        text.encode("utf-16-be"),
        text.encode("utf-16-le"),
        text.encode().hex().encode(),
        text.encode("utf-16-be").hex().encode(),
        "".join(f"%{byte:02x}" for byte in text.encode()).encode(),
        "".join(f"&#{byte};" for byte in text.encode()).encode(),
        "".join(f"\\000{letter}" for letter in text).encode(),
    )
]


def tells(data: bytes) -> bool:
    """Whether these bytes hold a word of the patient's, however it is written."""
    lowered = data.lower()
    return any(code in lowered for code in CODES)


@dataclass(frozen=True)
class Outcome:
    """One run of the command: what it said, and the folder that held all it could write to."""

    code: int
    said: bytes
    folder: Path

    @property
    def pdfs(self) -> list[Path]:
        """The sheets it made."""
        return sorted((self.folder / "out").glob("*.pdf"))

    def telling_files(self) -> list[str]:
        """The files, and the names of files, that hold a word of the patient's; what the test put there does not count."""
        found = [path for path in self.folder.rglob("*") if "given" not in path.relative_to(self.folder).parts]
        return [
            str(path.relative_to(self.folder))
            for path in found
            if tells(path.name.encode()) or (path.is_file() and tells(path.read_bytes()))
        ]


def run_alone(folder: Path, *arguments: object, own: tuple[str, ...] = ("HOME", "XDG_CACHE_HOME", "TMPDIR")) -> Outcome:
    """The real command in a new process with a home, a cache and a temporary folder of its own, all below `folder`."""
    homes = {name: folder / name.lower() for name in own}
    for place in (*homes.values(), folder / "keep"):
        place.mkdir()
    command = [sys.executable, str(WATCHED), str(folder / "keep"), *map(str, arguments)]
    env = os.environ | {name: str(place) for name, place in homes.items()}
    said = subprocess.run(command, cwd=folder, env=env, capture_output=True)
    return Outcome(said.returncode, said.stdout + said.stderr, folder)


def given(folder: Path, name: str, text: str) -> Path:
    """A file that the user wrote."""
    path = folder / "given" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
