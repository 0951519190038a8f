"""How posting lists are packed: gaps, each list at the least byte width that holds it.

A list of a term holds, for each document in ascending order, the document's number and how often
the term stands there; its positions follow document by document. Numbers are stored as the gap to
the one before, minus one (the first as the gap to -1), counts minus one; so a list in order is the
only thing that can be stored. Width codes 0, 1, 2, 3 mean 0, 1, 2 and 4 bytes a number; width 0
means that every number is zero (a term once in each document costs nothing for its counts).

The document stream of a list is its gaps, then its counts. Everything here handles many lists at
once; nothing loops over terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Codes = NDArray[np.integer]

WIDTHS = np.array([0, 1, 2, 4], dtype=np.int64)
_TYPES: dict[int, np.dtype[Any]] = {
    1: np.dtype("u1"),
    2: np.dtype("<u2"),
    3: np.dtype("<u4"),
}


@dataclass(frozen=True, slots=True)
class Lists:
    """Posting lists of many terms, one after another.

    `df[t]` documents of term t, `cf[t]` occurrences; `docs` and `freqs` have sum(df) numbers,
    `positions` sum(cf).
    """

    df: Ints
    cf: Ints
    docs: Ints
    freqs: Ints
    positions: Ints


@dataclass(frozen=True, slots=True)
class Packed:
    """The same in bytes: `widths[t]` = docs | freqs << 2 | positions << 4, as width codes."""

    widths: Bytes
    docs: Bytes
    positions: Bytes


def starts(counts: Ints) -> Ints:
    """Where each of consecutive runs of `counts` begins."""
    return np.cumsum(counts) - counts


def within(counts: Ints) -> Ints:
    """0, 1, 2 … inside each of consecutive runs of `counts`."""
    return np.arange(int(counts.sum()), dtype=np.int64) - np.repeat(starts(counts), counts)


def _codes(values: Ints, counts: Ints) -> Bytes:
    if not len(counts):
        return np.zeros(0, dtype=np.uint8)
    largest = np.maximum.reduceat(values, starts(counts))
    bounds = np.array([0, 0xFF, 0xFFFF], dtype=np.int64)
    return np.searchsorted(bounds, largest, side="left").astype(np.uint8)


def _addresses(first: Ints, offsets: Ints, counts: Ints, size: int) -> tuple[Ints, Ints]:
    """For each number of some lists: its index among all numbers, and its byte address."""
    begins = starts(counts)
    run = np.arange(int(counts.sum()), dtype=np.int64)
    if len(first) == 1 or bool((np.diff(first) == counts[:-1]).all()):
        index = run + first[0]
    else:
        index = np.repeat(first - begins, counts) + run
    return index, np.repeat(offsets - begins * size, counts) + run * size


def _scatter(out: Bytes, offsets: Ints, counts: Ints, codes: Codes, values: Ints) -> None:
    """Writes each list's values at its byte offset."""
    first = starts(counts)
    for code, dtype in _TYPES.items():
        lists = np.flatnonzero(codes == code)
        if not len(lists):
            continue
        index, at = _addresses(first[lists], offsets[lists], counts[lists], dtype.itemsize)
        raw = values[index].astype(dtype).view(np.uint8).reshape(-1, dtype.itemsize)
        for byte in range(dtype.itemsize):
            out[at + byte] = raw[:, byte]


def _gather(data: Bytes, offsets: Ints, counts: Ints, codes: Codes) -> Ints:
    """Reads what `_scatter` wrote."""
    values = np.zeros(int(counts.sum()), dtype=np.int64)
    first = starts(counts)
    for code, dtype in _TYPES.items():
        lists = np.flatnonzero(codes == code)
        if not len(lists):
            continue
        index, at = _addresses(first[lists], offsets[lists], counts[lists], dtype.itemsize)
        raw = np.empty((len(at), dtype.itemsize), dtype=np.uint8)
        for byte in range(dtype.itemsize):
            raw[:, byte] = data[at + byte]
        values[index] = raw.view(dtype)[:, 0]
    return values


def _gaps(values: Ints, run_starts: Ints) -> Ints:
    gaps = np.empty(len(values), dtype=np.int64)
    gaps[1:] = values[1:] - values[:-1] - 1
    gaps[run_starts] = values[run_starts]
    return gaps


def _sums(gaps: Ints, counts: Ints) -> Ints:
    """The inverse of `_gaps` over consecutive runs of `counts` (none of them empty)."""
    total = np.cumsum(gaps + 1)
    first = starts(counts)
    before = total[first] - gaps[first] - 1
    return np.asarray(total - np.repeat(before, counts) - 1, dtype=np.int64)


def document_bytes(widths: Bytes, df: Ints) -> Ints:
    """How many bytes of the document stream each list takes."""
    return np.asarray(df * (WIDTHS[widths & 3] + WIDTHS[widths >> 2 & 3]), dtype=np.int64)


def position_bytes(widths: Bytes, cf: Ints) -> Ints:
    """How many bytes of the position stream each list takes."""
    return np.asarray(cf * WIDTHS[widths >> 4 & 3], dtype=np.int64)


def pack(lists: Lists) -> Packed:
    """`lists` in bytes."""
    gaps = _gaps(lists.docs, starts(lists.df))
    counts = lists.freqs - 1
    steps = _gaps(lists.positions, starts(lists.freqs))
    doc_codes, freq_codes = _codes(gaps, lists.df), _codes(counts, lists.df)
    step_codes = _codes(steps, lists.cf)
    widths = (doc_codes | freq_codes << 2 | step_codes << 4).astype(np.uint8)
    sizes = document_bytes(widths, lists.df)
    docs = np.zeros(int(sizes.sum()), dtype=np.uint8)
    at = starts(sizes)
    _scatter(docs, at, lists.df, doc_codes, gaps)
    _scatter(docs, at + lists.df * WIDTHS[doc_codes], lists.df, freq_codes, counts)
    sizes = position_bytes(widths, lists.cf)
    positions = np.zeros(int(sizes.sum()), dtype=np.uint8)
    _scatter(positions, starts(sizes), lists.cf, step_codes, steps)
    return Packed(widths, docs, positions)


def unpack_documents(widths: Bytes, df: Ints, data: Bytes) -> tuple[Ints, Ints]:
    """Documents and counts of consecutive lists whose document stream is `data`.

    Raises ValueError where the sizes do not agree.
    """
    sizes = document_bytes(widths, df)
    if int(sizes.sum()) != len(data) or (len(df) and int(df.min()) < 1):
        raise ValueError("a document stream does not fit its terms")
    if not len(df):
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty
    at = starts(sizes)
    gaps = _gather(data, at, df, widths & 3)
    freqs = _gather(data, at + df * WIDTHS[widths & 3], df, widths >> 2 & 3) + 1
    return _sums(gaps, df), freqs


def unpack_positions(widths: Bytes, cf: Ints, freqs: Ints, data: Bytes) -> Ints:
    """Positions of consecutive lists whose position stream is `data`.

    Raises ValueError where the sizes do not agree.
    """
    sizes = position_bytes(widths, cf)
    if int(sizes.sum()) != len(data) or int(freqs.sum()) != int(cf.sum()):
        raise ValueError("a position stream does not fit its terms")
    if not len(cf):
        return np.zeros(0, dtype=np.int64)
    return _sums(_gather(data, starts(sizes), cf, widths >> 4 & 3), freqs)


def _one(data: memoryview, offset: int, count: int, code: int) -> Ints:
    if not code:
        return np.zeros(count, dtype=np.int64)
    raw = np.frombuffer(data, _TYPES[code], count, offset)
    return np.asarray(raw, dtype=np.int64).copy()


def documents_of(width: int, df: int, data: memoryview) -> tuple[Ints, Ints]:
    """Documents and counts of one list: the path a search takes."""
    gaps = _one(data, 0, df, width & 3)
    freqs = _one(data, df * int(WIDTHS[width & 3]), df, width >> 2 & 3)
    gaps += 1
    freqs += 1
    return np.cumsum(gaps) - 1, freqs


def positions_of(width: int, cf: int, freqs: Ints, data: memoryview) -> Ints:
    """Positions of one list, document by document."""
    return _sums(_one(data, 0, cf, width >> 4 & 3), freqs)
