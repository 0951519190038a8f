"""How posting lists are packed: gaps, each number in as many bytes as it needs.

A list of a term holds, for each document in ascending order, the document's number and how often
the term stands there; its positions follow document by document. Numbers are stored as the gap to
the one before, minus one (the first as the gap to -1), so a list in order is the only thing that
can be stored. A number takes seven bits a byte, least first; every byte but the last has its
highest bit set.

The document stream of a list is its gaps, each doubled and one more where the count is above one,
then those counts minus two; a term that stands once in a document pays one bit for it. Positions
are a stream of their own: since their gaps begin anew in each document, a merge copies their bytes.

Everything here handles many lists at once; nothing loops over terms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]

_LONGEST = 5
_DAMAGED = "a stream of lists is damaged"


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
class Sizes:
    """Bytes of each list: its gaps and its counts in the document stream, and its positions."""

    docs: Ints
    freqs: Ints
    positions: Ints


@dataclass(frozen=True, slots=True)
class Packed:
    """The same in bytes."""

    sizes: Sizes
    docs: Bytes
    positions: Bytes


def starts(counts: Ints) -> Ints:
    """Where each of consecutive runs of `counts` begins."""
    return np.cumsum(counts) - counts


def within(counts: Ints) -> Ints:
    """0, 1, 2 … inside each of consecutive runs of `counts`."""
    return np.arange(int(counts.sum()), dtype=np.int64) - np.repeat(starts(counts), counts)


def ends(counts: Ints) -> Ints:
    """0, then where each of consecutive runs of `counts` ends."""
    out = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=out[1:])
    return out


def encode(values: Ints) -> tuple[Bytes, Ints]:
    """Numbers from 0 to 2³⁵-1 in bytes, and how many bytes each takes."""
    sizes = np.ones(len(values), dtype=np.int64)
    for taken in range(1, _LONGEST):
        larger = values >= 1 << (7 * taken)
        if not larger.any():
            break
        sizes += larger
    at = ends(sizes)
    if at[-1] == len(values):
        return values.astype(np.uint8), sizes
    out = np.empty(int(at[-1]), dtype=np.uint8)
    some = np.flatnonzero(sizes > 1)
    out[at[:-1]] = values & 0x7F
    out[at[some]] |= 0x80
    taken = 1
    while len(some):
        rest = values[some] >> (7 * taken)
        more = rest > 0x7F
        out[at[some] + taken] = (rest & 0x7F) | more.astype(np.int64) << 7
        some, taken = some[more], taken + 1
    return out, sizes


def decode(data: Bytes) -> Ints:
    """What `encode` made bytes of. Raises ValueError on what it cannot have made."""
    if not len(data) or data.max() < 0x80:
        return data.astype(np.int64)
    last = np.flatnonzero(data < 0x80)
    if not len(last) or last[-1] != len(data) - 1:
        raise ValueError(_DAMAGED)
    values = data[last].astype(np.int64)
    sizes = np.empty(len(last), dtype=np.int64)
    sizes[0] = last[0] + 1
    np.subtract(last[1:], last[:-1], out=sizes[1:])
    some = np.flatnonzero(sizes > 1)
    at, left, back = last[some], sizes[some], 1
    while len(some):
        if back == _LONGEST:
            raise ValueError(_DAMAGED)
        values[some] = values[some] << 7 | (data[at - back] & 0x7F)
        longer = left > back + 1
        some, at, left, back = some[longer], at[longer], left[longer], back + 1
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


def _added(sizes: Ints, counts: Ints) -> Ints:
    """The sums of consecutive runs of `counts`, some of them empty."""
    total, bounds = ends(sizes), ends(counts)
    return np.asarray(np.diff(total[bounds]), dtype=np.int64)


def woven(left: Bytes, left_sizes: Ints, right: Bytes, right_sizes: Ints) -> Bytes:
    """Runs of `left` and `right` in turn."""
    if not len(right):
        return left
    out = np.empty(len(left) + len(right), dtype=np.uint8)
    out[np.arange(len(left)) + np.repeat(starts(right_sizes), left_sizes)] = left
    out[np.arange(len(right)) + np.repeat(np.cumsum(left_sizes), right_sizes)] = right
    return out


def unwoven(data: Bytes, left_sizes: Ints, right_sizes: Ints) -> tuple[Bytes, Bytes]:
    """The inverse of `woven`. Raises ValueError where the sizes are not those of `data`."""
    if int(left_sizes.sum()) + int(right_sizes.sum()) != len(data):
        raise ValueError(_DAMAGED)
    if not right_sizes.any():
        return data, data[:0]
    turns = np.stack((left_sizes, right_sizes), axis=1).reshape(-1)
    is_left = np.repeat(np.tile([True, False], len(left_sizes)), turns)
    return data[is_left], data[~is_left]


def pack_gaps(df: Ints, docs: Ints, several: NDArray[np.bool_]) -> tuple[Bytes, Ints]:
    """Documents of lists in bytes, and how many bytes each list takes. `several`: count above 1."""
    gaps, sizes = encode(_gaps(docs, starts(df)) * 2 + several)
    return gaps, _added(sizes, df)


def pack_documents(df: Ints, docs: Ints, freqs: Ints) -> tuple[Bytes, Ints, Bytes, Ints]:
    """Gaps and counts of lists in bytes, and of both how many bytes each list takes."""
    several = freqs > 1
    gaps, gap_sizes = pack_gaps(df, docs, several)
    counts, count_sizes = encode(freqs[several] - 2)
    marked = _added(several.astype(np.int64), df)
    return gaps, gap_sizes, counts, _added(count_sizes, marked)


def unpack_gaps(df: Ints, data: Bytes) -> tuple[Ints, NDArray[np.bool_]]:
    """The inverse of `pack_gaps`, for what was checked once when it came."""
    gaps = decode(data)
    if len(gaps) != int(df.sum()):
        raise ValueError(_DAMAGED)
    return (_sums(gaps >> 1, df) if len(df) else gaps), (gaps & 1).astype(bool)


def pack_positions(freqs: Ints, cf: Ints, positions: Ints) -> tuple[Bytes, Ints]:
    """Positions in bytes, and how many bytes each list takes."""
    data, sizes = encode(_gaps(positions, starts(freqs)))
    return data, _added(sizes, cf)


def pack(lists: Lists) -> Packed:
    """`lists` in bytes."""
    gaps, gap_sizes, counts, count_sizes = pack_documents(lists.df, lists.docs, lists.freqs)
    positions, position_sizes = pack_positions(lists.freqs, lists.cf, lists.positions)
    sizes = Sizes(gap_sizes, count_sizes, position_sizes)
    return Packed(sizes, woven(gaps, gap_sizes, counts, count_sizes), positions)


def check_runs(data: Bytes, sizes: Ints, counts: Ints) -> None:
    """Raises ValueError unless run after run of `sizes` bytes of `data` holds `counts` numbers."""
    if int(sizes.sum()) != len(data):
        raise ValueError(_DAMAGED)
    bounds = ends(sizes)
    last = data < 0x80
    whole = last[bounds[1:][sizes > 0] - 1].all()
    if not whole or not np.array_equal(_added(last.astype(np.int64), sizes), counts):
        raise ValueError(_DAMAGED)


def unpack_documents(df: Ints, sizes: Sizes, data: Bytes) -> tuple[Ints, Ints]:
    """Documents and counts of consecutive lists whose document stream is `data`.

    Raises ValueError where the sizes do not agree.
    """
    if len(df) and int(df.min()) < 1:
        raise ValueError(_DAMAGED)
    gap_bytes, count_bytes = unwoven(data, sizes.docs, sizes.freqs)
    check_runs(gap_bytes, sizes.docs, df)
    gaps = decode(gap_bytes)
    several = (gaps & 1).astype(bool)
    check_runs(count_bytes, sizes.freqs, _added(several.astype(np.int64), df))
    freqs = np.ones(len(gaps), dtype=np.int64)
    freqs[several] = decode(count_bytes) + 2
    if not len(df):
        return gaps, freqs
    return _sums(gaps >> 1, df), freqs


def unpack_positions(cf: Ints, sizes: Ints, freqs: Ints, data: Bytes) -> Ints:
    """Positions of consecutive lists whose position stream is `data`.

    Raises ValueError where the sizes do not agree.
    """
    if int(freqs.sum()) != int(cf.sum()):
        raise ValueError(_DAMAGED)
    check_runs(data, sizes, cf)
    if not len(cf):
        return np.zeros(0, dtype=np.int64)
    return _sums(decode(data), freqs)


def documents_of(size: int, data: Bytes) -> tuple[Ints, Ints]:
    """Documents and counts of one list whose gaps take `size` bytes: the path a search takes."""
    gaps = decode(data[:size])
    freqs = np.ones(len(gaps), dtype=np.int64)
    if size < len(data):
        freqs[(gaps & 1).astype(bool)] = decode(data[size:]) + 2
    gaps >>= 1
    gaps += 1
    docs = np.cumsum(gaps)
    docs -= 1
    return docs, freqs


def positions_of(freqs: Ints, data: Bytes, keep: NDArray[np.bool_]) -> Ints:
    """Positions of one list, document by document, of those documents that `keep` marks."""
    gaps = decode(data)
    if keep.all():
        return _sums(gaps, freqs)
    return _sums(gaps[np.repeat(keep, freqs)], freqs[keep])
