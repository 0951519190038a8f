"""An OLE container made anew from a storage of another one, so that the part stands alone.

A message inside a message is a storage and has no bytes of its own. Same storage, same bytes: the
order is by name, no time is written, and all padding is zero.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

SECTOR: Final = 512
_MINI: Final = 64
_CUTOFF: Final = 4_096
_END, _FREE, _FAT, _DIFAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC
_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_HEADER: Final = 109


Tree = Mapping[str, Any]
"""A storage: streams as bytes, storages as trees, by name."""


@dataclass(slots=True)
class _Entry:
    name: str
    data: bytes
    kids: Tree | None
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE
    start: int = _END


@dataclass(slots=True)
class _Chains:
    """The allocation table as it grows: each call lays a chain of sectors after the last."""

    table: list[int] = field(default_factory=list)

    def lay(self, size: int, unit: int) -> int:
        count = -(-size // unit)
        if not count:
            return _END
        start = len(self.table)
        self.table.extend(range(start + 1, start + count))
        self.table.append(_END)
        return start


def container(tree: Tree, clsid: bytes = bytes(16)) -> bytes:
    """The bytes of a version 3 container that holds what `tree` holds; its root has this class."""
    return b"".join(pieces(tree, clsid))


def pieces(tree: Tree, clsid: bytes = bytes(16)) -> Iterator[bytes]:
    """The same, piece by piece."""
    entries = _directory(tree)
    streams = [entry for entry in entries[1:] if entry.data]
    small = [entry for entry in streams if len(entry.data) < _CUTOFF]
    large = [entry for entry in streams if len(entry.data) >= _CUTOFF]
    mini = _Chains()
    for entry in small:
        entry.start = mini.lay(len(entry.data), _MINI)
    sizes = [len(entries) * 128, len(mini.table) * 4, len(mini.table) * _MINI]
    content = sum(-(-size // SECTOR) for size in [*sizes, *(len(e.data) for e in large)])
    fats, difats = _tables(content)
    chains = _Chains([_DIFAT] * difats + [_FAT] * fats)
    at_directory, at_mini, entries[0].start = (chains.lay(size, SECTOR) for size in sizes)
    for entry in large:
        entry.start = chains.lay(len(entry.data), SECTOR)
    yield _header(difats, fats, at_directory, at_mini, -(-sizes[1] // SECTOR))
    yield from _difat(difats, fats)
    yield _numbers(chains.table)
    yield _root(entries[0], sizes[2], clsid)
    yield _padded(b"".join(map(_row, entries[1:])), SECTOR, 128)
    yield _numbers(mini.table)
    yield _padded(b"".join(_padded(entry.data, _MINI) for entry in small), SECTOR)
    for entry in large:
        yield _padded(entry.data, SECTOR)


def _tables(content: int) -> tuple[int, int]:
    """How many sectors the allocation table and its own table need, which they count too."""
    fats = difats = 0
    while True:
        need = -(-(content + fats + difats) // (SECTOR // 4))
        more = -(-max(0, need - _IN_HEADER) // (SECTOR // 4 - 1))
        if (need, more) == (fats, difats):
            return fats, difats
        fats, difats = need, more


def _directory(tree: Tree) -> list[_Entry]:
    """The root first, then each storage's entries as a balanced tree."""
    entries = [_Entry("", b"", tree)]
    at = 0
    while at < len(entries):
        kids = entries[at].kids
        if kids:
            entries[at].child = _tree(sorted(map(_entry, kids.items()), key=_order), entries)
        at += 1
    return entries


def _entry(item: tuple[str, Any]) -> _Entry:
    name, held = item
    return _Entry(name, held, None) if isinstance(held, bytes) else _Entry(name, b"", held)


def _order(entry: _Entry) -> tuple[int, str]:
    return len(entry.name.encode("utf-16-le", "replace")), entry.name.upper()


def _tree(kids: list[_Entry], entries: list[_Entry]) -> int:
    """Adds the sorted entries and links them by halves: as deep as the log of their number."""
    base = len(entries)
    entries.extend(kids)

    def link(low: int, high: int) -> int:
        if low >= high:
            return _FREE
        middle = (low + high) // 2
        entries[base + middle].left = link(low, middle)
        entries[base + middle].right = link(middle + 1, high)
        return base + middle

    return link(0, len(kids))


def _root(entry: _Entry, mini_size: int, clsid: bytes) -> bytes:
    return _fields("Root Entry", 5, entry, clsid, entry.start, mini_size)


def _row(entry: _Entry) -> bytes:
    if entry.kids is not None:
        return _fields(entry.name, 1, entry, bytes(16), 0, 0)
    return _fields(entry.name, 2, entry, bytes(16), entry.start, len(entry.data))


def _fields(name: str, kind: int, entry: _Entry, clsid: bytes, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le", "replace")[:62]
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBB3I", len(wide) + 2, kind, 1, entry.left, entry.right, entry.child)
        + clsid
        + struct.pack("<IQQIQ", 0, 0, 0, start, size)
    )


def _header(difats: int, fats: int, directory: int, mini: int, minis: int) -> bytes:
    listed = [difats + at for at in range(min(fats, _IN_HEADER))]
    return (
        _MAGIC
        + b"\0" * 16
        + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<5I", 0, fats, directory, 0, _CUTOFF)
        + struct.pack("<4I", mini, minis, 0 if difats else _END, difats)
        + struct.pack("<109I", *listed, *[_FREE] * (_IN_HEADER - len(listed)))
    )


def _difat(difats: int, fats: int) -> Iterator[bytes]:
    """Where the allocation table's own sectors are, past the 109 that the header lists."""
    each = SECTOR // 4 - 1
    for number in range(difats):
        first = _IN_HEADER + number * each
        listed = [difats + at for at in range(first, min(first + each, fats))]
        following = number + 1 if number + 1 < difats else _END
        yield struct.pack("<128I", *listed, *[_FREE] * (each - len(listed)), following)


def _numbers(table: list[int]) -> bytes:
    room = -len(table) % (SECTOR // 4)
    return struct.pack(f"<{len(table) + room}I", *table, *[_FREE] * room)


def _padded(data: bytes, unit: int, before: int = 0) -> bytes:
    """Zeros up to a whole unit, counting `before` bytes that stand already."""
    return data + b"\0" * (-(len(data) + before) % unit)
