"""What a 7z archive says of itself: its packed streams, the coders over them, its files."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

_END, _HEADER, _PROPERTIES, _MAIN, _FILES = 0, 1, 2, 4, 5
_PACK, _UNPACK, _SUB, _SIZE, _CRC, _FOLDER, _SIZES, _COUNT = 6, 7, 8, 9, 10, 11, 12, 13
_EMPTY_STREAM, _EMPTY_FILE, _NAMES, _MTIME, _ATTRIBUTES = 14, 15, 17, 20, 21
ENCODED: Final = 23
_MOST_CODERS: Final = 32
_MOST_STREAMS: Final = 32


class BadHeadError(ValueError):
    """The header contradicts itself or ends too early."""


@dataclass(frozen=True, slots=True)
class Coder:
    """One step of unpacking: its method, how many streams go in, its properties."""

    method: bytes
    inputs: int
    outputs: int
    properties: bytes


@dataclass(slots=True)
class Folder:
    """A chain of coders over packed streams. `sizes` are those of each coder's output."""

    coders: list[Coder]
    binds: dict[int, int]
    packed: list[int]
    sizes: list[int] = field(default_factory=list)
    check: int | None = None
    parts: list[int] = field(default_factory=list)
    checks: list[int | None] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The output that no other coder takes: what the folder holds."""
        taken = set(self.binds.values())
        free = [index for index in range(len(self.coders)) if index not in taken]
        if len(free) != 1:
            raise BadHeadError("outputs")
        return free[0]

    @property
    def size(self) -> int:
        return self.sizes[self.last]


@dataclass(slots=True)
class Streams:
    """Where the packed streams start, how long they are, and the folders that use them in turn."""

    start: int = 0
    packed: list[int] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)


@dataclass(slots=True)
class File:
    """One entry. `stream`: whether it has bytes. `mode` is that of Unix, 0 if not known."""

    name: str = ""
    stream: bool = True
    folder: bool = False
    ticks: int = 0
    attributes: int = 0

    @property
    def mode(self) -> int:
        return self.attributes >> 16 if self.attributes & 0x8000 else 0


class Bytes:
    """Reads a header byte by byte; `BadHeadError` past its end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    @property
    def left(self) -> int:
        return len(self._data) - self.at

    def take(self, size: int) -> bytes:
        if size > self.left:
            raise BadHeadError("end")
        self.at += size
        return self._data[self.at - size : self.at]

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self) -> int:
        """A number whose first byte says by its leading ones how many follow."""
        lead = self.byte()
        value, mask = 0, 0x80
        for shift in range(8):
            if not lead & mask:
                return value | (lead & (mask - 1)) << (8 * shift)
            value |= self.byte() << (8 * shift)
            mask >>= 1
        return value

    def count(self) -> int:
        """How many things follow, each of which takes some of the bytes left."""
        value = self.number()
        if value > 8 * (self.left + 1):
            raise BadHeadError("count")
        return value

    def bits(self, count: int) -> list[bool]:
        data = self.take((count + 7) // 8)
        return [bool(data[at >> 3] & (0x80 >> (at & 7))) for at in range(count)]

    def defined(self, count: int) -> list[bool]:
        """Bits, unless a byte says that all are set."""
        return [True] * count if self.byte() else self.bits(count)

    def checks(self, count: int) -> list[int | None]:
        known = self.defined(count)
        return [struct.unpack("<I", self.take(4))[0] if one else None for one in known]

    def expect(self, value: int) -> None:
        if self.byte() != value:
            raise BadHeadError("order")


def header(data: bytes) -> tuple[Streams, list[File]]:
    """A plain header: the streams and the files, in the order in which they share the folders."""
    feed = Bytes(data)
    feed.expect(_HEADER)
    found, files = Streams(), list[File]()
    while (kind := feed.byte()) != _END:
        if kind == _PROPERTIES:
            while feed.byte() != _END:
                feed.take(feed.number())
        elif kind == _MAIN:
            found = streams(feed)
        elif kind == _FILES:
            files = _files(feed)
        else:
            raise BadHeadError("section")
    return found, files


def streams(feed: Bytes) -> Streams:
    """The section that tells of packed streams and folders."""
    found = Streams()
    split = False
    while (kind := feed.byte()) != _END:
        if kind == _PACK:
            _pack(feed, found)
        elif kind == _UNPACK:
            _unpack(feed, found)
        elif kind == _SUB:
            _split(feed, found.folders)
            split = True
        else:
            raise BadHeadError("section")
    if not split:
        for folder in found.folders:
            folder.parts, folder.checks = [folder.size], [folder.check]
    return found


def _pack(feed: Bytes, found: Streams) -> None:
    found.start = feed.number()
    count = feed.count()
    while (kind := feed.byte()) != _END:
        if kind == _SIZE:
            found.packed = [feed.number() for _ in range(count)]
        elif kind == _CRC:
            feed.checks(count)
        else:
            raise BadHeadError("packed")


def _unpack(feed: Bytes, found: Streams) -> None:
    feed.expect(_FOLDER)
    count = feed.count()
    if feed.byte():
        raise BadHeadError("folders elsewhere")
    found.folders = [_folder(feed) for _ in range(count)]
    feed.expect(_SIZES)
    for folder in found.folders:
        folder.sizes = [feed.number() for _ in folder.coders]
    while (kind := feed.byte()) != _END:
        if kind != _CRC:
            raise BadHeadError("folders")
        for folder, check in zip(found.folders, feed.checks(count), strict=True):
            folder.check = check


def _folder(feed: Bytes) -> Folder:
    count = feed.number()
    if not 0 < count <= _MOST_CODERS:
        raise BadHeadError("coders")
    coders = [_coder(feed) for _ in range(count)]
    inputs = sum(coder.inputs for coder in coders)
    binds: dict[int, int] = {}
    for _ in range(count - 1):
        taken = feed.number()
        binds[taken] = feed.number()
    free = inputs - len(binds)
    if free < 1 or inputs > _MOST_STREAMS:
        raise BadHeadError("streams")
    if free == 1:
        packed = [index for index in range(inputs) if index not in binds]
    else:
        packed = [feed.number() for _ in range(free)]
    return Folder(coders, binds, packed)


def _coder(feed: Bytes) -> Coder:
    flags = feed.byte()
    method = feed.take(flags & 15)
    inputs = outputs = 1
    if flags & 0x10:
        inputs, outputs = feed.number(), feed.number()
    properties = feed.take(feed.number()) if flags & 0x20 else b""
    if outputs != 1 or not 0 < inputs <= _MOST_STREAMS:
        raise BadHeadError("coder")
    return Coder(method, inputs, outputs, properties)


def _split(feed: Bytes, folders: list[Folder]) -> None:
    """How each folder is divided among its files."""
    counts = [1] * len(folders)
    kind = feed.byte()
    if kind == _COUNT:
        counts = [feed.number() for _ in folders]
        kind = feed.byte()
    stated = kind == _SIZE
    for folder, count in zip(folders, counts, strict=True):
        folder.parts = _parts(feed, folder, count, stated)
    if stated:
        kind = feed.byte()
    unknown = [f for f, n in zip(folders, counts, strict=True) if n != 1 or f.check is None]
    while kind != _END:
        if kind != _CRC:
            raise BadHeadError("parts")
        checks = iter(feed.checks(sum(len(folder.parts) for folder in unknown)))
        for folder in unknown:
            folder.checks = [next(checks) for _ in folder.parts]
        kind = feed.byte()
    for folder in folders:
        folder.checks = folder.checks or [folder.check] * len(folder.parts)


def _parts(feed: Bytes, folder: Folder, count: int, stated: bool) -> list[int]:
    if count == 0:
        return []
    if count > feed.left + 1 or (count > 1 and not stated):
        raise BadHeadError("parts")
    sizes = [feed.number() for _ in range(count - 1)]
    rest = folder.size - sum(sizes)
    if rest < 0:
        raise BadHeadError("sizes")
    return [*sizes, rest]


def _files(feed: Bytes) -> list[File]:
    files = [File() for _ in range(feed.count())]
    without: list[File] = []
    while (kind := feed.byte()) != _END:
        section = Bytes(feed.take(feed.number()))
        if kind == _EMPTY_STREAM:
            without = [f for f, e in zip(files, section.bits(len(files)), strict=True) if e]
            for file in without:
                file.stream, file.folder = False, True
        elif kind == _EMPTY_FILE:
            for file, empty in zip(without, section.bits(len(without)), strict=True):
                file.folder = not empty
        else:
            _values(kind, section, files)
    return files


def _values(kind: int, section: Bytes, files: list[File]) -> None:
    if kind == _NAMES:
        _names(section, files)
    elif kind == _MTIME:
        for file in _inside(section, files):
            file.ticks = struct.unpack("<Q", section.take(8))[0]
    elif kind == _ATTRIBUTES:
        for file in _inside(section, files):
            file.attributes = struct.unpack("<I", section.take(4))[0]


def _inside(section: Bytes, files: list[File]) -> list[File]:
    """The files a section speaks of; its values follow."""
    known = section.defined(len(files))
    if section.byte():
        raise BadHeadError("values elsewhere")
    return [file for file, one in zip(files, known, strict=True) if one]


def _names(section: Bytes, files: list[File]) -> None:
    if section.byte():
        raise BadHeadError("names elsewhere")
    names = section.take(section.left).decode("utf-16-le", "replace").split("\0")
    for file, name in zip(files, names, strict=False):
        file.name = name
