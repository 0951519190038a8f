"""Where a large export lays its parts aside: on the disk, encrypted, read back as files.

The key is made with it and kept nowhere: what a killed export leaves cannot be read by anybody.
"""

from __future__ import annotations

import io
import secrets
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, Protocol, cast

from evidencebox.errors import UserError
from evidencebox.vault.spool import PackWriter, Spool, Spooled, SpoolRef

_OPEN: Final = 8
"""Parts that keep the mebibyte they were last asked for."""
_KEY_BYTES: Final = 32


class Writes(Protocol):
    """What takes bytes piece by piece."""

    def write(self, data: bytes, /) -> int: ...


class Shelf:
    """In a folder of its own, which whoever made it removes."""

    def __init__(self, folder: Path) -> None:
        self._spool = Spool(folder, secrets.token_bytes(_KEY_BYTES))
        self._recent: OrderedDict[SpoolRef, Spooled] = OrderedDict()

    def put(self, data: bytes) -> SpoolRef:
        """Lays it aside. Raises UserError where there is no room."""
        with self.writing() as part:
            part.write(data)
        return part.ref

    @contextmanager
    def writing(self) -> Iterator[Part]:
        """A part that is written piece by piece; it can be read once the block is over."""
        writer = self._spool.new_pack()
        try:
            with _sentences():
                writer.begin()
            part = Part(writer)
            yield part
            with _sentences():
                part.ref = writer.end()
        finally:
            writer.close()

    def open(self, ref: SpoolRef) -> BinaryIO:
        """A part as a file to be read, any number of times and at once."""
        return cast(BinaryIO, _Reading(self, ref))

    def drop(self, ref: SpoolRef) -> None:
        """It is not needed any more."""
        self._recent.pop(ref, None)
        self._spool.drop(ref.pack)

    def read_at(self, ref: SpoolRef, offset: int, length: int) -> bytes:
        """See `Spooled.read_at`."""
        found = self._recent.pop(ref, None) or self._spool.open(ref)
        self._recent[ref] = found
        if len(self._recent) > _OPEN:
            self._recent.popitem(last=False)
        return found.read_at(offset, length)


class Part:
    """What is written to a part; `ref` is there at the end."""

    ref: SpoolRef

    def __init__(self, writer: PackWriter) -> None:
        self._writer = writer

    def write(self, data: bytes) -> int:
        """All of it. Raises UserError where there is no room."""
        with _sentences():
            self._writer.write(data)
        return len(data)


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or error
        raise UserError(f"The export cannot be written: {why}.") from None


class _Reading(io.RawIOBase):
    def __init__(self, shelf: Shelf, ref: SpoolRef) -> None:
        self._shelf, self._ref = shelf, ref
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._ref.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self._shelf.read_at(self._ref, self._at, len(view))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)
