"""Slots that mean many terms: the vocabulary is asked first, then only what it gave is read."""

from __future__ import annotations

import numpy as np

from evidencebox.errors import QueryError
from evidencebox.index.matching import accept
from evidencebox.index.plan import Slot, Words
from evidencebox.index.snapshot import Accept, Postings, Snapshot

MOST_TERMS = 20_000
"""More words than these are not looked for at once by a rule: it would be most of the language."""

_BLOCKWISE = 300
"""One term in so many: from there on whole blocks are decoded, not term after term."""


def expand(
    snapshot: Snapshot,
    field: str,
    words: Words,
    slot: Slot,
    *,
    positions: bool = False,
    only: Accept | None = None,
) -> Postings:
    """Where any term that `slot` means (of those, `only`) stands.

    Documents repeat and do not ascend. Raises QueryError where a rule means more than `MOST_TERMS`.
    """
    if slot.rule is None and slot.prefix:
        accepts = accept(slot)
        wanted = accepts if only is None else lambda term: accepts(term) and only(term)
        return snapshot.expand(field, slot.prefix, wanted, positions=positions)
    chosen, size = _chosen(snapshot, field, slot)
    if slot.rule is not None and len(chosen) > MOST_TERMS:
        raise QueryError(
            f"{words.typed} means {len(chosen):,} different words here, more than {MOST_TERMS:,}:"
            " write more of the word.",
            words.start,
            words.end - words.start,
        )
    if only is not None:
        chosen = set(filter(only, chosen))
    if len(chosen) * _BLOCKWISE > size:
        return snapshot.expand(field, "", chosen.__contains__, positions=positions)
    return joined(
        [snapshot.postings(field, term, positions=positions) for term in sorted(chosen)], positions
    )


def _chosen(snapshot: Snapshot, field: str, slot: Slot) -> tuple[set[str], int]:
    """The terms meant, and how many there are to choose from."""
    chosen: set[str] = set()
    size = 0
    for vocabulary in snapshot.vocabularies(field):
        chosen.update(vocabulary.matching(slot))
        size += len(vocabulary)
    return chosen, size


def joined(found: list[Postings], positions: bool) -> Postings:
    """Lists one after another."""
    none = np.zeros(0, dtype=np.int64)
    places = [part.positions for part in found if part.positions is not None]
    return Postings(
        np.concatenate([none, *(part.docs for part in found)]),
        np.concatenate([none, *(part.freqs for part in found)]),
        np.concatenate([none, *places]) if positions else None,
    )
