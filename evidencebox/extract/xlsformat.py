"""The cell formats of an old workbook, and its numbers as text."""

from __future__ import annotations

import struct
from typing import Final

from evidencebox.extract.xlsrecords import Strings
from evidencebox.extract.xlsxformat import Formats

_OWN: Final = 1_000
ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


class BinaryFormats(Formats):
    """Filled record by record. Before BIFF 5 formats have no numbers but their order."""

    def __init__(self) -> None:
        self._codes = {}
        self._styles = []
        self._known = {}
        self._listed = 0
        self.from_1904 = False

    def add_format(self, data: bytes, strings: Strings) -> None:
        if strings.version >= 5 and len(data) >= 2:
            text = strings.long(data, 2) if strings.version >= 8 else strings.short(data, 2)
            self._codes[struct.unpack_from("<H", data)[0]] = text[:255]
        elif strings.version < 5:
            at = 2 if strings.version == 4 else 0
            self._codes[_OWN + self._listed] = strings.short(data, at)[:255]
            self._listed += 1

    def add_style(self, data: bytes, version: int) -> None:
        if version >= 5:
            self._styles.append(struct.unpack_from("<H", data, 2)[0] if len(data) >= 4 else 0)
        else:
            self._styles.append(_OWN + data[1] if len(data) >= 2 else 0)

    def number(self, value: float, style: int) -> str:
        """A number as a reader of the screen sees it."""
        if value == value // 1 and abs(value) < 1e15:
            return self.shown(str(int(value)), str(style))
        return self.shown(repr(value), str(style))


def rk(packed: int) -> float:
    """A number in 32 bits."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x8000_0000 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFF_FFFC))[0]
    return value / 100 if packed & 1 else value
