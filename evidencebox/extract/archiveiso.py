"""ISO 9660 images of discs, with the long names of Joliet or Rock Ridge."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evidencebox.extract.archive import Archive, part
from evidencebox.extract.job import Job, Stop
from evidencebox.model.documents import Status

_SECTOR: Final = 2_048
_FIRST: Final = 16
_MOST_VOLUMES: Final = 64
_MOST_DIRECTORY: Final = 64 << 20
_JOLIET: Final = (b"%/@", b"%/C", b"%/E")
_FOLDER, _GOES_ON = 2, 0x80


@dataclass(frozen=True, slots=True)
class _Record:
    """An entry of a directory: a file, or a part of one, or another directory."""

    name: str
    at: int
    size: int
    flags: int
    date: str
    link: bool


def read(job: Job) -> None:
    """Every file of the disc as a child."""
    volume, wide = _volume(job)
    job.meta("title", _text(volume[40:72], wide))
    archive = Archive(job)
    children = job.may_have_children()
    for path, records in _files(job, _record(volume[156:190], wide), wide):
        size, first = sum(record.size for record in records), records[0]
        if first.link:
            archive.link(path, "another file", first.date)
            continue
        archive.files += 1
        archive.entry(path, size, first.date)
        if children:
            parts = (part(job.source, record.at, record.size) for record in records)
            archive.member(path, size, itertools.chain.from_iterable(parts))
        job.beat()
    archive.close()


def _volume(job: Job) -> tuple[bytes, bool]:
    """The volume's description, the one with long names if there is one, and whether it is that."""
    found = b""
    for number in range(_FIRST, _FIRST + _MOST_VOLUMES):
        job.source.seek(number * _SECTOR)
        sector = job.source.read(_SECTOR)
        if len(sector) < _SECTOR or sector[1:6] != b"CD001" or sector[0] == 255:
            break
        if sector[0] == 2 and sector[88:91] in _JOLIET:
            return sector, True
        if sector[0] == 1:
            found = found or sector
    if not found:
        raise Stop(Status.FAILED, "The image of the disc has no readable volume.")
    return found, False


def _text(data: bytes, wide: bool) -> str:
    return data.decode("utf-16-be" if wide else "latin-1", "replace").strip("\0 ")


def _record(data: bytes, wide: bool) -> _Record:
    at = int.from_bytes(data[2:6], "little") * _SECTOR
    year, month, day, hour, minute, second = data[18:24].ljust(6, b"\0")
    date = f"{year + 1900}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
    length = data[32] if len(data) > 32 else 0
    name = _text(data[33 : 33 + length], wide)
    other, link = ("", False) if wide else _rock_ridge(data[33 + length + (1 - length % 2) :])
    name = other or name.rsplit(";", 1)[0]
    return _Record(name, at, int.from_bytes(data[10:14], "little"), data[25], date, link)


def _rock_ridge(data: bytes) -> tuple[str, bool]:
    """The long name that Unix gave, and whether the entry is a link."""
    name, link = b"", False
    while len(data) >= 5 and data[2] >= 4:
        mark, length = data[:2], data[2]
        if mark == b"NM":
            name += data[5:length]
        link = link or mark == b"SL"
        data = data[length:]
    return name.decode("utf-8", "replace"), link


def _files(job: Job, root: _Record, wide: bool) -> Iterator[tuple[str, list[_Record]]]:
    """Path and extents of every file; a directory that was seen is not entered again."""
    waiting, seen = [("", root)], {root.at}
    left = job.size  # directories that overlap could otherwise be as many as the sectors
    while waiting:
        path, folder = waiting.pop()
        left -= min(folder.size, job.size)
        if left < 0:
            job.gap("overlap", "Directories of the disc overlap, as in a bomb.", Status.LIMIT)
            return
        parts: list[_Record] = []
        for record in _directory(job, folder, wide):
            if record.flags & _FOLDER:
                if record.at not in seen:
                    seen.add(record.at)
                    waiting.append((f"{path}{record.name}/", record))
                continue
            parts.append(record)
            if not record.flags & _GOES_ON:
                yield path + record.name, parts
                parts = []


def _directory(job: Job, folder: _Record, wide: bool) -> Iterator[_Record]:
    """The entries but for those of the directory itself and of the one above."""
    size = min(folder.size, _MOST_DIRECTORY, max(0, job.size - folder.at))
    if size < folder.size:
        job.gap("broken_archive", "A directory of the disc is cut off or damaged.")
    for start in range(0, size, _SECTOR):
        job.source.seek(folder.at + start)
        sector = job.source.read(min(_SECTOR, size - start))
        at = 0
        while at < len(sector) and (length := sector[at]) >= 34:
            data = sector[at : at + length]
            at += length
            if len(data) == length and data[33 : 33 + data[32]] not in (b"\0", b"\1"):
                yield _record(data, wide)
