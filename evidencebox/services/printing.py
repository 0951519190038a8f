"""Any document as sheets of paper: drawn from its own pages in a sandbox, or typeset from its text.

PDF and pictures are drawn; what comes out of the worker is pixels. All other types with text are
typeset. What has neither is a slip-sheet, which names the file and why it is not printed.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import Final

from evidencebox.errors import UserError
from evidencebox.export.slips import slip_sheet
from evidencebox.export.typeset import Heading, typeset
from evidencebox.model.documents import (
    DocumentRecord,
    DocumentType,
    Layer,
    Notice,
    Outcome,
    Page,
    Status,
)
from evidencebox.model.extraction import ChildHead, Hint, Limits
from evidencebox.model.ids import DocumentId
from evidencebox.model.pictures import Order
from evidencebox.model.sheets import Sheet
from evidencebox.model.words import counted
from evidencebox.services.case import Case
from evidencebox.services.drawing import OURS, Pending, Stretches, draw
from evidencebox.services.drawing import Paper as Paper
from evidencebox.services.extract_job import ChildReceiver
from evidencebox.services.extract_pool import ExtractPool
from evidencebox.services.originals import Original, Originals
from evidencebox.services.passwords import handing
from evidencebox.services.render_job import RenderJob
from evidencebox.services.tags import known_document

ACROSS: Final = 1700
"""Pixels of a drawn page: 200 dots an inch on letter paper."""
_DRAWN: Final = (DocumentType.PDF, DocumentType.IMAGE)

Begun = Callable[[], Paper]
"""Gives the paper, and waits for it where it must. Raises UserError."""


class Printer:
    """For an open case, to be closed. Its workers start at the first document."""

    def __init__(self, case: Case, workers: int = 2, across: int = ACROSS) -> None:
        self._case = case
        self._across = across
        self.ahead = 2 * workers
        self.pool = ExtractPool(workers, passwords=handing(case))
        self._originals = Originals(case, self.pool)

    def __enter__(self) -> Printer:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.close()
        self._originals.close()

    def paper(
        self, document: DocumentId, pages: Sequence[int] | None = None, *, named: bool = True
    ) -> Paper:
        """What the document, or some of its pages, is printed from. Raises UserError.

        `named`: its file's name stands at the foot of what we typeset.
        """
        return self.begin(document, pages, named=named)()

    def begin(
        self,
        document: DocumentId,
        pages: Sequence[int] | None = None,
        *,
        texts: bool = True,
        named: bool = True,
    ) -> Begun:
        """The same, in two steps: workers are busy with it until the paper is asked for.

        Without `texts` what we typeset is not read again, and its texts are empty. Both steps raise
        UserError.
        """
        record = known_document(self._case, document)
        wanted = _wanted(record, self._count(record), pages)
        if record.type in _DRAWN:
            return self._drawn(record, wanted, named)
        found = [p for p in self._case.index.pages(document) if p.layer is Layer.TEXT]
        if not any(page.text.strip() for page in found):
            why = "It has no text, and no pages that can be drawn."
            return self.begin_slip(record, wanted, why, named=named, texts=texts)
        chosen = [page for page in found if page.number in wanted] if pages else found
        source = f"{record.id} {record.name}" if named else record.id
        heading = Heading(source, document, record.type, tuple(self._children(record)))
        made = typeset(heading, chosen)
        paper = Paper(record, made.pages, (), made.pdf, missing=made.missing)
        return self._read_later(paper, texts)

    def slip(
        self, record: DocumentRecord, pages: Sequence[int], why: str, *, named: bool = True
    ) -> Paper:
        """One sheet in the place of all these pages. `named`: with the name of its file."""
        return self.begin_slip(record, pages, why, named=named)()

    def begin_slip(
        self,
        record: DocumentRecord,
        pages: Sequence[int],
        why: str,
        *,
        named: bool = True,
        texts: bool = True,
    ) -> Begun:
        """The same in two steps, as `begin`."""
        name = f"{record.id} {record.name}" if named else record.id
        pdf = slip_sheet(name, str(record.sha256), why, counted(len(pages), "page"))
        paper = Paper(record, (pages[0] if pages else 1,), (), pdf, why)
        return self._read_later(paper, texts)

    def sheets(self, paper: Paper, marks: Stretches | None = None) -> Iterator[Sheet]:
        """The sheets, drawn one after the other, some ahead.

        Each has the lines of its text; with `marks` (by a sheet's place), its boxes are those
        stretches instead, each numbered as it came. Raises UserError where a page cannot be drawn.
        """
        waiting: deque[Pending] = deque()
        for place in range(len(paper.pages)):
            waiting.append(self.draw(paper, place, marks))
            if len(waiting) > self.ahead:
                yield waiting.popleft().sheet()
        while waiting:
            yield waiting.popleft().sheet()

    def draw(
        self, paper: Paper, place: int, marks: Stretches | None = None, ink: int = 0
    ) -> Pending:
        """One sheet by its place in the paper, from 0. `ink`: see `Order`."""
        order = Order(1, self._across, ink=ink)
        return draw(self.pool, self._bytes, paper, place, order, marks)

    def read(self, pdf: bytes) -> list[str]:
        """The text of each page of a PDF, in the sandbox, as the reader of PDFs sees it."""
        return [page.text for page in self.read_all(pdf).pages]

    def read_all(self, pdf: bytes) -> Reading:
        """All that a reader finds in a PDF: pages, metadata, children. Raises UserError."""
        reading = Reading()
        return _sound(reading, self._ask(pdf, reading))

    def _ask(self, pdf: bytes, reading: Reading) -> Future[Outcome]:
        hint = Hint("made.pdf", "application/pdf", len(pdf))
        return self.pool.submit(io.BytesIO(pdf), hint, Limits(), reading, OURS)

    def _read_later(self, paper: Paper, texts: bool) -> Begun:
        if not texts or paper.pdf is None:
            return partial(replace, paper, texts=("",) * len(paper.pages))
        reading = Reading()
        asked = self._ask(paper.pdf, reading)

        def finish() -> Paper:
            return replace(paper, texts=tuple(page.text for page in _sound(reading, asked).pages))

        return finish

    def _drawn(self, record: DocumentRecord, pages: Sequence[int], named: bool) -> Begun:
        texts = {
            page.number: page.text
            for page in self._case.index.pages(_id(record))
            if page.layer is Layer.TEXT
        }
        source, order = self._bytes(record), Order(pages[0], 64)
        asked = self.pool.run(RenderJob(source.source, source.hint, order, str(record.sha256)))

        def finish() -> Paper:
            first = asked.result()
            if first.picture is None:
                return self.slip(record, pages, first.outcome.reason, named=named)
            return Paper(record, tuple(pages), tuple(texts.get(number, "") for number in pages))

        return finish

    def _count(self, record: DocumentRecord) -> int:
        heads = self._case.index.page_heads(_id(record))
        return max(1, record.pages, *(head.number for head in heads), 0)

    def _bytes(self, record: DocumentRecord) -> Original:
        return self._originals.open(_id(record))

    def original(self, document: DocumentId) -> Original:
        """The document's own bytes. Raises UserError."""
        return self._originals.open(document)

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


def _sound(reading: Reading, asked: Future[Outcome]) -> Reading:
    outcome = asked.result()
    if outcome.status not in (Status.OK, Status.EMPTY):
        raise UserError(f"What was made cannot be read again: {outcome.reason}")
    return reading


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
