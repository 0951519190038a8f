"""ZIP archives: a page that lists the members, and every member a child."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator

from evidencebox.extract import archivecoders as coders
from evidencebox.extract import ziplocal
from evidencebox.extract.archive import BROKEN, CHUNK, Archive, UnreadableError, part
from evidencebox.extract.job import Job
from evidencebox.extract.ziplock import MORE, STANDARD, Locks, start_of
from evidencebox.extract.zipparts import opened
from evidencebox.model.documents import Status


def read(job: Job) -> None:
    """Lists all members and streams each into a child, inside the ratio limits."""
    try:
        archive = opened(job.source)
    except BROKEN:
        job.gap(
            "broken_archive", "The archive's directory is broken; its members were searched for."
        )
        ziplocal.read(job)
        return
    with archive:
        _read(job, archive)


def _read(job: Job, archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    members = Archive(job)
    members.files = sum(not info.is_dir() for info in infos)
    for info in infos:
        date = "{:04}-{:02}-{:02} {:02}:{:02}:{:02}".format(*info.date_time)
        members.entry(label(info), info.file_size, date)
    members.listed()
    if archive.comment:
        job.meta("comment", archive.comment.decode("utf-8", "replace"))
    if members.files and job.may_have_children():
        locks = Locks(job, archive)
        for info in sorted(_apart(job, infos), key=lambda info: info.header_offset):
            if info.is_dir():
                continue
            pieces = _pieces(job, archive, info)
            if info.flag_bits & 0x1:
                pieces = locks.pieces(info)
            members.member(label(info), info.compress_size, pieces)
    members.close()


def _pieces(job: Job, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    if info.compress_type in STANDARD:
        with archive.open(info) as stream:
            while piece := stream.read(CHUNK):
                yield piece
        return
    if info.compress_type not in MORE:
        raise UnreadableError
    check = 0
    packed = part(job.source, start_of(job.source, info), info.compress_size)
    for piece in coders.unpacked(packed, MORE[info.compress_type]()):
        check = zlib.crc32(piece, check)
        yield piece
    if check != info.CRC:
        raise zipfile.BadZipFile("CRC")


def label(info: zipfile.ZipInfo) -> str:
    """The member's name as its maker meant it: UTF-8 if it is that, else code page 437."""
    if info.flag_bits & 0x800:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.orig_filename


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
