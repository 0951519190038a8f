"""Presentations of 2002 and 2003 behind a password: each object enciphered under its own number."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from evidencebox.extract.ciphers import rc4
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.keyring import protected
from evidencebox.extract.ole import Container
from evidencebox.extract.pptrecords import Objects
from evidencebox.extract.xlscrypt import key_of
from evidencebox.model.documents import Status

_LOCK: Final = 0x2F14
_HEAD: Final = 8
_METAFILES: Final = (0xF01A, 0xF01B, 0xF01C)
_TWO_HASHES: Final = (0x217, 0x3D5, 0x46B, 0x543, 0x6E1, 0x6E3, 0x6E5, 0x7A9)


def unlock(job: Job, holder: Container, stream: bytes, objects: Objects) -> bytes:
    """The presentation's stream in plain text; `holder` gives the pictures so. Raises Stop."""
    place = objects.places.get(objects.lock_id)
    if place is None or place + _HEAD > len(stream):
        raise Stop(Status.ENCRYPTED, "The presentation is encrypted; what says how is damaged.")
    _, kind, size = struct.unpack_from("<HHI", stream, place)
    lock = stream[place + _HEAD : place + _HEAD + size]
    key = job.keys.find(lambda password: key_of(lock, password)) if kind == _LOCK else None
    if key is None:
        raise Stop(Status.ENCRYPTED, protected("The presentation", job.keys))
    out = bytearray(stream)
    for number, start in objects.places.items():
        if number != objects.lock_id and start + _HEAD <= len(stream):
            _object(out, stream, start, key(number))
            job.beat()
    holder.put(_pictures(holder.stream("Pictures"), key(0)), "Pictures")
    return bytes(out)


def _object(out: bytearray, stream: bytes, start: int, key: bytes) -> None:
    """One object; how long it is stands in its head, which is enciphered too."""
    size = struct.unpack_from("<I", rc4(key, stream[start : start + _HEAD]), 4)[0]
    end = min(start + _HEAD + size, len(stream))
    out[start:end] = rc4(key, stream[start:end])


def _pictures(data: bytes, key: bytes) -> bytes:
    """Every field of a picture is enciphered by itself, from the start of the key stream."""
    out = bytearray()
    while len(out) + _HEAD <= len(data):
        head = rc4(key, data[len(out) : len(out) + _HEAD])
        end = len(out) + _HEAD + int(struct.unpack_from("<I", head, 4)[0])
        out += head
        for size in _fields(head):
            out += rc4(key, data[len(out) : min(len(out) + size, end)])
        out += rc4(key, data[len(out) : end])
    return bytes(out)


def _fields(head: bytes) -> Iterator[int]:
    """The lengths of what stands before a picture's own bytes."""
    version, kind = struct.unpack_from("<HH", head)
    yield from [16] * (2 if version >> 4 in _TWO_HASHES else 1)
    yield 34 if kind in _METAFILES else 1
