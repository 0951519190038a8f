"""What the acts mean, kept as tables: one row for each key that stands, rebuildable at any time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from evidencebox.model.ids import ActId
from evidencebox.model.ledger import CLEARING, Act, Kind, keys_of, standing
from evidencebox.store.tables import (
    AcquisitionRow,
    ActKeyRow,
    ActRow,
    ActUndoRow,
    CaseBase,
    LabelRow,
    OfficerRow,
    PayloadRow,
    ReviewerRow,
    ReviewRow,
    TagRow,
)

_CHUNK = 500
Values = dict[str, Any]
Payload = Mapping[str, Any]

_TABLES: dict[str, type[CaseBase]] = {
    "reviewer": ReviewerRow,
    "acquisition": AcquisitionRow,
    "officer": OfficerRow,
    "tag": TagRow,
    "label": LabelRow,
    "review": ReviewRow,
}


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
    for start in range(0, len(ordered), _CHUNK):
        chunk = ordered[start : start + _CHUNK]
        acts = _acts_about(connection, chunk)
        wanted = set(chunk)
        winners = {k: win for k, win in standing(acts.values()).items() if k in wanted}
        _replace(connection, chunk, winners)


def put(connection: Connection, act: Act, payload: Payload) -> None:
    """The short way for one's own new act: its clock is the highest, so it stands at its keys."""
    winners = {key: (act, number) for key, number in names_of(act)[0].items()}
    _delete(connection, list(winners))
    if act.kind not in CLEARING:
        _insert(connection, winners, {act.id: payload})


def rebuild(connection: Connection) -> None:
    """Empties the projections and makes them anew from the ledger."""
    for table in _TABLES.values():
        connection.execute(delete(table))
    keys = connection.scalars(select(ActKeyRow.key).distinct()).all()
    refresh(connection, keys)


def problem(connection: Connection) -> str | None:
    """One sentence where these tables do not say what the (verified) ledger says, else None."""
    acts = [act_from(row) for row in connection.execute(select(ActRow.__table__))]
    keys, undos = set(), set()
    for act in acts:
        named, undone = names_of(act)
        keys |= {(key, act.id, number) for key, number in named.items()}
        undos |= {(target, act.id) for target in undone}
    columns = (ActKeyRow.key, ActKeyRow.act, ActKeyRow.number)
    same = {tuple(row) for row in connection.execute(select(*columns))} == keys
    pairs = connection.execute(select(ActUndoRow.target, ActUndoRow.undo))
    if not same or {tuple(row) for row in pairs} != undos:
        return "The list of what each act is about was altered; put case.db back from a backup."
    expected = _rows(winners := standing(acts), _payloads(connection, winners))
    for family, table in _TABLES.items():
        rows = {row.key: dict(row._mapping) for row in connection.execute(select(table.__table__))}
        if rows != {row["key"]: row for row in expected.get(family, ())}:
            return f"The table of {table.__tablename__} does not say what the ledger says: rebuild."
    return None


def _acts_about(connection: Connection, keys: Sequence[str]) -> dict[str, Act]:
    ids = set(connection.scalars(select(ActKeyRow.act).where(ActKeyRow.key.in_(keys))))
    frontier = set(ids)
    while frontier:
        found: set[str] = set()
        for part in _chunks(sorted(frontier)):
            found.update(
                connection.scalars(select(ActUndoRow.undo).where(ActUndoRow.target.in_(part)))
            )
        frontier = found - ids
        ids |= found
    acts: dict[str, Act] = {}
    for part in _chunks(sorted(ids)):
        for row in connection.execute(select(ActRow.__table__).where(ActRow.id.in_(part))):
            acts[row.id] = act_from(row)
    return acts


def _replace(
    connection: Connection, keys: Sequence[str], winners: Mapping[str, tuple[Act, int]]
) -> None:
    _delete(connection, keys)
    _insert(connection, winners, _payloads(connection, winners))


def _payloads(
    connection: Connection, winners: Mapping[str, tuple[Act, int]]
) -> dict[ActId, Payload]:
    payloads: dict[ActId, Payload] = {}
    for part in _chunks(sorted({act.id for act, _ in winners.values()})):
        rows = connection.execute(
            select(PayloadRow.act, PayloadRow.body).where(PayloadRow.act.in_(part))
        )
        payloads.update({ActId(a): json.loads(body) if body else {} for a, body in rows})
    return payloads


def _delete(connection: Connection, keys: Sequence[str]) -> None:
    by_family: dict[str, list[str]] = {}
    for key in keys:
        by_family.setdefault(json.loads(key)[0], []).append(key)
    for family, members in by_family.items():
        table = _TABLES[family]
        for part in _chunks(members):
            connection.execute(delete(table).where(table.__table__.c["key"].in_(part)))


def _insert(
    connection: Connection,
    winners: Mapping[str, tuple[Act, int]],
    payloads: Mapping[ActId, Payload],
) -> None:
    for family, members in _rows(winners, payloads).items():
        connection.execute(insert(_TABLES[family]), members)


def _rows(
    winners: Mapping[str, tuple[Act, int]], payloads: Mapping[ActId, Payload]
) -> dict[str, list[Values]]:
    rows: dict[str, list[Values]] = {}
    for key, (act, number) in winners.items():
        family = json.loads(key)[0]
        values = _BUILD[family](act, number, payloads.get(act.id, {}))
        rows.setdefault(family, []).append({"key": key, "act": act.id, **values})
    return rows


def _chunks(items: Sequence[str]) -> Iterable[Sequence[str]]:
    return (items[i : i + _CHUNK] for i in range(0, len(items), _CHUNK))


def _item(payload: Payload, name: str, number: int) -> Any:
    """The part of a batch's payload that belongs to one target; None where it was purged."""
    items = payload.get(name) or ()
    return items[number] if number < len(items) else None


def _reviewer(act: Act, number: int, payload: Payload) -> Values:
    name = payload.get("name", "(purged)")
    return {"author": act.targets[number]["author"], "name": name}


def _acquisition(act: Act, number: int, payload: Payload) -> Values:
    return {"author": act.author, "utc": act.utc, "body": json.dumps(payload, sort_keys=True)}


OFFICER_FIELDS = (
    "badge",
    "last",
    "first",
    "middle",
    "rank",
    "unit",
    "status",
    "email",
    "birth_date",
)


def _officer(act: Act, number: int, payload: Payload) -> Values:
    given = _item(payload, "officers", number) or {}
    fields = {name: given.get(name, "") for name in OFFICER_FIELDS}
    return {"id": act.targets[number]["officer"], **fields}


def _tag(act: Act, number: int, payload: Payload) -> Values:
    target = act.targets[number]
    passage = None
    if "start" in target:
        quote = _item(payload, "quotes", number) or {}
        place = {name: target[name] for name in ("start", "end", "version")}
        passage = json.dumps({**place, **quote}, sort_keys=True)
    return {
        "document": target["document"],
        "page": target.get("page"),
        "passage": passage,
        "officer": target["officer"],
        "author": act.author,
        "harm": payload.get("harm", 0),
        "categories": json.dumps(payload.get("categories", [])),
        "note": payload.get("note", ""),
        "path": _item(payload, "paths", number) or "",
        "utc": act.utc,
    }


def _label(act: Act, number: int, payload: Payload) -> Values:
    return {"label": act.targets[number]["label"], **_review(act, number, payload)}


def _review(act: Act, number: int, payload: Payload) -> Values:
    return {
        "document": act.targets[number]["document"],
        "author": act.author,
        "path": _item(payload, "paths", number) or "",
        "utc": act.utc,
    }


_BUILD = {
    "reviewer": _reviewer,
    "acquisition": _acquisition,
    "officer": _officer,
    "tag": _tag,
    "label": _label,
    "review": _review,
}
