"""The pictures of a Word file: in its text, and in its drawings."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from evidencebox.extract.docfib import DRAWINGS, Fib
from evidencebox.extract.docpieces import Run
from evidencebox.extract.docprops import Look
from evidencebox.extract.oleart import (
    BARE_METAFILE,
    MOST,
    Picture,
    blip,
    delayed,
    metafile,
    pictures,
    records,
    words,
)

_SHAPES: Final = (0x64, 0x66)


def in_text(fib: Fib, data: bytes, looks: list[Run[Look]]) -> Iterator[Picture]:
    """Pictures that runs of the text point to; `data` is the Data stream of Word 97."""
    source = data if fib.wide else fib.data
    places = {run.value.picture for run in looks if not run.value.is_data}
    # pictures never share bytes in an honest file
    left = 2 * len(source)
    for place in sorted(place for place in places if place >= 0):
        if place + 14 > len(source) or left < 0:
            continue
        size, head, kind = struct.unpack_from("<IHH", source, place)
        left -= min(size, len(source))
        body = source[place + head : place + size]
        if kind in _SHAPES and fib.wide:
            skip = body[0] + 1 if kind == 0x66 and body else 0
            yield from pictures(body[skip:], MOST)
        elif kind not in _SHAPES and body.startswith(BARE_METAFILE):
            yield metafile(body)


def in_drawings(fib: Fib, table: bytes) -> Iterator[Picture]:
    """Pictures of shapes that float over the text."""
    drawing = _drawing(fib, table)
    yield from pictures(drawing, MOST)
    for place in delayed(drawing):
        record = next(records(fib.data, place), None)
        if record and (picture := blip(record, MOST)):
            yield picture


def said(fib: Fib, table: bytes) -> Iterator[str]:
    """The words of WordArt and the descriptions of pictures."""
    for _, text in words(_drawing(fib, table)):
        yield text


def _drawing(fib: Fib, table: bytes) -> bytes:
    """The drawings' tables without the bytes that tell one drawing from the next."""
    if not fib.wide:
        return b""
    start, size = fib.place(DRAWINGS)
    data = table[start : start + size]
    group = next(records(data), None)
    if group is None:
        return b""
    out = bytearray(data[: group.end])
    at = group.end
    while at + 9 <= len(data):
        record = next(records(data, at + 1), None)
        if record is None or record.end <= at:
            break
        out += data[at + 1 : record.end]
        at = record.end
    return bytes(out)
