"""Decompression, stream by stream: one face for zlib, bz2, lzma, Zstandard, Deflate64 and LZW."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

import inflate64
from backports.zstd import DecompressionParameter, ZstdDecompressor, ZstdError

from evidencebox.extract.archive import CHUNK, TooGreatError

MEMORY: Final = 1 << 30
"""Bytes a decoder's window may take; what asks for more is not unpacked."""
_WINDOW_LOG: Final = 30
_SMALL: Final = 1 << 12
_SHORT: Final = 512


class Decoder(Protocol):
    """What bz2, lzma and Zstandard have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class Inflate:
    """zlib with the same face."""

    def __init__(self, bits: int) -> None:
        """`bits` as zlib takes them: -15 raw, 15 zlib, 31 gzip."""
        self._inner = zlib.decompressobj(bits)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        out = self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
        self.needs_input = not self._inner.unconsumed_tail and len(out) < max_length
        return out


class Inflate64:
    """Deflate64 with the same face; it is fed so little at once that it cannot say too much."""

    def __init__(self) -> None:
        self._inner = inflate64.Inflater()
        self._waiting = b""
        self.unused_data = b""

    @property
    def eof(self) -> bool:
        return bool(self._inner.eof)

    @property
    def needs_input(self) -> bool:
        return not self._waiting

    def decompress(self, data: bytes, max_length: int) -> bytes:
        self._waiting += data
        now, self._waiting = self._waiting[:_SMALL], self._waiting[_SMALL:]
        out: bytes = self._inner.inflate(now)
        return out


def inflate() -> Decoder:
    return Inflate(-15)


def gunzip() -> Decoder:
    return Inflate(31)


def unzstd() -> Decoder:
    return ZstdDecompressor(options={DecompressionParameter.window_log_max: _WINDOW_LOG})


def unbz2() -> Decoder:
    return bz2.BZ2Decompressor()


def unxz() -> Decoder:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MEMORY)


def unlzma() -> Decoder:
    return lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=MEMORY)


def unpacked(packed: Iterable[bytes], decoder: Decoder) -> Iterator[bytes]:
    """One stream, to its end; `EOFError` if the packed bytes end first."""
    for data in packed:
        while True:
            piece = _step(decoder, data)
            if piece:
                yield piece
            if decoder.eof:
                return
            if decoder.needs_input:
                break
            data = b""
    raise EOFError


def _step(decoder: Decoder, data: bytes) -> bytes:
    try:
        return decoder.decompress(data, CHUNK)
    except (lzma.LZMAError, ZstdError, MemoryError) as error:
        if "memory" in str(error).lower() or isinstance(error, MemoryError):
            raise TooGreatError from error
        raise


def first(pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The first `size` bytes; `EOFError` if there are not so many."""
    for piece in pieces:
        if len(piece) >= size:
            if size:
                yield piece[:size]
            return
        size -= len(piece)
        yield piece
    if size:
        raise EOFError


def unlzw(packed: Iterable[bytes]) -> Iterator[bytes]:
    """What `compress` made (.Z), its three bytes of head included."""
    feed = _Bits(packed)
    flags = feed.head()
    most, clears = flags & 31, bool(flags & 128)
    if not 9 <= most <= 16:
        raise ValueError("bits of a code")
    table = _Table(257 if clears else 256)
    width = 9
    out = bytearray()
    while (code := feed.code(width)) is not None:
        if code == 256 and clears:
            feed.align(width)
            table = _Table(257)
            width = 9
            continue
        out += table.take(code, 1 << most)
        if table.size >= 1 << width and width < most:
            feed.align(width)
            width += 1
        if len(out) >= CHUNK:
            yield bytes(out)
            out.clear()
    yield bytes(out)


class _Table:
    """The strings behind the codes. Long ones as code and byte, or 65,536 of them take 2 GiB."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._short = {value: bytes([value]) for value in range(256)}
        self._long: dict[int, tuple[int, bytes]] = {}
        self._before: tuple[int, bytes] | None = None

    def take(self, code: int, most: int) -> bytes:
        """The string of a code; learns the next one from it."""
        if code in self._short or code in self._long:
            entry = self._string(code)
        elif code == self.size and self._before is not None:
            entry = self._before[1] + self._before[1][:1]
        else:
            raise ValueError("a code that is not there")
        if self._before is not None and self.size < most:
            self._learn(*self._before, entry[:1])
        self._before = (code, entry)
        return entry

    def _learn(self, code: int, string: bytes, more: bytes) -> None:
        if len(string) < _SHORT:
            self._short[self.size] = string + more
        else:
            self._long[self.size] = (code, more)
        self.size += 1

    def _string(self, code: int) -> bytes:
        tail = bytearray()
        while code in self._long:
            code, last = self._long[code]
            tail += last
        return self._short[code] + tail[::-1]


class _Bits:
    """Codes of a width that grows; at each change the rest of a group of eight codes is skipped."""

    def __init__(self, packed: Iterable[bytes]) -> None:
        self._packed = iter(packed)
        self._data = b""
        self._at = 0
        self._bits = 0
        self._held = 0
        self._taken = 0

    def head(self) -> int:
        data = b"".join(self._byte() for _ in range(3))
        if len(data) < 3:
            raise EOFError
        return data[2]

    def _byte(self) -> bytes:
        if self._at >= len(self._data):
            self._data, self._at = next(self._packed, b""), 0
        self._at += 1
        return self._data[self._at - 1 : self._at]

    def code(self, width: int) -> int | None:
        while self._held < width:
            byte = self._byte()
            if not byte:
                return None
            self._bits |= byte[0] << self._held
            self._held += 8
        code = self._bits & ((1 << width) - 1)
        self._bits >>= width
        self._held -= width
        self._taken += 1
        return code

    def align(self, width: int) -> None:
        while self._taken % 8 and self.code(width) is not None:
            pass
        self._taken = 0
