"""The words that tell a document from others: what to look for to find more like it."""

from __future__ import annotations

import math
from collections import Counter

from evidencebox.index import tokens
from evidencebox.index.database import Index
from evidencebox.index.invert import BODY
from evidencebox.model.ids import DocumentId

MOST_CHARS = 200_000
"""Of the document; its telling words stand in the first hundred pages too."""
_CANDIDATES = 120
_SHORTEST = 3


def telling_terms(index: Index, document: DocumentId, most: int) -> list[str]:
    """Up to `most` words of a document, the most telling first; ties by the word.

    A word tells more the oftener it stands in this document (though each time less) and the rarer
    it is among all. A word of this document alone finds nothing else, and is left out.
    """
    counts = _counts(index, document)
    frequent = sorted(counts, key=lambda term: (-counts[term], term))[:_CANDIDATES]
    ranked = []
    with index.read() as snapshot:
        live = int(snapshot.arrays.by_key.size)
        for term in frequent:
            documents = len(snapshot.postings(BODY, term).docs)
            if documents > 1:
                weight = (1 + math.log(counts[term])) * math.log(1 + live / documents)
                ranked.append((-weight, term))
    return [term for _, term in sorted(ranked)[:most]]


def _counts(index: Index, document: DocumentId) -> Counter[str]:
    counts: Counter[str] = Counter()
    left = MOST_CHARS
    for page in index.pages(document):
        for token in tokens.tokens(page.text[:left]):
            term = token.term
            if token.length == 1 and len(term) >= _SHORTEST and not term.isnumeric():
                counts[term] += 1
        left -= len(page.text)
        if left <= 0:
            break
    return counts
