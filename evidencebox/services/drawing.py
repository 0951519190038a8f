"""Sheets of paper on their way from a sandboxed worker: what is asked for, and what comes back."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Final

from evidencebox.errors import UserError
from evidencebox.model.documents import DocumentRecord, DocumentType
from evidencebox.model.extraction import Hint
from evidencebox.model.pictures import Mark, Order, Picture
from evidencebox.model.sheets import POINTS, Line, Sheet
from evidencebox.services.extract_pool import ExtractPool
from evidencebox.services.originals import Original
from evidencebox.services.render_job import Drawn, RenderJob
from evidencebox.services.sources import OpenSource

_PAPER: Final = (612.0, 792.0)
_LINES: Final = 1_000
_LINE: Final = 400
_SAYS: Final = 100
OURS: Final = "made here"
"""What we typeset is nobody's trap: one process may draw many such documents."""
_SENT: Final = 256 << 10
"""Bytes of a PDF of ours that are sent for each page; of a larger one, those that are asked for."""

Stretches = Callable[[int], Sequence[tuple[int, int]]]
"""A sheet's place → stretches of its text."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document ready to be drawn. `pages`: of the document, one for each sheet.

    `pdf` is what we typeset ourselves, vectors and all; None where the document's own pages are
    drawn. `laid` is the hostile PDF of an office program, which `by` names. `why` says why it is a
    slip-sheet; `texts` are those of the sheets, as drawn.
    """

    record: DocumentRecord
    pages: tuple[int, ...]
    texts: tuple[str, ...]
    pdf: bytes | None = None
    why: str = ""
    missing: int = 0
    laid: bytes | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """A sheet that is being drawn; `place` is its own within the paper, from 0."""

    paper: Paper
    place: int
    lines: bool
    future: Future[Drawn]

    def sheet(self) -> Sheet:
        """Waits for it. Raises UserError where the page cannot be drawn."""
        paper, page = self.paper, self.paper.pages[self.place]
        drawn = self.future.result()
        if drawn.picture is None:
            raise UserError(f"Page {page} of {paper.record.id}: {drawn.outcome.reason}")
        picture = drawn.picture
        is_image = paper.record.type is DocumentType.IMAGE and paper.pdf is None
        width, height = _size(picture, is_image)
        said = tuple(_placed(paper.texts[self.place], picture)) if self.lines else ()
        kept = replace(picture, boxes=()) if self.lines else picture
        return Sheet(page, kept, width, height, said)


def draw(
    pool: ExtractPool,
    bytes_of: Callable[[DocumentRecord], Original],
    paper: Paper,
    place: int,
    order: Order,
    marks: Stretches | None,
) -> Pending:
    """Asks for one sheet, with the page and marks of `order` filled in.

    Without `marks` the sheet gets the lines of its text; with them its boxes are those stretches
    instead, each numbered as it came.
    """
    text = paper.texts[place]
    wanted = _marks(text, _line_stretches(text) if marks is None else marks(place))
    page = paper.pages[place] if paper.pdf is None else place + 1
    family = OURS if paper.pdf else f"{paper.record.sha256}{' laid out' if paper.laid else ''}"
    job = RenderJob(*_source(paper, bytes_of), replace(order, page=page, marks=wanted), family)
    return Pending(paper, place, marks is None, pool.run(job))


class _Held:
    """A large PDF, to be had piece by piece."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    def read_at(self, offset: int, length: int) -> bytes:
        return self._data[offset : offset + length]


def _source(
    paper: Paper, bytes_of: Callable[[DocumentRecord], Original]
) -> tuple[OpenSource, Hint]:
    if paper.laid is not None:
        return _Held(paper.laid), Hint("laid.pdf", "application/pdf", len(paper.laid))
    if paper.pdf is None:
        original = bytes_of(paper.record)
        return original.source, original.hint
    size = len(paper.pdf)
    hint = Hint("made.pdf", "application/pdf", size)
    return (io.BytesIO(paper.pdf) if size <= _SENT else _Held(paper.pdf)), hint


def _marks(text: str, stretches: Sequence[tuple[int, int]]) -> tuple[Mark, ...]:
    return tuple(
        Mark(start, end, text[start : min(end, start + _SAYS)]) for start, end in stretches
    )


def _line_stretches(text: str) -> list[tuple[int, int]]:
    """Where each line of a page stands, without its blanks."""
    found: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare and len(found) < _LINES:
            start = at + line.index(bare[0])
            found.append((start, start + min(len(bare), _LINE)))
        at += len(line) + 1
    return found


def _placed(text: str, picture: Picture) -> Iterator[Line]:
    """A line that stands in several boxes (across columns, say) goes to the first, whole."""
    stretches, seen = _line_stretches(text), set[int]()
    for box in picture.boxes:
        if box.mark not in seen:
            seen.add(box.mark)
            start, end = stretches[box.mark]
            yield Line(text[start:end], box.left, box.top, box.right, box.bottom)


def _size(picture: Picture, is_image: bool) -> tuple[float, float]:
    """In points. A picture says no size that could be relied on: it fills letter paper."""
    if not is_image:
        width = picture.natural * POINTS / 96
        return width, width * picture.height / picture.width
    paper = _PAPER if picture.height >= picture.width else _PAPER[::-1]
    scale = min(paper[0] / picture.width, paper[1] / picture.height)
    return picture.width * scale, picture.height * scale
