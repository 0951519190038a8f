"""From occurrences to posting lists: one sort over everything, no loop per term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencebox.index import postings
from evidencebox.index.postings import Ints, Lists, Packed
from evidencebox.index.segment import FieldPart

_UNSIGNED, _BYTE = np.dtype("<u4"), np.dtype("u1")
_AT_ONCE = 1 << 22


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every occurrence of one field, by document and place; terms are numbers of `names`."""

    names: list[str]
    terms: NDArray[np.int32]
    docs: NDArray[np.int32]
    places: NDArray[np.int32]


def part(found: Occurrences, lengths: NDArray[np.uint32]) -> FieldPart:
    """The field's part: sorted and packed, a range of terms at a time where there is much."""
    used, terms = _ranked(found)
    raw = [term.encode("utf-8", "replace") for term in used]
    pieces: list[tuple[Lists, Packed]] = []
    for some in _term_ranges(terms, len(used)):
        chosen: slice | Ints = slice(None)
        if some.stop - some.start < len(used):
            chosen = np.flatnonzero((terms >= some.start) & (terms < some.stop))
        lists = _sorted(terms[chosen] - some.start, found.docs[chosen], found.places[chosen])
        pieces.append((lists, postings.pack(lists)))
    return FieldPart(
        np.array([len(term) for term in raw], dtype=np.uint8),
        np.frombuffer(b"".join(raw), np.uint8),
        _joined([lists.df.astype(_UNSIGNED) for lists, _ in pieces], _UNSIGNED),
        _joined([lists.cf.astype(_UNSIGNED) for lists, _ in pieces], _UNSIGNED),
        _joined([packed.sizes.docs.astype(_UNSIGNED) for _, packed in pieces], _UNSIGNED),
        _joined([packed.sizes.freqs.astype(_UNSIGNED) for _, packed in pieces], _UNSIGNED),
        _joined([packed.sizes.positions.astype(_UNSIGNED) for _, packed in pieces], _UNSIGNED),
        _joined([packed.docs for _, packed in pieces], _BYTE),
        _joined([packed.positions for _, packed in pieces], _BYTE),
        lengths,
    )


def _joined(pieces: list[NDArray[Any]], dtype: np.dtype[Any]) -> NDArray[Any]:
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=dtype)


def _term_ranges(terms: NDArray[np.int32], used: int) -> Iterator[slice]:
    """Ranges of terms with a bounded number of occurrences each, or a single term."""
    totals = np.cumsum(np.bincount(terms, minlength=used))
    at = 0
    while at < used:
        before = int(totals[at - 1]) if at else 0
        end = int(np.searchsorted(totals, before + _AT_ONCE, side="right"))
        yield slice(at, max(at + 1, end))
        at = max(at + 1, end)


def _sorted(terms: NDArray[np.int32], docs: NDArray[np.int32], places: NDArray[np.int32]) -> Lists:
    order = _order(terms, places, docs)
    return _lists(terms[order], docs[order], places[order])


def _ranked(found: Occurrences) -> tuple[list[str], NDArray[np.int32]]:
    """The terms that occur, ascending, and each occurrence's rank among them."""
    occurs = np.zeros(len(found.names), dtype=bool)
    occurs[found.terms] = True
    used = np.flatnonzero(occurs).tolist()
    # Words are compared faster than keys are asked for, so their numbers are found afterwards.
    names = [found.names[number] for number in used]
    numbers = dict(zip(names, used, strict=True))
    names.sort()
    rank = np.zeros(len(found.names), dtype=np.int32)
    rank[[numbers[name] for name in names]] = np.arange(len(used), dtype=np.int32)
    return names, rank[found.terms]


def _order(terms: NDArray[np.int32], places: NDArray[np.int32], docs: NDArray[np.int32]) -> Ints:
    """Sorts by term; inside a term by document and position.

    Occurrences come in order of document and chunk, and a term may stand twice in a chunk, out of
    order only between a chunk's parts and its extras. So the key is term, then arrival, and the
    few places that are out of order are put right by a full sort.
    """
    if len(terms) >= 1 << 32:
        raise ValueError("too many words for one segment")
    keys = terms.astype(np.uint64) << np.uint64(32) | np.arange(len(terms), dtype=np.uint64)
    keys.sort()
    order = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
    t, d, p = terms[order], docs[order], places[order]
    wrong = (t[1:] == t[:-1]) & (d[1:] == d[:-1]) & (p[1:] <= p[:-1])
    if not wrong.any():
        return order
    order = np.lexsort((places, docs, terms))
    t, d, p = terms[order], docs[order], places[order]
    twice = (t[1:] == t[:-1]) & (d[1:] == d[:-1]) & (p[1:] == p[:-1])
    return np.asarray(order[np.concatenate(([True], ~twice))], dtype=np.int64)


def _lists(terms: NDArray[np.int32], docs: NDArray[np.int32], places: NDArray[np.int32]) -> Lists:
    """Posting lists from occurrences in order; every number from 0 to the last term occurs."""
    new = np.concatenate(([True], (terms[1:] != terms[:-1]) | (docs[1:] != docs[:-1])))
    first = np.flatnonzero(new)
    freqs = np.diff(np.append(first, len(terms)))
    df, cf = np.bincount(terms[first]), np.bincount(terms)
    return Lists(df, cf, docs[first].astype(np.int64), freqs, places.astype(np.int64))
