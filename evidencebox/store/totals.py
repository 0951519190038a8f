"""How much of each kind is suggested of each officer, kept in step with every change.

A matrix of 3,600 officers by 25 kinds is read from here, not counted from a million suggestions.
What a document adds does not depend on others, so its part is taken off before it changes and put
on again after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, delete, func, literal, select
from sqlalchemy.dialects.sqlite import insert as upsert

from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.suggestions import LIKELY
from evidencebox.store.catalogue import Catalogue
from evidencebox.store.catalogue_tables import DocumentRow, ElementRow, ExposureTotalRow, MentionRow
from evidencebox.store.engine import reading

MENTION = "mention"
"""The kind under which mentions are counted."""

_COLUMNS = ["officer", "kind", "documents", "pages", "places"]
_CHUNK = 500
_LEAST = round(LIKELY * 1000)


class Total(NamedTuple):
    """Of one officer and kind: in how many documents, on how many pages, at how many places."""

    officer: OfficerId
    kind: str
    documents: int
    pages: int
    places: int


def add_elements(connection: Connection, documents: Sequence[int], sign: int) -> None:
    """Puts on (1) or takes off (-1) what these rows of documents add.

    That is: likely elements that likely belong to somebody.
    """
    row = ElementRow
    query = (
        select(row.officer, row.kind, *_counts(row, sign))
        .where(row.document.in_(documents), row.officer.is_not(None))
        .where(row.confidence >= _LEAST, row.belongs >= _LEAST)
        .group_by(row.officer, row.kind)
    )
    _add(connection, query)


def add_mentions(connection: Connection, documents: Sequence[int], sign: int) -> None:
    """The same with what the likely mentions of these documents add."""
    row = MentionRow
    query = (
        select(row.officer, literal(MENTION), *_counts(row, sign))
        .where(row.document.in_(documents), row.confidence >= _LEAST)
        .group_by(row.officer)
    )
    _add(connection, query)


def _counts(row: type[ElementRow | MentionRow], sign: int) -> list[ColumnElement[int]]:
    """Documents, pages and places, to be put on or taken off."""
    page = row.document.concat(".").concat(row.page)
    counts = (func.count(row.document.distinct()), func.count(page.distinct()), func.count())
    return [literal(sign) * count for count in counts]


def _add(connection: Connection, query: Select[*tuple[Any, ...]]) -> None:
    """Within the database: a batch may touch every officer and kind."""
    statement = upsert(ExposureTotalRow).from_select(_COLUMNS, query)
    columns = ExposureTotalRow.__table__.c
    values = {name: columns[name] + statement.excluded[name] for name in _COLUMNS[2:]}
    connection.execute(
        statement.on_conflict_do_update(index_elements=["officer", "kind"], set_=values)
    )


def forget(connection: Connection, kinds: str, officers: Sequence[str] | None = None) -> None:
    """Drops the totals of mentions (`mention`) or of all else (`elements`), of some or of all."""
    mentions = ExposureTotalRow.kind == MENTION
    statement = delete(ExposureTotalRow).where(mentions if kinds == MENTION else ~mentions)
    if officers is not None:
        statement = statement.where(ExposureTotalRow.officer.in_(officers))
    connection.execute(statement)


def totals(
    catalogue: Catalogue, officer: OfficerId | None = None, *, mentions: bool = False
) -> list[Total]:
    """Every total of elements that is not nought, or those of mentions."""
    row = ExposureTotalRow
    query = select(row.officer, row.kind, row.documents, row.pages, row.places)
    is_mention = row.kind == MENTION
    query = query.where(row.places > 0, is_mention if mentions else ~is_mention)
    if officer is not None:
        query = query.where(row.officer == officer)
    with reading(catalogue.engine) as connection:
        return [
            Total(OfficerId(o), k, d, p, n) for o, k, d, p, n in connection.execute(query).all()
        ]


def named_in(
    catalogue: Catalogue, documents: Sequence[DocumentId]
) -> dict[OfficerId, set[DocumentId]]:
    """Officer → which of these documents likely name him."""
    found: dict[OfficerId, set[DocumentId]] = defaultdict(set)
    query = (
        select(DocumentRow.sha256, MentionRow.officer)
        .join(MentionRow, MentionRow.document == DocumentRow.id)
        .where(MentionRow.confidence >= _LEAST)
        .distinct()
    )
    with reading(catalogue.engine) as connection:
        for start in range(0, len(documents), _CHUNK):
            part = documents[start : start + _CHUNK]
            for sha256, officer in connection.execute(query.where(DocumentRow.sha256.in_(part))):
                found[OfficerId(officer)].add(DocumentId(sha256))
    return dict(found)


__all__ = [
    "MENTION",
    "Total",
    "add_elements",
    "add_mentions",
    "forget",
    "named_in",
    "totals",
]
