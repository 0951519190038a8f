"""One holder at a time. The system drops the lock when its holder dies, so none is ever stale."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import sys
from pathlib import Path
from types import TracebackType

from evidencebox.errors import UserError
from evidencebox.vault.files import open_private, write_all

_NOTE = re.compile(rb"process (\d{1,10}) since (\d\d:\d\d)\n")


class Held(UserError):
    """Another process holds the case."""


class FileLock:
    """A lock on `path`, taken at construction. Raises Held with `sentence`.

    Exclusive, and the sentence then ends with the holder's process and since when; or `shared`
    among any number who exclude an exclusive holder (Windows, where nobody can replace a file that
    another has open, does without). Raises UserError where the file cannot be made.
    """

    def __init__(self, path: Path, sentence: str, *, shared: bool = False) -> None:
        self._noted = not shared
        try:
            self._descriptor: int | None = open_private(path, os.O_RDWR | os.O_CREAT)
        except OSError as error:
            raise UserError(
                f"{path.name} cannot be made in the case folder: {error.strerror}."
            ) from None
        try:
            _lock(self._descriptor, shared)
        except OSError:
            holder = _holder(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None
            raise Held(sentence + holder) from None
        if self._noted:
            _note(self._descriptor)

    def release(self) -> None:
        """Gives the lock back; twice does no harm."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                if self._noted:
                    os.ftruncate(self._descriptor, 0)
                _unlock(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> FileLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _note(descriptor: int) -> None:
    """Says who holds it, for whoever asks meanwhile. No name: the file stands in the clear."""
    since = datetime.datetime.now().strftime("%H:%M")
    # A full disk must not keep anyone from his case.
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        write_all(descriptor, f"process {os.getpid()} since {since}\n".encode())


def _holder(descriptor: int) -> str:
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        found = _NOTE.fullmatch(os.read(descriptor, 64))
    except OSError:
        return ""
    return f" (Process {int(found[1])}, since {found[2].decode()}.)" if found else ""


if sys.platform == "win32":
    import msvcrt

    # Far behind the end, since Windows keeps others from reading what is locked.
    _PLACE = 1 << 30

    def _lock(descriptor: int, shared: bool) -> None:
        if not shared:
            os.lseek(descriptor, _PLACE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _PLACE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

    def wait_and_lock(descriptor: int) -> None:
        """Locks an open file until it is closed, after whoever holds it. Raises OSError (10 s)."""
        os.lseek(descriptor, _PLACE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _lock(descriptor: int, shared: bool) -> None:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    def wait_and_lock(descriptor: int) -> None:
        """Locks an open file until it is closed, after whoever holds it. Raises OSError."""
        fcntl.flock(descriptor, fcntl.LOCK_EX)
