"""Merging segments: a concatenation, with the dead dropped. It bounds what a query must read.

Lists are read and written some terms at a time, in order of term, so memory stays bounded however
large the segments are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidencebox.index import blocks, columns, postings
from evidencebox.index.blocks import Block, PartWriter, Terms
from evidencebox.index.columns import Stored
from evidencebox.index.postings import Ints, Lists
from evidencebox.index.schema import Connection
from evidencebox.index.segment import Columns

FAN_IN = 12
"""So many segments of one tier become one; a tier is a power of this, in documents."""

_SMALLEST = 64
_OCCURRENCES = 1 << 20
_BLOCKS = 64


def _tier(documents: int) -> int:
    tier = 0
    while documents > _SMALLEST * FAN_IN**tier:
        tier += 1
    return tier


def merges_due(connection: Connection) -> list[int]:
    """Segments that should become one now, oldest first; none where there is nothing to do."""
    rows = connection.execute(
        "SELECT s.segment, s.count, (SELECT count(*) FROM removed r WHERE r.segment = s.segment)"
        " FROM segments s ORDER BY s.segment"
    ).fetchall()
    tiers: dict[int, list[int]] = {}
    for segment, count, dead in rows:
        if 2 * dead > count:
            return [segment]
        tiers.setdefault(_tier(count - dead), []).append(segment)
    return next((some for _, some in sorted(tiers.items()) if len(some) >= FAN_IN), [])


@dataclass(frozen=True, slots=True)
class _Source:
    """A segment to be merged; `docs` maps its documents to the new ones, -1 for the dead."""

    segment: int
    stored: Stored
    live: NDArray[np.bool_]
    docs: Ints


def merge_segments(connection: Connection, segments: Sequence[int]) -> None:
    """Puts one new segment in the place of `segments`, inside the caller's transaction."""
    sources = _sources(connection, segments)
    count = sum(int(source.live.sum()) for source in sources)
    if count:
        target = columns.new_segment(connection, count)
        lengths = _merge_lengths(sources)
        columns.store(connection, target, _merge_columns(sources), lengths)
        for field in sorted(lengths):
            writer = PartWriter(connection, target, field)
            for batch in _batches(connection, sources, field):
                _merge_terms(writer, batch)
            writer.close()
        for source in sources:
            moved = np.flatnonzero(source.live)
            connection.executemany(
                "UPDATE documents SET segment = ?, docno = ? WHERE sha256 = ?",
                [
                    (target, docno, _hash(source.stored.columns, doc))
                    for doc, docno in zip(moved.tolist(), source.docs[moved].tolist(), strict=True)
                ],
            )
    for table in ("segments", "removed", "columns", "terms", "lists"):
        connection.executemany(
            f"DELETE FROM {table} WHERE segment = ?", [(segment,) for segment in segments]
        )


def _hash(stored: Columns, doc: int) -> bytes:
    return stored.hashes[32 * doc : 32 * doc + 32].tobytes()


def _sources(connection: Connection, segments: Sequence[int]) -> list[_Source]:
    sources, base = [], 0
    for segment in segments:
        stored = columns.load(connection, segment)
        live = columns.alive(connection, segment, stored.count)
        docs = np.where(live, base + np.cumsum(live) - 1, -1)
        sources.append(_Source(segment, stored, live, docs))
        base += int(live.sum())
    return sources


def _merge_columns(sources: Sequence[_Source]) -> Columns:
    kept: dict[str, list[NDArray[np.generic]]] = {name: [] for name in Columns.__slots__}
    for source in sources:
        given, live = source.stored.columns, source.live
        pages = np.repeat(live, given.page_counts)
        kept["hashes"].append(given.hashes.reshape(-1, 32)[live].reshape(-1))
        for name in ("dates", "sizes", "page_counts"):
            kept[name].append(getattr(given, name)[live])
        for name in ("page_numbers", "page_layers", "page_starts"):
            kept[name].append(getattr(given, name)[pages])
    joined = {name: np.concatenate(arrays) for name, arrays in kept.items()}
    return Columns(**joined)


def _merge_lengths(sources: Sequence[_Source]) -> columns.Lengths:
    names = {name for source in sources for name in source.stored.lengths}
    return {
        name: np.concatenate(
            [
                source.stored.lengths.get(name, np.zeros(source.stored.count, dtype="<u4"))[
                    source.live
                ]
                for source in sources
            ]
        )
        for name in sorted(names)
    }


@dataclass(frozen=True, slots=True)
class _Piece:
    """Consecutive terms of one source with their lists, documents already renumbered."""

    terms: list[bytes]
    df: Ints
    lists: tuple[Ints, Ints, Ints]


class _Reader:
    """Reads one field of one source in order of term."""

    def __init__(self, connection: Connection, source: _Source, field: str) -> None:
        self._connection = connection
        self._source = source
        self._field = field
        self._rows = _runs(_blocks(connection, source.segment, field))
        self._block: Block | None = next(self._rows, None)
        self._at = 0

    def last(self) -> bytes | None:
        """The last term of the block at hand, None at the end."""
        return self._block.terms[-1] if self._block else None

    def occurrences(self) -> int:
        """How many occurrences are left in the block at hand."""
        return int(self._block.cf[self._at :].sum()) if self._block else 0

    def take(self, limit: bytes) -> Iterator[_Piece]:
        """All terms up to and with `limit`."""
        while self._block and self._block.terms[self._at] <= limit:
            terms = self._block.terms
            end = bisect_right(terms, limit, self._at)
            yield self._piece(self._block, slice(self._at, end))
            self._at = end
            if end == len(terms):
                self._block, self._at = next(self._rows, None), 0

    def _piece(self, block: Block, some: slice) -> _Piece:
        df, cf, widths = block.df[some], block.cf[some], block.widths[some]
        key = (self._source.segment, self._field)
        docs_at, docs_end = int(block.docs_at[some.start]), int(block.docs_at[some.stop])
        data = blocks.read_stream(
            self._connection, (*key, blocks.DOCUMENTS), docs_at, docs_end - docs_at
        )
        docs, freqs = postings.unpack_documents(widths, df, np.frombuffer(data, np.uint8))
        at, end = int(block.positions_at[some.start]), int(block.positions_at[some.stop])
        data = blocks.read_stream(self._connection, (*key, blocks.POSITIONS), at, end - at)
        places = postings.unpack_positions(widths, cf, freqs, np.frombuffer(data, np.uint8))
        return _Piece(block.terms[some], df, (self._source.docs[docs], freqs, places))


def _blocks(connection: Connection, segment: int, field: str) -> Iterator[Block]:
    first = b""
    while True:
        row = connection.execute(
            "SELECT data FROM terms WHERE segment = ? AND field = ? AND first > ?"
            " ORDER BY first LIMIT 1",
            (segment, field, first),
        ).fetchone()
        if row is None:
            return
        block = blocks.read_block(row[0])
        first = block.terms[0]
        yield block


def _runs(rows: Iterator[Block]) -> Iterator[Block]:
    """Blocks put together while they are small: what is done once a run is worth its cost."""
    some: list[Block] = []
    for block in rows:
        some.append(block)
        occurrences = sum(int(one.cf.sum()) for one in some)
        if len(some) == _BLOCKS or occurrences > _OCCURRENCES // FAN_IN:
            yield _one_block(some)
            some = []
    if some:
        yield _one_block(some)


def _one_block(some: Sequence[Block]) -> Block:
    return Block(
        [term for block in some for term in block.terms],
        np.concatenate([block.df for block in some]),
        np.concatenate([block.cf for block in some]),
        np.concatenate([block.widths for block in some]),
        np.concatenate([*(block.docs_at[:-1] for block in some), some[-1].docs_at[-1:]]),
        np.concatenate([*(block.positions_at[:-1] for block in some), some[-1].positions_at[-1:]]),
    )


def _batches(
    connection: Connection, sources: Sequence[_Source], field: str
) -> Iterator[list[_Piece]]:
    """Pieces of all sources that hold the same range of terms, range by range."""
    readers = [_Reader(connection, source, field) for source in sources]
    pieces: list[_Piece] = []
    occurrences = 0
    while lasts := [last for reader in readers if (last := reader.last()) is not None]:
        occurrences += sum(reader.occurrences() for reader in readers)
        limit = min(lasts)
        for reader in readers:
            pieces.extend(reader.take(limit))
        if occurrences > _OCCURRENCES:
            yield pieces
            pieces, occurrences = [], 0
    if pieces:
        yield pieces


def _merge_terms(writer: PartWriter, pieces: Sequence[_Piece]) -> None:
    names = sorted({term for piece in pieces for term in piece.terms})
    rank = {term: number for number, term in enumerate(names)}
    owners = np.concatenate(
        [np.repeat([rank[term] for term in piece.terms], piece.df) for piece in pieces]
    )
    docs, freqs, places = (
        np.concatenate([piece.lists[index] for piece in pieces]) for index in range(3)
    )
    live = docs >= 0
    places = places[np.repeat(live, freqs)]
    owners, docs, freqs = owners[live], docs[live], freqs[live]
    if not len(owners):
        return
    # Pieces of one term came in order of segment, so of document: term and arrival are the key.
    keys = owners.astype(np.uint64) << np.uint64(32) | np.arange(len(owners), dtype=np.uint64)
    keys.sort()
    order = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
    place_starts = postings.starts(freqs)[order]
    owners, docs, freqs = owners[order], docs[order], freqs[order]
    places = places[np.repeat(place_starts, freqs) + postings.within(freqs)]
    df = np.bincount(owners, minlength=len(names))
    cf = np.bincount(owners, weights=freqs, minlength=len(names)).astype(np.int64)
    used = np.flatnonzero(df)
    lists = Lists(df[used], cf[used], docs, freqs, places)
    packed = postings.pack(lists)
    kept = [names[number] for number in used.tolist()]
    writer.add(Terms(kept, lists.df, lists.cf, packed.widths, packed.docs, packed.positions))
