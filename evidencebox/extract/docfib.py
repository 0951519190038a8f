"""The head of a Word file: its version, how long each story is, and where its tables stand."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from evidencebox.extract.olecodes import codec, codec_of_language

WORD_97: Final = 0xA5EC
WORD_6: Final = (0xA5DC, 0xA59C, 0xA697, 0xA698, 0xA699)

# the order of the stories in the text, and of their lengths in the head
MAIN, FOOTNOTES, HEADERS, MACROS, COMMENTS, ENDNOTES, BOXES, HEADER_BOXES = range(8)

# numbers of tables; Word 6 and 97 share them
NOTE_REFS, NOTE_TEXTS, COMMENT_REFS, COMMENT_TEXTS, SECTIONS = 2, 3, 4, 5, 6
HEADER_TEXTS, CHAR_PAGES, PARAGRAPH_PAGES, FONTS, PIECES = 11, 12, 13, 15, 33
COMMENT_AUTHORS, END_REFS, END_TEXTS, DRAWINGS, REVISERS = 36, 46, 47, 50, 51
COMMENT_TIMES = 112

_FIRST_TABLES: Final = 92

_CHARSETS: Final = {
    77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
    177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fib:
    """`lengths` are those of the eight stories, in characters."""

    data: bytes
    wide: bool
    flags: int
    language: int
    charset: int
    first: int
    last: int
    lengths: tuple[int, ...]

    @property
    def encrypted(self) -> bool:
        return bool(self.flags & 0x0100)

    @property
    def fast_saved(self) -> bool:
        return bool(self.flags & 0x0004)

    @property
    def table(self) -> str:
        """The stream with the tables; '' where they stand in the main one."""
        if not self.wide:
            return ""
        return "1Table" if self.flags & 0x0200 else "0Table"

    def place(self, number: int) -> tuple[int, int]:
        """Where a table stands and how long it is; (0, 0) if there is none."""
        if self.wide:
            at = 154 + 8 * number
            # Word 2002 added tables that older heads have no room for
            if number >= self.word(0x98) and number > _FIRST_TABLES:
                return 0, 0
        elif number < 38:
            at = 0x58 + 8 * number
        else:
            at = 0x1B2 + 8 * (number - 42)
        if at + 8 > len(self.data):
            return 0, 0
        start, size = struct.unpack_from("<II", self.data, at)
        return (start, size) if size else (0, 0)

    def word(self, at: int) -> int:
        return int(struct.unpack_from("<H", self.data, at)[0]) if at + 2 <= len(self.data) else 0


def head(data: bytes) -> Fib | None:
    """The head of a WordDocument stream; None where it is no Word file of 6 or later."""
    if len(data) < 0x1B2:
        return None
    mark, _, _, language = struct.unpack_from("<4H", data)
    if mark != WORD_97 and mark not in WORD_6:
        return None
    flags = struct.unpack_from("<H", data, 10)[0]
    charset = struct.unpack_from("<H", data, 0x14)[0]
    wide = mark == WORD_97
    first, last = struct.unpack_from("<II", data, 0x18)
    lengths = struct.unpack_from("<8i", data, 0x4C if wide else 0x34)
    return Fib(data, wide, flags, language, charset, first, last, tuple(max(n, 0) for n in lengths))


def eight_bit(fib: Fib, fonts: bytes) -> str:
    """The codec of eight-bit text. In Word 97 it is always Windows Western."""
    if fib.wide:
        return "cp1252"
    if fib.charset == 256:
        return "mac_roman"
    by_language = codec_of_language(fib.language)
    return by_language if by_language != "cp1252" else _by_font(fonts)


def _by_font(fonts: bytes) -> str:
    """What the first font that is not Western is made for."""
    at = 2
    while at + 5 < len(fonts):
        page = _CHARSETS.get(fonts[at + 4])
        if page and page != 10000:
            return codec(page)
        at += fonts[at] + 1
    return "cp1252"
