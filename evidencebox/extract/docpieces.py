"""The piece table: where each stretch of a Word file's text stands, and what marks it there."""

from __future__ import annotations

import codecs
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from evidencebox.extract.docfib import Fib
from evidencebox.extract.olecodes import decoded

T = TypeVar("T")
FILLER: Final = "\ufdd0"
"""Stands where the second byte of a character was, so that positions stay what the file counts."""
_MAX_CUTS: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """`start` to `end` in characters; `at` in bytes of the stream, `width` bytes each."""

    start: int
    end: int
    at: int
    width: int
    changes: bytes = b""


@dataclass(frozen=True, slots=True)
class Run(Generic[T]):
    """A stretch with something to say of it."""

    start: int
    end: int
    value: T


def pieces(fib: Fib, clx: bytes) -> list[Piece]:
    """All pieces in the order of the text; without a table the text stands in one."""
    table, changes = _parts(clx)
    found = list(_listed(fib, table, changes)) if table else []
    if found:
        return found
    total = sum(fib.lengths)
    width = 2 if fib.wide and fib.flags & 0x1000 and fib.last - fib.first >= 2 * total else 1
    return [Piece(0, total, fib.first, width)] if total else []


def _parts(clx: bytes) -> tuple[bytes, list[bytes]]:
    """The table itself, and the changes that a fast save appended and pieces refer to."""
    changes: list[bytes] = []
    at = 0
    while at + 3 <= len(clx):
        if clx[at] == 2:
            size = struct.unpack_from("<I", clx, at + 1)[0] if at + 5 <= len(clx) else 0
            return clx[at + 5 : at + 5 + size], changes
        if clx[at] != 1:
            break
        size = struct.unpack_from("<H", clx, at + 1)[0]
        changes.append(clx[at + 3 : at + 3 + size])
        at += 3 + size
    return b"", changes


def _listed(fib: Fib, table: bytes, changes: list[bytes]) -> Iterator[Piece]:
    count = (len(table) - 4) // 12
    if count < 1:
        return
    starts = struct.unpack_from(f"<{count + 1}I", table)
    for index in range(count):
        at, change = struct.unpack_from("<IH", table, 4 * (count + 1) + 8 * index + 2)
        start, end = starts[index], starts[index + 1]
        if end <= start:
            continue
        width = 1
        if fib.wide:
            width = 1 if at & 0x4000_0000 else 2
            at = (at & 0x3FFF_FFFF) // 2 if width == 1 else at & 0x3FFF_FFFF
        yield Piece(start, end, at, width, _change(change, changes, fib.wide))


def _change(number: int, changes: list[bytes], wide: bool) -> bytes:
    """The property changes of a whole piece, as a list of them."""
    if number & 1:
        return changes[number >> 1] if number >> 1 < len(changes) else b""
    code, value = number >> 1 & 0x7F, number >> 8
    if not code:
        return b""
    if not wide:
        return bytes((code, value))
    full = {0x41: 0x0800, 0x42: 0x0801, 0x43: 0x0802, 0x5C: 0x083C}.get(code)
    return struct.pack("<HB", full, value) if full else b""


def text_of(data: bytes, all_pieces: list[Piece], codec: str) -> tuple[str, list[Piece], bool]:
    """The whole text; the pieces as far as they could be had; whether nothing was missing.

    Pieces never share bytes in an honest file, so text longer than the stream is cut off.
    """
    parts: list[str] = []
    kept: list[Piece] = []
    left = len(data)
    whole = True
    length = 0
    for piece in all_pieces:
        size = (piece.end - piece.start) * piece.width
        raw = data[piece.at : piece.at + min(size, left)]
        left -= len(raw)
        whole = whole and len(raw) == size
        text = _wide(raw) if piece.width == 2 else _narrow(raw, codec)
        if text:
            parts.append(text)
            kept.append(replace(piece, start=length, end=length + len(text)))
            length += len(text)
    return "".join(parts), kept, whole


def _wide(raw: bytes) -> str:
    raw = raw[: len(raw) // 2 * 2]
    text = raw.decode("utf-16-le", "replace")
    if len(text) * 2 != len(raw):
        # one character of text for each unit, so that positions hold; `joined` mends the pairs
        text = "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))
    return text


def _narrow(raw: bytes, codec: str) -> str:
    text = decoded(raw, codec)
    if len(text) == len(raw):
        return text
    decoder = codecs.getincrementaldecoder(codec)("replace")
    return "".join((decoder.decode(raw[i : i + 1]) or FILLER)[:1] for i in range(len(raw)))


def joined(text: str) -> str:
    """Text without fillers, and with its surrogates as the characters they stand for."""
    if text.isascii():
        return text
    return (
        text.replace(FILLER, "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    )


def spread(all_pieces: list[Piece], runs: list[Run[T]]) -> list[Run[T]]:
    """Runs by bytes of the stream become runs by characters of the text."""
    runs = sorted(runs, key=lambda run: run.start)
    starts = [run.start for run in runs]
    found: list[Run[T]] = []
    for piece in all_pieces:
        end = piece.at + (piece.end - piece.start) * piece.width
        index = max(bisect_right(starts, piece.at) - 1, 0)
        while index < len(runs) and runs[index].start < end and len(found) < _MAX_CUTS:
            run = runs[index]
            low, high = max(run.start, piece.at), min(run.end, end)
            if low < high:
                first = piece.start + (low - piece.at) // piece.width
                last = piece.start - (-(high - piece.at) // piece.width)
                found.append(Run(first, last, run.value))
            index += 1
    return found
