"""CAB archives, stored or packed with MSZIP; LZX and Quantum are not read."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evidencebox.extract.archive import Archive, Solid
from evidencebox.extract.job import Job, Stop
from evidencebox.model.documents import Status

_BEFORE, _AFTER, _RESERVED = 1, 2, 4
_STORED, _MSZIP = 0, 1
_UTF8: Final = 0x80
_OTHER_VOLUME: Final = 0xFFFD
_WINDOW: Final = 32_768
_LONGEST_NAME: Final = 1_024


@dataclass(frozen=True, slots=True)
class _Folder:
    """Where a run of blocks starts, how many they are, how they are packed."""

    at: int
    blocks: int
    method: int


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    size: int
    start: int
    folder: int
    date: str


def read(job: Job) -> None:
    """Lists the files, then unpacks folder by folder."""
    try:
        folders, extra, files = _header(job)
    except (struct.error, ValueError):
        raise Stop(Status.FAILED, "The directory of the CAB archive is broken.") from None
    archive = Archive(job)
    archive.files = len(files)
    for file in files:
        archive.entry(file.name, file.size, file.date)
    archive.listed()
    if files and job.may_have_children():
        for number, folder in enumerate(folders):
            inside = [file for file in files if file.folder == number]
            _folder(archive, folder, extra, sorted(inside, key=lambda file: file.start))
    if any(file.folder >= _OTHER_VOLUME for file in files):
        job.gap("volume", "It is one of several volumes; what goes on in another was not read.")
    archive.close()


def _header(job: Job) -> tuple[list[_Folder], int, list[_File]]:
    """Folders, how many extra bytes each block has, files."""
    job.source.seek(0)
    head = job.source.read(36)
    (at,) = struct.unpack_from("<I", head, 16)
    folders, files, flags = struct.unpack_from("<HHH", head, 26)
    extra = extra_folder = 0
    if flags & _RESERVED:
        own, extra_folder, extra = struct.unpack("<HBB", job.source.read(4))
        job.source.seek(own, 1)
    for flag in (_BEFORE, _AFTER):
        if flags & flag:  # the name and disk of the volume before or after
            _string(job, _UTF8)
            _string(job, _UTF8)
    found = []
    for _ in range(folders):
        found.append(_Folder(*struct.unpack("<IHH", job.source.read(8))))
        job.source.seek(extra_folder, 1)
    job.source.seek(at)
    return found, extra, [_file(job) for _ in range(files)]


def _file(job: Job) -> _File:
    size, start, folder, day, time, attributes = struct.unpack("<IIHHHH", job.source.read(16))
    date = (
        f"{(day >> 9) + 1980:04}-{day >> 5 & 15:02}-{day & 31:02} "
        f"{time >> 11:02}:{time >> 5 & 63:02}:{time % 32 * 2:02}"
    )
    return _File(_string(job, attributes), size, start, folder, date)


def _string(job: Job, attributes: int) -> str:
    at = job.source.tell()
    raw = job.source.read(_LONGEST_NAME)
    name, end, _ = raw.partition(b"\0")
    if not end:
        raise ValueError("name")
    job.source.seek(at + len(name) + 1)
    return name.decode("utf-8" if attributes & _UTF8 else "cp1252", "replace").replace("\\", "/")


def _folder(archive: Archive, folder: _Folder, extra: int, files: list[_File]) -> None:
    if folder.method & 15 not in (_STORED, _MSZIP):
        archive.unreadable += len(files)
        return
    packed = archive.job.size - folder.at
    stream = Solid(_blocks(archive.job, folder, extra))
    done = 0
    for number, file in enumerate(files):
        if file.start != done:  # they follow each other, or the directory is not to be trusted
            archive.broken += len(files) - number
            return
        archive.member(file.name, packed, stream.take(file.size, None))
        done += file.size
        if not stream.whole:
            archive.broken += len(files) - number - 1
            return


def _blocks(job: Job, folder: _Folder, extra: int) -> Iterator[bytes]:
    """What the blocks unpack to; each may refer to the 32 KiB before it."""
    at, window = folder.at, b""
    for _ in range(folder.blocks):
        job.source.seek(at)
        head = job.source.read(8)
        if len(head) < 8:
            raise EOFError
        packed, size = struct.unpack_from("<HH", head, 4)
        job.source.seek(extra, 1)
        data = job.source.read(packed)
        if len(data) < packed:
            raise EOFError
        if folder.method & 15 == _MSZIP:
            if data[:2] != b"CK":
                raise ValueError("mark of a block")
            data = zlib.decompressobj(-15, zdict=window).decompress(data[2:], _WINDOW)
            if len(data) != size:
                raise ValueError("size of a block")
            window = (window + data)[-_WINDOW:]
        at += 8 + extra + packed
        yield data
