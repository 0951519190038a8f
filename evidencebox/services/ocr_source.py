"""The bytes of a document whose pages are to be recognised: its file as it was read, or the spool.

A file counts as the document only while its SHA-256 is the document's. Each page gets a descriptor
of its own: two workers must not share a place in the file.
"""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path
from typing import Protocol

from evidencebox.services.scan import open_file
from evidencebox.services.sources import OpenSource
from evidencebox.services.worker_process import POSIX
from evidencebox.store.found import Sought
from evidencebox.vault.spool import Spool, SpoolRef

_READ = 1 << 20


class SourceError(Exception):
    """The bytes cannot be had, and will not come back by themselves: one sentence."""


class SourceGoneError(Exception):
    """The bytes are not here now: a drive that is not plugged in, a child that nobody kept."""


class PageSource(Protocol):
    """Opens the document once for each page; the pool closes it."""

    def open(self) -> OpenSource: ...


def find(sought: Sought, spool: Spool) -> PageSource:
    """Raises SourceError or SourceGoneError."""
    problem, missing = "", not sought.files
    for root, raw in sought.files:
        try:
            return _File(Path(root), raw, sought.sha256)
        except OSError as error:
            missing |= not Path(root).is_dir()
            problem = f"Its file cannot be read: {error.strerror}."
        except SourceError as error:
            problem = str(error)
    if sought.ref is not None:
        return _Spooled(spool, sought.ref)
    if missing:
        raise SourceGoneError
    raise SourceError(problem)


class _Spooled:
    """A child's bytes."""

    def __init__(self, spool: Spool, ref: SpoolRef) -> None:
        self._spool = spool
        self._ref = ref

    def open(self) -> OpenSource:
        return self._spool.open(self._ref)


class _File:
    """A file of the trove, hashed once more."""

    def __init__(self, root: Path, raw: bytes, sha256: str) -> None:
        self._root = root
        self._raw = raw
        digest = hashlib.sha256()
        with open(open_file(root, raw), "rb", buffering=0) as handle:
            while data := handle.read(_READ):
                digest.update(data)
            self._face = _face(handle.fileno())
        if digest.hexdigest() != sha256:
            raise SourceError("Its file has changed since it was read.")

    def open(self) -> OpenSource:
        descriptor = open_file(self._root, self._raw)
        if _face(descriptor) != self._face:
            os.close(descriptor)
            raise OSError(0, "The file changed while it was being recognised")
        return descriptor if POSIX else _Asked(descriptor)


def _face(descriptor: int) -> tuple[int, ...]:
    info = os.fstat(descriptor)
    return info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns


class _Asked:
    """A file whose bytes go piece by piece, where no descriptor can: a page needs few of them."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()
        self.size = os.fstat(descriptor).st_size

    def read_at(self, offset: int, length: int) -> bytes:
        with self._lock:
            os.lseek(self._descriptor, offset, os.SEEK_SET)
            return os.read(self._descriptor, length)

    def close(self) -> None:
        os.close(self._descriptor)
