"""Fills a catalogue with documents and suggestions that nobody wrote, for measurements."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import func, insert, select

from evidencebox.model.documents import Layer, Status
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.suggestions import Element
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.elements import Elements
from evidencebox.store.engine import reading, writing
from evidencebox.store.tables import DocumentRow, ElementRow

_BATCH = 2_000
_TEXTS = ("sha1", "md5", "media_type", "stage", "reason", "engine", "title")


def fill(
    catalogue: Catalogue,
    officers: Sequence[OfficerId],
    kinds: Sequence[str],
    documents: int,
    each: int,
) -> None:
    """So many documents with `each` likely elements, which are everybody's in turn."""
    elements = Elements(catalogue)
    number = 0
    for start in range(0, documents, _BATCH):
        rows = range(start + 1, min(documents, start + _BATCH) + 1)
        with writing(catalogue.engine) as connection:
            connection.execute(insert(DocumentRow), [_document(row) for row in rows])
        found: dict[int, list[Element]] = {}
        for row in rows:
            found[row] = []
            for at in range(each):
                number += 1
                # Kinds change where the roster is through, so that every pair comes about.
                officer = officers[number % len(officers)]
                kind = kinds[(number + number // len(officers)) % len(kinds)]
                found[row].append(_element(officer, kind, at))
        elements.put(found, 1)


def _document(row: int) -> dict[str, object]:
    return {
        **dict.fromkeys(_TEXTS, ""),
        "id": row,
        "sha256": hashlib.sha256(str(row).encode()).hexdigest(),
        "size": 1,
        "type": "text",
        "status": Status.OK.value,
        "version": 1,
        "attempts": 1,
        "pages": 1,
        "chars": 1,
        "date": None,
        "metadata_json": "{}",
        "notices_json": "[]",
        "stale": False,
    }


def _element(officer: OfficerId, kind: str, at: int) -> Element:
    return Element(
        DocumentId(""),
        1 + at % 3,
        Layer.TEXT,
        10 * at,
        10 * at + 5,
        kind,
        "•••-••-0000",
        0.9,
        "A number, so called just before it.",
        officer,
        0.9,
        "He is named in the same sentence.",
    )


def count_all(catalogue: Catalogue) -> int:
    """How many pairs of officer and kind there are, counted from every element."""
    pages = func.count((ElementRow.document.concat(".").concat(ElementRow.page)).distinct())
    query = (
        select(func.count(ElementRow.document.distinct()), pages, func.count())
        .where(ElementRow.officer.is_not(None), ElementRow.confidence >= 500)
        .group_by(ElementRow.officer, ElementRow.kind)
    )
    with reading(catalogue.engine) as connection:
        return len(connection.execute(query).all())
