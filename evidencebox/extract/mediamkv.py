"""Matroska and WebM: what is said of the recording, its tags, the files attached to it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from evidencebox.extract.archive import part
from evidencebox.extract.job import Job
from evidencebox.extract.mediafacts import Facts
from evidencebox.model.extraction import ChildHead

_EPOCH: Final = datetime(2001, 1, 1, tzinfo=UTC)
_HOLD: Final = {
    0x18538067: "segment", 0x1549A966: "info", 0x1654AE6B: "tracks", 0xAE: "track", 0xE0: "video",
    0x1254C367: "tags", 0x7373: "tag", 0x67C8: "simple", 0x1941A469: "attachments",
    0x61A7: "attached", 0x1043A770: "chapters", 0x45B9: "edition", 0xB6: "atom", 0x80: "display",
}  # fmt: skip
_SCALE, _DURATION, _DATE, _TITLE = 0x2AD7B1, 0x4489, 0x4461, 0x7BA9
_MUXER, _WRITER, _CODEC, _WIDTH, _HEIGHT = 0x4D80, 0x5741, 0x86, 0xB0, 0xBA
_NAME, _STRING, _TRACK_NAME, _CHAPTER = 0x45A3, 0x4487, 0x536E, 0x85
_FILE_NAME, _FILE_TYPE, _FILE_DATA = 0x466E, 0x4660, 0x465C
_MOST_ELEMENTS: Final = 100_000
_MOST_DEEP: Final = 12
_LARGEST: Final = 1 << 20
_MOST_FILES: Final = 1_000


class _Walk:
    def __init__(self, job: Job, facts: Facts) -> None:
        self.job = job
        self.facts = facts
        self.elements = self.files = 0
        self.scale = 1_000_000
        self.width = 0
        self.name = self.file_name = self.file_type = ""


def walk(job: Job, facts: Facts) -> None:
    _element(_Walk(job, facts), 0, job.size, 0)


def _element(walk: _Walk, at: int, end: int, deep: int) -> None:
    for kind, start, size in _elements(walk, at, end):
        if kind in _HOLD and deep < _MOST_DEEP:
            _element(walk, start, start + size, deep + 1)
        elif kind == _FILE_DATA:
            _attached(walk, start, size)
        elif size <= _LARGEST:
            walk.job.source.seek(start)
            _leaf(walk, kind, walk.job.source.read(size))


def _elements(walk: _Walk, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    while at < end and walk.elements < _MOST_ELEMENTS:
        walk.elements += 1
        walk.job.source.seek(at)
        head = walk.job.source.read(12)
        kind, first = _number(head, keep=True)
        size, second = _number(head[first:], keep=False)
        if not first or not second:
            return
        start = at + first + second
        if size == (1 << (7 * second)) - 1:  # not known: to the end of what holds it
            size = end - start
        yield kind, start, min(size, end - start)
        at = start + size


def _number(data: bytes, *, keep: bool) -> tuple[int, int]:
    """A number whose leading zeros say its length; with `keep` the mark of it stays. Its length."""
    if not data or not data[0]:
        return 0, 0
    length = 9 - data[0].bit_length()
    if length > len(data):
        return 0, 0
    value = int.from_bytes(data[:length], "big")
    return (value if keep else value & ((1 << (7 * length)) - 1)), length


def _leaf(walk: _Walk, kind: int, data: bytes) -> None:
    facts, text = walk.facts, data.decode("utf-8", "replace")
    if kind == _SCALE:
        walk.scale = int.from_bytes(data, "big")
    elif kind == _DURATION and len(data) in (4, 8):
        (units,) = struct.unpack(">f" if len(data) == 4 else ">d", data)
        facts.duration(units * walk.scale / 1e9)
    elif kind == _DATE and len(data) == 8:
        facts.made(_EPOCH, int.from_bytes(data, "big", signed=True) / 1e9)
    elif kind == _WIDTH:
        walk.width = int.from_bytes(data, "big")
    elif kind == _HEIGHT:
        facts.size(walk.width, int.from_bytes(data, "big"))
    elif kind == _CODEC:
        facts.codec(text)
    else:
        _words(walk, kind, text)


def _words(walk: _Walk, kind: int, text: str) -> None:
    facts = walk.facts
    if kind == _TITLE:
        facts.word("title", text, "title")
    elif kind in (_MUXER, _WRITER):
        facts.add("application", text)
    elif kind == _NAME:
        walk.name = text
    elif kind == _STRING:
        facts.word(walk.name.lower(), text, "author" if walk.name.upper() == "ARTIST" else "")
    elif kind == _TRACK_NAME:
        facts.word("track", text)
    elif kind == _CHAPTER:
        facts.word("chapter", text)
    elif kind == _FILE_NAME:
        walk.file_name = text
    elif kind == _FILE_TYPE:
        walk.file_type = text


def _attached(walk: _Walk, start: int, size: int) -> None:
    walk.files += 1
    if walk.files > _MOST_FILES or not walk.job.may_have_children():
        return
    head = ChildHead(walk.file_name or f"attached {walk.files}", "attachment", walk.file_type)
    try:
        with walk.job.child(head) as writer:
            for piece in part(walk.job.source, start, size):
                writer.write(piece)
    except EOFError:
        walk.job.gap("broken_part", "A file attached to it is cut off.")
