"""The stream of an old workbook: what holds for all sheets, then the sheets one by one."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.olecodes import codec
from evidencebox.extract.xlsformat import ERRORS, BinaryFormats
from evidencebox.extract.xlsrecords import Strings, records, shared_strings, wide
from evidencebox.extract.xlssheet import SheetReader

_STARTS: Final = {0x0009: 2, 0x0209: 3, 0x0409: 4, 0x0809: 5}
_END: Final = 0x000A
_GLOBALS, _CHART, _MODULE = 0x0005, 0x0020, 0x0006
_DRAWINGS: Final = 0x00EB
_BEAT: Final = 0x3FFF


class LockedError(Exception):
    """The stream is enciphered; `how` is the record that says how."""

    def __init__(self, how: bytes) -> None:
        super().__init__()
        self.how = how


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as the workbook lists it; `at` is where its records start."""

    name: str
    hidden: bool
    at: int


class Book:
    """Takes the records of the stream in their order and hands over each sheet at its end.

    `user` is who saved it last; `drawings` and `bitmaps` hold its pictures.
    """

    def __init__(self, job: Job, data: bytes) -> None:
        self._job = job
        self._data = data
        self._strings = Strings(8)
        self._formats = BinaryFormats()
        self._shared: list[str] = []
        self.sheets: list[Sheet] = []
        self._places: dict[int, Sheet] = {}
        self.user = ""
        self.drawings = bytearray()
        self.bitmaps: list[bytes] = []
        self._open: list[int] = []
        self._reader: SheetReader | None = None
        self._chart: Flow | None = None
        self._name = ""
        self._read = 0
        self._others = Flow(job, "values from other workbooks")

    def read(self) -> None:
        for number, (kind, at, parts) in enumerate(records(self._data)):
            if kind in _STARTS:
                self._begin(kind, at, parts[0])
            elif not self._open:
                continue
            elif kind == _END:
                self._finish()
            elif self._open[-1] == _GLOBALS:
                self._globals(kind, parts)
            else:
                self._inside(kind, parts)
            if number & _BEAT == 0:
                self._job.beat()
        if self._open:
            self._job.gap("broken", "The workbook is cut off or damaged.")
        while self._open:
            self._finish()
        self._others.close()
        self._missing()

    def _missing(self) -> None:
        if not self._read:
            self._job.gap("broken", "No sheet of the workbook could be found.")
        if self._read < len(self.sheets):
            missing = len(self.sheets) - self._read
            self._job.gap("broken_part", f"{missing} of the workbook's sheets could not be found.")

    def _begin(self, kind: int, at: int, data: bytes) -> None:
        listed = self._places.get(at)
        while self._open and listed:
            self._finish()
        what = struct.unpack_from("<H", data, 2)[0] if len(data) >= 4 else 0x10
        if not self._open and not self._read and not self.sheets:
            version = _STARTS[kind]
            if version == 5 and data[:2] == b"\x00\x06":
                version = 8
            self._strings.version = version
        if self._open and what == _CHART:
            self._open.append(_CHART)
            return
        while self._open:
            self._finish()
        self._open.append(what)
        if what not in (_GLOBALS, 0x0100):
            self._new_sheet(listed, what)

    def _new_sheet(self, listed: Sheet | None, what: int) -> None:
        self._read += 1
        number = self._read
        if listed is None and number <= len(self.sheets):
            listed = self.sheets[number - 1]
        sheet = listed or Sheet(f"sheet {number}", False, 0)
        self._name = sheet.name
        if what != _MODULE:
            self._reader = SheetReader(
                self._job, sheet.name, sheet.hidden, self._strings, self._shared, self._formats
            )

    def _finish(self) -> None:
        """The end of a sheet, or of a chart in one."""
        self._open.pop()
        if self._open:
            return
        if self._reader:
            self._reader.close()
            self._reader = None
        if self._chart:
            self._chart.close()
            self._chart = None

    def _globals(self, kind: int, parts: list[bytes]) -> None:
        data = parts[0]
        if kind == 0x002F:
            raise LockedError(data)
        if kind == 0x0042 and len(data) >= 2:
            self._strings.codec = codec(struct.unpack_from("<H", data)[0])
        elif kind == 0x0085:
            self._listed(data)
        elif kind == 0x00FC:
            self._shared += shared_strings(parts)
        elif kind == 0x005C:
            wide_ = self._strings.version >= 8
            self.user = self._strings.long(data, 0) if wide_ else self._strings.short(data, 0)
        else:
            self._looks(kind, parts)

    def _looks(self, kind: int, parts: list[bytes]) -> None:
        """Formats, pictures, and values that were read from other workbooks."""
        data = parts[0]
        if kind in (0x041E, 0x001E):
            self._formats.add_format(data, self._strings)
        elif kind in (0x00E0, 0x0243, 0x0443):
            self._formats.add_style(data, self._strings.version)
        elif kind == 0x0022:
            self._formats.from_1904 = data[:1] == b"\1"
        elif kind == _DRAWINGS:
            self.drawings += b"".join(parts)
        elif kind == 0x01AE and len(data) > 4:
            self._other_book(data)
        elif kind == 0x005A:
            self._other_values(b"".join(parts))

    def _listed(self, data: bytes) -> None:
        if len(data) >= 7:
            at, state = struct.unpack_from("<IB", data)
            name = self._strings.short(data, 6)
            sheet = Sheet(name or f"sheet {len(self.sheets) + 1}", state & 3 != 0, at)
            self.sheets.append(sheet)
            self._places[at] = sheet

    def _other_book(self, data: bytes) -> None:
        count = struct.unpack_from("<H", data, 2)[0]
        if count not in (0x0401, 0x3A01):
            path = wide(data, 4, count).lstrip("\x01\x02").translate(_PATH_SIGNS)
            self._others.add(f"{path}\n", "link")

    def _other_values(self, data: bytes) -> None:
        if len(data) < 4:
            return
        last, first = data[0], data[1]
        at = 4
        cells = []
        for _ in range(max(last - first + 1, 0)):
            if at + 3 > len(data):
                break
            text, at = _value(data, at)
            cells.append(text)
        self._others.add("\t".join(filter(None, cells)) + "\n")

    def _inside(self, kind: int, parts: list[bytes]) -> None:
        version = self._strings.version
        if version < 5 or kind in (0x0042,):
            self._globals_of_old(kind, parts)
        if kind == 0x007F:
            self.bitmaps.append(b"".join(parts))
        elif self._open[-1] == _CHART:
            self._charted(kind, parts[0])
        elif self._reader:
            self._reader.take(kind, parts)

    def _globals_of_old(self, kind: int, parts: list[bytes]) -> None:
        """Before BIFF 5 a file is one sheet, which holds everything."""
        if kind in (0x002F, 0x0042, 0x041E, 0x001E, 0x0243, 0x0443, 0x0022):
            self._globals(kind, parts)

    def _charted(self, kind: int, data: bytes) -> None:
        """The words of a chart, and the values it was drawn from."""
        text = ""
        if kind == 0x100D:
            text = self._strings.short(data, 2)
        elif kind == 0x0204:
            text = self._strings.long(data, 6)
        elif kind == 0x0203 and len(data) >= 14:
            text = self._formats.number(struct.unpack_from("<d", data, 6)[0], 0)
        elif kind in (0x0014, 0x0015, 0x01B6, 0x005D, 0x00EC) and self._reader:
            self._reader.take(kind, [data])
        if text.strip():
            self._chart = self._chart or Flow(self._job, f"{self._name} charts")
            self._chart.add(text + "\n")


_PATH_SIGNS: Final = {1: "", 2: "/", 3: "/", 4: "../", 5: "", 6: ""}


def _value(data: bytes, at: int) -> tuple[str, int]:
    """A value that was kept of another workbook's cell, and where the next one stands."""
    kind = data[at]
    if kind == 2:
        count, flags = struct.unpack_from("<HB", data, at + 1)
        return wide(data, at + 3, count), at + 4 + count * (2 if flags & 1 else 1)
    if kind == 1 and at + 9 <= len(data):
        return BinaryFormats().number(struct.unpack_from("<d", data, at + 1)[0], 0), at + 9
    if kind == 4:
        return ("TRUE" if data[at + 1] else "FALSE"), at + 9
    return (ERRORS.get(data[at + 1], "") if kind == 16 else ""), at + 9
