"""Where words stand: one field's documents and counts for a leaf of the plan, with numpy."""

from __future__ import annotations

import numpy as np

from evidencebox.index import proximity, spans
from evidencebox.index.expansion import expand
from evidencebox.index.plan import Scored, Words
from evidencebox.index.snapshot import Postings, Snapshot


def occurrences(snapshot: Snapshot, field: str, leaf: Scored) -> Postings:
    """Ascending documents in which `leaf` stands in `field`, and how often.

    A phrase stands as often as it ends somewhere; words near each other as often as the last of
    them stands so.
    """
    if isinstance(leaf, Words) and leaf.exact and len(leaf.slots) == 1:
        (slot,) = leaf.slots
        if not slot.open:
            return snapshot.postings(field, slot.text)
        return _summed(expand(snapshot, field, leaf, slot))
    if isinstance(leaf, Words):
        found = spans.stretches(snapshot, field, leaf)
        ends = spans.forward(found, leaf.slop)
    else:
        ends = proximity.places(snapshot, field, leaf)
    docs, freqs = np.unique(ends >> spans.SHIFT, return_counts=True)
    return Postings(docs, freqs)


def _summed(found: Postings) -> Postings:
    """Documents ascending, the counts of a document's terms added up."""
    docs, index = np.unique(found.docs, return_inverse=True)
    freqs = np.bincount(index, weights=found.freqs, minlength=len(docs))
    return Postings(docs, freqs.astype(np.int64))
