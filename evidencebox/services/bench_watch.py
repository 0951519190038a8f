"""What a process and its children take of a machine, for the benches."""

from __future__ import annotations

import threading
from typing import Any

MEGABYTE = 1e6
_WATCH_SECONDS = 0.1


class Watch:
    """Resident memory and processor time of a process and all below it, ten times a second.

    Needs psutil: the extra `bench`.
    """

    def __init__(self, process: int) -> None:
        import psutil

        self._psutil = psutil
        self._root = psutil.Process(process)
        self._peak = 0.0
        self._spent: dict[int, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(_WATCH_SECONDS):
            try:
                family = [self._root, *self._root.children(recursive=True)]
            except self._psutil.Error:
                return
            self._peak = max(self._peak, sum(map(self._look, family)))

    def _look(self, process: Any) -> float:
        try:
            spent = process.cpu_times()
            self._spent[process.pid] = spent.user + spent.system
            return float(process.memory_info().rss) / MEGABYTE
        except self._psutil.Error:
            return 0.0

    @property
    def peak(self) -> float:
        """Megabytes at most, so far."""
        return self._peak

    def begin_again(self) -> float:
        """Forgets the peak so far, and returns it."""
        before, self._peak = self._peak, 0.0
        return before

    def result(self) -> tuple[float, float]:
        """Ends the watch: megabytes at most, and seconds."""
        self._over.set()
        self._thread.join()
        return self._peak, max(sum(self._spent.values()), 1e-9)
