"""The coordinator of an ingest: one thread that owns every write.

Workers, hashing and scanning put events into its queue; it feeds them in turn, children before new
files, so that the spool stays small. A batch is committed to the index first and to the catalogue
after: a crash in between indexes it again and loses nothing.
"""

from __future__ import annotations

import errno
import os
import queue
import shutil
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from evidencebox.errors import UserError
from evidencebox.index.segment import Segment
from evidencebox.model.documents import UNREAD, Outcome, Status
from evidencebox.model.extraction import Hint, Limits
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.views import Progress, Summary
from evidencebox.services.analyse_pool import AnalysePool
from evidencebox.services.case import Case
from evidencebox.services.entry import index_entry
from evidencebox.services.extract_pool import ExtractPool
from evidencebox.services.gather import Gathering
from evidencebox.services.indexing import put
from evidencebox.services.passwords import handing
from evidencebox.services.refresh import refresh
from evidencebox.services.settings import time_zone
from evidencebox.services.trove import Presence
from evidencebox.services.trove_reader import NATIVE, SCAN_BATCH, Company, Opened, TroveReader
from evidencebox.store.found import Reading, Seen, Unread, Waiting
from evidencebox.store.intake import Intake
from evidencebox.vault.spool import SpoolLost

BATCH_CHARS = 8_000_000
BATCH_DOCUMENTS = 1000
BATCH_SECONDS = 5.0
IDENTIFY_BATCH = 64
PROGRESS_SECONDS = 0.1
DISK_RESERVE = 512 << 20
OCR_RESERVE = 4 * DISK_RESERVE
MAX_OPEN = 256
"""Files open at once, at most: a process may often have 1,024 descriptors and no more."""
WINDOW = 64
"""Files under way for each worker: enough to keep it busy while the coordinator writes."""
_DISK_FULL = (
    "The disk of the case is nearly full; make room and start the same import again, "
    "it goes on where it stopped."
)
_NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_TICK = 0.05


@dataclass(frozen=True, slots=True)
class Options:
    """How to ingest. `workers`: extractors, and as many analysers beside them.

    `ocr`: languages of text recognition joined by `+`; empty for none now (pages go on waiting).
    Without `ocr_wait` the pages are left for the same call another time. `dangerous_formats`: see
    `ExtractPool`.
    """

    workers: int = max(1, os.cpu_count() or 1)
    custodian: str = ""
    limits: Limits = field(default_factory=Limits)
    ocr: str = ""
    ocr_wait: bool = True
    dangerous_formats: bool = False


@dataclass(frozen=True, slots=True)
class _Batch:
    """Documents on their way into the index: entries and readings stand side by side."""

    entries: list[IndexEntry]
    readings: list[Reading]


@dataclass(slots=True)
class _Counts:
    files: int = 0
    total_files: int = 0
    bytes: int = 0
    total_bytes: int = 0
    documents: int = 0
    failures: int = 0


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
        self._progress = progress
        self._cancelled = cancelled
        self._intake = Intake(case.catalogue, str(root), options.custodian)
        self._spool = case.spool()
        self._events: queue.Queue[Callable[[], None]] = queue.Queue()
        self._window = min(WINDOW * options.workers, MAX_OPEN)
        self._extract = ExtractPool(
            options.workers,
            queue_size=self._window,
            passwords=handing(case),
            dangerous=options.dangerous_formats,
        )
        self._zone = time_zone(case)
        self._analyse = AnalysePool(options.workers)
        self._trove = TroveReader(root, self, self._post, cancelled)
        self._files: deque[Unread] = deque()
        self._children: deque[Waiting] = deque()
        self._busy: set[int] = set()
        # To be closed where a run ends before its time.
        self._gatherings: set[Gathering] = set()
        self._early: set[bytes] = set()
        self._presence = Presence(root)
        self._hashing = self._extracting = self._inverting = 0
        self._opened: list[Opened] = []
        self._gathered: list[tuple[Gathering, Outcome]] = []
        self._gathered_chars = 0
        self._gathered_since = 0.0
        self._after = 0
        self._maybe_files = self._maybe_children = True
        self._scanned = self._last_chances = False
        self._counts = _Counts()
        self._began = time.monotonic()
        self._reported = 0.0

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self._trove.close()
        self._extract.close()
        self._analyse.close()
        for gathering in self._gatherings:
            gathering.close()

    def run(self) -> Summary:
        if self._options.ocr:
            self._intake.lost_pages()
        self._intake.set_aside()
        self._intake.lost_children()
        self._intake.release()
        self._sweep_spool()
        self._counts.failures = self._case.catalogue.failure_count()
        self._trove.scan()
        self._work()
        while not self._cancelled() and self._intake.last_chance():
            self._window, self._last_chances = 1, True
            self._again()
            self._work()
        refresh(
            self._case,
            self._intake,
            self._analyse,
            self._cancelled,
            lambda: self._report("refresh"),
        )
        self._sweep_spool()
        self._report("done", force=True)
        done = self._counts
        return Summary(
            done.files,
            done.bytes,
            self._case.catalogue.count(),
            self._case.catalogue.failure_count(),
            round(time.monotonic() - self._began, 3),
            self._cancelled(),
            self._extract.tier,
        )

    def _work(self) -> None:
        while not self._idle():
            self._feed()
            self._handle_events()
            self._identify()
            self._flush()
            self._report("read")

    def _again(self) -> None:
        """Looks for pending documents anew."""
        self._intake.release()
        self._after = 0
        self._maybe_files = self._maybe_children = True

    # --- the trove's side ---------------------------------------------------------------------

    def seen(self, batch: list[Seen]) -> None:
        if any(seen.kind in ("folder", "error") for seen in batch):
            self._presence.check()
        found = self._intake.see(batch)
        self._counts.total_files += sum(seen.kind == "file" for seen in batch)
        # An interrupted run left paths, so some may have been read before this scan came to them.
        early = found.known & self._early
        self._early -= early
        self._counts.files += len(found.known) - len(early)
        self._counts.total_bytes += found.unread + sum(s.size for s in batch if s.raw in early)
        self._counts.failures += found.failures
        self._maybe_files = True

    def scan_done(self, unread_folders: list[bytes]) -> None:
        self._presence.check()
        if not self._cancelled():
            self._intake.scanned(unread_folders)
        self._scanned = True

    # --- feeding -----------------------------------------------------------------------------

    def _feed(self) -> None:
        # What was read waits in memory for the index, so the readers wait for the index too.
        full = self._gathered_chars > 2 * BATCH_CHARS or len(self._gathered) > 4 * BATCH_DOCUMENTS
        if full or self._cancelled():
            return
        while self._hashing + len(self._opened) + self._extracting < self._window:
            if self._next_child():
                continue
            if not self._next_file():
                return

    def _more_to_feed(self) -> bool:
        more = self._files or self._children or self._maybe_files or self._maybe_children
        return bool(more) or not self._scanned

    def _next_child(self) -> bool:
        if not self._children and self._maybe_children:
            self._children.extend(self._intake.waiting(self._busy, SCAN_BATCH))
            self._maybe_children = bool(self._children)
            self._busy.update(child.document for child in self._children)
        if not self._children:
            return False
        child = self._children.popleft()
        if not self._intake.start(child.document):
            self._busy.discard(child.document)
            return True
        gathering = Gathering(child.document, child.digests, child.depth, self._spool, self._zone)
        hint = Hint(child.name, child.media_type, child.digests.size, child.depth)
        self._submit(self._spool.open(child.ref), hint, gathering, NATIVE)
        return True

    def _next_file(self) -> bool:
        if not self._files and self._maybe_files:
            self._files.extend(self._intake.unread(self._after, SCAN_BATCH))
            self._maybe_files = bool(self._files)
        if not self._files:
            return False
        unread = self._files.popleft()
        self._after = unread.location
        self._hashing += 1
        self._trove.hash(unread)
        return True

    def _submit(self, source: Any, hint: Hint, gathering: Gathering, company: Company) -> None:
        self._extracting += 1
        self._gatherings.add(gathering)
        family = "" if self._last_chances else company.name
        future = self._extract.submit(
            source,
            hint,
            self._options.limits,
            gathering,
            family,
            company.share,
            gathering.again,
        )
        future.add_done_callback(lambda done: self._post(self._read, gathering, done))

    # --- events ------------------------------------------------------------------------------

    def _post(self, call: Callable[..., None], *arguments: Any) -> None:
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
        self._counts.files += 1
        self._counts.bytes += unread.size
        self._counts.failures += 1

    def hashed(self, opened: Opened) -> None:
        self._hashing -= 1
        self._counts.files += 1
        self._counts.bytes += opened.digests.size
        if not self._scanned:
            self._early.add(opened.unread.raw)
        self._opened.append(opened)

    def _identify(self) -> None:
        """Ties what was hashed since to documents, in one transaction, and extracts what is new.

        It waits for company as long as the readers have work: a commit costs more than a file.
        """
        busy = self._extracting >= 2 * self._options.workers
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
            name = each.unread.path.rpartition("/")[2]
            gathering = Gathering(document, each.digests, 0, self._spool, self._zone)
            hint = Hint(name, "", each.digests.size, 0)
            self._submit(handle, hint, gathering, each.company)

    def _read(self, gathering: Gathering, done: Future[Outcome]) -> None:
        self._extracting -= 1
        try:
            outcome = done.result()
        except SpoolLost:
            self._busy.discard(gathering.document)
            self._intake.spool_lost(gathering.document)
            self._discard(gathering)
            self._again()
            return
        except OSError as error:
            outcome = self._not_read(error)
        if not self._gathered:
            self._gathered_since = time.monotonic()
        self._gathered.append((gathering, outcome))
        self._gathered_chars += gathering.chars

    def _not_read(self, error: OSError) -> Outcome:
        """A drive that fails under one file costs that file; a full disk stops the run."""
        if error.errno in _NO_ROOM:
            raise UserError(_DISK_FULL) from None
        self._presence.check()
        why = error.strerror or str(error)
        return Outcome(Status.FAILED, reason=f"It cannot be read: {why}.", stage="read")

    def _discard(self, gathering: Gathering) -> None:
        gathering.close()
        self._gatherings.discard(gathering)

    # --- into the index ----------------------------------------------------------------------

    def _flush(self) -> None:
        if not self._gathered or self._inverting >= 2 * self._options.workers:
            return
        feeding = self._more_to_feed() and not self._cancelled()
        starved = not (self._hashing or self._opened or self._extracting or feeding)
        old = time.monotonic() - self._gathered_since > BATCH_SECONDS
        full = self._gathered_chars >= BATCH_CHARS or len(self._gathered) >= BATCH_DOCUMENTS
        if not (full or old or starved):
            return
        gathered, self._gathered, self._gathered_chars = self._gathered, [], 0
        places = self._intake.places([g.document for g, _ in gathered])
        entries, readings = [], []
        for gathering, outcome in gathered:
            reading = gathering.reading(outcome)
            self._gatherings.discard(gathering)
            readings.append(reading)
            locations, parents = places[gathering.document]
            entries.append(
                index_entry(
                    gathering.digests.sha256,
                    locations,
                    outcome.type,
                    outcome.status,
                    reading.metadata,
                    reading.date,
                    gathering.digests.size,
                    (parents, len(reading.children)),
                    gathering.pages,
                    gathering.notices,
                )
            )
        self._invert(_Batch(entries, readings))

    def _invert(self, batch: _Batch) -> None:
        self._inverting += 1
        future = self._analyse.submit(batch.entries)
        future.add_done_callback(lambda done: self._post(self._inverted, batch, done))

    def _inverted(self, batch: _Batch, done: Future[Segment]) -> None:
        self._inverting -= 1
        failed = self._index(batch.entries, done)
        self._commit(
            [
                _not_indexed(reading, failed[entry.document])
                if entry.document in failed
                else reading
                for entry, reading in zip(batch.entries, batch.readings, strict=True)
            ]
        )

    def _index(self, entries: Sequence[IndexEntry], done: Future[Segment]) -> dict[DocumentId, str]:
        return put(self._case.index, self._analyse, entries, done)

    def _commit(self, readings: Sequence[Reading]) -> None:
        for pack in self._intake.finish(readings, keep=self._keeps()):
            self._spool.drop(pack)
        for reading in readings:
            self._busy.discard(reading.document)
            self._counts.documents += 1
            self._counts.failures += reading.outcome.status in UNREAD
            self._maybe_children |= bool(reading.children)

    def _keeps(self) -> bool:
        """Whether children's bytes stay for their recognition. Short of disk, they do not: then
        another run takes them out of their parents again."""
        free = shutil.disk_usage(self._case.folder).free
        return bool(self._options.ocr) and free > OCR_RESERVE

    # --- keeping house -----------------------------------------------------------------------

    def _idle(self) -> bool:
        under_way = self._hashing or self._opened or self._extracting or self._inverting
        busy = under_way or self._gathered
        if busy or not self._scanned or not self._events.empty():
            return False
        return self._cancelled() or not self._more_to_feed()

    def _sweep_spool(self) -> None:
        """Removes packs that nothing refers to: left by a crash, or by a reading that failed."""
        for pack in self._spool.packs() - self._intake.packs():
            self._spool.drop(pack)

    def _report(self, stage: str, *, force: bool = False) -> None:
        now = time.monotonic()
        if not force and now - self._reported < PROGRESS_SECONDS:
            return
        self._reported = now
        if shutil.disk_usage(self._case.folder).free < DISK_RESERVE:
            raise UserError(_DISK_FULL)
        c = self._counts
        self._progress(
            Progress(
                stage,
                min(c.files, c.total_files),
                c.total_files,
                min(c.bytes, c.total_bytes),
                c.total_bytes,
                c.documents,
                c.failures,
                now - self._began,
                self._scanned,
            )
        )


def _not_indexed(reading: Reading, why: str) -> Reading:
    outcome = replace(
        reading.outcome, status=Status.FAILED, stage="index", reason=f"It was not indexed: {why}"
    )
    return replace(reading, outcome=outcome)
