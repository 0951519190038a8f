"""A document's bytes, however they can be had: a descriptor, a file, random access, or pieces."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable
from typing import BinaryIO, Protocol, TypeAlias

from evidencebox.model.frames import PIECE


class RandomAccess(Protocol):
    """Bytes that can be had piece by piece from anywhere, such as a child's in the spool."""

    @property
    def size(self) -> int: ...

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end."""
        ...


OpenSource: TypeAlias = int | BinaryIO | RandomAccess | Iterable[bytes]
"""A descriptor or file opened read-only (the pool closes it), random access, or pieces in order."""


def descriptor_of(source: OpenSource) -> int | None:
    """The descriptor a worker can read it by, if it has one."""
    if isinstance(source, int):
        return source
    if isinstance(source, io.IOBase):
        with contextlib.suppress(OSError):
            return source.fileno()
    return None


def pieces_of(source: OpenSource) -> Iterable[bytes]:
    """The bytes in order, whatever they come from."""
    if isinstance(source, int):
        return _file_pieces(open(source, "rb", closefd=False))
    if isinstance(source, io.IOBase):
        return _file_pieces(source)
    assert isinstance(source, Iterable)
    return source


def _file_pieces(file: io.IOBase) -> Iterable[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece
