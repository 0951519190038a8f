"""The parts of a message as byte ranges, found in one pass without recursion.

The standard library's parser recurses (3,000 nested messages overflow it), holds every part as a
string and gives embedded messages back re-written; a child's identity is its bytes, so they are
cut out here as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from evidencebox.extract.headers import Headers
from evidencebox.extract.transfer import undone

WINDOW: Final = 1 << 20
MAX_DEPTH: Final = 100
MAX_PARTS: Final = 200_000
_MAX_FIELDS: Final = 5_000
_FIELD: Final = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*([^\r\n]*)")
_LENGTH: Final = re.compile(rb"(\d{1,10})[ \t]*\r?\n(?=[A-Za-z])")
_DASHES: Final = re.compile(rb"^--([^\r\n]*)\r?$", re.M)
_CHUNK: Final = 1 << 18


@dataclass(slots=True)
class Part:
    """One entity: its headers, its body's bytes `start` to `end`, its place (`1.2`), its parent.

    The root's `outside` are the stretches before and after parts that no reader of mail shows.
    """

    headers: Headers
    start: int
    end: int
    number: str
    parent: Part | None
    default: str = "text/plain"
    children: list[Part] = field(default_factory=list)
    outside: list[tuple[int, int]] = field(default_factory=list)

    @property
    def media_type(self) -> str:
        return self.headers.media_type or self.default


@dataclass(frozen=True, slots=True)
class Delimiter:
    """A boundary line: from the line end before it to the start of the line after it."""

    start: int
    end: int
    boundary: bytes
    closing: bool


class Window:
    """A view of the source that reads a megabyte at a time."""

    def __init__(
        self, source: BinaryIO, size: int, beat: Callable[[], object] = lambda: None
    ) -> None:
        self._source = source
        self._beat = beat
        self.size = size
        self._base = 0
        self._data = b""

    def at(self, offset: int, least: int) -> bytes:
        """At least `least` bytes from `offset` on, fewer only at the end."""
        if not self._base <= offset <= offset + least <= self._base + len(self._data):
            self._source.seek(offset)
            self._data = self._source.read(WINDOW + least)
            self._base = offset
            self._beat()
        return self._data

    @property
    def base(self) -> int:
        return self._base


def read_headers(window: Window, start: int, limit: int) -> tuple[Headers, int]:
    """The header block at `start` and where the body begins. A field is cut at `limit` bytes."""
    fields: list[tuple[str, bytearray]] = []
    at = start
    while at < window.size:
        line, end = _line(window, at, limit)
        if not line.strip(b"\r\n"):
            at = end
            break
        if line[:1] in b" \t" and fields:
            if len(fields[-1][1]) < limit:
                fields[-1][1].extend(line.rstrip(b"\r\n"))
        elif match := _FIELD.match(line):
            if len(fields) < _MAX_FIELDS:
                name = match.group(1).decode("latin-1").lower()
                fields.append((name, bytearray(match.group(2))))
        elif at == start and line.startswith((b"From ", b">From ")):
            pass
        elif not line.startswith(b"--") and _is_field(_line(window, end, limit)[0]):
            fields.append(("", bytearray(line.rstrip(b"\r\n"))))
        else:
            break
        at = end
    return Headers(tuple((name, bytes(value[:limit])) for name, value in fields)), at


def _is_field(line: bytes) -> bool:
    """Whether headers go on after a line that is none, rather than the body having begun."""
    return _FIELD.match(line) is not None and not line.startswith(b"http")


def _line(window: Window, at: int, limit: int) -> tuple[bytes, int]:
    """One line, cut at `limit`, and where the next begins."""
    data = window.at(at, min(limit, window.size - at))
    offset = at - window.base
    found = data.find(b"\n", offset)
    if found >= 0:
        return data[offset : min(found + 1, offset + limit)], window.base + found + 1
    line = data[offset : offset + limit]
    end = window.base + len(data)
    while end < window.size:
        data = window.at(end, 1)
        found = data.find(b"\n", end - window.base)
        if found >= 0:
            return line, window.base + found + 1
        end = window.base + len(data)
    return line, window.size


def scan(source: BinaryIO, size: int, limit: int, beat: Callable[[], object]) -> tuple[Part, str]:
    """The tree of parts, and '' or a sentence on what of it was left whole."""
    window = Window(source, size, beat)
    start, end = _envelope(window)
    tail = [(end, size)] if end < size else []
    window.size = size = end
    headers, body = read_headers(window, start, limit)
    root = Part(headers, body, size, "1", None)
    stack: list[tuple[bytes, Part]] = []
    _open(root, stack)
    around: list[tuple[Part, int, int]] = []
    at, current, count, flaw = body, root, 1, ""
    while stack and (found := _next(window, at, {boundary for boundary, _ in stack})):
        current.end = max(current.start, min(current.end, found.start))
        if not current.number or current is stack[-1][1]:
            around.append((current, current.start, current.end))
        while stack[-1][0] != found.boundary:
            stack.pop()
        holder = stack[-1][1]
        at = found.end
        if found.closing:
            stack.pop()
            current = Part(Headers(()), at, size, "", None)
            continue
        if count >= MAX_PARTS:
            flaw = f"Only the first {MAX_PARTS:,} parts were read."
            break
        headers, at = read_headers(window, found.end, limit)
        current = _child(holder, headers, at, size)
        count += 1
        if len(stack) < MAX_DEPTH:
            _open(current, stack)
        elif current.media_type.startswith("multipart/"):
            flaw = f"Parts nested deeper than {MAX_DEPTH} were left whole."
        if count % 64 == 0:
            beat()
    if not current.number:
        around.append((current, current.start, size))
    # the start of a multipart in which no part was found is its body, and is read as such
    root.outside = [(start, end) for part, start, end in around if part.children or not part.number]
    root.outside += tail
    return root, flaw


def _envelope(window: Window) -> tuple[int, int]:
    """Where the message starts and ends. Apple Mail writes its length first and a list of its own
    behind it; elsewhere only blank lines and a byte-order mark may stand before it."""
    start = _first_header(window)
    line = _LENGTH.match(window.at(start, min(64, window.size - start)), start - window.base)
    if line is None:
        return start, window.size
    start = window.base + line.end()
    return start, min(start + int(line.group(1)), window.size)


def _first_header(window: Window) -> int:
    """Past a byte-order mark and blank lines, which careless exports put first."""
    head = window.at(0, min(4_096, window.size))
    at = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    while head[at : at + 1] in (b"\r", b"\n"):
        at += 1
    return at


def _child(holder: Part, headers: Headers, at: int, size: int) -> Part:
    number = f"{holder.number}.{len(holder.children) + 1}"
    digest = holder.media_type == "multipart/digest"
    part = Part(headers, at, size, number, holder, "message/rfc822" if digest else "text/plain")
    holder.children.append(part)
    return part


def _open(part: Part, stack: list[tuple[bytes, Part]]) -> None:
    if part.media_type.startswith("multipart/"):
        boundary = part.headers.parameters("content-type").get("boundary", "")
        if boundary:
            stack.append((boundary.encode("utf-8", "replace"), part))


def _next(window: Window, at: int, boundaries: set[bytes]) -> Delimiter | None:
    """The next line that is one of the boundaries."""
    while at < window.size:
        data = window.at(at, min(4_096, window.size - at))
        last = window.base + len(data) >= window.size
        for match in _DASHES.finditer(data, at - window.base):
            if not last and match.end() + 2 >= len(data):
                break
            if found := _which(match.group(1), boundaries):
                closing = match.group(1)[len(found) : len(found) + 2] == b"--"
                return _delimiter(window, data, match, found, closing)
        if last:
            return None
        # step back to the start of the last line, which may be cut in two
        cut = data.rfind(b"\n", max(len(data) - 2_048, at - window.base))
        following = window.base + (cut + 1 if cut >= 0 else len(data) - 1_024)
        at = max(following, at + 1)
        window.at(at, WINDOW)
    return None


def _which(line: bytes, boundaries: set[bytes]) -> bytes:
    """The boundary this line begins with (what follows white space or `--` is ignored), or b''."""
    if line in boundaries:
        return line
    fits = [
        boundary
        for boundary in boundaries
        if (line.startswith(boundary) and line[len(boundary) :][:1] in (b" ", b"\t"))
        or line.startswith(boundary + b"--")
    ]
    return max(fits, key=len, default=b"")


def _delimiter(
    window: Window, data: bytes, match: re.Match[bytes], boundary: bytes, closing: bool
) -> Delimiter:
    start, end = match.start(), match.end()
    if data[end : end + 1] == b"\n":
        end += 1
    if data[start - 1 : start] == b"\n":
        start -= 1
        if data[start - 1 : start] == b"\r":
            start -= 1
    return Delimiter(window.base + start, window.base + end, boundary, closing)


def body_bytes(source: BinaryIO, part: Part) -> Iterator[bytes]:
    """A part's body with its transfer encoding undone, piece by piece."""
    return undone(part.headers.encoding, _slices(source, part.start, part.end))


def _slices(source: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    while start < end:
        source.seek(start)
        piece = source.read(min(_CHUNK, end - start))
        if not piece:
            return
        start += len(piece)
        yield piece
