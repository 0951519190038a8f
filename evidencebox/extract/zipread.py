"""ZIP archives: a page that lists the members, and every member a child."""

from __future__ import annotations

import zipfile
from typing import IO, Final

from evidencebox.extract import ziplocal
from evidencebox.extract.budget import Budget, Overflow
from evidencebox.extract.flow import Flow
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.zipparts import BROKEN, opened
from evidencebox.model.documents import Status
from evidencebox.model.extraction import ChildHead

_CHUNK: Final = 1 << 16
_BROKEN: Final = (*BROKEN, OSError)


def read(job: Job) -> None:
    """Lists all members and streams each into a child, inside the ratio limits."""
    try:
        archive = opened(job.source)
    except _BROKEN:
        job.gap(
            "broken_archive", "The archive's directory is broken; its members were searched for."
        )
        ziplocal.read(job)
        return
    with archive:
        infos = archive.infolist()
        _listing(job, infos)
        if archive.comment:
            job.meta("comment", archive.comment.decode("utf-8", "replace"))
        job.meta("members", str(sum(not info.is_dir() for info in infos)))
        if any(not info.is_dir() for info in infos) and job.may_have_children():
            _members(job, archive, infos)


def _listing(job: Job, infos: list[zipfile.ZipInfo]) -> None:
    flow = Flow(job, "members")
    for info in infos:
        date = "{:04}-{:02}-{:02} {:02}:{:02}:{:02}".format(*info.date_time)
        flow.add(f"{label(info)}\t{info.file_size}\t{date}\n")
    flow.close()


def label(info: zipfile.ZipInfo) -> str:
    """The member's name as its maker meant it: UTF-8 if it is that, else code page 437."""
    if info.flag_bits & 0x800:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.orig_filename


def _members(job: Job, archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> None:
    budget = Budget(job, job.size)
    locked = unread = 0
    for info in sorted(_apart(job, infos), key=lambda info: info.header_offset):
        if info.is_dir():
            continue
        if info.flag_bits & 0x1:
            locked += 1
            continue
        unread += not _member(job, archive, info, budget)
    if locked:
        every = locked == sum(not info.is_dir() for info in infos)
        status = Status.ENCRYPTED if every else Status.PARTIAL
        job.gap("encrypted_member", f"{locked} of its members are encrypted.", status)
    if unread:
        job.gap("broken_member", f"{unread} of its members could not be read to their end.")


def _apart(job: Job, infos: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The members that share no bytes with one before them: overlap is how a small bomb grows."""
    kept: list[zipfile.ZipInfo] = []
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            continue
        end = info.header_offset + 30 + info.compress_size
        kept.append(info)
    if dropped := len(infos) - len(kept):
        reason = f"{dropped} of its members overlap others, as in a bomb, and were not opened."
        job.gap("overlap", reason, Status.LIMIT)
    return kept


def _member(job: Job, archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bool:
    """Writes one member; False if it broke off. What came out before stays a child."""
    try:
        with archive.open(info) as stream:
            first = stream.read(_CHUNK)
            copy(job, label(info), first, stream, budget, info.compress_size)
    except Overflow as overflow:
        if overflow.whole:
            raise Stop(Status.LIMIT, overflow.reason) from overflow
        job.gap("ratio", overflow.reason, Status.LIMIT)
    except _BROKEN:
        job.beat()
        return False
    return True


def copy(job: Job, name: str, first: bytes, stream: IO[bytes], budget: Budget, packed: int) -> None:
    """Streams one member into a child, charging the budget before each piece is written."""
    budget.open_member(packed)
    with job.child(ChildHead(name, "member")) as writer:
        piece = first
        while piece:
            budget.charge(len(piece))
            writer.write(piece)
            piece = stream.read(_CHUNK)
