"""Running a plan: documents in order of rank, with BM25F scores.

Scores are those of a plain reference over the live documents: document frequency and mean length
are exact after removals, because dead documents are taken out before anything is counted.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import cast

import numpy as np

from evidencebox.index.cache import Small
from evidencebox.index.database import Index
from evidencebox.index.doclists import Floats, added, among, picked
from evidencebox.index.language import Parsed
from evidencebox.index.occurrences import occurrences
from evidencebox.index.plan import (
    And,
    Between,
    Every,
    HashPrefix,
    Keyword,
    Ledger,
    Near,
    Node,
    Not,
    Or,
    Scored,
    Words,
)
from evidencebox.index.postings import Ints
from evidencebox.index.segment import NO_DATE
from evidencebox.index.snapshot import Snapshot
from evidencebox.index.tally import Tally
from evidencebox.model.ids import DocumentId
from evidencebox.model.query import LedgerClause

K1 = 1.2
B = 0.75
WEIGHTS = {"body": 1.0, "subject": 2.0, "name": 1.5}
"""BM25F: how fast counts saturate, how much length matters, and each field's weight (else 1)."""

Resolve = Callable[[LedgerClause], Collection[DocumentId]]
"""Answers a clause of the ledger with documents; those not in the index are passed over."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The best `limit` documents (all, if there was none) of `total`, with their scores.

    Equal scores stand in order of hash, so that two laptops agree. A query of filters alone gives
    every document the score 0. `generation` is the state of the index that answered.
    """

    documents: tuple[DocumentId, ...]
    scores: tuple[float, ...]
    total: int
    generation: int


@dataclass(frozen=True, slots=True)
class _Found:
    """Ascending documents with scores; None where nothing here is scored.

    With `idf`, the values are weighted counts that are still to saturate: only of those documents
    that are left in the end.
    """

    docs: Ints
    values: Floats | None = None
    idf: float | None = None

    @property
    def scores(self) -> Floats | None:
        """The score of each document."""
        return None if self.values is None else self.saturated(self.values)

    def saturated(self, values: Floats) -> Floats:
        """The scores of some of `values`."""
        if self.idf is None:
            return values
        return np.asarray(np.float32(self.idf * (K1 + 1)) * values / (np.float32(K1) + values))


def search(index: Index, parsed: Parsed, resolve: Resolve, limit: int | None = None) -> Matches:
    """The documents of a query, best first."""
    with index.read() as snapshot:
        found = _found(snapshot, parsed, resolve)
        docs, scores = _ranked(snapshot, found, limit)
        ids = documents(snapshot, docs)
        total, generation = len(found.docs), snapshot.arrays.generation
    return Matches(ids, tuple(scores.tolist()), total, generation)


def facets(
    index: Index, parsed: Parsed, resolve: Resolve, fields: Sequence[str]
) -> dict[str, dict[str, int]]:
    """For each keyword field, how many of a query's documents have each (folded) value."""
    with tally(index, parsed, resolve) as counted:
        return {field: counted.keyword(field) for field in fields}


@contextmanager
def tally(index: Index, parsed: Parsed, resolve: Resolve) -> Iterator[Tally]:
    """What to count a query's documents with, while one state of the index is held."""
    with index.read() as snapshot:
        yield Tally(snapshot, _found(snapshot, parsed, resolve).docs)


_REMEMBERED = 4


def _found(snapshot: Snapshot, parsed: Parsed, resolve: Resolve) -> _Found:
    """What a query finds. The last answers of a generation are kept: hits, facets and the next
    page of hits are asked for one after another. What the ledger answers is always asked anew."""
    known: OrderedDict[Node, _Found] = snapshot.arrays.answers
    node = parsed.node
    if _of_ledger(node):
        return _Run(snapshot, resolve).run(node)
    found = known.pop(node, None) or _Run(snapshot, resolve).run(node)
    known[node] = found
    while len(known) > _REMEMBERED:
        with suppress(KeyError):
            known.popitem(last=False)
    return found


def _of_ledger(node: Node) -> bool:
    match node:
        case Ledger():
            return True
        case Not(child):
            return _of_ledger(child)
        case And(nodes) | Or(nodes):
            return any(map(_of_ledger, nodes))
        case _:
            return False


def documents(snapshot: Snapshot, docs: Ints) -> tuple[DocumentId, ...]:
    """The ids of document numbers, in their order."""
    if not len(docs):
        return ()
    # Cut where the separators stand, without a step of Python for each of a hundred thousand.
    ids = snapshot.arrays.hashes[docs].tobytes().hex("\n", 32).split("\n")
    return cast("tuple[DocumentId, ...]", tuple(ids))


def _ranked(snapshot: Snapshot, found: _Found, limit: int | None) -> tuple[Ints, Floats]:
    docs, known = found.docs, found.scores
    scores: Floats = np.zeros(len(docs), dtype=np.float32) if known is None else known
    if limit is not None and limit < len(docs):
        if limit < 1:
            return docs[:0], scores[:0]
        least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        top = np.flatnonzero(scores >= least)
        docs, scores = docs[top], scores[top]
    # One number a document: the score turned round above its place among all hashes, so that a
    # plain sort does, which takes a tenth of the time of one by two keys.
    arrays = snapshot.arrays
    upper = (~scores.astype(np.float32).view(np.uint32)).astype(np.uint64) << np.uint64(32)
    order = np.sort(upper | arrays.places[docs])[:limit]
    best = arrays.by_key[(order & np.uint64(0xFFFFFFFF)).astype(np.int64)]
    return best, (~(order >> np.uint64(32)).astype(np.uint32)).view(np.float32)


class _Run:
    """One evaluation over one snapshot."""

    def __init__(self, snapshot: Snapshot, resolve: Resolve) -> None:
        self._snapshot = snapshot
        self._arrays = snapshot.arrays
        self._resolve = resolve

    def run(self, node: Node) -> _Found:
        match node:
            case Words() | Near():
                return self._words(node)
            case And(nodes):
                return self._and(nodes)
            case Or(nodes):
                return self._or([self.run(child) for child in nodes])
            case Not(child):
                return self._without(self.run(child).docs)
            case _:
                return self._filter(node)

    def _filter(self, node: Node) -> _Found:
        match node:
            case Keyword():
                return self._keyword(node)
            case Between():
                return self._between(node)
            case HashPrefix(value, bits):
                return self._hash(value, bits)
            case Ledger(clause):
                return _Found(self._snapshot.numbers(self._resolve(clause)))
            case Every():
                return _Found(np.flatnonzero(self._arrays.live))
        raise TypeError(f"cannot run {type(node).__name__}")

    def _words(self, words: Scored) -> _Found:
        """BM25F: the weighted counts of all fields saturate together."""
        lists: list[tuple[Ints, Floats]] = []
        for field in words.fields:
            found = occurrences(self._snapshot, field, words)
            if len(found.docs):
                lists.append((found.docs, self._weights(field, found.docs, found.freqs)))
        docs, counts = added(lists, self._arrays.count)
        live = self._arrays.live_count
        idf = math.log(1 + (live - len(docs) + 0.5) / (len(docs) + 0.5))
        return _Found(docs, counts, words.boost * idf)

    def _weights(self, field: str, docs: Ints, freqs: Small) -> Floats:
        norms = self._arrays.norms(field, B)[docs]
        weight = np.float32(WEIGHTS.get(field, 1.0))
        return weight * freqs.astype(np.float32) * norms

    def _and(self, nodes: Sequence[Node]) -> _Found:
        found = [self.run(node) for node in nodes if not isinstance(node, Not)]
        found.sort(key=lambda one: len(one.docs))
        docs = found[0].docs if found else np.flatnonzero(self._arrays.live)
        for one in found[1:]:
            docs = docs[among(one.docs, docs, self._arrays.count)]
        for node in nodes:
            if isinstance(node, Not) and len(docs):
                docs = docs[~among(self.run(node.node).docs, docs, self._arrays.count)]
        scored = [one for one in found if one.values is not None]
        if not scored:
            return _Found(docs)
        total = np.zeros(len(docs), dtype=np.float32)
        for one in scored:
            if one.values is not None and len(docs):
                values = picked(one.docs, one.values, docs, self._arrays.count)
                total += one.saturated(values)
        return _Found(docs, total)

    def _or(self, found: Sequence[_Found]) -> _Found:
        lists = []
        for one in found:
            scores = one.scores
            unscored = np.zeros(len(one.docs), dtype=np.float32)
            lists.append((one.docs, unscored if scores is None else scores))
        docs, total = added(lists, self._arrays.count)
        return _Found(docs, None if all(one.values is None for one in found) else total)

    def _without(self, docs: Ints) -> _Found:
        mask = self._arrays.live.copy()
        mask[docs] = False
        return _Found(np.flatnonzero(mask))

    def _keyword(self, node: Keyword) -> _Found:
        slot = node.value
        if not slot.glob:
            return _Found(self._snapshot.postings(node.field, slot.text).docs)
        regex = slot.regex()
        found = self._snapshot.expand(
            node.field, slot.prefix, lambda term: regex.fullmatch(term) is not None
        )
        return _Found(np.unique(found.docs))

    def _between(self, node: Between) -> _Found:
        columns = {"date": "dates", "size": "sizes", "pages": "pages"}
        values: Ints = getattr(self._arrays, columns[node.column])
        mask = self._arrays.live.copy()
        if node.column == "date":
            mask &= values != NO_DATE
        if node.low is not None:
            mask &= values >= node.low
        if node.high is not None:
            mask &= values < node.high
        return _Found(np.flatnonzero(mask))

    def _hash(self, value: int, bits: int) -> _Found:
        order = self._arrays.by_key
        keys = self._arrays.keys[order]
        low = value << (64 - bits) if bits <= 64 else value >> (bits - 64)
        high = low + (1 << (64 - bits) if bits <= 64 else 1) - 1
        first = np.searchsorted(keys, np.uint64(low), side="left")
        docs = order[first : np.searchsorted(keys, np.uint64(high), side="right")]
        if bits > 64:
            hashes = self._arrays.hashes
            docs = docs[[_begins(hashes[doc].tobytes(), value, bits) for doc in docs.tolist()]]
        return _Found(np.sort(docs))


def _begins(digest: bytes, value: int, bits: int) -> bool:
    return int.from_bytes(digest, "big") >> (256 - bits) == value
