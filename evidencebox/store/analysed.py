"""Which documents were looked through, for what and by which rules: mentions and elements alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Select, exists, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from evidencebox.model.documents import Status
from evidencebox.model.ids import DocumentId
from evidencebox.store.catalogue_tables import AnalysedRow, DocumentRow
from evidencebox.store.engine import reading

KINDS = MENTIONS, ELEMENTS = "mentions", "elements"
_CHUNK = 500


def waiting(
    engine: Engine, kind: str, version: int, after: int, limit: int
) -> list[tuple[int, DocumentId]]:
    """Documents not looked through by these rules, in the order of rows, from row `after` on."""
    done = select(AnalysedRow.document).where(
        AnalysedRow.kind == kind,
        AnalysedRow.version.in_((version, -version)),
        AnalysedRow.document == DocumentRow.id,
    )
    query = (
        select(DocumentRow.id, DocumentRow.sha256)
        .where(DocumentRow.id > after, DocumentRow.pages > 0)
        .where(DocumentRow.status != Status.PENDING, ~exists(done))
        .order_by(DocumentRow.id)
        .limit(limit)
    )
    with reading(engine) as connection:
        return [(row, DocumentId(sha)) for row, sha in connection.execute(query)]


def unfinished(engine: Engine, kind: str, version: int) -> bool:
    """Whether a document is still to be read, or to be looked through by these rules."""
    pending = select(DocumentRow.id).where(DocumentRow.status == Status.PENDING).limit(1)
    with reading(engine) as connection:
        if connection.scalar(pending) is not None:
            return True
    return bool(waiting(engine, kind, version, 0, 1))


def mark(connection: Connection, kind: str, rows: Iterable[tuple[int, bool]], version: int) -> None:
    """Says of documents that they were looked through; (row, whether the analyser came through).

    Where it did not, the version is kept with a minus sign: it is not tried again by these rules.
    """
    done = [
        {"document": row, "kind": kind, "version": version if through else -version}
        for row, through in rows
    ]
    if done:
        statement = upsert(AnalysedRow)
        statement = statement.on_conflict_do_update(
            index_elements=["document", "kind"], set_={"version": statement.excluded.version}
        )
        connection.execute(statement, done)


def stopped(engine: Engine, kind: str) -> int:
    """How many documents the analyser did not come through."""
    query = select(func.count()).where(AnalysedRow.kind == kind, AnalysedRow.version < 0)
    with reading(engine) as connection:
        return connection.scalar(query) or 0


def rows_by_place(
    engine: Engine, query: Select[Any], documents: Sequence[DocumentId] | None, order: Sequence[Any]
) -> Iterator[Any]:
    """The rows of a query that joins `DocumentRow`, ordered; of these documents or of all."""
    with reading(engine) as connection:
        if documents is None:
            yield from connection.execute(query.order_by(*order))
            return
        for part in chunks(documents):
            some = query.where(DocumentRow.sha256.in_(part)).order_by(*order)
            yield from connection.execute(some)


def chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    """As many at once as a statement may name."""
    listed = list(items)
    return (listed[i : i + _CHUNK] for i in range(0, len(listed), _CHUNK))
