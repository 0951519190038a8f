"""Drafts as PDF: a draft's page is a PDF page, uncompressed so that every machine agrees."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.pagesizes import letter
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from evidencebox.sample.draft import Block, DraftPage
from evidencebox.sample.names import DEPARTMENT

_LEFT, _TOP, _BOTTOM = 64.0, 716.0, 56.0
_WIDTH = letter[0] - 2 * _LEFT

Line = tuple[tuple[float, str], ...]
"""One printed line: cells with their distance from the left margin, in points."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text on letter paper: points from the left and from the bottom."""

    x: float
    y: float
    size: float
    bold: bool
    text: str


def to_pdf(pages: Sequence[DraftPage], title: str, when: datetime, password: str = "") -> bytes:
    """A letter-size PDF with a running head, dated `when`; ValueError when a page does not fit."""
    stream = io.BytesIO()
    canvas = Canvas(
        stream, pagesize=letter, invariant=1, pageCompression=0, encrypt=password or None
    )
    # "invariant" also dates every file 2000-01-01, and there is no public way to another date.
    stamp = canvas._doc._timeStamp
    stamp.t, stamp.YMDhms = when.timestamp(), tuple(when.timetuple())[:6]
    canvas.setTitle(title)
    canvas.setAuthor(DEPARTMENT)
    for number, page in enumerate(pages, start=1):
        _draw_page(canvas, page, f"{DEPARTMENT} · {title}", f"Page {number} of {len(pages)}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _draw_page(canvas: Canvas, page: DraftPage, head: str, foot: str) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(_LEFT, 752, head)
    canvas.drawString(_LEFT, 34, foot)
    for piece in layout(page):
        canvas.setFont("Helvetica-Bold" if piece.bold else "Helvetica", piece.size)
        canvas.drawString(piece.x, piece.y, piece.text)


def layout(page: DraftPage) -> list[Piece]:
    """Where a page's text stands on letter paper; raises ValueError when it does not fit."""
    for size in (10.5, 9.5, 8.5, 7.5):
        lines = [line for block in page.blocks for line in _block_lines(block, size)]
        leading = size * 1.32
        if _TOP - leading * len(lines) >= _BOTTOM:
            break
    else:
        raise ValueError(f"the page does not fit: {page.blocks[0].rows[0][0]!r}")
    return [
        Piece(_LEFT + offset, _TOP - leading * number, size, bold, text)
        for number, (bold, line) in enumerate(lines)
        for offset, text in line
    ]


def _block_lines(block: Block, size: float) -> list[tuple[bool, Line]]:
    gap: tuple[bool, Line] = (False, ())
    if block.kind == "title":
        return [(True, ((0.0, block.rows[0][0]),)), gap]
    if block.kind == "para":
        lines = _wrap(block.rows[0][0], size, _WIDTH)
        return [(False, ((0.0, line),)) for line in lines] + [gap]
    drawn = _field_lines if block.kind == "fields" else _table_lines
    return [(False, line) for line in drawn(block, size)] + [gap]


def _field_lines(block: Block, size: float) -> list[Line]:
    label = max(_measure(size)(row[0]) for row in block.rows) + 14
    lines: list[Line] = []
    for key, value in block.rows:
        first, *rest = _wrap(value, size, _WIDTH - label)
        lines.append(((0.0, f"{key}:"), (label, first)))
        lines += [((label, line),) for line in rest]
    return lines


def _table_lines(block: Block, size: float) -> list[Line]:
    columns = list(zip(*block.rows, strict=True))
    offsets = [0.0]
    for column in columns[:-1]:
        offsets.append(offsets[-1] + max(map(_measure(size), column)) + 12)
    return [tuple(zip(offsets, row, strict=True)) for row in block.rows]


def _measure(size: float) -> Callable[[str], float]:
    return lambda text: float(stringWidth(text, "Helvetica", size))


def _wrap(text: str, size: float, width: float) -> list[str]:
    measure = _measure(size)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and measure(longer) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines
