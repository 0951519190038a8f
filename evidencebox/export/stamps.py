"""Stamps: a Bates number on every sheet, a sticker on an exhibit's first, in a strip of their own.

The page is made a little smaller for it, so that no stamp covers a word of the evidence.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from evidencebox.export import fonts, forms
from evidencebox.model.filing import SIDES

PAPERS: Final = {"letter": LETTER, "a4": A4}
FAMILY: Final = "exhibits"
_EDGE: Final = 24.0
OWN: Final = "own"
LAYOUTS: Final = (OWN, "libreoffice")
"""Who lays out a written document: we from its text, or LibreOffice in a room of its own."""
_KEYS: Final = {
    "": ("number", "bates", "sticker", "sheet"),
    "number": ("prefix",),
    "bates": ("prefix", "digits", "size", "position"),
    "sticker": ("title", "size", "position"),
    "sheet": ("paper", "margin", "legend", "layout"),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """See resources/profiles/exhibits.toml."""

    prefix: str
    bates_prefix: str
    bates_digits: int
    bates_size: float
    bates_position: str
    title: str
    sticker_size: float
    sticker_position: str
    paper: tuple[float, float]
    margin: float
    legend: str
    layout: str = OWN


@dataclass(frozen=True, slots=True)
class Stamp:
    """What one sheet gets. `exhibit` is its number where it is an exhibit's first sheet."""

    bates: str
    exhibit: str = ""


def read_profile(file: Path | None = None) -> Profile:
    """The profile of a file, or the one that comes with EvidenceBox. Raises UserError."""
    path = forms.find(FAMILY, FAMILY) if file is None else file
    read = forms.Reader(forms.read(path), path.name)
    for table, keys in _KEYS.items():
        read.only(table, keys)
    return Profile(
        read.text("number", "prefix"),
        read.text("bates", "prefix"),
        read.whole("bates", "digits", 1, 12),
        read.number("bates", "size", 4, 24),
        read.one_of("bates", "position", SIDES),
        read.text("sticker", "title", empty=True),
        read.number("sticker", "size", 4, 30),
        read.one_of("sticker", "position", SIDES),
        PAPERS[read.one_of("sheet", "paper", tuple(PAPERS))],
        read.number("sheet", "margin", 0, 150),
        read.text("sheet", "legend", empty=True),
        # Profiles of before have no such line.
        read.one_of("sheet", "layout", LAYOUTS) if "layout" in read.table("sheet") else OWN,
    )


def paper_for(profile: Profile, width: float, height: float) -> tuple[float, float]:
    """The profile's paper, on its side for what is wider than high."""
    return profile.paper if width <= height else (profile.paper[1], profile.paper[0])


def room(profile: Profile, paper: tuple[float, float]) -> tuple[float, float, float, float]:
    """Where on the paper the page goes: left, bottom, right, top."""
    sides = {profile.bates_position.split()[0], profile.sticker_position.split()[0]}
    bottom = profile.margin if "bottom" in sides else 0.0
    top = paper[1] - (profile.margin if "top" in sides else 0.0)
    return 0.0, bottom, paper[0], top


def stamped(
    profile: Profile, stamps: Sequence[Stamp], papers: Sequence[tuple[float, float]]
) -> bytes:
    """A PDF of nothing but the stamps, a page for each sheet, to be laid over."""
    fonts.ready()
    into = io.BytesIO()
    canvas = Canvas(into, invariant=1)
    for stamp, paper in zip(stamps, papers, strict=True):
        canvas.setPageSize(paper)
        _write(canvas, profile, stamp.bates, profile.bates_position, paper)
        if profile.legend:
            side = "left" if "right" in profile.bates_position else "right"
            at = f"{profile.bates_position.split()[0]} {side}"
            _write(canvas, profile, profile.legend, at, paper)
        if stamp.exhibit:
            _stick(canvas, profile, stamp.exhibit, paper)
        canvas.showPage()
    canvas.save()
    return into.getvalue()


def _at(
    position: str, paper: tuple[float, float], size: tuple[float, float]
) -> tuple[float, float]:
    """The lower left corner of something of that size."""
    up, side = position.split()
    x = {
        "left": _EDGE,
        "center": (paper[0] - size[0]) / 2,
        "right": paper[0] - _EDGE - size[0],
    }[side]
    return x, _EDGE / 2 if up == "bottom" else paper[1] - _EDGE / 2 - size[1]


def _write(
    canvas: Canvas, profile: Profile, text: str, position: str, paper: tuple[float, float]
) -> None:
    size = profile.bates_size
    text = fonts.drawable(text, fonts.BOLD)[0]
    x, y = _at(position, paper, (stringWidth(text, fonts.BOLD, size), size))
    canvas.setFont(fonts.BOLD, size)
    canvas.setFillGray(0)
    canvas.drawString(x, y, text)


def _stick(canvas: Canvas, profile: Profile, number: str, paper: tuple[float, float]) -> None:
    """A framed label of two lines: what it is, and its number."""
    size = profile.sticker_size
    title = fonts.drawable(profile.title, fonts.BOLD)[0]
    across = max(
        stringWidth(title, fonts.BOLD, size * 0.55), stringWidth(number, fonts.BOLD, size * 1.15)
    )
    box = (across + size, size * 2.3)
    x, y = _at(profile.sticker_position, paper, box)
    canvas.setFillColorRGB(1, 0.96, 0.78)
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.8)
    canvas.roundRect(x, y, *box, size * 0.25, stroke=1, fill=1)
    canvas.setFillGray(0)
    canvas.setFont(fonts.BOLD, size * 0.55)
    canvas.drawCentredString(x + box[0] / 2, y + box[1] - size * 0.75, title)
    canvas.setFont(fonts.BOLD, size * 1.15)
    canvas.drawCentredString(x + box[0] / 2, y + size * 0.38, number)
