"""Locks by itself when nobody has touched the window for a while."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from evidencebox.ui.languages import told

AFTER_SECONDS = 15 * 60
TICK_MS = 5_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Counts from the last key or move in any window of ours.

    It listens to windows, not to the application: a filter there would run Python for every
    event of every widget.

    Signals:
        left(int): seconds until it locks, at every tick.
        idle(): nobody was there for the whole time.
    """

    left = Signal(int)
    idle = Signal()

    def __init__(
        self,
        parent: QObject,
        after: float = AFTER_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._after, self._clock = after, clock
        self._last = clock()
        self._watched: set[QWindow] = set()
        self._ticks = QTimer(self, interval=TICK_MS)
        self._ticks.timeout.connect(self.tick)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)

    def start(self) -> None:
        """Begins to count, from now."""
        self._last = self._clock()
        self._watch(QGuiApplication.focusWindow())
        self._ticks.start()
        self.tick()

    def wait(self, after: float) -> None:
        """Takes another time, in seconds."""
        self._after = after
        if self._ticks.isActive():
            self.tick()

    def stop(self) -> None:
        """Counts no longer: there is nothing open to lock."""
        self._ticks.stop()

    def tick(self) -> None:
        """Says how long is left, or that the time is over."""
        left = self._after - (self._clock() - self._last)
        if left <= 0:
            self.stop()
            self.idle.emit()
        else:
            self.left.emit(round(left))

    def _watch(self, window: QWindow | None) -> None:
        self._last = self._clock()
        if window is not None and window not in self._watched:
            self._watched.add(window)
            window.installEventFilter(self)
            window.destroyed.connect(lambda: self._watched.discard(window))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._last = self._clock()
        return False


def left_words(seconds: int) -> str:
    """`locks in 14 min`; the last minute in seconds."""
    if seconds > 60:
        return told("locks in %1 min", -(-seconds // 60))
    return told("locks in %1 s", seconds)
