"""AR (Debian packages, libraries) and CPIO: members one after the other, not compressed."""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from evidencebox.extract.archive import Archive, part
from evidencebox.extract.job import Job

_AR_END: Final = b"`\n"
_LONGEST_NAME: Final = 1 << 16
_TRAILER: Final = "TRAILER!!!"


@dataclass(frozen=True, slots=True)
class _Member:
    """Where a member's bytes lie. `mode` is that of Unix, 0 if not known."""

    name: str
    at: int
    size: int
    seconds: int
    mode: int = 0


class _BadHeadError(Exception):
    """What stands where a header should is none."""


def read_ar(job: Job) -> None:
    _members(job, _ar(job))


def read_cpio(job: Job) -> None:
    _members(job, _cpio(job))


def _members(job: Job, members: Iterator[_Member]) -> None:
    archive = Archive(job)
    children = job.may_have_children()
    try:
        for member in members:
            _one(archive, member, children)
            job.beat()
    except (_BadHeadError, ValueError, struct.error):
        job.gap("broken_archive", "The archive is damaged or cut off.")
    archive.close()


def _one(archive: Archive, member: _Member, children: bool) -> None:
    date = datetime.fromtimestamp(min(member.seconds, 1 << 36), UTC).strftime("%Y-%m-%d %H:%M:%S")
    kind = stat.S_IFMT(member.mode)
    if kind == stat.S_IFDIR:
        archive.entry(member.name + "/", 0, date)
    elif kind == stat.S_IFLNK:
        target = b"".join(part(archive.job.source, member.at, min(member.size, 4_096)))
        archive.link(member.name, target.decode("utf-8", "replace"), date)
    elif kind not in (0, stat.S_IFREG):
        archive.device(member.name, date)
    else:
        archive.files += 1
        archive.entry(member.name, member.size, date)
        if children:
            pieces = part(archive.job.source, member.at, member.size)
            archive.member(member.name, member.size, pieces)


def _ar(job: Job) -> Iterator[_Member]:
    at, names = 8, b""
    while at + 60 <= job.size:
        job.source.seek(at)
        head = job.source.read(60)
        if head[58:] != _AR_END:
            raise _BadHeadError
        size = _number(head[48:58], 10)
        name, start = head[:16].rstrip(), at + 60
        at = start + size + (size & 1)
        if name in (b"/", b"/SYM64/", b"__.SYMDEF"):
            continue
        if name == b"//":
            names = job.source.read(min(size, 1 << 24))
            continue
        if name.startswith(b"#1/"):
            length = min(_number(name[3:], 10), size, _LONGEST_NAME)
            name = job.source.read(length).rstrip(b"\0")
            start, size = start + length, size - length
        elif name[:1] == b"/" and name[1:].isdigit():
            name = names[int(name[1:]) :].split(b"\n", 1)[0]
        shown = name.rstrip(b"/").decode("utf-8", "replace")
        yield _Member(shown, start, size, _number(head[16:28], 10))


def _number(data: bytes, base: int) -> int:
    text = data.strip(b" \0")
    value = int(text, base) if text else 0
    if value < 0:
        raise _BadHeadError
    return value


def _cpio(job: Job) -> Iterator[_Member]:
    at = 0
    while at < job.size:
        job.source.seek(at)
        head = job.source.read(110)
        if head[:6] in (b"070701", b"070702"):
            mode, seconds, size, length = (
                _number(head[start : start + 8], 16) for start in (14, 46, 54, 94)
            )
            name_at, align = at + 110, 4
        elif head[:6] == b"070707":
            mode, seconds = _number(head[18:24], 8), _number(head[48:59], 8)
            length, size = _number(head[59:65], 8), _number(head[65:76], 8)
            name_at, align = at + 76, 1
        elif head[:2] in (b"\xc7\x71", b"\x71\xc7"):
            order = "<" if head[0] == 0xC7 else ">"
            words = struct.unpack_from(f"{order}13H", head)
            mode, seconds = words[3], words[8] << 16 | words[9]
            length, size = words[10], words[11] << 16 | words[12]
            name_at, align = at + 26, 2
        else:
            raise _BadHeadError
        job.source.seek(name_at)
        name = job.source.read(min(length, _LONGEST_NAME)).rstrip(b"\0").decode("utf-8", "replace")
        if name == _TRAILER:
            return
        start = _up(name_at + length, align)
        at = _up(start + size, align)
        yield _Member(name, start, size, seconds, mode)


def _up(value: int, align: int) -> int:
    return -(-value // align) * align
