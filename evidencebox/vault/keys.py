"""Keys: how they are made, derived, wrapped, and written on paper."""

from __future__ import annotations

import functools
import hashlib
import secrets
import time
import unicodedata
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from evidencebox.errors import UserError

KEY_BYTES = 32
NONCE_BYTES = 12
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK_CHARS = 4
_CODE_CHARS = 52


class WrongKey(UserError):
    """The passphrase or code opens no slot. One wording, whatever the reason."""


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What Argon2id costs: KiB of memory, passes, lanes."""

    memory_kib: int
    passes: int
    lanes: int


FLOOR = KdfCost(64 * 1024, 3, 4)
CEILING = KdfCost(1024 * 1024, 10, 16)
TARGET_SECONDS = 1.0
"""How long a passphrase may take to try, where the case is made."""
_MOST_MEMORY_KIB = 256 * 1024
"""A case made on a workstation is opened on an old laptop, too."""


def check_cost(cost: KdfCost) -> None:
    """Refuses a header's cost before it is run: too cheap to be ours, or made to exhaust memory."""
    low = (FLOOR.memory_kib, FLOOR.passes, 1)
    high = (CEILING.memory_kib, CEILING.passes, CEILING.lanes)
    given = (cost.memory_kib, cost.passes, cost.lanes)
    if not all(a <= b <= c for a, b, c in zip(low, given, high, strict=True)):
        raise UserError(
            "The case's header asks for key settings EvidenceBox does not accept; "
            "it may have been tampered with, so put back header.json from a backup."
        )


def calibrated() -> KdfCost:
    """What takes about `TARGET_SECONDS` on this machine, never less than the floor.

    Memory is raised first, since it is what an attacker's machine has least of for its money.
    """
    return _calibrated(FLOOR, TARGET_SECONDS)


@functools.lru_cache(maxsize=4)
def _calibrated(floor: KdfCost, target: float) -> KdfCost:
    if target <= 0:
        return floor
    start = time.perf_counter()
    stretch("", bytes(16), floor)
    factor = target / (time.perf_counter() - start)
    memory = min(int(floor.memory_kib * factor) >> 10 << 10, _MOST_MEMORY_KIB)
    memory = max(memory, floor.memory_kib)
    passes = int(floor.passes * factor * floor.memory_kib / memory)
    return KdfCost(memory, min(max(passes, floor.passes), CEILING.passes), floor.lanes)


def new_key() -> bytes:
    """A random 32-byte key or seed."""
    return secrets.token_bytes(KEY_BYTES)


def derive(key: bytes, use: str, salt: bytes = b"") -> bytes:
    """HKDF-SHA256: one 32-byte key for each use, so that no key serves two purposes."""
    info = b"evidencebox/1/" + use.encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt or None, info=info).derive(key)


def stretch(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
    """Argon2id of the passphrase (NFKC, so that two keyboards agree) → a 32-byte wrapping key."""
    # A file of passphrases may hold bytes that are no UTF-8: a wrong passphrase, not an error.
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    return hash_secret_raw(
        secret, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID
    )


def wrap(wrapping_key: bytes, secret: bytes, context: bytes) -> bytes:
    """AES-256-GCM: nonce ‖ ciphertext ‖ tag, bound to `context`."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(wrapping_key).encrypt(nonce, secret, context)


def unwrap(wrapping_key: bytes, box: bytes, context: bytes) -> bytes | None:
    """The secret, or None where the key is not the one or a bit of box or context changed."""
    try:
        return AESGCM(wrapping_key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], context)
    except (InvalidTag, ValueError):
        return None


def write_code(secret: bytes) -> str:
    """32 bytes as a code for paper: Crockford's base 32, a 20-bit checksum, groups of four."""
    number = int.from_bytes(secret, "big") << (_CODE_CHARS * 5 - len(secret) * 8)
    text = _to_base32(number, _CODE_CHARS) + _checksum(secret)
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def read_code(text: str) -> bytes:
    """The 32 bytes of a code typed from paper; I, L and O count as 1, 1 and 0.

    Raises UserError where a character is missing or wrong.
    """
    clean = "".join(c for c in text.upper() if c.isalnum())
    clean = clean.translate(str.maketrans("ILO", "110"))
    if len(clean) != _CODE_CHARS + _CHECK_CHARS or any(c not in _ALPHABET for c in clean):
        raise UserError(
            f"A recovery code has {_CODE_CHARS + _CHECK_CHARS} letters and digits; "
            "check what was typed against the paper."
        )
    number = 0
    for c in clean[:_CODE_CHARS]:
        number = number * 32 + _ALPHABET.index(c)
    spare = _CODE_CHARS * 5 - KEY_BYTES * 8
    secret = (number >> spare).to_bytes(KEY_BYTES, "big")
    if number & ((1 << spare) - 1) or _checksum(secret) != clean[_CODE_CHARS:]:
        raise UserError("The recovery code has a typing mistake; check it against the paper.")
    return secret


def _checksum(secret: bytes) -> str:
    digest = hashlib.sha256(b"evidencebox recovery code\0" + secret).digest()
    return _to_base32(int.from_bytes(digest[:3], "big") >> 4, _CHECK_CHARS)


def _to_base32(number: int, length: int) -> str:
    return "".join(_ALPHABET[(number >> (5 * i)) & 31] for i in reversed(range(length)))
