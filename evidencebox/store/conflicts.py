"""Where two reviewers say different things of one officer at one anchor: both stand, and wait."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, and_, select
from sqlalchemy.orm import aliased

from evidencebox.model.review import Conflict, Tag
from evidencebox.store.case_tables import SettlementRow, TagRow


def unsettled(connection: Connection, tag_from: Callable[[Any], Tag]) -> list[Conflict]:
    """By document and page. A settlement holds while the tags that it named still stand."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(_candidates()):
        groups[_subject(row.key)].append(row)
    bodies = [json.loads(b) for b in connection.scalars(select(SettlementRow.body))]
    settled = {frozenset(body.get("acts", ())) for body in bodies}
    found = [
        Conflict(tuple(tag_from(row) for row in sorted(rows, key=lambda row: str(row.author))))
        for rows in groups.values()
        if _differ(rows) and frozenset(row.act for row in rows) not in settled
    ]
    return sorted(found, key=lambda c: (c.tags[0].anchor.document, c.tags[0].anchor.page or 0))


def _candidates() -> Any:
    """Tags that another author's tag stands beside; the index on documents finds them."""
    other = aliased(TagRow)
    same = and_(
        other.document == TagRow.document,
        other.officer == TagRow.officer,
        other.author != TagRow.author,
    )
    return select(TagRow.__table__).where(select(other.key).where(same).exists())


def _subject(key: str) -> str:
    """A tag's key without its author: what it is about."""
    return json.dumps(json.loads(key)[:-1])


def _differ(rows: Sequence[Any]) -> bool:
    said = {(row.harm, tuple(sorted(json.loads(row.categories)))) for row in rows}
    return len(rows) > 1 and len(said) > 1
