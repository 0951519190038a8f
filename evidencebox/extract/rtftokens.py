"""RTF as tokens: braces, control words, bytes of text, binary runs. Accepts anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import Final

_TOKEN: Final = re.compile(
    rb"([\r\n]+)"
    rb"|([^\\{}\r\n]+)"
    rb"|(\{)"
    rb"|(\})"
    rb"|\\'([0-9A-Fa-f]{2})"
    rb"|\\([A-Za-z]{1,64})(-?[0-9]{1,10})? ?"
    rb"|\\([^A-Za-z])"
    rb"|(\\)",
    re.S,
)


class T(IntEnum):
    """What a token is."""

    TEXT = 0
    OPEN = 1
    CLOSE = 2
    HEX = 3
    WORD = 4
    SYMBOL = 5
    BINARY = 6


Token = tuple[T, bytes, int | None, int]
"""What it is; the text's bytes or the word's name; the word's parameter if any; where it ends."""
_KINDS: Final = {2: T.TEXT, 3: T.OPEN, 4: T.CLOSE, 6: T.WORD, 8: T.SYMBOL}


def tokens(data: bytes, start: int = 0) -> Iterator[Token]:
    """All tokens from an offset; line ends between them are not text."""
    match = _TOKEN.match
    at = start
    while found := match(data, at):
        at = found.end()
        group = found.lastindex
        if group in (6, 7):
            number = int(found.group(7)) if group == 7 else None
            if found.group(6) == b"bin":
                size = max(number or 0, 0)
                yield (T.BINARY, data[at : at + size], size, at + size)
                at = min(at + size, len(data))
            else:
                yield (T.WORD, found.group(6), number, at)
        elif group == 5:
            yield (T.HEX, bytes((int(found.group(5), 16),)), None, at)
        elif group in _KINDS:
            yield (_KINDS[group], found.group(group), None, at)
