"""Single sheets of paper as they would be bound: redacted, stamped, and drawn for a screen.

One printer serves a session; what it printed last is kept, for whoever turns its sheets.
"""

from __future__ import annotations

import contextlib
import io
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pikepdf

from evidencebox.errors import UserError
from evidencebox.export import pages as paged
from evidencebox.export.book import stamp
from evidencebox.export.stamps import Profile, Stamp
from evidencebox.model.extraction import Hint
from evidencebox.model.ids import DocumentId
from evidencebox.model.pictures import Order, Picture
from evidencebox.model.redactions import Plan, fitted
from evidencebox.services.case import Case
from evidencebox.services.executor import ExecutorClosedError
from evidencebox.services.originals import CLOSING
from evidencebox.services.printing import Paper, Printer
from evidencebox.services.redaction import Redactor
from evidencebox.services.redaction_sheets import Looked
from evidencebox.services.render_job import RenderJob

ACROSS: Final = 1_100
"""Pixels of a page in a preview: enough to read it, and half the work."""
_KEPT: Final = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document, or pages of it, as paper; withheld behind a slip-sheet where `why` says so.

    `named`: as `Printer.paper` says.
    """

    document: DocumentId
    pages: tuple[int, ...] = ()
    why: str = ""
    named: bool = True


class Previews:
    """For an open case, to be closed. Safe for several threads: they take turns."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._lock = threading.Lock()
        self._over = False
        self._printer: Printer | None = None
        self._redactor: Redactor | None = None
        self._papers: dict[Wanted, Paper] = {}

    def paper(self, wanted: Wanted) -> Paper:
        """The document as sheets. Raises UserError."""
        with self._lock, _sentences():
            return self._paper(wanted)

    def stamped(
        self, wanted: Wanted, sheet: int, plan: Plan | None, profile: Profile, mark: Stamp
    ) -> Picture:
        """A sheet, from 1, as it would be bound. Raises UserError."""
        with self._lock, _sentences():
            paper = self._paper(wanted)
            one = one_sheet(paper, sheet)
            plan = on_first(plan, paper.pages, sheet) if plan and not one.why else None
            return self._drawn(stamp(profile, self._body(one, plan), [mark]))

    def look(self, wanted: Wanted, sheet: int, plan: Plan) -> tuple[Looked, str]:
        """A sheet, from 1, before and after, and its text. Raises UserError."""
        with self._lock, _sentences():
            paper = self._paper(wanted)
            one = one_sheet(paper, sheet)
            if one.why:
                raise UserError(f"There is nothing to redact on this sheet: {one.why}")
            return self._redact().look(one, on_first(plan, paper.pages, sheet)), one.texts[0]

    def stop(self) -> None:
        """Ends what is being drawn; whoever waits for a sheet gets a UserError."""
        self._over = True
        if (printer := self._printer) is not None:
            printer.pool.close()

    def close(self) -> None:
        """Ends the worker, and forgets what was kept."""
        self.stop()
        with self._lock:
            self._papers.clear()
            if self._redactor is not None:
                self._redactor.__exit__()
            if self._printer is not None:
                self._printer.__exit__()

    def _body(self, one: Paper, plan: Plan | None) -> bytes:
        if plan is not None:
            seen, pdf = self._redact().look(one, plan), pikepdf.Pdf.new()
            size = (seen.sheet.width, seen.sheet.height)
            paged.add_jpeg(pdf, paged.jpeg(seen.after), size)
            return paged.saved(pdf)
        if one.pdf is not None:
            return one.pdf
        return paged.pictures_pdf(self._open().sheets(one))

    def _redact(self) -> Redactor:
        printer = self._open()
        if self._redactor is None:
            self._redactor = Redactor(self._case, printer, 1, check=False)
        return self._redactor

    def _paper(self, wanted: Wanted) -> Paper:
        if wanted not in self._papers:
            printer = self._open()
            made = printer.paper(wanted.document, wanted.pages or None, named=wanted.named)
            if wanted.why:
                made = printer.slip(made.record, made.pages, wanted.why)
            while len(self._papers) >= _KEPT:
                self._papers.pop(next(iter(self._papers)))
            self._papers[wanted] = made
        return self._papers[wanted]

    def _open(self) -> Printer:
        if self._over:
            raise UserError(CLOSING)
        if self._printer is None:
            self._printer = Printer(self._case, 1, ACROSS)
        return self._printer

    def _drawn(self, pdf: bytes) -> Picture:
        hint = Hint("made.pdf", "application/pdf", len(pdf))
        job = RenderJob(io.BytesIO(pdf), hint, Order(1, ACROSS))
        drawn = self._open().pool.run(job).result()
        if drawn.picture is None:
            raise UserError(drawn.outcome.reason)
        return drawn.picture


@contextlib.contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except ExecutorClosedError:
        raise UserError(CLOSING) from None


def one_sheet(paper: Paper, sheet: int) -> Paper:
    """A paper of that sheet alone, from 1. Raises UserError."""
    if not 1 <= sheet <= len(paper.pages):
        raise UserError(f"There are {len(paper.pages):,} sheets; there is no sheet {sheet}.")
    at = sheet - 1
    pdf = paper.pdf
    if pdf is not None and len(paper.pages) > 1:
        pdf = _page_of(pdf, at)
    return replace(paper, pages=(paper.pages[at],), texts=(paper.texts[at],), pdf=pdf)


def on_first(plan: Plan, pages: Sequence[int], sheet: int) -> Plan:
    """The plan for a paper of that sheet alone, of one that has these pages. Raises UserError."""
    try:
        plan = fitted(plan, pages)
    except ValueError:
        raise UserError(
            "Boxes were drawn on other sheets than there are now; redact it anew."
        ) from None
    mine = tuple(replace(box, sheet=1) for box in plan.boxes if box.sheet == sheet)
    return replace(plan, boxes=mine)


def place_of(counts: Sequence[int], sheet: int) -> tuple[int, int]:
    """Which of several papers has a sheet of them all, and as which of its own, from 1."""
    for at, count in enumerate(counts):
        if sheet <= count:
            return at, sheet
        sheet -= count
    raise UserError(f"There are {sum(counts):,} sheets.")


def _page_of(pdf: bytes, at: int) -> bytes:
    made = pikepdf.Pdf.new()
    with pikepdf.open(io.BytesIO(pdf)) as source:
        made.pages.append(source.pages[at])
        return paged.saved(made)
