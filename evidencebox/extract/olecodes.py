"""Code pages by the numbers that old Office files give them, and strings in them."""

from __future__ import annotations

import codecs
from datetime import datetime, timedelta
from typing import Final

_ODD: Final = {
    0: "cp1252", 1200: "utf-16-le", 1201: "utf-16-be", 65001: "utf-8", 10000: "mac_roman",
    10001: "cp932", 10006: "mac_greek", 10007: "mac_cyrillic", 10029: "mac_latin2",
    10081: "mac_turkish", 0x8000: "mac_roman", 0x8001: "cp1252", 936: "gb18030", 1361: "johab",
    20866: "koi8_r", 28591: "cp1252", 20127: "cp1252",
}  # fmt: skip
_BY_LANGUAGE: Final = {
    0x01: "cp1256", 0x04: "gb18030", 0x05: "cp1250", 0x08: "cp1253", 0x0D: "cp1255",
    0x0E: "cp1250", 0x11: "cp932", 0x12: "cp949", 0x15: "cp1250", 0x18: "cp1250",
    0x19: "cp1251", 0x1A: "cp1250", 0x1B: "cp1250", 0x1C: "cp1250", 0x1E: "cp874",
    0x1F: "cp1254", 0x22: "cp1251", 0x23: "cp1251", 0x24: "cp1250", 0x25: "cp1257",
    0x26: "cp1257", 0x27: "cp1257", 0x29: "cp1256", 0x2A: "cp1258", 0x2F: "cp1251",
}  # fmt: skip
_FILETIME_ZERO: Final = datetime(1601, 1, 1)


def codec(page: int) -> str:
    """The codec of a code page's number; cp1252 where it is not known."""
    name = _ODD.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def codec_of_language(language: int) -> str:
    """The Windows code page of a language id."""
    if language in (0x0404, 0x0C04, 0x1404):
        return "cp950"
    return _BY_LANGUAGE.get(language & 0xFF, "cp1252")


def decoded(data: bytes, name: str) -> str:
    """Text in one of the codecs above. Never raises."""
    if name == "cp1252":
        # what the code page leaves undefined is the control character of that number
        return data.decode(name, "evidencebox.c1")
    return data.decode(name, "replace")


def filetime(ticks: int) -> str:
    """A Windows time, tenths of microseconds since 1601, as ISO; '' for none and for durations."""
    if ticks < 0x0100_0000_0000_0000 >> 3:
        return ""
    try:
        moment = _FILETIME_ZERO + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment.year >= 1900 else ""
