"""A backup: one file with a header in the clear and everything else sealed under the case key.

    magic ‖ length of the header ‖ length of the sealed manifest ‖ header ‖ salt ‖
    sealed manifest ‖ sealed chunks of the files, one after another

Every piece is AES-256-GCM under a key of the file's own. A digest of all that stands in the clear,
the piece's number and whether it is the last are bound to each, so that nothing can be changed, cut
off, swapped or put together from two files. The header is one of a case: whoever could open the
case when the file was made can open the file.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from evidencebox.errors import UserError
from evidencebox.vault import header, keys
from evidencebox.vault.files import open_private, sync, sync_folder
from evidencebox.vault.header import Header

MAGIC = b"EvidenceBox backup 1\n"
CHUNK = 1 << 20
_LENGTHS = struct.Struct(">II")
_SALT_BYTES, _TAG_BYTES = 32, 16
_MOST_HEADER, _MOST_MANIFEST = 1 << 20, 1 << 20


class BadBackup(UserError):
    """A file that is no backup, or a damaged one."""


@dataclass(frozen=True, slots=True)
class Front:
    """What can be read without a key. `bound` covers all of it."""

    header: Header
    salt: bytes
    bound: bytes
    manifest_bytes: int
    end: int


def write(
    path: Path, head: Header, case_key: bytes, facts: Mapping[str, Any], files: Sequence[Path]
) -> None:
    """Makes `path` of these files; the name appears when all of it is durable. Raises UserError."""
    temporary = path.with_name(path.name + ".new")
    temporary.unlink(missing_ok=True)
    try:
        descriptor = open_private(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        with os.fdopen(descriptor, "wb") as handle:
            _write(handle, head, case_key, facts, files)
            handle.flush()
            sync(handle.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UserError(
            f"{path.name} cannot be written: {error.strerror}; make room, or choose another place."
        ) from None


def read_front(path: Path) -> Front:
    """Raises BadBackup."""
    with _reading(path) as handle:
        start = handle.read(len(MAGIC) + _LENGTHS.size)
        if len(start) < len(MAGIC) + _LENGTHS.size or not start.startswith(MAGIC):
            raise BadBackup(f"{path.name} is no backup that EvidenceBox made.")
        header_bytes, manifest_bytes = _LENGTHS.unpack(start[len(MAGIC) :])
        if header_bytes > _MOST_HEADER or manifest_bytes > _MOST_MANIFEST:
            raise _damaged(path)
        raw, salt = handle.read(header_bytes), handle.read(_SALT_BYTES)
        end = handle.tell()
    if len(salt) != _SALT_BYTES:
        raise _damaged(path)
    try:
        head = header.from_bytes(raw)
    except ValueError:
        raise _damaged(path) from None
    bound = hashlib.sha256(start + raw + salt).digest()
    return Front(head, salt, bound, manifest_bytes, end)


def read_facts(path: Path, case_key: bytes) -> dict[str, Any]:
    """The facts it was made with, and `files`: names and sizes. Raises BadBackup."""
    front = read_front(path)
    with _reading(path) as handle:
        handle.seek(front.end)
        return _manifest(path, handle, front, _cipher(case_key, front.salt))


def read(path: Path, case_key: bytes, into: Path | None) -> dict[str, Any]:
    """Writes the files to the folder `into`, or (None) just looks whether all is whole.

    Returns the facts. Raises BadBackup, UserError where `into` cannot be written.
    """
    front = read_front(path)
    cipher = _cipher(case_key, front.salt)
    with _reading(path) as handle:
        handle.seek(front.end)
        facts = _manifest(path, handle, front, cipher)
        plain = _plain(path, handle, front, cipher)
        rest = b""
        for name, size in facts["files"]:
            target = None if into is None else into / Path(name).name
            left = _take(target, int(size), plain, rest)
            if left is None:
                raise _damaged(path)
            rest = left
        if rest or next(plain, b""):
            raise _damaged(path)
    return facts


def _write(
    handle: IO[bytes],
    head: Header,
    case_key: bytes,
    facts: Mapping[str, Any],
    files: Sequence[Path],
) -> None:
    names = [(file.name, file.stat().st_size) for file in files]
    manifest = json.dumps({**facts, "files": names}, sort_keys=True).encode()
    raw, salt = header.to_bytes(head), secrets.token_bytes(_SALT_BYTES)
    start = MAGIC + _LENGTHS.pack(len(raw), len(manifest) + _TAG_BYTES)
    bound = hashlib.sha256(start + raw + salt).digest()
    cipher = _cipher(case_key, salt)
    handle.write(start + raw + salt)
    handle.write(cipher.encrypt(_nonce(0), manifest, _piece(bound, 0, last=False)))
    for number, data, last in _chunks(files):
        handle.write(cipher.encrypt(_nonce(number), data, _piece(bound, number, last=last)))


def _chunks(files: Sequence[Path]) -> Iterator[tuple[int, bytes, bool]]:
    """Number from 1, up to CHUNK bytes of the files one after another, whether it is the last."""
    held, number = bytearray(), 1
    for file in files:
        with file.open("rb") as source:
            while data := source.read(CHUNK):
                held += data
                while len(held) > CHUNK:
                    yield number, bytes(held[:CHUNK]), False
                    del held[:CHUNK]
                    number += 1
    yield number, bytes(held), True


def _manifest(path: Path, handle: IO[bytes], front: Front, cipher: AESGCM) -> dict[str, Any]:
    sealed = handle.read(front.manifest_bytes)
    try:
        plain = cipher.decrypt(_nonce(0), sealed, _piece(front.bound, 0, last=False))
    except (InvalidTag, ValueError):
        raise _damaged(path) from None
    facts: dict[str, Any] = json.loads(plain)
    return facts


def _plain(path: Path, handle: IO[bytes], front: Front, cipher: AESGCM) -> Iterator[bytes]:
    number, sealed = 1, handle.read(CHUNK + _TAG_BYTES)
    while True:
        following = handle.read(CHUNK + _TAG_BYTES)
        try:
            bound = _piece(front.bound, number, last=not following)
            yield cipher.decrypt(_nonce(number), sealed, bound)
        except (InvalidTag, ValueError):
            raise _damaged(path) from None
        if not following:
            return
        number, sealed = number + 1, following


def _take(target: Path | None, size: int, plain: Iterator[bytes], rest: bytes) -> bytes | None:
    """Writes `size` bytes to `target`; what is left of the last piece, None where too few came."""
    descriptor = -1
    try:
        if target is not None:
            descriptor = open_private(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        with open(os.devnull if target is None else descriptor, "wb") as out:
            while size > 0:
                data = rest or next(plain, b"")
                if not data:
                    return None
                out.write(data[:size])
                rest, size = data[size:], size - min(size, len(data))
            out.flush()
            if target is not None:
                sync(out.fileno())
    except OSError as error:
        raise UserError(f"A backup cannot be unpacked: {error.strerror}; make room.") from None
    return rest


def _reading(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise BadBackup(f"{path.name} cannot be read: {error.strerror}.") from None


def _damaged(path: Path) -> BadBackup:
    return BadBackup(f"{path.name} is damaged or not of this case; take another backup.")


def _cipher(case_key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(keys.derive(case_key, "backup", salt))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _piece(bound: bytes, number: int, *, last: bool) -> bytes:
    return bound + f"/{number}/{int(last)}".encode()
