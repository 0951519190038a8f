"""One sheet of a binary workbook: only the cells that are there cost anything."""

from __future__ import annotations

import math
import re
from typing import Final

from evidencebox.extract.blocks import Blocks
from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.odfsheet import letters
from evidencebox.extract.xlsbrecords import BinaryPackage, double, rk, string, u32
from evidencebox.extract.xlsxformat import Formats
from evidencebox.extract.xlsxsheet import ROWS

_ROW: Final = 0
_LONG: Final = range(1, 12)
_SHORT: Final = range(12, 19)
_LONG_OF_SHORT: Final = {12: 1, 13: 2, 14: 3, 15: 4, 16: 5, 17: 6, 18: 7}
_RICH: Final = 62
_COLUMNS: Final = 60
_HEADERS: Final = 479
_LINK: Final = 494
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
_CODES: Final = re.compile(r'&(?:"[^"]*"|[A-Z]|\d+|K[0-9A-F]{6})')


class BinarySheet:
    """Reads the records of one worksheet part."""

    def __init__(
        self,
        job: Job,
        name: str,
        hidden: bool,
        strings: list[str],
        formats: Formats,
    ) -> None:
        self._name = name
        self._hidden = hidden
        self._strings = strings
        self._formats = formats
        self._blocks = Blocks(job, f"{name} (hidden)" if hidden else name, ROWS, title=name)
        self._heads = Flow(job, f"{name} headers and footers")
        self._hidden_columns: list[tuple[int, int]] = []
        self._row = 0
        self._row_hidden = False
        self._column = -1
        self._cells: list[str] = []
        self._unseen: set[int] = set()

    def read(self, package: BinaryPackage, part: str) -> None:
        """Hands the rows over as they are read, then the headers and footers."""
        for kind, data in package.records(part):
            if kind == _ROW:
                self._end_row()
                self._row = u32(data) + 1
                self._row_hidden = len(data) > 11 and bool(data[11] & 0x10)
                self._column = -1
            elif kind in _LONG or kind == _RICH:
                self._column = u32(data)
                self._cell(kind, data, 8)
            elif kind in _SHORT:
                self._column += 1
                self._cell(_LONG_OF_SHORT[kind], data, 4)
            elif kind == _COLUMNS:
                if len(data) > 16 and data[16] & 1:
                    self._hidden_columns.append((u32(data), u32(data, 4)))
            elif kind == _HEADERS:
                self._head(data)
        self._end_row()
        self._blocks.close()
        self._heads.close()

    def _cell(self, kind: int, data: bytes, at: int) -> None:
        style = str(int.from_bytes(data[at - 4 : at - 1], "little"))
        text = " ".join(self._shown(kind, data, at, style).split())
        if not text:
            return
        hidden_column = any(low <= self._column <= high for low, high in self._hidden_columns)
        if self._hidden or self._row_hidden or hidden_column:
            self._unseen.add(len(self._cells))
        self._cells.append(text)

    def _shown(self, kind: int, data: bytes, at: int, style: str) -> str:
        if kind == 2:
            return self._number(rk(u32(data, at)), style)
        if kind in (5, 9):
            return self._number(double(data, at), style)
        if kind in (6, 8):
            return string(data, at)[0]
        if kind == _RICH:
            return string(data, at + 1)[0]
        if kind == 7:
            index = u32(data, at)
            return self._strings[index] if index < len(self._strings) else ""
        return self._constant(kind, data[at : at + 1])

    def _constant(self, kind: int, value: bytes) -> str:
        if not value:
            return ""
        if kind in (4, 10):
            return "TRUE" if value[0] else "FALSE"
        return _ERRORS.get(value[0], "#ERROR") if kind in (3, 11) else ""

    def _number(self, value: float, style: str) -> str:
        if not math.isfinite(value):
            return ""
        text = str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
        return self._formats.shown(text, style)

    def _end_row(self) -> None:
        if self._cells:
            self._blocks.row(self._row, self._cells, frozenset(self._unseen))
        self._cells, self._unseen = [], set()

    def _head(self, data: bytes) -> None:
        at = 2
        for number in range(6):
            if at >= len(data):
                return
            text, at = string(data, at)
            self._heads.add(_CODES.sub(" ", text), "footer" if number % 2 else "header")
            self._heads.newline()


def comments(package: BinaryPackage, part: str, flow: Flow) -> None:
    """The comments of a sheet: "B2 Author: words"."""
    authors: list[str] = []
    head = ""
    for kind, data in package.records(part):
        if kind == 632:
            authors.append(string(data)[0])
        elif kind == 635:
            who = u32(data)
            row, column = u32(data, 4), u32(data, 12)
            name = authors[who] if who < len(authors) else ""
            head = f"{letters(column + 1) if column < 1 << 20 else ''}{row + 1} {name}".strip()
        elif kind == 637:
            flow.add(f"{head}: {string(data, 1)[0]}", "comment")
            flow.add("\n")
