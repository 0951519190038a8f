"""The statements behind signatures that ingest and recognition share: see `signatures`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Table, bindparam, delete
from sqlalchemy.dialects.sqlite import insert as upsert

from evidencebox.store.catalogue_tables import CatalogueBase

_tables: Mapping[str, Table] = CatalogueBase.metadata.tables
SIGNATURES = _tables["signatures"]
_ANALYSED = _tables["analysed"]
_WAITING = {"words": None, "digest": b"", "places": b"", "message": ""}


def mark(connection: Connection, documents: Iterable[int]) -> None:
    """The texts of these documents came or changed: they are to be signed.

    Within the transaction that records it: whatever happens next, none is forgotten.
    """
    rows = [{"document": document, **_WAITING} for document in documents]
    if rows:
        # What was suggested of the old text is found anew, too.
        gone = delete(_ANALYSED).where(_ANALYSED.c.document == bindparam("document"))
        connection.execute(gone, [{"document": row["document"]} for row in rows])
        statement = upsert(SIGNATURES)
        connection.execute(
            statement.on_conflict_do_update(index_elements=["document"], set_=_WAITING), rows
        )
