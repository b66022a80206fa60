"""What the authors wrote, read from their files as plainly as possible and without the project's own readers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
EXAMPLES = ROOT / "examples"
CLINIC = ROOT / "tests" / "clinic"  # uses every key of clinic.yaml


@dataclass(frozen=True)
class Page:
    """A content file: its front matter, and the entries of the list under each of its headings.

    `only` has the kinds of readers that stand in braces before an entry, by the entry without them.
    """

    slug: str
    front: Mapping[str, Any]
    lists: Mapping[str, tuple[str, ...]]
    only: Mapping[str, str]

    def lines(self, heading: str, patient: Mapping[str, Any]) -> tuple[str, ...]:
        """The entries under a heading that are for a patient of a lumbar or cervical condition, or after surgery."""
        after, procedure = patient["condition"] == "post-op", patient.get("procedure", "")
        where = "neck" if procedure in ("acdf", "neck-disc-replacement") or procedure.startswith("neck-") else "back"
        kinds = {"after surgery", f"after {where} surgery"} if after else set()
        kinds |= {"neck problem"} if patient["condition"] == "cervical" or (after and where == "neck") else set()
        mine = (entry for entry in self.lists[heading] if not self.only.get(entry) or kinds & {*self.only[entry].split(", ")})
        return tuple(mine)


@cache
def page(path: Path) -> Page:
    """One content file."""
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    sections = re.split(r"^## (.+)$", body, flags=re.MULTILINE)[1:]
    entries = re.compile(r"^(?:-|\d+\.) +(?:\{(.*?)\} )?(.+)$", re.MULTILINE)
    found = {heading: entries.findall(text) for heading, text in zip(sections[::2], sections[1::2], strict=True)}
    lists = {heading: tuple(entry for _, entry in lines) for heading, lines in found.items()}
    only = {entry: kinds for lines in found.values() for kinds, entry in lines if kinds}
    return Page(path.stem, yaml.load(front, yaml.BaseLoader), lists, only)


def exercise(slug: str) -> Page:
    """The file of one exercise."""
    (path,) = CONTENT.glob(f"exercises/*/{slug}.md")
    return page(path)


def phase(patient: Mapping[str, Any]) -> Page:
    """The file of the phase that a patient file names."""
    condition = "/".join(filter(None, (patient["condition"], patient.get("procedure"))))
    return page(CONTENT / "conditions" / condition / f"{patient['phase']}.md")


def english(folder: str) -> Iterator[Path]:
    """The content files of a folder, without their translations."""
    return (path for path in sorted(CONTENT.glob(f"{folder}/*.md")) if "." not in path.stem)


def all_exercises() -> tuple[Page, ...]:
    """The files of all exercises."""
    return tuple(page(path) for path in english("exercises/*"))


def red_flags(patient: Mapping[str, Any]) -> tuple[Page, ...]:
    """The files of the red flags that concern a patient."""
    mine = {patient["condition"], f"{patient['condition']}/{patient.get('procedure')}"}
    flags = (page(path) for path in english("red-flags"))
    concern = (flag for flag in flags if mine & set(flag.front["for"]))
    careful = set(patient.get("precautions", ()))
    return tuple(flag for flag in concern if "with" not in flag.front or careful & set(flag.front["with"]))


def clinic() -> Mapping[str, str]:
    """The clinic whom a patient calls."""
    return yaml.load((EXAMPLES / "clinic.yaml").read_text("utf-8"), yaml.BaseLoader)


def chosen(patient: Mapping[str, Any]) -> tuple[Mapping[str, str], ...]:
    """The exercises of a patient file, each as a mapping."""
    return tuple({"exercise": one} if isinstance(one, str) else one for one in patient.get("exercises", ()))


def patient(path: Path) -> Mapping[str, Any]:
    """One patient file."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


@cache
def _all_examples() -> Mapping[str, Mapping[str, Any]]:
    patients = [patient(path) for path in sorted(EXAMPLES.glob("*.yaml")) if path.name != "clinic.yaml"]
    patients += [row for path in sorted(EXAMPLES.glob("*.csv")) for row in _rows(path)]
    return {f"{one['id']}-{one['issued']}": one for one in patients}


def examples() -> Mapping[str, Mapping[str, Any]]:
    """Every patient in examples/ whose sheet is in English, by the id of the sheet."""
    return {sheet: one for sheet, one in _all_examples().items() if one["language"] == "en"}


def spanish_examples() -> Mapping[str, Mapping[str, Any]]:
    """Those whose sheet is in Spanish."""
    return {sheet: one for sheet, one in _all_examples().items() if one["language"] == "es"}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            one: dict[str, Any] = {key: value for key, value in row.items() if value and "." not in key}
            one["exercises"] = [_entry(entry) for entry in re.findall(r"[^;{]+(?:\{[^}]*\})?", row["exercises"])]
            one["limits"] = {key.removeprefix("limits."): row[key] for key in row if key.startswith("limits.")}
            yield one


def _entry(text: str) -> dict[str, str]:
    slug, _, settings = text.strip().partition(" {")
    return {"exercise": slug, **yaml.load("{" + settings.removesuffix("}") + "}", yaml.BaseLoader)}
