"""7z archives: members listed, then unpacked folder by folder, in the order they lie in."""

from __future__ import annotations

import stat
import zlib
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
from evidencebox.extract.keyring import protected
from evidencebox.extract.sevenzipaes import Secret
from evidencebox.extract.sevenziphead import (
    ENCODED,
    BadHeadError,
    Bytes,
    File,
    Folder,
    Streams,
    header,
    streams,
)
from evidencebox.model.documents import Status

_START: Final = 32
_LONGEST_HEADER: Final = 64 << 20
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_REPARSE: Final = 0x400
_CHECKED: Final = 16 << 20
"""Bytes of a member that are unpacked to prove a password."""
Places = list[tuple[int, int]]


def read(job: Job) -> None:
    """Lists the members and streams each into a child, inside the ratio limits."""
    archive = Archive(job)
    found, files, secret = _header(job)
    _list(archive, found, files)
    archive.listed()
    if any(file.stream for file in files) and job.may_have_children():
        _unpack(archive, found, files, secret or _secret(job, found))
        for file in files:
            if not file.stream and not file.folder:
                archive.member(file.name, 0, ())
    archive.close()


def _header(job: Job) -> tuple[Streams, list[File], Secret | None]:
    """What the archive says of itself, and the password where one was needed for that."""
    job.source.seek(0)
    start = job.source.read(_START)
    at = _START + int.from_bytes(start[12:20], "little")
    size = int.from_bytes(start[20:28], "little")
    if size == 0:
        return Streams(), [], None
    if at + size > job.size:
        raise Stop(Status.FAILED, "The 7z archive is cut off; its directory is missing.")
    if size > _LONGEST_HEADER:
        raise Stop(Status.LIMIT, "The directory of the 7z archive is too large.")
    job.source.seek(at)
    data = job.source.read(size)
    secret: Secret | None = None
    try:
        while data[:1] == bytes([ENCODED]):
            try:
                data = _encoded(job, data, secret)
            except LockedError:
                data, secret = _unlocked(job, data)
        return *header(data), secret
    except LockedError:
        reason = protected("The archive, with the names in it,", job.keys)
        raise Stop(Status.ENCRYPTED, reason) from None
    except UnreadableError:
        reason = "The directory of the 7z archive is packed in a way that is not read yet."
        raise Stop(Status.UNSUPPORTED, reason) from None
    except (Overflow, TooGreatError):
        raise Stop(Status.LIMIT, "The directory of the 7z archive is too large.") from None
    except (*BROKEN, LookupError):
        raise Stop(Status.FAILED, "The directory of the 7z archive is broken.") from None


def _encoded(job: Job, data: bytes, secret: Secret | None) -> bytes:
    """A header that is packed like a member."""
    feed = Bytes(data)
    feed.expect(ENCODED)
    found = streams(feed)
    folder, places = found.folders[0], _places(found)[0]
    if folder.size > _LONGEST_HEADER:
        raise TooGreatError
    job.beat()
    plain = b"".join(sevenzipcoders.unpacked(folder, job.source, places, secret))
    if folder.check is not None and zlib.crc32(plain) != folder.check:
        raise BadHeadError("check sum")
    return plain


def _unlocked(job: Job, data: bytes) -> tuple[bytes, Secret]:
    """A header that a password opens, and that password. Raises LockedError."""

    def attempt(password: str) -> tuple[bytes, Secret] | None:
        secret = Secret(password, job.beat)
        try:
            return _encoded(job, data, secret), secret
        except (*BROKEN, LookupError):
            return None

    found = job.keys.find(attempt)
    if found is None:
        raise LockedError
    return found


def _secret(job: Job, found: Streams) -> Secret | None:
    """The password of the members; None where none is wanted, or none that is known fits."""
    places = _places(found)
    locked = [
        (folder, place)
        for folder, place in zip(found.folders, places, strict=True)
        if sevenzipcoders.locked(folder) and folder.parts
    ]
    if not locked:
        return None
    folder, place = min(locked, key=lambda pair: pair[0].parts[0])

    def attempt(password: str) -> Secret | None:
        secret = Secret(password, job.beat)
        try:
            return secret if _fits(job, folder, place, secret) else None
        except (*BROKEN, LookupError):
            return None

    try:
        return job.keys.find(attempt)
    except (UnreadableError, TooGreatError):
        return None


def _fits(job: Job, folder: Folder, places: Places, secret: Secret) -> bool:
    """Whether the first member comes out as its check sum says; of a long one, its beginning."""
    stream = Solid(sevenzipcoders.unpacked(folder, job.source, places, secret))
    left = _CHECKED
    for piece in stream.take(folder.parts[0], folder.checks[0]):
        job.beat()
        left -= len(piece)
        if left < 0:
            return True
    return stream.whole


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


def _unpack(archive: Archive, found: Streams, files: list[File], secret: Secret | None) -> None:
    following = iter([file for file in files if file.stream])
    for folder, places in zip(found.folders, _places(found), strict=True):
        names = [file for _, file in zip(folder.parts, following, strict=False)]
        _folder(archive, folder, places, names, secret)


def _folder(
    archive: Archive, folder: Folder, places: Places, files: list[File], secret: Secret | None
) -> None:
    """One chain of coders, whose output is one file after the other."""
    packed = sum(size for _, size in places)
    try:
        stream = Solid(sevenzipcoders.unpacked(folder, archive.job.source, places, secret))
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
