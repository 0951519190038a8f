"""The ciphers of encrypted documents: thin calls into `cryptography`, for readers only.

The one module here that imports it. No key of the case comes near: what is deciphered with is made
of a password and of the document's own bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4, Blowfish
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

BLOCK: Final = 16
_COUNTERS: Final = 1 << 16
"""Bytes of a key stream made at once."""


def rc4(key: bytes, data: bytes) -> bytes:
    """Enciphered bytes in plain text, and the other way round. Keys of 5, 7, 8, 10 or 16 bytes."""
    return Cipher(ARC4(key), None).decryptor().update(data)


def aes_cbc(key: bytes, start: bytes, data: bytes) -> bytes:
    """Whole blocks; what is left over of `data` is dropped. Padding stays."""
    whole = data[: len(data) // BLOCK * BLOCK]
    return Cipher(AES(key), CBC(start)).decryptor().update(whole)


def aes_cbc_pieces(key: bytes, start: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same for what comes in pieces of any size."""
    cipher = Cipher(AES(key), CBC(start)).decryptor()
    for piece in pieces:
        if plain := cipher.update(piece):
            yield plain


def aes_ecb(key: bytes, data: bytes) -> bytes:
    """Whole blocks, each by itself."""
    return Cipher(AES(key), ECB()).decryptor().update(data[: len(data) // BLOCK * BLOCK])


def aes_counted(key: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """WinZip's counter mode: from 1, in little-endian order, which no library has."""
    cipher = Cipher(AES(key), ECB()).encryptor()
    number, stream = 1, b""
    for piece in pieces:
        while len(stream) < len(piece):
            count = _COUNTERS // BLOCK
            counters = b"".join(n.to_bytes(BLOCK, "little") for n in range(number, number + count))
            stream += cipher.update(counters)
            number += count
        mixed = int.from_bytes(piece, "little") ^ int.from_bytes(stream[: len(piece)], "little")
        stream = stream[len(piece) :]
        yield mixed.to_bytes(len(piece), "little")


def aes_gcm(key: bytes, start: bytes, data: bytes) -> bytes | None:
    """With the tag at the end of `data`; None where it does not hold."""
    try:
        return AESGCM(key).decrypt(start, data, None)
    except InvalidTag:
        return None


def blowfish_cfb(key: bytes, start: bytes, data: bytes) -> bytes:
    """As OpenOffice used it."""
    return Cipher(Blowfish(key), CFB(start)).decryptor().update(data)


def argon2id(secret: bytes, salt: bytes, size: int, rounds: int, lanes: int, kib: int) -> bytes:
    """A key of `size` bytes."""
    return Argon2id(salt=salt, length=size, iterations=rounds, lanes=lanes, memory_cost=kib).derive(
        secret
    )
