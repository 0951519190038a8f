"""The source of macros in old Office documents ([MS-OVBA])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from evidencebox.extract.job import Job
from evidencebox.extract.ole import Container
from evidencebox.extract.olecodes import codec, decoded

_MAX: Final = 16 << 20
_MARK: Final = b"\0Attribut"


def macros(job: Job, holder: Container) -> Iterator[tuple[str, str]]:
    """(module, source) of every VBA project in the container."""
    for folder in [e for e in holder.entries if e.storage and e.name.upper() == "VBA"]:
        name = _codec(unpacked(holder.stream(*folder.path, "dir"), 0))
        for entry in holder.kids(*folder.path):
            data = b"" if entry.storage else holder.stream(*entry.path)
            # the text follows compiled code; its first line always starts with this word
            at = data.find(_MARK) - 3
            if at >= 0:
                source = decoded(unpacked(data, at), name)
                yield entry.name, source.replace("\r\n", "\n")
            job.beat()


def _codec(directory: bytes) -> str:
    at = directory.find(b"\x03\0\x02\0\0\0")
    return codec(struct.unpack_from("<H", directory, at + 6)[0]) if at >= 0 else "cp1252"


def unpacked(data: bytes, at: int) -> bytes:
    """A compressed container from `at` on; ends where it breaks off."""
    out = bytearray()
    if at >= len(data) or data[at] != 1:
        return b""
    at += 1
    while at + 2 <= len(data) and len(out) < _MAX:
        head = struct.unpack_from("<H", data, at)[0]
        end = min(at + (head & 0xFFF) + 3, len(data))
        if head & 0x7000 != 0x3000:
            break
        if head & 0x8000:
            _chunk(data, at + 2, end, out)
        else:
            out += data[at + 2 : end]
        at = end
    return bytes(out)


def _chunk(data: bytes, at: int, end: int, out: bytearray) -> None:
    start = len(out)
    while at < end:
        flags = data[at]
        at += 1
        for bit in range(8):
            if at >= end:
                return
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            if at + 2 > end or not _copy(struct.unpack_from("<H", data, at)[0], start, out):
                return
            at += 2


def _copy(token: int, start: int, out: bytearray) -> bool:
    """Repeats what stands before; how the token is split depends on how far the chunk is."""
    done = len(out) - start
    if not done:
        return False
    bits = max((done - 1).bit_length(), 4)
    back = (token >> (16 - bits)) + 1
    length = (token & (0xFFFF >> bits)) + 3
    if back > done:
        return False
    for _ in range(length):
        out.append(out[-back])
    return True
