"""The coordinator of an ingest: one thread that owns every write.

Workers, hashing and scanning put events into its queue; it feeds them in turn, children before new
files, so that the spool stays small.
"""

from __future__ import annotations

import queue
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from evidencebox.model.documents import UNREAD, Outcome
from evidencebox.model.views import Progress, Summary
from evidencebox.services.analyse_pool import AnalysePool
from evidencebox.services.case import Case
from evidencebox.services.gather import Gathering
from evidencebox.services.ingest_batches import Batches
from evidencebox.services.ingest_meter import DISK_RESERVE, Meter
from evidencebox.services.ingest_options import Options
from evidencebox.services.ingest_pending import Pending
from evidencebox.services.ingest_readers import Readers
from evidencebox.services.refresh import refresh
from evidencebox.services.trove import Presence
from evidencebox.services.trove_reader import Opened, TroveReader
from evidencebox.store.found import Reading, Seen, Unread
from evidencebox.store.intake import Intake

IDENTIFY_BATCH = 64
OCR_RESERVE = 4 * DISK_RESERVE
MAX_OPEN = 256
"""Files open at once, at most: a process may often have 1,024 descriptors and no more."""
WINDOW = 64
"""Files under way for each worker: enough to keep it busy while the coordinator writes."""
_TICK = 0.05


class Run:
    """The coordinator. Everything but the scan, hashing and pools happens in its one thread."""

    def __init__(
        self,
        case: Case,
        root: Path,
        options: Options,
        progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._case = case
        self._root = root
        self._options = options
        self._cancelled = cancelled
        self._intake = Intake(case.catalogue, str(root), options.custodian)
        self._spool = case.spool()
        self._events: queue.Queue[Callable[[], None]] = queue.Queue()
        self._window = min(WINDOW * options.workers, MAX_OPEN)
        self._analyse = AnalysePool(options.workers)
        self._trove = TroveReader(root, self, self.post, cancelled)
        self._busy: set[int] = set()
        self._pending = Pending(self._intake, self._busy)
        self._early: set[bytes] = set()
        self._presence = Presence(root)
        self._readers = Readers(case, self._spool, self._presence, options, self._window, self)
        self._hashing = 0
        self._opened: list[Opened] = []
        self._batches = Batches(case.index, self._intake, self._analyse, self)
        self._meter = Meter(case.folder, progress)

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self._trove.close()
        self._readers.close()
        self._analyse.close()

    def run(self) -> Summary:
        if self._options.ocr:
            self._intake.lost_pages()
        self._intake.set_aside()
        self._intake.lost_children()
        self._intake.release()
        self._sweep_spool()
        self._meter.failures = self._case.catalogue.failure_count()
        self._trove.scan()
        self._work()
        while not self._cancelled() and self._intake.last_chance():
            self._window, self._readers.alone = 1, True
            self._again()
            self._work()
        refresh(
            self._case,
            self._intake,
            self._analyse,
            self._cancelled,
            lambda: self._meter.report("refresh"),
        )
        self._sweep_spool()
        self._meter.report("done", force=True)
        done = self._meter
        return Summary(
            done.files,
            done.bytes,
            self._case.catalogue.count(),
            self._case.catalogue.failure_count(),
            round(done.seconds, 3),
            self._cancelled(),
            self._readers.tier,
        )

    def _work(self) -> None:
        while not self._idle():
            self._feed()
            self._handle_events()
            self._identify()
            self._flush()
            self._meter.report("read")

    def _again(self) -> None:
        """Looks for pending documents anew."""
        self._intake.release()
        self._pending.again()

    # --- the trove's side ---------------------------------------------------------------------

    def seen(self, batch: list[Seen]) -> None:
        if any(seen.kind in ("folder", "error") for seen in batch):
            self._presence.check()
        found = self._intake.see(batch)
        self._meter.total_files += sum(seen.kind == "file" for seen in batch)
        # An interrupted run left paths, so some may have been read before this scan came to them.
        early = found.known & self._early
        self._early -= early
        self._meter.files += len(found.known) - len(early)
        self._meter.total_bytes += found.unread + sum(s.size for s in batch if s.raw in early)
        self._meter.failures += found.failures
        self._pending.maybe_files = True

    def scan_done(self, unread_folders: list[bytes]) -> None:
        self._presence.check()
        if not self._cancelled():
            self._intake.scanned(unread_folders)
        self._meter.scanned = True

    # --- feeding -----------------------------------------------------------------------------

    def _feed(self) -> None:
        # What was read waits in memory for the index, so the readers wait for the index too.
        if self._batches.overfull or self._cancelled():
            return
        while self._hashing + len(self._opened) + self._readers.under_way < self._window:
            if self._next_child():
                continue
            if not self._next_file():
                return

    def _more_to_feed(self) -> bool:
        return self._pending.any or not self._meter.scanned

    def _next_child(self) -> bool:
        child = self._pending.child()
        if child is None:
            return False
        if not self._intake.start(child.document):
            self._busy.discard(child.document)
            return True
        self._readers.take_child(child)
        return True

    def _next_file(self) -> bool:
        unread = self._pending.file()
        if unread is None:
            return False
        self._hashing += 1
        self._trove.hash(unread)
        return True

    # --- events ------------------------------------------------------------------------------

    def post(self, call: Callable[..., None], *arguments: Any) -> None:
        self._events.put(lambda: call(*arguments))

    def _handle_events(self) -> None:
        try:
            self._events.get(timeout=_TICK)()
            while True:
                self._events.get_nowait()()
        except queue.Empty:
            return

    def left(self) -> None:
        self._hashing -= 1

    def fault(self, error: BaseException) -> None:
        raise error

    def unreadable(self, unread: Unread, why: str) -> None:
        self._hashing -= 1
        self._presence.check()
        self._intake.unreadable(unread.location, f"It cannot be read: {why}.")
        self._meter.files += 1
        self._meter.bytes += unread.size
        self._meter.failures += 1

    def hashed(self, opened: Opened) -> None:
        self._hashing -= 1
        self._meter.files += 1
        self._meter.bytes += opened.digests.size
        if not self._meter.scanned:
            self._early.add(opened.unread.raw)
        self._opened.append(opened)

    def _identify(self) -> None:
        """Ties what was hashed since to documents, in one transaction, and extracts what is new.

        It waits for company as long as the readers have work: a commit costs more than a file.
        """
        busy = self._readers.under_way >= 2 * self._options.workers
        if busy and len(self._opened) < IDENTIFY_BATCH:
            return
        # Alike beside alike, so that they follow each other in a reader.
        opened, self._opened = sorted(self._opened, key=lambda each: each.company.name), []
        found = [(each.unread.location, each.digests) for each in opened]
        ties = self._intake.identify(found, self._busy) if found else []
        for each, (document, fresh) in zip(opened, ties, strict=True):
            handle = self._trove.take(each)
            if not fresh:
                handle.close()
                continue
            self._busy.add(document)
            self._readers.take_file(document, each, handle)

    def lost(self, document: int) -> None:
        self._busy.discard(document)
        self._intake.spool_lost(document)
        self._again()

    def read(self, gathering: Gathering, outcome: Outcome) -> None:
        self._batches.add(gathering, outcome)

    # --- into the index ----------------------------------------------------------------------

    def _flush(self) -> None:
        if self._batches.inverting >= 2 * self._options.workers:
            return
        feeding = self._more_to_feed() and not self._cancelled()
        starved = not (self._hashing or self._opened or self._readers.under_way or feeding)
        self._batches.flush(starved=starved)

    def taken(self, gathering: Gathering) -> None:
        self._readers.let_go(gathering)

    def indexed(self, readings: Sequence[Reading]) -> None:
        for pack in self._intake.finish(readings, keep=self._keeps()):
            self._spool.drop(pack)
        for reading in readings:
            self._busy.discard(reading.document)
            self._meter.documents += 1
            self._meter.failures += reading.outcome.status in UNREAD
            self._pending.maybe_children |= bool(reading.children)

    def _keeps(self) -> bool:
        """Whether children's bytes stay for their recognition. Short of disk, they do not: then
        another run takes them out of their parents again."""
        free = shutil.disk_usage(self._case.folder).free
        return bool(self._options.ocr) and free > OCR_RESERVE

    # --- keeping house -----------------------------------------------------------------------

    def _idle(self) -> bool:
        reading = self._hashing or self._opened or self._readers.under_way
        if reading or self._batches.under_way or not self._meter.scanned:
            return False
        return self._events.empty() and (self._cancelled() or not self._more_to_feed())

    def _sweep_spool(self) -> None:
        """Removes packs that nothing refers to: left by a crash, or by a reading that failed."""
        for pack in self._spool.packs() - self._intake.packs():
            self._spool.drop(pack)
