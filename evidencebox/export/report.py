"""Reports: one structure for DOCX and PDF, and the figures that stand in both."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from evidencebox.config import resource
from evidencebox.export.tables import Column, encodable

_BAR: Final = (47, 93, 138)


@dataclass(frozen=True, slots=True)
class Figure:
    """Bars, each with its label and number."""

    title: str
    bars: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a report: its columns' widths are shares of the page."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | int | float]]


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a report; one of a plain paper may have no title."""

    title: str
    paragraphs: Sequence[str] = ()
    parts: Sequence[Figure | Grid] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """`facts` stand on the title page, `blanks` are lines for the signer to fill in."""

    title: str
    subtitle: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    blanks: Sequence[str] = ()
    notice: str = ""
    plain: bool = field(default=False)
    """Without a title page: a letter or a certificate."""
    firm: str = ""
    """The firm or office, above the title."""


def captioned(report: Report) -> list[Section]:
    """The sections with their numbers, figures and tables each counted through, to be cited."""
    counts = {Figure: 0, Grid: 0}
    sections = []
    for number, section in enumerate(report.sections, start=1):
        parts: list[Figure | Grid] = []
        for part in section.parts:
            if part.title and not report.plain:
                counts[type(part)] += 1
                word = "Figure" if isinstance(part, Figure) else "Table"
                part = replace(part, title=f"{word} {counts[type(part)]}. {part.title}")
            parts.append(part)
        title = section.title if report.plain else f"{number}. {section.title}"
        sections.append(Section(title, section.paragraphs, parts))
    return sections


def numeric(grid: Grid) -> list[bool]:
    """Of each column, whether numbers stand in it and nothing else: those are set at its right."""
    return [
        bool(grid.rows) and all(not isinstance(row[at], str) or not row[at] for row in grid.rows)
        for at in range(len(grid.columns))
    ]


# --- figures ------------------------------------------------------------------------------------


def picture(figure: Figure) -> bytes:
    """The bars as a PNG, 6.5 inches wide at 200 dots an inch."""
    across, line, left, room = 1300, 46, 380, 110
    image = Image.new("RGB", (across, line * max(1, len(figure.bars)) + 16), "white")
    draw = ImageDraw.Draw(image)
    face = ImageFont.truetype(str(resource("fonts", "DejaVuSans.ttf")), 24)
    most = max((number for _, number in figure.bars), default=0) or 1
    for row, (label, number) in enumerate(figure.bars):
        top = 8 + row * line
        shown = encodable(label) if len(label) < 28 else encodable(label[:26]) + "…"
        draw.text((left - 16, top + line // 2), shown, fill="black", font=face, anchor="rm")
        width = (across - left - room) * number // most
        if number:
            draw.rectangle((left, top + 6, left + max(2, width), top + line - 6), fill=_BAR)
        text = f"{number:,}"
        draw.text((left + width + 12, top + line // 2), text, fill="black", font=face, anchor="lm")
    draw.line((left, 4, left, image.height - 4), fill=(120, 130, 140), width=2)
    into = io.BytesIO()
    image.save(into, "PNG")
    return into.getvalue()


def shares(columns: Sequence[Column], whole: float) -> list[float]:
    """Each column's part of a width."""
    total = sum(column.width for column in columns)
    return [whole * column.width / total for column in columns]


def shown(value: str | int | float) -> str:
    """As people read it: numbers with commas."""
    return value if isinstance(value, str) else f"{value:,}"


def clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c if c >= " " or c in "\t\n" else " " for c in encodable(text))
