"""The append-only record of every act: chains, salted payload hashes, signatures, receipts."""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from evidencebox.errors import UserError
from evidencebox.model.ledger import (
    FIRST,
    Act,
    Kind,
    Target,
    canonical,
    combine_hashes,
    hash_payload,
    purgeable,
    split_payload,
)
from evidencebox.model.policy import POLICY_KINDS, Policy, Role, policy
from evidencebox.store import projection
from evidencebox.store.tables import ActKeyRow, ActRow, ActUndoRow, PayloadRow, ReceiptRow
from evidencebox.vault.anchor import Head
from evidencebox.vault.signing import Signer

_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Draft:
    """An act not yet signed. `payload` is JSON-able, without floating-point numbers."""

    kind: Kind
    targets: Sequence[Target]
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an act's payload, canonical JSON, and its hash; salt and body go when purged."""

    salt: bytes | None
    body: str | None
    hash: str


@dataclass(frozen=True, slots=True)
class Signed:
    """An act with its author's signature and the parts of its payload."""

    act: Act
    signature: bytes
    parts: tuple[Part, ...]


def utc_now() -> str:
    """The device's clock, to the second, as ISO 8601."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def append(connection: Connection, draft: Draft, signer: Signer, device: str) -> tuple[Act, Head]:
    """Signs and records an act and brings the projections up, in the caller's transaction.

    Raises UserError where the author's role does not allow it.
    """
    _permit(connection, signer.author, draft.kind)
    parts = tuple(_sealed(part) for part in split_payload(draft.targets, draft.payload))
    seq, previous = chain_end(connection, signer.author, device)
    clock = connection.scalar(select(func.max(ActRow.clock))) or 0
    act = Act(
        author=signer.author,
        device=device,
        seq=seq + 1,
        utc=utc_now(),
        clock=clock + 1,
        kind=draft.kind,
        targets=tuple(draft.targets),
        payload_hash=combine_hashes([part.hash for part in parts]),
        previous=previous,
    )
    new_head = record(connection, Signed(act, signer.sign(act.digest), parts))
    if act.kind is Kind.UNDO:
        projection.refresh(connection, projection.keys_touched(connection, act))
    else:
        projection.put(connection, act, draft.payload)
    if act.kind is Kind.PURGE:
        purge(connection, [str(target["document"]) for target in act.targets])
    return act, new_head


def _sealed(payload: Mapping[str, Any]) -> Part:
    body, salt = canonical(payload), secrets.token_bytes(_SALT_BYTES)
    return Part(salt, body, hash_payload(salt, body))


def head(connection: Connection) -> Head:
    """How many acts have arrived and the receipt chain's head over them."""
    row = connection.execute(
        select(ReceiptRow.arrival, ReceiptRow.head).order_by(ReceiptRow.arrival.desc()).limit(1)
    ).first()
    return Head(row.arrival, row.head) if row else Head(0, FIRST)


def policy_of(connection: Connection) -> Policy:
    """Who may do what, by the acts that say so: a few, whatever the length of the ledger."""
    rows = connection.execute(select(ActRow.__table__).where(ActRow.kind.in_(POLICY_KINDS)))
    acts = [projection.act_from(row) for row in rows]
    bodies = projection.payloads(connection, [act.id for act in acts])
    return policy((act, bodies.get(act.id, {})) for act in acts)


def _permit(connection: Connection, author: str, kind: Kind) -> None:
    known = policy_of(connection)
    if known.may(author, kind):
        return
    if known.role(author) is Role.READER:
        raise UserError(
            "You may read in this case and decide nothing: your role is read-only; ask a lead."
        )
    raise UserError("Only a lead of this case may do that; ask one.")


def purge(connection: Connection, documents: Iterable[str]) -> int:
    """Removes payloads and salts of what was said about documents alone. Returns how many parts.

    Their places in the file are overwritten. The acts stay, and what they name.
    """
    # A part that a batch has in common goes once the last of its documents does.
    purged = projection.purged_documents(connection)
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    keys = projection.keys_about(connection, documents)
    count = 0
    for act in projection.acts_of_keys(connection, keys):
        parts = connection.scalars(select(PayloadRow.part).where(PayloadRow.act == act.id))
        gone = [part for part in parts if purgeable(act, part, purged)]
        result = connection.execute(
            update(PayloadRow)
            .where(
                PayloadRow.act == act.id, PayloadRow.part.in_(gone), PayloadRow.salt.is_not(None)
            )
            .values(salt=None, body=None)
        )
        count += result.rowcount
    projection.refresh(connection, keys)
    return count


def chain_end(connection: Connection, author: str, device: str) -> tuple[int, str]:
    """Number and id of the last act of a chain."""
    row = connection.execute(
        select(ActRow.seq, ActRow.id)
        .where(ActRow.author == author, ActRow.device == device)
        .order_by(ActRow.seq.desc())
        .limit(1)
    ).first()
    return (row.seq, row.id) if row else (0, FIRST)


def record(connection: Connection, signed: Signed) -> Head:
    """Writes an act that was checked, its receipt, and what it is about; not the projections."""
    act = signed.act
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
            "signature": signed.signature,
        },
    )
    after = Head(before.arrivals + 1, receipt_after(before.digest, act.id))
    connection.execute(
        insert(PayloadRow),
        [
            {"act": act.id, "part": n, "salt": part.salt, "body": part.body, "hash": part.hash}
            for n, part in enumerate(signed.parts)
        ],
    )
    connection.execute(insert(ReceiptRow), {"arrival": after.arrivals, "head": after.digest})
    keys, undos = projection.names_of(act)
    if keys:
        rows = [{"key": key, "act": act.id, "number": n} for key, n in keys.items()]
        connection.execute(insert(ActKeyRow), rows)
    if undos:
        connection.execute(insert(ActUndoRow), [{"target": t, "undo": act.id} for t in undos])
    return after


def receipt_after(before: str, act_id: str) -> str:
    """The receipt chain's next head."""
    return hashlib.sha256(f"evidencebox receipt 1\0{before}\0{act_id}".encode()).hexdigest()
