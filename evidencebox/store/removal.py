"""Taking back what was derived from a document, and what of it is suggested, in catalogue.db."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import delete, select, update

from evidencebox.model.documents import Status
from evidencebox.model.ids import DocumentId
from evidencebox.model.suggestions import LIKELY
from evidencebox.store import totals
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.catalogue_tables import (
    CatalogueBase,
    ChildRow,
    DocumentRow,
    ElementRow,
    LocationRow,
)
from evidencebox.store.engine import reading, writing

_CHUNK = 500
_KEPT = frozenset({LocationRow.__tablename__, ChildRow.__tablename__})
"""Where it stands in the trove and its family: what an inventory needs."""


def forget(catalogue: Catalogue, documents: Iterable[DocumentId], reason: str) -> set[str]:
    """Empties all that was derived of these documents. Returns packs of the spool to look at.

    The documents stay listed, quarantined for `reason`, with hash, size and paths.
    """
    packs: set[str] = set()
    with writing(catalogue.engine) as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
        query = select(DocumentRow.id).where(DocumentRow.sha256.in_(list(documents)))
        for document in connection.scalars(query).all():
            totals.add_mentions(connection, [document], -1)
            totals.add_elements(connection, [document], -1)
            for table in CatalogueBase.metadata.sorted_tables:
                if "document" not in table.c or table.name in _KEPT:
                    continue
                if "pack" in table.c:
                    found = select(table.c.pack).where(table.c.document == document)
                    packs.update(connection.scalars(found))
                connection.execute(delete(table).where(table.c.document == document))
            connection.execute(
                update(DocumentRow)
                .where(DocumentRow.id == document)
                .values(
                    status=Status.QUARANTINED.value,
                    stage="order",
                    reason=reason,
                    pages=0,
                    chars=0,
                    title="",
                    date=None,
                    metadata_json="{}",
                    notices_json="[]",
                    stale=False,
                )
            )
    return packs


def suggested(
    catalogue: Catalogue, documents: Sequence[DocumentId], kinds: Collection[str]
) -> dict[DocumentId, set[str]]:
    """Which of these kinds of elements are suggested, for those documents that have any."""
    found: dict[DocumentId, set[str]] = defaultdict(set)
    with reading(catalogue.engine) as connection:
        for start in range(0, len(documents), _CHUNK):
            query = (
                select(DocumentRow.sha256, ElementRow.kind)
                .join(ElementRow, ElementRow.document == DocumentRow.id)
                .where(
                    DocumentRow.sha256.in_(documents[start : start + _CHUNK]),
                    ElementRow.kind.in_(sorted(kinds)),
                    ElementRow.confidence >= round(LIKELY * 1000),
                )
                .distinct()
            )
            for document, kind in connection.execute(query):
                found[DocumentId(document)].add(kind)
    return dict(found)
