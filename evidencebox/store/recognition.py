"""The queue of text recognition, for the one process that writes the catalogue: ingest.

A page is pending until it is settled; what was recognised waits with it until all pages of its
document are, and have gone into the index. Every method is one transaction.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from evidencebox.model.documents import Notice, Span, Status
from evidencebox.model.ids import DocumentId
from evidencebox.store import signature_rows
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.catalogue_tables import (
    DocumentRow,
    LocationRow,
    OcrPageRow,
    OcrSourceRow,
    SpoolRow,
    TroveRow,
)
from evidencebox.store.engine import reading, writing
from evidencebox.store.found import OcrPage, Sought
from evidencebox.vault.spool import SpoolRef

MAX_ATTEMPTS = 3
LAST_CHANCES = 3
STOPPED = (
    "EvidenceBox stopped while this page was being recognised, several times over, "
    "so it is left alone; retry the document."
)


class Recognition:
    """Pages that wait, and what became of them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._engine = catalogue.engine

    def pending(self) -> int:
        """How many pages wait to be recognised."""
        query = select(func.count()).where(OcrPageRow.status == "pending")
        with reading(self._engine) as connection:
            return connection.scalar(query) or 0

    def waiting(self, after: int, limit: int) -> list[Sought]:
        """Documents whose pages are not all in the index, by their rows, from beyond `after`."""
        documents = (
            select(OcrPageRow.document)
            .where(~OcrPageRow.indexed, OcrPageRow.document > after)
            .join(DocumentRow, DocumentRow.id == OcrPageRow.document)
            .where(DocumentRow.status != Status.PENDING)
            .distinct()
            .order_by(OcrPageRow.document)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            ids = list(connection.scalars(documents))
            pages, files = _pages(connection, ids), _files(connection, ids)
            rows = connection.execute(
                select(DocumentRow.__table__, *_SOURCE)
                .outerjoin(OcrSourceRow, OcrSourceRow.document == DocumentRow.id)
                .where(DocumentRow.id.in_(ids))
                .order_by(DocumentRow.id)
            ).all()
        return [_sought(row, pages[row.id], files[row.id]) for row in rows]

    def start(self, document: int, page: int, most: int = MAX_ATTEMPTS) -> bool:
        """Counts an attempt. False, and not counted, where there were `most` already.

        Committed before the page is tried, so that a poison page cannot loop the application.
        """
        with writing(self._engine) as connection:
            result = connection.execute(
                update(OcrPageRow)
                .where(OcrPageRow.document == document, OcrPageRow.page == page)
                .where(OcrPageRow.attempts < most)
                .values(attempts=OcrPageRow.attempts + 1)
            )
            return result.rowcount > 0

    def settle(self, document: int, page: OcrPage) -> None:
        """Keeps what became of a page."""
        spans = [[s.start, s.end, s.kind, s.label] for s in page.spans]
        with writing(self._engine) as connection:
            connection.execute(
                update(OcrPageRow)
                .where(OcrPageRow.document == document, OcrPageRow.page == page.number)
                .values(
                    status=page.status,
                    confidence=page.confidence,
                    reason=page.reason,
                    text=zlib.compress(page.text.encode()) if page.text else None,
                    spans=json.dumps(spans),
                    places=page.places if page.text else None,
                )
            )

    def settled(self, document: int) -> list[OcrPage]:
        """The pages of a document that are not pending, in order."""
        query = (
            select(OcrPageRow.__table__)
            .where(OcrPageRow.document == document, OcrPageRow.status != "pending")
            .order_by(OcrPageRow.page)
        )
        with reading(self._engine) as connection:
            return [
                OcrPage(
                    row.page,
                    row.status,
                    row.confidence,
                    row.reason,
                    zlib.decompress(row.text).decode() if row.text else "",
                    tuple(Span(*span) for span in json.loads(row.spans)),
                )
                for row in connection.execute(query)
            ]

    def finish(
        self,
        document: int,
        status: Status,
        stage: str,
        reason: str,
        chars: int,
        metadata: Mapping[str, Sequence[str]],
        notices: Sequence[Notice],
    ) -> str:
        """Records that all pages of a document are in the index. Returns its pack, if any, to drop.

        The pack is returned once no other child waits in it.
        """
        with writing(self._engine) as connection:
            connection.execute(
                update(DocumentRow)
                .where(DocumentRow.id == document)
                .values(
                    status=status.value,
                    stage=stage,
                    reason=reason,
                    chars=chars,
                    metadata_json=json.dumps({k: list(v) for k, v in metadata.items()}),
                    notices_json=json.dumps([[n.code, n.detail] for n in notices]),
                )
            )
            connection.execute(
                update(OcrPageRow)
                .where(OcrPageRow.document == document)
                .values(indexed=True, text=None, spans="[]")
            )
            signature_rows.mark(connection, [document])
            return _release(connection, document)

    def places(self, document: DocumentId, page: int) -> bytes | None:
        """Where a page's recognised words stand, packed; None where that was never kept, or what
        was recognised is not in the index yet."""
        query = (
            select(OcrPageRow.places)
            .join(DocumentRow, DocumentRow.id == OcrPageRow.document)
            .where(DocumentRow.sha256 == document, OcrPageRow.page == page, OcrPageRow.indexed)
        )
        with reading(self._engine) as connection:
            return connection.scalar(query)

    def placeless(self) -> list[DocumentId]:
        """Documents with a page that was recognised before the places of words were kept."""
        query = select(DocumentRow.sha256).where(DocumentRow.id.in_(_PLACELESS))
        with reading(self._engine) as connection:
            return [DocumentId(each) for each in connection.scalars(query.order_by(DocumentRow.id))]

    def again(self, documents: Sequence[DocumentId]) -> int:
        """Those of these documents that are `placeless` wait to be recognised again, all their
        pages: they go into the index together. Returns how many pages. What the index has of them
        stays there until then."""
        named = select(DocumentRow.id).where(DocumentRow.sha256.in_(documents))
        with writing(self._engine) as connection:
            ids = connection.scalars(named.where(DocumentRow.id.in_(_PLACELESS))).all()
            result = connection.execute(
                update(OcrPageRow)
                .where(OcrPageRow.document.in_(ids), OcrPageRow.status == "done")
                .values(status="pending", attempts=0)
            )
            connection.execute(
                update(OcrPageRow).where(OcrPageRow.document.in_(ids)).values(indexed=False)
            )
            return result.rowcount

    def lost(self, document: int) -> None:
        """The bytes of a child are gone: the next ingest takes it out of its parent again."""
        with writing(self._engine) as connection:
            _release(connection, document)


_PLACELESS = select(OcrPageRow.document).where(
    OcrPageRow.status == "done", OcrPageRow.places.is_(None)
)
_SOURCE = (
    OcrSourceRow.pack.label("pack"),
    OcrSourceRow.offset.label("offset"),
    OcrSourceRow.chunk.label("chunk"),
    OcrSourceRow.name.label("child_name"),
)


def _release(connection: Connection, document: int) -> str:
    gone = delete(OcrSourceRow).where(OcrSourceRow.document == document)
    pack = connection.scalar(gone.returning(OcrSourceRow.pack))
    if pack is None:
        return ""
    left = connection.scalar(select(func.count()).where(OcrSourceRow.pack == pack)) or 0
    left += connection.scalar(select(func.count()).where(SpoolRow.pack == pack)) or 0
    return "" if left else pack


def _pages(connection: Connection, documents: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    query = (
        select(OcrPageRow.document, OcrPageRow.page)
        .where(OcrPageRow.document.in_(documents), OcrPageRow.status == "pending")
        .order_by(OcrPageRow.document, OcrPageRow.page)
    )
    for document, page in connection.execute(query):
        found[document].append(page)
    return found


def _files(connection: Connection, documents: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    query = (
        select(LocationRow.document, TroveRow.root, LocationRow.raw, LocationRow.path)
        .join(TroveRow, TroveRow.id == LocationRow.trove)
        .where(LocationRow.document.in_(documents))
        .order_by(LocationRow.id)
    )
    for row in connection.execute(query):
        found[row.document].append(row)
    return found


def _sought(row: Any, pages: Sequence[int], files: Sequence[Any]) -> Sought:
    name = files[0].path.rsplit("/", 1)[-1] if files else (row.child_name or "")
    return Sought(
        row.id,
        DocumentId(row.sha256),
        name,
        row.media_type,
        row.size,
        pages,
        SpoolRef(row.pack, row.offset, row.chunk, row.size) if row.pack else None,
        [(file.root, file.raw) for file in files],
    )
