"""Length-prefixed frames: how this process and its workers speak. Never pickle.

A frame is one byte of type, four bytes of length (big-endian), then the payload. The peer is taken
to be hostile: an unknown type, a length above the type's maximum or a stream that ends inside a
frame raises `ProtocolError` before more than the maximum has been read. What stands inside the
payloads is in `evidencebox.model.messages`.

One task, from the parent's side (extractor; then analyser):

    → REQUEST [DATA… END]                    ← BEGIN {PAGE TEXT* | META | NOTICE | BEAT
                                                | CHILD CHILD_DATA* (CHILD_END | CHILD_ABORT)
                                                | READ, answered by DATA
                                                | ASK, once, answered by PASSWORDS}* OUTCOME
    → REQUEST {ENTRY {PAGE TEXT*}*}* END     ← BEGIN {BEAT | SEGMENT}* (END | FAULT)

ASK says that the document turned out to be encrypted: no other is handed a password.

An extractor that is to draw a page (mode render) gets its orders first, and may READ and ASK as
above:

    → REQUEST ORDER [DATA… END]              ← BEGIN {BEAT | READ}* [PICTURE PIXELS*] OUTCOME

A worker says READY once, before anything else. BEGIN repeats the request's random token, so that
bytes left over from an earlier document are never taken for this one's. Whatever ends a worker
process ends its stream.

A worker that forks (READY says so) holds such a conversation on a stream of its own for each task,
which comes to it with FORK. On its first stream it is asked for nothing else but this:

    → FORK, with a descriptor, one task ahead    (the conversation with its child is held there)
    → REAP                                       ← EXIT: how the present task's child ended
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

PROTOCOL = 3
PIECE = 1 << 20
"""Longest stretch of raw bytes or text in one frame; longer ones are cut."""

_HEADER = struct.Struct(">BI")


class ProtocolError(Exception):
    """The other side broke the protocol. The text names the rule, never what was sent."""


class TruncatedError(ProtocolError):
    """The stream ended inside a frame: the other side is gone."""


class FrameType(IntEnum):
    """The first byte of a frame."""

    READY = ord("R")
    REQUEST = ord("Q")
    BEGIN = ord("G")
    DATA = ord("D")
    END = ord("E")
    READ = ord("A")
    PAGE = ord("P")
    TEXT = ord("T")
    META = ord("M")
    NOTICE = ord("N")
    CHILD = ord("C")
    CHILD_DATA = ord("c")
    CHILD_END = ord("e")
    CHILD_ABORT = ord("a")
    BEAT = ord("B")
    OUTCOME = ord("O")
    ENTRY = ord("I")
    SEGMENT = ord("S")
    FAULT = ord("F")
    FORK = ord("K")
    REAP = ord("W")
    EXIT = ord("X")
    ORDER = ord("V")
    PICTURE = ord("J")
    PIXELS = ord("Y")
    ASK = ord("U")
    PASSWORDS = ord("Z")


MAXIMUM: dict[FrameType, int] = {
    FrameType.READY: 4096,
    FrameType.REQUEST: 256 << 10,
    FrameType.BEGIN: 16,
    FrameType.DATA: PIECE,
    FrameType.END: 0,
    FrameType.READ: 12,
    FrameType.PAGE: 4 * PIECE,
    FrameType.TEXT: PIECE,
    FrameType.META: 512 << 10,
    FrameType.NOTICE: 64 << 10,
    FrameType.CHILD: 256 << 10,
    FrameType.CHILD_DATA: PIECE,
    FrameType.CHILD_END: 0,
    FrameType.CHILD_ABORT: 0,
    FrameType.BEAT: 0,
    FrameType.OUTCOME: 64 << 10,
    FrameType.ENTRY: 16 * PIECE,
    FrameType.SEGMENT: PIECE,
    FrameType.FAULT: 4096,
    FrameType.FORK: 0,
    FrameType.REAP: 0,
    FrameType.EXIT: 4,
    FrameType.ORDER: 256 << 10,
    FrameType.PICTURE: PIECE,
    FrameType.PIXELS: PIECE,
    FrameType.ASK: 0,
    FrameType.PASSWORDS: 32 * PIECE,
}
"""Longest payload by type, in bytes."""

_TYPES = {int(kind): (kind, MAXIMUM[kind]) for kind in FrameType}


class Frame(NamedTuple):
    """A type and its payload, as read."""

    kind: FrameType
    payload: bytes


def encode(kind: FrameType, payload: bytes = b"") -> bytes:
    """One frame as bytes. Raises ValueError where the payload is over the type's maximum."""
    if len(payload) > MAXIMUM[kind]:
        raise ValueError(f"a {kind.name} frame of {len(payload)} bytes")
    return _HEADER.pack(kind, len(payload)) + payload


def read_frame(read: Callable[[int], bytes]) -> Frame | None:
    """The next frame, or None where the stream ends between two frames.

    `read(n)` gives exactly n bytes, or fewer at the end of the stream (as io.BufferedReader does).
    """
    header = read(_HEADER.size)
    if not header:
        return None
    if len(header) < _HEADER.size:
        raise TruncatedError("the stream ended inside a frame's header")
    code, length = _HEADER.unpack(header)
    known = _TYPES.get(code)
    if known is None:
        raise ProtocolError(f"unknown frame type {code}")
    kind, maximum = known
    if length > maximum:
        raise ProtocolError(f"a {kind.name} frame of {length} bytes, more than {maximum}")
    payload = read(length) if length else b""
    if len(payload) < length:
        raise TruncatedError(f"the stream ended inside a {kind.name} frame")
    return Frame(kind, payload)
