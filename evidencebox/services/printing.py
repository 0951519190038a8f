"""Any document as sheets of paper: drawn from its own pages in a sandbox, or typeset from its text.

PDF and pictures are drawn; what comes out of the worker is pixels. All other types with text are
typeset. What has neither is a slip-sheet, which names the file and why it is not printed.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Final

from evidencebox.errors import UserError
from evidencebox.export.slips import slip_sheet
from evidencebox.export.typeset import Heading, typeset
from evidencebox.model.documents import DocumentRecord, DocumentType, Layer, Notice, Page, Status
from evidencebox.model.extraction import ChildHead, Hint, Limits
from evidencebox.model.ids import DocumentId
from evidencebox.model.pictures import Mark, Order, Picture
from evidencebox.model.sheets import POINTS, Line, Sheet
from evidencebox.model.words import counted
from evidencebox.services.case import Case
from evidencebox.services.extract_job import ChildReceiver
from evidencebox.services.extract_pool import ExtractPool
from evidencebox.services.originals import Originals
from evidencebox.services.passwords import handing
from evidencebox.services.render_job import Drawn, RenderJob
from evidencebox.services.sources import OpenSource
from evidencebox.services.tags import known_document

ACROSS: Final = 1700
"""Pixels of a drawn page: 200 dots an inch on letter paper."""
_PAPER: Final = (612.0, 792.0)
_LINES: Final = 1_000
_LINE: Final = 400
_SAYS: Final = 100
_DRAWN: Final = (DocumentType.PDF, DocumentType.IMAGE)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document ready to be drawn. `pages`: of the document, one for each sheet.

    `pdf` is what we typeset ourselves, vectors and all; None where the document's own pages are
    drawn. `why` says why it is a slip-sheet; `texts` are those of the sheets, as drawn.
    """

    record: DocumentRecord
    pages: tuple[int, ...]
    texts: tuple[str, ...]
    pdf: bytes | None = None
    why: str = ""
    missing: int = 0


class Printer:
    """For an open case, to be closed. Its workers start at the first document."""

    def __init__(self, case: Case, workers: int = 2, across: int = ACROSS) -> None:
        self._case = case
        self._across = across
        self._ahead = 2 * workers
        self.pool = ExtractPool(workers, passwords=handing(case))
        self._originals = Originals(case, self.pool)

    def __enter__(self) -> Printer:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.close()
        self._originals.close()

    def paper(self, document: DocumentId, pages: Sequence[int] | None = None) -> Paper:
        """What the document, or some of its pages, is printed from. Raises UserError."""
        record = known_document(self._case, document)
        wanted = _wanted(record, self._count(record), pages)
        if record.type in _DRAWN:
            return self._drawn(record, wanted)
        found = [p for p in self._case.index.pages(document) if p.layer is Layer.TEXT]
        if not any(page.text.strip() for page in found):
            return self.slip(record, wanted, "It has no text, and no pages that can be drawn.")
        chosen = [page for page in found if page.number in wanted] if pages else found
        heading = Heading(
            f"{record.id} {record.name}", document, record.type, tuple(self._children(record))
        )
        made = typeset(heading, chosen)
        return Paper(record, made.pages, tuple(self.read(made.pdf)), made.pdf, missing=made.missing)

    def slip(
        self, record: DocumentRecord, pages: Sequence[int], why: str, *, named: bool = True
    ) -> Paper:
        """One sheet in the place of all these pages. `named`: with the name of its file."""
        name = f"{record.id} {record.name}" if named else record.id
        pdf = slip_sheet(name, str(record.sha256), why, counted(len(pages), "page"))
        first = pages[0] if pages else 1
        return Paper(record, (first,), tuple(self.read(pdf)), pdf, why)

    def sheets(
        self, paper: Paper, marks: Callable[[int], Sequence[tuple[int, int]]] | None = None
    ) -> Iterator[Sheet]:
        """The sheets, drawn one after the other, some ahead.

        Each has the lines of its text; with `marks` (by a sheet's place), its boxes are those
        stretches instead, each numbered as it came. Raises UserError where a page cannot be drawn.
        """
        waiting: deque[tuple[int, str, bool, Future[Drawn]]] = deque()
        for number, (page, text) in enumerate(zip(paper.pages, paper.texts, strict=True), 1):
            wanted = _marks(text, marks(number - 1) if marks else _line_stretches(text))
            order = Order(page if paper.pdf is None else number, self._across, 0, wanted)
            job = RenderJob(*self._source(paper), order)
            waiting.append((page, text, marks is None, self.pool.run(job)))
            if len(waiting) > self._ahead:
                yield _sheet(paper, *waiting.popleft())
        while waiting:
            yield _sheet(paper, *waiting.popleft())

    def read(self, pdf: bytes) -> list[str]:
        """The text of each page of a PDF, in the sandbox, as the reader of PDFs sees it."""
        return [page.text for page in self.read_all(pdf).pages]

    def read_all(self, pdf: bytes) -> Reading:
        """All that a reader finds in a PDF: pages, metadata, children. Raises UserError."""
        reading = Reading()
        hint = Hint("made.pdf", "application/pdf", len(pdf))
        outcome = self.pool.submit(io.BytesIO(pdf), hint, Limits(), reading).result()
        if outcome.status not in (Status.OK, Status.EMPTY):
            raise UserError(f"What was made cannot be read again: {outcome.reason}")
        return reading

    def _drawn(self, record: DocumentRecord, pages: Sequence[int]) -> Paper:
        texts = {
            page.number: page.text
            for page in self._case.index.pages(_id(record))
            if page.layer is Layer.TEXT
        }
        first = self.pool.run(RenderJob(*self._bytes(record), Order(pages[0], 64))).result()
        if first.picture is None:
            return self.slip(record, pages, first.outcome.reason)
        return Paper(record, tuple(pages), tuple(texts.get(number, "") for number in pages))

    def _count(self, record: DocumentRecord) -> int:
        heads = self._case.index.page_heads(_id(record))
        return max(1, record.pages, *(head.number for head in heads), 0)

    def _source(self, paper: Paper) -> tuple[OpenSource, Hint]:
        if paper.pdf is None:
            return self._bytes(paper.record)
        return io.BytesIO(paper.pdf), Hint("made.pdf", "application/pdf", len(paper.pdf))

    def _bytes(self, record: DocumentRecord) -> tuple[OpenSource, Hint]:
        original = self._originals.open(_id(record))
        return original.source, original.hint

    def original(self, document: DocumentId) -> bytes:
        """The document's own bytes. Raises UserError."""
        return self._originals.open(document).whole()

    def _children(self, record: DocumentRecord) -> Iterator[str]:
        for child in self._case.catalogue.records(list(record.children)[:50]):
            yield f"{child.name} ({child.id})"


class Reading:
    """A `Receiver` that keeps what a PDF of ours yields."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.meta_values: list[tuple[str, str]] = []
        self.children: list[str] = []

    def page(self, page: Page) -> None:
        self.pages.append(page)

    def meta(self, key: str, value: str) -> None:
        self.meta_values.append((key, value))

    def notice(self, notice: Notice) -> None:
        """What a reader remarks on a file of ours is nothing to keep."""

    def child(self, head: ChildHead) -> ChildReceiver:
        self.children.append(head.name)
        return _Dropped()


class _Dropped:
    def write(self, data: bytes, /) -> None:
        pass

    def close(self) -> None:
        pass

    def abort(self) -> None:
        pass


def _id(record: DocumentRecord) -> DocumentId:
    if record.sha256 is None:
        raise UserError("A file that was never read cannot be printed.")
    return record.sha256


def _wanted(record: DocumentRecord, count: int, pages: Sequence[int] | None) -> list[int]:
    if pages is None:
        return list(range(1, count + 1))
    for number in pages:
        if not 1 <= number <= count:
            raise UserError(f"{record.id} has {counted(count, 'page')}; there is no page {number}.")
    return sorted(set(pages))


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


def _sheet(paper: Paper, page: int, text: str, lines: bool, future: Future[Drawn]) -> Sheet:
    drawn = future.result()
    if drawn.picture is None:
        raise UserError(f"Page {page} of {paper.record.id}: {drawn.outcome.reason}")
    picture = drawn.picture
    width, height = _size(picture, paper.record.type is DocumentType.IMAGE and paper.pdf is None)
    said = tuple(_placed(text, picture)) if lines else ()
    kept = replace(picture, boxes=()) if lines else picture
    return Sheet(page, kept, width, height, said)


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
