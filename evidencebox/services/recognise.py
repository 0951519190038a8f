"""Text recognition, after the text pass: its own queue, which any later ingest takes up again.

A page is settled in the catalogue as it comes. When all of a document's pages are, its entry in the
index is replaced once, by one with both layers, and then its rows are finished: a crash in between
does that last step again. Text that was there is never touched.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, replace
from pathlib import Path

from evidencebox.errors import UserError
from evidencebox.model.documents import Status
from evidencebox.model.extraction import Hint
from evidencebox.model.ids import DocumentId
from evidencebox.model.views import Progress, Summary
from evidencebox.services import indexing
from evidencebox.services.analyse_pool import AnalysePool
from evidencebox.services.case import Case
from evidencebox.services.faults import WorkerStartError
from evidencebox.services.ocr_pool import OcrPool, PageRead
from evidencebox.services.ocr_source import PageSource, SourceError, SourceGoneError, find
from evidencebox.services.passwords import handing
from evidencebox.services.recognised import layered, page_of
from evidencebox.services.trove import Presence
from evidencebox.store.found import OcrPage, Sought
from evidencebox.store.recognition import (
    LAST_CHANCES,
    MAX_ATTEMPTS,
    STOPPED,
    Recognition,
)
from evidencebox.vault.spool import SpoolLost

FLUSH_DOCUMENTS = 50
FLUSH_SECONDS = 5.0
_DOCUMENTS = 20
_TICK = 0.1


@dataclass(slots=True)
class _Work:
    """A document under way. `left`: pages not settled; `skipped` for another run."""

    sought: Sought
    left: int
    skipped: bool = False


def recognise(
    case: Case,
    root: Path,
    languages: str,
    workers: int,
    summary: Summary,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> Summary:
    """Recognises what waits in the case's queue. The ingest lock is held by the caller.

    Returns the summary with pages and failures brought up to date. Where `cancelled` turns true,
    pages under way are finished and kept. Raises UserError.
    """
    queue = Recognition(case.catalogue)
    if not queue.pending() and not queue.waiting(0, 1):
        return summary
    run = _Run(case, queue, root, languages, workers, summary, progress, cancelled)
    try:
        run.run()
    except WorkerStartError as error:
        raise UserError(
            f"Text recognition does not start: {error}. The documents are in the case; start the "
            "same import again, or without recognition.",
            option="--ocr off",
        ) from error
    finally:
        run.close()
    return replace(
        summary,
        failures=case.catalogue.failure_count(),
        seconds=round(summary.seconds + run.seconds(), 3),
        cancelled=summary.cancelled or cancelled(),
        ocr_pages=run.pages,
        ocr_waiting=queue.pending(),
    )


def placeless(case: Case) -> list[DocumentId]:
    """Documents that were recognised before it was kept where their words stand."""
    return Recognition(case.catalogue).placeless()


class _Run:
    """One thread's own: it feeds the recognisers and writes what they say."""

    def __init__(
        self,
        case: Case,
        queue: Recognition,
        root: Path,
        languages: str,
        workers: int,
        summary: Summary,
        progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._case = case
        self._queue = queue
        self._summary = summary
        self._progress = progress
        self._cancelled = cancelled
        self._spool = case.spool()
        self._presence = Presence(root)
        self._window = 2 * workers + 1
        self._ocr = OcrPool(workers, languages, passwords=handing(case))
        self._analyse = AnalysePool(1)
        self._flying: deque[tuple[_Work, int, Future[PageRead]]] = deque()
        self._ready: list[Sought] = []
        self._later: list[tuple[_Work, PageSource, int]] = []
        self._attempts = MAX_ATTEMPTS
        self._flushed = self._began = time.monotonic()
        self._total = queue.pending()
        self.pages = 0

    def close(self) -> None:
        self._ocr.close()
        self._analyse.close()

    def seconds(self) -> float:
        return time.monotonic() - self._began

    def run(self) -> None:
        for sought in self._documents():
            self._take(sought)
        self._land_all()
        self._last_chances()
        self._flush()
        self._report()

    def _last_chances(self) -> None:
        """A run that was killed again and again blames whatever was under way: those pages get more
        tries when all else is done, one at a time, so that the guilty stops only itself."""
        self._attempts, self._window = MAX_ATTEMPTS + LAST_CHANCES, 1
        for work, source, number in self._later:
            if self._cancelled():
                return
            self._submit(work, source, number)
        self._land_all()

    def _land_all(self) -> None:
        while self._flying:
            self._land()

    def _documents(self) -> Iterator[Sought]:
        after = 0
        while not self._cancelled() and (found := self._queue.waiting(after, _DOCUMENTS)):
            after = found[-1].document
            yield from found

    def _take(self, sought: Sought) -> None:
        work = _Work(sought, len(sought.pages))
        if not sought.pages:  # all settled by a run that ended before it could index them
            self._ready.append(sought)
            return
        try:
            source = find(sought, self._spool)
        except SourceGoneError:
            return  # its drive is not there: for another run
        except SourceError as error:
            for number in sought.pages:
                self._fail(work, number, str(error))
            return
        for number in sought.pages:
            if self._cancelled():
                work.skipped = True
                return
            self._submit(work, source, number)

    def _submit(self, work: _Work, source: PageSource, number: int) -> None:
        sought = work.sought
        if not self._queue.start(sought.document, number, self._attempts):
            if self._attempts == MAX_ATTEMPTS:
                self._later.append((work, source, number))
            else:
                self._settle(work, OcrPage(number, "failed", reason=STOPPED))
            return
        try:
            opened = source.open()
        except OSError as error:
            self._fail(work, number, f"Its file cannot be read: {error.strerror}.")
            return
        hint = Hint(sought.name, sought.media_type, sought.size)
        self._flying.append((work, number, self._ocr.submit(opened, hint, number)))
        while len(self._flying) >= self._window:
            self._land()

    def _land(self) -> None:
        """Waits for the page that was submitted first."""
        work, number, future = self._flying[0]
        try:
            read = future.result(_TICK)
        except NotYet:
            self._report()
            return
        except SpoolLost:
            self._queue.lost(work.sought.document)
            work.skipped = True
        except OSError as error:
            self._fail(work, number, f"Its file cannot be read: {error.strerror}.")
        else:
            self._landed(work, page_of(number, read))
        self._flying.popleft()
        self._report()

    def _landed(self, work: _Work, page: OcrPage) -> None:
        if page.status == "failed":
            self._presence.check()  # a drive that was pulled out is no fault of the page
        self._settle(work, page)

    def _fail(self, work: _Work, number: int, why: str) -> None:
        self._landed(work, OcrPage(number, "failed", reason=why))

    def _settle(self, work: _Work, page: OcrPage) -> None:
        self._queue.settle(work.sought.document, page)
        self.pages += 1
        work.left -= 1
        self._maybe_ready(work)

    def _maybe_ready(self, work: _Work) -> None:
        if work.left == 0 and not work.skipped:
            self._ready.append(work.sought)
        late = time.monotonic() - self._flushed > FLUSH_SECONDS
        if self._ready and (late or len(self._ready) >= FLUSH_DOCUMENTS):
            self._flush()

    # --- into the index

    def _flush(self) -> None:
        ready, self._ready = self._ready, []
        self._flushed = time.monotonic()
        if not ready:
            return
        records = {r.sha256: r for r in self._case.catalogue.records([s.sha256 for s in ready])}
        done = [layered(self._case, self._queue, each, records[each.sha256]) for each in ready]
        entries = [entry for entry, _, _ in done]
        index = self._case.index
        failed = indexing.put(index, self._analyse, entries, self._analyse.submit(entries))
        for sought, (entry, result, metadata) in zip(ready, done, strict=True):
            if entry.document in failed:
                why = f"It was not indexed: {failed[entry.document]}"
                result = replace(result, status=Status.FAILED, stage="index", reason=why)
            chars = sum(len(page.text) for page in entry.pages)
            pack = self._queue.finish(
                sought.document,
                result.status,
                result.stage,
                result.reason,
                chars,
                metadata,
                result.notices,
            )
            if pack:
                self._spool.drop(pack)

    def _report(self) -> None:
        said = self._summary
        self._progress(
            Progress(
                "ocr",
                said.files,
                said.files,
                said.bytes,
                said.bytes,
                said.documents,
                said.failures,
                self.seconds(),
                True,
                self.pages,
                max(self._total, self.pages),
            )
        )
