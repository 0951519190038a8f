"""Outlook's properties, which MSG, TNEF and PST share: numbers for names, and typed values."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from evidencebox.extract import decode
from evidencebox.extract.headers import as_text

Value = str | int | float | bool | bytes | datetime
"""A property's value. Text whose code page is not known yet is bytes; see `Properties.text`."""

SUBJECT: Final = 0x0037
CLASS: Final = 0x001A
HEADERS: Final = 0x007D
BODY: Final = 0x1000
RTF: Final = 0x1009
HTML: Final = 0x1013
ATTACHED: Final = 0x3701
ATTACH_METHOD: Final = 0x3705
_CODE_PAGES: Final = (0x3FFD, 0x3FDE)
_STRING8, _UNICODE, _TIME, _GUID, _BINARY = 0x001E, 0x001F, 0x0040, 0x0048, 0x0102
_INTEGERS: Final = {0x0002: "<h", 0x0003: "<i", 0x000A: "<I", 0x0014: "<q", 0x0006: "<q"}
_FLOATS: Final = {0x0004: "<f", 0x0005: "<d", 0x0007: "<d"}
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)


class Properties:
    """The properties of one message, recipient or attachment, by number; named ones by theirs."""

    def __init__(self, code_page: str = "") -> None:
        self._values: dict[int, Value] = {}
        self._code_page = code_page
        self.named: dict[int | str, Value] = {}

    def put(self, number: int, value: Value | None) -> None:
        """The first value of a number stands; unreadable ones are not kept."""
        if value is not None:
            self._values.setdefault(number, value)

    def add(self, number: int, value: Value | None) -> None:
        """One more of several texts under one number: they are joined."""
        said, more = self.spell(self._values.get(number)), self.spell(value)
        if more:
            self._values[number] = f"{said}; {more}" if said else more

    def __contains__(self, number: int) -> bool:
        return number in self._values

    def value(self, number: int) -> Value | None:
        return self._values.get(number)

    @property
    def code_page(self) -> str:
        """The codec that narrow text is in, as the message says itself; '' if it does not."""
        for number in _CODE_PAGES:
            stated = self._values.get(number)
            if isinstance(stated, int) and (codec := codec_of(stated)):
                return codec
        return self._code_page

    def text(self, *numbers: int) -> str:
        """The first of these that is text with something in it, '' if none is."""
        for number in numbers:
            if said := self.spell(self._values.get(number)):
                return said
        return ""

    def spell(self, value: Value | None) -> str:
        """Text as such, narrow text decoded; '' for anything else."""
        if isinstance(value, bytes):
            value = narrow(value, self.code_page)
        return value.strip("\0") if isinstance(value, str) else ""

    def number(self, number: int) -> int | None:
        value = self._values.get(number)
        return value if isinstance(value, int) else None

    def data(self, number: int) -> bytes:
        """Bytes as they stand, b'' where there are none."""
        value = self._values.get(number)
        return value if isinstance(value, bytes) else b""

    def moment(self, *numbers: int) -> str:
        """The first of these times as ISO 8601 in UTC, '' if none is set."""
        for number in numbers:
            value = self._values.get(number)
            if isinstance(value, datetime):
                return utc(value)
        return ""

    def __iter__(self) -> Iterator[int]:
        return iter(self._values)


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def codec_of(code_page: int) -> str:
    """Python's codec for a Windows code page number, '' if it has none."""
    special = {65000: "utf-7", 65001: "utf-8", 20127: "cp1252", 1200: "utf-16-le", 936: "gb18030"}
    iso = f"iso-8859-{code_page - 28590}" if 28591 <= code_page <= 28605 else ""
    name = special.get(code_page) or iso or _OTHER.get(code_page) or f"cp{code_page}"
    return decode.known_codec(name)


_OTHER: Final = {
    20866: "koi8-r", 21866: "koi8-u", 50220: "iso-2022-jp", 50221: "iso-2022-jp",
    50222: "iso-2022-jp", 50225: "iso-2022-kr", 51932: "euc-jp", 51949: "euc-kr",
    52936: "hz", 54936: "gb18030", 10000: "mac_roman",
}  # fmt: skip


def narrow(data: bytes, code_page: str) -> str:
    """Narrow text: in its code page where that fits and the bytes are not UTF-8."""
    data = data.rstrip(b"\0")
    if data.isascii():
        return data.decode("ascii")
    try:
        # exporters write UTF-8 whatever the code page says; nothing else looks like it
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return as_text(data, code_page) if code_page else decode.text_of(data)


def value_of(kind: int, data: bytes) -> Value | None:
    """One value of a type from its bytes; None where they do not hold one."""
    if kind == _UNICODE:
        return data[: len(data) // 2 * 2].decode("utf-16-le", "replace").rstrip("\0")
    if kind in (_STRING8, _BINARY, 0x000D):
        return data
    try:
        return _fixed(kind, data)
    except (struct.error, OverflowError, ValueError):
        return None


def _fixed(kind: int, data: bytes) -> Value | None:
    if kind in _INTEGERS:
        return int(struct.unpack_from(_INTEGERS[kind], data)[0])
    if kind in _FLOATS:
        return float(struct.unpack_from(_FLOATS[kind], data)[0])
    if kind == 0x000B:
        return data[:1] != b"\0"
    if kind == _TIME:
        return filetime(struct.unpack_from("<Q", data)[0])
    if kind == _GUID:
        return str(uuid.UUID(bytes_le=data[:16]))
    return None


def filetime(ticks: int) -> datetime | None:
    """Tenths of a microsecond since 1601; None for unset and for years no mail is from."""
    if not 0 < ticks < 1 << 62:
        return None
    moment = _EPOCH + timedelta(microseconds=ticks // 10)
    return moment if 1970 <= moment.year <= 2200 else None
