"""Office drawings ([MS-ODRAW]): the pictures in them, and the words shapes carry themselves."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

CONTAINER: Final = 0xF
_FBSE: Final = 0xF007
_FOPT: Final = (0xF00B, 0xF122)
_METAFILES: Final = {0xF01A: "emf", 0xF01B: "wmf", 0xF01C: "pict"}
_BITMAPS: Final = {
    0xF01D: "jpg", 0xF02A: "jpg", 0xF01E: "png", 0xF01F: "bmp", 0xF029: "tif",
}  # fmt: skip
_WORDS: Final = {0x00C0: "word art", 0x0381: "description", 0x038D: "tooltip"}
BARE_METAFILE: Final = b"\x01\0\x09\0"
MOST: Final = 64 << 20
"""Bytes that one picture may unpack to."""
_MAX_DEPTH: Final = 64
_MAX_RECORDS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Record:
    """A record's header, and where its body stands in `data`."""

    version: int
    instance: int
    kind: int
    data: bytes
    start: int
    end: int

    @property
    def body(self) -> bytes:
        return self.data[self.start : self.end]

    @property
    def is_container(self) -> bool:
        return self.version == CONTAINER


def records(data: bytes, start: int = 0, end: int = -1) -> Iterator[Record]:
    """The records of one level; the last is cut off at the end of what there is."""
    end = len(data) if end < 0 else min(end, len(data))
    while start + 8 <= end:
        head, kind, size = struct.unpack_from("<HHI", data, start)
        body = start + 8
        stop = min(body + size, end)
        yield Record(head & 0xF, head >> 4, kind, data, body, stop)
        start = stop


def kids(record: Record) -> Iterator[Record]:
    return records(record.data, record.start, record.end)


def walk(data: bytes, start: int = 0, end: int = -1, closed: int = -1) -> Iterator[Record]:
    """All records, outer before inner, in the order they stand; none inside those `closed`."""
    stack = [records(data, start, end)]
    for _ in range(_MAX_RECORDS):
        record = next(stack[-1], None)
        while record is None:
            stack.pop()
            if not stack:
                return
            record = next(stack[-1], None)
        yield record
        if record.is_container and record.kind != closed and len(stack) < _MAX_DEPTH:
            stack.append(kids(record))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes as a file, and its usual ending."""

    ending: str
    data: bytes


def pictures(data: bytes, most: int) -> Iterator[Picture]:
    """All pictures that stand in the drawing itself; none unpacks to more than `most` bytes."""
    for record in walk(data):
        if record.kind == _FBSE and record.end - record.start > 36:
            named = data[record.start + 33]
            inner: Iterator[Record] = records(data, record.start + 36 + named, record.end)
        else:
            inner = iter((record,))
        for each in inner:
            if picture := blip(each, most):
                yield picture


def delayed(data: bytes) -> Iterator[int]:
    """Where pictures stand that the drawing only points to: offsets into another stream."""
    for record in walk(data):
        if record.kind == _FBSE and record.end - record.start == 36:
            size, _, place = struct.unpack_from("<III", data, record.start + 20)
            if size and place != 0xFFFFFFFF:
                yield place


def blip(record: Record, most: int) -> Picture | None:
    """The picture in a picture's record; None for any other record."""
    identities = 32 if record.instance & 1 else 16
    if record.kind in _METAFILES:
        return _metafile(record, record.start + identities, most)
    ending = _BITMAPS.get(record.kind)
    body = record.data[record.start + identities + 1 : record.end]
    if not ending or not body:
        return None
    return Picture(ending, _bitmap_file(body) if ending == "bmp" else body)


def _metafile(record: Record, at: int, most: int) -> Picture | None:
    if at + 34 > record.end:
        return None
    left, top, right, bottom = struct.unpack_from("<4i", record.data, at + 4)
    packed = record.data[at + 34 : record.end]
    data = packed
    if record.data[at + 32] == 0:
        try:
            data = zlib.decompressobj().decompress(packed, most)
        except zlib.error:
            return None
    ending = _METAFILES[record.kind]
    if ending == "wmf" and not data.startswith(b"\xd7\xcd\xc6\x9a"):
        data = _placeable(left, top, right, bottom) + data
    elif ending == "pict":
        data = bytes(512) + data
    return Picture(ending, data)


def metafile(data: bytes) -> Picture:
    """A bare metafile as a file."""
    return Picture("wmf", _placeable(0, 0, 1_000, 1_000) + data)


def _placeable(left: int, top: int, right: int, bottom: int) -> bytes:
    """The header that makes a bare metafile a WMF file."""
    sides = [max(-32768, min(side, 32767)) for side in (left, top, right, bottom)]
    head = struct.pack("<IH4hHI", 0x9AC6CDD7, 0, *sides, 1440, 0)
    check = 0
    for word in struct.unpack("<10H", head):
        check ^= word
    return head + struct.pack("<H", check)


def _bitmap_file(body: bytes) -> bytes:
    """A device-independent bitmap with the file header it lacks."""
    if len(body) < 40 or body.startswith(b"BM"):
        return body
    header, bits = struct.unpack_from("<I", body)[0], struct.unpack_from("<H", body, 14)[0]
    used = struct.unpack_from("<I", body, 32)[0]
    colours = (used or 1 << bits) if bits <= 8 else 0
    masks = 12 if header == 40 and struct.unpack_from("<I", body, 16)[0] == 3 else 0
    offset = 14 + min(header, 1 << 16) + 4 * min(colours, 256) + masks
    return struct.pack("<2sIHHI", b"BM", (14 + len(body)) & 0xFFFFFFFF, 0, 0, offset) + body


def words(data: bytes, start: int = 0, end: int = -1) -> Iterator[tuple[str, str]]:
    """What shapes say besides their text: (what it is, the words). WordArt, descriptions."""
    for record in walk(data, start, end):
        if record.kind in _FOPT:
            yield from _properties(record)


def _properties(record: Record) -> Iterator[tuple[str, str]]:
    at = record.start
    extra = at + 6 * record.instance
    for _ in range(record.instance):
        if at + 6 > record.end:
            return
        number, size = struct.unpack_from("<HI", record.data, at)
        at += 6
        if number & 0x8000:
            what = _WORDS.get(number & 0x3FFF)
            stop = min(extra + size, record.end)
            if what and (text := _wide(record.data[extra:stop])):
                yield what, text
            extra = stop


def _wide(data: bytes) -> str:
    return data.decode("utf-16-le", "replace").split("\0", 1)[0].strip()
