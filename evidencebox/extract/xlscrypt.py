"""Workbooks enciphered with RC4, and the keys of that cipher for all Office files of 97 to 2003.

To protect a workbook from changes, Excel enciphers it with a password of its own that every copy of
Excel tries first: they open for anyone, so they are read here as well.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from typing import Final

from evidencebox.extract.ciphers import rc4
from evidencebox.extract.officecrypt import EXCELS_OWN

_BLOCK: Final = 1_024
_HEAD: Final = struct.Struct("<HH")
_PLAIN: Final = frozenset([0x0809, 0x002F, 0x00E1, 0x0195, 0x0194, 0x0138, 0x019F])
_SHEET: Final = 0x0085
Key = Callable[[int], bytes]


def opened(
    data: bytes, locked: bytes, beat: Callable[[], object], password: str = EXCELS_OWN
) -> bytes | None:
    """The stream in plain text; None if the password, by default Excel's own, is not the one.

    `locked` is the body of the record that says how the stream is enciphered.
    """
    if len(locked) < 6 or struct.unpack_from("<H", locked)[0] != 1:
        return None
    key = key_of(locked[2:], password)
    return _plain(data, key, beat) if key else None


def key_of(head: bytes, password: str) -> Key | None:
    """The keys of a stream's blocks by their number; None if that is not the password.

    `head` begins with the version of the encryption: 1.1, or that of the system's cryptography.
    """
    if len(head) < 4:
        return None
    secret = password.encode("utf-16-le")
    major = struct.unpack_from("<H", head)[0]
    if major == 1 and len(head) >= 52:
        return _old(secret, head[4:20], head[20:36], head[36:52])
    return _new(secret, head[4:]) if major in (2, 3, 4) else None


def deciphered(data: bytes, key: Key, block: int, beat: Callable[[], object]) -> bytes:
    """A whole stream whose key changes every `block` bytes."""
    pieces = []
    for number, at in enumerate(range(0, len(data), block)):
        pieces.append(rc4(key(number), data[at : at + block]))
        if number & 0xFF == 0:
            beat()
    return b"".join(pieces)


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()


def _old(password: bytes, salt: bytes, verifier: bytes, wanted: bytes) -> Key | None:
    base = _md5((_md5(password)[:5] + salt) * 16)[:5]

    def key(block: int) -> bytes:
        return _md5(base + struct.pack("<I", block))

    plain = rc4(key(0), verifier + wanted)
    return key if _md5(plain[:16]) == plain[16:] else None


def _new(password: bytes, data: bytes) -> Key | None:
    """With the system's cryptography: header, salt, verifier and its hash."""
    if len(data) < 8:
        return None
    size = struct.unpack_from("<I", data, 4)[0]
    bits = struct.unpack_from("<I", data, 24)[0] if len(data) >= 28 else 0
    at = 8 + size
    rest = data[at : at + 60]
    if len(rest) < 60:
        return None
    base = _sha1(rest[4:20] + password)
    length = max((bits or 40) // 8, 5)

    def key(block: int) -> bytes:
        found = _sha1(base + struct.pack("<I", block))[:length]
        return found.ljust(16, b"\0") if length == 5 else found

    plain = rc4(key(0), rest[20:36] + rest[40:60])
    return key if _sha1(plain[:16]) == plain[16:36] else None


def _plain(data: bytes, key: Key, beat: Callable[[], object]) -> bytes:
    """The heads of records, and a few whole records, were never enciphered."""
    out = bytearray(deciphered(data, key, _BLOCK, beat))
    at = 0
    while at + 4 <= len(data):
        kind, size = _HEAD.unpack_from(data, at)
        kept = size if kind in _PLAIN else 4 if kind == _SHEET else 0
        out[at : at + 4 + kept] = data[at : at + 4 + kept]
        at += 4 + size
    if out[:2] == b"\x09\x08":
        _unlock(out)
    return bytes(out)


def _unlock(out: bytearray) -> None:
    """Renames the record that says the stream is enciphered."""
    at = 0
    while at + 4 <= len(out):
        kind, size = _HEAD.unpack_from(out, at)
        if kind == 0x002F:
            struct.pack_into("<H", out, at, 0x00BF)
            return
        at += 4 + size
