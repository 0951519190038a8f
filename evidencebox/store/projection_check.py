"""Whether the projections say what the ledger says: read in pieces, so that no commit waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Engine, literal_column, select

from evidencebox.errors import UserError
from evidencebox.model.ledger import Act, Kind, standing
from evidencebox.store.case_tables import ActKeyRow, ActRow, ActUndoRow, CaseBase
from evidencebox.store.engine import reading
from evidencebox.store.projection import act_from, keys_about, keys_touched, names_of, payloads
from evidencebox.store.projection_rows import TABLES, Values, rows_of

PIECE = 2_000
_INDEX = "The list of what each act is about was altered; put case.db back from a backup."


def problem(engine: Engine, acts: list[Act]) -> str | None:
    """One sentence where the tables do not say what the ledger says, else None.

    `acts` are all of it, verified, in the order of arrival. What acts that arrived since speak of
    is left to the next time.
    """
    last = len(acts)
    if not _same_index(engine, acts):
        return _INDEX
    winners = standing(acts)
    with reading(engine) as connection:
        bodies = payloads(connection, {act.id for act, _ in winners.values()})
    expected = rows_of(winners, bodies)
    found = {family: list(_rows(engine, table)) for family, table in TABLES.items()}
    later = _touched_after(engine, last)
    for family, table in TABLES.items():
        wanted = _settled(expected.get(family, ()), later)
        if _settled(found[family], later) != wanted:
            return f"The table of {table.__tablename__} does not say what the ledger says: rebuild."
    return None


def _settled(rows: Any, later: set[str]) -> Mapping[str, Values]:
    return {row["key"]: row for row in rows if row["key"] not in later}


def _same_index(engine: Engine, acts: list[Act]) -> bool:
    keys: set[tuple[Any, ...]] = set()
    undos: set[tuple[Any, ...]] = set()
    for act in acts:
        named, undone = names_of(act)
        keys |= {(key, act.id, number) for key, number in named.items()}
        undos |= {(target, act.id) for target in undone}
    known = {act.id for act in acts}
    later: set[str] = set()
    for table, wanted, act_at in ((ActKeyRow, keys, "act"), (ActUndoRow, undos, "undo")):
        for row in _rows(engine, table):
            values = tuple(row.values())
            if values in wanted:
                wanted.remove(values)
            elif row[act_at] in known:
                return False
            else:
                later.add(row[act_at])
        if wanted:
            return False
    return _are_acts(engine, later)


def _are_acts(engine: Engine, ids: set[str]) -> bool:
    """Whether each is an act, which then came while this was read."""
    ordered = sorted(ids)
    found = 0
    for start in range(0, len(ordered), 500):
        with reading(engine) as connection:
            query = select(ActRow.id).where(ActRow.id.in_(ordered[start : start + 500]))
            found += len(connection.scalars(query).all())
    return found == len(ordered)


def _rows(engine: Engine, table: type[CaseBase]) -> Iterator[Values]:
    """A table's rows, a piece at a time, in the order in which they were written."""
    place: ColumnElement[int] = literal_column("rowid")
    columns = [column.name for column in table.__table__.columns]
    last = -1
    while True:
        query = select(table.__table__, place.label("place")).where(place > last)
        with reading(engine) as connection:
            rows = connection.execute(query.order_by(place).limit(PIECE)).all()
        if not rows:
            return
        _rising([last, *(row.place for row in rows)])
        last = rows[-1].place
        for row in rows:
            yield dict(zip(columns, row, strict=False))


def _rising(places: Sequence[int]) -> None:
    """In a database whose pages lead in circles, reading by pieces would never end."""
    if any(b <= a for a, b in pairwise(places)):
        raise UserError("A database of the case is damaged; put it back from a backup.")


def _touched_after(engine: Engine, last: int) -> set[str]:
    """The keys that acts after `last` may have changed."""
    later: set[str] = set()
    with reading(engine) as connection:
        rows = connection.execute(select(ActRow.__table__).where(ActRow.arrival > last)).all()
        for act in map(act_from, rows):
            later |= keys_touched(connection, act)
            if act.kind is Kind.PURGE:
                later |= keys_about(connection, [str(t["document"]) for t in act.targets])
    return later
