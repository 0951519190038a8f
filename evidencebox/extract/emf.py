"""EMF and WMF: drawings made of records, some of which draw text."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job
from evidencebox.extract.placed import Placed

_LARGEST: Final = 64 << 20
_EMF_HEADER, _EOF, _COMMENT = 1, 14, 70
_TEXT_A, _TEXT_W, _SMALL = 83, 84, 108
_GLYPHS, _NO_RECT, _NARROW = 0x10, 0x100, 0x200
_PLUS: Final = b"EMF+"
_DRAW_STRING: Final = 0x401C
_TEXT_OUT, _EXT_TEXT_OUT, _FONT, _SELECT, _DELETE = 0x0521, 0x0A32, 0x02FB, 0x012D, 0x01F0
_OTHER_OBJECTS: Final = (0x02FA, 0x02FC, 0x06FF, 0x00F7, 0x0142, 0x01F9)
_PLACEABLE: Final = b"\xd7\xcd\xc6\x9a"
_CODECS: Final = {
    128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
_MOST_RECORDS: Final = 2_000_000
_LINE: Final = 10.0
"""A height of letters where the drawing's own is not looked up."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    text: str
    x: float
    y: float
    end: float | None = None


def read_emf(job: Job) -> None:
    data = _data(job)
    _describe(job, data)
    drawn = list(_emf(job, data))
    _page(job, drawn or [_Drawn(text, 0, _LINE * at) for at, text in enumerate(_plus(data))])


def read_wmf(job: Job) -> None:
    _page(job, list(_wmf(job, _data(job))))


def _data(job: Job) -> bytes:
    if job.size > _LARGEST:
        job.gap("size", f"Only the first {_LARGEST >> 20} MiB of the drawing were read.")
    job.source.seek(0)
    return job.source.read(_LARGEST)


def _page(job: Job, drawn: list[_Drawn]) -> None:
    flow = Flow(job)
    placed = Placed(flow)
    for one in drawn:
        placed.add(one.text.replace("\0", ""), one.x, one.y, one.end, _LINE)
    placed.close()
    flow.close()


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and whole bytes of each EMF record."""
    at = 0
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8 or kind == _EOF:
            return
        yield kind, data[at : at + size]
        at += size


def _describe(job: Job, data: bytes) -> None:
    """The header names the program and the drawing, a zero between them."""
    if len(data) < 88:
        return
    count, at = struct.unpack_from("<II", data, 60)
    raw = data[at : at + 2 * min(count, 1_000)] if at >= 88 else b""
    parts = raw.decode("utf-16-le", "replace").split("\0")
    job.meta("application", parts[0])
    job.meta("title", parts[1] if len(parts) > 1 else "")


def _emf(job: Job, data: bytes) -> Iterator[_Drawn]:
    glyphs = False
    for number, (kind, record) in enumerate(_records(data)):
        if number % 10_000 == 0:
            job.beat()
        if kind in (_TEXT_A, _TEXT_W) and len(record) >= 76:
            x, y, count, at, options = struct.unpack_from("<iiIII", record, 36)
            (spread,) = struct.unpack_from("<I", record, 72)
            if options & _GLYPHS:
                glyphs = True
                continue
            wide = kind == _TEXT_W
            text = _decoded(record[at : at + count * (2 if wide else 1)], wide)
            yield _Drawn(text, x, y, _end(record, x, spread, count))
        elif kind == _SMALL and len(record) >= 36:
            x, y, count, options = struct.unpack_from("<iiII", record, 8)
            at = 36 if options & _NO_RECT else 52
            narrow = bool(options & _NARROW)
            yield _Drawn(_decoded(record[at : at + count * (1 if narrow else 2)], not narrow), x, y)
    if glyphs:
        job.gap("glyphs", "Some text of the drawing is stored as shapes of letters only.")


def _decoded(data: bytes, wide: bool) -> str:
    return data.decode("utf-16-le" if wide else "cp1252", "replace")


def _end(record: bytes, x: int, at: int, count: int) -> float | None:
    """Where the text ends, by the distances between its letters."""
    if not at or count > 100_000 or at + 4 * count > len(record):
        return None
    return float(x + sum(struct.unpack_from(f"<{count}i", record, at)))


def _plus(data: bytes) -> Iterator[str]:
    """Texts of EMF+ records, which lie in comments; asked only where EMF itself has none."""
    for kind, record in _records(data):
        if kind != _COMMENT or record[12:16] != _PLUS:
            continue
        at = 16
        while at + 12 <= len(record):
            number, _, size, _ = struct.unpack_from("<HHII", record, at)
            if size < 12:
                break
            if number == _DRAW_STRING and at + 40 <= len(record):
                (count,) = struct.unpack_from("<I", record, at + 20)
                yield record[at + 40 : at + min(size, 40 + 2 * count)].decode(
                    "utf-16-le", "replace"
                )
            at += size


class _Objects:
    """The table of a WMF's drawing objects; of fonts the encoding matters."""

    def __init__(self) -> None:
        self._slots: dict[int, str] = {}
        self.codec = "cp1252"

    def follow(self, function: int, body: bytes) -> None:
        if function == _FONT or function in _OTHER_OBJECTS:
            free = next(at for at in range(len(self._slots) + 1) if at not in self._slots)
            charset = body[13] if function == _FONT and len(body) > 13 else -1
            font = _CODECS.get(charset, "cp1252") if function == _FONT else ""
            self._slots[free] = font
        elif function in (_SELECT, _DELETE) and len(body) >= 2:
            at = int.from_bytes(body[:2], "little")
            if function == _DELETE:
                self._slots.pop(at, None)
            elif self._slots.get(at):
                self.codec = self._slots[at]


def _wmf(job: Job, data: bytes) -> Iterator[_Drawn]:
    at = (22 if data.startswith(_PLACEABLE) else 0) + 18
    objects = _Objects()
    for number in range(_MOST_RECORDS):
        if at + 6 > len(data):
            return
        size, function = struct.unpack_from("<IH", data, at)
        if size < 3 or function == 0:
            return
        if number % 10_000 == 0:
            job.beat()
        body = data[at + 6 : at + 2 * size]
        objects.follow(function, body)
        if function == _TEXT_OUT and len(body) >= 6:
            yield from _text_out(body, objects.codec)
        elif function == _EXT_TEXT_OUT and len(body) >= 8:
            yield from _ext_text_out(body, objects.codec)
        at += 2 * size


def _text_out(body: bytes, codec: str) -> Iterator[_Drawn]:
    (count,) = struct.unpack_from("<H", body)
    end = 2 + count + (count & 1)
    if end + 4 <= len(body):
        y, x = struct.unpack_from("<hh", body, end)
        yield _Drawn(body[2 : 2 + count].decode(codec, "replace"), x, y)


def _ext_text_out(body: bytes, codec: str) -> Iterator[_Drawn]:
    y, x, count, options = struct.unpack_from("<hhHH", body)
    start = 16 if options & 6 else 8
    after = start + count + (count & 1)
    end = None
    if count and after + 2 * count <= len(body):
        end = x + sum(struct.unpack_from(f"<{count}h", body, after))
    if not options & _GLYPHS:
        yield _Drawn(body[start : start + count].decode(codec, "replace"), x, y, end)
