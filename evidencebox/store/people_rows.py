"""The roster of case.db as it stands: officers, who was merged into whom, answers to mentions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from evidencebox.model.ids import DocumentId, OfficerId
from evidencebox.model.ledger import Act, standing
from evidencebox.model.people import OFFICER_FIELDS, Merge, Officer
from evidencebox.model.suggestions import Answer, Answered
from evidencebox.store import projection
from evidencebox.store.case_tables import ActKeyRow, AnswerRow, MergeRow, OfficerRow

_CHUNK = 500
_OFFICER = [OfficerRow.__table__.c[name] for name in ("id", *OFFICER_FIELDS)]
"""An officer's columns in the order of his fields."""


def merges(connection: Connection) -> list[Merge]:
    """Every merge in force, oldest first."""
    query = select(MergeRow.__table__).order_by(MergeRow.utc, MergeRow.key)
    return [
        Merge(OfficerId(row.officer), OfficerId(row.into), row.author, row.utc, row.note)
        for row in connection.execute(query)
    ]


def merged_into(connection: Connection) -> dict[OfficerId, OfficerId]:
    """Merged officer → who he is now, through merges of merges.

    Two laptops may each have merged one into the other: then the lower id stands.
    """
    into = {merge.officer: merge.into for merge in merges(connection)}
    found: dict[OfficerId, OfficerId] = {}
    for officer in into:
        path, at = [officer], into[officer]
        while at in into and at not in path:
            path.append(at)
            at = into[at]
        end = min(path[path.index(at) :]) if at in path else at
        if end != officer:
            found[officer] = end
    return found


def officers(connection: Connection) -> list[Officer]:
    """The whole roster, by name, without those merged into others."""
    gone = merged_into(connection)
    query = select(*_OFFICER).order_by(OfficerRow.last, OfficerRow.first, OfficerRow.badge)
    return [Officer(*row) for row in connection.execute(query) if row[0] not in gone]


def every_officer(connection: Connection) -> dict[OfficerId, Officer]:
    """Those merged into others too, by id."""
    return {row[0]: Officer(*row) for row in connection.execute(select(*_OFFICER))}


def officer(connection: Connection, id_or_badge: str) -> list[Officer]:
    """The officers with this id or badge; one who was merged is the one he was merged into."""
    query = select(OfficerRow.id).where(
        or_(OfficerRow.id == id_or_badge, OfficerRow.badge == id_or_badge)
    )
    gone = merged_into(connection)
    ids = {gone.get(OfficerId(found), found) for found in connection.scalars(query)}
    return [
        Officer(*row) for row in connection.execute(select(*_OFFICER).where(OfficerRow.id.in_(ids)))
    ]


def answers(connection: Connection, documents: Sequence[DocumentId] | None) -> list[Answered]:
    """What reviewers said of mentions, oldest first: at places of `documents`, and by rule."""
    if documents is None:
        rows = list(connection.execute(select(AnswerRow.__table__)))
    else:
        rows = list(connection.execute(select(AnswerRow.__table__).where(AnswerRow.document == "")))
        for start in range(0, len(documents), _CHUNK):
            part = documents[start : start + _CHUNK]
            query = select(AnswerRow.__table__).where(AnswerRow.document.in_(part))
            rows += connection.execute(query)
    rows.sort(key=lambda row: (row.utc, row.key))
    return [_answered(row) for row in rows]


def notices(connection: Connection) -> dict[OfficerId, tuple[Act, dict[str, Any]]]:
    """Officer → the act that says whether he is told, and what it says."""
    first, last = projection.family_range("notice")
    keys = connection.scalars(
        select(ActKeyRow.key).where(ActKeyRow.key >= first, ActKeyRow.key < last).distinct()
    )
    winners = standing(projection.acts_with_undos(connection, keys.all()))
    said = projection.payloads(connection, {act.id for act, _ in winners.values()})
    return {
        OfficerId(act.targets[number]["officer"]): (act, dict(said.get(act.id, {})))
        for act, number in winners.values()
    }


def _answered(row: Any) -> Answered:
    place = json.loads(row.stood)
    return Answered(
        DocumentId(row.document) if row.document else None,
        place.get("page"),
        place.get("start"),
        place.get("end"),
        row.label,
        OfficerId(row.officer),
        Answer(row.answer),
        place.get("quote", ""),
        place.get("before", ""),
        row.author,
        row.utc,
    )
