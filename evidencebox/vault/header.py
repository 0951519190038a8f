"""header.json: format, case id, key slots. No secret and no name stands in it.

A slot wraps the case key (and, for a reviewer, his signing seed) under a key stretched from his
passphrase; the slot's kind, id, the case id and the cost are bound to it, so that neither a
swapped slot nor a cheapened cost opens. A copy stands beside it and is used when the first is hurt;
a checksum tells hurt from a wrong passphrase (against a tamperer it is no help, and not needed).
"""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from evidencebox.errors import UserError
from evidencebox.vault import keys
from evidencebox.vault.files import write_private
from evidencebox.vault.keys import KEY_BYTES, KdfCost, WrongKey

FORMAT = 1
_NAMES = ("header.json", "header.copy.json")
_WRONG = "That passphrase does not open this case; check Caps Lock and try again."
_WRONG_CODE = "That recovery code is not this case's; check which case the paper belongs to."
_SALT_BYTES = 16
_MAX_SLOTS = 64
"""Each costs most of a second to try, so a header must not bring as many as it likes."""
_MAX_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in. `kind` is passphrase or recovery; recovery has no cost and no salt."""

    id: str
    kind: str
    box: bytes
    salt: bytes = b""
    cost: KdfCost | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in header.json."""

    case_id: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a passphrase gives: the case key and the reviewer's signing seed, 32 bytes each."""

    case_key: bytes = field(repr=False)
    seed: bytes = field(repr=False)


def new_header() -> Header:
    """A header with a fresh case id and no way in yet."""
    return Header(str(uuid.uuid4()), ())


def add_passphrase(header: Header, opened: Unlocked, passphrase: str) -> Header:
    """A reviewer's slot more. Raises UserError for an empty passphrase."""
    if not passphrase:
        raise UserError("The passphrase is empty; choose one of several words.")
    salt = secrets.token_bytes(_SALT_BYTES)
    slot = Slot(secrets.token_hex(8), "passphrase", b"", salt, keys.FLOOR)
    key = keys.stretch(passphrase, salt, keys.FLOOR)
    box = keys.wrap(key, opened.case_key + opened.seed, _context(header.case_id, slot))
    return replace(header, slots=(*header.slots, replace(slot, box=box)))


def add_recovery(header: Header, case_key: bytes) -> tuple[Header, str]:
    """The recovery slot, and the code to print; the code wraps the case key alone."""
    secret = keys.new_key()
    slot = Slot(secrets.token_hex(8), "recovery", b"")
    box = keys.wrap(keys.derive(secret, "recovery"), case_key, _context(header.case_id, slot))
    return replace(header, slots=(*header.slots, replace(slot, box=box))), keys.write_code(secret)


def unlock(header: Header, passphrase: str) -> Unlocked:
    """Tries every passphrase slot. Raises WrongKey, with the same sentence for any reason."""
    for slot in header.slots:
        if slot.kind != "passphrase" or slot.cost is None:
            continue
        key = keys.stretch(passphrase, slot.salt, slot.cost)
        secret = keys.unwrap(key, slot.box, _context(header.case_id, slot))
        if secret is not None and len(secret) == 2 * KEY_BYTES:
            return Unlocked(secret[:KEY_BYTES], secret[KEY_BYTES:])
    raise WrongKey(_WRONG)


def recover(header: Header, code: str) -> bytes:
    """The case key, by the printed code. Raises UserError for a slip of the pen, else WrongKey."""
    key = keys.derive(keys.read_code(code), "recovery")
    for slot in header.slots:
        if slot.kind == "recovery":
            secret = keys.unwrap(key, slot.box, _context(header.case_id, slot))
            if secret is not None:
                return secret
    raise WrongKey(_WRONG_CODE)


def save(folder: Path, header: Header) -> None:
    """Writes the copy first, so that one of the two is whole at any moment. Raises UserError."""
    body: dict[str, Any] = {"format": FORMAT, "case": header.case_id}
    body["slots"] = [_slot_to(slot) for slot in header.slots]
    body["checksum"] = _checksum(body)
    data = (json.dumps(body, indent=1, sort_keys=True) + "\n").encode()
    try:
        for name in reversed(_NAMES):
            write_private(folder / name, data)
    except OSError as error:
        raise UserError(
            f"The header of {folder.name} cannot be written: {error.strerror}. "
            "Make room on the disk or mend it, then try again."
        ) from None


def load(folder: Path) -> Header:
    """Reads the header or its copy. Raises UserError where neither can be read."""
    problems = []
    for name in _NAMES:
        try:
            with (folder / name).open("rb") as handle:
                return _parse(handle.read(_MAX_BYTES))
        except FileNotFoundError:
            problems.append("missing")
        except (OSError, ValueError, LookupError, TypeError, ArithmeticError, RecursionError):
            problems.append("damaged")
    if problems == ["missing", "missing"]:
        raise UserError(f"{folder.name} is not an EvidenceBox case: it has no header.json.")
    raise UserError(
        f"The header of {folder.name} is damaged, and so is its copy; "
        "put header.json back from a backup of the case folder."
    )


def is_case(folder: Path) -> bool:
    """Whether a case stands in `folder`, readable or not."""
    return any((folder / name).exists() for name in _NAMES)


def _parse(data: bytes) -> Header:
    body = _object(json.loads(data))
    if int(body["format"]) > FORMAT:
        raise UserError(
            f"This case has format {int(body['format'])}; this version of EvidenceBox reads "
            f"{FORMAT}. Install the version that made it."
        )
    slots = tuple(_slot_from(_object(s)) for s in body["slots"])
    for slot in slots:
        if slot.cost is not None:
            keys.check_cost(slot.cost)
    whole = body.pop("checksum") == _checksum(body)
    if not whole or body["format"] != FORMAT or len(slots) > _MAX_SLOTS:
        raise ValueError
    return Header(str(uuid.UUID(str(body["case"]))), slots)


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _checksum(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _slot_to(slot: Slot) -> dict[str, Any]:
    body: dict[str, Any] = {"id": slot.id, "kind": slot.kind, "box": slot.box.hex()}
    if slot.cost is not None:
        body["salt"] = slot.salt.hex()
        body["argon2id"] = dict(_cost_items(slot.cost))
    return body


def _slot_from(body: dict[str, Any]) -> Slot:
    cost = body.get("argon2id")
    salt = bytes.fromhex(str(body.get("salt", "")))
    if len(salt) != (_SALT_BYTES if cost else 0):
        raise ValueError
    return Slot(
        str(body["id"]),
        str(body["kind"]),
        bytes.fromhex(str(body["box"])),
        salt,
        KdfCost(*(int(cost[name]) for name in ("memory_kib", "passes", "lanes"))) if cost else None,
    )


def _context(case_id: str, slot: Slot) -> bytes:
    cost = dict(_cost_items(slot.cost)) if slot.cost else {}
    parts = {"case": case_id, "slot": slot.id, "kind": slot.kind, "salt": slot.salt.hex(), **cost}
    return json.dumps(parts, sort_keys=True).encode()


def _cost_items(cost: KdfCost) -> Iterator[tuple[str, int]]:
    yield "memory_kib", cost.memory_kib
    yield "passes", cost.passes
    yield "lanes", cost.lanes
