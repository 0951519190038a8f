"""TAR archives, old and new, with their sparse members; links and devices are only listed."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from evidencebox.extract.archive import BROKEN, CHUNK, Archive, part
from evidencebox.extract.job import Job, Stop
from evidencebox.model.documents import Status

_BLOCK: Final = 512
_ERRORS: Final = (*BROKEN, tarfile.TarError, OverflowError)


class _Info(tarfile.TarInfo):
    """A member whose size is below zero would send the standard reader back for ever."""

    def _block(self, count: int) -> int:
        if count < 0:
            raise tarfile.ReadError("a size below zero")
        size: int = super()._block(count)  # type: ignore[misc]
        return size


def read(job: Job) -> None:
    """Lists every member and streams each file into a child, in one pass."""
    archive = Archive(job)
    job.source.seek(0)
    try:
        opened = tarfile.open(  # noqa: SIM115 - closed below, where its errors are known
            fileobj=job.source,
            mode="r:",
            tarinfo=_Info,
            ignore_zeros=True,
            errors="surrogateescape",
            encoding="utf-8",
        )
    except _ERRORS:
        raise Stop(Status.FAILED, "The TAR archive is broken from its start.") from None
    with opened:
        children = job.may_have_children()
        end = 0
        for info in _infos(opened, archive):
            _holes(job, end, info.offset)
            end = max(end, info.offset_data + _held(info))
            _one(archive, info, children)
    archive.close()


def _infos(opened: tarfile.TarFile, archive: Archive) -> Iterator[tarfile.TarInfo]:
    while True:
        try:
            info = opened.next()
        except _ERRORS:
            archive.job.gap("broken_archive", "The archive is damaged or cut off.")
            return
        if info is None:
            return
        vars(opened)["members"] = []  # or the list of a million members would stay in memory
        yield info
        archive.job.beat()


def _holes(job: Job, end: int, start: int) -> None:
    """Says so, once, if what lies between two members is not just padding."""
    at = (end + _BLOCK - 1) // _BLOCK * _BLOCK
    if at >= start or job.gaps:
        return
    job.source.seek(at)
    if job.source.read(_BLOCK).strip(b"\0"):
        job.gap("broken_archive", "A part of the archive is damaged; members beyond it were found.")


def _one(archive: Archive, info: tarfile.TarInfo, children: bool) -> None:
    name, date = _text(info.name), _date(info.mtime)
    if info.isdir():
        archive.entry(name + "/", 0, date)
    elif info.issym() or info.islnk():
        archive.link(name, _text(info.linkname), date)
    elif not info.isfile():
        archive.device(name, date)
    else:
        archive.files += 1
        archive.entry(name, info.size, date)
        if children:
            archive.member(name, _held(info), _pieces(archive.job, info))


def _pieces(job: Job, info: tarfile.TarInfo) -> Iterator[bytes]:
    """The member's bytes; the standard reader drops the last ones of a member that is cut off."""
    at, done = info.offset_data, 0
    for start, size in _stretches(info):
        yield from _zeros(start - done)
        yield from part(job.source, at, size)
        at, done = at + size, start + size
    yield from _zeros(info.size - done)


def _zeros(size: int) -> Iterator[bytes]:
    while size > 0:
        yield bytes(min(size, CHUNK))
        size -= CHUNK


def _stretches(info: tarfile.TarInfo) -> list[tuple[int, int]]:
    """Where in the member the bytes go that the archive holds of it, and how many."""
    sparse: Any = info.sparse
    if sparse is None:
        return [(0, info.size)]
    return [(start, size) for start, size in sparse if start >= 0 and size > 0]


def _held(info: tarfile.TarInfo) -> int:
    """The bytes the archive holds of it: of a sparse member, fewer than its size."""
    return sum(size for _, size in _stretches(info)) if info.isreg() else 0


def _text(name: str) -> str:
    """Bytes that are not UTF-8 were kept as surrogates; the name is only a label."""
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _date(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
    except (OverflowError, ValueError, OSError):
        return ""
