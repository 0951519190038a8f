"""Did you mean: for a word that stands nowhere, the words of the index that are nearest to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from rapidfuzz.distance import DamerauLevenshtein

from evidencebox.index.database import Index
from evidencebox.index.language import Parsed
from evidencebox.index.plan import And, Near, Node, Or, Slot, Words, positive_words
from evidencebox.index.rules import MOST_EDITS, Fuzzy
from evidencebox.index.snapshot import Snapshot
from evidencebox.model.query import Suggestion

_SHORTEST = 3
"""Two letters are one away from too much."""

_SHORT = 5
"""Up to so many letters one may be wrong, in longer words two."""

_NEAREST = 50
"""So many of the nearest words are looked up for how often they stand."""


def suggestions(index: Index, parsed: Parsed, total: int) -> tuple[Suggestion, ...]:
    """For each word of `parsed` that stands in no document, the nearest one that does.

    `total`: how many documents were found. Where all words had to be found and were, there is
    nothing to look up.
    """
    if total and not _any_or(parsed.node):
        return ()
    with index.read() as snapshot:
        made = (_suggested(snapshot, parsed.query, *missing) for missing in _words(parsed.node))
        found = dict.fromkeys(filter(None, made))
    return tuple(found)


def _any_or(node: Node) -> bool:
    match node:
        case Or() | Near():
            return True
        case And(nodes):
            return any(map(_any_or, nodes))
        case _:
            return False


def _words(node: Node) -> Iterator[tuple[Words, Slot]]:
    """Plain words that are not under a NOT; of longer ones with signs there is nothing near."""
    for words in positive_words(node):
        if not words.exact or len(words.slots) == 1:
            yield from ((words, slot) for slot in words.slots if not slot.open)


def _suggested(snapshot: Snapshot, query: str, words: Words, slot: Slot) -> Suggestion | None:
    if len(slot.text) < _SHORTEST or _documents(snapshot, words, slot.text):
        return None
    rule = Fuzzy(slot.text, 1 if len(slot.text) <= _SHORT else MOST_EDITS)
    near: set[str] = set()
    for field in words.fields:
        for vocabulary in snapshot.vocabularies(field):
            near.update(vocabulary.matching(Slot(slot.text, rule=rule)))
    by_distance = sorted(near, key=lambda term: (_distance(slot.text, term), term))[:_NEAREST]
    counted = ((term, _documents(snapshot, words, term)) for term in by_distance)
    ranked = sorted(
        ((_distance(slot.text, term), -count, term) for term, count in counted if count)
    )
    if not ranked:
        return None
    _, negative, term = ranked[0]
    source = query[words.start : words.end]
    better = re.sub(re.escape(slot.text), lambda _: term, source, count=1, flags=re.IGNORECASE)
    whole = query[: words.start] + better + query[words.end :] if better != source else ""
    return Suggestion(slot.text, term, -negative, words.start, words.end, whole)


def _distance(left: str, right: str) -> int:
    return int(DamerauLevenshtein.distance(left, right))


def _documents(snapshot: Snapshot, words: Words, term: str) -> int:
    """In how many documents a term stands in any field that `words` looks in."""
    lists = [snapshot.postings(field, term).docs for field in words.fields]
    return len(np.unique(np.concatenate(lists)))
