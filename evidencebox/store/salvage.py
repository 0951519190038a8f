"""Acts read out of a damaged case.db, into the one that was put back from a backup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, insert

from evidencebox.store import ledger, projection
from evidencebox.store.case_tables import ActKeyRow, ActRow, ActUndoRow, PayloadRow, ReceiptRow
from evidencebox.store.engine import Connect
from evidencebox.vault import database

_BESIDE = ((PayloadRow, "act"), (ActKeyRow, "act"), (ActUndoRow, "undo"))
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Carried:
    """How many acts were carried over; whether the damaged file could be read to its end."""

    acts: int
    whole: bool


def carry_over(target: Connection, connect: Connect) -> Carried:
    """Adds the acts that follow the target's head in another case.db, as far as they hold.

    Stops at the first that cannot be read or does not continue the chain of receipts. The caller
    verifies the result and rolls back where it does not hold.
    """
    try:
        source = connect()
    except database.DamagedDatabase:
        return Carried(0, whole=False)
    try:
        return _carry_over(target, source)
    finally:
        source.close()


def _carry_over(target: Connection, source: database.Connection) -> Carried:
    head = ledger.head(target)
    receipt, count = head.digest, 0
    try:
        if not _same_so_far(source, head.arrivals, head.digest):
            return Carried(0, whole=False)
        for act, receipt_row, beside in _acts_after(source, head.arrivals):
            receipt = ledger.receipt_after(receipt, projection.act_from(SimpleNamespace(**act)).id)
            if receipt_row["head"] != receipt or act["arrival"] != head.arrivals + count + 1:
                return Carried(count, whole=False)
            target.execute(insert(ActRow), act)
            target.execute(insert(ReceiptRow), receipt_row)
            for table, rows in beside:
                if rows:
                    target.execute(insert(table), rows)
            count += 1
    except (database.DatabaseError, ValueError, TypeError, LookupError):
        return Carried(count, whole=False)
    return Carried(count, whole=True)


def _same_so_far(source: database.Connection, arrivals: int, digest: str) -> bool:
    if not arrivals:
        return True
    rows = _rows(source, "receipts", "arrival", arrivals)
    return [row["head"] for row in rows] == [digest]


def _acts_after(
    source: database.Connection, arrivals: int
) -> Iterator[tuple[Row, Row, list[tuple[Any, list[Row]]]]]:
    """Act, receipt, and the rows of other tables about it; one by one, as far as they go."""
    while True:
        arrivals += 1
        found = _rows(source, "acts", "arrival", arrivals)
        if not found:
            return
        (receipt,) = _rows(source, "receipts", "arrival", arrivals)
        name = found[0]["id"]
        beside = [(t, _rows(source, t.__tablename__, column, name)) for t, column in _BESIDE]
        yield found[0], receipt, beside


def _rows(source: database.Connection, table: str, column: str, value: object) -> list[Row]:
    cursor = source.execute(f"SELECT * FROM {table} WHERE {column} = ?", (value,))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
