"""What documents are called, many at a time: for sorting, where whole records would be too slow."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from evidencebox.model.documents import DocumentType
from evidencebox.model.ids import DocumentId
from evidencebox.store.catalogue import Catalogue, paths_of
from evidencebox.store.catalogue_tables import DocumentRow
from evidencebox.store.engine import reading

_CHUNK = 500


def names(catalogue: Catalogue, documents: Sequence[DocumentId]) -> dict[DocumentId, str]:
    """Document → what lists call it: a message's subject, else the file's name."""
    mail = DocumentType.MAIL
    return {
        document: title if kind == mail and title else path.rsplit("/", 1)[-1]
        for document, (kind, title, path) in _rows(catalogue, documents).items()
    }


def paths(catalogue: Catalogue, documents: Sequence[DocumentId]) -> dict[DocumentId, str]:
    """Document → its first path; those that have none are left out."""
    rows = _rows(catalogue, documents)
    return {document: path for document, (_, _, path) in rows.items() if path}


def _rows(
    catalogue: Catalogue, documents: Sequence[DocumentId]
) -> dict[DocumentId, tuple[str, str, str]]:
    """Document → type, title, first path ('' where it has none)."""
    found: dict[DocumentId, tuple[str, str, str]] = {}
    query = select(DocumentRow.id, DocumentRow.sha256, DocumentRow.type, DocumentRow.title)
    with reading(catalogue.engine) as connection:
        for start in range(0, len(documents), _CHUNK):
            part = documents[start : start + _CHUNK]
            rows = connection.execute(query.where(DocumentRow.sha256.in_(part))).all()
            places = paths_of(connection, [row.id for row in rows])
            for row in rows:
                path = places[row.id][0].path if places[row.id] else ""
                found[DocumentId(row.sha256)] = (row.type, row.title, path)
    return found
