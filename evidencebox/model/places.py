"""Where recognised words stand on a page: what a worker says of them, and how they are kept.

Places are fractions of the upright page, in 65,535ths of its width and height, so that they hold at
any size it is drawn in. They belong to one text: kept with its length and checksum, they are given
for no other.
"""

from __future__ import annotations

import itertools
import struct
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from evidencebox.model.documents import Span
from evidencebox.model.fields import WRONG
from evidencebox.model.frames import ProtocolError

WHOLE: Final = 65_535
"""A page's width, and its height."""
WORD: Final = "word"
"""The kind of a span that is a word with a place."""
_HEAD: Final = struct.Struct("<BII")
_FORM: Final = 1
_COLUMNS: Final = "IIHHHHB"


@dataclass(frozen=True, slots=True)
class WordPlace:
    """A word's stretch of the text, in code points; its box, in `WHOLE`ths of the upright page; and
    how sure the engine is of it, of 100."""

    start: int
    end: int
    left: int
    top: int
    right: int
    bottom: int
    confidence: int

    def span(self) -> Span:
        """As a worker says it."""
        said = (self.left, self.top, self.right, self.bottom, self.confidence)
        return Span(self.start, self.end, WORD, " ".join(map(str, said)))


def read_places(spans: Iterable[Span]) -> tuple[list[WordPlace], list[Span]]:
    """The words among what a worker says of a page, and all else that it says.

    Raises ProtocolError where a label is no place, or the words are in no order.
    """
    places, others = list[WordPlace](), list[Span]()
    for span in spans:
        if span.kind != WORD:
            others.append(span)
            continue
        place = WordPlace(span.start, span.end, *_numbers(span.label))
        if place.left > place.right or place.top > place.bottom or place.confidence > 100:
            raise ProtocolError(WRONG)
        if places and place.start < places[-1].end:
            raise ProtocolError("words in no order")
        places.append(place)
    return places, others


def _numbers(label: str) -> list[int]:
    parts = label.split(" ")
    if len(parts) != 5 or not all(0 < len(p) < 6 and p.isascii() and p.isdecimal() for p in parts):
        raise ProtocolError(WRONG)
    numbers = [int(part) for part in parts]
    if max(numbers) > WHOLE:
        raise ProtocolError(WRONG)
    return numbers


def pack(places: Sequence[WordPlace], text: str) -> bytes:
    """The words of `text`, in order: some eight bytes each. Nothing for none."""
    if not places:
        return b""
    before = [0, *(place.end for place in places[:-1])]
    rows = (
        (p.start - b, p.end - p.start, *_corner(p), p.confidence)
        for p, b in zip(places, before, strict=True)
    )
    columns = zip(*rows, strict=True)
    # Like beside like deflates to half of what words one after the other do.
    parts = [array(form, column) for form, column in zip(_COLUMNS, columns, strict=True)]
    return _HEAD.pack(_FORM, *_face(text)) + zlib.compress(b"".join(map(_little, parts)), 9)


def unpack(packed: bytes, text: str) -> list[WordPlace]:
    """The words of `text`; none where they are another text's, or were never kept."""
    if not packed or _HEAD.unpack_from(packed) != (_FORM, *_face(text)):
        return []
    data = zlib.decompress(packed[_HEAD.size :])
    count = len(data) // sum(array(form).itemsize for form in _COLUMNS)
    columns: list[array[int]] = []
    at = 0
    for form in _COLUMNS:
        column = array(form)
        size = count * column.itemsize
        column.frombytes(data[at : at + size])
        columns.append(array(form, _little(column)))
        at += size
    gaps, lengths, left, top, wide, high, sure = columns
    ends = list(itertools.accumulate(gap + n for gap, n in zip(gaps, lengths, strict=True)))
    return [
        WordPlace(end - n, end, x, y, x + across, y + down, confidence)
        for end, n, x, y, across, down, confidence in zip(
            ends, lengths, left, top, wide, high, sure, strict=True
        )
    ]


def _corner(place: WordPlace) -> tuple[int, int, int, int]:
    """Left and top, width and height: words are about as high as their neighbours."""
    return place.left, place.top, place.right - place.left, place.bottom - place.top


def _face(text: str) -> tuple[int, int]:
    return len(text), zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _little(column: array[int]) -> bytes:
    """Its bytes in one order on every machine; the same again from those."""
    if struct.pack("=H", 1) != struct.pack("<H", 1):
        column = column[:]
        column.byteswap()
    return column.tobytes()
