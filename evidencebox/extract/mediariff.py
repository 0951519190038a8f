"""AVI and WAV: chunks in lists."""

from __future__ import annotations

import struct
from typing import Final

from evidencebox.extract.job import Job
from evidencebox.extract.mediafacts import Facts

_MOST_CHUNKS: Final = 100_000
_MOST_DEEP: Final = 6
_LARGEST: Final = 1 << 20
_LISTS: Final = (b"hdrl", b"strl", b"INFO", b"odml", b"Tdat", b"exif")
_INFO: Final = {
    b"INAM": ("title", "title"), b"IART": ("artist", "author"), b"ICMT": ("comment", ""),
    b"ICRD": ("date", "recorded"), b"ISBJ": ("subject", ""), b"IKEY": ("keywords", ""),
    b"ICOP": ("copyright", "copyright"), b"ISFT": ("software", "application"),
    b"ITCH": ("technician", ""), b"IENG": ("engineer", ""), b"ISRC": ("source", ""),
    b"IARL": ("archive", ""), b"IDIT": ("date", "created"), b"strn": ("stream", ""),
    b"ecor": ("device", "device_make"), b"emdl": ("device", "device_model"),
    b"etim": ("time", "created"), b"tc_O": ("timecode", ""),
}  # fmt: skip


def walk(job: Job, facts: Facts) -> None:
    """Length, size, codecs and words."""
    _chunks(job, facts, 12, job.size, 0, [0])


def _chunks(job: Job, facts: Facts, at: int, end: int, deep: int, seen: list[int]) -> None:
    while at + 8 <= end and seen[0] < _MOST_CHUNKS:
        seen[0] += 1
        job.source.seek(at)
        head = job.source.read(12)
        kind, size = head[:4], int.from_bytes(head[4:8], "little")
        if kind == b"LIST" and head[8:12] in _LISTS and deep < _MOST_DEEP:
            _chunks(job, facts, at + 12, min(at + 8 + size, end), deep + 1, seen)
        elif kind != b"LIST" and size <= _LARGEST:
            job.source.seek(at + 8)
            _leaf(facts, kind, job.source.read(size))
        at += 8 + size + (size & 1)


def _leaf(facts: Facts, kind: bytes, data: bytes) -> None:
    if kind == b"avih" and len(data) >= 40:
        microseconds, frames = data[:4], data[16:20]
        length = int.from_bytes(microseconds, "little") * int.from_bytes(frames, "little") / 1e6
        facts.duration(length)
        facts.size(*struct.unpack_from("<II", data, 32))
    elif kind == b"strh" and data[:4] == b"vids":
        facts.codec(data[4:8].decode("latin-1").strip("\0 "))
    elif kind == b"bext":
        _broadcast(facts, data)
    elif kind in _INFO:
        label, key = _INFO[kind]
        facts.word(label, _text(data), key)


def _broadcast(facts: Facts, data: bytes) -> None:
    """The Broadcast Wave chunk of recorders: what, by whom, with what, when."""
    facts.word("description", _text(data[:256]))
    facts.word("originator", _text(data[256:288]), "author")
    facts.word("reference", _text(data[288:320]))
    day, time = _text(data[320:330]), _text(data[330:338])
    if day:
        facts.add("created", f"{day.replace(':', '-')} {time.replace('-', ':')}")


def _text(data: bytes) -> str:
    data = data.split(b"\0", 1)[0]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
