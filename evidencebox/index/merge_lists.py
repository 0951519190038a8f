"""The lists of a merge: those of several segments, term by term, as those of one.

They are read and written some terms at a time, in order of term, so memory stays bounded however
large the segments are. Counts and positions are copied as the bytes they are; only documents'
numbers are written anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidencebox.index import blocks, postings
from evidencebox.index.blocks import Block, PartWriter, Terms
from evidencebox.index.columns import Stored
from evidencebox.index.postings import Bytes, Ints, Sizes
from evidencebox.index.schema import Connection

SOURCES = 12
"""So many segments are merged at a time: each holds its share of what is read at one go."""

_OCCURRENCES = 1 << 20
_BLOCKS, _BLOCKS_FIRST = 64, 8
_LONG = 40


@dataclass(frozen=True, slots=True)
class Source:
    """A segment to be merged; `docs` maps its documents to the new ones, -1 for the dead."""

    segment: int
    stored: Stored
    live: NDArray[np.bool_]
    docs: Ints

    @property
    def whole(self) -> bool:
        """Whether none of its documents is dead."""
        return bool(self.live.all())


def merge_field(
    connection: Connection, writer: PartWriter, given: Sequence[Source], field: str
) -> None:
    """Writes one field's lists of all sources, and closes the writer."""
    for batch in _batches(connection, given, field):
        _merge_terms(writer, batch)
    writer.close()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Consecutive terms of one source: documents already renumbered, counts and positions as they
    stand in the streams."""

    terms: Sequence[bytes]
    df: Ints
    cf: Ints
    docs: Ints
    several: NDArray[np.bool_]
    counts: memoryview
    positions: memoryview
    count_sizes: Ints
    position_sizes: Ints


class _Reader:
    """Reads one field of one source in order of term."""

    def __init__(self, connection: Connection, source: Source, field: str) -> None:
        self._connection = connection
        self._source = source
        self._field = field
        self._rows = _runs(connection, source.segment, field)
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
            piece = self._piece(self._block, slice(self._at, end))
            if len(piece.terms):
                yield piece
            self._at = end
            if end == len(terms):
                self._block, self._at = next(self._rows, None), 0

    def _stream(self, kind: int, at: Ints, some: slice) -> memoryview:
        start, end = int(at[some.start]), int(at[some.stop])
        key = (self._source.segment, self._field, kind)
        return blocks.read_stream(self._connection, key, start, end - start)

    def _piece(self, run: Block, some: slice) -> _Piece:
        df, cf = run.df[some], run.cf[some]
        sizes = Sizes(*(getattr(run.sizes, name)[some] for name in Sizes.__slots__))
        docs_raw = np.frombuffer(self._stream(blocks.DOCUMENTS, run.docs_at, some), np.uint8)
        positions = self._stream(blocks.POSITIONS, run.positions_at, some)
        if not self._source.whole:
            return self._live(run.terms[some], df, cf, sizes, docs_raw, positions)
        gap_bytes, count_bytes = postings.unwoven(docs_raw, sizes.docs, sizes.freqs)
        docs, several = postings.unpack_gaps(df, gap_bytes)
        return _Piece(
            run.terms[some], df, cf, self._source.docs[docs], several,
            memoryview(count_bytes.tobytes()), positions, sizes.freqs, sizes.positions,
        )  # fmt: skip

    def _live(
        self,
        terms: Sequence[bytes],
        df: Ints,
        cf: Ints,
        sizes: Sizes,
        docs_raw: Bytes,
        positions: memoryview,
    ) -> _Piece:
        """The piece without the dead: taken apart and packed anew."""
        docs, freqs = postings.unpack_documents(df, sizes, docs_raw)
        raw = np.frombuffer(positions, np.uint8)
        places = postings.unpack_positions(cf, sizes.positions, freqs, raw)
        live = self._source.live[docs]
        owners = np.repeat(np.arange(len(df)), df)[live]
        places, docs, freqs = places[np.repeat(live, freqs)], docs[live], freqs[live]
        counts = np.bincount(owners, minlength=len(df))
        used = np.flatnonzero(counts)
        df = counts[used]
        cf = np.add.reduceat(freqs, postings.starts(df)) if len(df) else df
        _, _, count_bytes, count_sizes = postings.pack_documents(df, docs, freqs)
        position_bytes, position_sizes = postings.pack_positions(freqs, cf, places)
        return _Piece(
            [terms[at] for at in used.tolist()], df, cf, self._source.docs[docs], freqs > 1,
            memoryview(count_bytes.tobytes()), memoryview(position_bytes.tobytes()),
            count_sizes, position_sizes,
        )  # fmt: skip


def _runs(connection: Connection, segment: int, field: str) -> Iterator[Block]:
    """The terms of a field in order, as many blocks at once as are worth it and not too large."""
    first, many = b"", _BLOCKS_FIRST
    while rows := connection.execute(
        "SELECT first, data FROM terms WHERE segment = ? AND field = ? AND first > ?"
        " ORDER BY first LIMIT ?",
        (segment, field, first, many),
    ).fetchall():
        run = blocks.read_block(*(data for _, data in rows))
        yield run
        first = rows[-1][0]
        each = max(1, int(run.cf.sum()) // len(rows))
        many = min(_BLOCKS, max(1, _OCCURRENCES // SOURCES // each))


def _batches(connection: Connection, given: Sequence[Source], field: str) -> Iterator[list[_Piece]]:
    """Pieces of all sources that hold the same range of terms, range by range."""
    readers = [_Reader(connection, source, field) for source in given]
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
    if not pieces:
        return
    names = sorted(set().union(*(piece.terms for piece in pieces)))
    rank = {term: number for number, term in enumerate(names)}
    ranks = [np.array([rank[term] for term in piece.terms]) for piece in pieces]
    # One list of each source for a term, in order of term and, inside, of source: since pieces of
    # one term come in order of segment, a stable sort by term is all there is to do.
    owners = np.concatenate(ranks)
    order = np.argsort(owners, kind="stable")
    df = np.concatenate([piece.df for piece in pieces])
    taken = _taken(df, order)
    docs = np.concatenate([piece.docs for piece in pieces])[taken]
    several = np.concatenate([piece.several for piece in pieces])[taken]
    total = np.bincount(owners, weights=df, minlength=len(names)).astype(np.int64)
    gaps, gap_sizes = postings.pack_gaps(total, docs, several)
    counts, count_sizes = _copied(pieces, "counts", order, owners, len(names))
    positions, position_sizes = _copied(pieces, "positions", order, owners, len(names))
    cf = np.concatenate([piece.cf for piece in pieces])
    writer.add(
        Terms(
            names,
            total,
            np.bincount(owners, weights=cf, minlength=len(names)).astype(np.int64),
            Sizes(gap_sizes, count_sizes, position_sizes),
            postings.woven(gaps, gap_sizes, counts, count_sizes),
            positions,
        )
    )


def _taken(sizes: Ints, order: Ints) -> Ints:
    """The numbers of consecutive runs of `sizes`, run after run in another order."""
    return np.repeat(postings.starts(sizes)[order], sizes[order]) + postings.within(sizes[order])


def _copied(
    pieces: Sequence[_Piece], name: str, order: Ints, owners: Ints, terms: int
) -> tuple[Bytes, Ints]:
    """The bytes of all lists in another order, and how many each term has of them."""
    raw = np.concatenate([np.frombuffer(getattr(piece, name), np.uint8) for piece in pieces])
    sizes = np.concatenate([getattr(piece, f"{name[:-1]}_sizes") for piece in pieces])
    total = np.bincount(owners, weights=sizes, minlength=terms).astype(np.int64)
    if len(raw) < _LONG * len(sizes):
        return raw[_taken(sizes, order)], total
    # Numbers of bytes would take eight times the room of the bytes, and more on their way.
    at = postings.ends(sizes)
    pairs = zip(at[order].tolist(), at[order + 1].tolist(), strict=True)
    return np.concatenate([raw[start:end] for start, end in pairs]), total
