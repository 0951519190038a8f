"""The append-only record of every act: chains, salted payload hashes, signatures, receipts."""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select

from evidencebox.model.ledger import FIRST, Act, Kind, Target, canonical, hash_payload
from evidencebox.store import projection
from evidencebox.store.tables import ActKeyRow, ActRow, ActUndoRow, PayloadRow, ReceiptRow
from evidencebox.vault.anchor import Head
from evidencebox.vault.signing import Signer, signature_holds

_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Draft:
    """An act not yet signed. `payload` is JSON-able, without floating-point numbers."""

    kind: Kind
    targets: Sequence[Target]
    payload: Mapping[str, Any]


def utc_now() -> str:
    """The device's clock, to the second, as ISO 8601."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def append(connection: Connection, draft: Draft, signer: Signer, device: str) -> tuple[Act, Head]:
    """Signs and records an act and brings the projections up, in the caller's transaction."""
    body = canonical(draft.payload)
    salt = secrets.token_bytes(_SALT_BYTES)
    seq, previous = _chain_end(connection, signer.author, device)
    clock = connection.scalar(select(func.max(ActRow.clock))) or 0
    act = Act(
        author=signer.author,
        device=device,
        seq=seq + 1,
        utc=utc_now(),
        clock=clock + 1,
        kind=draft.kind,
        targets=tuple(draft.targets),
        payload_hash=hash_payload(salt, body),
        previous=previous,
    )
    new_head = _record(connection, act, signer.sign(act.digest), salt, body)
    if act.kind is Kind.UNDO:
        projection.refresh(connection, projection.keys_touched(connection, act))
    else:
        projection.put(connection, act, draft.payload)
    return act, new_head


def head(connection: Connection) -> Head:
    """How many acts have arrived and the receipt chain's head over them."""
    row = connection.execute(
        select(ReceiptRow.arrival, ReceiptRow.head).order_by(ReceiptRow.arrival.desc()).limit(1)
    ).first()
    return Head(row.arrival, row.head) if row else Head(0, FIRST)


def verify(connection: Connection) -> str | None:
    """One sentence naming the first bad act, or None where every chain and receipt holds."""
    ends: dict[tuple[str, str], tuple[int, str]] = {}
    arrivals, receipt = 0, FIRST
    for row in connection.execute(
        select(ActRow.__table__, PayloadRow.act, PayloadRow.salt, PayloadRow.body, ReceiptRow.head)
        .outerjoin(PayloadRow, PayloadRow.act == ActRow.id)
        .outerjoin(ReceiptRow, ReceiptRow.arrival == ActRow.arrival)
        .order_by(ActRow.arrival)
    ):
        try:
            act = projection.act_from(row)
            receipt = _receipt(receipt, act.id)
        except (ValueError, TypeError):
            return f"Act {row.arrival} cannot be read."
        problem = _problem(act, row, ends, receipt)
        if problem:
            return f"Act {row.arrival} ({row.kind}, {row.utc}): {problem}."
        ends[act.author, act.device] = (act.seq, act.id)
        arrivals += 1
    if head(connection) != Head(arrivals, receipt):
        return f"Acts are missing after act {arrivals}: more were received than are there."
    return None


def _problem(
    act: Act, row: Any, ends: Mapping[tuple[str, str], tuple[int, str]], receipt: str
) -> str | None:
    seq, previous = ends.get((act.author, act.device), (0, FIRST))
    purged = row.act is not None and row.salt is None and row.body is None
    checks = (
        (act.id == row.id, "its content was altered"),
        (signature_holds(act.author, act.digest, row.signature), "its signature does not hold"),
        (act.seq == seq + 1 and act.previous == previous, "its chain is broken before it"),
        (
            purged or hash_payload(row.salt or b"", row.body or "") == act.payload_hash,
            "its payload was altered",
        ),
        (row.head == receipt, "the order of arrival was altered"),
    )
    return next((sentence for holds, sentence in checks if not holds), None)


def _chain_end(connection: Connection, author: str, device: str) -> tuple[int, str]:
    row = connection.execute(
        select(ActRow.seq, ActRow.id)
        .where(ActRow.author == author, ActRow.device == device)
        .order_by(ActRow.seq.desc())
        .limit(1)
    ).first()
    return (row.seq, row.id) if row else (0, FIRST)


def _record(connection: Connection, act: Act, signature: bytes, salt: bytes, body: str) -> Head:
    before = head(connection)
    connection.execute(
        insert(ActRow),
        {
            "arrival": before.arrivals + 1,
            "id": act.id,
            "author": act.author,
            "device": act.device,
            "seq": act.seq,
            "utc": act.utc,
            "clock": act.clock,
            "kind": act.kind.value,
            "targets": json.dumps([dict(t) for t in act.targets]),
            "payload_hash": act.payload_hash,
            "previous": act.previous,
            "signature": signature,
        },
    )
    after = Head(before.arrivals + 1, _receipt(before.digest, act.id))
    connection.execute(insert(PayloadRow), {"act": act.id, "salt": salt, "body": body})
    connection.execute(insert(ReceiptRow), {"arrival": after.arrivals, "head": after.digest})
    keys, undos = projection.names_of(act)
    if keys:
        rows = [{"key": key, "act": act.id, "number": n} for key, n in keys.items()]
        connection.execute(insert(ActKeyRow), rows)
    if undos:
        connection.execute(insert(ActUndoRow), [{"target": t, "undo": act.id} for t in undos])
    return after


def _receipt(before: str, act_id: str) -> str:
    return hashlib.sha256(f"evidencebox receipt 1\0{before}\0{act_id}".encode()).hexdigest()
