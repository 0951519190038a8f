"""What reviewers said of documents, as it stands: tags, labels, marks, reports."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from evidencebox.model.harm import Harm
from evidencebox.model.ids import ActId, DocumentId, OfficerId
from evidencebox.model.review import Anchor, Passage, Tag
from evidencebox.store.case_tables import LabelRow, MaterialRow, ReviewRow, TagRow

_CHUNK = 500
Documents = Sequence[DocumentId] | None
"""Those that are asked about; None for all."""


def tags(connection: Connection, documents: Documents) -> list[Tag]:
    """The tags that stand, oldest first, under the officer they were given for."""
    query = select(TagRow.__table__).order_by(TagRow.utc, TagRow.key)
    rows = _of_documents(connection, query, TagRow.document, documents)
    if documents is not None and len(documents) > _CHUNK:
        # The database ordered each portion for itself.
        rows = sorted(rows, key=lambda row: (row.utc, row.key))
    return [tag_from(row) for row in rows]


def tag_from(row: Any) -> Tag:
    """A row as a tag."""
    passage = None
    if row.passage:
        p = json.loads(row.passage)
        passage = Passage(
            p["start"],
            p["end"],
            p["version"],
            p.get("quote", ""),
            p.get("before", ""),
            p.get("after", ""),
        )
    return Tag(
        act=ActId(row.act),
        anchor=Anchor(DocumentId(row.document), row.page, passage),
        officer=OfficerId(row.officer),
        harm=Harm(row.harm),
        categories=tuple(json.loads(row.categories)),
        note=row.note,
        author=row.author,
        utc=row.utc,
    )


def tag_paths(connection: Connection) -> dict[DocumentId, str]:
    """The path each tagged document had when it was tagged."""
    rows = connection.execute(select(TagRow.document, TagRow.path))
    return {DocumentId(document): path for document, path in rows}


def labels(connection: Connection, documents: Documents) -> dict[DocumentId, list[str]]:
    """Document → its labels, each once."""
    found: dict[DocumentId, list[str]] = defaultdict(list)
    query = select(LabelRow.document, LabelRow.label).order_by(LabelRow.label)
    for row in _of_documents(connection, query, LabelRow.document, documents):
        if row.label not in found[DocumentId(row.document)]:
            found[DocumentId(row.document)].append(row.label)
    return dict(found)


def reviewed(connection: Connection, documents: Documents) -> set[DocumentId]:
    """The documents that anyone marked as reviewed."""
    rows = _of_documents(connection, select(ReviewRow.document), ReviewRow.document, documents)
    return {DocumentId(row.document) for row in rows}


def marks(connection: Connection) -> list[tuple[DocumentId, str, str]]:
    """Every mark as reviewed: document, author, when."""
    rows = connection.execute(select(ReviewRow.document, ReviewRow.author, ReviewRow.utc))
    return [(DocumentId(document), author, utc) for document, author, utc in rows]


def reported(connection: Connection, documents: Documents) -> set[DocumentId]:
    """Those that were reported as material that nobody may look at."""
    rows = _of_documents(connection, select(MaterialRow.document), MaterialRow.document, documents)
    return {DocumentId(row.document) for row in rows}


def _of_documents(
    connection: Connection, query: Any, column: Any, documents: Documents
) -> Iterable[Row[Any]]:
    if documents is None:
        return connection.execute(query).all()
    rows: list[Row[Any]] = []
    for start in range(0, len(documents), _CHUNK):
        part = documents[start : start + _CHUNK]
        rows += connection.execute(query.where(column.in_(part))).all()
    return rows
