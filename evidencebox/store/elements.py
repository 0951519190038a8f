"""Elements in catalogue.db: derived, and replaced whole for each document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from evidencebox.model.documents import Layer, Status
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.suggestions import LIKELY, Element
from evidencebox.store import totals
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.engine import reading, writing
from evidencebox.store.tables import AnalysedRow, DocumentRow, ElementRow

KIND = "elements"
_CHUNK = 500
_SCALE = 1000


class Elements:
    """Safe for use from several threads, beside processes that put."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._engine = catalogue.engine

    def waiting(self, version: int, after: int, limit: int) -> list[tuple[int, DocumentId]]:
        """Documents not looked through by these rules since text or mentions changed, in order."""
        done = select(AnalysedRow.document).where(
            AnalysedRow.kind == KIND,
            AnalysedRow.version == version,
            AnalysedRow.document == DocumentRow.id,
        )
        query = (
            select(DocumentRow.id, DocumentRow.sha256)
            .where(DocumentRow.id > after, DocumentRow.pages > 0)
            .where(DocumentRow.status != Status.PENDING, ~exists(done))
            .order_by(DocumentRow.id)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return [(row, DocumentId(sha)) for row, sha in connection.execute(query)]

    def put(self, found: Mapping[int, Sequence[Element]], version: int) -> None:
        """Replaces what was found in these documents (by row), and their part of the totals."""
        rows = list(found)
        values = [_values(row, element) for row, each in found.items() for element in each]
        done = [{"document": row, "kind": KIND, "version": version} for row in rows]
        with writing(self._engine) as connection:
            for part in _chunks(rows):
                totals.add_elements(connection, part, -1)
                connection.execute(delete(ElementRow).where(ElementRow.document.in_(part)))
            if values:
                connection.execute(insert(ElementRow), values)
            for part in _chunks(rows):
                totals.add_elements(connection, part, 1)
            if done:
                statement = upsert(AnalysedRow)
                connection.execute(
                    statement.on_conflict_do_update(
                        index_elements=["document", "kind"],
                        set_={"version": statement.excluded.version},
                    ),
                    done,
                )

    def each(
        self,
        documents: Sequence[DocumentId] | None = None,
        officer: OfficerId | None = None,
        kinds: Sequence[str] | None = None,
        least: float = LIKELY,
    ) -> Iterator[Element]:
        """The elements from a confidence on, by document and place; of all documents or some."""
        query = (
            select(DocumentRow.sha256, ElementRow.__table__)
            .join(ElementRow, ElementRow.document == DocumentRow.id)
            .where(ElementRow.confidence >= round(least * _SCALE))
        )
        if officer is not None:
            query = query.where(ElementRow.officer == officer)
        if kinds is not None:
            query = query.where(ElementRow.kind.in_(list(kinds)))
        order = (ElementRow.document, ElementRow.page, ElementRow.start, ElementRow.id)
        with reading(self._engine) as connection:
            if documents is None:
                for row in connection.execute(query.order_by(*order)):
                    yield _element(row)
                return
            for part in _chunks(documents):
                some = query.where(DocumentRow.sha256.in_(part)).order_by(*order)
                yield from map(_element, connection.execute(some))


def _values(row: int, element: Element) -> dict[str, Any]:
    return {
        "document": row,
        "page": element.page,
        "layer": element.layer.value,
        "start": element.start,
        "end": element.end,
        "kind": element.kind,
        "masked": element.masked,
        "confidence": round(element.confidence * _SCALE),
        "reason": element.reason,
        "officer": element.officer,
        "belongs": round(element.belongs * _SCALE),
        "belonging": element.belonging,
    }


def _element(row: Any) -> Element:
    return Element(
        DocumentId(row.sha256),
        row.page,
        Layer(row.layer),
        row.start,
        row.end,
        row.kind,
        row.masked,
        row.confidence / _SCALE,
        row.reason,
        None if row.officer is None else OfficerId(row.officer),
        row.belongs / _SCALE,
        row.belonging,
    )


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    listed = list(items)
    return (listed[i : i + _CHUNK] for i in range(0, len(listed), _CHUNK))
