"""The file system inside an OLE file: sectors chained by a table, a directory of entries.

Everything is bounded by the size of the file, whatever its tables claim; what of them is missing,
as in a file that was cut off, costs only the streams that need it.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

STORAGE, STREAM, ROOT = 1, 2, 5
MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NONE: Final = 0xFFFFFFFA
_FREE: Final = 0xFFFFFFFF
_ENTRY: Final = 128
_MAX_ENTRIES: Final = 200_000


class DamagedError(Exception):
    """The file's own tables are broken: no stream can be had."""


@dataclass(frozen=True, slots=True)
class Node:
    """One directory entry; the numbers are those of others, of a sector, and bytes."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    clsid: bytes
    start: int
    size: int


class Sectors:
    """Chains of sectors as bytes. `nodes` is the directory; its first entry is the root."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._size = source.seek(0, 2)
        source.seek(0)
        head = source.read(512)
        if len(head) < 512 or not head.startswith(MAGIC):
            raise DamagedError
        shift, mini_shift = struct.unpack_from("<HH", head, 30)
        if not 7 <= shift <= 16 or not 3 <= mini_shift <= shift:
            raise DamagedError
        self._shift = 1 << shift
        self._mini = 1 << mini_shift
        self._count = -(-self._size // self._shift)
        directory, self._cutoff, mini_fat, mini_count, difat = struct.unpack_from(
            "<I4xIIII", head, 48
        )
        self._fat = self._table(array("I", head[76:512]), difat)
        self.nodes = list(self._directory(self._chain(directory, self._size)))
        if not self.nodes:
            raise DamagedError
        size = min(mini_count * self._shift, self._size)
        self._mini_fat = _numbers(self._chain(mini_fat, size))
        self._mini_stream: bytes | None = None

    def _sector(self, number: int, count: int = 1) -> bytes:
        self._source.seek((number + 1) * self._shift)
        return self._source.read(count * self._shift)

    def _table(self, listed: array[int], more: int) -> array[int]:
        """The table of all chains, from the places that the head and its continuations list."""
        if sys.byteorder == "big":
            listed.byteswap()
        fat = array("I")
        seen = 0
        while True:
            for number in listed:
                if number >= _NONE:
                    break
                if len(fat) >= self._count:
                    return fat
                # what is missing of the table must not move what comes after it
                fat.extend(_numbers(self._sector(number).ljust(self._shift, b"\xff")))
            if more >= self._count or seen >= self._count:
                return fat
            seen += 1
            listed = _numbers(self._sector(more))
            more = listed.pop() if listed else _FREE

    def _chain(self, start: int, size: int) -> bytes:
        """At most `size` bytes of the chain that starts there; neighbours are read at one go."""
        pieces = []
        left = min(-(-size // self._shift), self._count)
        while left > 0 and start < self._count:
            count = 1
            last = start
            following = self._next(last)
            while following == last + 1 and count < left:
                count += 1
                last = following
                following = self._next(last)
            pieces.append(self._sector(start, count))
            left -= count
            start = following
        return b"".join(pieces)[:size]

    def _next(self, number: int) -> int:
        return self._fat[number] if number < len(self._fat) else _FREE

    def _directory(self, data: bytes) -> Iterator[Node]:
        for at in range(0, min(len(data), _MAX_ENTRIES * _ENTRY) - _ENTRY + 1, _ENTRY):
            length, kind, left, right, child, clsid, start, size = struct.unpack_from(
                "<HBxIII16s20xIQ", data, at + 64
            )
            name = data[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if self._shift == 512:
                size &= 0xFFFFFFFF
            yield Node(name, kind, left, right, child, clsid, start, size)

    def read(self, node: Node) -> bytes:
        """A stream's bytes; fewer than it claims where they are not there."""
        size = min(node.size, self._size)
        if node.size >= self._cutoff:
            return self._chain(node.start, size)
        if self._mini_stream is None:
            root = self.nodes[0]
            self._mini_stream = self._chain(root.start, min(root.size, self._size))
        pieces = []
        number, left = node.start, size
        while left > 0 and number < _NONE:
            piece = self._mini_stream[
                number * self._mini : number * self._mini + min(self._mini, left)
            ]
            if not piece:
                break
            pieces.append(piece)
            left -= len(piece)
            number = self._mini_fat[number] if number < len(self._mini_fat) else _FREE
        return b"".join(pieces)

    def kids(self, node: Node) -> list[int]:
        """The numbers of what stands in a storage, in the order of their names."""
        found: list[int] = []
        waiting = [node.child]
        seen: set[int] = set()
        while waiting:
            number = waiting.pop()
            if number in seen or number >= len(self.nodes):
                continue
            seen.add(number)
            kid = self.nodes[number]
            if kid.kind in (STORAGE, STREAM) and kid.name:
                found.append(number)
            waiting += (kid.left, kid.right)
        return sorted(found, key=lambda n: (len(self.nodes[n].name), self.nodes[n].name.upper()))


def _numbers(data: bytes) -> array[int]:
    numbers = array("I", data[: len(data) // 4 * 4])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
