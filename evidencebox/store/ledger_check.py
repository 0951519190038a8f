"""Whether the ledger is as it was signed: read in pieces, so that a commit never waits for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, select

from evidencebox.model.ledger import FIRST, Act, purgeable
from evidencebox.model.payloads import combine_hashes, hash_payload
from evidencebox.store import ledger, projection
from evidencebox.store.case_tables import ActRow, PayloadRow, ReceiptRow
from evidencebox.store.engine import reading
from evidencebox.vault.anchor import Head
from evidencebox.vault.signing import signature_holds

PIECE = 1_000
"""Acts that are read in one transaction, some tens of milliseconds."""

TAIL = 200
"""Acts that are looked at when a case is opened."""

_Ends = dict[tuple[str, str], tuple[int, str]]


def verify(engine: Engine) -> tuple[str | None, list[Act]]:
    """One sentence naming the first bad act, or None where every chain and receipt holds.

    And the acts, as far as they hold, in the order of arrival. Those that arrive meanwhile are left
    to the next time.
    """
    with reading(engine) as connection:
        head = ledger.head(connection)
        last = max(head.arrivals, connection.scalar(select(func.max(ActRow.arrival))) or 0)
    check = _Check(Head(0, FIRST), {})
    return check.run(engine, head, last), check.acts


def verify_tail(engine: Engine, count: int = TAIL) -> str | None:
    """The same for the last `count` acts, taking what lies before them on trust."""
    with reading(engine) as connection:
        head = ledger.head(connection)
        start = max(0, head.arrivals - count)
        receipt = FIRST
        if start:
            receipt = (
                connection.scalar(select(ReceiptRow.head).where(ReceiptRow.arrival == start)) or ""
            )
        ends = _ends_before(connection, start)
    return _Check(Head(start, receipt), ends).run(engine, head, head.arrivals)


def _ends_before(connection: Connection, start: int) -> _Ends:
    """Where the chains that go on after `start` stood there."""
    if not start:
        return {}
    chains = connection.execute(
        select(ActRow.author, ActRow.device, func.min(ActRow.seq))
        .where(ActRow.arrival > start)
        .group_by(ActRow.author, ActRow.device)
    ).all()
    ends: _Ends = {}
    for author, device, seq in chains:
        before = connection.execute(
            select(ActRow.seq, ActRow.id).where(
                ActRow.author == author, ActRow.device == device, ActRow.seq == seq - 1
            )
        ).first()
        if before is not None:
            ends[author, device] = (before.seq, before.id)
    return ends


class _Check:
    """Follows every chain and the receipts from a place on."""

    def __init__(self, start: Head, ends: _Ends) -> None:
        self._at, self._arrivals, self._receipt = start.arrivals, start.arrivals, start.digest
        self._ends = ends
        self.acts: list[Act] = []

    def run(self, engine: Engine, head: Head, last: int) -> str | None:
        while self._at < last:
            with reading(engine) as connection:
                rows = connection.execute(_PIECE, {"after": self._at, "last": last}).all()
                parts = _parts(connection, self._at, rows[-1].arrival) if rows else {}
                purged = projection.purged_documents(connection)
            if not rows:
                break
            for row in rows:
                if row.arrival <= self._at:
                    return f"Act {row.arrival} cannot be read."
                problem = self._look(row, parts.get(row.id, ()), purged)
                if problem:
                    return problem
        if head != Head(self._arrivals, self._receipt):
            count = self._arrivals
            return f"Acts are missing after act {count}: more were received than are there."
        return None

    def _look(self, row: Any, parts: Sequence[Any], purged: set[str]) -> str | None:
        try:
            act = projection.act_from(row)
            self._receipt = ledger.receipt_after(self._receipt, act.id)
            problem = _problem(act, row, self._ends, self._receipt)
            problem = problem or _payload_problem(act, parts, purged)
        except (ValueError, TypeError, AttributeError):
            return f"Act {row.arrival} cannot be read."
        if problem:
            return f"Act {row.arrival} ({row.kind}, {row.utc}): {problem}."
        self._ends[act.author, act.device] = (act.seq, act.id)
        self._at = row.arrival
        self._arrivals += 1
        self.acts.append(act)
        return None


_PIECE = (
    select(ActRow.__table__, ReceiptRow.head)
    .outerjoin(ReceiptRow, ReceiptRow.arrival == ActRow.arrival)
    .where(ActRow.arrival > bindparam("after"), ActRow.arrival <= bindparam("last"))
    .order_by(ActRow.arrival)
    .limit(PIECE)
)
_PARTS = (
    select(PayloadRow.__table__)
    .join(ActRow, ActRow.id == PayloadRow.act)
    .where(ActRow.arrival > bindparam("after"), ActRow.arrival <= bindparam("last"))
    .order_by(PayloadRow.act, PayloadRow.part)
)


def _parts(connection: Connection, after: int, last: int) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for part in connection.execute(_PARTS, {"after": after, "last": last}).all():
        found[part.act].append(part)
    return found


def _problem(act: Act, row: Any, ends: _Ends, receipt: str) -> str | None:
    seq, previous = ends.get((act.author, act.device), (0, FIRST))
    checks = (
        (act.id == row.id, "its content was altered"),
        (signature_holds(act.author, act.digest, row.signature), "its signature does not hold"),
        (act.seq == seq + 1 and act.previous == previous, "its chain is broken before it"),
        (row.head == receipt, "the order of arrival was altered"),
    )
    return next((sentence for holds, sentence in checks if not holds), None)


def _payload_problem(act: Act, parts: Sequence[Any], purged: set[str]) -> str | None:
    altered = "its payload was altered"
    if [part.part for part in parts] != list(range(len(parts))) or not parts:
        return altered
    if combine_hashes([part.hash for part in parts]) != act.payload_hash:
        return altered
    for part in parts:
        if part.salt is None and part.body is None:
            if not purgeable(act, part.part, purged):
                return "its payload was removed without an order"
        elif hash_payload(part.salt or b"", part.body or "") != part.hash:
            return altered
    return None
