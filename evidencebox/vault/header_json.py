"""How a header is written, and read as hostile: bounds first, then everything else.

A checksum tells hurt from a wrong passphrase (against a tamperer it is no help, and not needed:
what opens is bound to what stands there, see `slots.py`).
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from typing import Any

from evidencebox.errors import UserError
from evidencebox.vault import keys
from evidencebox.vault.keys import KEY_BYTES, KdfCost
from evidencebox.vault.slots import KEYCHAIN, MOST_PENDING, PASSPHRASE, RECOVERY, Slot, cost_items

FORMAT = 2
SALT_BYTES = 16
MAX_SLOTS = 64
"""Each passphrase costs most of a second to try: a header must not bring as many as it likes."""
MAX_BYTES = 1 << 20
_OWNED = (PASSPHRASE, KEYCHAIN)


def dump(case_id: str, slots: Sequence[Slot]) -> bytes:
    """The bytes of header.json."""
    body: dict[str, Any] = {"format": FORMAT, "case": case_id}
    body["slots"] = [_slot_to(slot) for slot in slots]
    body["checksum"] = checksum(body)
    return (json.dumps(body, indent=1, sort_keys=True) + "\n").encode()


def parse(data: bytes) -> tuple[str, tuple[Slot, ...]]:
    """Case id and slots.

    Raises UserError for another format or a cost out of bounds; ValueError, LookupError,
    TypeError, ArithmeticError or RecursionError where it is damaged.
    """
    body = _object(json.loads(data))
    if int(body["format"]) > FORMAT:
        raise UserError(
            f"This case has format {int(body['format'])}; this version of EvidenceBox reads "
            f"{FORMAT}. Install the version that made it."
        )
    if int(body["format"]) < FORMAT:
        raise UserError("This case was made by a trial version of EvidenceBox; make it anew.")
    slots = tuple(_slot_from(_object(s)) for s in body["slots"])
    for slot in slots:
        if slot.cost is not None:
            keys.check_cost(slot.cost)
    whole = body.pop("checksum") == checksum(body)
    if not whole or body["format"] != FORMAT or len(slots) > MAX_SLOTS:
        raise ValueError
    return str(uuid.UUID(str(body["case"]))), slots


def checksum(body: dict[str, Any]) -> str:
    """SHA-256 over everything else, hex."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _slot_to(slot: Slot) -> dict[str, Any]:
    body: dict[str, Any] = {"id": slot.id, "kind": slot.kind, "box": slot.box.hex()}
    if slot.cost is not None:
        body["salt"] = slot.salt.hex()
        body["argon2id"] = dict(cost_items(slot.cost))
    if slot.kind in _OWNED:
        body |= {"public": slot.public.hex(), "owner": slot.owner.hex()}
    if slot.pending:
        body["pending"] = [sealed.hex() for sealed in slot.pending]
    return body


def _slot_from(body: dict[str, Any]) -> Slot:
    kind, cost = str(body["kind"]), body.get("argon2id")
    salt = bytes.fromhex(str(body.get("salt", "")))
    if kind not in (*_OWNED, RECOVERY) or (cost is not None) != (kind == PASSPHRASE):
        raise ValueError
    owned = kind in _OWNED
    public = bytes.fromhex(str(body["public"])) if owned else b""
    pending = tuple(bytes.fromhex(str(sealed)) for sealed in body.get("pending", ()))
    if len(salt) != (SALT_BYTES if cost else 0) or len(public) != (KEY_BYTES if owned else 0):
        raise ValueError
    if len(pending) > MOST_PENDING or (pending and not owned):
        raise ValueError
    return Slot(
        id=str(body["id"]),
        kind=kind,
        box=bytes.fromhex(str(body["box"])),
        salt=salt,
        cost=_cost_from(_object(cost)) if cost is not None else None,
        public=public,
        owner=bytes.fromhex(str(body["owner"])) if owned else b"",
        pending=pending,
    )


def _cost_from(body: dict[str, Any]) -> KdfCost:
    return KdfCost(*(int(body[name]) for name in ("memory_kib", "passes", "lanes")))
