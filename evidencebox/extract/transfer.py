"""Transfer encodings of mail undone, piece by piece, with the faults that real mailers make."""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Iterator
from typing import Final

from evidencebox.extract.headers import b64

_LONGEST_LINE: Final = 1 << 22
_FOREIGN: Final = re.compile(rb"[^A-Za-z0-9+/=]")
_PROSE: Final = re.compile(rb"^.*[^A-Za-z0-9+/=\s].*$", re.M)


def undone(encoding: str, raw: Iterator[bytes]) -> Iterator[bytes]:
    """The bytes that an encoding (in lower case) stands for; as they are where it is none."""
    if encoding == "base64":
        return _base64(raw)
    if encoding == "quoted-printable":
        return _by_lines(raw, binascii.a2b_qp)
    if encoding in ("x-uuencode", "uuencode", "x-uue"):
        return _by_lines(raw, _uu)
    return raw


def _base64(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Some mailers pad every line; others write prose after the padding, which is dropped."""
    rest = b""
    padded = False
    for piece in pieces:
        before, mark, after = (b"", b"", piece) if padded else piece.partition(b"=")
        padded = padded or bool(mark)
        runs = _FOREIGN.sub(b"", rest + before + mark + _PROSE.sub(b"", after))
        *closed, rest = re.split(rb"=+", runs)
        for run in closed:
            yield b64(run)
        whole = len(rest) // 4 * 4
        yield b64(rest[:whole])
        rest = rest[whole:]
    yield b64(rest)


def _by_lines(pieces: Iterator[bytes], undo: Callable[[bytes], bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        rest += piece
        cut = rest.rfind(b"\n") + 1
        if cut:
            yield undo(rest[:cut])
            rest = rest[cut:]
        elif len(rest) > _LONGEST_LINE:
            yield undo(rest)
            rest = b""
    yield undo(rest)


def _uu(data: bytes) -> bytes:
    """Lines that are none are passed over; spaces lost at the end of one are put back."""
    lines = (line for line in data.splitlines() if line and not line.startswith(b"begin "))
    whole = (line.ljust(1 + (((line[0] - 32) & 63) + 2) // 3 * 4) for line in lines)
    return b"".join(uu_line(line) or b"" for line in whole)


def uu_line(line: bytes) -> bytes | None:
    """One line decoded; None where it is not one. A line of no bytes is."""
    if not line or not 32 <= line[0] <= 96:
        return None
    length = (line[0] - 32) & 63
    if length == 0:
        return b"" if len(line) <= 2 else None
    need = 1 + (length * 4 + 2) // 3
    if not need - 3 <= len(line) <= need + 6:
        return None
    try:
        # trailing spaces are lost on the way, and some encoders add a check character
        return binascii.a2b_uu(line[: 1 + (length + 2) // 3 * 4].ljust(need))
    except binascii.Error:
        return None
