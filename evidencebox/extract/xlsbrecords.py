"""BIFF12, the records of binary workbooks: cut apart as a part unpacks; a fault costs one part."""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator
from typing import Final

from evidencebox.extract.budget import Overflow
from evidencebox.extract.job import Stop
from evidencebox.extract.opc import MAX_XML, Package, RefusedError
from evidencebox.extract.zipparts import BROKEN
from evidencebox.model.documents import Status

_MAX_RECORD: Final = 16 << 20
_NULL: Final = 0xFFFFFFFF
_EMBEDDED_BINARIES: Final = ("xl/embeddings/", "xl/activex/", "xl/media/", "xl/ctrlprops/")


class BinaryPackage(Package):
    """A package whose parts are records as often as XML."""

    def records(self, name: str) -> Iterator[tuple[int, bytes]]:
        """Every record of a part, (type, payload); ends early where the part is damaged."""
        found = self.find(name)
        if not found:
            return
        try:
            yield from self._cut(found)
        except BROKEN:
            self.job.gap("broken_part", "A part of the workbook is damaged; the rest was read.")
        except RefusedError as error:
            self.job.gap("refused", f"A part of the workbook was refused: {error}.")
        except Overflow as error:
            raise Stop(Status.LIMIT, error.reason) from error

    def _cut(self, name: str) -> Iterator[tuple[int, bytes]]:
        buffer = bytearray()
        for chunk in self._chunks(name, MAX_XML):
            buffer += chunk
            at = 0
            while (head := _head(buffer, at)) is not None:
                kind, size, start = head
                if size > _MAX_RECORD:
                    raise RefusedError(f"a record is longer than {_MAX_RECORD >> 20} MiB")
                if start + size > len(buffer):
                    break
                yield kind, bytes(buffer[start : start + size])
                at = start + size
            del buffer[:at]
            self.job.beat()
        if buffer:
            raise EOFError("the last record breaks off")

    def children(self) -> None:
        """Pictures, embedded files and macros; not the workbook's own binary parts."""
        for name in self.names:
            low = name.lower()
            own = low.endswith(".bin") and not low.startswith(_EMBEDDED_BINARIES)
            described = low.endswith((".xml", ".rels", ".vml", "/")) or "thumbnail" in low
            if described or (own and posixpath.basename(low) != "vbaproject.bin"):
                continue
            if not self.job.may_have_children():
                return
            self._child(name)


def _head(buffer: bytearray, at: int) -> tuple[int, int, int] | None:
    """A record's type, size and where its payload starts; None where more bytes are needed."""
    end = len(buffer)
    if at >= end:
        return None
    kind = buffer[at]
    at += 1
    if kind & 0x80:
        if at >= end:
            return None
        kind = (kind & 0x7F) | (buffer[at] & 0x7F) << 7
        at += 1
    size = 0
    for shift in (0, 7, 14, 21):
        if at >= end:
            return None
        byte = buffer[at]
        at += 1
        size |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return kind, size, at


def u32(data: bytes, at: int = 0) -> int:
    """A number; 0 where the record is too short."""
    return int.from_bytes(data[at : at + 4], "little")


def string(data: bytes, at: int = 0) -> tuple[str, int]:
    """A counted UTF-16 string and the offset behind it; '' where it is null."""
    count = u32(data, at)
    if count == _NULL:
        return "", at + 4
    end = at + 4 + 2 * count
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def rk(packed: int) -> float:
    """The number in an RK: an integer or the upper half of a double, perhaps times 100."""
    if packed & 2:
        whole = packed >> 2
        value = float(whole - (1 << 30) if whole & 1 << 29 else whole)
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return value / 100 if packed & 1 else value


def double(data: bytes, at: int) -> float:
    """A double; 0 where the record is too short."""
    piece = data[at : at + 8]
    return float(struct.unpack("<d", piece)[0]) if len(piece) == 8 else 0.0
