"""How a part's terms and streams stand in rows: blocks of terms, chunks of bytes."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from backports import zstd

from evidencebox.index import postings
from evidencebox.index.postings import Bytes, Ints, Sizes
from evidencebox.index.schema import Connection, Writes

TERMS = 256
"""Terms in a block."""

CHUNK = 1 << 14
"""Bytes of a stream in a row: what a look-up decrypts at least."""

DOCUMENTS, POSITIONS = 0, 1

_HEAD = struct.Struct("<HQQI")
_LEVEL = 3
_NUMBERS = 5
_DAMAGED = "a block of terms is damaged"


@dataclass(frozen=True, slots=True)
class Entry:
    """Where the lists of one term stand in the two streams of its segment and field.

    The first `gaps_size` of the `docs_size` bytes are its documents' numbers, the rest counts.
    """

    df: int
    cf: int
    docs_at: int
    gaps_size: int
    docs_size: int
    positions_at: int
    positions_size: int


@dataclass(frozen=True)
class Block:
    """Consecutive terms of a segment and field: `ends` says where each ends in `names`.

    Numbers are decoded when they are asked for: most look-ups in a small segment find no term.
    They raise ValueError where they are damaged.
    """

    names: bytes
    ends: list[int]
    counts: tuple[int, ...]
    """How many terms each row has that this was made of."""
    raw: bytes
    docs_base: int
    positions_base: int

    @cached_property
    def _columns(self) -> Ints:
        values = postings.decode(np.frombuffer(self.raw, np.uint8))
        if len(values) != _NUMBERS * len(self.ends):
            raise ValueError(_DAMAGED)
        pieces, at = [], 0
        for count in self.counts:
            pieces.append(values[at : at + _NUMBERS * count].reshape(_NUMBERS, count))
            at += _NUMBERS * count
        return np.concatenate(pieces, axis=1) if len(pieces) > 1 else pieces[0]

    @cached_property
    def df(self) -> Ints:
        """Documents of each term."""
        found: Ints = self._columns[0] + 1
        return found

    @cached_property
    def cf(self) -> Ints:
        """Occurrences of each term."""
        found: Ints = self.df + self._columns[1]
        return found

    @cached_property
    def sizes(self) -> Sizes:
        """Bytes of each term's lists."""
        _, _, docs, freqs, positions = self._columns
        return Sizes(docs + self.df, freqs, positions + self.cf)

    @cached_property
    def docs_at(self) -> Ints:
        """Where each term's documents begin in the stream, and where the last end."""
        return postings.ends(self.sizes.docs + self.sizes.freqs) + self.docs_base

    @cached_property
    def positions_at(self) -> Ints:
        """The same of positions."""
        return postings.ends(self.sizes.positions) + self.positions_base

    @cached_property
    def terms(self) -> list[bytes]:
        """The terms, ascending."""
        return [self.names[at:end] for at, end in zip([0, *self.ends], self.ends, strict=False)]

    def entry(self, index: int) -> Entry:
        """What is known of the block's term number `index`."""
        docs, positions = self.docs_at, self.positions_at
        return Entry(
            int(self.df[index]),
            int(self.cf[index]),
            int(docs[index]),
            int(self.sizes.docs[index]),
            int(docs[index + 1] - docs[index]),
            int(positions[index]),
            int(positions[index + 1] - positions[index]),
        )

    def find(self, term: bytes) -> Entry | None:
        """What is known of a term, None where it does not occur."""
        low, high, ends = 0, len(self.ends), self.ends
        while low < high:
            middle = (low + high) // 2
            here = self.names[ends[middle - 1] if middle else 0 : ends[middle]]
            if here == term:
                return self.entry(middle)
            if here < term:
                low = middle + 1
            else:
                high = middle
        return None


def _packed(
    names: Sequence[bytes], numbers: Sequence[Ints], compressor: zstd.ZstdCompressor
) -> tuple[int, bytes]:
    """Numbers and names of a block, compressed, and how many bytes the numbers are before that."""
    raw, _ = postings.encode(np.concatenate(numbers))
    data = b"".join((raw.tobytes(), bytes(map(len, names)), *names))
    return len(raw), compressor.compress(data, compressor.FLUSH_FRAME)


def read_block(*rows: bytes) -> Block:
    """Consecutive rows of `terms`, taken apart as one. Raises ValueError where one is damaged."""
    try:
        heads = [_HEAD.unpack_from(row) for row in rows]
        unpack = zstd.ZstdDecompressor
        raws = [unpack().decompress(memoryview(row)[_HEAD.size :]) for row in rows]
    except (struct.error, zstd.ZstdError) as error:
        raise ValueError(_DAMAGED) from error
    numbers, lengths, names = [], [], []
    for (count, _, _, size), raw in zip(heads, raws, strict=True):
        numbers.append(raw[:size])
        lengths.append(raw[size : size + count])
        names.append(raw[size + count :])
    counts, joined = tuple(head[0] for head in heads), b"".join(names)
    ends = np.cumsum(np.frombuffer(b"".join(lengths), np.uint8), dtype=np.int64).tolist()
    if not ends or len(ends) != sum(counts) or ends[-1] != len(joined):
        raise ValueError(_DAMAGED)
    _, docs_base, positions_base, _ = heads[0]
    return Block(joined, ends, counts, b"".join(numbers), docs_base, positions_base)


class _Stream:
    """Appends bytes to one stream, a row for each full chunk."""

    def __init__(self, connection: Writes, segment: int, field: str, kind: int) -> None:
        self._connection = connection
        self._key = (segment, field, kind)
        self._chunk = 0
        self._rest = b""
        self.size = 0

    def add(self, data: Bytes) -> None:
        self.size += len(data)
        view = memoryview(self._rest + data.tobytes())
        whole = len(view) - len(view) % CHUNK
        if whole:
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
    df: Ints
    cf: Ints
    sizes: Sizes
    docs: Bytes
    positions: Bytes


class PartWriter:
    """Writes one field of a segment; terms must come in ascending order."""

    def __init__(self, connection: Writes, segment: int, field: str) -> None:
        self._connection = connection
        self._key = (segment, field)
        self._compressor = zstd.ZstdCompressor(_LEVEL)
        self._docs = _Stream(connection, segment, field, DOCUMENTS)
        self._positions = _Stream(connection, segment, field, POSITIONS)

    def add(self, terms: Terms) -> None:
        """Appends terms and their lists."""
        sizes = terms.sizes
        docs = postings.ends(sizes.docs + sizes.freqs) + self._docs.size
        positions = postings.ends(sizes.positions) + self._positions.size
        numbers = (
            terms.df - 1,
            terms.cf - terms.df,
            sizes.docs - terms.df,
            sizes.freqs,
            sizes.positions - terms.cf,
        )
        rows = []
        for at in range(0, len(terms.names), TERMS):
            some = slice(at, at + TERMS)
            names = terms.names[some]
            size, data = _packed(names, [each[some] for each in numbers], self._compressor)
            head = _HEAD.pack(len(names), int(docs[at]), int(positions[at]), size)
            rows.append((*self._key, names[0], head + data))
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
