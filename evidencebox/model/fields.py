"""The fields of a frame's JSON object: checked one by one, for what comes may be hostile.

Lengths are code points. Checks raise `ProtocolError`, which never quotes what was sent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from evidencebox.model.frames import FrameType, ProtocolError, encode

NAME_MAX = 8192
WRONG = "a field of the wrong type or length"

_LONE = re.compile("[\ud800-\udfff]")
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_WORD = re.compile(r"[a-z][a-z0-9_]{0,63}")
_T = TypeVar("_T")


def _no_constant(name_field: str) -> NoReturn:
    raise ValueError("not a number")


_DECODER = json.JSONDecoder(parse_constant=_no_constant)
_ENCODER = json.JSONEncoder(separators=(",", ":"))


def json_bytes(value: object) -> bytes:
    """Compact JSON, in ASCII; `json.dumps` would make an encoder for each call."""
    return _ENCODER.encode(value).encode("ascii")


def json_object(payload: bytes, keys: frozenset[str]) -> dict[str, Any]:
    """A JSON object with exactly these keys. Their values are not checked yet."""
    try:
        value = _DECODER.decode(payload.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ProtocolError("a payload that is not JSON") from None
    if type(value) is not dict or value.keys() != keys:
        raise ProtocolError("a payload with the wrong fields")
    return value


def text_field(value: object, maximum: int) -> str:
    if type(value) is not str or len(value) > maximum or _LONE.search(value):
        raise ProtocolError(WRONG)
    return value


def name_field(value: object) -> str:
    """A name may carry bytes that are not UTF-8, as os.fsdecode escapes them: they are evidence."""
    if type(value) is not str or len(value) > NAME_MAX:
        raise ProtocolError(WRONG)
    text_field(_ESCAPED_BYTE.sub("", value), NAME_MAX)
    return value


def word_field(value: object) -> str:
    if type(value) is not str or not _WORD.fullmatch(value):
        raise ProtocolError(WRONG)
    return value


def int_field(value: object, low: int = 0, high: int = 1 << 62) -> int:
    if type(value) is not int or not low <= value <= high:
        raise ProtocolError(WRONG)
    return value


def one_of(kind: Callable[[str], _T], value: object) -> _T:
    try:
        return kind(text_field(value, 64))
    except ValueError:
        raise ProtocolError("a word that is not on the list") from None


def clean(text: str) -> str:
    """The text with every lone surrogate as U+FFFD, so that offsets still hold."""
    return text if text.isascii() else _LONE.sub("\ufffd", text)


def fit(text: str, maximum: int) -> str:
    return clean(text[:maximum])


def json_frame(kind: FrameType, value: dict[str, Any]) -> bytes:
    return encode(kind, json_bytes(value))
