"""MP4 and QuickTime: boxes inside boxes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from evidencebox.extract.job import Job
from evidencebox.extract.mediafacts import Facts

_EPOCH: Final = datetime(1904, 1, 1, tzinfo=UTC)
_HOLD: Final = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta", b"meta"))
_MOST_BOXES: Final = 20_000
_MOST_DEEP: Final = 12
_LARGEST: Final = 1 << 20
_WORDS: Final = {
    b"\xa9nam": "title", b"\xa9cmt": "comment", b"\xa9inf": "information",
    b"\xa9des": "description", b"\xa9aut": "author", b"\xa9ART": "artist",
    b"\xa9cpy": "copyright", b"\xa9key": "keywords",
}  # fmt: skip
_KEYS: Final = {b"\xa9nam": "title", b"\xa9ART": "author", b"\xa9cpy": "copyright"}
_FACTS: Final = {
    b"\xa9mak": "device_make", b"\xa9mod": "device_model", b"\xa9swr": "application",
    b"\xa9day": "created",
}  # fmt: skip
_APPLE: Final = {
    "make": "device_make", "model": "device_model", "software": "application",
    "creationdate": "created",
}  # fmt: skip


class _Walk:
    def __init__(self, job: Job, facts: Facts) -> None:
        self.job = job
        self.facts = facts
        self.boxes = 0
        self.keys: list[str] = []


def walk(job: Job, facts: Facts) -> None:
    """Time, place, device, codecs, size and words of a recording."""
    _box(_Walk(job, facts), 0, job.size, 0)


def _box(walk: _Walk, at: int, end: int, deep: int) -> None:
    for kind, start, size in _boxes(walk, at, end):
        if kind in _HOLD and deep < _MOST_DEEP:
            walk.job.source.seek(start)
            # in QuickTime `meta` is a plain box, in MP4 four bytes stand before its boxes
            skip = 4 if kind == b"meta" and walk.job.source.read(8)[4:8] != b"hdlr" else 0
            _box(walk, start + skip, start + size, deep + 1)
        elif kind == b"ilst":
            _apple(walk, start, start + size)
        elif size <= _LARGEST:
            walk.job.source.seek(start)
            _leaf(walk, kind, walk.job.source.read(size))


def _boxes(walk: _Walk, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and length of what each box holds."""
    while at + 8 <= end and walk.boxes < _MOST_BOXES:
        walk.boxes += 1
        walk.job.source.seek(at)
        head = walk.job.source.read(16)
        if len(head) < 8:
            return
        size, skip = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, skip = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = end - at
        if size < skip:
            return
        yield head[4:8], at + skip, min(size, end - at) - skip
        at += size


def _leaf(walk: _Walk, kind: bytes, data: bytes) -> None:
    facts = walk.facts
    if kind == b"mvhd" and len(data) >= 32:
        wide = data[0] == 1
        made, _, scale, length = struct.unpack_from(">QQIQ" if wide else ">IIII", data, 4)
        facts.made(_EPOCH, made)
        if scale:
            facts.duration(length / scale)
    elif kind == b"tkhd" and len(data) >= 84:
        width, height = struct.unpack(">II", data[-8:])
        facts.size(width >> 16, height >> 16)
    elif kind == b"stsd" and len(data) >= 16:
        facts.codec(data[12:16].decode("latin-1"))
    elif kind == b"keys":
        walk.keys = _keys(data)
    else:
        _said(facts, kind, data)


def _said(facts: Facts, kind: bytes, data: bytes) -> None:
    """Boxes of `udta`, of cameras mostly."""
    if kind == b"\xa9xyz":
        facts.place(_international(data))
    elif kind in _FACTS:
        facts.add(_FACTS[kind], _international(data))
    elif kind in _WORDS:
        facts.word(_WORDS[kind], _international(data))
    elif kind == b"loci":
        _loci(facts, data)


def _international(data: bytes) -> str:
    """The first text of a list of texts by language."""
    length = int.from_bytes(data[:2], "big")
    return data[4 : 4 + length].decode("utf-8", "replace")


def _loci(facts: Facts, data: bytes) -> None:
    """3GPP's place: a name, then longitude and latitude."""
    name, _, rest = data[6:].partition(b"\0")
    facts.word("place", name.decode("utf-8", "replace"))
    if len(rest) >= 9:
        longitude, latitude = (value / 65_536 for value in struct.unpack_from(">ii", rest, 1))
        facts.place(f"{latitude:+.4f}{longitude:+.4f}")


def _keys(data: bytes) -> list[str]:
    """Apple's own names of tags, which `ilst` counts from one."""
    keys, at = [], 8
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size < 8:
            break
        keys.append(data[at + 8 : at + size].decode("utf-8", "replace").rsplit(".", 1)[-1])
        at += size
    return keys


def _apple(walk: _Walk, at: int, end: int) -> None:
    for kind, start, size in _boxes(walk, at, end):
        number = int.from_bytes(kind, "big")
        if size > _LARGEST or not (0 < number <= len(walk.keys) or kind in _WORDS):
            continue
        walk.job.source.seek(start)
        data = walk.job.source.read(size)
        # some writers leave the type of a text at 0
        types = (b"\0\0\0\0", b"\0\0\0\1") if kind in _WORDS else (b"\0\0\0\1",)
        if data[4:8] != b"data" or data[8:12] not in types:
            continue
        value = data[16:].decode("utf-8", "replace")
        key = "" if kind in _WORDS else walk.keys[number - 1]
        if not key:
            walk.facts.word(_WORDS[kind], value, _KEYS.get(kind, ""))
        elif key == "ISO6709":
            walk.facts.place(value)
        elif key in _APPLE:
            walk.facts.add(_APPLE[key], value)
        else:
            walk.facts.word(key, value)
