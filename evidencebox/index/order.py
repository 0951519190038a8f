"""Columns of the index by document, for whoever sorts documents: the numbers inside stay inside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from evidencebox.index.arrays import Arrays
from evidencebox.index.database import Index
from evidencebox.index.postings import Ints
from evidencebox.index.segment import NO_DATE
from evidencebox.model.ids import DocumentId

Column = Literal["dates", "sizes"]


def column(index: Index, documents: Sequence[DocumentId], name: Column) -> list[int | None]:
    """A number for each of `documents`, in their order: seconds since 1970 UTC, or bytes.

    None where a document has none, or is not in the index.
    """
    if not documents:
        return []
    with index.read() as snapshot:
        places = _places(snapshot.arrays, documents)
        values: Ints = getattr(snapshot.arrays, name)
        if not len(values):
            return [None] * len(documents)
        found = np.where(places >= 0, values[places], NO_DATE).tolist()
    return [None if value == NO_DATE else value for value in found]


def _places(arrays: Arrays, documents: Sequence[DocumentId]) -> Ints:
    """The numbers of documents, -1 for those that are not live."""
    hashes = np.frombuffer(bytes.fromhex("".join(documents)), np.uint8).reshape(-1, 32)
    wanted = np.ascontiguousarray(hashes[:, :8]).view(">u8")[:, 0].astype(np.uint64)
    order = arrays.by_key
    at = np.searchsorted(arrays.keys[order], wanted)
    places = np.full(len(documents), -1, dtype=np.int64)
    open_ = np.flatnonzero(at < len(order))
    while len(open_):
        # The first 64 bits can agree where hashes differ: those look at the next in order.
        here = order[at[open_]]
        same = (arrays.hashes[here] == hashes[open_]).all(axis=1)
        places[open_[same]] = here[same]
        near = ~same & (arrays.keys[here] == wanted[open_])
        open_ = open_[near]
        at[open_] += 1
        open_ = open_[at[open_] < len(order)]
    return places
