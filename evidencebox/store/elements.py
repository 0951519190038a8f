"""Elements in catalogue.db: derived, and replaced whole for each document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from evidencebox.model.documents import Layer
from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.suggestions import LIKELY, Element
from evidencebox.store import analysed, totals
from evidencebox.store.analysed import chunks, rows_by_place
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.catalogue_tables import DocumentRow, ElementRow
from evidencebox.store.engine import writing

_SCALE = 1000


class Elements:
    """Safe for use from several threads, beside processes that put."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._engine = catalogue.engine

    def waiting(self, version: int, after: int, limit: int) -> list[tuple[int, DocumentId]]:
        """Documents not looked through by these rules since text or mentions changed, in order."""
        return analysed.waiting(self._engine, analysed.ELEMENTS, version, after, limit)

    def stopped(self) -> int:
        """How many documents the analyser did not come through."""
        return analysed.stopped(self._engine, analysed.ELEMENTS)

    def put(self, found: Mapping[int, Sequence[Element] | None], version: int) -> None:
        """Replaces what was found in these documents (by row), and their part of the totals.

        None where the analyser did not come through.
        """
        values = [_values(row, element) for row, each in found.items() for element in each or ()]
        done = [(row, each is not None) for row, each in found.items()]
        with writing(self._engine) as connection:
            for part in chunks(found):
                totals.add_elements(connection, part, -1)
                connection.execute(delete(ElementRow).where(ElementRow.document.in_(part)))
            if values:
                connection.execute(insert(ElementRow), values)
            for part in chunks(found):
                totals.add_elements(connection, part, 1)
            analysed.mark(connection, analysed.ELEMENTS, done, version)

    def each(
        self,
        documents: Sequence[DocumentId] | None = None,
        officer: OfficerId | None = None,
        kinds: Sequence[str] | None = None,
        least: float = LIKELY,
        page: int | None = None,
    ) -> Iterator[Element]:
        """The elements from a confidence on, by document and place; of all documents or some.

        `page`: only those of such a page.
        """
        query = (
            select(DocumentRow.sha256, ElementRow.__table__)
            .join(ElementRow, ElementRow.document == DocumentRow.id)
            .where(ElementRow.confidence >= round(least * _SCALE))
        )
        if page is not None:
            query = query.where(ElementRow.page == page)
        if officer is not None:
            query = query.where(ElementRow.officer == officer)
        if kinds is not None:
            query = query.where(ElementRow.kind.in_(list(kinds)))
        order = (ElementRow.document, ElementRow.page, ElementRow.start, ElementRow.id)
        return map(_element, rows_by_place(self._engine, query, documents, order))


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
