"""Measures how long the drawing thread does not answer: a thread asks it again and again."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Sequence
from types import FrameType

from PySide6.QtCore import QObject, Qt, Signal, Slot

LIMIT_MS = 100.0
_EVERY_SECONDS = 0.004
_PATIENCE_SECONDS = 30.0
_OURS, _WINDOW = "evidencebox.", "evidencebox.ui"


class Watchdog(QObject):
    """Asks from a thread of its own, and keeps how many milliseconds each answer took.

    A key press that came at the moment of asking would have waited as long: whatever handler held
    the thread up, timers, sockets and painting among them, and Python's lock as well.
    """

    _asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.milliseconds: list[float] = []
        self.spent: list[float] = []
        """Processor milliseconds of the drawing thread from one answer to the next: what our
        handlers took themselves, whatever else the machine does."""
        self.held: list[tuple[str, float]] = []
        """Waits over the limit, each with where the drawing thread was then: the innermost module
        and function of the window, or what else it ran. Never what stands in a document."""
        self._drawing = threading.get_ident()
        self._clock = time.thread_time()
        self._answered = threading.Event()
        self._over = threading.Event()
        # To a method of this object: what is still queued goes with it.
        self._asked.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="watchdog", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Asks no more; what was measured stays."""
        self._over.set()
        self._answered.set()
        self._thread.join()
        self._asked.disconnect(self._hear)

    @property
    def worst(self) -> float:
        """Milliseconds of the longest wait."""
        return max(self.milliseconds, default=0.0)

    @property
    def over(self) -> int:
        """Waits longer than the limit."""
        return sum(each > LIMIT_MS for each in self.milliseconds)

    @Slot()
    def _hear(self) -> None:
        now = time.thread_time()
        self.spent.append((now - self._clock) * 1000)
        self._clock = now
        self._answered.set()

    def _run(self) -> None:
        while not self._over.wait(_EVERY_SECONDS):
            self._answered.clear()
            if self._over.is_set():
                # Told to stop between the two lines above: nobody will answer any more.
                return
            began = time.perf_counter()
            self._asked.emit()
            where = None
            if not self._answered.wait(LIMIT_MS / 1000):
                where = _where(sys._current_frames().get(self._drawing))
                self._answered.wait(_PATIENCE_SECONDS)
            if not self._over.is_set():
                self.milliseconds.append((time.perf_counter() - began) * 1000)
                if where is not None:
                    self.held.append((where, self.milliseconds[-1]))


def _where(frame: FrameType | None) -> str:
    """The innermost function of the window's on a stack, else of ours, else the innermost."""
    names = []
    while frame is not None:
        names.append(f"{frame.f_globals.get('__name__')}.{frame.f_code.co_qualname}")
        frame = frame.f_back
    for ours in (_WINDOW, _OURS):
        found = next((name for name in names if name.startswith(ours)), "")
        if found:
            return found
    return names[0] if names else ""


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that is not exceeded by `share` of them; 0 of none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
