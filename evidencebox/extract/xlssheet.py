"""One sheet of an old workbook: its rows as they are read, then what hangs on them."""

from __future__ import annotations

import struct
from typing import Final

from evidencebox.extract.blocks import Blocks
from evidencebox.extract.job import Job
from evidencebox.extract.xlsformat import ERRORS, BinaryFormats, rk
from evidencebox.extract.xlsobjects import Objects
from evidencebox.extract.xlsrecords import Strings

ROWS: Final = 200


class SheetReader:
    """Takes the records of one sheet. Cells stand in the order of rows in every honest file."""

    def __init__(
        self,
        job: Job,
        name: str,
        hidden: bool,
        strings: Strings,
        shared: list[str],
        formats: BinaryFormats,
    ) -> None:
        self._job = job
        self._name = name
        self._hidden = hidden
        self._blocks = Blocks(job, f"{name} (hidden)" if hidden else name, ROWS, title=name)
        self._strings = strings
        self._shared = shared
        self._formats = formats
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._row = -1
        self._cells: list[str] = []
        self._unseen: set[int] = set()
        self._waits: tuple[int, int] | None = None
        self._rows = 0
        self.objects = Objects(strings)
        self._old = 1 if strings.version == 2 else 0
        self._handlers = {
            0x0203: self._number, 0x0003: self._number, 0x027E: self._rk, 0x007E: self._rk,
            0x00BD: self._many_rk, 0x00FD: self._shared_label, 0x0204: self._label,
            0x0004: self._label, 0x00D6: self._label, 0x0205: self._flag, 0x0005: self._flag,
            0x0006: self._formula, 0x0206: self._formula, 0x0406: self._formula,
            0x0002: self._integer, 0x0208: self._row_look, 0x007D: self._columns,
        }  # fmt: skip

    def take(self, kind: int, parts: list[bytes]) -> None:
        """One record of the sheet; those that say nothing are passed over."""
        if handler := self._handlers.get(kind):
            try:
                handler(parts[0])
            except (struct.error, IndexError):
                self._job.gap("broken_record", "A record of the workbook is damaged.")
        elif kind in (0x0207, 0x0007):
            self._result(parts)
        else:
            self._beside(kind, parts)

    def _beside(self, kind: int, parts: list[bytes]) -> None:
        if kind == 0x001C:
            self.objects.note(parts)
        elif kind == 0x005D:
            self.objects.object(parts)
        elif kind == 0x01B6:
            self.objects.text(parts)
        elif kind in (0x0014, 0x0015):
            self.objects.head("header" if kind == 0x14 else "footer", parts[0])
        elif kind == 0x089C:
            self.objects.more_heads(parts[0])
        elif kind == 0x01B8:
            self.objects.link(b"".join(parts))
        elif kind == 0x00EC:
            self.objects.drawn += b"".join(parts)

    def close(self) -> None:
        self._end_row()
        self._blocks.close()
        self.objects.emit(self._job, self._name)

    def _place(self, data: bytes) -> tuple[int, int, int]:
        row, column, style = struct.unpack_from("<HHH", data)
        return row, column, style

    def _add(self, row: int, column: int, text: str) -> None:
        text = " ".join(text.split())
        if row != self._row:
            self._end_row()
            self._row = row
        if not text:
            return
        in_hidden = any(low <= column <= high for low, high in self._hidden_columns)
        if self._hidden or in_hidden or row in self._hidden_rows:
            self._unseen.add(len(self._cells))
        self._cells.append(text)

    def _end_row(self) -> None:
        if self._cells:
            self._blocks.row(self._row + 1, self._cells, frozenset(self._unseen))
            self._cells, self._unseen = [], set()
        self._rows += 1
        if self._rows & 0xFF == 0:
            self._job.beat()

    def _number(self, data: bytes) -> None:
        row, column, style = self._place(data)
        value = struct.unpack_from("<d", data, 6 + self._old)[0]
        self._add(row, column, self._shown(value, style))

    def _shown(self, value: float, style: int) -> str:
        return repr(value) if value != value or self._old else self._formats.number(value, style)

    def _integer(self, data: bytes) -> None:
        row, column, _ = self._place(data)
        self._add(row, column, str(struct.unpack_from("<H", data, 7)[0]))

    def _rk(self, data: bytes) -> None:
        row, column, style = self._place(data)
        value = rk(struct.unpack_from("<I", data, 6)[0])
        self._add(row, column, self._formats.number(value, style))

    def _many_rk(self, data: bytes) -> None:
        row, column = struct.unpack_from("<HH", data)
        for index in range((len(data) - 6) // 6):
            style, packed = struct.unpack_from("<HI", data, 4 + 6 * index)
            self._add(row, column + index, self._formats.number(rk(packed), style))

    def _shared_label(self, data: bytes) -> None:
        row, column, _ = self._place(data)
        number = struct.unpack_from("<I", data, 6)[0]
        self._add(row, column, self._shared[number] if number < len(self._shared) else "")

    def _label(self, data: bytes) -> None:
        row, column, _ = self._place(data)
        text = self._strings.short(data, 7) if self._old else self._strings.long(data, 6)
        self._add(row, column, text)

    def _flag(self, data: bytes) -> None:
        row, column, _ = self._place(data)
        value, is_error = data[6 + self._old], data[7 + self._old]
        text = ERRORS.get(value, "#ERROR") if is_error else ("TRUE" if value else "FALSE")
        self._add(row, column, text)

    def _formula(self, data: bytes) -> None:
        """The value that was last computed; a text follows in a record of its own."""
        row, column, style = self._place(data)
        at = 6 + self._old
        if data[at + 6 : at + 8] != b"\xff\xff":
            value = struct.unpack_from("<d", data, at)[0]
            self._add(row, column, self._shown(value, style))
        elif data[at] == 0:
            self._waits = (row, column)
        elif data[at] == 1:
            self._add(row, column, "TRUE" if data[at + 2] else "FALSE")
        elif data[at] == 2:
            self._add(row, column, ERRORS.get(data[at + 2], "#ERROR"))

    def _result(self, parts: list[bytes]) -> None:
        if self._waits:
            row, column = self._waits
            text = (
                self._strings.short(parts[0], 0) if self._old else self._strings.over_parts(parts)
            )
            self._add(row, column, text)
            self._waits = None

    def _row_look(self, data: bytes) -> None:
        row = struct.unpack_from("<H", data)[0]
        if len(data) >= 14 and struct.unpack_from("<H", data, 12)[0] & 0x20:
            self._hidden_rows.add(row)

    def _columns(self, data: bytes) -> None:
        first, last, _, _, flags = struct.unpack_from("<5H", data)
        if flags & 1 and len(self._hidden_columns) < 256:
            self._hidden_columns.append((first, last))
