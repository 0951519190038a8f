"""The statements behind the queue of text recognition, on its way in: see `intake_rows`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from evidencebox.model.documents import Status
from evidencebox.store.catalogue_tables import CatalogueBase
from evidencebox.store.found import Reading

_tables: Mapping[str, Table] = CatalogueBase.metadata.tables
OCR_PAGES, OCR_SOURCES = _tables["ocr_pages"], _tables["ocr_sources"]
_DOCUMENTS, _LOCATIONS = _tables["documents"], _tables["locations"]
_PENDING = {
    "status": "pending",
    "attempts": 0,
    "confidence": 0,
    "reason": "",
    "indexed": False,
    "text": None,
    "spans": "[]",
    "places": None,
}


def forget(connection: Connection, documents: Sequence[int]) -> set[str]:
    """What is known of the pages of documents that were read anew. Returns the packs let go."""
    connection.execute(delete(OCR_PAGES).where(OCR_PAGES.c.document.in_(documents)))
    gone = delete(OCR_SOURCES).where(OCR_SOURCES.c.document.in_(documents))
    return set(connection.scalars(gone.returning(OCR_SOURCES.c.pack)))


def enqueue(
    connection: Connection, readings: Iterable[Reading], spooled: Mapping[int, Any] | None
) -> None:
    """The pages of readings that wait for recognition, and where children's bytes are kept for it.

    `spooled`: the spool's rows by document; None where bytes are not kept.
    """
    wanted = [reading for reading in readings if reading.to_recognise]
    pages = [
        {**_PENDING, "document": reading.document, "page": number}
        for reading in wanted
        for number in reading.to_recognise
    ]
    if pages:
        connection.execute(insert(OCR_PAGES), pages)
    rows = [spooled[r.document] for r in wanted if r.document in spooled] if spooled else []
    if rows:
        names = ("document", "pack", "offset", "chunk", "name")
        values = [{name: getattr(row, name) for name in names} for row in rows]
        connection.execute(upsert(OCR_SOURCES).on_conflict_do_nothing(), values)


def reopen_lost(connection: Connection) -> None:
    """Documents whose pages wait and whose bytes nobody kept are pending again.

    As children without bytes they make their parents be read again, and are kept this time.
    """
    waiting = select(OCR_PAGES.c.document).where(~OCR_PAGES.c.indexed)
    connection.execute(
        update(_DOCUMENTS)
        .where(_DOCUMENTS.c.id.in_(waiting))
        .where(_DOCUMENTS.c.id.not_in(select(OCR_SOURCES.c.document)))
        .where(
            _DOCUMENTS.c.id.not_in(
                select(_LOCATIONS.c.document).where(_LOCATIONS.c.document.is_not(None))
            )
        )
        .values(status=Status.PENDING.value, attempts=0)
    )
