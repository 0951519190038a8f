"""Where words stand: one field's documents and counts for a `Words` leaf, with numpy.

A place is one number, document × 2³² + position, so that phrases are set operations on sorted
arrays and can never reach from one document into the next.
"""

from __future__ import annotations

import re

import numpy as np

from evidencebox.index import tokens
from evidencebox.index.plan import Slot, Words
from evidencebox.index.postings import Ints
from evidencebox.index.snapshot import Accept, Postings, Snapshot

_SHIFT = 32
_SYMBOL = re.compile(f"[{re.escape(tokens.SYMBOLS)}]")


def occurrences(snapshot: Snapshot, field: str, words: Words) -> Postings:
    """Ascending documents in which `words` stand in `field`, and how often."""
    if words.exact and len(words.slots) == 1:
        (slot,) = words.slots
        if not slot.glob:
            return snapshot.postings(field, slot.text)
        found = snapshot.expand(field, slot.prefix, accept(slot))
        return _summed(found)
    places = _exact(snapshot, field, words) if words.exact else _phrase(snapshot, field, words)
    docs, freqs = np.unique(places >> _SHIFT, return_counts=True)
    return Postings(docs, freqs)


def accept(slot: Slot) -> Accept:
    """Which terms a pattern means: whole ones, and across symbols only where it has symbols."""
    regex = slot.regex()
    whole = bool(_SYMBOL.search(slot.text))

    def accepts(term: str) -> bool:
        if term.startswith(tokens.SPAN) or (not whole and _SYMBOL.search(term)):
            return False
        return regex.fullmatch(term) is not None

    return accepts


def _summed(found: Postings) -> Postings:
    """Documents ascending, the counts of a document's terms added up."""
    docs, index = np.unique(found.docs, return_inverse=True)
    freqs = np.bincount(index, weights=found.freqs, minlength=len(docs))
    return Postings(docs, freqs.astype(np.int64))


def _places(found: Postings) -> Ints:
    if found.positions is None:
        raise RuntimeError("positions were not read")
    return (np.repeat(found.docs, found.freqs) << _SHIFT) + found.positions


def _slot_places(snapshot: Snapshot, field: str, slot: Slot) -> Ints:
    """Every place of a slot, ascending."""
    if not slot.glob:
        return _places(snapshot.postings(field, slot.text, positions=True))
    found = snapshot.expand(field, slot.prefix, accept(slot), positions=True)
    return np.unique(_places(found))


def _span_places(snapshot: Snapshot, field: str, slot: Slot) -> Ints:
    """The places where the slot is a word joined over a line end, which covers two places."""
    if not slot.glob:
        return _places(snapshot.postings(field, tokens.SPAN + slot.text, positions=True))
    regex = slot.regex()

    def accepts(term: str) -> bool:
        return regex.fullmatch(term[len(tokens.SPAN) :]) is not None

    prefix = tokens.SPAN + slot.prefix
    return np.unique(_places(snapshot.expand(field, prefix, accepts, positions=True)))


def _exact(snapshot: Snapshot, field: str, words: Words) -> Ints:
    """Places where all terms stand at their offsets."""
    places: Ints | None = None
    for slot, offset in zip(words.slots, words.offsets, strict=True):
        # A place below its offset would borrow from the document before it.
        found = _slot_places(snapshot, field, slot)
        found = found[(found & 0xFFFFFFFF) >= offset] - offset
        places = found if places is None else _common(places, found)
        if not len(places):
            break
    return places if places is not None else np.zeros(0, dtype=np.int64)


def _common(left: Ints, right: Ints) -> Ints:
    return np.intersect1d(left, right, assume_unique=True)


def _phrase(snapshot: Snapshot, field: str, words: Words) -> Ints:
    """Places where the phrase ends: each slot at most `slop` places after the one before."""
    ends: Ints | None = None
    for slot in words.slots:
        begins = _slot_places(snapshot, field, slot)
        spans = _span_places(snapshot, field, slot)
        if ends is not None:
            begins = _after(begins, ends, words.slop)
            spans = _after(spans, ends, words.slop)
        if len(spans):
            # A joined word ends one place on; the same term is never also a part there.
            single = np.setdiff1d(begins, spans, assume_unique=True)
            begins = np.union1d(single, spans + 1)
        ends = begins
        if not len(ends):
            break
    return ends if ends is not None else np.zeros(0, dtype=np.int64)


def _after(begins: Ints, ends: Ints, slop: int) -> Ints:
    """Those of `begins` that lie 1 to `slop` places after one of `ends`."""
    if not len(begins) or not len(ends):
        return begins[:0]
    before = np.searchsorted(ends, begins, side="left") - 1
    near = begins - ends[np.maximum(before, 0)] <= slop
    return begins[(before >= 0) & near]
