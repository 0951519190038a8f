"""Children's bytes between their parent's reading and their own: encrypted packs, never plaintext.

A pack holds the children of one document. Each child is a run of chunks of up to 1 MiB, sealed
with AES-256-GCM under a key of the pack's own; the chunk's place in the pack is its nonce, and
pack, place and whether it is the child's last are bound to it, so that chunks can be neither
swapped nor cut off.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from evidencebox.vault.files import make_private_folder, open_private
from evidencebox.vault.keys import derive

CHUNK = 1 << 20
_TAG = 16


class SpoolLost(Exception):
    """A pack is gone or hurt: its parent has to be read again."""


@dataclass(frozen=True, slots=True)
class SpoolRef:
    """Where a child's bytes stand: pack, byte offset, number of its first chunk, size in bytes."""

    pack: str
    offset: int
    chunk: int
    size: int


class Spool:
    """The case's `spool/` folder."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key
        if not folder.exists():
            make_private_folder(folder)

    def new_pack(self) -> PackWriter:
        """A pack for one document's children."""
        name = secrets.token_hex(12)
        return PackWriter(self._folder / name, name, self._cipher(name))

    def read(self, ref: SpoolRef) -> Iterator[bytes]:
        """The child's bytes, chunk by chunk. Raises SpoolLost."""
        try:
            yield from self._read(ref)
        except (OSError, InvalidTag) as error:
            raise SpoolLost(ref.pack) from error

    def _read(self, ref: SpoolRef) -> Iterator[bytes]:
        cipher = self._cipher(ref.pack)
        left, number = ref.size, ref.chunk
        with (self._folder / ref.pack).open("rb") as handle:
            handle.seek(ref.offset)
            while True:
                length = min(left, CHUNK)
                left -= length
                sealed = handle.read(length + _TAG)
                yield cipher.decrypt(_nonce(number), sealed, _bound(ref.pack, number, left == 0))
                if left == 0:
                    return
                number += 1

    def drop(self, pack: str) -> None:
        """Removes a pack whose children have all been read."""
        (self._folder / pack).unlink(missing_ok=True)

    def packs(self) -> set[str]:
        """The names of all packs on disk."""
        return {entry.name for entry in self._folder.iterdir()}

    def size(self) -> int:
        """Bytes on disk."""
        total = 0
        for entry in self._folder.iterdir():
            try:
                total += entry.stat().st_size
            except FileNotFoundError:
                continue
        return total

    def _cipher(self, pack: str) -> AESGCM:
        return AESGCM(derive(self._key, "spool pack", pack.encode()))


class PackWriter:
    """Writes children one after another. Use `begin`, `write`…, `end` for each, then `close`."""

    def __init__(self, path: Path, name: str, cipher: AESGCM) -> None:
        self.name = name
        self._path = path
        self._cipher = cipher
        self._descriptor: int | None = None
        self._offset = 0
        self._chunk = 0
        self._buffer = bytearray()
        self._start: tuple[int, int, int] | None = None

    def begin(self) -> None:
        """Starts a child; one that was not ended is forgotten (its reader failed half-way)."""
        self._buffer.clear()
        self._start = (self._offset, self._chunk, 0)

    def write(self, data: bytes) -> None:
        """Adds bytes to the child that was begun."""
        assert self._start is not None, "write before begin"
        self._buffer += data
        while len(self._buffer) > CHUNK:
            self._seal(bytes(self._buffer[:CHUNK]), last=False)
            del self._buffer[:CHUNK]

    def end(self) -> SpoolRef:
        """Seals the child and says where it stands."""
        assert self._start is not None, "end before begin"
        self._seal(bytes(self._buffer), last=True)
        offset, chunk, size = self._start
        self._buffer.clear()
        self._start = None
        return SpoolRef(self.name, offset, chunk, size)

    def close(self) -> None:
        """Ends the pack; one that holds nothing was never made."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _seal(self, data: bytes, *, last: bool) -> None:
        assert self._start is not None
        if self._descriptor is None:
            self._descriptor = open_private(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        bound = _bound(self.name, self._chunk, last)
        sealed = self._cipher.encrypt(_nonce(self._chunk), data, bound)
        view = memoryview(sealed)
        while view:
            view = view[os.write(self._descriptor, view) :]
        self._offset += len(sealed)
        self._chunk += 1
        offset, chunk, size = self._start
        self._start = (offset, chunk, size + len(data))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _bound(pack: str, number: int, last: bool) -> bytes:
    return f"{pack}/{number}/{int(last)}".encode()
