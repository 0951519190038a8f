"""What a query's documents are made of: counts by keyword, by number, and within sets.

A keyword field's lists are turned around once a generation: for every place where a value stands,
the value's number beside the document's. Counting is then one `bincount`, whatever the query.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evidencebox.index.postings import Ints
from evidencebox.index.segment import NO_DATE
from evidencebox.index.snapshot import Snapshot
from evidencebox.model.ids import DocumentId

Number = Literal["dates", "sizes"]
_SMALL = np.dtype(np.int32)


@dataclass(frozen=True, slots=True)
class Turned:
    """A keyword field by document: value `numbers[i]` of `values` stands in document `docs[i]`.

    `only`: where no document has two values, the value's number plus one for each document, 0 for
    none; so that counting costs as much as there are hits.
    """

    values: tuple[str, ...]
    numbers: NDArray[np.int32]
    docs: NDArray[np.int32]
    only: Ints | None = None


def turned(snapshot: Snapshot, field: str) -> Turned:
    """A field turned around; made once for each generation of the index."""
    known: dict[str, Turned] = snapshot.arrays.turned
    found = known.get(field)
    if found is None:
        found = known[field] = _turn(snapshot, field)
    return found


def _turn(snapshot: Snapshot, field: str) -> Turned:
    numbers: dict[bytes, int] = {}
    pieces: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = []
    for terms, df, docs in snapshot.each(field):
        own = [numbers.setdefault(term, len(numbers)) for term in terms]
        pieces.append((np.repeat(np.array(own, _SMALL), df), docs.astype(_SMALL)))
    values = tuple(term.decode() for term in numbers)
    if not pieces:
        return Turned(values, np.zeros(0, _SMALL), np.zeros(0, _SMALL))
    placed = np.concatenate([docs for _, docs in pieces])
    found = np.concatenate([number for number, _ in pieces])
    only = np.zeros(snapshot.arrays.count, dtype=np.int64)
    only[placed] = found + 1
    alone = np.count_nonzero(only) == len(placed)
    return Turned(values, found, placed, only if alone else None)


class Tally:
    """Counts over the documents of one query. Lives as long as the snapshot it reads."""

    def __init__(self, snapshot: Snapshot, docs: Ints) -> None:
        self._snapshot = snapshot
        self._docs = docs
        self._mask = np.zeros(snapshot.arrays.count, dtype=bool)
        self._mask[docs] = True

    @property
    def total(self) -> int:
        """How many documents the query has."""
        return len(self._docs)

    def keyword(self, field: str) -> dict[str, int]:
        """Folded value → how many of the documents have it, by value; without zeros."""
        column = turned(self._snapshot, field)
        if column.only is not None:
            counts = np.bincount(column.only[self._docs], minlength=len(column.values) + 1)[1:]
        else:
            inside = self._mask[column.docs]
            counts = np.bincount(column.numbers[inside], minlength=len(column.values))
        some = np.flatnonzero(counts)
        found = {column.values[at]: int(counts[at]) for at in some.tolist()}
        return dict(sorted(found.items()))

    def span(self, column: Number) -> tuple[int, int] | None:
        """The least and the greatest value; None where no document has one."""
        values = self._values(column)
        return (int(values.min()), int(values.max())) if len(values) else None

    def between(self, column: Number, edges: Sequence[int]) -> list[int]:
        """How many documents have edge ≤ value < next edge, for each but the last of `edges`."""
        values = np.sort(self._values(column))
        places = np.searchsorted(values, np.array(edges, dtype=np.int64), side="left")
        return [int(count) for count in np.diff(places)]

    def without(self, column: Number) -> int:
        """How many documents have no value."""
        return self.total - len(self._values(column))

    def within(self, documents: Iterable[DocumentId]) -> int:
        """How many of the documents are among these."""
        return int(np.count_nonzero(self._mask[self._snapshot.numbers(documents)]))

    def _values(self, column: Number) -> Ints:
        values: Ints = getattr(self._snapshot.arrays, column)[self._docs]
        return np.asarray(values[values != NO_DATE], dtype=np.int64)
