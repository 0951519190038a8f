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
from evidencebox.model.ledger import FIRST, Act, Kind, purgeable
from evidencebox.model.payloads import (
    Target,
    canonical,
    combine_hashes,
    hash_payload,
    split_payload,
)
from evidencebox.model.policy import POLICY_KINDS, Policy, Role, policy
from evidencebox.store import projection
from evidencebox.store.case_tables import ActKeyRow, ActRow, ActUndoRow, PayloadRow, ReceiptRow
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
    permit(connection, signer.author, draft.kind)
    (act,), new_head = _append(connection, [draft], signer, device)
    if act.kind is Kind.UNDO:
        projection.refresh(connection, projection.keys_touched(connection, act))
    else:
        projection.put(connection, [(act, draft.payload)])
    if act.kind is Kind.PURGE:
        purge(connection, [str(target["document"]) for target in act.targets])
    return act, new_head


def append_all(
    connection: Connection, drafts: Sequence[Draft], signer: Signer, device: str
) -> tuple[list[Act], Head]:
    """The same for many, at a fraction of the time; none of them an undo or a purge."""
    kinds = {draft.kind for draft in drafts}
    if kinds & {Kind.UNDO, Kind.PURGE}:
        raise ValueError("an undo or a purge is an act of its own")
    for kind in kinds:
        permit(connection, signer.author, kind)
    acts, new_head = _append(connection, drafts, signer, device)
    said = [(act, draft.payload) for act, draft in zip(acts, drafts, strict=True)]
    projection.put(connection, said)
    return acts, new_head


def _append(
    connection: Connection, drafts: Sequence[Draft], signer: Signer, device: str
) -> tuple[list[Act], Head]:
    seq, previous = chain_end(connection, signer.author, device)
    clock = connection.scalar(select(func.max(ActRow.clock))) or 0
    made: list[Signed] = []
    for number, draft in enumerate(drafts, start=1):
        parts = tuple(_sealed(part) for part in split_payload(draft.targets, draft.payload))
        act = Act(
            author=signer.author,
            device=device,
            seq=seq + number,
            utc=utc_now(),
            clock=clock + number,
            kind=draft.kind,
            targets=tuple(draft.targets),
            payload_hash=combine_hashes([part.hash for part in parts]),
            previous=previous,
        )
        previous = act.id
        made.append(Signed(act, signer.sign(act.digest), parts))
    return [signed.act for signed in made], record(connection, made)


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


def permit(connection: Connection, author: str, kind: Kind) -> None:
    """Raises UserError where the author's role does not allow acts of this kind."""
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


def record(connection: Connection, acts: Sequence[Signed]) -> Head:
    """Writes acts that were checked, their receipts, and what they are about; no projections."""
    at = head(connection)
    rows: dict[Any, list[dict[str, Any]]] = {
        table: [] for table in (ActRow, PayloadRow, ReceiptRow, ActKeyRow, ActUndoRow)
    }
    for signed in acts:
        act = signed.act
        at = Head(at.arrivals + 1, receipt_after(at.digest, act.id))
        rows[ActRow].append(_row(signed, at.arrivals))
        rows[ReceiptRow].append({"arrival": at.arrivals, "head": at.digest})
        for n, part in enumerate(signed.parts):
            values = {"salt": part.salt, "body": part.body, "hash": part.hash}
            rows[PayloadRow].append({"act": act.id, "part": n, **values})
        keys, undos = projection.names_of(act)
        rows[ActKeyRow] += ({"key": key, "act": act.id, "number": n} for key, n in keys.items())
        rows[ActUndoRow] += ({"target": target, "undo": act.id} for target in undos)
    for table, members in rows.items():
        if members:
            connection.execute(insert(table), members)
    return at


def _row(signed: Signed, arrival: int) -> dict[str, Any]:
    act = signed.act
    return {
        "arrival": arrival,
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
    }


def receipt_after(before: str, act_id: str) -> str:
    """The receipt chain's next head."""
    return hashlib.sha256(f"evidencebox receipt 1\0{before}\0{act_id}".encode()).hexdigest()
