"""Near-duplicates: signatures of texts, groups of signatures, and the exact measure. Pure.

A text is the set of its shingles, five words in a row, folded and without punctuation; two texts
are as alike as the Jaccard index of their sets. A signature estimates it: 128 places, each of which
two texts share with a probability of their Jaccard index. The places are filled as in "Fast
Similarity Sketching" (Dahlgaard, Knudsen and Thorup, 2017): round after round, each shingle goes to
one place, until every place has one. A long text costs one round, and the estimate for a short one
is as good. Equal places by accident: one in 65,536.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

WORDS = 5
"""In a shingle."""
PLACES = 128
ROWS = 3
"""Places in a band: texts that share a band are looked at."""
Shingles = NDArray[np.uint64]
Signatures = NDArray[np.uint16]

_AT_ONCE = 1 << 18
_SPACE = re.compile(r"\s")
_ODD = np.array(
    [
        int.from_bytes(hashlib.sha256(b"shingle %d" % n).digest()[:8], "big") | 1
        for n in range(WORDS)
    ],
    dtype=np.uint64,
)
_NONE = np.iinfo(np.uint64).max


class _Words(dict[str, int]):
    """A word as it stands in a text → 64 bits of the folded word; 0 where it is signs alone."""

    def __missing__(self, typed: str) -> int:
        word = "".join(filter(str.isalnum, typed.casefold()))
        value = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big") | 1
        self[typed] = value if word else 0
        return self[typed]


_MOST_KEPT = 1 << 20
_known = _Words()


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a text: how many words, a digest of them in order, and the places."""

    words: int
    digest: bytes
    places: Signatures


def _hashes(pages: Iterable[str]) -> Iterator[NDArray[np.uint64]]:
    """The words of a text, some at a time."""
    if len(_known) > _MOST_KEPT:
        _known.clear()
    for page in pages:
        start = 0
        while start < len(page):
            space = _SPACE.search(page, start + _AT_ONCE)  # no word is cut in two
            end = space.start() if space else len(page)
            typed = page[start:end].split()
            found = np.fromiter(map(_known.__getitem__, typed), dtype=np.uint64)
            yield found[found != 0]
            start = end


def _shingles(words: NDArray[np.uint64]) -> Shingles:
    """The shingles of words in a row; of fewer words than one has, a single one."""
    if not len(words):
        return np.zeros(0, dtype=np.uint64)
    count = max(1, len(words) - WORDS + 1)
    total = np.zeros(count, dtype=np.uint64)
    for place in range(min(WORDS, len(words))):
        total += words[place : place + count] * _ODD[place]
    return _mixed(total)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Values in which every bit depends on every bit (the finisher of MurmurHash3)."""
    values = values ^ (values >> np.uint64(33))
    values *= np.uint64(0xFF51AFD7ED558CCD)
    values ^= values >> np.uint64(33)
    values *= np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> np.uint64(33))


def shingles(pages: Iterable[str]) -> Shingles:
    """The set of a text's shingles, as ascending 64-bit numbers. A shingle may cross pages."""
    found = list(_hashes(pages))
    words = np.concatenate(found) if found else np.zeros(0, dtype=np.uint64)
    return np.unique(_shingles(words))


def jaccard(one: Shingles, other: Shingles) -> float:
    """Of all that either has, the share that both have; two empty texts are not alike."""
    if not len(one) or not len(other):
        return 0.0
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both)


def signature(pages: Iterable[str]) -> Signature:
    """A text's signature, in memory that does not grow with the text."""
    digest = hashlib.blake2b(digest_size=16)
    few: Shingles = np.zeros(0, dtype=np.uint64)
    places = np.full(PLACES, _NONE, dtype=np.uint64)
    rest, count = np.zeros(0, dtype=np.uint64), 0
    for words in _hashes(pages):
        digest.update(words.astype("<u8").tobytes())
        count += len(words)
        words = np.concatenate([rest, words])
        if len(words) < WORDS:
            rest = words
            continue
        few = _filled(places, few, _shingles(words))
        rest = words[len(words) - WORDS + 1 :]
    if count < WORDS:
        few = _filled(places, few, _shingles(rest))
    _fill_rest(places, few)
    return Signature(count, digest.digest(), (places >> np.uint64(8)).astype(np.uint16))


def _filled(places: NDArray[np.uint64], few: Shingles, part: Shingles) -> Shingles:
    """The first round. Returns all shingles so far, as long as there is need for another round."""
    whole = bool((places != _NONE).all())
    _fill(places, part, 0)
    if whole or (places != _NONE).all():
        return few[:0]
    return np.union1d(few, part)


def _fill(places: NDArray[np.uint64], part: Shingles, number: int) -> None:
    """One round: each shingle goes to a place, and the least of each place stays."""
    values = _mixed(part + np.uint64((number * 0x9E3779B97F4A7C15) & _NONE))
    at = (values & np.uint64(PLACES - 1)).astype(np.int64)
    # The low bits chose the place; those above compare, the last 16 of which are kept.
    np.minimum.at(places, at, values >> np.uint64(8))


def _fill_rest(places: NDArray[np.uint64], few: Shingles) -> None:
    """Further rounds for places that are empty still; after many, each place takes its least."""
    number = 1
    while len(few) and (empty := np.flatnonzero(places == _NONE)).size:
        later = np.full(PLACES, _NONE, dtype=np.uint64)
        if number <= PLACES:
            _fill(later, few, number)
        else:
            for place in empty.tolist():
                salt = np.uint64(((number + place) * 0x9E3779B97F4A7C15) & _NONE)
                later[place] = (_mixed(few + salt) >> np.uint64(8)).min()
        places[empty] = later[empty]
        number += 1


def estimate(signatures: Signatures, one: Signatures) -> NDArray[np.float64]:
    """How alike each of `signatures` (a row a text) is to `one`, by the places they share."""
    same = (signatures == one).sum(axis=1, dtype=np.uint8)  # PLACES fit into a byte
    return np.asarray(same / PLACES, dtype=np.float64)


def candidates(signatures: Signatures) -> Iterator[tuple[int, int]]:
    """Pairs of rows that share a band, each once, the lower row first.

    Of rows that all share a band, each is paired with the first alone: groups join what belongs
    together, and a thousand copies are not a million pairs.
    """
    seen: set[tuple[int, int]] = set()
    for band in range(PLACES // ROWS):
        keys = np.zeros(len(signatures), dtype=np.uint64)
        for place in range(band * ROWS, (band + 1) * ROWS):
            keys = (keys << np.uint64(16)) | signatures[:, place].astype(np.uint64)
        order = np.argsort(keys, kind="stable")
        same = np.flatnonzero(keys[order[1:]] == keys[order[:-1]]) + 1
        first, previous = 0, -1
        for at in same.tolist():
            if at != previous + 1:
                first = int(order[at - 1])
            previous = at
            pair = (first, int(order[at]))
            if pair not in seen:
                seen.add(pair)
                yield pair


def groups(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """What pairs join, directly or by others: each group ascending, by its first member."""
    leader: dict[int, int] = {}

    def find(one: int) -> int:
        while leader.setdefault(one, one) != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        leader[high] = low
    found: dict[int, list[int]] = {}
    for one in sorted(leader):
        found.setdefault(find(one), []).append(one)
    return sorted(found.values())


RECORD = np.dtype([("words", "<u8"), ("digest", "V16"), ("places", "<u2", (PLACES,))])
"""A signature as it crosses a pipe."""


def pack(found: Sequence[Signature]) -> bytes:
    """Signatures one after another."""
    rows: NDArray[Any] = np.zeros(len(found), RECORD)
    for at, each in enumerate(found):
        rows[at] = (each.words, each.digest, each.places)
    return rows.tobytes()


def unpack(data: bytes, count: int) -> list[Signature]:
    """What `pack` gave. Raises ValueError where it is not `count` of them."""
    if len(data) != count * RECORD.itemsize:
        raise ValueError("signatures of the wrong length")
    rows = np.frombuffer(data, RECORD)
    return [Signature(int(r["words"]), r["digest"].tobytes(), r["places"].copy()) for r in rows]
