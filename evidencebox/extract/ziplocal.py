"""A ZIP whose directory is broken: its members are found by their local headers."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from evidencebox.extract.archive import CHUNK, Archive
from evidencebox.extract.job import Job

_MAGIC: Final = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Local:
    """One local header: where its data starts and how long it says that is (0: not said)."""

    name: str
    method: int
    flags: int
    data: int
    packed: int


def read(job: Job) -> None:
    """Emits what can still be inflated; the listing follows, as names are met on the way."""
    archive = Archive(job)
    children = job.may_have_children()
    at = 0
    while (local := _find(job.source, at)) is not None:
        archive.entry(local.name, local.packed)
        at = local.data
        archive.files += not local.name.endswith("/")
        if local.flags & 1:
            archive.locked += 1
        elif children and not local.name.endswith("/"):
            at = max(at, _emit(archive, local))
        job.beat()
    archive.close()


def every(source: BinaryIO) -> Iterator[Local]:
    """All local headers, damaged data or not; what looks like one inside data is one too many."""
    at = 0
    while (local := _find(source, at)) is not None:
        yield local
        at = local.data + (local.packed if local.packed < 1 << 31 else 0)


def pieces(source: BinaryIO, local: Local) -> Iterator[bytes]:
    """A member's bytes; `zlib.error` where they break off, ValueError if they cannot be read."""
    if local.method not in (0, 8):
        raise ValueError("compression method")
    return (_inflated if local.method == 8 else _stored)(source, local, [0])


def _find(source: BinaryIO, at: int) -> Local | None:
    """The next local header at or after `at`."""
    while True:
        source.seek(at)
        chunk = source.read(1 << 20)
        found = chunk.find(_MAGIC)
        if found >= 0:
            local = _parse(source, at + found)
            if local is not None:
                return local
            at += found + 4
        elif len(chunk) < 1 << 20:
            return None
        else:
            at += len(chunk) - 3


def _parse(source: BinaryIO, at: int) -> Local | None:
    source.seek(at)
    fixed = source.read(30)
    if len(fixed) < 30:
        return None
    flags, method = struct.unpack_from("<HH", fixed, 6)
    packed, _, name_length, extra = struct.unpack_from("<IIHH", fixed, 18)
    raw = source.read(name_length)
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("cp437")
    return Local(name, method, flags, at + 30 + name_length + extra, packed)


def _emit(archive: Archive, local: Local) -> int:
    """Writes the member; returns where its data ended."""
    job = archive.job
    if local.method not in (0, 8) or (local.method == 0 and not local.packed):
        job.warn("broken_member", "A member's compression cannot be read without a directory.")
        return local.data
    used = [0]
    pieces = _inflated if local.method == 8 else _stored
    packed = local.packed or job.size - local.data
    archive.member(local.name, packed, pieces(job.source, local, used))
    return local.data + used[0]


def _stored(source: BinaryIO, local: Local, used: list[int]) -> Iterator[bytes]:
    left = local.packed
    while left > 0:
        source.seek(local.data + used[0])
        piece = source.read(min(left, CHUNK))
        if not piece:
            return
        used[0] += len(piece)
        left -= len(piece)
        yield piece


def _inflated(source: BinaryIO, local: Local, used: list[int]) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-15)
    while not inflate.eof:
        pending = inflate.unconsumed_tail
        if not pending:
            source.seek(local.data + used[0])
            pending = source.read(CHUNK)
            used[0] += len(pending)
            if not pending:
                return
        yield inflate.decompress(pending, CHUNK)
    used[0] -= len(inflate.unused_data) + len(inflate.unconsumed_tail)
