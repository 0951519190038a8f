"""Work off the thread that draws: two readers, one writer, and one lane for what takes minutes.

Answers are queued back to the thread that draws.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Literal, ParamSpec

from PySide6.QtCore import QObject, Qt, Signal

Lane = Literal["read", "write", "long"]
P = ParamSpec("P")


class Task(QObject):
    """One call under way. It speaks only on the thread that started it, and only once.

    Signals:
        finished(object): what the call returned.
        failed(object): the exception it raised.
    """

    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._dropped = False
        self._future: Future[object] | None = None

    @property
    def dropped(self) -> bool:
        """True once nobody waits for the answer."""
        return self._dropped

    def bind(self, future: Future[object]) -> None:
        """Ties the task to the call that the lane has taken."""
        self._future = future

    def drop(self) -> None:
        """The answer is stale: it will not be delivered, and the call need not even begin."""
        self._dropped = True
        if self._future is not None:
            self._future.cancel()

    def deliver(self) -> None:
        """Says how the call ended; called by `Tasks` on the drawing thread."""
        future = self._future
        if self._dropped or future is None or future.cancelled():
            return
        error = future.exception()
        if error is None:
            self.finished.emit(future.result())
        else:
            self.failed.emit(error)


class Tasks(QObject):
    """The lanes of one open case.

    Signals:
        idle(): no call is under way any more.
    """

    idle = Signal()
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {
            "read": ThreadPoolExecutor(max_workers=2, thread_name_prefix="desk-read"),
            "write": ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk-write"),
            # An export holds up neither a search nor a tag.
            "long": ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk-long"),
        }
        self._live: set[Task] = set()
        self._closed = False
        self._lock = threading.Lock()
        # Queued to a bound method of an object of this thread, so that whoever listens to a
        # task runs here whatever kind of callable it is.
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """True while an answer is still to come."""
        return bool(self._live)

    def under_way(self, task: Task) -> bool:
        """Whether the answer of one is still to come."""
        return task in self._live

    def run(self, lane: Lane, fn: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Task:
        """Calls `fn` in a background thread of the lane. Raises RuntimeError after `close`."""
        task = Task(self)
        future: Future[object] = self._lanes[lane].submit(fn, *args, **kwargs)
        task.bind(future)
        self._live.add(task)
        future.add_done_callback(lambda _: self._announce(task))
        return task

    def close(
        self,
        last: Callable[[], object] = lambda: None,
        first: Callable[[], object] = lambda: None,
    ) -> None:
        """Drops every answer, cancels reads that have not begun, and waits for the rest.

        Args:
            last: called in the writer's thread when nothing else runs any more; what it raises
                is raised here.
            first: called in the writer's thread while reads and long work still run, to cut them
                short.
        """
        with self._lock:
            self._closed = True
        for task in self._live:
            # A write that was asked for is done all the same; only its echo is dropped.
            task.blockSignals(True)
        hurrying = self._lanes["write"].submit(first)
        self._lanes["read"].shutdown(wait=True, cancel_futures=True)
        self._lanes["long"].shutdown(wait=True, cancel_futures=True)
        ending = self._lanes["write"].submit(last)
        self._lanes["write"].shutdown(wait=True)
        self._live.clear()
        hurrying.result()
        ending.result()

    def _announce(self, task: Task) -> None:
        with self._lock:
            if not self._closed:
                self._arrived.emit(task)

    def _deliver(self, task: Task) -> None:
        self._live.discard(task)
        if not self._closed:
            task.deliver()
        task.deleteLater()
        if not self._live:
            self.idle.emit()
