"""The members of a ZIP by name, through its directory or, where that is broken, without it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from evidencebox.extract import ziplocal

BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
_CHUNK: Final = 1 << 16


def opened(source: BinaryIO) -> zipfile.ZipFile:
    """The archive by its directory; `BadZipFile` if that is broken or only an inner archive's.

    A truncated archive may end in the directory of an archive that it holds uncompressed.
    """
    archive = zipfile.ZipFile(source)
    first = archive.infolist()[0] if archive.infolist() else None
    source.seek(0)
    if first is not None and source.read(4) == b"PK\x03\x04":
        source.seek(archive.start_dir + 42)
        stated = int.from_bytes(source.read(4), "little")
        if stated != 0xFFFFFFFF and first.header_offset > stated:
            raise zipfile.BadZipFile("the directory is that of an inner archive")
    return archive


@dataclass(frozen=True, slots=True)
class Member:
    """A member's name, compressed size (0: not stated) and whether it is encrypted."""

    name: str
    packed: int
    locked: bool


class Parts:
    """Reads members in pieces; what a damaged member raises is in `BROKEN`."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._locals: dict[str, ziplocal.Local] = {}
        self._zip: zipfile.ZipFile | None = None
        try:
            self._zip = opened(source)
        except (*BROKEN, OSError):
            self._locals = {local.name: local for local in ziplocal.every(source)}

    @property
    def whole(self) -> bool:
        """Whether the directory could be read."""
        return self._zip is not None

    def members(self) -> Iterator[Member]:
        """All members that are files."""
        if self._zip is not None:
            for info in self._zip.infolist():
                if not info.is_dir():
                    yield Member(info.filename, info.compress_size, bool(info.flag_bits & 1))
        for local in self._locals.values():
            if not local.name.endswith("/"):
                yield Member(local.name, local.packed, bool(local.flags & 1))

    def pieces(self, name: str) -> Iterator[bytes]:
        """The member's bytes."""
        if self._zip is None:
            yield from ziplocal.pieces(self._source, self._locals[name])
            return
        with self._zip.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
