"""What a worker and its parent say of tasks, inside frames: small JSON objects or raw bytes.

What an extractor finds stands in `extracted`.

Encoders are used by the side that may be trusted with its own values and make them fit (lone
surrogates become U+FFFD, over-long labels are cut). Decoders trust nothing and raise
`ProtocolError`. Lengths are code points unless they say bytes.
"""

from __future__ import annotations

import dataclasses
import functools
import struct
from collections.abc import Sequence
from typing import Any

from evidencebox.model.extraction import Hint, Limits
from evidencebox.model.fields import (
    NAME_MAX,
    WRONG,
    fit,
    int_field,
    json_frame,
    json_object,
    text_field,
    word_field,
)
from evidencebox.model.frames import PIECE, FrameType, ProtocolError, encode
from evidencebox.model.passwords import KnownPassword

TOKEN_BYTES = 16

_READ = struct.Struct(">QI")
_STATUS = struct.Struct(">i")


@dataclasses.dataclass(frozen=True, slots=True)
class Ready:
    """What a worker says of itself at start. `tier` names its sandbox; `error` why it cannot work.

    `forks`: it makes a child for each task, which speaks on a stream of its own.
    No document has been seen yet, so `error` may be shown and logged.
    """

    protocol: int
    role: str
    tier: str
    error: str = ""
    forks: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """One task. `mode` is extract, ocr or invert; `source` says how a document's bytes come.

    `page`, from 1, is the one to be recognised.

    descriptor: a read-only file descriptor travels with the frame. stream: DATA frames follow, then
    END. ask: the worker sends READ and is answered with DATA.
    """

    token: bytes
    mode: str
    source: str
    hint: Hint
    limits: Limits
    page: int = 0


def ready_frame(ready: Ready) -> bytes:
    """READY."""
    return json_frame(
        FrameType.READY,
        {
            "protocol": ready.protocol,
            "role": ready.role,
            "tier": ready.tier,
            "error": fit(ready.error, 500),
            "forks": int(ready.forks),
        },
    )


def read_ready(payload: bytes) -> Ready:
    """READY."""
    value = json_object(payload, frozenset({"protocol", "role", "tier", "error", "forks"}))
    return Ready(
        int_field(value["protocol"], 0, 1000),
        word_field(value["role"]),
        word_field(value["tier"]),
        text_field(value["error"], 500),
        int_field(value["forks"], 0, 1) == 1,
    )


def exit_frame(status: int) -> bytes:
    """EXIT: a child's exit code; negative the signal that ended it."""
    return encode(FrameType.EXIT, _STATUS.pack(status))


def read_exit(payload: bytes) -> int:
    """EXIT."""
    if len(payload) != _STATUS.size:
        raise ProtocolError(WRONG)
    status: int = _STATUS.unpack(payload)[0]
    return status


@functools.lru_cache(maxsize=16)
def _limits(limits: Limits) -> dict[str, Any]:
    """A run has one or two sets of limits and a million requests."""
    return dataclasses.asdict(limits)


def request_frame(request: Request) -> bytes:
    """REQUEST."""
    hint = request.hint
    return json_frame(
        FrameType.REQUEST,
        {
            "token": request.token.hex(),
            "mode": request.mode,
            "source": request.source,
            "hint": {
                "name": hint.name[:NAME_MAX],
                "media_type": fit(hint.media_type, 255),
                "size": hint.size,
                "depth": hint.depth,
            },
            "limits": _limits(request.limits),
            "page": request.page,
        },
    )


def read_request(payload: bytes) -> Request:
    """REQUEST. The worker's own parent is trusted; this checks for mistakes, not for malice."""
    value = json_object(payload, frozenset({"token", "mode", "source", "hint", "limits", "page"}))
    try:
        return Request(
            bytes.fromhex(value["token"]),
            word_field(value["mode"]),
            word_field(value["source"]),
            Hint(**value["hint"]),
            Limits(**value["limits"]),
            int_field(value["page"], 0, 1 << 31),
        )
    except (TypeError, ValueError):
        raise ProtocolError("a request with the wrong fields") from None


def read_frame_at(offset: int, length: int) -> bytes:
    """READ: `length` bytes (at most PIECE) of the source, from `offset`."""
    return encode(FrameType.READ, _READ.pack(offset, length))


def read_read(payload: bytes) -> tuple[int, int]:
    """READ: offset and length, in bytes."""
    if len(payload) != _READ.size:
        raise ProtocolError(WRONG)
    offset, length = _READ.unpack(payload)
    return int_field(offset), int_field(length, 1, PIECE)


def passwords_frame(known: Sequence[KnownPassword]) -> bytes:
    """PASSWORDS: what the case knows, in the order in which to try."""
    return json_frame(FrameType.PASSWORDS, {"known": [[each.id, each.text] for each in known]})


def read_passwords(payload: bytes) -> list[KnownPassword]:
    """PASSWORDS. The worker's own parent is trusted; this checks for mistakes, not for malice."""
    pairs = json_object(payload, frozenset({"known"}))["known"]
    try:
        return [KnownPassword(word_field(id_), str(text)) for id_, text in pairs]
    except (TypeError, ValueError):
        raise ProtocolError(WRONG) from None
