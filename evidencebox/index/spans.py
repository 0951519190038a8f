"""Where slots stand and what they cover, as sorted arrays.

A place is one number, document × 2³² + position, so that phrases are set operations on arrays and
can never reach from one document into the next. A stretch covers the places `first` to `last`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from evidencebox.index import rules, tokens
from evidencebox.index.expansion import expand
from evidencebox.index.matching import accept, places
from evidencebox.index.plan import Slot, Words
from evidencebox.index.postings import Ints
from evidencebox.index.snapshot import Postings, Snapshot

SHIFT = 32
NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches, each once, by their first place."""

    first: Ints
    last: Ints

    def where_first(self, some: Ints) -> Stretches:
        """Those that begin at one of `some`, ascending places."""
        keep = among(self.first, some)
        return Stretches(self.first[keep], self.last[keep])

    def where_last(self, some: Ints) -> Stretches:
        """Those that end at one of `some`, ascending places."""
        keep = among(self.last, some)
        return Stretches(self.first[keep], self.last[keep])


def stretches(snapshot: Snapshot, field: str, words: Words) -> tuple[Stretches, ...]:
    """One for each slot of a phrase; a single one for words at fixed distances."""
    if words.exact and len(words.slots) > 1:
        first = _at_offsets(snapshot, field, words)
        return (Stretches(first, first + words.width - 1),)
    found = []
    within = _candidates(snapshot, field, words)
    for slot in words.slots:
        here = _slot(snapshot, field, words, slot, within)
        found.append(here)
        if not len(here.first):
            return (Stretches(NONE, NONE),) * len(words.slots)
    return tuple(found)


def _candidates(snapshot: Snapshot, field: str, words: Words) -> NDArray[np.bool_] | None:
    """A mask of the documents in which every plain slot stands; None where there is no plain one.

    So positions are looked at only in documents that can be meant.
    """
    mask: NDArray[np.bool_] | None = None
    for slot in words.slots:
        if not slot.open:
            docs = snapshot.postings(field, slot.text).docs
            here = np.zeros(snapshot.arrays.count, dtype=bool)
            here[docs if mask is None else docs[mask[docs]]] = True
            mask = here
    return mask


def _numbers(found: Postings) -> Ints:
    if found.positions is None:
        raise RuntimeError("positions were not read")
    return (np.repeat(found.docs, found.freqs) << SHIFT) + found.positions


def _term(
    snapshot: Snapshot, field: str, term: str, within: NDArray[np.bool_] | None = None
) -> Ints:
    return _numbers(snapshot.postings(field, term, positions=True, within=within))


def _slot(
    snapshot: Snapshot,
    field: str,
    words: Words,
    slot: Slot,
    within: NDArray[np.bool_] | None,
) -> Stretches:
    if slot.open:
        return _open(snapshot, field, words, slot)
    every = _term(snapshot, field, slot.text, within)
    if rules.has_symbol(slot.text):
        return Stretches(every, every + places(slot.text) - 1)
    joined = _term(snapshot, field, tokens.SPAN + slot.text, within)
    return _merged([(without(every, joined), 1), (joined, 2)])


def _open(snapshot: Snapshot, field: str, words: Words, slot: Slot) -> Stretches:
    """Terms of one place, pairs of two, and those words that a line end may have joined."""
    accepts, skip = accept(slot), len(tokens.SPAN)
    marked = snapshot.terms(field, tokens.SPAN + slot.prefix)
    both = sorted({term[skip:] for term in marked if accepts(term[skip:])})
    parts = [(_term(snapshot, field, tokens.SPAN + term), 2) for term in both]
    for term, (joined, _) in zip(both, tuple(parts), strict=True):
        parts.append((without(_term(snapshot, field, term), joined), 1))
    for width in (1, 2) if _symbols(slot) else (1,):
        found = expand(
            snapshot,
            field,
            words,
            slot,
            positions=True,
            only=lambda term, width=width: term not in both and places(term) == width,  # type: ignore[misc]
        )
        parts.append((np.unique(_numbers(found)), width))
    return _merged(parts)


def _symbols(slot: Slot) -> bool:
    return slot.rule.symbols if slot.rule is not None else rules.has_symbol(slot.text)


def _merged(parts: list[tuple[Ints, int]]) -> Stretches:
    """Places with the number of places each covers."""
    held = [(first, width) for first, width in parts if len(first)]
    if len(held) == 1:
        return Stretches(held[0][0], held[0][0] + held[0][1] - 1)
    first = {width: [one for one, w in held if w == width] for width in (1, 2)}
    narrow, wide = (reduce(np.union1d, first[width], NONE) for width in (1, 2))
    begins = np.concatenate([narrow, wide])
    order = np.argsort(begins, kind="stable")
    return Stretches(begins[order], np.concatenate([narrow, wide + 1])[order])


def _at_offsets(snapshot: Snapshot, field: str, words: Words) -> Ints:
    """Places where all terms stand at their offsets."""
    places: Ints | None = None
    within = _candidates(snapshot, field, words)
    for slot, offset in zip(words.slots, words.offsets, strict=True):
        if slot.open:
            posted = expand(snapshot, field, words, slot, positions=True)
            found = np.unique(_numbers(posted))
        else:
            found = _term(snapshot, field, slot.text, within)
        # A place below its offset would borrow from the document before it.
        found = found[(found & 0xFFFFFFFF) >= offset] - offset
        places = found if places is None else np.intersect1d(places, found, assume_unique=True)
        if not len(places):
            break
    return places if places is not None else NONE


def forward(slots: tuple[Stretches, ...], slop: int) -> Ints:
    """Where a phrase ends: each slot begins 1 to `slop` places after the one before ends."""
    ends = ascending(slots[0].last)
    for slot in slots[1:]:
        ends = ascending(slot.last[_after(slot.first, ends, slop)])
    return ends


def backward(slots: tuple[Stretches, ...], slop: int) -> Ints:
    """Where a phrase begins that ends at one of the last slot's stretches."""
    begins = ascending(slots[-1].first)
    for slot in reversed(slots[:-1]):
        begins = ascending(slot.first[_before(slot.last, begins, slop)])
    return begins


def after(begins: Ints, ends: Ints, distance: int) -> Ints:
    """Those of `begins` that lie 1 to `distance` places after one of `ends`, which ascend."""
    return begins[_after(begins, ends, distance)]


def before(ends: Ints, begins: Ints, distance: int) -> Ints:
    """Those of `ends` that lie 1 to `distance` places before one of `begins`, which ascend."""
    return ends[_before(ends, begins, distance)]


def _after(begins: Ints, ends: Ints, distance: int) -> Ints:
    if not len(ends):
        return NONE
    at = np.searchsorted(ends, begins, side="left") - 1
    return np.flatnonzero((at >= 0) & (begins - ends[np.maximum(at, 0)] <= distance))


def _before(ends: Ints, begins: Ints, distance: int) -> Ints:
    if not len(begins):
        return NONE
    at = np.searchsorted(begins, ends, side="right")
    inside = np.minimum(at, len(begins) - 1)
    return np.flatnonzero((at < len(begins)) & (begins[inside] - ends <= distance))


def ascending(values: Ints) -> Ints:
    """Ascending, each once; what is so already is left alone."""
    return values if bool((values[1:] > values[:-1]).all()) else np.unique(values)


def among(values: Ints, some: Ints) -> Ints:
    """Where in `values` one of `some` stands."""
    if not len(some):
        return NONE
    at = np.minimum(np.searchsorted(some, values), len(some) - 1)
    return np.flatnonzero(some[at] == values)


def without(values: Ints, some: Ints) -> Ints:
    """Ascending values that are not among `some`."""
    return np.setdiff1d(values, some, assume_unique=True) if len(some) else values
