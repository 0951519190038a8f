"""The cipher of 7z: AES with a key that is a hash of the password, made slow by repeating it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Final

from evidencebox.extract import ciphers
from evidencebox.extract.archive import UnreadableError
from evidencebox.extract.sevenziphead import BadHeadError, Coder

METHOD: Final = b"\x06\xf1\x07\x01"
_MOST_POWER: Final = 24
"""Of two, how often the password is hashed; 7-Zip itself allows no more."""
_PLAIN_POWER: Final = 0x3F
_AT_ONCE: Final = 4_096


class Secret:
    """A password, and the keys that were made of it: those of one archive are mostly the same."""

    def __init__(self, password: str, beat: Callable[[], object]) -> None:
        self._text = password.encode("utf-16-le")
        self._beat = beat
        self._keys: dict[tuple[int, bytes], bytes] = {}

    def plain(self, coder: Coder, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """What the coder deciphers, with the padding of its last block."""
        power, salt, start = _settings(coder.properties)
        return ciphers.aes_cbc_pieces(self._key(power, salt), start.ljust(16, b"\0"), pieces)

    def _key(self, power: int, salt: bytes) -> bytes:
        if (power, salt) not in self._keys:
            self._keys[power, salt] = self._made(power, salt)
        return self._keys[power, salt]

    def _made(self, power: int, salt: bytes) -> bytes:
        base = salt + self._text
        if power == _PLAIN_POWER:
            return base[:32].ljust(32, b"\0")
        if power > _MOST_POWER:
            raise UnreadableError
        digest = hashlib.sha256()
        for start in range(0, 1 << power, _AT_ONCE):
            end = min(start + _AT_ONCE, 1 << power)
            digest.update(b"".join(base + n.to_bytes(8, "little") for n in range(start, end)))
            self._beat()
        return digest.digest()


def _settings(properties: bytes) -> tuple[int, bytes, bytes]:
    """How often, the salt, the start."""
    if not properties:
        raise BadHeadError("AES")
    first = properties[0]
    if not first & 0xC0:
        return first & 0x3F, b"", b""
    if len(properties) < 2:
        raise BadHeadError("AES")
    salt = (first >> 7) + (properties[1] >> 4)
    start = (first >> 6 & 1) + (properties[1] & 0x0F)
    if len(properties) != 2 + salt + start:
        raise BadHeadError("AES")
    return first & 0x3F, properties[2 : 2 + salt], properties[2 + salt :]
