"""The index as the rest of EvidenceBox sees it: a writer, readers, pages, and its state."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from backports import zstd

from evidencebox.index import background, schema
from evidencebox.index.arrays import Arrays, load_arrays
from evidencebox.index.postings import starts
from evidencebox.index.schema import Connect, Connection
from evidencebox.index.snapshot import Snapshot
from evidencebox.index.writer import Writer
from evidencebox.model.documents import Layer, Page, Span
from evidencebox.model.ids import DocumentId
from evidencebox.model.views import PageHead

_READER_KIB = 32 << 10
"""Decrypted pages that a reader keeps: what is asked for often is decrypted once."""

Dump = dict[str, dict[str, list[tuple[str, int, tuple[int, ...]]]]]


@dataclass(frozen=True, slots=True)
class State:
    """What case.db keeps to notice a lost or foreign index: see `Index.state`."""

    generation: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes of index.db: what is searched, page texts, and pages that are free for new rows.

    What the file itself takes (headers, authentication, half-empty pages) is shared out between
    the first two by the bytes in their rows.
    """

    searched: int
    pages: int
    free: int


class Index:
    """index.db of one case. Threads and processes may read while one writes.

    `connect` opens a connection in autocommit mode with its key set; each thread gets its own.
    """

    def __init__(self, connect: Connect, case_id: str) -> None:
        """Opens an index that exists. Raises UserError where it is not of this case."""
        self._connect = connect
        self._local = threading.local()
        self._open: list[Connection] = []
        self._lock = threading.Lock()
        self._merging = background.Merging(connect)
        self._arrays: Arrays | None = None
        schema.check(self._connection(), case_id)

    @staticmethod
    def create(connect: Connect, case_id: str) -> Index:
        """Makes the tables of a new index, and opens it."""
        connection = connect()
        try:
            schema.create(connection, case_id)
        finally:
            connection.close()
        return Index(connect, case_id)

    def close(self) -> None:
        """Closes every connection; no thread may be reading any more. Gives up a merge."""
        self._merging.close()
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()
        self._local = threading.local()

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
            connection.execute(f"PRAGMA cache_size = -{_READER_KIB}")
            with self._lock:
                self._open.append(connection)
        return connection

    @contextmanager
    def writer(self, *, merge: bool = True) -> Iterator[Writer]:
        """A writer whose work is committed on success and rolled back on any error.

        Waits for another writer. `merge` false leaves segments as they are.
        """
        connection = self._connect()
        # Where a merge runs beside the writer, it sees to what falls due.
        alone = merge and self._merging.busy.acquire(blocking=False)
        try:
            with schema.transaction(connection):
                writer = Writer(connection)
                yield writer
                writer.finish(merge=alone)
        finally:
            connection.close()
            if alone:
                self._merging.busy.release()

    def erase(self, documents: Iterable[DocumentId]) -> None:
        """Takes documents out for good: no posting stays, and their room in the file is zeroed.

        Makes one segment of all, so it takes as long as a merge of everything.
        """
        connection = self._connect()
        try:
            with self._merging.busy:
                connection.execute("PRAGMA secure_delete = ON")
                background.sweep(connection)
                with schema.transaction(connection):
                    writer = Writer(connection)
                    writer.remove(documents)
                    writer.merge_all()
                    writer.finish(merge=False)
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """One consistent state, whatever is committed meanwhile. Not to be nested in a thread."""
        connection = self._connection()
        with schema.transaction(connection, "DEFERRED"):
            yield Snapshot(connection, self._current(connection))

    def _current(self, connection: Connection) -> Arrays:
        rows = connection.execute("SELECT name, value FROM meta").fetchall()
        meta = dict(rows)
        version = (int(meta["generation"]), int(meta["layout"]))
        with self._lock:
            known = self._arrays
        if known is not None and known.version == version:
            return known
        arrays = load_arrays(connection, known)
        with self._lock:
            if self._arrays is None or self._arrays.version < arrays.version:
                self._arrays = arrays
        return arrays

    def merge_step(self) -> bool:
        """Does one merge that is due, beside whoever writes; False where there was none.

        It holds the writer up for moments only. One merge runs at a time; a second caller waits.
        """
        return self._merging.step()

    def merge_soon(self) -> None:
        """Lets a thread do the merges that are due. Raises what stopped it the last time."""
        self._merging.soon()

    def settle(self) -> None:
        """Does all merges that are due, and waits for them."""
        self._merging.settle()

    def state(self) -> State:
        """The generation (commits that changed something) and the fingerprint.

        The fingerprint is a hash chained over everything that was ever appended and removed, in
        order: the same for the same history, different as soon as anything was different.
        """
        rows = self._connection().execute("SELECT name, value FROM meta").fetchall()
        meta = dict(rows)
        return State(int(meta["generation"]), meta["fingerprint"])

    def count(self) -> int:
        """How many documents are live."""
        row = self._connection().execute("SELECT count(*) FROM documents").fetchone()
        return int(row[0])

    def sizes(self) -> Sizes:
        """What takes how much room. Reads the length of every row."""
        ask = self._connection().execute
        (texts,) = ask("SELECT coalesce(sum(length(text)), 0) FROM pages").fetchone()
        (size, used, free) = (
            int(ask(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_size", "page_count", "freelist_count")
        )
        whole = size * (used - free)
        (lists,) = ask(
            "SELECT coalesce((SELECT sum(length(data)) FROM lists), 0)"
            " + coalesce((SELECT sum(length(data)) FROM terms), 0)"
            " + coalesce((SELECT sum(length(data)) FROM columns), 0)"
            " + (SELECT 80 * count(*) FROM documents)"
        ).fetchone()
        searched = whole * int(lists) // max(1, int(lists) + int(texts))
        return Sizes(searched, whole - searched, size * free)

    def __contains__(self, document: DocumentId) -> bool:
        row = self._connection().execute(
            "SELECT 1 FROM documents WHERE sha256 = ?", (bytes.fromhex(document),)
        )
        return row.fetchone() is not None

    def page_heads(self, document: DocumentId) -> tuple[PageHead, ...]:
        """A document's pages without their texts, text layer first."""
        rows = self._connection().execute(
            "SELECT page, label, layer, chars FROM pages WHERE key ="
            " (SELECT key FROM documents WHERE sha256 = ?) ORDER BY layer DESC, page",
            (bytes.fromhex(document),),
        )
        return tuple(PageHead(n, label, Layer(layer), chars) for n, label, layer, chars in rows)

    def page(self, document: DocumentId, number: int, layer: Layer = Layer.TEXT) -> Page | None:
        """One page with its text and spans; None where there is none."""
        rows = self._pages(document, "AND layer = ? AND page = ?", (layer.value, number))
        return next(rows, None)

    def pages(self, document: DocumentId) -> Iterator[Page]:
        """All pages of a document, one by one, text layer first."""
        return self._pages(document, "ORDER BY layer DESC, page", ())

    def _pages(
        self, document: DocumentId, where: str, values: tuple[object, ...]
    ) -> Iterator[Page]:
        rows = self._connection().execute(
            "SELECT page, text, label, layer, spans FROM pages WHERE key ="
            f" (SELECT key FROM documents WHERE sha256 = ?) {where}",
            (bytes.fromhex(document), *values),
        )
        for number, text, label, layer, spans in rows:
            raw = zstd.decompress(text).decode("utf-8", "surrogatepass")
            marks = tuple(Span(*span) for span in json.loads(spans))
            yield Page(number, raw, label, Layer(layer), marks)

    def canonical_dump(self) -> Dump:
        """Per field and term: (document, count, positions). Indexes are equal when their dumps are.

        Reads everything; for tests and for comparing indexes.
        """
        dump: Dump = {}
        with self.read() as snapshot:
            for name in sorted(snapshot.arrays.lengths):
                terms = {term: _rows(snapshot, name, term) for term in snapshot.terms(name)}
                kept = {term: rows for term, rows in sorted(terms.items()) if rows}
                if kept:
                    dump[name] = kept
        return dump


def _rows(snapshot: Snapshot, name: str, term: str) -> list[tuple[str, int, tuple[int, ...]]]:
    found = snapshot.postings(name, term, positions=True)
    if found.positions is None or not len(found.docs):
        return []
    pieces = np.split(found.positions, starts(found.freqs.astype(np.int64))[1:])
    return sorted(
        (snapshot.document(doc), freq, tuple(piece.tolist()))
        for doc, freq, piece in zip(found.docs.tolist(), found.freqs.tolist(), pieces, strict=True)
    )
