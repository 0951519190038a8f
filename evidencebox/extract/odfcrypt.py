"""OpenDocument behind a password: each part enciphered by itself, or the whole package at once.

OASIS OpenDocument 1.2 part 3, section 3.4, and what LibreOffice has written since 24.8.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from evidencebox.extract import ciphers

CONTENT: Final = ("content.xml", "encrypted-package")
_MOST_ROUNDS: Final = 5_000_000
_MOST_KIB: Final = 1 << 19
_MOST_LANES: Final = 64
_MOST_PASSES: Final = 64
_CHECKED: Final = 1_024
_CHUNK: Final = 1 << 16
_GCM_START: Final = 12
_SIZES: Final = (16, 24, 32)


class UnknownCipherError(Exception):
    """Enciphered in a way that is not read."""


@dataclass(slots=True)
class Lock:
    """How one part is enciphered, as the manifest says it: attributes by element."""

    said: dict[str, dict[str, str]] = field(default_factory=dict)
    _last: tuple[str, bytes] | None = None

    def _key(self, password: str) -> bytes:
        """A key takes long to make, and a part is read more than once."""
        if self._last is None or self._last[0] != password:
            self._last = password, self._made(password)
        return self._last[1]

    def _made(self, password: str) -> bytes:
        start = self.said.get("start-key-generation", {}).get("start-key-generation-name", "")
        digest = "sha256" if start.lower().endswith("sha256") else "sha1"
        secret = hashlib.new(digest, password.encode("utf-8", "replace")).digest()
        made = self.said.get("key-derivation", {})
        size = _number(made, "key-size", 16)
        name = made.get("key-derivation-name", "").lower()
        if size not in _SIZES:
            raise UnknownCipherError
        if name.endswith("pbkdf2"):
            rounds = _number(made, "iteration-count", 0)
            if not 1 <= rounds <= _MOST_ROUNDS:
                raise UnknownCipherError
            return hashlib.pbkdf2_hmac("sha1", secret, _bytes(made, "salt"), rounds, size)
        if name.endswith("argon2id"):
            return _argon(secret, made, size)
        raise UnknownCipherError

    def plain(self, password: str, data: bytes) -> bytes | None:
        """The part as it was packed; None where that is not the password.

        Raises UnknownCipherError.
        """
        key = self._key(password)
        how = self.said.get("algorithm", {})
        name, start = how.get("algorithm-name", "").lower(), _bytes(how, "initialisation-vector")
        if name.endswith("-gcm"):
            sealed = data.removeprefix(start) if len(start) == _GCM_START else data
            return ciphers.aes_gcm(key, start, sealed)
        if name.endswith("-cbc") and len(start) == ciphers.BLOCK:
            found = ciphers.aes_cbc(key, start, data)
            found = found[: len(found) - found[-1]] if found else found
        elif "blowfish" in name and len(start) == 8:
            found = ciphers.blowfish_cfb(key, start, data)
        else:
            raise UnknownCipherError
        return found if self._checks(found) else None

    def _checks(self, plain: bytes) -> bool:
        """The check sum is over the beginning of the packed part."""
        entry = self.said.get("encryption-data", {})
        name = entry.get("checksum-type", "").lower()
        digest = "sha256" if "sha256" in name else "sha1"
        counted = plain[:_CHECKED] if name.endswith("1k") else plain
        found = hashlib.new(digest, counted, usedforsecurity=False).digest()
        return hmac.compare_digest(found, _bytes(entry, "checksum"))


def _argon(secret: bytes, made: dict[str, str], size: int) -> bytes:
    passes, kib, lanes = (
        _number(made, f"argon2-{name}", 0) for name in ("iterations", "memory", "lanes")
    )
    bounded = 1 <= passes <= _MOST_PASSES and 1 <= lanes <= _MOST_LANES
    if not bounded or not 8 * lanes <= kib <= _MOST_KIB:
        raise UnknownCipherError
    try:
        return ciphers.argon2id(secret, _bytes(made, "salt"), size, passes, lanes, kib)
    except ValueError:
        raise UnknownCipherError from None


def locks(events: Callable[[Callable[[str, dict[str, str]], None]], object]) -> dict[str, Lock]:
    """The locked parts by name; `events` runs a handler over the manifest's elements."""
    found: dict[str, Lock] = {}
    entry = [""]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "file-entry":
            entry[0] = attributes.get("full-path", "")
        elif tag == "encryption-data":
            found[entry[0]] = Lock({tag: attributes})
        elif entry[0] in found:
            found[entry[0]].said.setdefault(tag, attributes)

    events(start)
    return found


def inflated(data: bytes) -> Iterator[bytes]:
    """A part in plain text, unpacked in pieces; one that was not packed is given as it is."""
    if data[:4] == b"PK\x03\x04":
        yield data
        return
    inflate = zlib.decompressobj(-15)
    while data and not inflate.eof:
        yield inflate.decompress(data, _CHUNK)
        data = inflate.unconsumed_tail


def _number(said: dict[str, str], name: str, otherwise: int) -> int:
    text = said.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else otherwise


def _bytes(said: dict[str, str], name: str) -> bytes:
    try:
        return base64.b64decode(said.get(name, ""))
    except (binascii.Error, ValueError):
        raise UnknownCipherError from None
