"""Fills a catalogue with documents and suggestions that nobody wrote, for measurements."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Sequence
from itertools import islice

from sqlalchemy import func, insert, select

from evidencebox.model.documents import Layer, Status
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.indexing import IndexEntry
from evidencebox.model.suggestions import Element
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.catalogue_tables import DocumentRow, ElementRow, LocationRow, TroveRow
from evidencebox.store.elements import Elements
from evidencebox.store.engine import reading, writing

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


def put_documents(catalogue: Catalogue, root: str, entries: Iterable[IndexEntry]) -> None:
    """Documents as an import leaves them, each at the path and with the subject of its entry."""
    trove = {"id": 1, "root": root, "custodian": "", "first_seen": "2026-01-01T00:00:00Z"}
    with writing(catalogue.engine) as connection:
        connection.execute(insert(TroveRow), [trove])
    numbered = enumerate(entries, 1)
    while part := list(islice(numbered, _BATCH)):
        documents = [_document(row) | _said(entry) for row, entry in part]
        places = [_place(row, entry) for row, entry in part]
        with writing(catalogue.engine) as connection:
            connection.execute(insert(DocumentRow), documents)
            connection.execute(insert(LocationRow), places)


def _said(entry: IndexEntry) -> dict[str, object]:
    day = datetime.datetime.fromtimestamp(entry.date or 0, datetime.UTC)
    return {
        "sha256": entry.document,
        "size": entry.size,
        "type": entry.keywords["type"][0],
        "pages": len(entry.pages),
        "chars": sum(len(page.text) for page in entry.pages),
        "title": entry.fields["subject"],
        "date": day.isoformat(),
        "metadata_json": json.dumps({"extraction_version": ["1"]}),
    }


def _place(row: int, entry: IndexEntry) -> dict[str, object]:
    path = entry.fields["path"]
    return {
        "id": row,
        "trove": 1,
        "raw": path.encode(),
        "path": path,
        "size": entry.size,
        "mtime_ns": 0,
        "kind": "file",
        "reason": "",
        "document": row,
    }


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
