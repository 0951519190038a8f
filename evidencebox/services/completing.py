"""Words that a query being typed may go on with: fields, officers, and words of the index."""

from __future__ import annotations

import re
from itertools import islice

import numpy as np

from evidencebox.index.fields import DEFAULT_FIELDS, FIELDS
from evidencebox.model.documents import DocumentType
from evidencebox.model.harm import CATEGORIES, Harm
from evidencebox.services import officers
from evidencebox.services.case import Case

SHOWN = 8
_SHORTEST = 2
_LOOKED_AT = 400
"""Words with the same beginning whose documents are counted, the shortest first."""
_PIECE = re.compile(r"(?:([\w]+):)?([^\s():\"]*)$")
_VALUES = {
    "type": [each.value for each in DocumentType],
    "category": list(CATEGORIES),
    "harm": [str(int(each)) for each in Harm] + [">=3", ">=2"],
    "is": ["reviewed", "failed", "duplicate", "mismatch", "hidden"],
    "has": ["tag", "note", "attachment", "ocr", "label"],
}


def completions(case: Case, text: str, limit: int = SHOWN) -> list[str]:
    """Whole texts that `text` may be meant to become, the likeliest first; none for too little."""
    match = _PIECE.search(text)
    if match is None or text.count('"') % 2:
        return []
    field, begun = match[1], match[2].casefold()
    head = text[: match.start(2)]
    if field is not None:
        return [head + value for value in _of_field(case, field.casefold(), begun, limit)]
    if len(begun) < _SHORTEST:
        return []
    names = [f"{name}:" for name in FIELDS if name.startswith(begun)]
    return [head + word for word in [*names[:3], *_words(case, begun, limit)]][:limit]


def _of_field(case: Case, field: str, begun: str, limit: int) -> list[str]:
    if field == "officer":
        found = officers.find(case.decided.officers(), begun, limit)
        return [f'"{each.name}"' if " " in each.name else each.name for each in found]
    values = _VALUES.get(field)
    if values is None:
        return []
    return [value for value in values if value.startswith(begun) and value != begun][:limit]


def _words(case: Case, begun: str, limit: int) -> list[str]:
    with case.index.read() as snapshot:
        some = {
            term
            for field in DEFAULT_FIELDS
            for term in islice(snapshot.terms(field, begun), _LOOKED_AT)
            if term != begun
        }
        likeliest = sorted(some, key=lambda term: (len(term), term))[: 10 * limit]

        def documents(term: str) -> int:
            lists = [snapshot.postings(field, term).docs for field in DEFAULT_FIELDS]
            return len(np.unique(np.concatenate(lists)))

        counts = {term: documents(term) for term in likeliest}
    ranked = sorted(counts, key=lambda term: (-counts[term], term))
    return [term for term in ranked if counts[term]][:limit]
