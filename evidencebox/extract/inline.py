"""What mailers put into a text: files in uuencode or yEnc, and paragraphs cut into lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evidencebox.extract import decode
from evidencebox.extract.transfer import uu_line

_UU: Final = re.compile(rb"begin [0-7]{3,4}(?: ([^\r\n]*))?\r?\n")
_Y: Final = re.compile(rb"=ybegin (?=[^\r\n]*line=)[^\r\n]*?(?:name=([^\r\n]*))?\r?\n")
_START: Final = re.compile(rb"^(?:begin [0-7]{3,4}[ \r\n]|=ybegin )", re.M)
_MINUS_42: Final = bytes((value - 42) & 255 for value in range(256))
_MINUS_106: Final = bytes((value - 106) & 255 for value in range(256))
_MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Inline:
    """A file that stood in a text."""

    name: str
    data: bytes


def taken_out(body: bytes) -> tuple[bytes, list[Inline]]:
    """The body without the encoded lines (their first and last stay), and the files they were."""
    found: list[Inline] = []
    kept: list[bytes] = []
    at = 0
    # looked for once: a start without an end would be searched for to the end each time
    last_end = body.rfind(b"\n=yend ")
    for match in _START.finditer(body):
        if match.start() < at or len(found) >= _MOST:
            continue
        yenc = body.startswith(b"=y", match.start())
        if yenc and match.start() > last_end:
            continue
        taken = (_yenc if yenc else _uu)(body, match.start())
        if taken:
            start, end, file = taken
            kept.append(body[at:start])
            found.append(file)
            at = end
    return b"".join([*kept, body[at:]]), found


def _uu(body: bytes, at: int) -> tuple[int, int, Inline] | None:
    """Where the encoded lines start and end, and the file; None where they are none."""
    head = _UU.match(body, at)
    if head is None:
        return None
    start = at = head.end()
    pieces: list[bytes] = []
    while at < len(body):
        end = body.find(b"\n", at)
        end = len(body) if end < 0 else end + 1
        line = body[at:end].rstrip(b"\r\n")
        data = None if line == b"end" else uu_line(line)
        if data is None:
            break
        pieces.append(data)
        at = end
    name = decode.text_of((head.group(1) or b"").strip())
    return (start, at, Inline(name, b"".join(pieces))) if any(pieces) else None


def _yenc(body: bytes, at: int) -> tuple[int, int, Inline] | None:
    head = _Y.match(body, at)
    end = body.find(b"\n=yend ", at)
    if head is None or end < 0:
        return None
    start = head.end()
    if body.startswith(b"=ypart ", start):
        start = body.find(b"\n", start) + 1
    if start > end:
        return None
    data = b"".join(_unescaped(body[start:end].replace(b"\r", b"").replace(b"\n", b"")))
    name = decode.text_of((head.group(1) or b"").strip())
    return start, end + 1, Inline(name, data)


def _unescaped(data: bytes) -> Iterator[bytes]:
    first, *rest = data.split(b"=")
    yield first.translate(_MINUS_42)
    for piece in rest:
        yield piece[:1].translate(_MINUS_106)
        yield piece[1:].translate(_MINUS_42)


def joined(text: str, *, delete_space: bool) -> str:
    """Paragraphs of `format=flowed` made whole: a line that ends in a space goes on in the next
    of the same depth of quoting."""
    lines: list[str] = []
    open_at = -1
    for raw in text.split("\n"):
        line = raw.rstrip("\r")
        depth = len(line) - len(line.lstrip(">"))
        said = line[depth:].removeprefix(" ")
        signature = said == "-- "
        flows = said.endswith(" ") and not signature
        if open_at == depth and not signature:
            lines[-1] += said
        else:
            lines.append(f"{'>' * depth} {said}" if depth else said)
        open_at = depth if flows else -1
        if flows and delete_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)
