"""Formatting that is evidence: revisions, hidden text, rows' ends, page breaks, pictures."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from evidencebox.extract.docfib import CHAR_PAGES, PARAGRAPH_PAGES, Fib
from evidencebox.extract.docpieces import Piece, Run, spread

_PAGE: Final = 512

# operand sizes of Word 6's property changes for characters; 0 is "its first byte says"
_OLD_SIZES: Final = {
    65: 1, 66: 1, 67: 1, 68: 0, 69: 2, 70: 4, 71: 1, 72: 2, 73: 3, 74: 0, 75: 1, 80: 2, 81: 0,
    82: 0, 85: 1, 86: 1, 87: 1, 88: 1, 89: 1, 90: 1, 91: 1, 92: 1, 93: 2, 94: 1, 95: 3, 96: 2,
    97: 2, 98: 1, 99: 2, 100: 1, 101: 2, 102: 1, 103: 0, 104: 1, 105: 0, 106: 0, 107: 2, 108: 0,
    109: 2, 110: 2, 117: 1, 118: 1,
    2: 2, 3: 0, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 1, 11: 1, 12: 0, 13: 1, 14: 1, 15: 0,
    16: 2, 17: 2, 18: 2, 19: 2, 20: 4, 21: 2, 22: 2, 23: 0, 24: 1, 25: 1, 26: 2, 27: 2, 28: 2,
    131: 1, 132: 1, 136: 3, 137: 3, 138: 1, 139: 1, 140: 2, 141: 2, 142: 1, 143: 1,
    29: 1, 37: 1, 38: 2, 39: 2, 40: 2, 41: 2, 42: 2, 43: 2, 44: 1,
}  # fmt: skip
_NEW_SIZES: Final = (1, 1, 2, 4, 2, 2, 0, 3)
# Word 6's numbers by those of Word 97
_SAME: Final = {
    65: 0x0800, 66: 0x0801, 92: 0x083C, 69: 0x4804, 70: 0x6805, 68: 0x6A03, 71: 0x0806,
    75: 0x080A, 74: 0x6A09, 118: 0x0856, 117: 0x0855, 24: 0x2416, 25: 0x2417, 9: 0x2407,
    142: 0x3009,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What is said of a stretch of characters. `author` and `date` are of the revision."""

    deleted: bool = False
    inserted: bool = False
    hidden: bool = False
    author: int = 0
    date: int = 0
    picture: int = -1
    symbol: str = ""
    is_data: bool = False

    @property
    def plain(self) -> bool:
        seen = self.deleted or self.inserted or self.hidden or bool(self.symbol)
        return not seen and (self.picture < 0 or self.is_data)


def changes(grpprl: bytes, wide: bool) -> Iterator[tuple[int, bytes]]:
    """(property by its Word 97 number, operand), until what is not known."""
    at = 0
    while at < len(grpprl):
        if wide:
            if at + 2 > len(grpprl):
                return
            code = struct.unpack_from("<H", grpprl, at)[0]
            size = _new_size(code, grpprl, at + 2)
            at += 2
        else:
            code = grpprl[at]
            at += 1
            if code == 83:
                continue
            if code not in _OLD_SIZES:
                return
            size = _OLD_SIZES[code] or (grpprl[at] + 1 if at < len(grpprl) else 1)
        yield (code if wide else _SAME.get(code, 0)), grpprl[at : at + size]
        at += size


def _new_size(code: int, grpprl: bytes, at: int) -> int:
    size = _NEW_SIZES[code >> 13]
    if size:
        return size
    if code == 0xD608:
        return int(struct.unpack_from("<H", grpprl, at)[0]) + 1 if at + 2 <= len(grpprl) else 2
    return grpprl[at] + 1 if at < len(grpprl) else 1


def look(grpprl: bytes, wide: bool, base: Look) -> Look:
    """`base` with the changes of one list."""
    found = base
    for code, operand in changes(grpprl, wide):
        found = _changed(found, code, operand, wide)
    return found


def _changed(old: Look, code: int, operand: bytes, wide: bool) -> Look:
    on = operand[:1] not in (b"\0", b"")
    if code == 0x0800:
        return replace(old, deleted=on)
    if code == 0x0801:
        return replace(old, inserted=on)
    if code == 0x083C:
        return replace(old, hidden=on and operand[0] != 128)
    if code in (0x4804, 0x4863) and len(operand) == 2:
        return replace(old, author=struct.unpack("<H", operand)[0])
    if code in (0x6805, 0x6864) and len(operand) == 4:
        return replace(old, date=struct.unpack("<I", operand)[0])
    if code == 0x6A03 and len(operand) >= 4:
        return replace(old, picture=struct.unpack("<I", operand[-4:])[0])
    if code in (0x0806, 0x080A, 0x0856):
        return replace(old, is_data=old.is_data or on)
    if code == 0x6A09:
        return replace(old, symbol=_symbol(operand, wide))
    return old


def _symbol(operand: bytes, wide: bool) -> str:
    """The character of a symbol; that of a symbol font is a picture, not a letter."""
    number = struct.unpack("<H", operand[2:4])[0] if wide and len(operand) >= 4 else 0
    return chr(number) if 0x20 <= number < 0xD800 or 0xF900 <= number < 0xFFFE else " "


def looks(fib: Fib, table: bytes, pieces: list[Piece]) -> list[Run[Look]]:
    """The runs of characters that are more than plain, in the order of the text."""
    runs = []
    plain = Look()
    for start, end, grpprl in _pages(fib, table, CHAR_PAGES):
        found = look(grpprl, fib.wide, plain)
        if not found.plain:
            runs.append(Run(start, end, found))
    return _with_changes(spread(pieces, runs), pieces, fib.wide)


def _with_changes(runs: list[Run[Look]], pieces: list[Piece], wide: bool) -> list[Run[Look]]:
    """Adds what a fast save changed for whole pieces."""
    changed = [piece for piece in pieces if piece.changes]
    if not changed:
        return runs
    out: list[Run[Look]] = []
    index = 0
    for piece in pieces:
        while index < len(runs) and runs[index].end <= piece.start:
            index += 1
        at = piece.start
        while index < len(runs) and runs[index].start < piece.end:
            run = runs[index]
            _gap(out, at, run.start, piece, wide)
            out.append(Run(run.start, run.end, look(piece.changes, wide, run.value)))
            at = run.end
            index += 1
        _gap(out, at, piece.end, piece, wide)
    return out


def _gap(out: list[Run[Look]], start: int, end: int, piece: Piece, wide: bool) -> None:
    if piece.changes and start < end:
        found = look(piece.changes, wide, Look())
        if not found.plain:
            out.append(Run(start, end, found))


def paragraphs(fib: Fib, table: bytes, pieces: list[Piece]) -> list[Run[str]]:
    """The paragraphs that are a row's end (`row`) or start a page (`page`)."""
    runs = []
    for start, end, papx in _pages(fib, table, PARAGRAPH_PAGES):
        says = ""
        for code, operand in changes(papx[2:], fib.wide):
            on = operand[:1] not in (b"\0", b"")
            if on and code in (0x2417, 0x244C):
                says = "row"
            elif on and code == 0x2407 and not says:
                says = "page"
        if says:
            runs.append(Run(start, end, says))
    return spread(pieces, runs)


def _pages(fib: Fib, table: bytes, which: int) -> Iterator[tuple[int, int, bytes]]:
    """(start, end, property list) of every formatted run, in bytes of the stream."""
    seen = set()
    for number in _numbers(fib, table, which):
        page = fib.data[number * _PAGE : (number + 1) * _PAGE]
        if number in seen or len(page) < _PAGE:
            continue
        seen.add(number)
        yield from _runs(page, which, fib.wide)


def _numbers(fib: Fib, table: bytes, which: int) -> list[int]:
    start, size = fib.place(which)
    plc = table[start : start + size]
    width = 4 if fib.wide else 2
    count = max((len(plc) - 4) // (4 + width), 0)
    form = f"<{count}{'I' if fib.wide else 'H'}"
    numbers = list(struct.unpack_from(form, plc, 4 * (count + 1))) if count else []
    if fib.wide:
        return [number & 0x3F_FFFF for number in numbers]
    # a full save of Word 6 may list the first page only; the others follow it
    at = 0x18A if which == CHAR_PAGES else 0x18C
    first, known = fib.word(at), fib.word(at + 4)
    if first and known > len(numbers):
        numbers += [first + index for index in range(known) if first + index not in numbers]
    return numbers


def _runs(page: bytes, which: int, wide: bool) -> Iterator[tuple[int, int, bytes]]:
    count = page[-1]
    entry = 1 if which == CHAR_PAGES else 13 if wide else 7
    if 4 * (count + 1) + entry * count > _PAGE - 1:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for index in range(count):
        at = 2 * page[4 * (count + 1) + entry * index]
        if not at or at >= _PAGE - 1:
            continue
        size = page[at]
        if which == PARAGRAPH_PAGES:
            if size:
                size = 2 * size - 1 if wide else 2 * size
            else:
                at += 1
                size = 2 * page[at]
        yield bounds[index], bounds[index + 1], page[at + 1 : at + 1 + size]


def moment(packed: int) -> str:
    """A date and time of Word in 32 bits, to the minute; '' for none."""
    minute, hour, day = packed & 0x3F, packed >> 6 & 0x1F, packed >> 11 & 0x1F
    month, year = packed >> 16 & 0xF, 1900 + (packed >> 20 & 0x1FF)
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60):
        return ""
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"
