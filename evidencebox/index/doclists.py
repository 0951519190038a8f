"""Ascending lists of documents: which are among others, what they are worth, and their union.

Few documents are looked up in a list; for many, an array over all documents is cheaper.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evidencebox.index.postings import Ints

Floats = NDArray[np.floating]

_FEW = 1024


def among(sorted_docs: Ints, docs: Ints, count: int) -> NDArray[np.bool_]:
    """Which of `docs` are among ascending `sorted_docs`; all of them are below `count`."""
    if len(docs) > _FEW:
        mask = np.zeros(count, dtype=bool)
        mask[sorted_docs] = True
        return mask[docs]
    if not len(sorted_docs):
        return np.zeros(len(docs), dtype=bool)
    index = np.minimum(np.searchsorted(sorted_docs, docs), len(sorted_docs) - 1)
    return np.asarray(sorted_docs[index] == docs)


def picked(sorted_docs: Ints, values: Floats, docs: Ints, count: int) -> Floats:
    """The values of `docs`, each of which is one of ascending `sorted_docs`."""
    if len(docs) > _FEW:
        every = np.zeros(count, dtype=values.dtype)
        every[sorted_docs] = values
        return every[docs]
    return values[np.searchsorted(sorted_docs, docs)]


def added(lists: Sequence[tuple[Ints, Floats]], count: int) -> tuple[Ints, Floats]:
    """The union of ascending document lists, values of one document added in order."""
    if not lists:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    if len(lists) == 1:
        return lists[0]
    docs = np.concatenate([one for one, _ in lists])
    if len(docs) * 16 < count:
        union, index = np.unique(docs, return_inverse=True)
        values = np.concatenate([value for _, value in lists])
        summed = np.bincount(index, weights=values, minlength=len(union))
        return union, summed.astype(np.float32)
    mask, total = np.zeros(count, dtype=bool), np.zeros(count)
    for one, value in lists:
        mask[one] = True
        total[one] += value
    union = np.flatnonzero(mask)
    return union, total[union].astype(np.float32)
