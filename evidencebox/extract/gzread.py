"""One compressed stream (GZ, BZ2, XZ, LZMA, Zstandard, compress): what it holds is one child."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from evidencebox.extract import archivecoders as coders
from evidencebox.extract.archive import Archive, rest
from evidencebox.extract.job import Job, Stop
from evidencebox.extract.kinds import ending
from evidencebox.model.documents import Status

_MAKE: Final[dict[str, Callable[[], coders.Decoder]]] = {
    "gz": coders.gunzip,
    "bz2": coders.unbz2,
    "xz": coders.unxz,
    "lzma": coders.unlzma,
    "zst": coders.unzstd,
}
_MAGIC: Final = {
    "gz": b"\x1f\x8b",
    "bz2": b"BZh",
    "xz": b"\xfd7zXZ\0",
    "zst": b"\x28\xb5\x2f\xfd",
}
_INSIDE: Final = {
    "tgz": ".tar", "tbz2": ".tar", "tbz": ".tar", "txz": ".tar", "tzst": ".tar", "taz": ".tar",
    "svgz": ".svg", "emz": ".emf", "wmz": ".wmf", "adz": ".adf", "vrmz": ".vrml",
}  # fmt: skip
_PLAIN: Final = frozenset(("gz", "bz2", "bz", "xz", "lzma", "zst", "z", "gzip"))
_NO_NAME: Final = "content"


def read(job: Job) -> None:
    """Unpacks all streams that follow each other as one child named without the ending."""
    if not job.may_have_children():
        return
    archive = Archive(job)
    archive.files = 1
    name = _name(job)
    if job.kind.key == "z":
        pieces = coders.unlzw(rest(job.source, 0))
    else:
        pieces = _streams(job, job.kind.key)
    before = job.children
    whole = archive.member(name, job.size, pieces)
    if not whole and job.children == before:
        raise Stop(Status.FAILED, f"The {job.kind.label} stream is damaged from its start.")
    if not whole:
        archive.broken = 0
        job.gap("broken", "It breaks off or is damaged; what came before was unpacked.")
    archive.close()


def _name(job: Job) -> str:
    """The outer name without its ending; else what a gzip header says; else a word."""
    last = job.hint.name.replace("\\", "/").rsplit("/", 1)[-1]
    outer = ending(last)
    stored = _stored_name(job) if job.kind.key == "gz" else ""
    job.meta("original_name", stored)
    if outer in _INSIDE:
        return last[: -len(outer) - 1] + _INSIDE[outer]
    if outer in _PLAIN and len(last) > len(outer) + 1:
        return last[: -len(outer) - 1]
    return stored or last or _NO_NAME


def _stored_name(job: Job) -> str:
    """The name in the first gzip header; '' if there is none."""
    job.source.seek(0)
    head = job.source.read(4_096)
    at = 10
    flags = head[3] if len(head) > at else 0
    if flags & 4:
        at += 2 + int.from_bytes(head[at : at + 2], "little")
    end = head.find(b"\0", at)
    return head[at:end].decode("utf-8", "replace") if flags & 8 and end > at else ""


def _streams(job: Job, key: str) -> Iterator[bytes]:
    """Stream after stream; zeros or other bytes after the last are left alone."""
    packed = _Packed(job)
    while True:
        decoder = _MAKE[key]()
        yield from coders.unpacked(packed, decoder)
        packed.give_back(decoder.unused_data)
        following = packed.peek().lstrip(b"\0")
        if not following:
            return
        if key not in _MAGIC or not following.startswith(_MAGIC[key]):
            job.warn("trailing", "Other bytes follow the compressed ones.")
            return
        packed.skip_zeros()


class _Packed:
    """The packed bytes, of which a decoder may give back what it did not need."""

    def __init__(self, job: Job) -> None:
        self._pieces = rest(job.source, 0)
        self._waiting = b""

    def __iter__(self) -> _Packed:
        return self

    def __next__(self) -> bytes:
        if self._waiting:
            piece, self._waiting = self._waiting, b""
            return piece
        return next(self._pieces)

    def give_back(self, data: bytes) -> None:
        self._waiting = data

    def peek(self) -> bytes:
        """Some of what follows, past zeros; b'' at the end."""
        while not self._waiting.strip(b"\0"):
            piece = next(self._pieces, b"")
            if not piece:
                return b""
            self._waiting = piece
        if len(self._waiting) < 16:
            self._waiting += next(self._pieces, b"")
        return self._waiting

    def skip_zeros(self) -> None:
        self._waiting = self._waiting.lstrip(b"\0")
