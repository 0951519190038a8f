"""Writing the index: one writer, one transaction, all or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

import numpy as np
from backports import zstd

from evidencebox.index import columns
from evidencebox.index.blocks import PartWriter, Terms
from evidencebox.index.columns import Stored
from evidencebox.index.merge import merge_segments, merges_due
from evidencebox.index.schema import Connection
from evidencebox.index.segment import Segment, term_list
from evidencebox.model.documents import Page
from evidencebox.model.ids import DocumentId
from evidencebox.model.indexing import IndexEntry

_LEVEL = 1
_ASKED = 500


class Writer:
    """Adds and removes documents inside a transaction that `Index.writer` holds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._changed = False
        # One for all: to make one costs more than to compress a page.
        self._compressor = zstd.ZstdCompressor(_LEVEL)
        self._history = hashlib.sha256(self._meta("fingerprint").encode())

    def append(self, entries: Sequence[IndexEntry], segment: Segment) -> None:
        """Adds the documents of a segment with their pages' texts; live ones are replaced.

        Raises ValueError where the segment is not of these entries.
        """
        hashes = bytes.fromhex("".join(entry.document for entry in entries))
        if segment.columns.hashes.tobytes() != hashes:
            raise ValueError("the segment is not of these entries")
        if not entries:
            return
        self.remove(entry.document for entry in entries)
        self._store(segment, self._documents(entries))
        self._note(b"append", segment.digest())

    def remove(self, documents: Iterable[DocumentId]) -> None:
        """Takes documents out; those that are not in the index are passed over."""
        hashes = [bytes.fromhex(document) for document in documents]
        for at in range(0, len(hashes), _ASKED):
            some = hashes[at : at + _ASKED]
            rows = self._connection.execute(
                "SELECT key, sha256 FROM documents WHERE sha256 IN"
                f" ({','.join('?' * len(some))}) ORDER BY sha256",
                some,
            ).fetchall()
            for key, sha256 in rows:
                self._connection.execute("INSERT INTO removed VALUES (?)", (key,))
                self._connection.execute("DELETE FROM pages WHERE key = ?", (key,))
                self._connection.execute("DELETE FROM documents WHERE key = ?", (key,))
                self._note(b"remove", sha256)

    def finish(self, *, merge: bool = True) -> None:
        """Merges what is due, and counts the generation up if anything changed."""
        if not self._changed:
            return
        while merge and (due := merges_due(self._connection)):
            merge_segments(self._connection, due)
        self._set("generation", str(int(self._meta("generation")) + 1))
        self._set("fingerprint", self._history.hexdigest())

    def merge_all(self) -> None:
        """Makes one segment of all, without the dead."""
        rows = self._connection.execute(
            "SELECT segment FROM segments WHERE searched ORDER BY segment"
        ).fetchall()
        if rows:
            merge_segments(self._connection, [row[0] for row in rows])
            self._note(b"merge", b"")

    def _store(self, segment: Segment, first_key: int) -> None:
        number = columns.new_segment(self._connection, segment.count)
        lengths = {name: part.lengths for name, part in segment.fields.items()}
        keys = np.arange(first_key, first_key + segment.count, dtype=np.int64)
        stored = Stored(segment.count, keys, segment.columns, lengths)
        columns.store(self._connection, number, stored)
        for name, part in sorted(segment.fields.items()):
            writer = PartWriter(self._connection, number, name)
            names = term_list(part.term_lengths, part.terms)
            df, cf = part.df.astype(np.int64), part.cf.astype(np.int64)
            writer.add(Terms(names, df, cf, part.sizes, part.docs, part.positions))
            writer.close()

    def _documents(self, entries: Sequence[IndexEntry]) -> int:
        """Stores the documents and their pages; the key of the first, the others follow."""
        (last,) = self._connection.execute(
            "SELECT max(coalesce((SELECT max(key) FROM documents), 0),"
            " coalesce((SELECT max(key) FROM removed), 0))"
        ).fetchone()
        first = int(last) + 1
        self._connection.executemany(
            "INSERT INTO documents VALUES (?, ?)",
            [(first + docno, bytes.fromhex(entry.document)) for docno, entry in enumerate(entries)],
        )
        self._connection.executemany(
            "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (first + docno, *self._page(page))
                for docno, entry in enumerate(entries)
                for page in entry.pages
            ),
        )
        return first

    def _page(self, page: Page) -> tuple[str, int, str, str, int, bytes]:
        raw = page.text.encode("utf-8", "surrogatepass")
        row = (page.layer.value, page.number, page.label, _spans(page), len(page.text))
        self._history.update(repr(row).encode() + hashlib.sha256(raw).digest())
        return (*row, self._compressor.compress(raw, self._compressor.FLUSH_FRAME))

    def _note(self, act: bytes, what: bytes) -> None:
        self._history.update(act + what)
        self._changed = True

    def _meta(self, name: str) -> str:
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0])

    def _set(self, name: str, value: str) -> None:
        self._connection.execute("UPDATE meta SET value = ? WHERE name = ?", (value, name))


def _spans(page: Page) -> str:
    rows = [[span.start, span.end, span.kind, span.label] for span in page.spans]
    return json.dumps(rows, separators=(",", ":"))
