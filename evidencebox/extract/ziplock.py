"""Members of a ZIP behind a password: in the old way of PKZIP, and in the AES of WinZip."""

from __future__ import annotations

import hashlib
import hmac
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from evidencebox.extract import archivecoders as coders
from evidencebox.extract import ciphers
from evidencebox.extract.archive import BROKEN, CHUNK, LockedError, UnreadableError, part
from evidencebox.extract.job import Job

STANDARD: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
MORE: Final[dict[int, Callable[[], coders.Decoder]]] = {
    9: coders.Inflate64,
    20: coders.unzstd,
    93: coders.unzstd,
    95: coders.unxz,
}
_AES: Final = 99
_AES_EXTRA: Final = 0x9901
_ROUNDS: Final = 1_000
_PROOF: Final = 10
"""Bytes at the end that prove the password and every byte before them."""
_CHECKED: Final = 4 << 20
"""Bytes of a member that are unpacked to prove a password of the old way, which says little."""
_UNPACKED: Final[dict[int, Callable[[], coders.Decoder]]] = {
    8: coders.inflate,
    12: coders.unbz2,
    **MORE,
}


@dataclass(frozen=True, slots=True)
class _Aes:
    """What WinZip says of a member: the key's length in bytes, how it is packed."""

    size: int
    method: int


class Locks:
    """The locked members of one archive. What opened one is tried first on the next."""

    def __init__(self, job: Job, archive: zipfile.ZipFile) -> None:
        self._job = job
        self._archive = archive
        self._proven: set[bytes] = set()

    def pieces(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """The member in plain text. Raises LockedError where no known password fits."""
        if info.compress_type == _AES:
            yield from self._strong(info)
        elif info.compress_type in STANDARD:
            secret = self._job.keys.find(lambda password: self._fitting(info, password))
            if secret is None:
                raise LockedError
            yield from self._weak(info, secret)
        else:
            raise UnreadableError

    # --- the old way

    def _weak(self, info: zipfile.ZipInfo, secret: bytes) -> Iterator[bytes]:
        with self._archive.open(info, pwd=secret) as stream:
            while piece := stream.read(CHUNK):
                yield piece

    def _fitting(self, info: zipfile.ZipInfo, password: str) -> bytes | None:
        """One byte tells 255 of 256 wrong passwords; only the check sum tells the others."""
        for secret in spellings(password):
            try:
                left = _CHECKED
                for piece in self._weak(info, secret):
                    self._job.beat()
                    left -= len(piece)
                    if secret in self._proven or left < 0:
                        break
            except (*BROKEN, NotImplementedError):
                continue
            self._proven.add(secret)
            return secret
        return None

    # --- WinZip's

    def _strong(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        how = _how(info)
        salt = how.size // 2
        start = start_of(self._job.source, info)
        self._job.source.seek(start)
        head = self._job.source.read(salt + 2)
        body = (start + salt + 2, info.compress_size - salt - 2 - _PROOF)
        if body[1] < 0 or len(head) < salt + 2:
            raise EOFError
        key = self._job.keys.find(lambda password: self._proved(password, how, head, body))
        if key is None:
            raise LockedError
        plain = ciphers.aes_counted(key, part(self._job.source, *body))
        if how.method != zipfile.ZIP_STORED:
            if how.method not in _UNPACKED:
                raise UnreadableError
            plain = coders.unpacked(plain, _UNPACKED[how.method]())
        check = 0
        for piece in plain:
            check = zlib.crc32(piece, check)
            yield piece
        if info.CRC and check != info.CRC:
            raise zipfile.BadZipFile("CRC")

    def _proved(self, password: str, how: _Aes, head: bytes, body: tuple[int, int]) -> bytes | None:
        for secret in spellings(password):
            made = hashlib.pbkdf2_hmac("sha1", secret, head[:-2], _ROUNDS, 2 * how.size + 2)
            if made[-2:] == head[-2:] and self._sealed(made[how.size : -2], body):
                return made[: how.size]
        return None

    def _sealed(self, key: bytes, body: tuple[int, int]) -> bool:
        seal = hmac.new(key, digestmod="sha1")
        for piece in part(self._job.source, *body):
            seal.update(piece)
            self._job.beat()
        self._job.source.seek(sum(body))
        return hmac.compare_digest(seal.digest()[:_PROOF], self._job.source.read(_PROOF))


def _how(info: zipfile.ZipInfo) -> _Aes:
    at, extra = 0, info.extra
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _AES_EXTRA and size >= 7 and at + 11 <= len(extra):
            strength, method = struct.unpack_from("<BH", extra, at + 8)
            if strength in (1, 2, 3):
                return _Aes(8 + 8 * strength, method)
        at += 4 + size
    raise UnreadableError


def spellings(password: str) -> list[bytes]:
    """The bytes that a password may stand for: archives do not say how theirs was written."""
    found = [password.encode("utf-8", "replace")]
    for codec in ("cp437", "cp1252"):
        try:
            spelt = password.encode(codec)
        except UnicodeEncodeError:
            continue
        if spelt not in found:
            found.append(spelt)
    return found


def start_of(source: BinaryIO, info: zipfile.ZipInfo) -> int:
    """Where a member's own bytes begin, behind its local head."""
    source.seek(info.header_offset)
    head = source.read(30)
    names = sum(int.from_bytes(head[at : at + 2], "little") for at in (26, 28))
    return info.header_offset + 30 + names
