"""Children's bytes between their parent's reading and their own: encrypted packs, never plaintext.

A pack holds the children of one document. Each child is a run of chunks of up to 1 MiB, sealed
with AES-256-GCM under a key of the pack's own; the chunk's place in the pack is its nonce, and
pack, place and whether it is the child's last are bound to it, so that chunks can be neither
swapped nor cut off.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from evidencebox.vault.files import make_private_folder, open_private, write_all
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
        with contextlib.suppress(FileExistsError):
            make_private_folder(folder)

    def new_pack(self) -> PackWriter:
        """A pack for one document's children."""
        name = secrets.token_hex(12)
        return PackWriter(self._folder / name, name, self._cipher(name))

    def open(self, ref: SpoolRef) -> Spooled:
        """The child's bytes, to be had piece by piece from anywhere."""
        return Spooled(self._folder / ref.pack, self._cipher(ref.pack), ref)

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


class Spooled:
    """One child's bytes. Only the chunk last asked for is held in memory."""

    def __init__(self, path: Path, cipher: AESGCM, ref: SpoolRef) -> None:
        self.size = ref.size
        self._path = path
        self._cipher = cipher
        self._ref = ref
        self._held: tuple[int, bytes] = (-1, b"")

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`, fewer only at the end. Raises SpoolLost."""
        end = min(offset + length, self.size)
        pieces = []
        while offset < end:
            number, skip = divmod(offset, CHUNK)
            piece = self._chunk(number)[skip : skip + end - offset]
            pieces.append(piece)
            offset += len(piece)
        return b"".join(pieces)

    def _chunk(self, number: int) -> bytes:
        if self._held[0] != number:
            try:
                self._held = (number, self._unseal(number))
            except (OSError, InvalidTag) as error:
                raise SpoolLost(self._ref.pack) from error
        return self._held[1]

    def _unseal(self, number: int) -> bytes:
        length = min(CHUNK, self.size - number * CHUNK)
        last = (number + 1) * CHUNK >= self.size
        with self._path.open("rb") as handle:
            handle.seek(self._ref.offset + number * (CHUNK + _TAG))
            sealed = handle.read(length + _TAG)
        place = self._ref.chunk + number
        return self._cipher.decrypt(_nonce(place), sealed, _bound(self._ref.pack, place, last))


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
        # Counted before it is written: were the disk full now, the next chunk, of other content,
        # must not have the same nonce, and goes over what was half-written.
        self._chunk += 1
        os.lseek(self._descriptor, self._offset, os.SEEK_SET)
        write_all(self._descriptor, sealed)
        self._offset += len(sealed)
        offset, chunk, size = self._start
        self._start = (offset, chunk, size + len(data))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _bound(pack: str, number: int, last: bool) -> bytes:
    return f"{pack}/{number}/{int(last)}".encode()
