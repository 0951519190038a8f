"""One piece of long work as a dialog sees it: how far it is, and a way to stop it."""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import QObject, Qt, Signal

from evidencebox.ui.languages import tr

_EVERY_SECONDS = 0.1


class Work(QObject):
    """Handed to a service, it is called from the thread that works and speaks on this one's.

    Signals:
        moved(int, int): so many are done, of so many; at most ten times a second.
    """

    moved = Signal(int, int)
    _told = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self._last = 0.0
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def tell(self, done: int, total: int) -> None:
        """How far it is; from any thread."""
        now = time.monotonic()
        if done >= total or now - self._last >= _EVERY_SECONDS:
            self._last = now
            self._told.emit(done, total)

    def stop(self) -> None:
        """Asks it to end soon."""
        self._stop.set()

    def stopped(self) -> bool:
        """Whether it was asked to; from any thread."""
        return self._stop.is_set()

    def _hear(self, done: int, total: int) -> None:
        self.moved.emit(done, total)


def how_far(done: int, total: int) -> str:
    """For a line above a bar."""
    if total <= 0:
        return tr("Working…")
    return tr("%1 of %2").replace("%1", f"{done:,}").replace("%2", f"{total:,}")
