"""Documents laid out by an office program, where that shows what we know of them.

Its PDF is hostile: read and drawn by sandboxed readers, never opened here. It is used for whole
documents alone, and only where its words are those of our own reading: what hides something, or
would show the date of today, is typeset by us, whose sheets show what is there.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from evidencebox.config import resource
from evidencebox.model.documents import Page, Status
from evidencebox.model.extraction import Hint, Limits
from evidencebox.model.sheets import Sheet
from evidencebox.services import office
from evidencebox.services.drawing import Paper
from evidencebox.services.printing import Printer, Reading

UNSEEN: Final = frozenset({"deleted", "inserted", "hidden", "comment", "annotation", "note"})
"""Kinds of spans that an office program's pages do not show, or not as what they are."""
_SHOWN: Final = 0.98
"""Of our words, so many must stand on its pages."""
_STRIP: Final = 22.0
"""Points below the page, for what says who laid it out."""
_WORD: Final = re.compile(r"[^\W_]+")
_DAY: Final = re.compile(r"\d{1,4}[./:-]\d{1,2}(?:[./:-]\d{1,4})?|\b(?:19|20)\d\d\b")


def laid_out(printer: Printer, paper: Paper, pages: Sequence[Page]) -> Paper:
    """`paper`, which we typeset whole, as the office program lays it out, where it can and may.

    `pages`: of the document, as we read them.
    """
    record, program = paper.record, office.found()
    document = record.sha256
    if document is None or paper.pdf is None or paper.why or program is None:
        return paper
    if record.media_type not in office.SUFFIXES or _hides(pages):
        return paper
    original = printer.original(document)
    if original.hint.size > office.MOST:
        original.close()
        return paper
    try:
        pdf = program.laid_out(b"".join(original.pieces()), record.media_type)
    except office.OfficeError:
        return paper
    texts = _texts(printer, pdf)
    if not agrees([page.text for page in pages], texts):
        return paper
    sheets = tuple(range(1, len(texts) + 1))
    return replace(
        paper, pages=sheets, texts=tuple(texts), pdf=None, missing=0, laid=pdf, by=program.name
    )


def _hides(pages: Iterable[Page]) -> bool:
    return any(span.kind in UNSEEN for page in pages for span in page.spans)


def _texts(printer: Printer, pdf: bytes) -> list[str]:
    """Of its pages, read by a process that reads nothing else; none where that fails."""
    reading = Reading()
    hint = Hint("laid.pdf", "application/pdf", len(pdf))
    outcome = printer.pool.submit(io.BytesIO(pdf), hint, Limits(), reading).result()
    return [page.text for page in reading.pages] if outcome.status is Status.OK else []


def agrees(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether its pages show what we read: our words, and no day or year that we know nothing of.

    A field for the date of the day would show the day of the export as if it stood in the letter.
    """
    known, shown = " ".join(ours), " ".join(theirs)
    words, seen = set(_WORD.findall(known.casefold())), set(_WORD.findall(shown.casefold()))
    if not words or len(words & seen) < _SHOWN * len(words):
        return False
    return set(_DAY.findall(shown)) <= set(_DAY.findall(known))


def signed(sheet: Sheet, paper: Paper) -> Sheet:
    """The sheet with a strip below, in which stands who laid it out, and from what."""
    picture = sheet.picture
    scale = picture.width / sheet.width
    image = Image.new("L", (picture.width, round(_STRIP * scale)), 255)
    said = (
        f"{paper.record.id}, sheet {sheet.number} of {len(paper.pages)}: laid out by {paper.by} "
        "for EvidenceBox from the file whose SHA-256 is",
        str(paper.record.sha256),
    )
    font = ImageFont.truetype(str(resource("fonts", "DejaVuSans.ttf")), round(6.5 * scale))
    for line, text in enumerate(said):
        at = (round(36 * scale), round((1 + 9 * line) * scale))
        ImageDraw.Draw(image).text(at, text, fill=0x55, font=font)
    dots = np.asarray(image)
    strip = dots if picture.channels == 1 else np.repeat(dots[..., None], 3, axis=2)
    return replace(
        sheet,
        picture=replace(
            picture,
            height=picture.height + image.height,
            pixels=picture.pixels + strip.tobytes(),
        ),
        height=sheet.height + image.height / scale,
    )
