"""The coders of 7z: LZMA and its filters by the standard library, BCJ2 by us."""

from __future__ import annotations

import lzma
import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final

from evidencebox.extract import archivecoders as coders
from evidencebox.extract import sevenzipaes
from evidencebox.extract.archive import (
    CHUNK,
    LockedError,
    TooGreatError,
    UnreadableError,
    part,
)
from evidencebox.extract.sevenziphead import BadHeadError, Coder, Folder

_COPY, _LZMA2, _DELTA, _LZMA = b"\0", b"\x21", b"\x03", b"\x03\x01\x01"
_BCJ2: Final = b"\x03\x03\x01\x1b"
_FILTERS: Final = {
    b"\x04": lzma.FILTER_X86, b"\x03\x03\x01\x03": lzma.FILTER_X86,
    b"\x05": lzma.FILTER_POWERPC, b"\x03\x03\x02\x05": lzma.FILTER_POWERPC,
    b"\x06": lzma.FILTER_IA64, b"\x03\x03\x04\x01": lzma.FILTER_IA64,
    b"\x07": lzma.FILTER_ARM, b"\x03\x03\x05\x01": lzma.FILTER_ARM,
    b"\x08": lzma.FILTER_ARMTHUMB, b"\x03\x03\x07\x01": lzma.FILTER_ARMTHUMB,
    b"\x09": lzma.FILTER_SPARC, b"\x03\x03\x08\x05": lzma.FILTER_SPARC,
}  # fmt: skip
_STREAMS: Final[dict[bytes, Callable[[], coders.Decoder]]] = {
    b"\x04\x01\x08": coders.inflate,
    b"\x04\x01\x09": coders.Inflate64,
    b"\x04\x02\x02": coders.unbz2,
    b"\x04\xf7\x11\x01": coders.unzstd,
}
_MOST_DEEP: Final = 32


def locked(folder: Folder) -> bool:
    """Whether a password is wanted."""
    return any(coder.method == sevenzipaes.METHOD for coder in folder.coders)


def unpacked(
    folder: Folder,
    source: BinaryIO,
    places: list[tuple[int, int]],
    secret: sevenzipaes.Secret | None = None,
) -> Iterator[bytes]:
    """What a folder holds; `places` are the offset and size of each packed stream."""
    if secret is None and locked(folder):
        raise LockedError
    return _output(folder, folder.last, source, places, secret, 0)


def _output(
    folder: Folder,
    index: int,
    source: BinaryIO,
    places: list[tuple[int, int]],
    secret: sevenzipaes.Secret | None,
    deep: int,
) -> Iterator[bytes]:
    if deep > _MOST_DEEP or not 0 <= index < len(folder.coders):
        raise BadHeadError("coders")
    coder = folder.coders[index]
    start = sum(before.inputs for before in folder.coders[:index])
    inputs = []
    for number in range(start, start + coder.inputs):
        if number in folder.binds:
            inputs.append(_output(folder, folder.binds[number], source, places, secret, deep + 1))
        else:
            at, size = places[folder.packed.index(number)]
            inputs.append(part(source, at, size))
    size = folder.sizes[index]
    if coder.method == sevenzipaes.METHOD and len(inputs) == 1 and secret is not None:
        return coders.first(secret.plain(coder, inputs[0]), size)
    return coders.first(_decoded(coder, inputs, size), size)


def _decoded(coder: Coder, inputs: list[Iterator[bytes]], size: int) -> Iterator[bytes]:
    method = coder.method
    if method == _BCJ2 and len(inputs) == 4:
        return bcj2(inputs, size)
    if len(inputs) != 1:
        raise UnreadableError
    if method in (_COPY, b""):
        return inputs[0]
    if method in (_LZMA, _LZMA2):
        decoder = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[_window(coder, size)])
        return coders.unpacked(inputs[0], decoder)
    if method == _DELTA:
        distance = coder.properties[0] + 1 if coder.properties else 1
        return _filtered(inputs[0], {"id": lzma.FILTER_DELTA, "dist": distance})
    if method in _FILTERS:
        return _filtered(inputs[0], {"id": _FILTERS[method]})
    if method in _STREAMS:
        return coders.unpacked(inputs[0], _STREAMS[method]())
    raise UnreadableError


def _window(coder: Coder, size: int) -> dict[str, int]:
    """LZMA's settings. What unpacks to less than its window needs no more than that."""
    properties = coder.properties
    if coder.method == _LZMA2:
        if not properties or properties[0] > 40:
            raise BadHeadError("LZMA2")
        window = (2 | properties[0] & 1) << (properties[0] // 2 + 11)
        found = {"id": lzma.FILTER_LZMA2}
    else:
        if len(properties) < 5 or properties[0] >= 225:
            raise BadHeadError("LZMA")
        window = int.from_bytes(properties[1:5], "little")
        rest, lc = divmod(properties[0], 9)
        pb, lp = divmod(rest, 5)
        found = {"id": lzma.FILTER_LZMA1, "lc": lc, "lp": lp, "pb": pb}
    window = max(4_096, min(window, size))
    if window > coders.MEMORY:
        raise TooGreatError
    return found | {"dict_size": window}


def _filtered(pieces: Iterator[bytes], settings: dict[str, Any]) -> Iterator[bytes]:
    """A filter on its own. The library wants LZMA beside it, so it gets LZMA2 that is not packed.

    Behind LZMA itself, whose end is not marked in 7z, the filter would keep the last bytes.
    """
    chain = [settings, {"id": lzma.FILTER_LZMA2, "dict_size": 1 << 16}]
    decoder = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=chain)
    for piece in pieces:
        for at in range(0, len(piece), CHUNK):
            chunk = piece[at : at + CHUNK]
            yield decoder.decompress(b"\x01" + (len(chunk) - 1).to_bytes(2, "big") + chunk)
    yield decoder.decompress(b"\0")


# --- BCJ2 ---------------------------------------------------------------------------------------

_JUMP: Final = re.compile(rb"[\xe8\xe9]|(?<=\x0f)[\x80-\x8f]")
_TOP: Final = 1 << 24


class _Feed:
    """An input from which small numbers of bytes are taken."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._data = b""
        self._at = 0

    def take(self, size: int) -> bytes:
        while len(self._data) - self._at < size:
            more = next(self._pieces, b"")
            if not more:
                raise EOFError
            self._data, self._at = self._data[self._at :] + more, 0
        self._at += size
        return self._data[self._at - size : self._at]


class _Bits:
    """The range coder that says which jumps were made absolute."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._feed = _Feed(pieces)
        self._code = int.from_bytes(self._feed.take(5)[1:], "big")
        self._range = 0xFFFF_FFFF
        self._chances = [1 << 10] * 258

    def bit(self, which: int) -> bool:
        if self._range < _TOP:
            self._range <<= 8
            self._code = (self._code << 8 | self._feed.take(1)[0]) & 0xFFFF_FFFF
        chance = self._chances[which]
        bound = (self._range >> 11) * chance
        if self._code < bound:
            self._range = bound
            self._chances[which] += (2_048 - chance) >> 5
            return False
        self._range -= bound
        self._code -= bound
        self._chances[which] -= chance >> 5
        return True


def bcj2(inputs: list[Iterator[bytes]], size: int) -> Iterator[bytes]:
    """Puts the targets of calls and jumps back into a program's code.

    The inputs: the code without them, those of calls, those of jumps, and which were taken out.
    """
    main, calls, jumps = inputs[0], _Feed(inputs[1]), _Feed(inputs[2])
    bits = _Bits(inputs[3])
    done, last = 0, 0
    for piece in main:
        out = bytearray()
        at = 0
        while (found := _next(piece, at, last)) >= 0 and done + found - at + 1 < size:
            out += piece[at : found + 1]
            done += found + 1 - at
            before = piece[found - 1] if found > at else last
            jump = last = piece[found]
            at = found + 1
            which = before if jump == 0xE8 else 256 if jump == 0xE9 else 257
            if bits.bit(which):
                absolute = int.from_bytes((calls if jump == 0xE8 else jumps).take(4), "big")
                target = ((absolute - done - 4) & 0xFFFF_FFFF).to_bytes(4, "little")
                out += target
                done += 4
                last = target[3]
        if at < len(piece):
            out += piece[at:]
            done += len(piece) - at
            last = piece[-1]
        yield bytes(out)


def _next(piece: bytes, at: int, last: int) -> int:
    """Where the next byte stands that a target may follow; `last` is what came out before `at`."""
    if at < len(piece) and last == 0x0F and piece[at] & 0xF0 == 0x80:
        return at
    found = _JUMP.search(piece, at)
    return found.start() if found else -1
