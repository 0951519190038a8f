"""One holder at a time. The system drops the lock when its holder dies, so none is ever stale."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from types import TracebackType

from evidencebox.errors import UserError
from evidencebox.vault.files import open_private


class Held(UserError):
    """Another process holds the case."""


class FileLock:
    """An exclusive lock on `path`, taken at construction. Raises Held with `sentence`.

    Raises UserError where the file cannot be made.
    """

    def __init__(self, path: Path, sentence: str) -> None:
        try:
            self._descriptor: int | None = open_private(path, os.O_RDWR | os.O_CREAT)
        except OSError as error:
            raise UserError(
                f"{path.name} cannot be made in the case folder: {error.strerror}."
            ) from None
        try:
            _lock(self._descriptor)
        except OSError:
            os.close(self._descriptor)
            self._descriptor = None
            raise Held(sentence) from None

    def release(self) -> None:
        """Gives the lock back; twice does no harm."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
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


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

    def wait_and_lock(descriptor: int) -> None:
        """Locks an open file until it is closed, after whoever holds it. Raises OSError (10 s)."""
        # Far behind the end, since Windows keeps others from reading what is locked.
        os.lseek(descriptor, 1 << 30, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    def wait_and_lock(descriptor: int) -> None:
        """Locks an open file until it is closed, after whoever holds it. Raises OSError."""
        fcntl.flock(descriptor, fcntl.LOCK_EX)
