"""How a part's terms and streams stand in rows: blocks of terms, chunks of bytes."""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidencebox.index import postings
from evidencebox.index.postings import Bytes, Ints
from evidencebox.index.schema import Connection
from evidencebox.index.segment import term_list

TERMS = 256
"""Terms in a block."""

CHUNK = 1 << 16
"""Bytes of a stream in a row."""

DOCUMENTS, POSITIONS = 0, 1

_HEAD = struct.Struct("<HQQ")
_UNSIGNED = np.dtype("<u4")


@dataclass(frozen=True, slots=True)
class Entry:
    """Where the lists of one term stand in the two streams of its segment and field."""

    df: int
    cf: int
    width: int
    docs_at: int
    docs_size: int
    positions_at: int
    positions_size: int


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive terms of a segment and field; `docs_at`, `positions_at` have one end more."""

    terms: list[bytes]
    df: Ints
    cf: Ints
    widths: Bytes
    docs_at: Ints
    positions_at: Ints

    def entry(self, index: int) -> Entry:
        """What is known of the block's term number `index`."""
        docs, positions = self.docs_at, self.positions_at
        return Entry(
            int(self.df[index]),
            int(self.cf[index]),
            int(self.widths[index]),
            int(docs[index]),
            int(docs[index + 1] - docs[index]),
            int(positions[index]),
            int(positions[index + 1] - positions[index]),
        )

    def find(self, term: bytes) -> Entry | None:
        """What is known of a term, None where it does not occur."""
        index = bisect_left(self.terms, term)
        if index == len(self.terms) or self.terms[index] != term:
            return None
        return self.entry(index)


def read_block(data: bytes) -> Block:
    """A row of `terms`, taken apart. Raises ValueError where it is damaged."""
    try:
        count, docs_base, positions_base = _HEAD.unpack_from(data)
        at = _HEAD.size
        lengths = np.frombuffer(data, np.uint8, count, at)
        df = np.frombuffer(data, _UNSIGNED, count, at + count).astype(np.int64)
        cf = np.frombuffer(data, _UNSIGNED, count, at + 5 * count).astype(np.int64)
        widths = np.frombuffer(data, np.uint8, count, at + 9 * count)
    except struct.error as error:
        raise ValueError("a block of terms is damaged") from error
    blob = np.frombuffer(data, np.uint8, offset=at + 10 * count)
    if int(lengths.sum(dtype=np.int64)) != len(blob):
        raise ValueError("a block of terms is damaged")
    return Block(
        list(term_list(lengths, blob)),
        df,
        cf,
        widths,
        _ends(docs_base, postings.document_bytes(widths, df)),
        _ends(positions_base, postings.position_bytes(widths, cf)),
    )


def _ends(base: int, sizes: Ints) -> Ints:
    ends = np.empty(len(sizes) + 1, dtype=np.int64)
    ends[0] = base
    np.cumsum(sizes, out=ends[1:])
    ends[1:] += base
    return ends


class _Stream:
    """Appends bytes to one stream, a row for each full chunk."""

    def __init__(self, connection: Connection, segment: int, field: str, kind: int) -> None:
        self._connection = connection
        self._key = (segment, field, kind)
        self._chunk = 0
        self._rest = b""
        self.size = 0

    def add(self, data: Bytes) -> None:
        self.size += len(data)
        view = memoryview(self._rest + data.tobytes())
        whole = len(view) - len(view) % CHUNK
        self._write([bytes(view[at : at + CHUNK]) for at in range(0, whole, CHUNK)])
        self._rest = bytes(view[whole:])

    def close(self) -> None:
        self._write([self._rest] if self._rest else [])
        self._rest = b""

    def _write(self, rows: list[bytes]) -> None:
        self._connection.executemany(
            "INSERT INTO lists VALUES (?, ?, ?, ?, ?)",
            ((*self._key, self._chunk + n, row) for n, row in enumerate(rows)),
        )
        self._chunk += len(rows)


@dataclass(frozen=True, slots=True)
class Terms:
    """Some terms on their way into rows, with their lists in bytes."""

    names: Sequence[bytes]
    df: NDArray[np.integer]
    cf: NDArray[np.integer]
    widths: Bytes
    docs: Bytes
    positions: Bytes


class PartWriter:
    """Writes one field of a segment; terms must come in ascending order."""

    def __init__(self, connection: Connection, segment: int, field: str) -> None:
        self._connection = connection
        self._key = (segment, field)
        self._docs = _Stream(connection, segment, field, DOCUMENTS)
        self._positions = _Stream(connection, segment, field, POSITIONS)

    def add(self, terms: Terms) -> None:
        """Appends terms and their lists."""
        df, cf = terms.df.astype(np.int64), terms.cf.astype(np.int64)
        docs = _ends(self._docs.size, postings.document_bytes(terms.widths, df))
        positions = _ends(self._positions.size, postings.position_bytes(terms.widths, cf))
        rows = []
        for at in range(0, len(terms.names), TERMS):
            some = slice(at, at + TERMS)
            names = terms.names[some]
            head = _HEAD.pack(len(names), int(docs[at]), int(positions[at]))
            data = b"".join(
                (
                    head,
                    bytes(map(len, names)),
                    df[some].astype(_UNSIGNED).tobytes(),
                    cf[some].astype(_UNSIGNED).tobytes(),
                    terms.widths[some].tobytes(),
                    *names,
                )
            )
            rows.append((*self._key, names[0], data))
        self._connection.executemany("INSERT INTO terms VALUES (?, ?, ?, ?)", rows)
        self._docs.add(terms.docs)
        self._positions.add(terms.positions)

    def close(self) -> None:
        """Writes what is left."""
        self._docs.close()
        self._positions.close()


def read_stream(
    connection: Connection, key: tuple[int, str, int], start: int, size: int
) -> memoryview:
    """`size` bytes of the stream (segment, field, kind) from `start`.

    Raises ValueError where rows are missing.
    """
    if not size:
        return memoryview(b"")
    first, last = start // CHUNK, (start + size - 1) // CHUNK
    rows = connection.execute(
        "SELECT data FROM lists WHERE segment = ? AND field = ? AND kind = ?"
        " AND chunk BETWEEN ? AND ? ORDER BY chunk",
        (*key, first, last),
    ).fetchall()
    data = rows[0][0] if len(rows) == 1 else b"".join(row[0] for row in rows)
    view = memoryview(data)[start - first * CHUNK :][:size]
    if len(view) != size:
        raise ValueError("a stream of the index is damaged")
    return view
