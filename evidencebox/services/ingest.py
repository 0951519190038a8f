"""From a trove to an index: scan → extract → analyse → one writer (DESIGN.md, section 5).

One coordinator, this thread, owns every write. Workers, hashing and scanning put events into its
queue; it feeds them in turn, children before new files, so that the spool stays small. A batch is
committed to the index first and to the catalogue after: a crash in between indexes it again and
loses nothing. Resuming is the same call again.
"""

from __future__ import annotations

import errno
import os
import queue
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from evidencebox.errors import UserError
from evidencebox.index.segment import Segment
from evidencebox.model.documents import UNREAD, Digests, DocumentRecord, Outcome, Status
from evidencebox.model.extraction import Hint, Limits
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.views import Progress, Summary
from evidencebox.services.acquisition import record
from evidencebox.services.analyse_pool import AnalysePool
from evidencebox.services.case import Case, ingest_lock
from evidencebox.services.entry import index_entry
from evidencebox.services.extract_pool import ExtractPool
from evidencebox.services.gather import Digester, Gathering
from evidencebox.services.indexing import put
from evidencebox.services.recognise import recognise
from evidencebox.services.scan import open_file, walk
from evidencebox.services.trove import Presence, check_trove, follow_move
from evidencebox.store.found import Reading, Seen, Unread, Waiting
from evidencebox.store.intake import Intake
from evidencebox.store.recognition import Recognition
from evidencebox.vault.spool import SpoolLost

SCAN_BATCH = 500
BATCH_CHARS = 8_000_000
BATCH_DOCUMENTS = 1000
BATCH_SECONDS = 5.0
IDENTIFY_BATCH = 16
REFRESH_BATCH = 200
PROGRESS_SECONDS = 0.1
DISK_RESERVE = 512 << 20
OCR_RESERVE = 4 * DISK_RESERVE
MAX_OPEN = 256
"""Files open at once, at most: a process may often have 1,024 descriptors and no more."""
WINDOW = 32
"""Files under way for each worker: enough to keep it busy while the coordinator writes."""
_DISK_FULL = (
    "The disk of the case is nearly full; make room and start the same import again, "
    "it goes on where it stopped."
)
_NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_READ = 1 << 20
_TICK = 0.05


@dataclass(frozen=True, slots=True)
class Options:
    """How to ingest. `workers`: extractors, and as many analysers beside them.

    `ocr`: languages of text recognition joined by `+`; empty for none now (pages go on waiting).
    Without `ocr_wait` the pages are left for the same call another time.
    """

    workers: int = max(1, os.cpu_count() or 1)
    custodian: str = ""
    limits: Limits = field(default_factory=Limits)
    ocr: str = ""
    ocr_wait: bool = True


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


def ingest(
    case: Case,
    trove: Path,
    options: Options,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> Summary:
    """Ingests `trove` into the case, resuming what an earlier run left. Raises UserError.

    `progress` is called at most ten times a second; where `cancelled` turns true, work under way
    is finished and committed, and the rest is left for the same call another time.
    """
    root = check_trove(trove, case.folder)
    with ingest_lock(case.folder):
        follow_move(case.catalogue, root)
        with _Ingest(case, root, options, progress, cancelled) as run:
            summary = run.run()
        record(case, root, options.custodian, summary)
        if options.ocr and options.ocr_wait and not summary.cancelled:
            summary = recognise(
                case, root, options.ocr, options.workers, summary, progress, cancelled
            )
            record(case, root, options.custodian, summary)
        waiting = Recognition(case.catalogue).pending()
        return replace(summary, ocr_waiting=waiting)


def reopen(case: Case, documents: Sequence[DocumentId] | None) -> list[Path]:
    """Makes what failed pending again (all, or those named). Returns the troves to ingest anew.

    Raises UserError, with nothing changed, where a trove's drive is missing.
    """
    troves = case.catalogue.troves()
    if not troves:
        return []
    with ingest_lock(case.folder):
        roots = [check_trove(Path(root), case.folder) for root in troves]
        return roots if Intake(case.catalogue, troves[0], "").reopen(documents) else []


class _Ingest:
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
        self._extract = ExtractPool(options.workers, queue_size=self._window)
        self._analyse = AnalysePool(options.workers)
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="hash")
        self._files: deque[Unread] = deque()
        self._children: deque[Waiting] = deque()
        self._busy: set[int] = set()
        # What has to be closed where a run ends before its time.
        self._handles: set[BinaryIO] = set()
        self._gatherings: set[Gathering] = set()
        self._early: set[bytes] = set()
        self._stop = threading.Event()
        self._presence = Presence(root)
        self._hashing = self._extracting = self._inverting = 0
        self._opened: list[tuple[Unread, Digests, BinaryIO]] = []
        self._gathered: list[tuple[Gathering, Outcome]] = []
        self._gathered_chars = 0
        self._gathered_since = 0.0
        self._after = 0
        self._maybe_files = self._maybe_children = True
        self._scanned = threading.Event()
        self._counts = _Counts()
        self._began = time.monotonic()
        self._reported = 0.0

    def __enter__(self) -> _Ingest:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._extract.close()
        self._analyse.close()
        for handle in self._handles:
            handle.close()
        for gathering in self._gatherings:
            gathering.close()

    def run(self) -> Summary:
        if self._options.ocr:
            self._intake.lost_pages()
        self._intake.lost_children()
        self._intake.release()
        self._sweep_spool()
        self._counts.failures = self._case.catalogue.failure_count()
        scanner = threading.Thread(target=self._scan, name="scan", daemon=True)
        scanner.start()
        try:
            self._work()
            if not self._cancelled() and self._intake.last_chances():
                self._window = 1
                self._again()
                self._work()
            self._refresh()
        finally:
            self._stop.set()
            scanner.join()
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

    # --- the scan, in its own thread ---------------------------------------------------------

    def _scan(self) -> None:
        batch: list[Seen] = []
        folders: list[bytes] = []
        try:
            for seen in walk(self._root, self._ending):
                batch.append(seen)
                folders += [seen.raw] if seen.kind == "folder" else []
                if len(batch) >= SCAN_BATCH:
                    self._post(self._see, batch)
                    batch = []
        except BaseException as error:  # raised again in the coordinator's thread
            self._post(_raise, error)
        self._post(self._see, batch)
        self._post(self._scan_done, folders)

    def _ending(self) -> bool:
        return self._cancelled() or self._stop.is_set()

    def _see(self, batch: list[Seen]) -> None:
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

    def _scan_done(self, unread_folders: list[bytes]) -> None:
        self._presence.check()
        if not self._cancelled():
            self._intake.scanned(unread_folders)
        self._scanned.set()

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
        return bool(more) or not self._scanned.is_set()

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
        gathering = Gathering(child.document, child.digests, child.depth, self._spool)
        hint = Hint(child.name, child.media_type, child.digests.size, child.depth)
        self._submit(self._spool.open(child.ref), hint, gathering, str(child.parent or ""))
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
        self._readers.submit(self._hash, unread).add_done_callback(self._hash_ended)
        return True

    def _hash(self, unread: Unread) -> None:
        """In a reader's thread: digests and an open file, whose bytes are then extracted."""
        handle = None
        try:
            handle = os.fdopen(open_file(self._root, unread.raw), "rb", buffering=0)
            self._handles.add(handle)
            digester = Digester()
            while data := handle.read(_READ):
                digester.update(data)
                if self._ending():
                    self._post(self._left, handle)
                    return
            handle.seek(0)
        except OSError as error:
            self._post(self._unreadable, unread, handle, error.strerror or str(error))
            return
        self._post(self._hashed, unread, digester.result(), handle)

    def _hash_ended(self, done: Future[None]) -> None:
        if not done.cancelled() and (error := done.exception()) is not None:
            self._post(_raise, error)

    def _close(self, handle: BinaryIO | None) -> None:
        if handle is not None:
            self._handles.discard(handle)
            handle.close()

    def _submit(self, source: Any, hint: Hint, gathering: Gathering, family: str = "") -> None:
        self._extracting += 1
        self._gatherings.add(gathering)
        future = self._extract.submit(source, hint, self._options.limits, gathering, family)
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

    def _left(self, handle: BinaryIO) -> None:
        """A file that was not read to its end for lack of time: the next run begins it anew."""
        self._hashing -= 1
        self._close(handle)

    def _unreadable(self, unread: Unread, handle: BinaryIO | None, why: str) -> None:
        self._hashing -= 1
        self._close(handle)
        self._presence.check()
        self._intake.unreadable(unread.location, f"It cannot be read: {why}.")
        self._counts.files += 1
        self._counts.bytes += unread.size
        self._counts.failures += 1

    def _hashed(self, unread: Unread, digests: Digests, handle: BinaryIO) -> None:
        self._hashing -= 1
        self._counts.files += 1
        self._counts.bytes += digests.size
        if not self._scanned.is_set():
            self._early.add(unread.raw)
        self._opened.append((unread, digests, handle))

    def _identify(self) -> None:
        """Ties what was hashed since to documents, in one transaction, and extracts what is new.

        It waits for company as long as the readers have work: a commit costs more than a file.
        """
        busy = self._extracting >= 2 * self._options.workers and self._hashing
        if busy and len(self._opened) < IDENTIFY_BATCH:
            return
        opened, self._opened = self._opened, []
        found = [(unread.location, digests) for unread, digests, _ in opened]
        ties = self._intake.identify(found, self._busy) if found else []
        for (unread, digests, handle), (document, fresh) in zip(opened, ties, strict=True):
            if not fresh:
                self._close(handle)
                continue
            self._handles.discard(handle)
            self._busy.add(document)
            name = unread.path.rsplit("/", 1)[-1]
            gathering = Gathering(document, digests, 0, self._spool)
            self._submit(handle, Hint(name, "", digests.size, 0), gathering)

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
            entries.append(
                index_entry(
                    gathering.digests.sha256,
                    places[gathering.document],
                    outcome.type,
                    outcome.status,
                    reading.metadata,
                    reading.date,
                    gathering.digests.size,
                    (gathering.depth, len(reading.children)),
                    gathering.pages,
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

    def _refresh(self) -> None:
        """Replaces the index entries of documents whose names or family changed since."""
        while (stale := self._intake.stale(REFRESH_BATCH)) and not self._cancelled():
            records = self._case.catalogue.records([document for _, document in stale])
            entries = [self._entry_anew(record) for record in records]
            self._index(entries, self._analyse.submit(entries))
            self._intake.refreshed([row for row, _ in stale])
            self._report("refresh")

    def _entry_anew(self, record: DocumentRecord) -> IndexEntry:
        document = record.sha256
        assert document is not None
        return index_entry(
            document,
            record.locations,
            record.type,
            record.status,
            record.metadata,
            record.date,
            record.size,
            (len(record.parents), len(record.children)),
            tuple(self._case.index.pages(document)),
        )

    # --- keeping house -----------------------------------------------------------------------

    def _idle(self) -> bool:
        under_way = self._hashing or self._opened or self._extracting or self._inverting
        busy = under_way or self._gathered
        if busy or not self._scanned.is_set() or not self._events.empty():
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
                self._scanned.is_set(),
            )
        )


def _not_indexed(reading: Reading, why: str) -> Reading:
    outcome = replace(
        reading.outcome, status=Status.FAILED, stage="index", reason=f"It was not indexed: {why}"
    )
    return replace(reading, outcome=outcome)


def _raise(error: BaseException) -> None:
    raise error
