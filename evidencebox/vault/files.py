"""Files that only their owner may read, written so that a power cut leaves the old or the new."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "darwin":
    import fcntl


def make_private_folder(path: Path) -> None:
    """Creates `path` (its parent exists) for its owner alone. Raises FileExistsError."""
    path.mkdir(mode=0o700)
    sync_folder(path.parent)


def open_private(path: Path, flags: int) -> int:
    """Opens `path` with 0600 if it is made here; never through a symbolic link. A descriptor."""
    nofollow = getattr(os, "O_NOFOLLOW", 0)
    binary = getattr(os, "O_BINARY", 0)
    return os.open(path, flags | nofollow | binary, 0o600)


def write_private(path: Path, data: bytes) -> None:
    """Replaces `path` with `data` in one step: temporary file, fsync, rename."""
    temporary = path.with_name(path.name + ".new")
    descriptor = open_private(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(data)
        handle.flush()
        sync(handle.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def write_all(descriptor: int, data: bytes) -> None:
    """Writes all of `data`; where the disk is full part-way, OSError instead of a short count."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def sync(descriptor: int) -> None:
    """Makes what was written durable, down to the medium."""
    if sys.platform == "darwin":
        # There fsync reaches the drive's cache only.
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def sync_file(path: Path) -> None:
    """Makes a closed file durable."""
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Makes the names in `path` durable. Windows does that itself and has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
