"""Which thread each message belongs to, for ingest, which works it out, and for the desk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from sqlalchemy import ColumnElement, bindparam, delete, exists, func, select, update

from evidencebox.model.documents import DocumentType
from evidencebox.model.ids import DocumentId
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.catalogue_tables import DocumentRow
from evidencebox.store.engine import reading, writing
from evidencebox.store.found import Mail
from evidencebox.store.thread_rows import THREADS

_CHUNK = 500
_ROW = THREADS.c.document == bindparam("row")
_PUT = update(THREADS).where(_ROW).values(thread=bindparam("found"))
_DROP = delete(THREADS).where(_ROW)


class Threads:
    """Messages and their threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._engine = catalogue.engine

    def waiting(self) -> bool:
        """Whether messages were read since threads were put last."""
        with reading(self._engine) as connection:
            return bool(connection.scalar(select(exists().where(THREADS.c.thread == ""))))

    def mails(self) -> Iterator[Mail]:
        """What every message says of itself, a few at a time."""
        query = (
            select(DocumentRow.id, DocumentRow.sha256, DocumentRow.date, DocumentRow.metadata_json)
            .join(THREADS, THREADS.c.document == DocumentRow.id)
            .where(DocumentRow.type == DocumentType.MAIL)
            .order_by(DocumentRow.id)
            .limit(_CHUNK)
        )
        last = 0
        with reading(self._engine) as connection:
            while rows := connection.execute(query.where(DocumentRow.id > last)).all():
                last = rows[-1].id
                for row in rows:
                    metadata = json.loads(row.metadata_json)
                    yield Mail(DocumentId(row.sha256), row.date or "", metadata)

    def put(self, threads: Mapping[DocumentId, str]) -> None:
        """Message → thread, for all there are. Writes what differs, in one transaction."""
        standing = select(THREADS.c.document, THREADS.c.thread, DocumentRow.sha256).join(
            DocumentRow, DocumentRow.id == THREADS.c.document
        )
        with writing(self._engine) as connection:
            changed, gone = [], []
            for document, before, sha256 in connection.execute(standing):
                now = threads.get(sha256)
                if now is None:  # read again, it proved to be no message
                    gone.append({"row": document})
                elif now != before:
                    changed.append({"row": document, "found": now})
            if changed:
                connection.execute(_PUT, changed)
            if gone:
                connection.execute(_DROP, gone)

    def others(self, document: DocumentId, limit: int) -> tuple[list[DocumentId], int]:
        """The first messages of a document's thread by date, without itself, and how many."""
        own = (
            select(THREADS.c.thread)
            .join(DocumentRow, DocumentRow.id == THREADS.c.document)
            .where(DocumentRow.sha256 == document, THREADS.c.thread != "")
            .scalar_subquery()
        )
        others = (
            select(DocumentRow.sha256, func.coalesce(DocumentRow.date, "").label("moment"))
            .join(THREADS, THREADS.c.document == DocumentRow.id)
            .where(THREADS.c.thread == own, DocumentRow.sha256 != document)
        )
        with reading(self._engine) as connection:
            count = connection.scalar(select(func.count()).select_from(others.subquery())) or 0
            rows = connection.execute(others.order_by("moment", DocumentRow.sha256).limit(limit))
            return [DocumentId(row.sha256) for row in rows], count

    def named(self, thread: str) -> set[DocumentId]:
        """The messages of a thread."""
        return self._members(THREADS.c.thread == thread)

    def around(self, first: DocumentId, last: DocumentId) -> set[DocumentId]:
        """The messages of the threads that documents from `first` to `last` are in."""
        own = (
            select(THREADS.c.thread)
            .join(DocumentRow, DocumentRow.id == THREADS.c.document)
            .where(DocumentRow.sha256.between(first, last))
        )
        return self._members(THREADS.c.thread.in_(own))

    def _members(self, which: ColumnElement[bool]) -> set[DocumentId]:
        query = (
            select(DocumentRow.sha256)
            .join(THREADS, THREADS.c.document == DocumentRow.id)
            .where(which, THREADS.c.thread != "")
        )
        with reading(self._engine) as connection:
            return {DocumentId(sha256) for sha256 in connection.scalars(query)}
