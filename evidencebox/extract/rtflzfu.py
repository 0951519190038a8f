"""Compressed RTF as Outlook keeps it ("LZFu"), and its uncompressed form ("MELA")."""

from __future__ import annotations

import struct
from typing import Final

_PRIMER: Final = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW: Final = 4_096
_COMPRESSED: Final = 0x75465A4C
_PLAIN: Final = 0x414C454D


def decompress(data: bytes) -> bytes:
    """The RTF in a PR_RTF_COMPRESSED stream; what came before a break-off, where it breaks off.

    Raises ValueError if it does not start as one. At most 17 bytes come of every 2.
    """
    if len(data) < 16:
        raise ValueError("too short for compressed RTF")
    packed, raw, kind, _ = struct.unpack_from("<IIII", data)
    body = data[16 : packed + 4] if packed >= 12 else data[16:]
    if kind == _PLAIN:
        return body[:raw]
    if kind != _COMPRESSED:
        raise ValueError("not compressed RTF")
    return _inflate(body)[:raw]


def _inflate(body: bytes) -> bytes:
    """The output doubles as the dictionary: the window is its last 4,096 bytes."""
    out = bytearray(_PRIMER)
    at = 0
    while at < len(body):
        control = body[at]
        at += 1
        for bit in range(8):
            if at >= len(body):
                break
            if not control >> bit & 1:
                out.append(body[at])
                at += 1
                continue
            if at + 1 >= len(body) or not _copy(out, body[at] << 8 | body[at + 1]):
                return bytes(out[len(_PRIMER) :])
            at += 2
    return bytes(out[len(_PRIMER) :])


def _copy(out: bytearray, reference: int) -> bool:
    """Repeats what the reference points to; False where it is the end mark."""
    offset, length = reference >> 4, (reference & 0xF) + 2
    write = len(out) % _WINDOW
    if offset == write:
        return False
    back = (write - offset) % _WINDOW
    start = len(out) - back
    for position in range(start, start + length):
        # before the primer the window holds zeros
        out.append(out[position] if position >= 0 else 0)
    return True
