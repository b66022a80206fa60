"""The pictures of one sheet: its drawings, its QR codes and the clinic's logo, each under a name made from its bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from handouts.figure import Drawing
from handouts.model import Plan
from handouts.pictures.qr import qr_svg

SHAPES = {"flat": 2.0, "wide": 1.2, "square": 0.85, "tall": 0.0}  # the least width over height: lying down to standing
_VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True)
class PictureFile:
    """One picture file; the same bytes have the same name on every sheet, so that a process reads them once."""

    data: bytes
    ending: str = "svg"
    caption: str = ""
    alternative: str = ""  # what a screen reader says in place of the picture

    @cached_property
    def name(self) -> str:
        """Return the file name, made from the bytes."""
        return f"{hashlib.sha256(self.data).hexdigest()[:20]}.{self.ending}"

    @cached_property
    def shape(self) -> str:
        """Return the kind of proportions that a page places it by: `flat` (lying), `wide`, `square` or `tall` (standing)."""
        return next(shape for shape, least in SHAPES.items() if self.ratio >= least)

    @cached_property
    def ratio(self) -> float:
        """Return width over height of an SVG picture."""
        match = _VIEW_BOX.search(self.data[:400].decode("utf-8", "replace"))
        return float(match[1]) / float(match[2]) if match else 1.0

    @property
    def stand_in(self) -> bytes:
        """Return an empty SVG picture of the same proportions; the picture itself where they are not known."""
        if not _VIEW_BOX.search(self.data[:400].decode("utf-8", "replace")):
            return self.data
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.ratio:.4f} 1"/>'.encode()


@dataclass(frozen=True)
class QrCode:
    """A QR code and the address in it, as people type it."""

    picture: PictureFile
    address: str

    @property
    def short(self) -> str:
        """Return the address without what a browser adds by itself."""
        return self.address.partition("://")[2].rstrip("/")


@dataclass(frozen=True)
class Artwork:
    """All pictures of a sheet: panels and codes by the slug of the exercise, `code` for the condition's own page."""

    panels: Mapping[str, tuple[PictureFile, ...]] = field(default_factory=dict)
    codes: Mapping[str, QrCode] = field(default_factory=dict)
    code: QrCode | None = None
    logo: PictureFile | None = None

    def files(self) -> dict[str, bytes]:
        """Return the bytes of every picture by its name."""
        return {picture.name: picture.data for picture in self._all()}

    def stand_ins(self) -> dict[str, bytes]:
        """Return by the same names empty pictures of the same proportions: to measure a block, nothing need be drawn."""
        return {picture.name: picture.stand_in for picture in self._all()}

    def _all(self) -> Iterator[PictureFile]:
        for panels in self.panels.values():
            yield from panels
        yield from (code.picture for code in (*self.codes.values(), self.code) if code)
        yield from (self.logo,) if self.logo else ()


NO_ARTWORK = Artwork()


def draw_artwork(plan: Plan, drawings: Mapping[str, Drawing], logo: PictureFile | None = None) -> Artwork:
    """Return the pictures of a plan; codes only where the clinic names its site, and no word of the patient in them."""
    site = (plan.clinic.site_url or "").rstrip("/")
    slugs = [item.exercise.slug for item in plan.items]
    return Artwork(
        panels={slug: panels_of(drawings[slug]) for slug in slugs if slug in drawings},
        codes={slug: _code(f"{site}/exercises/{slug}/") for slug in slugs if site},
        code=_code(f"{site}/{plan.condition.slug}/") if site else None,
        logo=logo,
    )


def panels_of(drawing: Drawing) -> tuple[PictureFile, ...]:
    """Return the panels of a drawing as picture files with their words."""
    panels = zip(drawing.panels, drawing.captions, drawing.alternatives, strict=True)
    return tuple(PictureFile(svg.encode(), caption=caption, alternative=words) for svg, caption, words in panels)


def _code(address: str) -> QrCode:
    return QrCode(PictureFile(qr_svg(address).encode()), address)
