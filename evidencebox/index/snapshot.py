"""One state of the index, to be read: arrays that live as long as a generation, lists on demand.

Inside, documents are numbers that ascend over the segments; they never leave this package.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from evidencebox.index import blocks, postings
from evidencebox.index.arrays import Arrays, SegmentView
from evidencebox.index.blocks import Block, Entry
from evidencebox.index.cache import Small
from evidencebox.index.postings import Ints, Sizes
from evidencebox.index.schema import Connection
from evidencebox.index.vocabulary import Vocabulary
from evidencebox.model.ids import DocumentId


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a term stands: ascending documents, counts, and positions where they were asked for."""

    docs: Ints
    freqs: Small
    positions: Ints | None = None


Accept = Callable[[str], bool]
_NONE = np.zeros(0, dtype=np.int64)


def _concatenated(found: list[Postings], positions: bool) -> Postings:
    if len(found) == 1:
        return found[0]
    if not found:
        return Postings(_NONE, _NONE, _NONE if positions else None)
    places = [part.positions for part in found if part.positions is not None]
    return Postings(
        np.concatenate([part.docs for part in found]),
        np.concatenate([part.freqs for part in found]),
        np.concatenate(places) if positions else None,
    )


def _small(freqs: Small) -> Small:
    """Counts in as few bytes as hold them."""
    most = int(freqs.max()) if len(freqs) else 0
    return freqs.astype(np.uint8 if most < 1 << 8 else np.uint32)


class Snapshot:
    """Reads one consistent state. Belongs to the thread that holds its transaction."""

    def __init__(self, connection: Connection, arrays: Arrays) -> None:
        self._connection = connection
        self.arrays = arrays

    def document(self, doc: int) -> DocumentId:
        """The id of a document number."""
        return DocumentId(self.arrays.hashes[doc].tobytes().hex())

    def numbers(self, documents: Iterable[DocumentId]) -> Ints:
        """The numbers of those documents that are live, ascending."""
        wanted = {bytes.fromhex(document) for document in documents}
        if not wanted:
            return _NONE
        arrays = self.arrays
        order = arrays.by_key
        keys = np.frombuffer(b"".join(sorted(wanted)), ">u8")[::4].astype(np.uint64)
        sorted_keys = arrays.keys[order]
        first = np.searchsorted(sorted_keys, keys, side="left")
        counts = np.searchsorted(sorted_keys, keys, side="right") - first
        found = order[np.repeat(first, counts) + postings.within(counts)]
        same = [arrays.hashes[doc].tobytes() in wanted for doc in found.tolist()]
        return np.unique(found[np.array(same, dtype=bool)])

    def postings(
        self,
        name: str,
        term: str,
        *,
        positions: bool = False,
        within: NDArray[np.bool_] | None = None,
    ) -> Postings:
        """Where `term` stands in the live documents, over all segments.

        With positions, `within` may mask the documents that are of interest: the rest are left out.
        """
        if positions:
            found = [self._places(view, name, e, within) for view, e in self._found(name, term)]
            return _concatenated(found, positions)
        known = self.arrays.lists.get((name, term))
        if known is None:
            read = [self._read(view, name, e) for view, e in self._found(name, term)]
            joined = _concatenated(read, positions)
            known = joined.docs, _small(joined.freqs)
            self.arrays.lists.put((name, term), *known)
        return Postings(*known)

    def _found(self, name: str, term: str) -> Iterator[tuple[SegmentView, Entry]]:
        raw = term.encode("utf-8", "replace")
        for view in self._views(name):
            entry = self._entry(view, name, raw)
            if entry is not None:
                yield view, entry

    def _views(self, name: str) -> Iterator[SegmentView]:
        """The segments that have the field at all."""
        return (view for view in self.arrays.segments if name in view.stored.lengths)

    def _entry(self, view: SegmentView, name: str, term: bytes) -> Entry | None:
        cache = self.arrays.cache
        firsts = cache.firsts(self._connection, view.number, name)
        at = bisect_right(firsts, term) - 1
        if at < 0:
            return None
        key = (view.number, name, firsts[at])
        block = cache.known(key)
        if block is None:
            row = self._connection.execute(
                "SELECT data FROM terms WHERE segment = ? AND field = ? AND first = ?", key
            ).fetchone()
            block = cache.get(key, row[0])
        return block.find(term)

    def _documents(self, view: SegmentView, name: str, entry: Entry) -> tuple[Ints, Ints]:
        key = (view.number, name, blocks.DOCUMENTS)
        data = blocks.read_stream(self._connection, key, entry.docs_at, entry.docs_size)
        docs, freqs = postings.documents_of(entry.gaps_size, np.frombuffer(data, np.uint8))
        docs += view.base
        return docs, freqs

    def _read(self, view: SegmentView, name: str, entry: Entry) -> Postings:
        docs, freqs = self._documents(view, name, entry)
        if view.whole:
            return Postings(docs, freqs)
        live = self.arrays.live[docs]
        return Postings(docs[live], freqs[live])

    def _places(
        self, view: SegmentView, name: str, entry: Entry, within: NDArray[np.bool_] | None
    ) -> Postings:
        docs, freqs = self._documents(view, name, entry)
        keep = (self.arrays.live if within is None else within)[docs]
        if not keep.any():
            return Postings(_NONE, _NONE, _NONE)
        key = (view.number, name, blocks.POSITIONS)
        data = blocks.read_stream(self._connection, key, entry.positions_at, entry.positions_size)
        places = postings.positions_of(freqs, np.frombuffer(data, np.uint8), keep)
        return Postings(docs[keep], freqs[keep], places)

    def expand(
        self, name: str, prefix: str, accept: Accept, *, positions: bool = False
    ) -> Postings:
        """Where any term that begins with `prefix` and is accepted stands.

        Term after term: documents repeat and do not ascend. A block is decoded at one go.
        """
        raw = prefix.encode("utf-8", "replace")
        found: list[Postings] = []
        for view in self._views(name):
            for block in self._blocks(view, name, raw):
                first = bisect_left(block.terms, raw)
                chosen = np.zeros(len(block.terms), dtype=bool)
                for at, term in enumerate(block.terms[first:], first):
                    if not term.startswith(raw):
                        break
                    chosen[at] = accept(term.decode())
                if chosen.any():
                    found.append(self._expand(view, name, block, chosen, positions))
        return _concatenated(found, positions)

    def _expand(
        self,
        view: SegmentView,
        name: str,
        block: Block,
        chosen: NDArray[np.bool_],
        positions: bool,
    ) -> Postings:
        picked = np.flatnonzero(chosen)
        some = slice(int(picked[0]), int(picked[-1]) + 1)
        df, cf = block.df[some], block.cf[some]
        sizes = Sizes(*(getattr(block.sizes, name)[some] for name in Sizes.__slots__))
        at, end = int(block.docs_at[some.start]), int(block.docs_at[some.stop])
        data = blocks.read_stream(
            self._connection, (view.number, name, blocks.DOCUMENTS), at, end - at
        )
        docs, freqs = postings.unpack_documents(df, sizes, np.frombuffer(data, np.uint8))
        docs = docs + view.base
        keep = np.repeat(chosen[some], df) & self.arrays.live[docs]
        places = None
        if positions:
            at, end = int(block.positions_at[some.start]), int(block.positions_at[some.stop])
            key = (view.number, name, blocks.POSITIONS)
            data = blocks.read_stream(self._connection, key, at, end - at)
            places = postings.unpack_positions(
                cf, sizes.positions, freqs, np.frombuffer(data, np.uint8)
            )
            places = places[np.repeat(keep, freqs)]
        return Postings(docs[keep], freqs[keep], places)

    def each(self, name: str) -> Iterator[tuple[tuple[bytes, ...], Ints, Ints]]:
        """All lists of a field, some terms at a time: terms, how many documents, documents.

        A term comes once for each segment it stands in; the dead are taken out.
        """
        for view in self._views(name):
            for block in self._blocks(view, name, b""):
                data = blocks.read_stream(
                    self._connection,
                    (view.number, name, blocks.DOCUMENTS),
                    int(block.docs_at[0]),
                    int(block.docs_at[-1] - block.docs_at[0]),
                )
                docs, _ = postings.unpack_documents(
                    block.df, block.sizes, np.frombuffer(data, np.uint8)
                )
                docs = docs + view.base
                live = self.arrays.live[docs]
                df = np.add.reduceat(live.astype(np.int64), postings.starts(block.df))
                yield tuple(block.terms), df, docs[live]

    def vocabularies(self, name: str) -> Iterator[Vocabulary]:
        """The terms of a field, segment by segment; those of removed documents among them."""
        for view in self._views(name):
            yield self.arrays.cache.vocabularies.get(
                view.number, name, partial(self._vocabulary, view.number, name)
            )

    def _vocabulary(self, segment: int, name: str) -> Vocabulary:
        rows = self._connection.execute(
            "SELECT data FROM terms WHERE segment = ? AND field = ? ORDER BY first",
            (segment, name),
        )
        return Vocabulary(blocks.read_block(data).terms for (data,) in rows)

    def terms(self, name: str, prefix: str = "") -> Iterator[str]:
        """The terms of a field that begin with `prefix`, each once, ascending in each segment.

        Terms of removed documents may be among them until a merge.
        """
        raw = prefix.encode("utf-8", "replace")
        seen: set[bytes] = set()
        for view in self._views(name):
            for block in self._blocks(view, name, raw):
                for term in block.terms[bisect_left(block.terms, raw) :]:
                    if not term.startswith(raw):
                        break
                    if term not in seen:
                        seen.add(term)
                        yield term.decode()

    def _blocks(self, view: SegmentView, name: str, prefix: bytes) -> Iterator[Block]:
        rows = self._connection.execute(
            "SELECT first, data FROM terms WHERE segment = ? AND field = ? AND first >= coalesce("
            "(SELECT max(first) FROM terms WHERE segment = ? AND field = ? AND first <= ?), x'')"
            " ORDER BY first",
            (view.number, name, view.number, name, prefix),
        )
        for first, data in rows:
            if first > prefix and not first.startswith(prefix):
                return
            yield self.arrays.cache.get((view.number, name, first), data)
