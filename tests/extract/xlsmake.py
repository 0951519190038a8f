"""Workbooks of old Excels made by hand, record by record."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from evidencebox.extract.ole import Tree
from evidencebox.extract.olewrite import container

END = struct.pack("<HH", 0x0A, 0)


def record(kind: int, body: bytes = b"") -> bytes:
    """A record; what is too long goes on in others."""
    out = struct.pack("<HH", kind, len(body[:8224])) + body[:8224]
    for at in range(8224, len(body), 8224):
        out += struct.pack("<HH", 0x3C, len(body[at : at + 8224])) + body[at : at + 8224]
    return out


def begin(what: int, version: int = 8) -> bytes:
    if version == 8:
        return record(0x809, struct.pack("<HHHHII", 0x0600, what, 0, 0, 0, 0))
    if version == 5:
        return record(0x809, struct.pack("<HHHH", 0x0500, what, 0, 0))
    more = b"" if version == 2 else b"\0\0"
    return record({2: 0x009, 3: 0x209, 4: 0x409}[version], struct.pack("<HH", version, what) + more)


def text8(text: str, length: str = "<H") -> bytes:
    """A wide string of BIFF 8."""
    return (
        struct.pack(length, len(text.encode("utf-16-le")) // 2) + b"\1" + text.encode("utf-16-le")
    )


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def label(row: int, column: int, text: bytes) -> bytes:
    """A cell's words as BIFF 3 to 5 write them."""
    return record(0x204, struct.pack("<HHHH", row, column, 0, len(text)) + text)


def shared(row: int, column: int, index: int) -> bytes:
    return record(0xFD, struct.pack("<HHHI", row, column, 0, index))


def note(row: int, column: int, author: str, text: str, number: int = 1) -> bytes:
    """A comment: the object, its words, and the cell they belong to."""
    raw = text.encode("utf-16-le")
    common = struct.pack("<HHHHH", 0x15, 0x12, 0x19, number, 0) + bytes(12)
    return (
        record(0x5D, common)
        + record(0x1B6, struct.pack("<HH6xHHI", 0, 0, len(raw) // 2, 0, 0))
        + record(0x3C, b"\1" + raw)
        + record(0x1C, struct.pack("<HHHH", row, column, 0, number) + text8(author) + b"\0")
    )


@dataclass
class Sheet:
    """A sheet's name, its records, and whether it is hidden (1) or very hidden (2)."""

    name: str
    records: bytes = b""
    state: int = 0
    kind: int = 0x10


@dataclass
class Maker:
    """A workbook of BIFF 5 or 8; `globals` are further records that hold for all sheets."""

    sheets: list[Sheet]
    strings: list[str] = field(default_factory=list)
    globals: bytes = b""
    version: int = 8

    def stream(self) -> bytes:
        table = b""
        if self.strings:
            joined = b"".join(text8(text) for text in self.strings)
            table = record(0xFC, struct.pack("<II", len(self.strings), len(self.strings)) + joined)
        head = begin(5, self.version) + self.globals
        heads = [self._listed(sheet, 0) for sheet in self.sheets]
        at = len(head) + sum(map(len, heads)) + len(table) + len(END)
        body = b""
        heads = []
        for sheet in self.sheets:
            heads.append(self._listed(sheet, at + len(body)))
            body += begin(sheet.kind, self.version) + sheet.records + END
        return head + b"".join(heads) + table + END + body

    def _listed(self, sheet: Sheet, at: int) -> bytes:
        if self.version == 8:
            name = text8(sheet.name, "<B")
        else:
            raw = sheet.name.encode("cp1251")
            name = bytes([len(raw)]) + raw
        return record(0x85, struct.pack("<IBB", at, sheet.state, 0) + name)

    def file(self, more: Tree | None = None) -> bytes:
        name = "Workbook" if self.version == 8 else "Book"
        return container({name: self.stream(), **(more or {})})


def book(records: bytes, **more: bytes) -> bytes:
    """A workbook of one sheet."""
    return Maker([Sheet("Sheet1", records)], globals=more.get("globals_", b"")).file()
