"""The statements behind threads of messages that readers and ingest share: see `threads`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Table, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from evidencebox.model.documents import DocumentType
from evidencebox.store.catalogue_tables import CatalogueBase
from evidencebox.store.found import Reading

_tables: Mapping[str, Table] = CatalogueBase.metadata.tables
THREADS = _tables["threads"]
_AGAIN = update(THREADS).where(THREADS.c.document == bindparam("row")).values(thread="")


def mark(connection: Connection, readings: Sequence[Reading]) -> None:
    """Messages that were read are to be threaded, and what was one before is to be looked at.

    Within the transaction that records the readings: whatever happens next, none is forgotten.
    """
    mails = [
        {"document": reading.document, "thread": ""}
        for reading in readings
        if reading.outcome.type is DocumentType.MAIL
    ]
    connection.execute(_AGAIN, [{"row": reading.document} for reading in readings])
    if mails:
        connection.execute(upsert(THREADS).on_conflict_do_nothing(), mails)


def threads_of(connection: Connection, documents: Sequence[int]) -> dict[int, str]:
    """Document row → thread, for those that have one."""
    query = select(THREADS.c.document, THREADS.c.thread).where(
        THREADS.c.document.in_(documents), THREADS.c.thread != ""
    )
    return {row.document: row.thread for row in connection.execute(query)}
