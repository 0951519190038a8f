"""Slip-sheets: a sheet of paper in the place of what is not printed, which says what and why."""

from __future__ import annotations

import io
from collections.abc import Iterator

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from evidencebox.export import fonts
from evidencebox.export.typeset import LETTER


def slip_sheet(named: str, digest: str, why: str, extent: str) -> bytes:
    """A PDF of one page: the file's name, its SHA-256, why it is not here, how much it would be."""
    fonts.ready()
    into = io.BytesIO()
    canvas = Canvas(into, pagesize=LETTER, invariant=1)
    width, height = LETTER
    canvas.setStrokeGray(0.4)
    canvas.rect(90, height / 2 - 110, width - 180, 220)
    y = height / 2 + 70.0
    for text, font, size in (
        ("SLIP-SHEET", fonts.BOLD, 18.0),
        (named, fonts.PLAIN, 11.0),
        (f"SHA-256 {digest}", fonts.PLAIN, 6.5),
        (why, fonts.PLAIN, 11.0),
        (extent, fonts.PLAIN, 9.0),
    ):
        canvas.setFont(font, size)
        for line in wrapped(fonts.drawable(text, font)[0], font, size, width - 210):
            canvas.drawCentredString(width / 2, y, line)
            y -= size * 1.4
        y -= 8
    canvas.save()
    return into.getvalue()


def wrapped(text: str, font: str, size: float, room: float) -> Iterator[str]:
    """Lines that fit; a word that is too long is cut."""
    line = ""
    for word in text.split():
        while stringWidth(word, font, size) > room:
            cut = max(n for n in range(1, len(word)) if stringWidth(word[:n], font, size) <= room)
            if line:
                yield line
                line = ""
            yield word[:cut]
            word = word[cut:]
        longer = f"{line} {word}".strip()
        if stringWidth(longer, font, size) > room:
            yield line
            longer = word
        line = longer
    if line:
        yield line
