"""ZIP archives and mailboxes that come out the same everywhere: stored, with the fiction's times.

Deflate is left out on purpose: its output differs between zlib and its successors.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from evidencebox.sample.truth import Item

Stamp = tuple[int, int, int, int, int, int]


def stamp(when: datetime) -> Stamp:
    return (when.year, when.month, when.day, when.hour, when.minute, when.second // 2 * 2)


def zip_bytes(members: Iterable[tuple[str, bytes, Stamp]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data, when in members:
            info = zipfile.ZipInfo(name, when)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return stream.getvalue()


def zip_item(name: str, when: datetime, children: Sequence[Item]) -> Item:
    data = zip_bytes((child.name, child.data, stamp(child.when)) for child in children)
    return Item(name, data, when, children=list(children))


def normal_zip(data: bytes) -> bytes:
    """An archive somebody else packed, with order kept and everything else fixed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [
            (info.filename, archive.read(info), (2019, 1, 1, 0, 0, 0))
            for info in archive.infolist()
        ]
    return zip_bytes(members)


def locked_zip(rng: random.Random, name: str, data: bytes, password: str) -> bytes:
    """An archive of one member in the old ZIP encryption, which the standard library only reads."""
    checksum = zlib.crc32(data)
    cipher = _ZipCipher(password.encode())
    head = bytes(rng.randrange(256) for _ in range(11)) + bytes([checksum >> 24])
    sealed = cipher.seal(head + data)
    label, day = name.encode(), (2020 - 1980) << 9 | 11 << 5 | 9
    common = struct.pack(
        "<HHHHHIIIHH", 20, 1, 0, 0, day, checksum, len(sealed), len(data), len(label), 0
    )
    local = b"PK\x03\x04" + common + label + sealed
    central = b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + label
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


class _ZipCipher:
    def __init__(self, password: bytes) -> None:
        self._keys = [0x12345678, 0x23456789, 0x34567890]
        for byte in password:
            self._update(byte)

    def _update(self, byte: int) -> None:
        keys = self._keys
        keys[0] = _crc_step(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = _crc_step(keys[2], keys[1] >> 24)

    def seal(self, data: bytes) -> bytes:
        sealed = bytearray()
        for byte in data:
            mixed = (self._keys[2] | 2) & 0xFFFF
            sealed.append(byte ^ ((mixed * (mixed ^ 1) >> 8) & 0xFF))
            self._update(byte)
        return bytes(sealed)


def _crc_step(value: int, byte: int) -> int:
    """One step of CRC-32 without its complements, which is what the cipher's keys use."""
    return zlib.crc32(bytes([byte]), value ^ 0xFFFFFFFF) ^ 0xFFFFFFFF


def mbox_item(name: str, when: datetime, messages: Sequence[Item]) -> Item:
    """Messages one after another; the empty line before each next `From ` belongs to none."""
    parts = []
    for message in messages:
        line = f"From MAILER-DAEMON {asctime(message.when)}\n".encode()
        parts.append(line + message.data + b"\n")
    return Item(name, b"".join(parts), when, children=list(messages))


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def asctime(when: datetime) -> str:
    """`Mon Mar  4 09:12:00 2019`, whatever the machine's locale."""
    day, month = _DAYS[when.weekday()], _MONTHS[when.month - 1]
    return f"{day} {month} {when.day:2d} {when:%H:%M:%S} {when.year}"
