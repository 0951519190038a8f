"""What the acts mean, kept as tables: one row for each key that stands, rebuildable at any time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from evidencebox.model.ids import ActId
from evidencebox.model.ledger import CLEARING, Act, Kind, document_of, keys_of, standing
from evidencebox.model.payloads import join_payload
from evidencebox.store.case_tables import ActKeyRow, ActRow, ActUndoRow, PayloadRow, PurgeRow
from evidencebox.store.projection_rows import TABLES, Payload, rows_of

_CHUNK = 500
_ABOUT_DOCUMENTS = (
    "tag",
    "label",
    "review",
    "settlement",
    "mention",
    "look",
    "export",
    "material",
    "purge",
    "exhibit",
    "bates",
    "redaction",
)


def act_from(row: Any) -> Act:
    """A ledger row as an act."""
    return Act(
        row.author,
        row.device,
        row.seq,
        row.utc,
        row.clock,
        Kind(row.kind),
        tuple(json.loads(row.targets)),
        row.payload_hash,
        row.previous,
    )


def names_of(act: Act) -> tuple[dict[str, int], set[str]]:
    """The state keys an act speaks of, each with its (last) target; the acts that it undoes."""
    undone = {target["act"] for target in act.targets} if act.kind is Kind.UNDO else set()
    return {key: number for number, key in enumerate(keys_of(act))}, undone


def keys_touched(connection: Connection, act: Act) -> set[str]:
    """The keys whose state an act may change; an undo touches what it undoes, to any depth."""
    keys = set(keys_of(act))
    pending = [t["act"] for t in act.targets] if act.kind is Kind.UNDO else []
    seen: set[str] = set()
    while pending:
        act_id = pending.pop()
        if act_id in seen:
            continue
        seen.add(act_id)
        keys.update(connection.scalars(select(ActKeyRow.key).where(ActKeyRow.act == act_id)))
        pending += connection.scalars(select(ActUndoRow.target).where(ActUndoRow.undo == act_id))
    return keys


def refresh(connection: Connection, keys: Collection[str]) -> None:
    """Recomputes the rows of `keys` from the acts that speak of them, and of no others."""
    ordered = sorted(keys)
    purged = purged_documents(connection)
    for start in range(0, len(ordered), _CHUNK):
        chunk = ordered[start : start + _CHUNK]
        acts = acts_with_undos(connection, chunk)
        wanted = set(chunk)
        winners = {k: win for k, win in standing(acts, purged).items() if k in wanted}
        _replace(connection, chunk, winners)


def purged_documents(connection: Connection) -> set[str]:
    """The documents that were removed by order."""
    return set(connection.scalars(select(PurgeRow.document)))


def put(connection: Connection, said: Sequence[tuple[Act, Payload]]) -> None:
    """The short way for one's own new acts: their clocks are the highest, so the last stands."""
    winners: dict[str, tuple[Act, int]] = {}
    for act, _ in said:
        winners |= {key: (act, number) for key, number in names_of(act)[0].items()}
    _delete(connection, list(winners))
    purged = purged_documents(connection)
    kept = {
        key: win
        for key, win in winners.items()
        if win[0].kind not in CLEARING and document_of(*win) not in purged
    }
    _insert(connection, kept, {act.id: payload for act, payload in said})


def acts_of_keys(connection: Connection, keys: Iterable[str]) -> list[Act]:
    """The acts that speak of these keys, in the order of arrival."""
    return _in_order(connection, _speaking(connection, keys))


def acts_with_undos(connection: Connection, keys: Iterable[str]) -> list[Act]:
    """The same, with the undos of those acts, the undos of those (redo), and so on."""
    return _in_order(connection, _with_undos(connection, _speaking(connection, keys)))


def _speaking(connection: Connection, keys: Iterable[str]) -> set[str]:
    ids: set[str] = set()
    for part in _chunks(sorted(keys)):
        ids.update(connection.scalars(select(ActKeyRow.act).where(ActKeyRow.key.in_(part))))
    return ids


def _in_order(connection: Connection, ids: set[str]) -> list[Act]:
    found: list[Any] = []
    for part in _chunks(sorted(ids)):
        found += connection.execute(select(ActRow.__table__).where(ActRow.id.in_(part)))
    return [act_from(row) for row in sorted(found, key=lambda row: int(row.arrival))]


def keys_about(connection: Connection, documents: Iterable[str]) -> set[str]:
    """Every state key about these documents, by the order in which keys are kept."""
    found: set[str] = set()
    for document in documents:
        for family in _ABOUT_DOCUMENTS:
            start = json.dumps([family, document], separators=(",", ":"))[:-1] + ","
            found.update(
                connection.scalars(
                    select(ActKeyRow.key).where(
                        ActKeyRow.key >= start, ActKeyRow.key < start[:-1] + "-"
                    )
                )
            )
    return found


def rebuild(connection: Connection) -> None:
    """Empties the projections and makes them anew from the ledger."""
    for table in TABLES.values():
        connection.execute(delete(table))
    # What was purged decides what of the rest may stand.
    first, last = family_range("purge")
    orders = connection.scalars(
        select(ActKeyRow.key).where(ActKeyRow.key >= first, ActKeyRow.key < last).distinct()
    )
    refresh(connection, orders.all())
    keys = connection.scalars(select(ActKeyRow.key).distinct()).all()
    refresh(connection, keys)


def family_range(family: str) -> tuple[str, str]:
    """Between these two stand the keys of a family."""
    return f'["{family}",', f'["{family}-'


def _with_undos(connection: Connection, ids: set[str]) -> set[str]:
    """`ids`, and every act that undoes one of them, to any depth."""
    frontier = set(ids)
    while frontier:
        found: set[str] = set()
        for part in _chunks(sorted(frontier)):
            found.update(
                connection.scalars(select(ActUndoRow.undo).where(ActUndoRow.target.in_(part)))
            )
        frontier = found - ids
        ids = ids | found
    return ids


def _replace(
    connection: Connection, keys: Sequence[str], winners: Mapping[str, tuple[Act, int]]
) -> None:
    _delete(connection, keys)
    _insert(connection, winners, _payloads(connection, winners))


def _payloads(
    connection: Connection, winners: Mapping[str, tuple[Act, int]]
) -> dict[ActId, Payload]:
    return payloads(connection, [act.id for act, _ in winners.values()])


def payloads(connection: Connection, acts: Iterable[str]) -> dict[ActId, Payload]:
    """Act → its payload, without what of it was purged."""
    parts: dict[ActId, list[Payload | None]] = {}
    for chunk in _chunks(sorted(set(acts))):
        rows = connection.execute(
            select(PayloadRow.act, PayloadRow.body)
            .where(PayloadRow.act.in_(chunk))
            .order_by(PayloadRow.act, PayloadRow.part)
        )
        for act, body in rows.all():
            parts.setdefault(ActId(act), []).append(None if body is None else json.loads(body))
    return {act: join_payload(members) for act, members in parts.items()}


def _delete(connection: Connection, keys: Sequence[str]) -> None:
    by_family: dict[str, list[str]] = {}
    for key in keys:
        by_family.setdefault(json.loads(key)[0], []).append(key)
    for family, members in by_family.items():
        table = TABLES.get(family)
        if table is None:
            continue
        for part in _chunks(members):
            connection.execute(delete(table).where(table.__table__.c["key"].in_(part)))


def _insert(
    connection: Connection,
    winners: Mapping[str, tuple[Act, int]],
    payloads: Mapping[ActId, Payload],
) -> None:
    for family, members in rows_of(winners, payloads).items():
        connection.execute(insert(TABLES[family]), members)


def _chunks(items: Sequence[str]) -> Iterable[Sequence[str]]:
    return (items[i : i + _CHUNK] for i in range(0, len(items), _CHUNK))
