"""7z archives: members listed, then unpacked folder by folder, in the order they lie in."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from evidencebox.extract import sevenzipcoders
from evidencebox.extract.archive import (
    BROKEN,
    Archive,
    LockedError,
    Solid,
    TooGreatError,
    UnreadableError,
)
from evidencebox.extract.budget import Overflow
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.sevenziphead import ENCODED, Bytes, File, Folder, Streams, header, streams
from evidencebox.model.documents import Status

_START: Final = 32
_LONGEST_HEADER: Final = 64 << 20
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_REPARSE: Final = 0x400
Places = list[tuple[int, int]]


def read(job: Job) -> None:
    """Lists the members and streams each into a child, inside the ratio limits."""
    archive = Archive(job)
    found, files = _header(job)
    _list(archive, found, files)
    archive.listed()
    if any(file.stream for file in files) and job.may_have_children():
        _unpack(archive, found, files)
        for file in files:
            if not file.stream and not file.folder:
                archive.member(file.name, 0, ())
    archive.close()


def _header(job: Job) -> tuple[Streams, list[File]]:
    job.source.seek(0)
    start = job.source.read(_START)
    at = _START + int.from_bytes(start[12:20], "little")
    size = int.from_bytes(start[20:28], "little")
    if size == 0:
        return Streams(), []
    if at + size > job.size:
        raise Stop(Status.FAILED, "The 7z archive is cut off; its directory is missing.")
    if size > _LONGEST_HEADER:
        raise Stop(Status.LIMIT, "The directory of the 7z archive is too large.")
    job.source.seek(at)
    data = job.source.read(size)
    try:
        while data[:1] == bytes([ENCODED]):
            data = _encoded(job, data)
        return header(data)
    except LockedError:
        raise Stop(Status.ENCRYPTED, "The archive is encrypted, the names in it too.") from None
    except UnreadableError:
        reason = "The directory of the 7z archive is packed in a way that is not read yet."
        raise Stop(Status.UNSUPPORTED, reason) from None
    except (Overflow, TooGreatError):
        raise Stop(Status.LIMIT, "The directory of the 7z archive is too large.") from None
    except (*BROKEN, LookupError):
        raise Stop(Status.FAILED, "The directory of the 7z archive is broken.") from None


def _encoded(job: Job, data: bytes) -> bytes:
    """A header that is packed like a member."""
    feed = Bytes(data)
    feed.expect(ENCODED)
    found = streams(feed)
    folder, places = found.folders[0], _places(found)[0]
    if folder.size > _LONGEST_HEADER:
        raise TooGreatError
    job.beat()
    return b"".join(sevenzipcoders.unpacked(folder, job.source, places))


def _places(found: Streams) -> list[Places]:
    """For each folder, where its packed streams lie."""
    at = _START + found.start
    every: Places = []
    for size in found.packed:
        every.append((at, size))
        at += size
    out, taken = [], 0
    for folder in found.folders:
        out.append(every[taken : taken + len(folder.packed)])
        taken += len(folder.packed)
    return out


def _list(archive: Archive, found: Streams, files: list[File]) -> None:
    sizes = iter([size for folder in found.folders for size in folder.parts])
    for file in files:
        size = next(sizes, 0) if file.stream else 0
        if _is_link(file):
            archive.link(file.name, "another file", _date(file.ticks))
        else:
            archive.files += not file.folder
            name = file.name + "/" if file.folder else file.name
            archive.entry(name, size, _date(file.ticks))


def _is_link(file: File) -> bool:
    return stat.S_ISLNK(file.mode) or bool(file.attributes & _REPARSE)


def _date(ticks: int) -> str:
    """From tenths of a microsecond since 1601."""
    try:
        return (_EPOCH + timedelta(microseconds=ticks // 10)).strftime("%Y-%m-%d %H:%M:%S")
    except OverflowError:
        return ""


def _unpack(archive: Archive, found: Streams, files: list[File]) -> None:
    following = iter([file for file in files if file.stream])
    for folder, places in zip(found.folders, _places(found), strict=True):
        names = [file for _, file in zip(folder.parts, following, strict=False)]
        _folder(archive, folder, places, names)


def _folder(archive: Archive, folder: Folder, places: Places, files: list[File]) -> None:
    """One chain of coders, whose output is one file after the other."""
    packed = sum(size for _, size in places)
    try:
        stream = Solid(sevenzipcoders.unpacked(folder, archive.job.source, places))
    except LockedError:
        archive.locked += len(files)
    except UnreadableError:
        archive.unreadable += len(files)
    except TooGreatError:
        archive.great += len(files)
    except (*BROKEN, LookupError):
        archive.broken += len(files)
    else:
        _files(archive, folder, stream, files, packed)


def _files(archive: Archive, folder: Folder, stream: Solid, files: list[File], packed: int) -> None:
    for at, (file, size) in enumerate(zip(files, folder.parts, strict=False)):
        pieces = stream.take(size, folder.checks[at])
        if _is_link(file):
            _pass(archive, pieces, packed)
        else:
            archive.member(file.name, packed, pieces)
        if not stream.whole:
            archive.broken += len(files) - at - 1
            return


def _pass(archive: Archive, pieces: Iterator[bytes], packed: int) -> None:
    """Goes over what is not wanted; faults show in the stream's `whole`."""
    try:
        archive.drop(pieces, packed)
    except Overflow as overflow:
        raise Stop(Status.LIMIT, overflow.reason) from overflow
    except (*BROKEN, TooGreatError):
        return
