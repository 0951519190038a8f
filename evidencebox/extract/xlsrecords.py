"""The records of old Excel files (BIFF 2 to 8), and the strings in them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from evidencebox.extract.olecodes import decoded

_CONTINUE: Final = b"\x3c\x00"
_HEAD: Final = struct.Struct("<HH")
Record = tuple[int, int, list[bytes]]
"""Its number, where it stands in the stream, its body and the bodies that continue it."""


def records(data: bytes) -> Iterator[Record]:
    """All records; one that runs past the end is cut off."""
    at, end = 0, len(data)
    head = _HEAD.unpack_from
    while at + 4 <= end:
        start = at
        kind, size = head(data, at)
        at += 4 + size
        parts = [data[start + 4 : at]]
        while data[at : at + 2] == _CONTINUE and at + 4 <= end:
            more = at + 4 + head(data, at)[1]
            parts.append(data[at + 4 : more])
            at = more
        yield kind, start, parts


def wide(data: bytes, at: int, count: int) -> str:
    """`count` characters after a byte of flags, as BIFF 8 writes them."""
    if at >= len(data):
        return ""
    flags = data[at]
    at += 1 + (2 if flags & 8 else 0) + (4 if flags & 4 else 0)
    if flags & 1:
        return data[at : at + 2 * count].decode("utf-16-le", "replace")
    return data[at : at + count].decode("latin-1")


class Strings:
    """Strings as a version of Excel writes them: wide from BIFF 8 on, else in a code page."""

    def __init__(self, version: int, codec: str = "cp1252") -> None:
        self.version = version
        self.codec = codec

    def short(self, data: bytes, at: int) -> str:
        """With one byte for the length."""
        return self._text(data, at + 1, data[at]) if at < len(data) else ""

    def long(self, data: bytes, at: int) -> str:
        """With two bytes for the length."""
        if at + 2 > len(data):
            return ""
        return self._text(data, at + 2, struct.unpack_from("<H", data, at)[0])

    def _text(self, data: bytes, at: int, count: int) -> str:
        if self.version >= 8:
            return wide(data, at, count)
        return decoded(data[at : at + count], self.codec)

    def over_parts(self, parts: list[bytes]) -> str:
        """A string with a long length that later parts continue, each with flags of its own."""
        if self.version < 8 or len(parts) == 1:
            return self.long(parts[0], 0)
        return _Shared(parts).string()


class _Shared:
    """Reads on over the ends of parts."""

    def __init__(self, parts: list[bytes], at: int = 0) -> None:
        self._parts = parts
        self._part = 0
        self._data = parts[0]
        self._at = at

    @property
    def done(self) -> bool:
        return self._at >= len(self._data) and self._part + 1 >= len(self._parts)

    def _next(self) -> bool:
        if self._part + 1 >= len(self._parts):
            return False
        self._part += 1
        self._data = self._parts[self._part]
        self._at = 0
        return True

    def _take(self, size: int) -> bytes:
        out = self._data[self._at : self._at + size]
        self._at += len(out)
        while len(out) < size and self._next():
            more = self._data[: size - len(out)]
            self._at = len(more)
            out += more
        return out

    def string(self) -> str:
        head = self._take(3)
        if len(head) < 3:
            return ""
        count, flags = struct.unpack("<HB", head)
        runs = struct.unpack("<H", self._take(2).ljust(2, b"\0"))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self._take(4).ljust(4, b"\0"))[0] if flags & 4 else 0
        text = self._chars(count, flags & 1)
        self._take(4 * runs + extra)
        return text

    def _chars(self, count: int, is_wide: int) -> str:
        out = ""
        while True:
            width = 2 if is_wide else 1
            raw = self._data[self._at : self._at + (count - len(out)) * width]
            raw = raw[: len(raw) // width * width]
            self._at += len(raw)
            if is_wide:
                # surrogates stand for one character each, as the file counts them
                out += raw.decode("utf-16-le", "surrogatepass") if _paired(raw) else _units(raw)
            else:
                out += raw.decode("latin-1")
            if len(out) >= count or not self._next() or not self._data:
                return out.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            is_wide = self._data[0] & 1
            self._at = 1


def _paired(raw: bytes) -> bool:
    """Whether decoding gives a character for every unit."""
    return not any(0xD8 <= high <= 0xDF for high in raw[1::2])


def _units(raw: bytes) -> str:
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


def shared_strings(parts: list[bytes]) -> list[str]:
    """The table of shared strings; phonetic guides are left out."""
    if len(parts[0]) < 8:
        return []
    count = struct.unpack_from("<I", parts[0], 4)[0]
    reader = _Shared(parts, 8)
    strings: list[str] = []
    while len(strings) < count and not reader.done:
        strings.append(reader.string())
    return strings
