"""The header of a case: format, case id, ways in. No secret and no name stands in it.

Every function here is pure but for `load`, `save` and the key store; what a slot is stands in
`slots.py`, how the header is written in `header_json.py`.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, field, replace
from pathlib import Path

from evidencebox.errors import DamagedCase, UserError
from evidencebox.vault import header_json, keys, slots
from evidencebox.vault.files import write_private
from evidencebox.vault.header_json import FORMAT, MAX_BYTES, SALT_BYTES
from evidencebox.vault.keychain import Keychain
from evidencebox.vault.keys import WrongKey
from evidencebox.vault.signing import Signer
from evidencebox.vault.slots import KEYCHAIN, PASSPHRASE, RECOVERY, Slot, Unlocked

__all__ = ["FORMAT", "Header", "Slot", "Unlocked"]
NAMES = ("header.json", "header.copy.json")
SHORTEST_PASSPHRASE = 12
_WRONG = "That passphrase does not open this case; check Caps Lock and try again."
_WRONG_CODE = "That recovery code is not this case's; check which case the paper belongs to."


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in header.json. `hurt` names the file that could not be read, if one could."""

    case_id: str
    slots: tuple[Slot, ...]
    hurt: str = field(default="", compare=False)

    def of_kind(self, kind: str) -> list[Slot]:
        """The slots of one kind, in their order."""
        return [slot for slot in self.slots if slot.kind == kind]


def new_header() -> Header:
    """A header with a fresh case id and no way in yet."""
    return Header(str(uuid.uuid4()), ())


def weakness(passphrase: str) -> str:
    """One sentence where a passphrase is easily guessed, else empty. Length is what counts."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        return (
            f"The passphrase has only {len(passphrase)} characters; "
            "several words are harder to guess and easier to remember."
        )
    if len(set(passphrase.casefold())) < 5:
        return "The passphrase repeats a few characters; several words are harder to guess."
    return ""


def add_passphrase(header: Header, opened: Unlocked, passphrase: str) -> Header:
    """A reviewer's slot more. Raises UserError for an empty passphrase."""
    if not passphrase:
        raise UserError("The passphrase is empty; choose one of several words.")
    _check_room(header)
    cost, salt = keys.calibrated(), secrets.token_bytes(SALT_BYTES)
    slot = Slot(secrets.token_hex(8), PASSPHRASE, b"", salt, cost)
    return _add(header, slot, keys.stretch(passphrase, salt, cost), opened)


def change_passphrase(header: Header, opened: Unlocked, passphrase: str) -> Header:
    """The reviewer's passphrase is replaced by a new one; his other ways in stay."""
    old = {slot.id for slot in own(header, opened, PASSPHRASE)}
    changed = add_passphrase(header, opened, passphrase)
    return replace(changed, slots=tuple(s for s in changed.slots if s.id not in old))


def own(header: Header, opened: Unlocked, kind: str) -> list[Slot]:
    """The slots of a kind that are the same reviewer's as the one that was opened."""
    author = Signer(opened.seed).author
    return [s for s in header.of_kind(kind) if slots.owner(s, opened.case_key) == author]


def add_recovery(header: Header, case_key: bytes) -> tuple[Header, str]:
    """The recovery slot, in place of any there was, and the code to print."""
    secret = keys.new_key()
    bare = Slot(secrets.token_hex(8), RECOVERY, b"")
    slot = slots.fill_recovery(header.case_id, bare, secret, case_key)
    others = (s for s in header.slots if s.kind != RECOVERY)
    return replace(header, slots=(*others, slot)), keys.write_code(secret)


def add_keychain(header: Header, opened: Unlocked, keychain: Keychain) -> Header:
    """A slot whose key stands in the system's key store. Raises UserError where it has none."""
    _check_room(header)
    slot, kek = Slot(secrets.token_hex(8), KEYCHAIN, b""), keys.new_key()
    keychain.put(_entry(header, slot), kek)
    return _add(header, slot, kek, opened)


def unlock(header: Header, passphrase: str) -> Unlocked:
    """Tries every passphrase slot. Raises WrongKey, with the same sentence for any reason."""
    for slot in header.of_kind(PASSPHRASE):
        if slot.cost is None:
            continue
        kek = keys.stretch(passphrase, slot.salt, slot.cost)
        opened = slots.open_slot(header.case_id, slot, kek)
        if opened is not None:
            return opened
    raise WrongKey(_WRONG)


def unlock_by_keychain(header: Header, keychain: Keychain) -> Unlocked | None:
    """By the system's key store; None where it has nothing for this case, fails or hangs."""
    for slot in header.of_kind(KEYCHAIN):
        kek = keychain.get(_entry(header, slot))
        opened = slots.open_slot(header.case_id, slot, kek) if kek else None
        if opened is not None:
            return opened
    return None


def recover(header: Header, code: str) -> bytes:
    """The case key, by the printed code. Raises UserError for a slip of the pen, else WrongKey."""
    secret = keys.read_code(code)
    for slot in header.of_kind(RECOVERY):
        case_key = slots.open_recovery(header.case_id, slot, secret)
        if case_key is not None:
            return case_key
    raise WrongKey(_WRONG_CODE)


def owners(header: Header, case_key: bytes) -> dict[str, str]:
    """Slot id → the public signing key of the reviewer whose it is."""
    found = {slot.id: slots.owner(slot, case_key) for slot in header.slots}
    return {slot: author for slot, author in found.items() if author}


def remove(header: Header, gone: set[str], keychain: Keychain | None = None) -> Header:
    """Without these slots. Raises UserError where no passphrase would be left."""
    left = tuple(slot for slot in header.slots if slot.id not in gone)
    if not any(slot.kind == PASSPHRASE for slot in left):
        raise UserError("That is the last passphrase of this case; add another reviewer first.")
    for slot in header.of_kind(KEYCHAIN):
        if keychain is not None and slot.id in gone:
            keychain.forget(_entry(header, slot))
    return replace(header, slots=left)


def forget(header: Header, keychain: Keychain) -> int:
    """Takes every entry of this case out of this user's key store; how many there were to take."""
    found = header.of_kind(KEYCHAIN)
    return sum(keychain.forget(_entry(header, slot)) for slot in found)


def settle(header: Header, opened: Unlocked) -> Header:
    """With the opened slot brought up to the last rotation."""
    settled = opened.settled
    if settled is None:
        return header
    return replace(header, slots=tuple(settled if s.id == settled.id else s for s in header.slots))


def rotate(header: Header, old: bytes, new: bytes) -> tuple[Header, str]:
    """Every reviewer's slot goes over to the new case key; and a new recovery code."""
    moved = tuple(
        slots.forward(header.case_id, slot, old, new)
        for slot in header.slots
        if slot.kind != RECOVERY
    )
    return add_recovery(replace(header, slots=moved), new)


def to_bytes(header: Header) -> bytes:
    """As header.json."""
    return header_json.dump(header.case_id, header.slots)


def from_bytes(data: bytes) -> Header:
    """Raises UserError where it is another format, and ValueError where it is damaged."""
    try:
        case_id, found = header_json.parse(data)
    except (LookupError, TypeError, ArithmeticError, RecursionError) as error:
        raise ValueError("damaged") from error
    return Header(case_id, found)


def save(folder: Path, header: Header) -> None:
    """Writes the copy first, so that one of the two is whole at any moment. Raises UserError."""
    data = to_bytes(header)
    try:
        for name in reversed(NAMES):
            write_private(folder / name, data)
    except OSError as error:
        raise UserError(
            f"The header of {folder.name} cannot be written: {error.strerror}. "
            "Make room on the disk or mend it, then try again."
        ) from None


def load(folder: Path) -> Header:
    """Reads the header, or its copy. Raises UserError where neither can be read."""
    found = {name: _read(folder / name) for name in NAMES}
    whole = [head for head in found.values() if isinstance(head, Header)]
    if whole:
        hurt = next((name for name, head in found.items() if isinstance(head, str)), "")
        return replace(whole[0], hurt=hurt)
    if set(found.values()) == {"missing"}:
        raise UserError(f"{folder.name} is not an EvidenceBox case: it has no header.json.")
    raise DamagedCase(
        f"The header of {folder.name} is damaged, and so is its copy; put it back from a backup.",
        option=f"evidencebox restore {folder.name}",
    )


def is_case(folder: Path) -> bool:
    """Whether a case stands in `folder`, readable or not."""
    return any((folder / name).exists() for name in NAMES)


def _read(path: Path) -> Header | str:
    try:
        with path.open("rb") as handle:
            return from_bytes(handle.read(MAX_BYTES))
    except FileNotFoundError:
        return "missing"
    except (OSError, ValueError):
        return "damaged"


def _add(header: Header, slot: Slot, kek: bytes, opened: Unlocked) -> Header:
    author = Signer(opened.seed).author
    filled = slots.fill(header.case_id, slot, kek, opened, author)
    return replace(header, slots=(*header.slots, filled))


def _check_room(header: Header) -> None:
    if len(header.slots) >= header_json.MAX_SLOTS:
        raise UserError("The case has as many ways in as it may have; remove a reviewer first.")


def _entry(header: Header, slot: Slot) -> str:
    return f"{header.case_id}/{slot.id}"
