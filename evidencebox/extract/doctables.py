"""Small tables of a Word file: lists of names, and where notes and comments begin."""

from __future__ import annotations

import struct
from typing import Final

from evidencebox.extract.docfib import COMMENT_AUTHORS, COMMENT_REFS, COMMENT_TIMES, SECTIONS, Fib
from evidencebox.extract.docprops import changes, moment
from evidencebox.extract.olecodes import decoded

_MOST: Final = 100_000
_MOST_SECTIONS: Final = 10_000
_LONGEST_SECTION: Final = 1_024


def bounds(fib: Fib, table: bytes, number: int) -> list[int]:
    """The positions in a table that holds nothing else."""
    start, size = fib.place(number)
    plc = table[start : start + size]
    return list(struct.unpack_from(f"<{len(plc) // 4}I", plc))


def rising(cuts: list[int], most: int) -> list[int]:
    """The positions that an honest table holds: each after the one before, none past the end."""
    found: list[int] = []
    for cut in cuts:
        if cut <= most and (not found or cut >= found[-1]):
            found.append(cut)
    return found


def flowing(fib: Fib, table: bytes) -> frozenset[int]:
    """The last characters of sections after which the next one goes on upon the same page."""
    start, size = fib.place(SECTIONS)
    plc = table[start : start + size]
    count = min(max((len(plc) - 4) // 16, 0), _MOST_SECTIONS)
    found = set()
    for index in range(1, count):
        at = struct.unpack_from("<I", plc, 4 * (count + 1) + 12 * index + 2)[0]
        if at + 2 > len(fib.data):
            continue
        length = min(struct.unpack_from("<H", fib.data, at)[0], _LONGEST_SECTION)
        for code, operand in changes(fib.data[at + 2 : at + 2 + length], fib.wide):
            if code == 0x3009 and operand[:1] == b"\0":
                found.add(struct.unpack_from("<I", plc, 4 * index)[0] - 1)
    return frozenset(found)


def names(fib: Fib, table: bytes, number: int, codec: str) -> tuple[str, ...]:
    """A table of strings (STTB)."""
    start, size = fib.place(number)
    data = table[start : start + size]
    if len(data) < 4:
        return ()
    if data[:2] == b"\xff\xff":
        count, extra = struct.unpack_from("<HH", data, 2)
        return tuple(_wide(data, 6, count, extra))
    return tuple(_narrow(data, 2, codec))


def _wide(data: bytes, at: int, count: int, extra: int = 0) -> list[str]:
    found: list[str] = []
    while at + 2 <= len(data) and len(found) < min(count, _MOST):
        size = 2 * struct.unpack_from("<H", data, at)[0]
        found.append(data[at + 2 : at + 2 + size].decode("utf-16-le", "replace"))
        at += 2 + size + extra
    return found


def _narrow(data: bytes, at: int, codec: str) -> list[str]:
    found: list[str] = []
    while at < len(data) and len(found) < _MOST:
        found.append(decoded(data[at + 1 : at + 1 + data[at]], codec))
        at += 1 + data[at]
    return found


def commenters(fib: Fib, table: bytes, codec: str) -> list[str]:
    """Who wrote each comment and when: the name, or the initials where that is not kept."""
    start, size = fib.place(COMMENT_AUTHORS)
    data = table[start : start + size]
    authors = _wide(data, 0, _MOST) if fib.wide else _narrow(data, 0, codec)
    start, size = fib.place(COMMENT_REFS)
    refs = table[start : start + size]
    width = 30 if fib.wide else 20
    count = max((len(refs) - 4) // (4 + width), 0)
    found = []
    for index in range(count):
        entry = refs[4 * (count + 1) + width * index :][:width]
        number = struct.unpack_from("<H", entry, 20 if fib.wide else 10)[0]
        who = authors[number] if number < len(authors) else _initials(entry, fib, codec)
        found.append(f"{who} {_time(fib, table, index)}".strip())
    return found


def _time(fib: Fib, table: bytes, index: int) -> str:
    """When a comment was written; Word 97 and 2000 do not say."""
    start, size = fib.place(COMMENT_TIMES)
    at = start + 18 * index
    if not fib.wide or 18 * (index + 1) > size or at + 4 > len(table):
        return ""
    return moment(struct.unpack_from("<I", table, at)[0])


def _initials(entry: bytes, fib: Fib, codec: str) -> str:
    if fib.wide:
        size = min(struct.unpack_from("<H", entry)[0], 9)
        return entry[2 : 2 + 2 * size].decode("utf-16-le", "replace")
    return decoded(entry[1 : 1 + min(entry[0], 9)], codec)
