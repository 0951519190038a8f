"""What is embedded in RTF as hexadecimal: OLE 1 objects, packaged files, pictures."""

from __future__ import annotations

import binascii
import re
import struct
from dataclasses import dataclass
from typing import Final

_NOT_HEX: Final = re.compile(rb"[^0-9A-Fa-f]+")
_LINKED: Final = 1
_EMBEDDED: Final = 2


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file found in the document: the name it states, what it is, its bytes."""

    name: str
    part: str
    data: bytes


def unhex(text: bytes) -> bytes:
    """The bytes of hexadecimal digits with anything between them; an odd last digit is dropped."""
    digits = _NOT_HEX.sub(b"", text)
    return binascii.unhexlify(digits[: len(digits) // 2 * 2])


class _Cursor:
    """Reads little-endian numbers and strings; `struct.error` past the end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self, form: str = "<I") -> int:
        (value,) = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return int(value)

    def counted(self) -> str:
        size = self.number()
        if size > len(self.data) - self.at:
            raise struct.error("a string is longer than what holds it")
        text = self.data[self.at : self.at + size]
        self.at += size
        return text.rstrip(b"\0").decode("cp1252", "replace")

    def ended(self) -> str:
        end = self.data.find(b"\0", self.at)
        if end < 0:
            raise struct.error("a string has no end")
        text = self.data[self.at : end]
        self.at = end + 1
        return text.decode("cp1252", "replace")


def ole1(data: bytes, name: str = "") -> tuple[Embedded, str]:
    """The object in an `\\objdata` stream, and the path it is a link to ('' if none).

    What cannot be taken apart is one object as it stands.
    """
    cursor = _Cursor(data)
    try:
        cursor.number()
        form = cursor.number()
        part = cursor.counted()
        topic, item = cursor.counted(), cursor.counted()
        if form == _LINKED:
            return Embedded(name or part or "link", part, data), f"{topic} {item}".strip()
        if form != _EMBEDDED:
            return Embedded(name or part or "object", part, data), ""
        size = cursor.number()
    except struct.error:
        return Embedded(name or "object", "", data), ""
    native = data[cursor.at : cursor.at + size]
    if part.lower() == "package":
        return packaged(native, part), ""
    return Embedded(name or part or "object", part, native), ""


def bitmap(dib: bytes) -> bytes:
    """A bitmap without its file's head as a BMP; as it stands where it is none."""
    cursor = _Cursor(dib)
    try:
        head = cursor.number()
        cursor.at = 14
        bits, packing = cursor.number("<H"), cursor.number()
        cursor.at = 32
        colours = cursor.number()
    except struct.error:
        return dib
    if head not in (40, 52, 56, 108, 124) or bits > 32 or colours > 256:
        return dib
    table = 4 * (colours or (1 << bits if bits <= 8 else 0))
    masks = 12 if head == 40 and packing == 3 else 0
    return b"BM" + struct.pack("<IHHI", 14 + len(dib), 0, 0, 14 + head + masks + table) + dib


def packaged(native: bytes, part: str = "Package") -> Embedded:
    """The file in an OLE Packager stream, by the name it had."""
    cursor = _Cursor(native)
    try:
        cursor.number("<H")
        label, path = cursor.ended(), cursor.ended()
        cursor.number("<H")
        cursor.number("<H")
        cursor.counted()
        size = cursor.number()
    except struct.error:
        return Embedded("package", part, native)
    data = native[cursor.at : cursor.at + size]
    cursor.at += size
    label, path = _wide_names(cursor) or (label, path)
    name = re.split(r"[\\/]", label or path)[-1] or "package"
    return Embedded(name, path, data)


def _wide_names(cursor: _Cursor) -> tuple[str, str] | None:
    """The label and path once more in UTF-16, behind the file in later versions."""
    names: list[str] = []
    try:
        for _ in range(3):
            size = 2 * cursor.number()
            names.append(cursor.data[cursor.at : cursor.at + size].decode("utf-16-le", "replace"))
            cursor.at += size
    except struct.error:
        return None
    return (names[1], names[2]) if names[1] else None
