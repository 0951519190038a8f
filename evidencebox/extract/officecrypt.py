"""Office documents behind a password, as ECMA-376 has them: a ZIP enciphered inside an OLE file.

[MS-OFFCRYPTO] 2.3.4: "agile" (Office 2010 on) and "standard" (2007). The key is a hash of the
password made slow by rounds, whose number the document states; it is bounded here.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from evidencebox.extract import ciphers
from evidencebox.extract.keyring import SLOW

EXCELS_OWN: Final = "VelvetSweatshop"
"""What Excel enciphers with where a workbook is only to be kept from changes; it opens for all."""
_INFO_LONGEST: Final = 1 << 20
_SEGMENT: Final = 4_096
_BEAT_EVERY: Final = 20_000
_HASHES: Final = {"SHA1", "SHA256", "SHA384", "SHA512", "MD5"}
_INPUT, _VALUE, _KEY = (
    b"\xfe\xa7\xd2\x76\x3b\x4b\x9e\x79",
    b"\xd7\xaa\x0f\x6d\x30\x61\x34\x4e",
    b"\x14\x6e\x0b\xe7\xab\xac\xd0\xd6",
)
_STANDARD_ROUNDS: Final = 50_000
Beat = Callable[[], object]


class UnknownCipherError(Exception):
    """Enciphered in a way that is not read: for a certificate, or with an old cipher."""


@dataclass(frozen=True, slots=True)
class _Lock:
    """How one thing is enciphered: what a `keyData` or `encryptedKey` element says."""

    salt: bytes
    block: int
    bits: int
    digest: str

    def cut(self, data: bytes, size: int) -> bytes:
        """A hash at the length of a key or a start."""
        return data[:size].ljust(size, b"\x36")

    def hash(self, data: bytes) -> bytes:
        return hashlib.new(self.digest, data, usedforsecurity=False).digest()


class Agile:
    """The lock of Office 2010 and later."""

    def __init__(self, info: bytes, beat: Beat) -> None:
        """`info` is the stream EncryptionInfo. Raises UnknownCipherError."""
        self._beat = beat
        found = _elements(info[8:])
        self._data = _lock(found.get("keyData", {}))
        inner = found.get("encryptedKey", {})
        self._own = _lock(inner)
        try:
            self._rounds = int(inner.get("spinCount", ""))
        except ValueError:
            raise UnknownCipherError from None
        if not 0 <= self._rounds <= SLOW:
            raise UnknownCipherError
        names = ("encryptedVerifierHashInput", "encryptedVerifierHashValue", "encryptedKeyValue")
        self._input, self._value, self._key = (_bytes(inner, name) for name in names)

    def key(self, password: str) -> bytes | None:
        """The document's key, or None if that is not the password."""
        own = self._own
        base = own.hash(own.salt + password.encode("utf-16-le"))
        base = _slow(own.digest, base, self._rounds, self._beat)
        said = self._plain(base, _INPUT, self._input)[: len(own.salt)]
        value = self._plain(base, _VALUE, self._value)
        wanted = own.hash(said)
        if not hmac.compare_digest(wanted, value[: len(wanted)]):
            return None
        return self._plain(base, _KEY, self._key)[: self._data.bits // 8]

    def _plain(self, base: bytes, purpose: bytes, data: bytes) -> bytes:
        own = self._own
        key = own.cut(own.hash(base + purpose), own.bits // 8)
        return ciphers.aes_cbc(key, own.cut(own.salt, own.block), data)

    def plain(self, key: bytes, package: bytes) -> bytes:
        """The package, segment by segment, each with a start of its own."""
        size = min(struct.unpack_from("<Q", package)[0], len(package) - 8)
        data, lock = memoryview(package)[8:], self._data
        pieces = []
        for number, at in enumerate(range(0, len(data), _SEGMENT)):
            start = lock.cut(lock.hash(lock.salt + struct.pack("<I", number)), lock.block)
            pieces.append(ciphers.aes_cbc(key, start, bytes(data[at : at + _SEGMENT])))
            if number & 0xFFF == 0:
                self._beat()
        return b"".join(pieces)[:size]


class Standard:
    """The lock of Office 2007."""

    def __init__(self, info: bytes, beat: Beat) -> None:
        """`info` is the stream EncryptionInfo. Raises UnknownCipherError."""
        self._beat = beat
        if len(info) < 32:
            raise UnknownCipherError
        size = struct.unpack_from("<I", info, 8)[0]
        bits = struct.unpack_from("<I", info, 28)[0]
        rest = info[12 + size : 12 + size + 72]
        if bits not in (128, 192, 256) or len(rest) < 72:
            raise UnknownCipherError
        self._size = bits // 8
        self._salt, self._input, self._value = rest[4:20], rest[20:36], rest[40:72]

    def key(self, password: str) -> bytes | None:
        """The document's key, or None if that is not the password."""
        base = _sha1(self._salt + password.encode("utf-16-le"))
        base = _sha1(_slow("SHA1", base, _STANDARD_ROUNDS, self._beat) + bytes(4))
        padded = base.ljust(64, b"\0")
        halves = (_sha1(bytes(byte ^ mask for byte in padded)) for mask in (0x36, 0x5C))
        key = b"".join(halves)[: self._size]
        wanted = _sha1(ciphers.aes_ecb(key, self._input))
        fits = hmac.compare_digest(wanted, ciphers.aes_ecb(key, self._value)[:20])
        return key if fits else None

    def plain(self, key: bytes, package: bytes) -> bytes:
        """The package."""
        size = struct.unpack_from("<Q", package)[0]
        return ciphers.aes_ecb(key, package[8:])[:size]


def lock_of(info: bytes, beat: Beat) -> Agile | Standard:
    """What the stream EncryptionInfo says. Raises UnknownCipherError."""
    if not 8 <= len(info) <= _INFO_LONGEST:
        raise UnknownCipherError
    major, minor = struct.unpack_from("<HH", info)
    if (major, minor) == (4, 4):
        return Agile(info, beat)
    if minor == 2 and major in (2, 3, 4):
        return Standard(info, beat)
    raise UnknownCipherError


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()


def _slow(digest: str, base: bytes, rounds: int, beat: Beat) -> bytes:
    new, pack = getattr(hashlib, digest.lower()), struct.Struct("<I").pack
    for number in range(rounds):
        base = new(pack(number) + base).digest()
        if number % _BEAT_EVERY == 0:
            beat()
    return base


def _elements(xml: bytes) -> dict[str, dict[str, str]]:
    """The attributes of the first element of each name, by its local name."""
    found: dict[str, dict[str, str]] = {}
    parser = expat.ParserCreate(namespace_separator="}")

    def start(tag: str, attributes: dict[str, str]) -> None:
        found.setdefault(tag.rsplit("}", 1)[-1], attributes)

    def refuse(*_: object) -> None:
        raise UnknownCipherError

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml.rstrip(b"\0"), True)
    except (expat.ExpatError, LookupError, ValueError):
        raise UnknownCipherError from None
    return found


def _lock(said: dict[str, str]) -> _Lock:
    digest = said.get("hashAlgorithm", "").replace("-", "").upper()
    aes = said.get("cipherAlgorithm") == "AES"
    if not aes or said.get("cipherChaining") != "ChainingModeCBC" or digest not in _HASHES:
        raise UnknownCipherError
    if said.get("keyBits") not in ("128", "192", "256") or said.get("blockSize") != "16":
        raise UnknownCipherError
    return _Lock(_bytes(said, "saltValue"), 16, int(said["keyBits"]), digest)


def _bytes(said: dict[str, str], name: str) -> bytes:
    try:
        return base64.b64decode(said.get(name, ""))
    except (binascii.Error, ValueError):
        raise UnknownCipherError from None
