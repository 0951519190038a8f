"""Our own executor: worker processes that may crash, hang or lie, and cost one task each time.

One thread a worker feeds it from one bounded queue and reads its frames; a watchdog thread kills
what is over its time. Nothing here knows what a task is about: a `Job` speaks the frames.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from evidencebox.services.faults import (
    ExecutorClosedError,
    Fault,
    FaultKind,
    WorkerRefusedError,
    WorkerStartError,
)
from evidencebox.services.sandbox import weakest
from evidencebox.services.seat import Job, Seat
from evidencebox.services.slot import Channel, Slot
from evidencebox.services.worker_process import Transport, worker_command

__all__ = [
    "RECYCLE_AFTER",
    "Channel",
    "Executor",
    "ExecutorClosedError",
    "Fault",
    "FaultKind",
    "Job",
    "WorkerRefusedError",
    "WorkerStartError",
]

T = TypeVar("T")

RECYCLE_AFTER = 1000
_TICK = 0.1


@dataclass(frozen=True, slots=True)
class _Task:
    job: Job[Any]
    future: Future[Any]

    def run(self, seat: Seat) -> None:
        if not self.future.set_running_or_notify_cancel():
            self.job.close()
            return
        try:
            try:
                result = seat.run(self.job)
            finally:
                self.job.close()
        except BaseException as error:  # the future's owner gets it, whatever it is
            self.future.set_exception(error)
        else:
            self.future.set_result(result)

    def drop(self) -> None:
        self.job.close()
        self.future.cancel()
        self.future.set_running_or_notify_cancel()


class Executor:
    """N persistent workers of a role behind one bounded queue.

    `command` starts a worker (this program itself, unless told); a worker is replaced after
    `recycle_after` tasks, and after every fault. `queue_size` tasks may wait; `submit` blocks
    beyond that. To be closed, and best used in a `with`.
    """

    def __init__(
        self,
        role: str,
        workers: int,
        command: Sequence[str] | None = None,
        recycle_after: int = RECYCLE_AFTER,
        queue_size: int | None = None,
        transport: Transport | None = None,
    ) -> None:
        self.role = role
        self.workers = workers
        self._command = list(command) if command is not None else worker_command(role)
        self._recycle_after = recycle_after
        self._transport = transport
        self._tasks: queue.Queue[_Task | None] = queue.Queue(queue_size or 2 * workers)
        self._closing = threading.Event()
        self._over = threading.Event()
        self._slots = [Slot() for _ in range(workers)]
        self._threads = [
            threading.Thread(target=self._serve, args=(slot,), name=f"{role}-{number}", daemon=True)
            for number, slot in enumerate(self._slots)
        ]
        self._watchdog = threading.Thread(target=self._watch, name=f"{role}-watchdog", daemon=True)
        for thread in (*self._threads, self._watchdog):
            thread.start()

    @property
    def tier(self) -> str:
        """The weakest sandbox that any worker here reported; empty before one has started."""
        return weakest(slot.tier for slot in self._slots)

    def __enter__(self) -> Executor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, job: Job[T]) -> Future[T]:
        """Queues a job; blocks while the queue is full. Raises ExecutorClosedError.

        Not to be called from a job's own callbacks: a full queue would wait for itself.
        """
        if threading.current_thread() in self._threads:
            raise RuntimeError("a task cannot submit to the executor that runs it")
        future: Future[T] = Future()
        while not self._closing.is_set():
            with contextlib.suppress(queue.Full):
                self._tasks.put(_Task(job, future), timeout=_TICK)
                if self._closing.is_set():
                    self._drop_waiting()  # close() may have looked at the queue just before
                return future
        job.close()
        raise ExecutorClosedError

    def close(self, *, finish: bool = False) -> None:
        """Ends every worker and thread, within seconds. Twice is as good as once.

        What waits is cancelled and what runs is killed (its future raises ExecutorClosedError);
        with `finish`, all of it is done first, each task within its own limits.
        """
        if finish and not self._closing.is_set():
            self._tasks.join()
        self._closing.set()
        self._drop_waiting()
        for slot in self._slots:
            slot.close()
        for _ in self._threads:
            with contextlib.suppress(queue.Full):
                self._tasks.put_nowait(None)  # wakes who waits for a task
        for thread in self._threads:
            thread.join()
        self._over.set()
        self._watchdog.join()

    def _drop_waiting(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                task = self._tasks.get_nowait()
                if task is not None:
                    task.drop()
                self._tasks.task_done()

    def _watch(self) -> None:
        while not self._over.wait(_TICK):
            now = time.monotonic()
            for slot in self._slots:
                slot.check(now)

    def _serve(self, slot: Slot) -> None:
        seat = Seat(slot, self.role, self._command, self._recycle_after, self._transport)
        # The system kills a worker when the thread that started it ends (Linux): the same thread
        # starts, feeds and buries it.
        while not self._closing.is_set():
            try:
                task = self._tasks.get(timeout=_TICK)
            except queue.Empty:
                continue
            try:
                if task is not None:
                    task.run(seat)
            finally:
                self._tasks.task_done()
        seat.empty()
