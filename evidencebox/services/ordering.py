"""The order of results: exact, the same everywhere, and stable, for ties go by the document's id.

What has no value (no date, no tag) stands last, whichever way the rest goes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from evidencebox.errors import UserError
from evidencebox.index import order
from evidencebox.model.ids import DocumentId
from evidencebox.model.views import RELEVANCE, Found
from evidencebox.services.case import Case
from evidencebox.store import naming

SORTS = (RELEVANCE, "date", "name", "path", "size", "harm")
"""What results are sorted by; with a minus sign before it, the other way round."""


def check(sort: str) -> str:
    """The sort, if there is such a one. Raises UserError."""
    if sort.removeprefix("-") not in SORTS:
        raise UserError(
            f"Results cannot be sorted by {sort!r}; use {', '.join(SORTS)}, "
            "with a minus sign before it for the other way round."
        )
    return sort


def ordered(case: Case, found: Found, sort: str) -> Found:
    """A search's answer in another order. Raises UserError for an order there is none of."""
    key = check(sort).removeprefix("-")
    backwards = sort.startswith("-")
    if key == RELEVANCE:
        documents = found.documents[::-1] if backwards else found.documents
    else:
        documents = _by(_values(case, found.documents, key), found.documents, backwards)
    scores = dict(zip(found.documents, found.scores, strict=True))
    return replace(
        found, documents=documents, scores=tuple(map(scores.__getitem__, documents)), sort=sort
    )


def _by(
    values: Mapping[DocumentId, Any], documents: Sequence[DocumentId], backwards: bool
) -> tuple[DocumentId, ...]:
    by_id = sorted(documents)
    there = [document for document in by_id if document in values]
    there.sort(key=values.__getitem__, reverse=backwards)  # which leaves ties as they stand
    return (*there, *(document for document in by_id if document not in values))


def _values(case: Case, documents: Sequence[DocumentId], key: str) -> Mapping[DocumentId, Any]:
    if key in ("date", "size"):
        column = order.column(case.index, documents, "dates" if key == "date" else "sizes")
        return {d: v for d, v in zip(documents, column, strict=True) if v is not None}
    if key == "harm":
        worst: dict[DocumentId, int] = {}
        for tag in case.decided.tags():
            document = tag.anchor.document
            worst[document] = max(int(tag.harm), worst.get(document, 0))
        return worst
    named = naming.names if key == "name" else naming.paths
    return {d: (text.casefold(), text) for d, text in named(case.catalogue, documents).items()}
