"""Walking the trove, and opening what stands in it, without following links and without writing.

Names are bytes from a criminal's disk: they may not be UTF-8, and paths may be longer than the
system takes in one call, so deep ones are opened folder by folder.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from evidencebox.store.found import Seen

_LONGEST = 1000
"""Bytes of a path that are safely handed over in one call on every system."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_HOLLOW_BYTES = 1 << 30
_HOLLOW_RATIO = 1000
_BLOCK = 512
_STEPWISE = os.open in os.supports_dir_fd and os.scandir in os.supports_fd


def walk(root: Path, cancelled: Callable[[], bool]) -> Iterator[Seen]:
    """Every path below `root` that is not a folder, and every folder that cannot be read.

    Depth first and by name, so that two runs see one order. Links, sockets and the like are
    listed with a reason and not followed.
    """
    stack: list[bytes] = [b""]
    while stack and not cancelled():
        folder = stack.pop()
        try:
            entries = _entries(root, folder)
        except OSError as error:
            yield _seen(folder, "folder", f"The folder cannot be read: {error.strerror}.")
            continue
        below = []
        for name, info in entries:
            raw = folder + b"/" + name if folder else name
            if isinstance(info, OSError):
                yield _seen(raw, "error", f"It cannot be read: {info.strerror}.")
            elif stat.S_ISDIR(info.st_mode):
                below.append(raw)
            else:
                yield _classify(root, raw, info)
        stack.extend(reversed(below))


def open_file(root: Path, raw: bytes) -> int:
    """A read-only descriptor of a regular file of the trove. Raises OSError."""
    descriptor = _open(root, raw)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "It is not a file any more")
    return descriptor


def decode(raw: bytes) -> str:
    """A path for people: what is not UTF-8 becomes U+FFFD; the raw bytes are kept beside it."""
    return raw.decode("utf-8", "replace")


def _entries(root: Path, folder: bytes) -> list[tuple[bytes, os.stat_result | OSError]]:
    if len(os.fsencode(root)) + len(folder) < _LONGEST or not _STEPWISE:
        return _listed(_system_path(root, folder))
    descriptor = _open(root, folder, os.O_DIRECTORY)
    try:
        return _listed(descriptor)
    finally:
        os.close(descriptor)


def _listed(place: str | int) -> list[tuple[bytes, os.stat_result | OSError]]:
    found: list[tuple[bytes, os.stat_result | OSError]] = []
    with os.scandir(place) as entries:
        for entry in entries:
            try:
                info: os.stat_result | OSError = entry.stat(follow_symlinks=False)
            except OSError as error:
                info = error
            found.append((os.fsencode(entry.name), info))
    return sorted(found, key=lambda item: item[0])


def _open(root: Path, raw: bytes, more: int = 0) -> int:
    # O_NONBLOCK, so that a pipe put where a file was cannot hang the reader.
    flags = _FLAGS | more | getattr(os, "O_NONBLOCK", 0)
    if len(os.fsencode(root)) + len(raw) < _LONGEST or not _STEPWISE:
        return os.open(_system_path(root, raw), flags)
    *folders, last = raw.split(b"/")
    place = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for name in folders:
            below = os.open(name, _FLAGS | os.O_DIRECTORY, dir_fd=place)
            os.close(place)
            place = below
        return os.open(last, flags, dir_fd=place)
    finally:
        os.close(place)


def _system_path(root: Path, raw: bytes) -> str:
    path = os.path.join(root, os.fsdecode(raw)) if raw else str(root)
    if os.name == "nt" and not path.startswith("\\\\"):
        # Windows takes long paths only in this spelling.
        return "\\\\?\\" + os.path.normpath(path)
    return path


def _classify(root: Path, raw: bytes, info: os.stat_result) -> Seen:
    if stat.S_ISREG(info.st_mode):
        if _looks_hollow(info) and _is_hollow(root, raw, info.st_size):
            why = f"It is a sparse file of {info.st_size:,} bytes, nearly all of them holes."
            return _seen(raw, "special", why)
        return Seen(raw, decode(raw), info.st_size, info.st_mtime_ns, "file")
    if stat.S_ISLNK(info.st_mode):
        return _seen(raw, "link", "It is a symbolic link; links are listed, not followed.")
    return _seen(raw, "special", "It is a device, pipe or socket, not a file.")


def _looks_hollow(info: os.stat_result) -> bool:
    """A file that claims a thousand times what it has on disk is there to waste days."""
    allocated = getattr(info, "st_blocks", None)
    if allocated is None or info.st_size < _HOLLOW_BYTES:
        return False
    return bool(allocated * _BLOCK * _HOLLOW_RATIO < info.st_size)


def _is_hollow(root: Path, raw: bytes, size: int) -> bool:
    """Asks the file system where the data are, for some tell no truth about blocks."""
    if not hasattr(os, "SEEK_DATA"):
        return False
    try:
        descriptor = open_file(root, raw)
    except OSError:
        return False
    held = at = 0
    try:
        while held * _HOLLOW_RATIO < size:
            at = os.lseek(descriptor, at, os.SEEK_DATA)
            end = os.lseek(descriptor, at, os.SEEK_HOLE)
            held, at = held + end - at, end
        return False
    except OSError as error:
        return error.errno == errno.ENXIO  # no data from there to the end
    finally:
        os.close(descriptor)


def _seen(raw: bytes, kind: str, reason: str) -> Seen:
    return Seen(raw, decode(raw) or ".", 0, 0, kind, reason)
