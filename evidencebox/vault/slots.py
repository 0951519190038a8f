"""One way into a case: a box that a passphrase, the system's key store or a printed code opens.

A box wraps the case key (and, for a reviewer, his signing seed) under a key of the slot's own. The
slot's kind, id, the case id, the cost and the public key are bound to it, so that neither a swapped
slot nor a cheapened cost opens. A rotation cannot know other people's passphrases: it seals the new
case key to each slot's public key *and* under the old case key, so that it opens to nobody but the
slot's owner, and nobody can slip in a case key of his own who did not know the old one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from evidencebox.errors import UserError
from evidencebox.vault import keys
from evidencebox.vault.keys import KEY_BYTES, KdfCost

PASSPHRASE, KEYCHAIN, RECOVERY = "passphrase", "keychain", "recovery"
MOST_PENDING = 64
"""Rotations that a reviewer may miss before he opens the case again."""


@dataclass(frozen=True, slots=True)
class Slot:
    """`cost` and `salt` are a passphrase's alone; recovery has no owner and no public key.

    `owner` is the reviewer's public signing key, wrapped under the case key: who has which slot is
    nothing for a finder of the header. `pending` holds the case keys of rotations since the box
    was made, oldest first.
    """

    id: str
    kind: str
    box: bytes
    salt: bytes = b""
    cost: KdfCost | None = None
    public: bytes = b""
    owner: bytes = b""
    pending: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a way in gives: the case key and the reviewer's signing seed, 32 bytes each.

    `slot` names the way in; `settled` is its slot with a new box, where rotations were pending.
    """

    case_key: bytes = field(repr=False)
    seed: bytes = field(repr=False)
    slot: str = field(default="", compare=False)
    settled: Slot | None = field(default=None, compare=False, repr=False)


def fill(case_id: str, slot: Slot, kek: bytes, opened: Unlocked, author: str) -> Slot:
    """The slot with its box. `kek` is the 32-byte key that its passphrase or key store gives."""
    bare = replace(slot, public=_exchange(kek).public_key().public_bytes_raw(), pending=())
    secret = opened.case_key + opened.seed
    box = keys.wrap(keys.derive(kek, "slot box"), secret, _context(case_id, bare))
    owned = replace(bare, box=box)
    return replace(owned, owner=_owner_box(opened.case_key, owned, bytes.fromhex(author)))


def open_slot(case_id: str, slot: Slot, kek: bytes) -> Unlocked | None:
    """What the box holds, brought up to the last rotation; None where anything does not fit."""
    secret = keys.unwrap(keys.derive(kek, "slot box"), slot.box, _context(case_id, slot))
    if secret is None or len(secret) != 2 * KEY_BYTES:
        return None
    case_key, seed = secret[:KEY_BYTES], secret[KEY_BYTES:]
    for number, sealed in enumerate(slot.pending):
        found = _unseal(case_id, slot, kek, case_key, sealed, number)
        if found is None:
            return None
        case_key = found
    opened = Unlocked(case_key, seed, slot.id)
    if not slot.pending:
        return opened
    author = owner(slot, case_key)
    if author is None:
        return None
    return replace(opened, settled=fill(case_id, slot, kek, opened, author))


def forward(case_id: str, slot: Slot, old: bytes, new: bytes) -> Slot:
    """The slot with the case key of a rotation sealed to it. Raises UserError."""
    if len(slot.pending) >= MOST_PENDING:
        raise UserError(
            "A reviewer has not opened the case for 64 changes of its key; remove him first."
        )
    author = owner(slot, old)
    if author is None:
        raise UserError("A slot of the header was altered; put header.json back from a backup.")
    ephemeral = X25519PrivateKey.generate()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(slot.public))
    public = ephemeral.public_key().public_bytes_raw()
    key = keys.derive(shared + old, "slot rotation", public + slot.public)
    number = len(slot.pending)
    sealed = public + keys.wrap(key, new, _context(case_id, slot) + b"/%d" % number)
    moved = replace(slot, pending=(*slot.pending, sealed))
    return replace(moved, owner=_owner_box(new, moved, bytes.fromhex(author)))


def owner(slot: Slot, case_key: bytes) -> str | None:
    """Whose slot it is: his public signing key, hex; None for recovery or what was altered."""
    found = keys.unwrap(keys.derive(case_key, "slot owner"), slot.owner, slot.id.encode())
    return found.hex() if found else None


def fill_recovery(case_id: str, slot: Slot, secret: bytes, case_key: bytes) -> Slot:
    """The recovery slot: the code wraps the case key alone."""
    box = keys.wrap(keys.derive(secret, "recovery"), case_key, _context(case_id, slot))
    return replace(slot, box=box)


def open_recovery(case_id: str, slot: Slot, secret: bytes) -> bytes | None:
    """The case key, or None."""
    return keys.unwrap(keys.derive(secret, "recovery"), slot.box, _context(case_id, slot))


def cost_items(cost: KdfCost) -> Iterator[tuple[str, int]]:
    """Names and values, as they stand in the header."""
    yield "memory_kib", cost.memory_kib
    yield "passes", cost.passes
    yield "lanes", cost.lanes


def _owner_box(case_key: bytes, slot: Slot, author: bytes) -> bytes:
    return keys.wrap(keys.derive(case_key, "slot owner"), author, slot.id.encode())


def _exchange(kek: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(keys.derive(kek, "slot exchange"))


def _unseal(
    case_id: str, slot: Slot, kek: bytes, old: bytes, sealed: bytes, number: int
) -> bytes | None:
    public = sealed[:KEY_BYTES]
    try:
        shared = _exchange(kek).exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        return None
    key = keys.derive(shared + old, "slot rotation", public + slot.public)
    found = keys.unwrap(key, sealed[KEY_BYTES:], _context(case_id, slot) + b"/%d" % number)
    return found if found is not None and len(found) == KEY_BYTES else None


def _context(case_id: str, slot: Slot) -> bytes:
    cost = dict(cost_items(slot.cost)) if slot.cost else {}
    parts = {"case": case_id, "slot": slot.id, "kind": slot.kind, "salt": slot.salt.hex(), **cost}
    return json.dumps({**parts, "public": slot.public.hex()}, sort_keys=True).encode()
